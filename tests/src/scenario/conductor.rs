//! The conductor for players in other languages: lists the trials, and plays each with whoever begins it, over loopback HTTP.
//! `tests/scenarios/README.md` specifies what is said, under "Players".

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{Sender, UnboundedReceiver, channel, unbounded_channel};
use tokio::sync::watch;
use tokio::task::{JoinHandle, spawn_blocking};

use super::company::{Booking, Link};
use super::format::{Cast, Network, Rule, read_cast, read_rules};
use super::run::{Trouble, attempt, trials};
use super::turns::{Message, Next};

/// Plays trials with whoever begins them.
#[derive(Debug)]
pub struct Conductor {
    stage: Arc<Stage>,
    address: SocketAddr,
    serving: JoinHandle<std::io::Result<()>>,
}

#[derive(Debug)]
struct Stage {
    cast: Cast,
    rules: Vec<Rule>,
    patience: Duration,
    playing: Mutex<BTreeMap<usize, Arc<Playing>>>,
    /// How many trials are under way.
    under_way: watch::Sender<usize>,
}

/// A trial that was begun and whose end was not told yet.
#[derive(Debug)]
struct Playing {
    /// Takes what the player says; `None` once nobody listens any more.
    answers: Mutex<Option<Sender<String>>>,
    /// Gives what is said to the player.
    messages: tokio::sync::Mutex<UnboundedReceiver<Message>>,
    thread: Mutex<Option<thread::JoinHandle<()>>>,
}

type Said = (StatusCode, Json<Value>);

impl Conductor {
    /// Listens on a free port of the loopback interface. A player who says nothing for as long as `patience` after a
    /// turn has gone away.
    pub async fn start(patience: Duration) -> std::io::Result<Self> {
        let (cast, rules) = (read_cast(), read_rules());
        let playing = Mutex::default();
        let under_way = watch::Sender::new(0);
        let stage = Arc::new(Stage { cast, rules, patience, playing, under_way });
        let router = Router::new()
            .route("/trials", get(list))
            .route("/trials/{number}", post(begin))
            .route("/trials/{number}/turns", post(answer))
            .with_state(Arc::clone(&stage));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let serving = tokio::spawn(axum::serve(listener, router).into_future());
        Ok(Self { stage, address, serving })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until no trial is under way.
    pub async fn quiet(&self) {
        let mut under_way = self.stage.under_way.subscribe();
        // It fails only once the stage is gone, and that is borrowed here.
        let _ = under_way.wait_for(|number| *number == 0).await;
    }

    /// Ends all trials that are under way, and waits until nothing is left of their cities.
    pub async fn close(self) {
        self.serving.abort();
        let playing = std::mem::take(&mut *self.stage.playing());
        for one in playing.values() {
            one.answers().take();
        }
        let threads = playing.values().filter_map(|one| one.thread().take());
        let threads: Vec<_> = threads.collect();
        let joined = spawn_blocking(|| threads.into_iter().for_each(|one| drop(one.join())));
        joined.await.expect("nothing is joined but threads");
    }
}

impl Stage {
    fn playing(&self) -> MutexGuard<'_, BTreeMap<usize, Arc<Playing>>> {
        self.playing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(self: &Arc<Self>, number: usize) -> Result<Arc<Playing>, Said> {
        if number >= trials(&self.rules).len() {
            return Err(refused(StatusCode::NOT_FOUND, "there is no such trial"));
        }
        let mut all = self.playing();
        if all.get(&number).is_some_and(|one| one.is_under_way()) {
            return Err(refused(StatusCode::CONFLICT, "this trial is under way"));
        }
        let (answers, answered) = channel(1);
        let (messages, said) = unbounded_channel();
        let link = Link { messages: messages.clone(), answers: answered, patience: self.patience };
        self.under_way.send_modify(|number| *number += 1);
        let stage = Arc::clone(self);
        let thread = thread::spawn(move || {
            let trial = trials(&stage.rules)[number];
            let trouble = attempt(&stage.cast, &trial, Booking::Away(link));
            let trouble = trouble.map(|Trouble(why)| why);
            // Nobody may be left to tell.
            let _ = messages.send(Message { people: None, next: Next::End { trouble } });
            stage.under_way.send_modify(|number| *number -= 1);
        });
        let playing = Arc::new(Playing {
            answers: Mutex::new(Some(answers)),
            messages: tokio::sync::Mutex::new(said),
            thread: Mutex::new(Some(thread)),
        });
        all.insert(number, Arc::clone(&playing));
        Ok(playing)
    }

    /// What is said to the player next. A trial whose end was told is forgotten.
    async fn next(&self, number: usize, playing: &Arc<Playing>) -> Said {
        let broken = || Message {
            people: None,
            next: Next::End { trouble: Some("the trial has ended".to_owned()) },
        };
        let message = playing.messages.lock().await.recv().await.unwrap_or_else(broken);
        if matches!(message.next, Next::End { .. }) {
            let mut all = self.playing();
            if all.get(&number).is_some_and(|one| Arc::ptr_eq(one, playing)) {
                all.remove(&number);
            }
        }
        (StatusCode::OK, Json(json!(message)))
    }
}

impl Playing {
    fn answers(&self) -> MutexGuard<'_, Option<Sender<String>>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn thread(&self) -> MutexGuard<'_, Option<thread::JoinHandle<()>>> {
        self.thread.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_under_way(&self) -> bool {
        self.answers().as_ref().is_some_and(|answers| !answers.is_closed())
    }
}

fn refused(status: StatusCode, why: &str) -> Said {
    (status, Json(json!({ "trouble": why })))
}

async fn list(State(stage): State<Arc<Stage>>) -> Json<Value> {
    let trials = trials(&stage.rules);
    let trials = trials.iter().enumerate().map(|(number, trial)| {
        let network = match trial.network {
            Network::Online => "online",
            Network::Cut => "cut",
        };
        json!({ "number": number, "name": trial.name(), "network": network })
    });
    Json(trials.collect())
}

async fn begin(State(stage): State<Arc<Stage>>, Path(number): Path<usize>) -> Said {
    match stage.begin(number) {
        Ok(playing) => stage.next(number, &playing).await,
        Err(refused) => refused,
    }
}

async fn answer(
    State(stage): State<Arc<Stage>>,
    Path(number): Path<usize>,
    answer: String,
) -> Said {
    let playing = stage.playing().get(&number).cloned();
    let Some(playing) = playing else {
        return refused(StatusCode::NOT_FOUND, "this trial is not under way");
    };
    let given = playing.answers().as_ref().map(|answers| answers.try_send(answer));
    if let Some(Err(TrySendError::Full(_))) = given {
        return refused(StatusCode::CONFLICT, "the answer before this one is still looked at");
    }
    // One who is too late for an answer is told the end.
    stage.next(number, &playing).await
}
