//! What the library makes of a case.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use suima_code::{
    Cause, Head, Knowledge, Line, LineKind, LineNumber, Outcome, Policy, PublicKey, Reason,
    RevocationList, Revocations, Roots, Sequences, Trust, UnixTime, Verdict, verify,
};

use super::suite::{Expect, Input, World};
use crate::hex::unhex;

fn bytes(digits: &str) -> Vec<u8> {
    unhex(digits).expect("the files write bytes as hexadecimal digits")
}

fn array<const N: usize>(text: &str) -> [u8; N] {
    bytes(text).try_into().expect("as many bytes as the files promise")
}

fn root(text: &str) -> PublicKey {
    PublicKey::ed25519(&array(text)).expect("root keys of the vectors are sound")
}

impl World {
    fn roots(&self) -> Roots {
        Roots { hot: root(&self.hot), cold: root(&self.cold) }
    }

    fn trust(&self) -> Trust {
        Trust::parse(&bytes(&self.trust), &self.roots()).expect("a world's trust is sound")
    }

    fn revocations(&self) -> Revocations {
        let lines = self.lines.iter().map(|entry| {
            let kind = LineKind::from_number(entry.kind).expect("1 to 4");
            let cause = Cause::from_number(entry.cause).expect("0 to 4");
            let line = Line { before: UnixTime::new(entry.before), cause };
            (kind, LineNumber(entry.number), line)
        });
        Revocations::restore(lines, Sequences::default(), self.as_of.map(UnixTime::new))
    }
}

/// What the library says of `input` in `world`.
///
/// Panics if the world itself is unsound.
pub fn outcome(world: &World, input: &Input) -> Expect {
    let result = match input {
        Input::Code { text, place, now, .. } => {
            let trust = world.trust();
            // A policy is judged when it comes in; the one a world holds was, whatever the time is now.
            let policy = Policy::parse(&bytes(&world.policy), &trust, trust.iat);
            let revocations = world.revocations();
            let knowledge = Knowledge {
                trust: &trust,
                policy: &policy.expect("a world's policy is sound"),
                revocations: &revocations,
            };
            code(&verify(text, &knowledge, *place, UnixTime::new(*now)))
        }
        Input::Trust { hex, .. } => Trust::parse(&bytes(hex), &world.roots())
            .map(|trust| Expect::accepted([("version", trust.version.into())])),
        Input::Policy { hex, now, .. } => {
            Policy::parse(&bytes(hex), &world.trust(), UnixTime::new(*now))
                .map(|policy| Expect::accepted([("version", policy.version.into())]))
        }
        Input::Head { hex, nonce, now, .. } => {
            Head::parse(&bytes(hex), &array(nonce), &world.trust(), UnixTime::new(*now)).map(
                |head| {
                    let sequences = head.sequences.0.to_vec().into();
                    Expect::accepted([("iat", head.iat.get().into()), ("sequences", sequences)])
                },
            )
        }
        Input::Revocations { hex, now, .. } => {
            RevocationList::parse(&bytes(hex), &world.trust(), UnixTime::new(*now))
                .map(|list| accepted_list(&list))
        }
    };
    result.unwrap_or_else(refused)
}

fn code(verdict: &Verdict) -> Result<Expect, Reason> {
    let cautions = match verdict.outcome {
        Outcome::Accepted(cautions) => cautions,
        Outcome::Refused(reason) => return Err(reason),
    };
    let genuine = verdict.genuine.as_ref().expect("what is accepted is genuine");
    let named = [
        ("validity-not-checked", cautions.validity_not_checked),
        ("compare-id-card", cautions.compare_id_card),
    ];
    let said: Vec<&str> =
        named.into_iter().filter(|&(_, said)| said).map(|(name, _)| name).collect();
    let mut values = BTreeMap::from([
        ("shown".to_owned(), json!(genuine.presented())),
        ("slot".to_owned(), genuine.slot().0.into()),
        ("cautions".to_owned(), said.into()),
    ]);
    if let Some(age) = cautions.knowledge_age {
        values.insert("knowledge_age".to_owned(), age.into());
    }
    Ok(Expect::Accepted(values))
}

fn accepted_list(list: &RevocationList) -> Expect {
    let line = |&(number, line): &(LineNumber, Line)| {
        json!([number.0, line.before.get(), line.cause.number()])
    };
    Expect::accepted([
        ("kind", list.kind.number().into()),
        ("sequence", list.sequence.into()),
        ("base", list.base.into()),
        ("lines", list.lines.iter().map(line).collect()),
    ])
}

/// The reason by its identifier and its values by the names of `docs/format.md` section 9.
fn refused(reason: Reason) -> Expect {
    let Value::Object(mut values) = json!(reason) else {
        unreachable!("a reason is written as an object");
    };
    values.remove("id");
    values.insert("reason".to_owned(), reason.id().into());
    if let Some(kid) = values.get_mut("kid") {
        *kid = format!("{:02x}", kid.as_u64().expect("a key id is one byte")).into();
    }
    Expect::Refused(values.into_iter().collect())
}
