//! Live codes and relative codes that are genuine, and every answer a verifier can give to them.

use suima_code::Place;

use super::codes::{Live, PLACES, accepted, accepted_aged, accepted_with, kid, place_name, show};
use super::static_codes::CAUSES;
use super::suite::{Expect, Suite};
use super::world::{
    ALL, ALL_P256, AS_OF, DAY, HOUR, LINE, NOTHING, NOW, OPEN_COLOUR, OPEN_REFUSED, OPEN_SAID,
    OPEN_WINDOW, RECALLED, RECALLED_AT, RETIRED, RETIRED_SIGN_UNTIL, TRUST_IAT, UNKNOWN, closed,
    ending_trust, lined, never_synced, open, standard, standard_never_synced, with_lines,
};

pub(crate) fn suite() -> Suite {
    let mut suite = Suite::new(
        "Live codes and relative codes, sound in form: what is accepted where, and each reason against them.",
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
    times(&mut suite);
    colours(&mut suite);
    lines(&mut suite);
    knowledge(&mut suite);
    for code in [Live::own(), Live::relative()] {
        for place in PLACES {
            everywhere(&mut suite, &code, place);
            voided(&mut suite, &code, place);
        }
    }
    suite
}

fn contents(suite: &mut Suite) {
    let own = Live::own();
    let long = "𠅤* 𠅤* 𠅤* 𠅤*";
    let variants = [
        ("ordinary", "An ordinary live code, the device's key Ed25519.", own.clone()),
        ("on P-256", "The device's key is on P-256 (ESP256).", Live { p256: true, ..own.clone() }),
        (
            "name of 23 bytes",
            "The longest masked name there is, of four-byte characters.",
            Live { name: long, ..own.clone() },
        ),
        (
            "on P-256, name of 23 bytes",
            "The longest live code there is.",
            Live { p256: true, name: long, ..own.clone() },
        ),
        (
            "credential on P-256",
            "The issuer's key may be on P-256, whatever the device's is.",
            Live { kid: ALL_P256, ..own.clone() },
        ),
        (
            "both on P-256",
            "Issuer's and device's key on P-256.",
            Live { kid: ALL_P256, p256: true, ..own.clone() },
        ),
        ("key for all", "A key may have several purposes.", Live { kid: ALL, ..own.clone() }),
        (
            "highest numbers",
            "The highest slot, holding and exp there are.",
            Live { slot: u32::MAX, holding: u32::MAX, exp: u32::MAX, ..own.clone() },
        ),
        ("lowest numbers", "Slot 0 and holding 0.", Live { slot: 0, holding: 0, ..own.clone() }),
    ];
    for (name, why, code) in variants {
        for place in [Place::Sampling, Place::Gate] {
            let input = show("standard", code.text(), place, NOW);
            let name = format!("live at {}: {name}", place_name(place));
            suite.accepted(&name, why, input, accepted("live", code.slot));
        }
    }
    let relative = Live::relative();
    for code in [relative.clone(), Live { p256: true, ..relative }] {
        for place in PLACES {
            let key = if code.p256 { "on P-256" } else { "ordinary" };
            suite.accepted(
                &format!("relative at {}: {key}", place_name(place)),
                "A relative code is taken wherever one's own live code is.",
                show("standard", code.text(), place, NOW),
                accepted("relative", code.slot),
            );
        }
    }
}

/// The window, the credential's own times, and the age of its colour, under the standard policy.
fn times(suite: &mut Suite) {
    let own = Live::own();
    let signed = |at| show("standard", Live { at, ..own.clone() }.text(), Place::Gate, NOW);
    let ok = || accepted("live", own.slot);
    suite.accepted("live: 60 s old", "As old as the window allows.", signed(NOW - 60), ok());
    suite.accepted(
        "live: 60 s ahead",
        "As far ahead as the window allows.",
        signed(NOW + 60),
        ok(),
    );
    suite.refused(
        "live: 61 s old",
        "A screenshot, or a wrong clock.",
        &signed(NOW - 60),
        signed(NOW - 61),
        Expect::refused("stale", [("by", 61.into())]),
    );
    suite.refused(
        "live: 61 s ahead",
        "A wrong clock.",
        &signed(NOW + 60),
        signed(NOW + 61),
        Expect::refused("ahead", [("by", 61.into())]),
    );
    suite.refused(
        "live: signed in 1970",
        "The whole age is told.",
        &signed(NOW),
        signed(0),
        Expect::refused("stale", [("by", NOW.into())]),
    );
    suite.refused(
        "live: signed in 2106",
        "The whole way ahead is told.",
        &signed(NOW),
        signed(u32::MAX),
        Expect::refused("ahead", [("by", (u32::MAX - NOW).into())]),
    );

    let live_for = |exp| show("standard", Live { exp, ..own.clone() }.text(), Place::Gate, NOW);
    suite.accepted("live: last second", "exp is in a second.", live_for(NOW + 1), ok());
    suite.refused(
        "live: at exp",
        "From exp on the credential no longer counts.",
        &live_for(NOW + 1),
        live_for(NOW),
        Expect::refused("expired", [("at", NOW.into())]),
    );
    let issued = |iat| show("standard", Live { iat, ..own.clone() }.text(), Place::Gate, NOW);
    suite.accepted(
        "live: credential of 60 s from now",
        "As far ahead as clocks may differ.",
        issued(NOW + 60),
        ok(),
    );
    suite.refused(
        "live: credential of 61 s from now",
        "The issuer's clock is more than the window ahead of the verifier's.",
        &issued(NOW + 60),
        issued(NOW + 61),
        Expect::refused("not-yet-valid", [("from", (NOW + 61).into())]),
    );
    suite.accepted(
        "live: colour of 86400 s ago",
        "As old as a colour may be at a gate.",
        issued(NOW - DAY),
        ok(),
    );
    for place in [Place::Gate, Place::ManualCheck] {
        let issued = |iat| show("standard", Live { iat, ..own.clone() }.text(), place, NOW);
        suite.refused(
            &format!("live at {}: colour of 86401 s ago", place_name(place)),
            "The colour is older than this place takes.",
            &issued(NOW - DAY),
            issued(NOW - DAY - 1),
            Expect::refused("status-too-old", [("at", (NOW - DAY - 1).into())]),
        );
    }
    suite.accepted(
        "live at sampling: colour of 13 days ago",
        "Sampling does not ask for the colour or its age.",
        show("standard", Live { iat: NOW - 13 * DAY, ..own.clone() }.text(), Place::Sampling, NOW),
        ok(),
    );
}

fn colours(suite: &mut Suite) {
    for base in [Live::own(), Live::relative()] {
        for (colour, name) in [(1, "yellow"), (2, "red")] {
            let code = Live { colour, ..base.clone() };
            suite.accepted(
                &format!("{} at sampling: {name}", code.shown()),
                "Sampling takes every colour.",
                show("standard", code.text(), Place::Sampling, NOW),
                accepted(code.shown(), code.slot),
            );
            for place in [Place::Gate, Place::ManualCheck] {
                suite.refused(
                    &format!("{} at {}: {name}", code.shown(), place_name(place)),
                    "Only green is admitted.",
                    &show("standard", base.text(), place, NOW),
                    show("standard", code.text(), place, NOW),
                    Expect::refused("status-not-admitted", []),
                );
            }
        }
    }
    let yellow = Live { colour: 1, ..Live::own() };
    suite.accepted(
        "live at gate, open: yellow",
        "This policy admits green and yellow.",
        show("open", yellow.text(), Place::Gate, NOW),
        accepted("live", yellow.slot),
    );
    suite.refused(
        "live at gate, open: red",
        "This policy admits green and yellow.",
        &show("open", yellow.text(), Place::Gate, NOW),
        show("open", Live { colour: 2, ..yellow }.text(), Place::Gate, NOW),
        Expect::refused("status-not-admitted", []),
    );
}

/// Lines that have no effect.
fn lines(suite: &mut Suite) {
    let own = Live::own();
    for (what, why, code) in [
        (
            "lines of static codes",
            "Lines of nucleic-acid codes void no live code.",
            Live { slot: lined(1, 0), iat: LINE - 60, ..own.clone() },
        ),
        (
            "a person's line by the holding's number",
            "Lines of persons go by slot, not by holding.",
            Live { holding: lined(3, 0), iat: LINE - 60, ..own.clone() },
        ),
        (
            "a holding's line by the slot",
            "Lines of holdings go by holding, not by slot.",
            Live { slot: lined(4, 0), iat: LINE - 60, ..own.clone() },
        ),
    ] {
        suite.accepted(
            &format!("live: {what}"),
            why,
            show("open-with-lines", code.text(), Place::Sampling, NOW),
            accepted("live", code.slot),
        );
    }
}

fn knowledge(suite: &mut Suite) {
    let own = Live::own();
    let with_age = |place, age| {
        let now = AS_OF + age;
        let code = Live { at: now, iat: now - HOUR, ..own.clone() };
        show("standard", code.text(), place, now)
    };
    let why = "Above two hours its age is said; above a day gates and manual checks refuse.";
    for place in PLACES {
        for age in [7200, 7201, 86_400, 86_401] {
            let name = format!("live at {}: knowledge of {age} s", place_name(place));
            let input = with_age(place, age);
            let slot = own.slot;
            match (place, age) {
                (_, 7200) => suite.accepted(&name, why, input, accepted("live", slot)),
                (Place::Sampling, 86_401) => {
                    let cautions = ["validity-not-checked"];
                    suite.accepted(&name, why, input, accepted_aged("live", slot, &cautions, age));
                }
                (_, 86_401) => {
                    let expect = Expect::refused("knowledge-too-old", [("at", AS_OF.into())]);
                    suite.refused(&name, why, &with_age(place, age - 1), input, expect);
                }
                _ => suite.accepted(&name, why, input, accepted_aged("live", slot, &[], age)),
            }
        }
        let name = format!("live at {}: never synced", place_name(place));
        let input = show("standard-never-synced", own.text(), place, NOW);
        if place == Place::Sampling {
            suite.accepted(
                &name,
                "At sampling it is accepted and recorded that validity was not checked.",
                input,
                accepted_with("live", own.slot, &["validity-not-checked"]),
            );
        } else {
            suite.refused(
                &name,
                "Without a first head nothing is known of revocations.",
                &show("standard", own.text(), place, NOW),
                input,
                Expect::refused("not-ready", []),
            );
        }
    }
}

/// Each reason at this place, where the policy takes everything.
fn everywhere(suite: &mut Suite, code: &Live, place: Place) {
    let named = |what: &str| format!("{} at {}, open: {what}", code.shown(), place_name(place));
    let shown = |code: Live| show("open", code.text(), place, NOW);
    let twin = shown(code.clone());
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
    let by = |kid| shown(Live { kid, ..code.clone() });
    suite.refused(
        &named("unknown key"),
        "The credential is signed by a key not in the bundle.",
        &twin,
        by(UNKNOWN),
        Expect::refused("unknown-key", [("kid", kid(UNKNOWN)), ("trust", TRUST_IAT.into())]),
    );
    suite.refused(
        &named("recalled key"),
        "The credential is signed by a recalled key, whenever that was.",
        &twin,
        by(RECALLED),
        Expect::refused("key-recalled", [("kid", kid(RECALLED)), ("at", RECALLED_AT.into())]),
    );
    suite.refused(
        &named("key for nothing"),
        "The credential is signed by a key that may not sign this.",
        &twin,
        by(NOTHING),
        Expect::refused("key-not-for-this", [("kid", kid(NOTHING))]),
    );
    key_out_of_time(suite, code, place);
    suite.refused(
        &named("trust has expired"),
        "From its exp on a bundle judges nothing.",
        &show("open-trust-ends", code.text(), place, NOW - 1),
        show("open-trust-ends", code.text(), place, NOW),
        Expect::refused("trust-expired", [("at", NOW.into())]),
    );

    let signed = |at| shown(Live { at, ..code.clone() });
    suite.refused(
        &named("too old"),
        "This policy's window is 30 s.",
        &signed(NOW - OPEN_WINDOW),
        signed(NOW - OPEN_WINDOW - 1),
        Expect::refused("stale", [("by", (OPEN_WINDOW + 1).into())]),
    );
    suite.refused(
        &named("too far ahead"),
        "This policy's window is 30 s.",
        &signed(NOW + OPEN_WINDOW),
        signed(NOW + OPEN_WINDOW + 1),
        Expect::refused("ahead", [("by", (OPEN_WINDOW + 1).into())]),
    );
    let issued = |iat| shown(Live { iat, ..code.clone() });
    suite.refused(
        &named("credential beyond the window"),
        "This policy's window is 30 s.",
        &issued(NOW + OPEN_WINDOW),
        issued(NOW + OPEN_WINDOW + 1),
        Expect::refused("not-yet-valid", [("from", (NOW + OPEN_WINDOW + 1).into())]),
    );
    let lasting = |exp| shown(Live { exp, ..code.clone() });
    suite.refused(
        &named("expired"),
        "exp is now.",
        &lasting(NOW + 1),
        lasting(NOW),
        Expect::refused("expired", [("at", NOW.into())]),
    );
    if place != Place::Sampling {
        at_doors(suite, code, place);
    }
}

fn key_out_of_time(suite: &mut Suite, code: &Live, place: Place) {
    let named = |what: &str| format!("{} at {}, open: {what}", code.shown(), place_name(place));
    let expect = || Expect::refused("key-out-of-time", [("kid", kid(RETIRED))]);
    let retired = |iat, now| {
        let text = Live { kid: RETIRED, iat, at: now, ..code.clone() }.text();
        show("open", text, place, now)
    };
    suite.refused(
        &named("issued after sign-until"),
        "The key no longer signed then.",
        &retired(RETIRED_SIGN_UNTIL, NOW),
        retired(RETIRED_SIGN_UNTIL + 1, NOW),
        expect(),
    );
    suite.refused(
        &named("shown after accept-until"),
        "Nothing that the key signed is accepted any more.",
        &retired(RETIRED_SIGN_UNTIL, NOW),
        retired(RETIRED_SIGN_UNTIL, NOW + 1),
        expect(),
    );
}

/// What only gates and manual checks ask.
fn at_doors(suite: &mut Suite, code: &Live, place: Place) {
    let named = |what: &str| format!("{} at {}, open: {what}", code.shown(), place_name(place));
    let issued = |iat| show("open", Live { iat, ..code.clone() }.text(), place, NOW);
    suite.refused(
        &named("colour too old"),
        "This policy's colours count two hours.",
        &issued(NOW - OPEN_COLOUR),
        issued(NOW - OPEN_COLOUR - 1),
        Expect::refused("status-too-old", [("at", (NOW - OPEN_COLOUR - 1).into())]),
    );
    let aged = |age| {
        let now = AS_OF + age;
        show("open", Live { at: now, ..code.clone() }.text(), place, now)
    };
    suite.accepted(
        &named("knowledge is said to be old"),
        "This policy says so above 900 s.",
        aged(OPEN_SAID + 1),
        accepted_aged(code.shown(), code.slot, &[], OPEN_SAID + 1),
    );
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

/// The lines of the person and of the holding.
fn voided(suite: &mut Suite, code: &Live, place: Place) {
    for (cause, reason) in (0..).zip(CAUSES) {
        for (list, slot, holding) in
            [("person", lined(3, cause), code.holding), ("holding", code.slot, lined(4, cause))]
        {
            // The line was drawn three hours ago and a colour counts two here: at doors the verifier's clock is
            // set back by as much.
            let now = LINE + HOUR;
            let issued = |iat| {
                let text = Live { slot, holding, iat, at: now, ..code.clone() }.text();
                show("open-with-lines", text, place, now)
            };
            suite.refused(
                &format!("{} at {}, open: {reason} by {list}", code.shown(), place_name(place)),
                "The credential was issued a second before the line.",
                &issued(LINE),
                issued(LINE - 1),
                Expect::refused(reason, [("at", LINE.into())]),
            );
        }
    }
}
