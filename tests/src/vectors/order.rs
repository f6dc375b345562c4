//! The order of the checks: where several things are wrong at once, the first check that fails gives the reason.

use suima_code::Place;

use super::cbor;
use super::codes::{Live, Static, altered, kid, show, text};
use super::sign1::Sign1;
use super::suite::{Expect, Input, Suite};
use super::world::{
    ALL, AS_OF, DAY, HOUR, LINE, LISTS, NOTHING, NOW, OPEN_REFUSED, OPEN_WINDOW, RECALLED,
    RECALLED_AT, RETIRED, TRUST_IAT, UNKNOWN, ending_trust, key, lined, never_synced, open,
    standard, with_lines,
};

pub(crate) fn suite() -> Suite {
    let mut suite = Suite::new(
        "Several things wrong at once: the first check of section 8 that fails gives the reason.",
        &[
            ("standard", standard()),
            ("open", open()),
            ("open-never-synced", never_synced()),
            ("open-trust-ends", ending_trust()),
            ("open-with-lines", with_lines()),
        ],
    );
    form_and_keys(&mut suite);
    static_codes(&mut suite);
    live_signatures(&mut suite);
    live_times(&mut suite);
    suite
}

fn unknown() -> Expect {
    Expect::refused("unknown-key", [("kid", kid(UNKNOWN)), ("trust", TRUST_IAT.into())])
}

fn recalled() -> Expect {
    Expect::refused("key-recalled", [("kid", kid(RECALLED)), ("at", RECALLED_AT.into())])
}

fn at_gate(world: &str, text: String) -> Input {
    show(world, text, Place::Gate, NOW)
}

fn form_and_keys(suite: &mut Suite) {
    let code = Static::nucleic_acid();
    let twin = at_gate("open", code.text());
    let unsigned = |code: &Static| text(&code.object().with(&[0; 64]));
    let form = Sign1 { payload: cbor::endless(&code.payload()), ..code.object() };
    let by = |kid: u8| Static { kid, ..code.clone() };
    let late = |kid: u8| Static { kid, iat: u32::MAX - 1, exp: u32::MAX, ..code.clone() };
    let retired = Static { iat: NOW, ..by(RETIRED) };
    for (name, why, text, world, expect) in [
        (
            "form before trust",
            "Not canonical, and the bundle has expired.",
            text(&form.signed(&key(code.kid))),
            "open-trust-ends",
            altered(),
        ),
        (
            "trust before keys",
            "The bundle has expired, and the key is unknown.",
            by(UNKNOWN).text(),
            "open-trust-ends",
            Expect::refused("trust-expired", [("at", NOW.into())]),
        ),
        (
            "unknown key before signature",
            "The key is unknown, and nobody signed.",
            unsigned(&by(UNKNOWN)),
            "open",
            unknown(),
        ),
        (
            "recall before signature",
            "The key is recalled, and nobody signed.",
            unsigned(&by(RECALLED)),
            "open",
            recalled(),
        ),
        (
            "recall before time",
            "The key is recalled, and signed after its sign-until.",
            late(RECALLED).text(),
            "open",
            recalled(),
        ),
        (
            "purpose before time",
            "The key is for nothing, and signed after its sign-until.",
            late(NOTHING).text(),
            "open",
            Expect::refused("key-not-for-this", [("kid", kid(NOTHING))]),
        ),
        (
            "purpose before signature",
            "The key is for lists, and nobody signed.",
            unsigned(&by(LISTS)),
            "open",
            Expect::refused("key-not-for-this", [("kid", kid(LISTS))]),
        ),
        (
            "time before signature",
            "After sign-until, and nobody signed.",
            unsigned(&retired),
            "open",
            Expect::refused("key-out-of-time", [("kid", kid(RETIRED))]),
        ),
        (
            "signature before place",
            "Nobody signed, and this place does not take the kind.",
            unsigned(&by(ALL)),
            "standard",
            altered(),
        ),
    ] {
        suite.refused(name, why, &twin, at_gate(world, text), expect);
    }
}

fn static_codes(suite: &mut Suite) {
    let code = Static::nucleic_acid();
    let twin = at_gate("open", code.text());
    let gate = || Expect::refused("wrong-place", [("place", "gate".into())]);
    let expired = Static { exp: NOW, ..code.clone() };
    let void = Static { slot: lined(1, 1), iat: LINE - 1, ..code.clone() };
    let void_and_expired = Static { exp: NOW, ..void.clone() };
    let ahead = NOW + OPEN_WINDOW + 1;
    let future = Static { iat: ahead, nbf: Some(ahead + HOUR), ..code.clone() };
    for (name, why, world, code, expect) in [
        (
            "place before expiry",
            "This place does not take the kind, and the code has expired.",
            "standard",
            &expired,
            gate(),
        ),
        (
            "nbf before iat",
            "Neither nbf nor iat has come.",
            "open",
            &future,
            Expect::refused("not-yet-valid", [("from", (ahead + HOUR).into())]),
        ),
        (
            "expiry before line",
            "Expired, and reported lost.",
            "open-with-lines",
            &void_and_expired,
            Expect::refused("expired", [("at", NOW.into())]),
        ),
        (
            "expiry before knowledge",
            "Expired, and nothing is known of revocations.",
            "open-never-synced",
            &expired,
            Expect::refused("expired", [("at", NOW.into())]),
        ),
    ] {
        suite.refused(name, why, &twin, at_gate(world, code.text()), expect);
    }
    let later = AS_OF + OPEN_REFUSED + 1;
    suite.refused(
        "line before knowledge",
        "Reported lost, and knowledge is too old.",
        &twin,
        show("open-with-lines", void.text(), Place::Gate, later),
        Expect::refused("reported-lost", [("at", LINE.into())]),
    );
}

fn live_signatures(suite: &mut Suite) {
    let code = Live::own();
    let twin = at_gate("open", code.text());
    let forged = |code: &Live| text(&code.object().with(&[0; 64]));
    let by = |kid: u8| Live { kid, ..code.clone() };
    let mut formless = by(UNKNOWN).object();
    formless.payload = cbor::map(&[(6, cbor::float(f64::from(code.at)))]);
    let mut other_algorithm = by(UNKNOWN).object();
    other_algorithm.protected = cbor::map(&[(1, cbor::int(-9)), (13, by(UNKNOWN).credential())]);
    let keyless = {
        let payload = code.credential_payload_with(cbor::map(&[]), code.private());
        let object = Sign1 { payload, ..by(UNKNOWN).credential_object() };
        code.text_around(&object.signed(&key(UNKNOWN)))
    };
    let stale = NOW - OPEN_WINDOW - 1;
    for (name, why, text, expect) in [
        (
            "live: time's form before key",
            "The time is no integer, and the issuer's key is unknown.",
            text(&formless.signed(&code.device())),
            altered(),
        ),
        (
            "live: device's key before issuer's key",
            "The device's key has no form, and the issuer's key is unknown.",
            keyless,
            altered(),
        ),
        (
            "live: issuer's key before device's algorithm",
            "The issuer's key is unknown, and the device's algorithm is another.",
            text(&other_algorithm.signed(&code.device())),
            unknown(),
        ),
        (
            "live: issuer's key before device's signature",
            "The issuer's key is unknown, and the device has not signed.",
            forged(&by(UNKNOWN)),
            unknown(),
        ),
        (
            "live: signature before freshness",
            "The device has not signed, and the time is long ago.",
            forged(&Live { at: stale, ..code.clone() }),
            altered(),
        ),
    ] {
        suite.refused(name, why, &twin, at_gate("open", text), expect);
    }
}

fn live_times(suite: &mut Suite) {
    let code = Live::own();
    let twin = at_gate("open", code.text());
    let stale = NOW - OPEN_WINDOW - 1;
    let void = Live { slot: lined(3, 4), holding: lined(4, 2), iat: LINE - 1, ..code.clone() };
    let reason = |id: &str, name: &str, value: u32| Expect::refused(id, [(name, value.into())]);
    let late = OPEN_WINDOW + 1;
    for (name, why, world, text, expect) in [
        (
            "live: freshness before expiry",
            "A stale code, and the credential has expired.",
            "open",
            Live { at: stale, exp: NOW, ..code.clone() }.text(),
            reason("stale", "by", late),
        ),
        (
            "live: freshness before line",
            "A stale code, and its holding has ended.",
            "open-with-lines",
            Live { at: stale, ..void.clone() }.text(),
            reason("stale", "by", late),
        ),
        (
            "live: ahead before not yet valid",
            "Both times are to come.",
            "open",
            Live { at: NOW + late, iat: NOW + late + 5, ..code.clone() }.text(),
            reason("ahead", "by", late),
        ),
        (
            "live: expiry before line",
            "The credential has expired, and its holding has ended.",
            "open-with-lines",
            Live { exp: NOW, ..void.clone() }.text(),
            reason("expired", "at", NOW),
        ),
        (
            "live: person's line before holding's",
            "Void by both lines, and the colour is too old.",
            "open-with-lines",
            void.text(),
            reason("status-changed", "at", LINE),
        ),
        (
            "live: holding's line before colour",
            "The holding has ended, and the colour is too old.",
            "open-with-lines",
            Live { slot: code.slot, ..void }.text(),
            reason("holding-ended", "at", LINE),
        ),
        (
            "live: colour's age before colour",
            "A red of a day ago.",
            "open",
            Live { colour: 2, iat: NOW - DAY, ..code.clone() }.text(),
            reason("status-too-old", "at", NOW - DAY),
        ),
        (
            "live: colour before knowledge",
            "Red, and nothing is known of revocations.",
            "open-never-synced",
            Live { colour: 2, ..code }.text(),
            Expect::refused("status-not-admitted", []),
        ),
    ] {
        suite.refused(name, why, &twin, at_gate(world, text), expect);
    }
}
