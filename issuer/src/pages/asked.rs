//! What a browser asks: its cookies and what its form says. All of it comes from outside and is taken as text.

use axum::http::header::{COOKIE, HOST, ORIGIN, USER_AGENT};
use axum::http::{HeaderMap, HeaderName, Uri};
use suima_client::wire::AskingPlace;
use suima_code::{Slot, UnixTime};

use crate::act::Act;
use crate::desk::{self, Desk, Wanted};
use crate::error::Failure;

// `__Host-`: browsers take such a cookie from this very host alone, so that no neighbour of it can put in one of theirs.

/// The cookie that names a desk at the portal.
const PORTAL_DESK: &str = "__Host-suima-portal";
/// The cookie that names a terminal, for as long as it is one.
const TERMINAL: &str = "__Host-suima-terminal";
/// The cookie that names a desk at a terminal.
const TERMINAL_DESK: &str = "__Host-suima-terminal-desk";

/// A request to a page.
pub(super) struct Asked {
    pub place: AskingPlace,
    /// The last part of the path.
    pub last: String,
    /// What is known of the browser: the phone says where it is that something is asked.
    pub browser: String,
    cookies: Vec<(String, String)>,
    fields: Vec<(String, String)>,
}

impl Asked {
    pub(super) fn new(place: AskingPlace, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Self {
        let query = uri.query().unwrap_or_default().as_bytes();
        let fields = form_urlencoded::parse(query).chain(form_urlencoded::parse(body));
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let cookies = cookies.flat_map(|line| line.split(';')).filter_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            Some((name.to_owned(), value.to_owned()))
        });
        Self {
            place,
            last: uri.path().rsplit('/').next().unwrap_or_default().to_owned(),
            browser: browser(text(headers, &USER_AGENT).unwrap_or_default()),
            cookies: cookies.collect(),
            fields: fields.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
        }
    }

    /// The first field with this name.
    pub(super) fn field(&self, name: &'static str) -> Option<&str> {
        self.all(name).next()
    }

    fn all(&self, name: &'static str) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The browser session, if it has one that lasts.
    pub(super) fn desk(&self, act: &Act<'_>) -> Result<Option<Desk>, Failure> {
        let Some(secret) = self.cookie(desk_cookie(self.place)) else { return Ok(None) };
        // A desk of one place is none of another: a terminal's card is worth nothing at the portal.
        Ok(desk::find(act, secret)?.filter(|desk| desk.place == self.place))
    }

    /// The name of the terminal that this browser is.
    pub(super) fn terminal(&self, act: &Act<'_>) -> Result<Option<String>, Failure> {
        let Some(secret) = self.cookie(TERMINAL) else { return Ok(None) };
        Ok(desk::terminal(act, secret)?.map(|terminal| terminal.name))
    }

    /// What is wanted, if it makes sense.
    pub(super) fn wanted(&self) -> Option<Wanted> {
        let mut slots = self.all("slot").map(|text| text.parse().map(Slot));
        let wanted = match self.field("act")? {
            "apply-paper" => Wanted::ApplyPaper { slot: slots.next()?.ok()? },
            "print-paper" => Wanted::PrintPaper { slot: slots.next()?.ok()? },
            "report-lost" => Wanted::ReportLost { slot: slots.next()?.ok()? },
            "print-nucleic-acid" => {
                let slots: Vec<Slot> = slots.collect::<Result<_, _>>().ok()?;
                Wanted::PrintNucleicAcid { slots }
            }
            "hold-relative" => Wanted::HoldRelative,
            _ => return None,
        };
        Some(wanted)
    }

    /// Whom it is about.
    pub(super) fn slot(&self) -> Option<Slot> {
        self.field("slot")?.parse().ok().map(Slot)
    }

    /// Which paper code the page showed as the one that this concerns.
    pub(super) fn seen(&self) -> Option<UnixTime> {
        self.field("seen")?.parse().ok().map(UnixTime::new)
    }
}

/// The cookie by which a browser keeps its desk in a place.
#[must_use]
pub fn desk_cookie(place: AskingPlace) -> &'static str {
    match place {
        AskingPlace::Portal => PORTAL_DESK,
        AskingPlace::Terminal => TERMINAL_DESK,
    }
}

/// The cookie that names a terminal.
pub(super) fn terminal_cookie() -> &'static str {
    TERMINAL
}

/// A form that changes something must come from a page of this very host: browsers say so with every form.
pub(super) fn from_own_page(headers: &HeaderMap) -> bool {
    let origin = text(headers, &ORIGIN).and_then(|origin| origin.split_once("://"));
    origin.is_some_and(|(_, origin)| text(headers, &HOST) == Some(origin))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The browser and the system in a `User-Agent`, as people call them. Those that pose as others come first.
fn browser(agent: &str) -> String {
    const BROWSERS: [(&str, &str); 4] =
        [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    let known = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| agent.contains(mark)).map_or("?", |(_, name)| *name)
    };
    format!("{} {}", known(&BROWSERS), known(&SYSTEMS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|&(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn only_the_own_page_may_send_a_form() {
        let own = |origin| from_own_page(&headers(&[("host", "city.example"), ("origin", origin)]));
        assert!(own("https://city.example"));
        assert!(!own("https://city.example.org"));
        assert!(!own("https://city.example:8443"));
        assert!(!own("null"));
        assert!(!from_own_page(&headers(&[("host", "city.example")])));
        assert!(!from_own_page(&headers(&[("origin", "https://city.example")])));
    }

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0";
        assert_eq!(browser(edge), "Edge Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1";
        assert_eq!(browser(phone), "Safari iPhone");
        assert_eq!(browser("curl/8.5"), "? ?");
    }

    #[test]
    fn what_a_form_wants_is_read_or_refused() {
        let wanted = |form: &str| {
            let uri = "/portal/ask".parse().unwrap();
            Asked::new(AskingPlace::Portal, &uri, &HeaderMap::new(), form.as_bytes()).wanted()
        };
        assert_eq!(wanted("act=apply-paper&slot=7"), Some(Wanted::ApplyPaper { slot: Slot(7) }));
        let both = Wanted::PrintNucleicAcid { slots: vec![Slot(7), Slot(8)] };
        assert_eq!(wanted("act=print-nucleic-acid&slot=7&slot=8"), Some(both));
        assert_eq!(wanted("act=hold-relative"), Some(Wanted::HoldRelative));
        for nonsense in ["", "act=apply-paper", "act=apply-paper&slot=x", "act=other&slot=7"] {
            assert_eq!(wanted(nonsense), None, "{nonsense}");
        }
    }
}
