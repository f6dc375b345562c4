//! Each case is said by the sentence that was written for it. How long they are, and that each refusal names the next step,
//! is tested for the whole table in `suima-sentences`.

use std::collections::BTreeSet;

use suima_client::wire::{Holder, LossReport, PaperCode};
use suima_code::{HoldingNumber, Slot};

use super::*;
use crate::error::BadAnswer;

const AT: UnixTime = UnixTime::new(1_795_309_320);

fn made() -> Made {
    Made { iat: AT, by: "李梅".to_owned(), by_this_device: false, voided: true }
}

fn settled() -> Vec<Sentence> {
    let current = Some(made());
    let settled = [
        Settled::Made { made: made() },
        Settled::Overtaken { current: current.clone() },
        Settled::Overtaken { current: None },
        Settled::Behind { current },
        Settled::Behind { current: None },
        Settled::TooLate,
        Settled::UsedUp,
        Settled::Unknown { problem: ProblemId::NotAllowed },
    ];
    settled.iter().map(|settled| settled.sentence("王小明")).collect()
}

fn news() -> Vec<Sentence> {
    let (by, place) = ("李梅".to_owned(), "市民中心3号机".to_owned());
    let code = PaperCode {
        iat: AT,
        exp: AT,
        serial: "0123-4567-89AB".to_owned(),
        by: by.clone(),
        place: place.clone(),
    };
    let holder =
        Holder { holding: HoldingNumber(1), name: by.clone(), since: AT, this_device: false };
    let whats = [
        Novelty::Regenerated(made()),
        Novelty::PaperMade { code: code.clone(), voided: true },
        Novelty::PaperMade { code, voided: false },
        Novelty::PaperLost(LossReport { at: AT, by, place }),
        Novelty::CameOfAge,
        Novelty::ConsentWithdrawn,
        Novelty::HoldingEnded,
        Novelty::NoLongerListed,
        Novelty::EarlierPhoneEnded { enrolled: AT },
        Novelty::HeldBy(holder.clone()),
        Novelty::NotHeldBy(holder),
    ];
    let news = whats.map(|what| News { slot: Slot(1), name: "王小明".to_owned(), what });
    news.iter().map(News::sentence).collect()
}

fn errors() -> Vec<Sentence> {
    let (slot, reason) = (Slot(1), String::new);
    let errors = [
        Error::NotEnrolled,
        Error::DeviceEnded { at: AT },
        Error::NotListed { slot },
        Error::NotHeld { slot },
        Error::NoCode { slot },
        Error::LiveExpired { at: AT },
        Error::Expired { at: AT },
        Error::InDoubt { since: AT },
        Error::NoSuchAsk,
        Error::NoSuchHolding,
        Error::NotAChallenge,
        Error::Mistyped { what: Typed::Document },
        Error::Mistyped { what: Typed::OneTimeCode },
        Error::Offline { reason: reason() },
        Error::NoAnswer { reason: reason() },
        Error::BadAnswer(BadAnswer::Incomplete),
        Error::Busy,
        Error::Paused,
        Error::KeystoreUnavailable { reason: reason() },
        Error::SignerUnavailable { reason: reason() },
        Error::KeysGone,
        Error::Store(suima_device::StoreError::Full),
        Error::Store(suima_device::StoreError::Replaced),
    ];
    errors.iter().map(Error::sentence).collect()
}

#[test]
fn no_two_outcomes_pieces_of_news_or_errors_are_said_alike() {
    for said in [settled(), news(), errors()] {
        let chinese: BTreeSet<&str> = said.iter().map(|said| &*said.zh).collect();
        let english: BTreeSet<&str> = said.iter().map(|said| &*said.en).collect();
        assert_eq!((chinese.len(), english.len()), (said.len(), said.len()), "{said:#?}");
    }
}

#[test]
fn the_warning_names_the_picture_the_print_the_maker_and_the_minute() {
    assert_eq!(
        warning("王小明", Some(&made())).zh,
        "李梅 2026-11-22 09:02 为王小明生成的核酸码（含截图和打印件）将作废。继续吗？"
    );
}

#[test]
fn names_stand_in_a_row_as_each_language_writes_them() {
    let said = names(&["李梅", "王小明"]);
    assert_eq!((&*said.zh, &*said.en), ("李梅、王小明", "李梅, 王小明"));
}
