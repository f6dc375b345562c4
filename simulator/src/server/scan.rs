//! Codes that come in, at the post and on a phone.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Deserialize;
use suima_code::Place;
use suima_code::qr::read_picture;
use suima_station::{Caution, Decision, Registration, Shown, Station};
use suima_wallet::{SavedCheck, Wallet};

use super::act::{Outcome, Told};
use crate::words::{Said, Tone, said};

/// A code that comes in as text, or as a picture (PNG or JPEG in Base64).
#[derive(Clone, Debug, Deserialize)]
pub struct Input {
    text: Option<String>,
    picture: Option<String>,
}

impl Input {
    /// The text in it; `None` where a picture has none.
    fn read(self) -> Option<String> {
        if self.text.is_some() {
            return self.text;
        }
        read_picture(&BASE64.decode(self.picture?).ok()?).ok()
    }
}

fn nothing_found() -> Outcome {
    Outcome::told(
        Tone::Caution,
        said("没有找到码", "No code"),
        said(
            "图片里没有找到码。请换一张清楚的。",
            "No code was found in the picture. Try a clearer one.",
        ),
    )
}

/// Checks a saved picture on the phone alone.
pub fn saved(wallet: &Wallet, input: Input) -> Result<Outcome, suima_wallet::Error> {
    let Some(text) = input.read() else { return Ok(nothing_found()) };
    let check = wallet.check_saved(&text)?;
    let tone = match &check {
        SavedCheck::Current { doubt: None, old: false, .. } => Tone::Good,
        SavedCheck::Current { .. } | SavedCheck::Successor { .. } | SavedCheck::NotKnown { .. } => {
            Tone::Caution
        }
        SavedCheck::Replaced { .. }
        | SavedCheck::Expired { .. }
        | SavedCheck::NotYours
        | SavedCheck::NotSaved
        | SavedCheck::Refused { .. } => Tone::Bad,
    };
    Ok(Outcome::told(tone, said("查旧图", "Picture"), check.sentence()))
}

/// Scans a code at the post: at sampling whoever shows it is registered, elsewhere it is decided on only.
pub fn scan(
    station: &Station,
    place: Place,
    input: Input,
) -> Result<Outcome, suima_station::Error> {
    let Some(text) = input.read() else { return Ok(nothing_found()) };
    let told = match place {
        Place::Sampling => registration(&station.register(&text)?),
        Place::Gate | Place::ManualCheck => {
            let view = station.decide(&text, place)?;
            match view.decision {
                Decision::Accepted { cautions } => {
                    let passed = said("码有效,可以通行。", "The code counts: they may pass.");
                    accepted(said("通行", "Pass"), passed, &cautions, view.shown.as_ref())
                }
                Decision::Refused { reason, said } => {
                    refused(said.into(), reason.id(), view.shown.as_ref())
                }
            }
        }
    };
    Ok(Outcome { said: Some(told), ..Outcome::default() })
}

fn registration(registration: &Registration) -> Told {
    let sentence = registration.said().into();
    match registration {
        Registration::Registered(done) => {
            let word = said("已登记", "Registered");
            accepted(word, sentence, &done.cautions, done.shown.as_ref())
        }
        Registration::Refused { reason, shown } => refused(sentence, reason.id(), shown.as_ref()),
        Registration::MaybeTwice { .. }
        | Registration::AlreadyInTube { .. }
        | Registration::NoTube
        | Registration::TubeFull { .. }
        | Registration::TubeSealed { .. } => Told {
            tone: Tone::Caution,
            word: said("未登记", "Not registered"),
            said: sentence,
            who: None,
            reason: None,
        },
    }
}

/// Cautions are said after the sentence, and change its colour.
fn accepted(word: Said, sentence: Said, cautions: &[Caution], shown: Option<&Shown>) -> Told {
    let mut all = sentence;
    for caution in cautions {
        let said = caution.said();
        all.zh += &said.zh;
        all.en += " ";
        all.en += &said.en;
    }
    let tone = if cautions.is_empty() { Tone::Good } else { Tone::Caution };
    Told { tone, word, said: all, who: shown.map(who), reason: None }
}

fn refused(sentence: Said, reason: &'static str, shown: Option<&Shown>) -> Told {
    let word = said("拒绝", "Refused");
    Told { tone: Tone::Bad, word, said: sentence, who: shown.map(who), reason: Some(reason) }
}

/// What staff compare by eye.
fn who(shown: &Shown) -> String {
    let year = shown.birth_year.map(|year| format!(" · {year}"));
    shown.name.clone() + &year.unwrap_or_default()
}
