//! A hand at a window: it goes to pages, types and clicks.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use suima_code::qr::read_picture;
use tokio::task::spawn_blocking;

use super::super::run::Trouble;
use super::look::{Look, SCRIPT};
use crate::chromium::{Browser, Window, decode_base64};
use crate::hex::unhex;

/// A desk with room for a phone and what lies beside it.
const SIZE: (u32, u32) = (1200, 1000);

/// How long a window waits for what should be there, in milliseconds. A form that asks the issuer waits for that.
const PATIENCE: u32 = 8000;

/// Every window of a browser has a name of its own.
static WINDOWS: AtomicU64 = AtomicU64::new(0);

/// A hand at a window.
#[derive(Clone, Debug)]
pub(super) struct Hand {
    window: Window,
    origin: String,
    /// What the form says that was seen here and may be sent later, as it was then.
    pub seen: Option<String>,
}

impl Hand {
    /// Opens a window.
    pub async fn open(browser: &Browser, origin: &str) -> Result<Self, Trouble> {
        let name = format!("window {}", WINDOWS.fetch_add(1, Ordering::Relaxed));
        let (browser, origin) = (browser.clone(), origin.to_owned());
        let opened = spawn_blocking(move || {
            let window = browser.hasty_window(&name, &origin, SIZE, PATIENCE);
            Self { window, origin, seen: None }
        });
        opened.await.map_err(Trouble::of)
    }

    /// The pages are served by this thread, so the browser is waited for on another.
    async fn ask(&self, command: Value) -> Result<Value, Trouble> {
        let window = self.window.clone();
        let word = command["do"].clone();
        let came = spawn_blocking(move || window.ask(&command)).await.map_err(Trouble::of)?;
        came.map_err(|why| Trouble(format!("{word}: {why}")))
    }

    /// Goes to a page.
    pub async fn open_page(&self, path: &str) -> Result<(), Trouble> {
        let url = format!("{}{path}", self.origin);
        let came = self.ask(json!({ "do": "goto", "url": url })).await?;
        match came["status"].as_u64() {
            Some(200) => Ok(()),
            other => Err(Trouble(format!("{path} is answered with {other:?}"))),
        }
    }

    /// Goes to a page, unless the window is there.
    pub async fn stay_at(&self, path: &str) -> Result<(), Trouble> {
        let at = self.ask(json!({ "do": "address" })).await?;
        if at.as_str() == Some(&format!("{}{path}", self.origin)) {
            return Ok(());
        }
        self.open_page(path).await
    }

    /// Goes to a page, and looks at it.
    pub async fn see(&self, path: &str) -> Result<Look, Trouble> {
        self.open_page(path).await?;
        self.look().await
    }

    /// What the page says.
    pub async fn look(&self) -> Result<Look, Trouble> {
        Look::read(self.ask(json!({ "do": "evaluate", "expression": SCRIPT })).await?)
    }

    /// Types into a field.
    pub async fn fill(&self, selector: &str, text: &str) -> Result<(), Trouble> {
        let command = json!({ "do": "fill", "selector": selector, "text": text });
        self.ask(command).await.map(|_| ())
    }

    /// Pastes into a field, in place of what is there.
    pub async fn paste(&self, selector: &str, text: &str) -> Result<(), Trouble> {
        let command = json!({ "do": "paste", "selector": selector, "text": text });
        self.ask(command).await.map(|_| ())
    }

    /// Clicks what is no form.
    pub async fn click(&self, selector: &str) -> Result<(), Trouble> {
        self.ask(json!({ "do": "clickOn", "selector": selector })).await.map(|_| ())
    }

    /// Clicks what sends a form, and waits for the page that comes of it.
    pub async fn send(&self, selector: &str) -> Result<(), Trouble> {
        self.ask(json!({ "do": "send", "selector": selector })).await.map(|_| ())
    }

    /// Reads the QR code on the screen as a camera does.
    pub async fn scan(&self, selector: &str) -> Result<String, Trouble> {
        let command = json!({ "do": "picture", "selector": selector });
        let picture = self.ask(command).await?;
        let read = spawn_blocking(move || read_picture(&decode_base64(picture)));
        read.await.map_err(Trouble::of)?.map_err(Trouble::of)
    }

    /// The bytes that an address gives.
    pub async fn bytes(&self, path: &str) -> Result<Vec<u8>, Trouble> {
        let expression = format!(
            "fetch({}).then((answer) => answer.arrayBuffer()).then((bytes) =>
                [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join(''))",
            json!(path)
        );
        let digits = self.ask(json!({ "do": "evaluate", "expression": expression })).await?;
        let digits = digits.as_str().ok_or_else(|| Trouble(format!("{path} gives nothing")))?;
        unhex(digits).ok_or_else(|| Trouble(format!("{path} gives something else")))
    }

    /// Closes the window.
    pub fn close(&self) {
        // A browser that has gone away has closed it.
        let _ = self.window.ask(&json!({ "do": "close" }));
    }
}
