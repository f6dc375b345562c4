//! Nucleic-acid codes in an answer: that the issuer signed each for this person, and which answer is the newer.

use suima_client::wire::{self, IssuedCode, NucleicAcid};
use suima_code::{Genuine, Slot, StaticCode, StaticKind, Trust, UnixTime, read};

use crate::error::BadAnswer;
use crate::snapshot::{Code, Codes};

pub(super) fn codes(
    slot: Slot,
    answer: &NucleicAcid,
    trust: &Trust,
    time: UnixTime,
) -> Result<Codes, BadAnswer> {
    let one = |issued: &Option<wire::IssuedCode>| match issued {
        None => Ok(None),
        Some(issued) => {
            let code = genuine(slot, issued, trust, time)?;
            if answer.revoked_before.is_some_and(|line| code.iat < line) {
                return Err(BadAnswer::Other { what: "code, for it is void" });
            }
            let IssuedCode { text, made } = issued.clone();
            Ok(Some(Code { text, nbf: code.nbf, exp: code.exp, made }))
        }
    };
    let codes = Codes {
        current: one(&answer.current)?,
        successor: one(&answer.successor)?,
        revoked_before: answer.revoked_before,
        history: answer.history.clone(),
        as_of: time,
    };
    // A successor begins when the current one ends: earlier, there would be two; later, a gap.
    if let (Some(current), Some(successor)) = (&codes.current, &codes.successor)
        && successor.nbf != Some(current.exp)
    {
        return Err(BadAnswer::Other { what: "beginning of the successor" });
    }
    Ok(codes)
}

/// Checks that the issuer signed this nucleic-acid code for this person. Names are not compared: one may have been
/// corrected in the register since.
fn genuine(
    slot: Slot,
    issued: &IssuedCode,
    trust: &Trust,
    time: UnixTime,
) -> Result<StaticCode, BadAnswer> {
    let other = |what| Err(BadAnswer::Other { what });
    match read(&issued.text, trust, time).map_err(BadAnswer::Signature)? {
        Genuine::Static(code) if code.kind == StaticKind::NucleicAcid => {
            if code.slot != slot {
                return other("slot of the code");
            }
            if code.iat != issued.made.iat {
                return other("time of the code");
            }
            Ok(code)
        }
        _ => other("kind of code"),
    }
}

/// The newer of two answers about one person's codes: an older one may arrive later.
pub(super) fn newer(answer: Codes, kept: Option<&Codes>) -> Codes {
    match kept {
        Some(kept) if answer.newest() < kept.newest() => kept.clone(),
        _ => answer,
    }
}
