//! The page, from outside: over real HTTP, as a browser asks for it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The running program; ended when dropped.
struct Simulator {
    process: Child,
    authority: String,
}

impl Simulator {
    fn start(arguments: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_suima-simulator"))
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program was built for this test");
        let mut address = String::new();
        let stdout = process.stdout.take().expect("it is piped");
        BufReader::new(stdout).read_line(&mut address).unwrap();
        let authority = address.trim().strip_prefix("http://").expect("an address").to_owned();
        Self { process, authority }
    }

    /// Sends a request and gives status and body.
    async fn send(&self, head: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.authority).await.unwrap();
        let length = body.len();
        let request =
            format!("{head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let status = std::str::from_utf8(&answer[9..12]).unwrap().parse().unwrap();
        (status, String::from_utf8_lossy(&answer[end + 4..]).into_owned())
    }

    async fn get(&self, path: &str) -> (u16, String) {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {}", self.authority), "").await
    }

    async fn state(&self) -> Value {
        serde_json::from_str(&self.get("/api/state").await.1).unwrap()
    }

    async fn act(&self, act: Value) -> Value {
        let host = &self.authority;
        let head = format!(
            "POST /api/act HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/json"
        );
        let (status, body) = self.send(&head, &act.to_string()).await;
        assert_eq!(status, 200, "{act}: {body}");
        serde_json::from_str(&body).unwrap()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // It may have ended already, which is what is wanted.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn person<'a>(state: &'a Value, phone: &str, name: &str) -> &'a Value {
    let phones = state["phones"].as_array().unwrap();
    let phone = phones.iter().find(|one| one["id"] == phone).unwrap();
    phone["people"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()
}

#[tokio::test]
async fn the_page_loads_and_the_story_can_be_played_in_it() {
    let city = Simulator::start(&["--port", "0"]);
    let (status, page) = city.get("/").await;
    assert_eq!(status, 200);
    assert!(page.contains("随码"));
    for file in ["/page.css", "/page.js", "/parts.js", "/phone.js", "/station.js", "/icon.svg"] {
        assert_eq!(city.get(file).await.0, 200, "{file}");
    }

    let state = city.state().await;
    let age = &state["station"]["age"];
    assert!(age["zh"].as_str().unwrap().ends_with("· 政策第1版"), "{age}");
    let child = person(&state, "mother", "陈思远");
    let old = child["nucleic"]["text"].as_str().unwrap().to_owned();
    assert_eq!(person(&state, "father", "陈思远")["nucleic"]["text"], old);

    let live = child["live"]["text"].as_str().unwrap();
    let scan = |text: &str, place: &str| json!({"act": "scan", "device": "station", "place": place, "text": text, "picture": null});
    let answer = city.act(scan(live, "sampling")).await;
    assert_eq!(answer["said"]["tone"], "good", "{answer}");
    assert_eq!(answer["state"]["station"]["tube"]["seats"][0]["name"], "陈*远");

    let slot = &child["slot"];
    let warning = city.act(json!({"act": "warning", "device": "mother", "slot": slot})).await;
    let void = &warning["warning"]["void"];
    city.act(json!({"act": "regenerate", "device": "mother", "slot": slot, "void": void})).await;
    let answer = city.act(json!({"act": "refresh", "device": "father"})).await;
    let banners = answer["state"]["phones"][1]["banners"].to_string();
    assert!(banners.contains("林晓梅"), "the father learns who did it: {banners}");
    assert_ne!(person(&answer["state"], "father", "陈思远")["nucleic"]["text"], old);

    city.act(json!({"act": "sync", "device": "station"})).await;
    let answer = city.act(scan(&old, "sampling")).await;
    assert_eq!(answer["said"]["reason"], "replaced", "{answer}");

    city.act(json!({"act": "cut", "device": "father"})).await;
    let answer = city.act(json!({"act": "reopen", "device": "father"})).await;
    let shown = person(&answer["state"], "father", "陈思远");
    assert!(shown["live"]["svg"].as_str().unwrap().starts_with("<svg"), "{shown}");
}

#[tokio::test]
async fn a_picture_can_be_saved_and_checked() {
    use base64::Engine as _;
    let city = Simulator::start(&["--port", "0"]);
    let state = city.state().await;
    let mother = person(&state, "mother", "林晓梅");
    let mut stream = TcpStream::connect(&city.authority).await.unwrap();
    let path = format!("/api/picture/mother/{}", mother["slot"]);
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", city.authority);
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let start = answer.windows(4).position(|four| four == b"\x89PNG").unwrap();
    let picture = base64::engine::general_purpose::STANDARD.encode(&answer[start..]);
    let check = json!({"act": "check-saved", "device": "mother", "text": null, "picture": picture});
    let answer = city.act(check).await;
    assert_eq!(answer["said"]["tone"], "good", "{answer}");
}

#[tokio::test]
async fn a_shift_ends_with_a_sealed_tube_and_another_begins() {
    let city = Simulator::start(&["--port", "0"]);
    let at_post = |mut act: Value| {
        act["device"] = json!("station");
        city.act(act)
    };
    let answer = at_post(json!({"act": "seal", "swabs": 2, "explain": null})).await;
    assert_eq!(answer["differs"], true, "nobody is in the tube: {answer}");
    at_post(json!({"act": "seal", "swabs": 0, "explain": null})).await;
    at_post(json!({"act": "open-session", "site": "南站", "staff": "S-08"})).await;
    let answer =
        at_post(json!({"act": "open-tube", "barcode": "SH-2026-0002", "capacity": 5})).await;
    let station = &answer["state"]["station"];
    assert_eq!(station["session"], "南站 · S-08");
    assert_eq!(station["tube"]["capacity"], 5);
    let answer = at_post(json!({"act": "upload"})).await;
    assert_eq!(answer["said"]["tone"], "good", "{answer}");
}

#[tokio::test]
async fn nobody_but_the_page_may_act() {
    let city = Simulator::start(&["--port", "0"]);
    let host = city.authority.clone();
    let body = json!({"act": "forward", "seconds": 60}).to_string();
    let json = "Content-Type: application/json";
    let heads = [
        (
            format!(
                "POST /api/act HTTP/1.1\r\nHost: {host}\r\n{json}\r\nOrigin: https://example.org"
            ),
            403,
        ),
        (format!("POST /api/act HTTP/1.1\r\nHost: city.example.org\r\n{json}"), 403),
        (format!("POST /api/act HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/plain"), 415),
    ];
    for (head, status) in heads {
        assert_eq!(city.send(&head, &body).await.0, status, "{head}");
    }
    assert_eq!(city.send("GET /api/state HTTP/1.1\r\nHost: city.example.org", "").await.0, 403);
}

#[tokio::test]
async fn a_kept_city_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let first = Simulator::start(&["--port", "0", "--data", data]);
    first.act(json!({"act": "forward", "seconds": 86_400})).await;
    let before = first.state().await;
    drop(first);
    let second = Simulator::start(&["--port", "0", "--data", data]);
    let after = second.state().await;
    let text = |state: &Value| person(state, "mother", "陈思远")["nucleic"]["text"].clone();
    assert_eq!(text(&before), text(&after), "the same code, and so the same wallet and issuer");
    assert!(after["now"].as_u64() >= before["now"].as_u64(), "the time does not go back");
}

#[tokio::test]
async fn a_lost_answer_is_told_on_its_phone_and_the_time_goes_on() {
    let city = Simulator::start(&["--port", "0"]);
    let before = city.state().await["now"].as_u64().unwrap();
    city.act(json!({"act": "lose", "device": "mother"})).await;
    let days: u64 = 30 * 86_400;
    let state = &city.act(json!({"act": "forward", "seconds": days})).await["state"];
    assert!(state["now"].as_u64().unwrap() >= before + days, "all of them have passed");
    let lost =
        |phone: usize| state["phones"][phone]["banners"].to_string().contains("没有收到答复");
    assert!(lost(0), "{}", state["phones"][0]["banners"]);
    assert!(!lost(1), "the father's phone has lost nothing");
}

#[cfg(unix)]
#[tokio::test]
async fn the_time_that_is_kept_is_never_written_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let city = Simulator::start(&["--port", "0", "--data", folder.path().to_str().unwrap()]);
    let kept = folder.path().join("moved");
    city.act(json!({"act": "forward", "seconds": 60})).await;
    // What has the file open or linked keeps the whole of what it was.
    let link = folder.path().join("link");
    std::fs::hard_link(&kept, &link).unwrap();
    city.act(json!({"act": "forward", "seconds": 60})).await;
    assert_eq!(std::fs::read_to_string(link).unwrap(), "60");
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "120");
}

#[tokio::test]
async fn a_taken_port_does_not_keep_it_from_starting() {
    let (one, other) = (Simulator::start(&[]), Simulator::start(&[]));
    assert_ne!(one.authority, other.authority);
    for city in [&one, &other] {
        assert_eq!(city.get("/").await.0, 200);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn it_stops_when_it_is_told_to() {
    let mut city = Simulator::start(&["--port", "0"]);
    // A browser keeps connections on which it says nothing.
    let _silent = TcpStream::connect(&city.authority).await.unwrap();
    let told = Command::new("kill").arg(city.process.id().to_string()).status().unwrap();
    assert!(told.success());
    assert!(city.process.wait().unwrap().success());
}
