//! The program, from outside: over real HTTP, as a browser asks.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use suima_simulator::people::{CHILD, FATHER, MOTHER, Resident};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const DAY: u32 = 86_400;

/// The running program; ended when dropped.
struct Simulator {
    process: Child,
    authority: String,
}

/// What came back.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(": ")?;
            known.eq_ignore_ascii_case(name).then_some(value)
        })
    }
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

    fn usual() -> Self {
        Self::start(&["--port", "0"])
    }

    async fn get(&self, path: &str) -> Answer {
        send(&self.authority, &format!("GET {path} HTTP/1.1\r\nHost: {}", self.authority), "").await
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        answer.body
    }

    /// Sends a form as a browser does from the page at `from`, and gives the answer, which leads on.
    async fn post_from(&self, from: &str, path: &str, form: &str) -> Answer {
        let host = &self.authority;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nReferer: http://{host}{from}\r\n\
             Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded"
        );
        let answer = send(host, &head, form).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
        answer
    }

    async fn post(&self, path: &str, form: &str) {
        self.post_from("/", path, form).await;
    }

    async fn forward(&self, seconds: u32) {
        self.post("/forward", &format!("seconds={seconds}")).await;
    }

    /// The city's time, as its bar shows it.
    async fn time(&self) -> String {
        let page = self.page("/").await;
        between(&page, "<time datetime=\"", "\"").to_owned()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // It may have ended already, which is what is wanted.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn send(authority: &str, head: &str, body: &str) -> Answer {
    let mut stream = TcpStream::connect(authority).await.unwrap();
    let length = body.len();
    let request = format!("{head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head[9..12].parse().unwrap();
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// What stands between the first of `before` and the next of `after`.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split_once(after).unwrap_or_else(|| panic!("no {after} in {rest}")).0
}

/// What follows each `before`, up to `after`.
fn all<'a>(text: &'a str, before: &'a str, after: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).filter_map(move |rest| Some(rest.split_once(after)?.0))
}

/// The picture of the code on a phone's page.
fn code(page: &str) -> &str {
    between(page, "<svg", "</svg>")
}

#[tokio::test]
async fn the_start_page_leads_to_pages_that_are_there_and_so_do_they() {
    let city = Simulator::usual();
    let mut open = vec!["/".to_owned()];
    let mut met = open.clone();
    while let Some(path) = open.pop() {
        let answer = city.get(&path).await;
        // A phone that is not enrolled leads to where it can be.
        let page = if let Some(to) = answer.header("location") {
            city.page(to).await
        } else {
            assert_eq!(answer.status, 200, "{path}");
            answer.body
        };
        let own = all(&page, "href=\"", "\"").chain(all(&page, "src=\"", "\""));
        for link in own.filter(|link| link.starts_with('/')) {
            let link = link.replace("&amp;", "&");
            if !met.contains(&link) {
                met.push(link.clone());
                open.push(link);
            }
        }
    }
    let expected = ["/phone/mother", "/station/sampling", "/station/gate/gate", "/operator"];
    for path in expected.into_iter().chain(["/base.css", "/town.css", "/phone.css", "/live.js"]) {
        assert!(met.iter().any(|one| one == path), "{path} is in no page");
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_and_leads_back() {
    let city = Simulator::usual();
    for path in ["/nowhere", "/phone/nobody", "/station/nowhere"] {
        let answer = city.get(path).await;
        let there = match answer.header("location") {
            Some(to) => city.get(to).await,
            None => answer,
        };
        assert_eq!(there.status, 404, "{path}");
        assert!(there.body.contains("href=\"/\""), "{path}: {}", there.body);
    }
}

#[tokio::test]
async fn the_portal_is_there_and_a_browser_becomes_the_terminal() {
    let city = Simulator::usual();
    let start = city.page("/").await;
    let portal = all(&start, "href=\"", "\"").find(|link| link.ends_with("/portal")).unwrap();
    let issuer = portal.strip_prefix("http://").unwrap().strip_suffix("/portal").unwrap();
    let at_issuer = async |path: &str, cookie: &str| {
        send(issuer, &format!("GET {path} HTTP/1.1\r\nHost: {issuer}\r\nCookie: {cookie}"), "")
            .await
    };
    assert_eq!(at_issuer("/portal", "").await.status, 200);

    let reader = "data-reader";
    assert!(!at_issuer("/terminal", "").await.body.contains(reader), "a browser like any other");
    let answer = city.post_from("/", "/terminal", "").await;
    assert_eq!(answer.header("location"), Some(format!("http://{issuer}/terminal").as_str()));
    let cookie = answer.header("set-cookie").unwrap();
    let kept = cookie.split_once(';').unwrap().0;
    assert!(at_issuer("/terminal", kept).await.body.contains(reader), "it takes ID cards now");

    // The cookie holds for the name by which the browser came.
    let port = city.authority.rsplit_once(':').unwrap().1;
    let head = format!("POST /terminal HTTP/1.1\r\nHost: localhost:{port}");
    let answer = send(&city.authority, &head, "").await;
    let to = answer.header("location").unwrap();
    assert!(to.starts_with("http://localhost:"), "{to}");
}

#[tokio::test]
async fn what_happens_on_one_page_is_told_to_all() {
    let city = Simulator::usual();
    let mut events = TcpStream::connect(&city.authority).await.unwrap();
    let request = format!("GET /changes HTTP/1.1\r\nHost: {}\r\n\r\n", city.authority);
    events.write_all(request.as_bytes()).await.unwrap();
    let mut told = String::new();
    let mut next = async |times: usize| {
        while told.matches("data: ").count() < times {
            let mut bytes = [0; 1024];
            let count = events.read(&mut bytes).await.unwrap();
            assert_ne!(count, 0, "it stays open");
            told.push_str(std::str::from_utf8(&bytes[..count]).unwrap());
        }
    };
    let limit = Duration::from_secs(10);
    tokio::time::timeout(limit, next(1)).await.expect("an event at once: look now");
    city.post("/phone/mother/network", "on=no").await;
    tokio::time::timeout(limit, next(2)).await.expect("an event with the change");
}

#[tokio::test]
async fn a_refused_consent_is_there_to_be_mended_and_not_to_be_typed_anew() {
    let city = Simulator::usual();
    let page = city.page("/phone/mother").await;
    let slot = all(&page, "/phone/mother/live/", "\"").next().expect("her own");
    let form = format!("relative={slot}&asker={slot}&reason=At+the+desk");
    city.post("/operator/requests", &form).await;
    let page = city.page("/operator/requests").await;
    assert!(page.contains("两处是同一人"));
    assert_eq!(page.matches(&format!("<option value=\"{slot}\" selected>")).count(), 2);
    assert!(page.contains("name=\"reason\" value=\"At the desk\""));
}

#[tokio::test]
async fn nobody_but_the_page_may_act() {
    let city = Simulator::usual();
    let host = city.authority.clone();
    let before = city.time().await;
    let form = "Content-Type: application/x-www-form-urlencoded";
    let body = format!("seconds={DAY}");
    for head in [
        format!("POST /forward HTTP/1.1\r\nHost: {host}\r\n{form}\r\nOrigin: https://example.org"),
        format!("POST /forward HTTP/1.1\r\nHost: {host}\r\n{form}\r\nSec-Fetch-Site: cross-site"),
        format!("POST /forward HTTP/1.1\r\nHost: city.example.org\r\n{form}"),
    ] {
        assert_eq!(send(&host, &head, &body).await.status, 403, "{head}");
    }
    let elsewhere = "GET / HTTP/1.1\r\nHost: city.example.org";
    assert_eq!(send(&host, elsewhere, "").await.status, 403);
    assert_eq!(city.time().await[..10], before[..10], "no day has passed");
}

#[tokio::test]
async fn pages_run_nothing_but_their_own_and_stand_in_no_frame() {
    let city = Simulator::usual();
    let answer = city.get("/").await;
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'self'"), "{policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn moving_the_time_leads_back_to_the_page_where_it_was_moved_and_nowhere_else() {
    let city = Simulator::usual();
    let there = "/phone/new/enrol?code=ABC";
    let answer = city.post_from(there, "/forward", "seconds=60").await;
    assert_eq!(answer.header("location"), Some(there));
    let host = &city.authority;
    let head = format!(
        "POST /forward HTTP/1.1\r\nHost: {host}\r\nReferer: http://example.org//evil\r\n\
         Content-Type: application/x-www-form-urlencoded"
    );
    let answer = send(host, &head, "seconds=60").await;
    assert_eq!(answer.header("location"), Some("/"));
}

#[tokio::test]
async fn posts_that_have_a_network_know_what_is_new_however_far_the_time_was_moved() {
    let city = Simulator::usual();
    let as_of = async || {
        let page = city.page("/station/gate/gate").await;
        between(between(&page, "id=\"list-as-of\"", "</time>"), "datetime=\"", "\"").to_owned()
    };
    let first = as_of().await;
    city.forward(3 * DAY).await;
    // Its network is cut before it is asked: while it has one, it hears of everything.
    city.post("/station/gate/network", "on=no").await;
    let online = as_of().await;
    assert!(online[..10] > first[..10], "{first}, then {online}");
    city.forward(3 * DAY).await;
    assert_eq!(as_of().await, online, "nobody told it");
    city.post("/station/gate/network", "on=yes").await;
    assert!(as_of().await[..10] > online[..10], "it asks once it can");
}

#[tokio::test]
async fn a_kept_city_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let first = Simulator::start(&["--port", "0", "--data", data]);
    first.forward(DAY).await;
    let start = first.page("/").await;
    let path = all(&start, "href=\"", "\"").find(|link| link.contains("/nucleic-acid/")).unwrap();
    let (page, time) = (first.page(path).await, first.time().await);
    drop(first);
    let second = Simulator::start(&["--port", "0", "--data", data]);
    let again = second.page(path).await;
    assert_eq!(code(&page), code(&again), "the same code, and so the same wallet and issuer");
    assert!(second.time().await >= time, "the time does not go back");
}

#[tokio::test]
async fn news_that_nobody_has_read_is_there_when_a_kept_city_is() {
    let folder = tempfile::tempdir().unwrap();
    let kept = ["--port", "0", "--data", folder.path().to_str().unwrap()];
    let told = "陈建国于";
    let first = Simulator::start(&kept);
    let page = first.page("/phone/father").await;
    let slot = all(&page, "/phone/father/live/", "\"").last().expect("his own, and his child's");
    let path = format!("/phone/father/regenerate/{slot}");
    let page = first.page(&path).await;
    let void = between(&page, "name=\"void\" value=\"", "\"");
    assert!(!first.page("/phone/mother").await.contains(told));
    first.post(&path, &format!("void={void}")).await;
    first.post("/phone/mother/refresh", "").await;
    assert!(first.page("/phone/mother").await.contains(told));
    drop(first);

    let second = Simulator::start(&kept);
    assert!(second.page("/phone/mother").await.contains(told));
    second.post("/phone/mother/seen", "").await;
    drop(second);
    let third = Simulator::start(&kept);
    assert!(!third.page("/phone/mother").await.contains(told));
}

#[tokio::test]
async fn a_lost_answer_holds_nobody_up() {
    let city = Simulator::usual();
    let before = city.time().await;
    city.post("/phone/mother/lose", "").await;
    city.forward(30 * DAY).await;
    for phone in ["mother", "father"] {
        let page = city.page(&format!("/phone/{phone}")).await;
        let as_of = between(between(&page, "id=\"colour-as-of\"", "</time>"), "datetime=\"", "\"");
        assert!(as_of[..10] > before[..10], "{phone}: the answers of the days after it came");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_time_that_is_kept_is_never_written_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let city = Simulator::start(&["--port", "0", "--data", folder.path().to_str().unwrap()]);
    let kept = folder.path().join("moved");
    city.forward(60).await;
    // What has the file open or linked keeps the whole of what it was.
    let link = folder.path().join("link");
    std::fs::hard_link(&kept, &link).unwrap();
    city.forward(60).await;
    assert_eq!(std::fs::read_to_string(link).unwrap(), "60");
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "120");
}

#[tokio::test]
async fn a_taken_port_does_not_keep_it_from_starting() {
    let (one, other) = (Simulator::start(&[]), Simulator::start(&[]));
    assert_ne!(one.authority, other.authority);
    for city in [&one, &other] {
        assert_eq!(city.get("/").await.status, 200);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn it_stops_when_it_is_told_to() {
    let mut city = Simulator::usual();
    // A browser keeps connections on which it says nothing.
    let _silent = TcpStream::connect(&city.authority).await.unwrap();
    let told = Command::new("kill").arg(city.process.id().to_string()).status().unwrap();
    assert!(told.success());
    assert!(city.process.wait().unwrap().success());
}

#[tokio::test]
async fn a_kept_city_is_found_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let first = Simulator::start(&["--port", "0", "--data", data]);
    let register = first.page("/operator/register").await;
    let slot = |resident: Resident| {
        let mut rows = register.split("data-slot=\"").skip(1);
        rows.find(|row| row.contains(resident.name)).unwrap().split('"').next().unwrap()
    };
    let (mother, father, child) = (slot(MOTHER), slot(FATHER), slot(CHILD));
    let kinship = format!("guardian={mother}&child={child}&at={mother}&reason=x");
    first.post("/operator/family/end", &kinship).await;
    first.post(&format!("/operator/person/{father}/end-phone"), "reason=x").await;
    first.post("/phone/father/refresh", "").await;
    first.post("/station/sampling/seal", "swabs=0").await;
    first.post("/station/sampling/session", "site=a&staff=b").await;
    drop(first);
    let second = Simulator::start(&["--port", "0", "--data", data]);
    let page = second.page(&format!("/operator/person/{father}")).await;
    assert!(!page.contains("/end-phone"), "his phone stays ended");
}
