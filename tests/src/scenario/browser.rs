//! A browser as far as the pages of portal and terminals need one: it keeps cookies, follows where it is sent, fills in
//! forms, and reads codes off the screen or off a print. It runs no script: the pages work without.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::run::Trouble;
use crate::line::Message;

/// Pixels to a module when a picture is read.
const SCALE: usize = 4;

/// A browser, and the page it shows.
#[derive(Debug)]
pub(super) struct Browser {
    issuer: SocketAddr,
    cookies: BTreeMap<String, String>,
    page: String,
    /// The path of the page.
    pub at: String,
}

impl Browser {
    pub fn new(issuer: SocketAddr) -> Self {
        Self { issuer, cookies: BTreeMap::new(), page: String::new(), at: String::new() }
    }

    /// Opens a page.
    pub async fn open(&mut self, path: &str) -> Result<(), Trouble> {
        self.go("GET", path, "").await
    }

    /// Sends a form.
    pub async fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<(), Trouble> {
        let pairs = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value)));
        self.go("POST", path, &pairs.collect::<Vec<_>>().join("&")).await
    }

    async fn go(&mut self, method: &str, path: &str, form: &str) -> Result<(), Trouble> {
        let mut answer = self.request(method, path, form).await.map_err(Trouble::of)?;
        path.clone_into(&mut self.at);
        // Sent on once after a form, and once more from a page that is not for now.
        for _ in 0..3 {
            self.remember(&answer);
            let Some(to) = header(&answer.head, "location").next().map(str::to_owned) else {
                let status = answer.head.split(' ').nth(1).unwrap_or_default();
                self.page = String::from_utf8(answer.body).map_err(Trouble::of)?;
                return if status == "200" {
                    Ok(())
                } else {
                    Err(Trouble(format!("{method} {path}: {status} {}", self.words())))
                };
            };
            answer = self.request("GET", &to, "").await.map_err(Trouble::of)?;
            self.at = to;
        }
        Err(Trouble(format!("{method} {path} leads nowhere")))
    }

    async fn request(&self, method: &str, path: &str, form: &str) -> std::io::Result<Message> {
        let issuer = self.issuer;
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let (cookies, length) = (cookies.collect::<Vec<_>>().join("; "), form.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {issuer}\r\norigin: http://{issuer}\r\n\
             cookie: {cookies}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {length}\r\nconnection: close\r\n\r\n{form}"
        );
        let mut stream = TcpStream::connect(issuer).await?;
        stream.write_all(request.as_bytes()).await?;
        Message::read(&mut stream).await
    }

    fn remember(&mut self, answer: &Message) {
        for cookie in header(&answer.head, "set-cookie") {
            let pair = cookie.split(';').next().and_then(|pair| pair.split_once('='));
            if let Some((name, value)) = pair {
                self.cookies.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }

    /// What a reader sees: the words of the page's main part, without its marks.
    pub fn words(&self) -> String {
        let main = between(&self.page, "<main", "</main>").next().unwrap_or(&self.page);
        let mut words = String::new();
        for part in main.split('<') {
            let text = part.split_once('>').map_or("", |(_, text)| text).trim();
            if !text.is_empty() {
                words += text;
                words.push(' ');
            }
        }
        words
    }

    /// The value of the first thing on the page that begins and ends so.
    pub fn found(&self, before: &str, after: &str) -> Option<String> {
        between(&self.page, before, after).next().map(str::to_owned)
    }

    /// The texts of all codes on the page, as a camera reads them.
    pub fn codes(&self) -> Vec<String> {
        between(&self.page, "<svg", "</svg>").filter_map(read_svg).collect()
    }
}

fn header<'a>(head: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    head.lines().filter_map(move |line| {
        let (known, value) = line.split_once(':')?;
        known.eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

fn between<'a>(text: &'a str, before: &'a str, after: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).filter_map(move |rest| Some(rest.split_once(after)?.0))
}

fn escaped(value: &str) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    value.bytes().map(byte).collect()
}

/// Reads the code that is drawn in a picture: squares as `M{x} {y}h{length}v1h-{length}z`, one unit to a module.
fn read_svg(svg: &str) -> Option<String> {
    let side: usize =
        between(svg, "viewBox=\"0 0 ", "\"").next()?.split(' ').next()?.parse().ok()?;
    let mut dark = vec![false; side * side];
    for run in svg.rsplit("d=\"").next()?.split('M').skip(1) {
        let (at, length) = run.split_once('h')?;
        let (left, top) = at.split_once(' ')?;
        let (left, top): (usize, usize) = (left.parse().ok()?, top.parse().ok()?);
        let length: usize = length.split('v').next()?.parse().ok()?;
        dark.get_mut(top * side + left..)?.get_mut(..length)?.fill(true);
    }
    let pixels = side * SCALE;
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(pixels, pixels, |x, y| {
        if dark[y / SCALE * side + x / SCALE] { 0 } else { 255 }
    });
    picture.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use suima_code::qr::{Drawing, Medium};

    use super::{escaped, read_svg};

    #[test]
    fn a_code_that_was_drawn_is_read() {
        for medium in [Medium::Screen, Medium::Paper] {
            let drawing = Drawing::new("SMC1:0123456789ABCDEFGHJKMNPQRS", medium).unwrap();
            let read = read_svg(drawing.svg().strip_prefix("<svg").unwrap());
            assert_eq!(read.as_deref(), Some("SMC1:0123456789ABCDEFGHJKMNPQRS"));
        }
    }

    #[test]
    fn a_form_escapes_what_it_must() {
        assert_eq!(escaped("SM1:A B"), "SM1%3AA%20B");
    }
}
