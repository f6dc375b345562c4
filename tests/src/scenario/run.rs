//! Running scenarios, each in a city of its own.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};
use suima_code::qr;
use tokio::runtime;

use super::acts::Act;
use super::cast::People;
use super::company::{Booking, Company};
use super::devices::{Apparatus, set_up};
use super::expect::differences;
use super::format::{Action, Cast, Device, Network, Rule, Scenario, Step};
use super::resolve::resolve;
use super::turns::{Answer, Task, Turn, bytes};
use super::{independence, shapes};
use crate::chromium::Browser;
use crate::city::City;

/// Why a scenario did not go as it says.
#[derive(Debug)]
pub struct Trouble(pub String);

impl Trouble {
    pub(super) fn of(cause: impl Display) -> Self {
        Self(cause.to_string())
    }
}

/// What was kept for later steps.
#[derive(Clone, Debug)]
pub(super) enum Kept {
    /// The text of a code.
    Code(String),
    /// What somebody saw and is asked to agree to, as its player keeps it.
    Opaque(Value),
}

/// What came of a step.
pub(super) struct Came {
    pub result: Value,
    pub kept: Option<Kept>,
    /// What of the result whoever played could not tell.
    pub hidden: &'static [&'static str],
}

impl From<Value> for Came {
    fn from(result: Value) -> Self {
        Self { result, kept: None, hidden: &[] }
    }
}

/// A city in which a scenario plays.
pub(super) struct World<'a> {
    pub city: City,
    pub people: People<'a>,
    pub devices: BTreeMap<String, Apparatus>,
    company: Company,
    turns: u32,
    kept: BTreeMap<String, Kept>,
}

impl<'a> World<'a> {
    pub async fn build(
        cast: &'a Cast,
        names: &'a [String],
        devices: &[Device],
        booking: Booking,
    ) -> Result<Self, Trouble> {
        let city = City::empty().await;
        let people = People::enter(&city, cast, names)?;
        let company = Company::arrive(booking, people.personas()).await?;
        let (devices_set_up, kept) = (BTreeMap::new(), BTreeMap::new());
        let mut world = Self { city, people, devices: devices_set_up, company, turns: 0, kept };
        for device in devices {
            set_up(&mut world, device).await?;
        }
        world.on_pages(true);
        Ok(world)
    }

    /// Whether what follows is done on pages, by whoever does things so.
    pub fn on_pages(&mut self, on: bool) {
        self.company.on_pages(on);
    }

    /// Does a step, if it is for this run, and compares what came of it; gives that.
    pub async fn step(&mut self, step: &Step, network: Network) -> Result<Value, Trouble> {
        if step.only.is_some_and(|only| only != network) {
            return Ok(Value::Null);
        }
        let mut came = self.act(&step.act).await?;
        let done = json!({ "error": null });
        let mut expected = step.expect.clone().unwrap_or(done);
        came.hidden.iter().for_each(|path| without(&mut expected, path));
        let different = differences(&expected, &came.result);
        if !different.is_empty() {
            return Err(Trouble(format!("{}\n  of {}", different.join("\n  "), came.result)));
        }
        if let Some(name) = &step.keep {
            let kept = came.kept.ok_or_else(|| Trouble("there is nothing to keep".to_owned()))?;
            self.kept.insert(name.clone(), kept);
        }
        came.hidden.iter().for_each(|path| without(&mut came.result, path));
        Ok(came.result)
    }

    /// Does what a step says.
    async fn act(&mut self, act: &Act) -> Result<Came, Trouble> {
        if let Some(came) = super::operator::act(self, act).await? {
            return Ok(came);
        }
        if let Some(came) = super::desks::act(self, act).await? {
            return Ok(came);
        }
        match resolve(self, act)? {
            Some((device, task)) => self.turn(device, task).await,
            None => Err(Trouble(format!("nobody does {act:?}"))),
        }
    }

    /// Lets whoever plays a device do something with it.
    pub async fn turn(&mut self, device: &str, task: Task) -> Result<Came, Trouble> {
        let now = self.city.clock.now();
        let played = self.played(device)?;
        if !played.does(&task) {
            return Err(Trouble(format!("{device} cannot do {task:?}")));
        }
        let clock = played.reading(now);
        self.turns += 1;
        let turn = Turn { turn: self.turns, device: device.to_owned(), clock, task: task.clone() };
        let answer = self.company.play(turn).await?;
        let hidden = self.company.hidden(&task);
        came(self.turns, &task, answer, hidden)
            .map_err(|Trouble(why)| Trouble(format!("{device}, turn {}: {why}", self.turns)))
    }

    pub fn code(&self, name: &str) -> Result<String, Trouble> {
        match self.kept.get(name) {
            Some(Kept::Code(text)) => Ok(text.clone()),
            _ => Err(Trouble(format!("no code was kept as {name}"))),
        }
    }

    pub fn opaque(&self, name: &str) -> Result<Value, Trouble> {
        match self.kept.get(name) {
            Some(Kept::Opaque(kept)) => Ok(kept.clone()),
            _ => Err(Trouble(format!("nothing to agree to was kept as {name}"))),
        }
    }
}

/// What an answer says, once it looks as an answer to this must.
fn came(
    number: u32,
    task: &Task,
    answer: Answer,
    hidden: &'static [&'static str],
) -> Result<Came, Trouble> {
    let Answer { turn, result, mut code, kept, picture, trouble } = answer;
    if turn != number {
        return Err(Trouble(format!("turn {turn} was answered instead")));
    }
    if let Some(why) = trouble {
        return Err(Trouble(why));
    }
    let mut result = result.ok_or_else(|| Trouble("there is no result".to_owned()))?;
    let faults = shapes::faults(task, &result, hidden);
    if !faults.is_empty() {
        return Err(Trouble(format!("{}\n  of {result}", faults.join("\n  "))));
    }
    if matches!(task, Task::SavePicture { .. }) && result["error"].is_null() {
        let picture = picture.ok_or_else(|| Trouble("there is no picture".to_owned()))?;
        let text = qr::read_picture(&bytes(&picture)?).map_err(Trouble::of)?;
        result["text"] = text.clone().into();
        // One that the player tells besides is compared below, as any other.
        code.get_or_insert(text);
    }
    if let (Some(code), Some(text)) = (&code, result["text"].as_str())
        && code != text
    {
        return Err(Trouble(format!("the code {code} is another than the text {text}")));
    }
    let kept = code.map(Kept::Code).or_else(|| kept.map(Kept::Opaque));
    Ok(Came { result, kept, hidden })
}

/// Leaves out what lies at a path, `made.by`; of an array, of each of its elements.
fn without(value: &mut Value, path: &str) {
    match (value, path.split_once('.')) {
        (Value::Array(parts), _) => parts.iter_mut().for_each(|part| without(part, path)),
        (Value::Object(parts), None) => drop(parts.remove(path)),
        (Value::Object(parts), Some((name, rest))) => {
            if let Some(part) = parts.get_mut(name) {
                without(part, rest);
            }
        }
        _ => {}
    }
}

/// One run of a scenario.
#[derive(Clone, Copy, Debug)]
pub struct Trial<'a> {
    /// The file it stands in.
    pub rule: &'a Rule,
    /// What is run.
    pub what: What<'a>,
    /// How.
    pub network: Network,
}

/// What is run.
#[derive(Clone, Copy, Debug)]
pub enum What<'a> {
    /// A scenario.
    Scenario(&'a Scenario),
    /// Something done to one kind, and whether the others stay as they are.
    Action(&'a Action),
}

impl Trial<'_> {
    /// The name of what is run.
    pub fn name(&self) -> &str {
        match self.what {
            What::Scenario(scenario) => &scenario.name,
            What::Action(action) => &action.name,
        }
    }
}

/// A run, and what came of it.
#[derive(Debug)]
pub struct Tried<'a> {
    /// The run.
    pub trial: Trial<'a>,
    /// Why it did not go as it says, if it did not.
    pub trouble: Option<Trouble>,
}

/// Every run of every scenario.
pub fn trials(rules: &[Rule]) -> Vec<Trial<'_>> {
    let mut trials = Vec::new();
    for rule in rules {
        for scenario in &rule.scenarios {
            let what = What::Scenario(scenario);
            let runs = scenario.network.iter();
            trials.extend(runs.map(|network| Trial { rule, what, network: *network }));
        }
        for action in rule.independence.iter().flat_map(|independence| &independence.actions) {
            let what = What::Action(action);
            let runs = action.network.iter();
            trials.extend(runs.map(|network| Trial { rule, what, network: *network }));
        }
    }
    trials
}

/// How many cities stand at a time: most of a run waits for a disk.
const CITIES: usize = 6;

/// Runs them, some at a time. The outcomes come in the order of the runs.
pub fn try_all<'a>(cast: &Cast, trials: &[Trial<'a>]) -> Vec<Tried<'a>> {
    try_with(cast, trials, &[|| Booking::Here; CITIES])
}

/// Runs them on the simulator's pages, in as many browsers at a time.
pub fn try_on_pages<'a>(cast: &Cast, trials: &[Trial<'a>], browsers: usize) -> Vec<Tried<'a>> {
    let browsers: Vec<_> = (0..browsers).map(|_| Browser::start()).collect();
    let crews: Vec<_> = browsers.iter().map(|browser| || Booking::Pages(browser.clone())).collect();
    try_with(cast, trials, &crews)
}

/// Runs them, as many at a time as there are crews, each of which plays one at a time.
fn try_with<'a>(
    cast: &Cast,
    trials: &[Trial<'a>],
    crews: &[impl Fn() -> Booking + Sync],
) -> Vec<Tried<'a>> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        for book in crews {
            let (next, outcomes) = (&next, &outcomes);
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(trial) = trials.get(number) else { break };
                    let trouble = attempt(cast, trial, book());
                    let mut outcomes = outcomes.lock().expect("nothing panics under this lock");
                    outcomes.insert(number, Tried { trial: *trial, trouble });
                }
            });
        }
    });
    outcomes.into_inner().expect("nothing panicked under this lock").into_values().collect()
}

/// Runs one, in a city of its own. Says why it did not go as it says, if it did not.
pub(super) fn attempt(cast: &Cast, trial: &Trial<'_>, booking: Booking) -> Option<Trouble> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a thread can wait for sockets");
    // A panic in what is tested is a failure of this scenario, and none of the others.
    let run = AssertUnwindSafe(|| runtime.block_on(play(cast, trial, booking)));
    let outcome = catch_unwind(run).unwrap_or_else(|_| Err(Trouble("it panicked".to_owned())));
    outcome.err()
}

async fn play(cast: &Cast, trial: &Trial<'_>, booking: Booking) -> Result<(), Trouble> {
    match trial.what {
        What::Scenario(scenario) => {
            let mut world =
                World::build(cast, &scenario.people, &scenario.devices, booking).await?;
            for (number, step) in (1..).zip(&scenario.steps) {
                let done = world.step(step, trial.network).await;
                done.map_err(|Trouble(why)| Trouble(format!("step {number}: {why}")))?;
            }
            Ok(())
        }
        What::Action(action) => {
            let independence = trial.rule.independence.as_ref();
            let independence = independence.expect("an action stands in an independence");
            independence::play(cast, independence, action, trial.network, booking).await
        }
    }
}
