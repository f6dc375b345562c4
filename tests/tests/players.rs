//! Phones and stations may be played by somebody at the other end of a connection, as `tests/scenarios/README.md` says under
//! "Players": what they do is judged as if it were done here, and whoever lies is found out.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use suima_tests::scenario::{
    Answer, Conductor, Message, Next, RustPlayer, SetUp, Task, Turn, folder, read_rules, trials,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::task::JoinSet;

/// Longer than any turn takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// Scenarios in which, together, every turn is played: people with their phones and stations, portals and terminals,
/// networks that are cut and answers that get lost, clocks that are wrong, and kinds that are compared.
const PLAYED: [(&str, &str); 19] = [
    ("r1-lost-answer", "online"),
    ("r1-two-phones-at-once", "online"),
    ("r2-consenting-adult", "online"),
    ("r2-held-relative", "cut"),
    ("r2-wrong-one-time-code", "online"),
    ("r3-terminal-with-phone", "online"),
    ("r3-never-on-the-phone", "online"),
    ("r4-loss-report", "cut"),
    ("r5-relative-end-by-person", "online"),
    ("r5-nucleic-acid-register", "cut"),
    ("r5-id-card-with-paper", "online"),
    ("r6-id-card-sampling", "cut"),
    ("r6-holders-a-relative", "online"),
    ("r6-same-person-two-codes", "online"),
    ("r8-ahead", "cut"),
    ("r8-same-proof-twice", "online"),
    ("r9-new-phone", "online"),
    ("r9-picture-of-others", "cut"),
    ("r9-changed-meanwhile", "online"),
];

/// Says something to the conductor. Gives the status of the answer, and what it says.
async fn call(conductor: SocketAddr, method: &str, path: &str, body: &str) -> (u16, Value) {
    let mut stream = tokio::net::TcpStream::connect(conductor).await.expect("it listens");
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {conductor}\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.expect("a status"), serde_json::from_str(body).expect("it speaks JSON"))
}

async fn next(conductor: SocketAddr, path: &str, body: &str) -> Message {
    let (status, said) = call(conductor, "POST", path, body).await;
    assert_eq!(status, 200, "{said}");
    serde_json::from_value(said).expect("it says what is next")
}

/// Which number a trial has.
async fn number(conductor: SocketAddr, name: &str, network: &str) -> u64 {
    let (_, listed) = call(conductor, "GET", "/trials", "").await;
    let listed = listed.as_array().expect("it is a list");
    let found = listed.iter().find(|one| one["name"] == name && one["network"] == network);
    found.and_then(|one| one["number"].as_u64()).unwrap_or_else(|| panic!("{name} ({network})"))
}

/// Plays a trial with nothing but what comes over the connection, and says of each turn what `say` makes of what came of
/// it. Gives why the trial did not go as it says, if it did not.
async fn play(
    conductor: SocketAddr,
    number: u64,
    mut say: impl FnMut(&Turn, &mut Answer),
) -> Option<String> {
    let mut message = next(conductor, &format!("/trials/{number}"), "").await;
    let people = message.people.take().expect("the people come first");
    let mut player = RustPlayer::new(people).expect("there is room for its files");
    loop {
        let turn = match message.next {
            Next::Play(turn) => turn,
            Next::End { trouble } => return trouble,
        };
        let mut answer = player.play(&turn).await;
        say(&turn, &mut answer);
        let answer = serde_json::to_string(&answer).expect("an answer is JSON");
        message = next(conductor, &format!("/trials/{number}/turns"), &answer).await;
        assert_eq!(message.people, None);
    }
}

fn word(task: &Task) -> String {
    serde_json::to_value(task).unwrap()["do"].as_str().unwrap().to_owned()
}

/// All that a player may be asked to do: the words that are named when another is.
fn words() -> BTreeSet<String> {
    let error = serde_json::from_value::<Task>(json!({ "do": "dance" })).unwrap_err().to_string();
    error.split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_player_at_the_other_end_plays_every_turn_and_scenarios_of_every_kind() {
    let conductor = Conductor::start(PATIENCE).await.unwrap();
    let address = conductor.address();
    let mut played = BTreeSet::new();
    let mut trials = JoinSet::new();
    for (name, network) in PLAYED {
        let number = number(address, name, network).await;
        trials.spawn(async move {
            let mut done = BTreeSet::new();
            let trouble = play(address, number, |turn, _| {
                done.insert(word(&turn.task));
            });
            (name, trouble.await, done)
        });
        // Four cities at a time.
        if trials.len() == 4 {
            let (name, trouble, done) = trials.join_next().await.unwrap().unwrap();
            assert_eq!(trouble, None, "{name}");
            played.extend(done);
        }
    }
    for (name, trouble, done) in trials.join_all().await {
        assert_eq!(trouble, None, "{name}");
        played.extend(done);
    }
    // No scenario does these two.
    played.extend(["family", "holders"].map(str::to_owned));
    assert_eq!(played, words());
    conductor.close().await;
}

/// A lie: in which trial, about what, how it is told, and what the conductor says to it.
struct Lie {
    trial: &'static str,
    about: &'static str,
    tell: fn(&mut Answer),
    found: &'static str,
}

fn result(answer: &mut Answer) -> &mut Value {
    answer.result.as_mut().expect("it was done")
}

const LIES: [Lie; 18] = [
    Lie {
        trial: "r2-held-relative",
        about: "show-nucleic-acid",
        tell: |answer| *result(answer) = json!({}),
        found: "/text: a text must stand here",
    },
    Lie {
        trial: "r1-own-regeneration-voids",
        about: "scan",
        tell: |answer| {
            *result(answer) = json!({ "error": "offline", "zh": "没有网络", "en": "no network" });
        },
        found: "/verdict: expected",
    },
    Lie {
        trial: "r1-own-regeneration-voids",
        about: "regenerate",
        tell: |answer| result(answer)["outcome"] = json!("overtaken"),
        found: "/outcome: expected",
    },
    Lie {
        trial: "r1-own-regeneration-voids",
        about: "regenerate",
        tell: |answer| result(answer)["outcome"] = json!("perhaps"),
        found: "/outcome: one of",
    },
    Lie {
        trial: "r1-lost-answer",
        about: "show-nucleic-acid",
        tell: |answer| result(answer)["doubt"] = Value::Null,
        found: "/doubt/is: expected",
    },
    Lie {
        trial: "r1-lost-answer",
        about: "show-nucleic-acid",
        tell: |answer| result(answer)["doubt"]["since"] = json!(1_795_309_800),
        found: "/doubt/since: a moment must stand here",
    },
    Lie {
        trial: "r1-lost-answer",
        about: "show-nucleic-acid",
        tell: |answer| answer.code = Some("SM1:ANOTHER".to_owned()),
        found: "is another than the text",
    },
    Lie {
        trial: "r1-print-is-the-code",
        about: "save-picture",
        tell: |answer| answer.picture = Some("89504e470d0a1a0a".to_owned()),
        found: "not a picture that can be read",
    },
    Lie {
        trial: "r1-print-is-the-code",
        about: "save-picture",
        tell: |answer| answer.picture = None,
        found: "there is no picture",
    },
    Lie {
        trial: "r1-print-is-the-code",
        about: "save-picture",
        tell: |answer| answer.code = Some("SM1:ANOTHER".to_owned()),
        found: "is another than the text",
    },
    Lie {
        trial: "r2-held-relative",
        about: "family",
        tell: |answer| result(answer)["people"][1]["relation"] = json!("ward"),
        found: "/people/1/relation: expected",
    },
    Lie {
        trial: "r2-held-relative",
        about: "show-live",
        tell: |answer| result(answer)["masked-name"] = json!("顾**"),
        found: "/masked-name: expected",
    },
    Lie {
        trial: "r9-agreed-to-something-else",
        about: "warn",
        tell: |answer| answer.kept = None,
        found: "there is nothing to keep",
    },
    Lie {
        trial: "r9-agreed-to-something-else",
        about: "warn",
        tell: |answer| answer.kept = Some(json!(7)),
        found: "no warning was kept as 7",
    },
    Lie {
        trial: "r6-id-card-sampling",
        about: "id-card",
        tell: |answer| result(answer)["masked-name"] = Value::Null,
        found: "/masked-name: a text must stand here",
    },
    Lie {
        trial: "r6-id-card-sampling",
        about: "id-card",
        tell: |answer| result(answer)["id-number"] = json!("310199198803140020"),
        found: "/id-number: nothing must stand here",
    },
    Lie {
        trial: "r6-id-card-sampling",
        about: "id-card",
        tell: |answer| answer.turn += 1,
        found: "was answered instead",
    },
    Lie {
        trial: "r6-id-card-sampling",
        about: "id-card",
        tell: |answer| answer.trouble = Some("the bindings crashed".to_owned()),
        found: "the bindings crashed",
    },
];

#[tokio::test]
async fn a_player_that_lies_is_found_out() {
    let conductor = Conductor::start(PATIENCE).await.unwrap();
    let address = conductor.address();
    for lie in LIES {
        let number = number(address, lie.trial, "online").await;
        let mut told = 0;
        let trouble = play(address, number, |turn, answer| {
            if word(&turn.task) == lie.about {
                (lie.tell)(answer);
                told += 1;
            }
        });
        let trouble = trouble.await;
        assert_ne!(told, 0, "{} has nothing to lie about", lie.trial);
        let trouble = trouble.unwrap_or_else(|| panic!("{}: {}", lie.trial, lie.found));
        assert!(trouble.contains(lie.found), "{trouble} is not that {}", lie.found);
    }
    conductor.close().await;
}

#[tokio::test]
async fn a_player_that_lies_about_another_kind_is_found_out_where_the_kinds_are_compared() {
    let conductor = Conductor::start(PATIENCE).await.unwrap();
    let address = conductor.address();
    let number = number(address, "r5-nucleic-acid-regenerate", "online").await;
    let mut shown = 0;
    let trouble = play(address, number, |turn, answer| {
        if matches!(turn.task, Task::ShowLive { .. }) {
            shown += 1;
            if shown > 3 {
                result(answer)["colour"] = json!("yellow");
            }
        }
    });
    let trouble = trouble.await.expect("a live code does not change colour by that");
    assert!(trouble.contains("/colour: expected \"green\", got \"yellow\""), "{trouble}");
    conductor.close().await;
}

#[tokio::test]
async fn an_answer_that_is_no_answer_ends_the_trial() {
    let conductor = Conductor::start(PATIENCE).await.unwrap();
    let address = conductor.address();
    for answer in ["", "[]", "{\"turn\": 1, \"results\": {}}", "{\"turn\": 1}"] {
        next(address, "/trials/0", "").await;
        let end = next(address, "/trials/0/turns", answer).await;
        assert!(matches!(end.next, Next::End { trouble: Some(_) }), "{end:?}");
    }
    conductor.close().await;
}

#[tokio::test]
async fn a_trial_is_played_by_one_at_a_time_and_may_be_played_again() {
    let conductor = Conductor::start(PATIENCE).await.unwrap();
    let address = conductor.address();
    let unknown = format!("/trials/{}", trials(&read_rules()).len());
    assert_eq!(call(address, "POST", &unknown, "").await.0, 404);
    assert_eq!(call(address, "POST", "/trials/0/turns", "{}").await.0, 404);
    next(address, "/trials/0", "").await;
    assert_eq!(call(address, "POST", "/trials/0", "").await.0, 409);
    let gone = next(address, "/trials/0/turns", "{\"turn\": 1, \"trouble\": \"tired\"}").await;
    assert!(matches!(gone.next, Next::End { trouble: Some(_) }), "{gone:?}");
    assert_eq!(call(address, "POST", "/trials/0/turns", "{}").await.0, 404);
    assert_eq!(play(address, 0, |_, _| {}).await, None);
    conductor.close().await;
}

/// Where the city of a trial is reached, by its first turn.
fn city(first: &Message) -> SocketAddr {
    let Next::Play(Turn { task: Task::SetUp(SetUp { issuer, .. }), .. }) = &first.next else {
        panic!("{first:?}");
    };
    issuer.strip_prefix("http://").unwrap().parse().unwrap()
}

#[tokio::test]
async fn nothing_is_left_of_the_city_of_a_player_that_went_away() {
    let conductor = Conductor::start(Duration::from_millis(1)).await.unwrap();
    let address = conductor.address();
    let city = city(&next(address, "/trials/0", "").await);
    conductor.quiet().await;
    assert!(TcpStream::connect(city).is_err());
    let late = next(address, "/trials/0/turns", "{\"turn\": 1, \"result\": {}}").await;
    let Next::End { trouble: Some(why) } = late.next else { panic!("{late:?}") };
    assert!(why.contains("the player said nothing for 1ms"), "{why}");
    next(address, "/trials/0", "").await;
    conductor.close().await;
}

#[tokio::test]
async fn closing_ends_every_trial() {
    let conductor = Conductor::start(PATIENCE).await.unwrap();
    let address = conductor.address();
    let cities =
        [city(&next(address, "/trials/0", "").await), city(&next(address, "/trials/1", "").await)];
    conductor.close().await;
    for city in cities {
        assert!(TcpStream::connect(city).is_err());
    }
}

#[tokio::test]
async fn the_program_lists_every_trial_and_ends_when_its_stdin_closes() {
    let program = Command::new(env!("CARGO_BIN_EXE_conductor"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut program = program.unwrap();
    let mut first = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let address = first.trim_end().strip_prefix("ready http://").unwrap().parse().unwrap();
    let (status, listed) = call(address, "GET", "/trials", "").await;
    assert_eq!(status, 200);
    let rules = read_rules();
    let known = trials(&rules);
    let names: Vec<_> = listed.as_array().unwrap().iter().map(|one| &one["name"]).collect();
    let known: Vec<_> = known.iter().map(|trial| json!(trial.name())).collect();
    assert_eq!(names, known.iter().collect::<Vec<_>>());
    next(address, "/trials/0", "").await;
    drop(program.stdin.take());
    assert!(program.wait().unwrap().success());
}

#[test]
fn the_specification_and_the_player_know_the_same_turns() {
    let text = fs::read_to_string(folder().join("README.md")).unwrap();
    let section = text.split("\n### The turns\n").nth(1).expect("turns are specified");
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let rows = rows.map(|(turn, _)| turn.to_owned()).filter(|turn| turn != "do");
    assert_eq!(rows.collect::<BTreeSet<_>>(), words());
}
