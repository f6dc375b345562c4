//! Every page that can be reached, looked over for eyes, for fingers, for the keyboard and for screen readers.

use std::collections::BTreeSet;

use serde_json::Value;
use suima_tests::chromium::Window;

use crate::visit::Visit;

/// The pages of the simulator that links on this page lead to.
const LINKS: &str = r#"[...document.querySelectorAll("a[href]:not([download])")]
  .map((link) => new URL(link.href))
  .filter((address) => address.origin === location.origin)
  .map((address) => address.pathname + address.search)"#;

/// What a page lacks that a person looks for: one heading, and everything said in both languages.
const WORDS: &str = r#"(() => {
  // A language is called what it calls itself.
  const NAMED = "[name=language]";
  const wrong = [];
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) wrong.push(`${headings} headings of the first rank`);
  for (const one of document.querySelectorAll("[lang=zh-Hans], [lang=en]")) {
    if (one === document.documentElement || one.textContent.trim() === "" || one.closest(NAMED)) continue;
    const other = one.lang === "en" ? "zh-Hans" : "en";
    if (!one.parentElement.querySelector(`:scope > [lang=${other}]`)) wrong.push(`${one.textContent}: not in ${other}`);
  }
  for (const one of document.querySelectorAll("h1, h2, button, a.button, label.field")) {
    if (one.matches(NAMED)) continue;
    if (!one.querySelector("[lang=zh-Hans]") || !one.querySelector("[lang=en]")) {
      wrong.push(`${one.textContent.trim()}: not said in both languages`);
    }
  }
  return wrong;
})()"#;

/// Pages that links lead to, in the order in which they are met, and what is wrong with links.
struct Found {
    pages: Vec<String>,
    wrong: Vec<String>,
}

/// What pages of one kind have in common: the address without the numbers in it. One of each kind is enough, on each device.
fn shape(path: &str) -> String {
    let (path, _) = path.split_once('?').unwrap_or((path, ""));
    let part = |part: &str| {
        let number = part.contains(|character: char| character.is_ascii_digit());
        if number { "*".to_owned() } else { part.to_owned() }
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Follows links from the start page on, until no page of another kind is met.
fn find(window: &Window) -> Found {
    let mut open = vec![(String::new(), "/".to_owned())];
    let mut met = BTreeSet::from([shape("/")]);
    let mut found = Found { pages: Vec::new(), wrong: Vec::new() };
    while !open.is_empty() {
        for (from, path) in std::mem::take(&mut open) {
            let status = window.goto(&path);
            if status != 200 {
                found.wrong.push(format!("{from} leads to {path}: {status}"));
            } else if window.evaluate("document.contentType") == "text/html" {
                let links = texts(&window.evaluate(LINKS)).into_iter();
                open.extend(
                    links.filter(|link| met.insert(shape(link))).map(|link| (path.clone(), link)),
                );
                found.pages.push(path);
            }
        }
    }
    for whose in ["/phone/", "/station/", "/operator"] {
        assert!(
            found.pages.iter().any(|page| page.starts_with(whose)),
            "no page of {whose} is met"
        );
    }
    found
}

fn texts(value: &Value) -> Vec<String> {
    serde_json::from_value(value.clone()).expect("texts")
}

/// What is wrong with the links and with the pages, in light and in dark.
fn faults(window: &Window) -> Vec<String> {
    let Found { pages, mut wrong } = find(window);
    for path in pages {
        window.prefer_light();
        window.goto(&path);
        let mut faults = window.wrong();
        faults.extend(texts(&window.evaluate(WORDS)));
        window.prefer_dark();
        faults.extend(window.wrong().into_iter().map(|fault| format!("in the dark, {fault}")));
        wrong.extend(faults.into_iter().map(|fault| format!("{path}: {fault}")));
    }
    wrong
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn nothing_is_wrong_with_any_page_on_a_desk() {
    let visit = Visit::begin().await;
    let window = visit.window("desk");
    none(&faults(&window));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn nothing_is_wrong_with_any_page_on_a_small_phone() {
    let visit = Visit::begin().await;
    let window = visit.small_window("phone");
    none(&faults(&window));
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Chromium: cargo xtask browser"]
async fn the_tab_key_reaches_everything_and_one_sees_where_it_is() {
    let visit = Visit::begin().await;
    let window = visit.window("keys");
    let Found { pages, mut wrong } = find(&window);
    for path in pages {
        window.goto(&path);
        let faults = window.walk_by_keyboard();
        wrong.extend(faults.into_iter().map(|fault| format!("{path}: {fault}")));
    }
    none(&wrong);
}
