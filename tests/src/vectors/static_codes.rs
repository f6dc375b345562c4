//! Nucleic-acid codes and paper codes that are genuine, and every answer a verifier can give to them.

use suima_code::Place;

use super::codes::{PLACES, Static, accepted, accepted_aged, accepted_with, kid, place_name, show};
use super::suite::{Expect, Suite};
use super::world::{
    ALL, ALL_P256, AS_OF, DAY, HOUR, LINE, NOTHING, NOW, NUCLEIC_ACID_EXP, OPEN_REFUSED, OPEN_SAID,
    OPEN_WINDOW, PAPER_EXP, RECALLED, RECALLED_AT, RETIRED, RETIRED_SIGN_UNTIL, TRUST_IAT, UNKNOWN,
    closed, ending_trust, lined, never_synced, open, standard, standard_never_synced, with_lines,
};

/// Names of causes as reasons, by their numbers.
pub(crate) const CAUSES: [&str; 5] =
    ["replaced", "reported-lost", "holding-ended", "device-replaced", "status-changed"];

pub(crate) fn suite() -> Suite {
    let mut suite = Suite::new(
        "Nucleic-acid codes and paper codes, sound in form: what is accepted where, and each reason against them.",
        &[
            ("standard", standard()),
            ("standard-never-synced", standard_never_synced()),
            ("open", open()),
            ("closed", closed()),
            ("open-never-synced", never_synced()),
            ("open-trust-ends", ending_trust()),
            ("open-with-lines", with_lines()),
        ],
    );
    contents(&mut suite);
    places(&mut suite);
    times(&mut suite);
    lines(&mut suite);
    knowledge(&mut suite);
    for code in [Static::nucleic_acid(), Static::paper()] {
        for place in PLACES {
            everywhere(&mut suite, &code, place);
        }
    }
    suite
}

fn contents(suite: &mut Suite) {
    let own = Static::nucleic_acid();
    let variants = [
        ("ordinary", "An ordinary nucleic-acid code.", own.clone()),
        (
            "rare character",
            "A name with a character beyond the Basic Multilingual Plane.",
            Static { name: "𠅤*", ..own.clone() },
        ),
        (
            "name of 23 bytes",
            "The longest masked name there is, of four-byte characters.",
            Static { name: "𠅤* 𠅤* 𠅤* 𠅤*", ..own.clone() },
        ),
        ("name of 1 byte", "The shortest name.", Static { name: "L", ..own.clone() }),
        (
            "name with spaces",
            "A name in Latin letters.",
            Static { name: "A* M* S*", ..own.clone() },
        ),
        ("slot 0", "The lowest slot.", Static { slot: 0, ..own.clone() }),
        ("slot 4294967295", "The highest slot.", Static { slot: u32::MAX, ..own.clone() }),
        ("birth year 1", "The earliest birth year.", Static { year: 1, ..own.clone() }),
        ("birth year 9999", "The latest birth year.", Static { year: 9999, ..own.clone() }),
        ("exp of 32 bits", "The latest time there is.", Static { exp: u32::MAX, ..own.clone() }),
        (
            "signed by a key for all",
            "A key may have several purposes.",
            Static { kid: ALL, ..own.clone() },
        ),
        (
            "signed on P-256",
            "An issuer's key may be on P-256.",
            Static { kid: ALL_P256, ..own.clone() },
        ),
    ];
    for (name, why, code) in variants {
        let input = show("standard", code.text(), Place::Sampling, NOW);
        suite.accepted(
            &format!("nucleic-acid: {name}"),
            why,
            input,
            accepted("nucleic-acid", code.slot),
        );
    }
    let paper = Static::paper();
    let input = show("standard", paper.text(), Place::Sampling, NOW);
    let why = "An ordinary paper code.";
    suite.accepted("paper: ordinary", why, input, accepted("paper", paper.slot));
}

fn places(suite: &mut Suite) {
    let (own, paper) = (Static::nucleic_acid(), Static::paper());
    for (code, place, why) in [
        (&own, Place::Gate, "A nucleic-acid code is for sampling alone."),
        (&own, Place::ManualCheck, "A nucleic-acid code is for sampling alone."),
        (&paper, Place::Gate, "A paper code is not for gates."),
    ] {
        let twin = show("open", code.text(), place, NOW);
        let input = show("standard", code.text(), place, NOW);
        let name = format!("{} at {}: wrong place", code.shown(), place_name(place));
        let expect = Expect::refused("wrong-place", [("place", place_name(place).into())]);
        suite.refused(&name, why, &twin, input, expect);
    }
    suite.accepted(
        "paper at manual-check: with the ID card",
        "A cell of 2: the ID card is compared.",
        show("standard", paper.text(), Place::ManualCheck, NOW),
        accepted_with("paper", paper.slot, &["compare-id-card"]),
    );
    suite.accepted(
        "paper at gate: a cell of 3",
        "A cell of 3 refuses nothing here: asking the issuer is what the station does next.",
        show("open", paper.text(), Place::Gate, NOW),
        accepted("paper", paper.slot),
    );
}

fn times(suite: &mut Suite) {
    let own = Static::nucleic_acid();
    let at = |code: &Static, now| show("standard", code.text(), Place::Sampling, now);
    let stale_knowledge =
        |now| accepted_aged("nucleic-acid", own.slot, &["validity-not-checked"], now - AS_OF);

    let last = at(&own, NUCLEIC_ACID_EXP - 1);
    suite.accepted(
        "nucleic-acid: last second",
        "The last second of the thirtieth day, Shanghai time.",
        last.clone(),
        stale_knowledge(NUCLEIC_ACID_EXP - 1),
    );
    suite.refused(
        "nucleic-acid: at exp",
        "From exp on it no longer counts.",
        &last,
        at(&own, NUCLEIC_ACID_EXP),
        Expect::refused("expired", [("at", NUCLEIC_ACID_EXP.into())]),
    );
    let paper = Static::paper();
    let last = at(&paper, PAPER_EXP - 1);
    suite.refused(
        "paper: at exp",
        "From exp on it no longer counts.",
        &last,
        at(&paper, PAPER_EXP),
        Expect::refused("expired", [("at", PAPER_EXP.into())]),
    );

    let successor = Static {
        iat: NOW - HOUR,
        nbf: Some(NUCLEIC_ACID_EXP),
        exp: NUCLEIC_ACID_EXP + 30 * DAY,
        ..own.clone()
    };
    let first = at(&successor, NUCLEIC_ACID_EXP);
    suite.refused(
        "nucleic-acid: before nbf",
        "A successor made ahead does not count before its time.",
        &first,
        at(&successor, NUCLEIC_ACID_EXP - 1),
        Expect::refused("not-yet-valid", [("from", NUCLEIC_ACID_EXP.into())]),
    );
    suite.accepted(
        "nucleic-acid: at nbf",
        "The successor takes over in the second in which the old one ends.",
        first,
        stale_knowledge(NUCLEIC_ACID_EXP),
    );
    for name in ["王*明", "𠅤* 𠅤* 𠅤* 𠅤*"] {
        let code = Static { name, nbf: Some(NOW - 1), ..own.clone() };
        suite.accepted(
            &format!("nucleic-acid: nbf has passed, {name}"),
            "A code with nbf, once its time has come.",
            at(&code, NOW),
            accepted("nucleic-acid", code.slot),
        );
    }

    let ahead = |by| Static { iat: NOW + by, ..own.clone() };
    let edge = at(&ahead(60), NOW);
    suite.refused(
        "nucleic-acid: issued 61 s from now",
        "The issuer's clock is more than the window ahead of the verifier's.",
        &edge,
        at(&ahead(61), NOW),
        Expect::refused("not-yet-valid", [("from", (NOW + 61).into())]),
    );
    suite.accepted(
        "nucleic-acid: issued 60 s from now",
        "As far ahead as clocks may differ.",
        edge,
        accepted("nucleic-acid", own.slot),
    );
}

fn lines(suite: &mut Suite) {
    for (kind, other, other_name) in
        [(1, 2, "paper"), (1, 3, "person"), (1, 4, "holding"), (2, 1, "nucleic-acid")]
    {
        let base = if kind == 1 { Static::nucleic_acid() } else { Static::paper() };
        let code = Static { slot: lined(other, 0), ..base };
        suite.accepted(
            &format!("{}: a line of kind {other} is no matter", code.shown()),
            &format!("Kinds are independent: a line of the {other_name} list with this number voids nothing here."),
            show("open-with-lines", code.text(), Place::Sampling, NOW),
            accepted(code.shown(), code.slot),
        );
    }
    let code = Static { slot: lined(1, 0), iat: LINE, ..Static::nucleic_acid() };
    suite.accepted(
        "nucleic-acid: issued at the line",
        "What was issued at the line itself is what drew it: only what is earlier is void.",
        show("open-with-lines", code.text(), Place::Sampling, NOW),
        accepted("nucleic-acid", code.slot),
    );
    let code = Static { iat: LINE + 1, ..code };
    suite.accepted(
        "nucleic-acid: newer than the line",
        "A code newer than the list is never refused for being new.",
        show("open-with-lines", code.text(), Place::Sampling, NOW),
        accepted("nucleic-acid", code.slot),
    );
}

/// Ages of knowledge under the standard policy, both sides of each boundary.
fn knowledge(suite: &mut Suite) {
    let (own, paper) = (Static::nucleic_acid(), Static::paper());
    let card = ["compare-id-card"];
    let unchecked = ["validity-not-checked"];
    for age in [7200, 7201, 86_400, 86_401] {
        let now = AS_OF + age;
        let cautions = if age > 86_400 { &unchecked[..] } else { &[] };
        let expect = match age {
            7200 => accepted("nucleic-acid", own.slot),
            _ => accepted_aged("nucleic-acid", own.slot, cautions, age),
        };
        suite.accepted(
            &format!("nucleic-acid at sampling: knowledge of {age} s"),
            "Above two hours its age is said; above a day it is recorded that validity was not checked.",
            show("standard", own.text(), Place::Sampling, now),
            expect,
        );
        let input = show("standard", paper.text(), Place::ManualCheck, now);
        let name = format!("paper at manual-check: knowledge of {age} s");
        let why = "Above two hours its age is said; above a day it refuses.";
        match age {
            7200 => suite.accepted(&name, why, input, accepted_with("paper", paper.slot, &card)),
            86_401 => {
                let twin = show("standard", paper.text(), Place::ManualCheck, now - 1);
                let expect = Expect::refused("knowledge-too-old", [("at", AS_OF.into())]);
                suite.refused(&name, why, &twin, input, expect);
            }
            _ => suite.accepted(&name, why, input, accepted_aged("paper", paper.slot, &card, age)),
        }
    }
    suite.accepted(
        "nucleic-acid: knowledge from the future",
        "Knowledge as of a time to come has age 0.",
        show("standard", own.text(), Place::Sampling, AS_OF - 2 * DAY),
        accepted("nucleic-acid", own.slot),
    );
    suite.accepted(
        "nucleic-acid: never synced",
        "At sampling it is accepted and recorded that validity was not checked.",
        show("standard-never-synced", own.text(), Place::Sampling, NOW),
        accepted_with("nucleic-acid", own.slot, &unchecked),
    );
    suite.accepted(
        "paper: never synced",
        "At sampling it is accepted and recorded that validity was not checked.",
        show("standard-never-synced", paper.text(), Place::Sampling, NOW),
        accepted_with("paper", paper.slot, &unchecked),
    );
    suite.refused(
        "paper at manual-check: never synced",
        "Without a first head nothing is known of revocations.",
        &show("standard", paper.text(), Place::ManualCheck, NOW),
        show("standard-never-synced", paper.text(), Place::ManualCheck, NOW),
        Expect::refused("not-ready", []),
    );
}

/// Each reason at this place, where the policy takes everything.
fn everywhere(suite: &mut Suite, code: &Static, place: Place) {
    let named = |what: &str| format!("{} at {}, open: {what}", code.shown(), place_name(place));
    let twin = show("open", code.text(), place, NOW);
    suite.accepted(
        &named("accepted"),
        "The twin of what follows.",
        twin.clone(),
        accepted(code.shown(), code.slot),
    );

    suite.refused(
        &named("taken nowhere"),
        "Another policy takes nothing anywhere: the table is the policy's.",
        &twin,
        show("closed", code.text(), place, NOW),
        Expect::refused("wrong-place", [("place", place_name(place).into())]),
    );
    let signed = |kid| show("open", Static { kid, ..code.clone() }.text(), place, NOW);
    suite.refused(
        &named("unknown key"),
        "Signed by a key not in the bundle.",
        &twin,
        signed(UNKNOWN),
        Expect::refused("unknown-key", [("kid", kid(UNKNOWN)), ("trust", TRUST_IAT.into())]),
    );
    suite.refused(
        &named("recalled key"),
        "Signed by a recalled key, whenever that was.",
        &twin,
        signed(RECALLED),
        Expect::refused("key-recalled", [("kid", kid(RECALLED)), ("at", RECALLED_AT.into())]),
    );
    suite.refused(
        &named("key for nothing"),
        "Signed by a key that may not sign this.",
        &twin,
        signed(NOTHING),
        Expect::refused("key-not-for-this", [("kid", kid(NOTHING))]),
    );
    let out_of_time = || Expect::refused("key-out-of-time", [("kid", kid(RETIRED))]);
    let retired = |iat, now| {
        let text = Static { kid: RETIRED, iat, ..code.clone() }.text();
        show("open", text, place, now)
    };
    suite.refused(
        &named("issued after sign-until"),
        "The key no longer signed then.",
        &retired(RETIRED_SIGN_UNTIL, NOW),
        retired(RETIRED_SIGN_UNTIL + 1, NOW),
        out_of_time(),
    );
    suite.refused(
        &named("shown after accept-until"),
        "Nothing that the key signed is accepted any more.",
        &retired(RETIRED_SIGN_UNTIL, NOW),
        retired(RETIRED_SIGN_UNTIL, NOW + 1),
        out_of_time(),
    );
    suite.refused(
        &named("trust has expired"),
        "From its exp on a bundle judges nothing.",
        &show("open-trust-ends", code.text(), place, NOW - 1),
        show("open-trust-ends", code.text(), place, NOW),
        Expect::refused("trust-expired", [("at", NOW.into())]),
    );
    times_everywhere(suite, code, place);
    knowledge_everywhere(suite, code, place);
    for (cause, reason) in (0..).zip(CAUSES) {
        let slot = lined(code.kind, cause);
        let issued = |iat| {
            let text = Static { slot, iat, ..code.clone() }.text();
            show("open-with-lines", text, place, NOW)
        };
        suite.refused(
            &named(reason),
            "Issued a second before the line of its kind and slot.",
            &issued(LINE),
            issued(LINE - 1),
            Expect::refused(reason, [("at", LINE.into())]),
        );
    }
}

fn times_everywhere(suite: &mut Suite, code: &Static, place: Place) {
    let named = |what: &str| format!("{} at {}, open: {what}", code.shown(), place_name(place));
    let expiring = |exp| show("open", Static { exp, ..code.clone() }.text(), place, NOW);
    suite.refused(
        &named("expired"),
        "exp is now.",
        &expiring(NOW + 1),
        expiring(NOW),
        Expect::refused("expired", [("at", NOW.into())]),
    );
    let beginning =
        |nbf| show("open", Static { nbf: Some(nbf), ..code.clone() }.text(), place, NOW);
    suite.refused(
        &named("not yet begun"),
        "nbf is in a second.",
        &beginning(NOW),
        beginning(NOW + 1),
        Expect::refused("not-yet-valid", [("from", (NOW + 1).into())]),
    );
    let issued = |by| show("open", Static { iat: NOW + by, ..code.clone() }.text(), place, NOW);
    suite.refused(
        &named("issued beyond the window"),
        "This policy's window is 30 s.",
        &issued(OPEN_WINDOW),
        issued(OPEN_WINDOW + 1),
        Expect::refused("not-yet-valid", [("from", (NOW + OPEN_WINDOW + 1).into())]),
    );
}

fn knowledge_everywhere(suite: &mut Suite, code: &Static, place: Place) {
    let named = |what: &str| format!("{} at {}, open: {what}", code.shown(), place_name(place));
    let aged = |age| show("open", code.text(), place, AS_OF + age);
    suite.accepted(
        &named("knowledge is said to be old"),
        "This policy says so above 900 s.",
        aged(OPEN_SAID + 1),
        accepted_aged(code.shown(), code.slot, &[], OPEN_SAID + 1),
    );
    if place != Place::Sampling {
        suite.refused(
            &named("knowledge too old"),
            "This policy refuses above an hour.",
            &aged(OPEN_REFUSED),
            aged(OPEN_REFUSED + 1),
            Expect::refused("knowledge-too-old", [("at", AS_OF.into())]),
        );
        suite.refused(
            &named("never synced"),
            "Without a first head nothing is known of revocations.",
            &show("open", code.text(), place, NOW),
            show("open-never-synced", code.text(), place, NOW),
            Expect::refused("not-ready", []),
        );
    }
}
