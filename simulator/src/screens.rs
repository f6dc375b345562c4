//! What the issuer's own pages show to browsers: a phone of the city can point its camera at those screens.
//!
//! A layer in front of the issuer's pages looks at each page that a browser is given, and reads the QR codes in it as a camera
//! reads them: from black and white pixels.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use suima_code::UnixTime;
use suima_code::qr::read_picture;
use suima_wallet::AskingPlace;

use crate::clock::CityClock;
use crate::devices::Devices;

/// How many screens and prints are remembered: the newest.
const KEPT: usize = 6;
/// How a card begins on a sheet that is to be printed.
const CARD: &str = "<article class=\"code-card\"";
/// The largest page that is looked at: sheets with four codes are far smaller.
const LARGEST_PAGE: usize = 1 << 20;
/// The most modules on a side of a QR code with its quiet zone.
const LARGEST_SIDE: usize = 185;
/// Pixels to a module.
const SCALE: usize = 4;

/// The screens of portals and terminals, and what was printed from them.
#[derive(Debug)]
pub struct Screens {
    devices: Arc<Devices>,
    clock: CityClock,
    lit: Mutex<Vec<Screen>>,
    prints: Mutex<Vec<Print>>,
    changes: AtomicU64,
}

/// A code on paper. It stays there whatever the screen shows next, and whether it counts or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    /// What the code says.
    pub text: String,
    /// Which kind it is and whose, as the sheet says it.
    pub label: String,
    /// Since when there is this print.
    pub since: UnixTime,
}

/// A screen with QR codes on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Whether it is somebody's browser or a terminal.
    pub place: AskingPlace,
    /// What the codes say, from the top.
    pub texts: Vec<String>,
    /// Since when they are on it.
    pub since: UnixTime,
    /// What tells browsers apart.
    browser: u64,
}

impl Screens {
    /// No screen has shown anything yet.
    pub fn new(devices: Arc<Devices>, clock: CityClock) -> Arc<Self> {
        let (lit, prints) = (Mutex::default(), Mutex::default());
        Arc::new(Self { devices, clock, lit, prints, changes: AtomicU64::default() })
    }

    /// The issuer's pages, with these eyes on what they show.
    pub fn watch(self: &Arc<Self>, pages: Router) -> Router {
        pages.layer(from_fn_with_state(Arc::clone(self), look))
    }

    /// Those that show something now, the newest first.
    pub fn lit(&self) -> Vec<Screen> {
        kept(&self.lit).iter().rev().cloned().collect()
    }

    /// What was printed, the newest first.
    pub fn prints(&self) -> Vec<Print> {
        kept(&self.prints).iter().rev().cloned().collect()
    }

    /// Somebody has a print from before.
    pub fn printed(&self, print: Print) {
        kept(&self.prints).push(print);
    }

    /// A sheet comes out of the printer. The same code printed again is the same.
    fn print(&self, cards: Vec<(String, String)>) {
        let mut prints = kept(&self.prints);
        for (label, text) in cards {
            if prints.iter().all(|print| print.text != text) {
                prints.push(Print { text, label, since: self.clock.now() });
                self.devices.changed();
            }
        }
        let surplus = prints.len().saturating_sub(KEPT);
        prints.drain(..surplus);
    }

    /// How often what they show has changed.
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    /// Another page stands on this screen.
    fn turn(&self, place: AskingPlace, browser: u64, texts: Vec<String>) {
        let mut lit = kept(&self.lit);
        let before = lit.iter().find(|one| (one.place, one.browser) == (place, browser));
        if before.map_or(&[][..], |one| &one.texts[..]) == texts {
            return;
        }
        lit.retain(|one| (one.place, one.browser) != (place, browser));
        if !texts.is_empty() {
            lit.push(Screen { place, texts, since: self.clock.now(), browser });
        }
        let surplus = lit.len().saturating_sub(KEPT);
        lit.drain(..surplus);
        drop(lit);
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.devices.changed();
    }
}

fn kept<T>(list: &Mutex<Vec<T>>) -> MutexGuard<'_, Vec<T>> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn look(State(screens): State<Arc<Screens>>, request: Request, next: Next) -> Response {
    let Some(place) = place(request.uri().path()) else { return next.run(request).await };
    let browser = browser(place, request.headers());
    if request.method() == Method::POST {
        // Whatever the page showed, a form sent from it leads to another.
        screens.turn(place, browser, Vec::new());
    }
    let answer = next.run(request).await;
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("text/html")) {
        return answer;
    }
    let (parts, body) = answer.into_parts();
    let Ok(page) = to_bytes(body, LARGEST_PAGE).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let text = String::from_utf8_lossy(&page);
    let (screen, sheet) = text.split_once(CARD).unwrap_or((&text, ""));
    screens.turn(place, browser, codes(screen));
    screens.print(cards(sheet));
    Response::from_parts(parts, Body::from(page))
}

/// Where a page of this address stands.
fn place(path: &str) -> Option<AskingPlace> {
    match path.split('/').nth(1)? {
        "portal" => Some(AskingPlace::Portal),
        "terminal" => Some(AskingPlace::Terminal),
        _ => None,
    }
}

/// What tells browsers apart: the name of its session there.
fn browser(place: AskingPlace, headers: &HeaderMap) -> u64 {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let name = suima_issuer::desk_cookie(place);
    let session = lines.flat_map(|line| line.split(';')).find_map(|cookie| {
        let (known, value) = cookie.trim().split_once('=')?;
        (known == name).then_some(value)
    });
    let mut hasher = DefaultHasher::new();
    session.hash(&mut hasher);
    hasher.finish()
}

/// What the QR codes on a page say.
fn codes(page: &str) -> Vec<String> {
    page.split("<svg").skip(1).filter_map(|after| read(after.split("</svg>").next()?)).collect()
}

/// The cards on a sheet, after the first [`CARD`]: what each is called, and what its code says.
fn cards(sheet: &str) -> Vec<(String, String)> {
    let card = |card: &str| {
        let label = card.split_once("aria-label=\"")?.1.split('"').next()?;
        Some((label.to_owned(), codes(card).pop()?))
    };
    sheet.split(CARD).filter_map(card).collect()
}

/// What one picture says, where it is a QR code.
fn read(svg: &str) -> Option<String> {
    let side = svg.split_once("viewBox=\"0 0 ")?.1.split(' ').next()?.parse().ok()?;
    if !(1..=LARGEST_SIDE).contains(&side) {
        return None;
    }
    let mut pixels = vec![0xff; side * SCALE * side * SCALE];
    // The ground is drawn first, and the code on it.
    let path = svg.rsplit_once("d=\"")?.1.split('"').next()?;
    for run in path.split_terminator('z') {
        let (left, rest) = run.strip_prefix('M')?.split_once(' ')?;
        let (top, rest) = rest.split_once('h')?;
        let length: usize = rest.split_once("v1h-")?.0.parse().ok()?;
        let (left, top): (usize, usize) = (left.parse().ok()?, top.parse().ok()?);
        if left.checked_add(length)? > side || top >= side {
            return None;
        }
        for line in pixels.chunks_mut(side * SCALE).skip(top * SCALE).take(SCALE) {
            line[left * SCALE..(left + length) * SCALE].fill(0);
        }
    }
    read_picture(&picture(&pixels, side * SCALE)?).ok()
}

/// A square of grey pixels as a camera would hand it over.
fn picture(pixels: &[u8], side: usize) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let side = u32::try_from(side).ok()?;
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().ok()?.write_image_data(pixels).ok()?;
    Some(file)
}

#[cfg(test)]
mod tests {
    use axum::response::Html;
    use axum::routing::get;
    use suima_code::qr::{Drawing, Medium};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    use super::*;
    use crate::network::Line;

    const CHALLENGE: &str = "SMC1:0123456789ABCDEFGHJKMNPQRS";

    fn svg(text: &str) -> String {
        Drawing::new(text, Medium::Screen).unwrap().svg()
    }

    #[test]
    fn codes_are_read_from_a_page_and_other_pictures_are_not() {
        let marks = "<svg viewBox=\"0 0 95.6 64\"><path d=\"M5 0v4M0 5h4\"/></svg>";
        let page = format!("<p>{marks}{}<b>{}</b>", svg(CHALLENGE), svg("SM1:ANOTHER"));
        assert_eq!(codes(&page), [CHALLENGE, "SM1:ANOTHER"]);
        assert!(codes("<p>nothing").is_empty());
    }

    #[test]
    fn the_cards_of_a_sheet_are_taken_one_by_one() {
        let card = |name: &str, text: &str| {
            format!(
                "{CARD} data-kind=\"paper\" aria-label=\"{name}\"><div>{}</div></article>",
                svg(text)
            )
        };
        let sheet = format!("{}{}", card("one", "SM1:ONE"), card("two", "SM1:TWO"));
        let (before, sheet) = sheet.split_once(CARD).unwrap();
        assert_eq!(before, "");
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(cards(sheet), [pair("one", "SM1:ONE"), pair("two", "SM1:TWO")]);
        assert!(cards("").is_empty());
    }

    #[test]
    fn a_picture_that_is_bent_is_none() {
        for path in ["", "M0 0h1", "M0 0h99v1h-99z", "M0 99h1v1h-1z", "M-1 0h1v1h-1z", "Mx"] {
            for side in ["0", "21", "186", "99999999999999999999", "x"] {
                let svg = format!("<svg viewBox=\"0 0 {side} {side}\"><path d=\"{path}\"/></svg>");
                assert!(codes(&svg).is_empty(), "{svg}");
            }
        }
    }

    #[tokio::test]
    async fn a_screen_shows_its_code_until_its_browser_is_given_another_page() {
        let shown = format!("<main>{}</main>", svg(CHALLENGE));
        let pages = Router::new()
            .route("/portal", get(async move || Html(shown)))
            .route("/portal/progress", get(async || "{}"))
            .route("/portal/people", get(async || Html("<main>")));
        let devices = Arc::new(Devices::default());
        let changes = devices.changes();
        let screens = Screens::new(devices, CityClock::standing(UnixTime::new(1_795_309_200)));
        let line = Line::open(screens.watch(pages)).await.unwrap();
        let ask = async |path: &str, browser: &str| {
            let cookie = suima_issuer::desk_cookie(AskingPlace::Portal);
            let mut stream =
                TcpStream::connect(line.url().strip_prefix("http://").unwrap()).await.unwrap();
            let request = format!(
                "GET {path} HTTP/1.1\r\nHost: a\r\nCookie: a=b; {cookie}={browser}\r\nConnection: close\r\n\r\n"
            );
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            answer
        };

        assert!(ask("/portal", "one").await.ends_with("</svg></main>"), "the page arrives whole");
        ask("/portal", "two").await;
        assert_eq!(screens.lit().len(), 2);
        assert_eq!(screens.lit()[0].texts, [CHALLENGE]);
        assert_eq!(*changes.borrow(), 2, "each page is told");

        ask("/portal/progress", "one").await;
        ask("/portal", "one").await;
        assert_eq!((*changes.borrow(), screens.changes()), (2, 2), "nothing has changed");
        ask("/portal/people", "one").await;
        assert_eq!((screens.lit().len(), *changes.borrow()), (1, 3));
    }
}
