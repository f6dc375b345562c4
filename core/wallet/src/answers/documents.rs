//! Trust and policy: the newer of what is held and what is offered.

use suima_client::wire::RefreshResponse;
use suima_code::{Policy, Roots, Trust};

use crate::error::{BadAnswer, Error};
use crate::snapshot::Documents;

/// The newer trust and policy of what is held and what is offered. A lower version is passed over.
pub(super) fn documents(
    held: Option<&Documents>,
    answer: &RefreshResponse,
    roots: &Roots,
) -> Result<(Documents, Trust), Error> {
    let mut trust = held.and_then(|held| Some((held.trust.clone(), held.trust(roots)?)));
    if let Some(bytes) = &answer.trust {
        let offered = Trust::parse(&bytes.0, roots).map_err(BadAnswer::Document)?;
        let known = held.map(|held| held.trust_version);
        // A bundle of the known version replaces one that today's roots did not sign.
        let is_newer = match (&trust, known) {
            (Some(_), Some(known)) => offered.version > known,
            (None, Some(known)) => offered.version >= known,
            (_, None) => true,
        };
        if is_newer {
            trust = Some((bytes.clone(), offered));
        }
    }
    let (trust_bytes, trust) = trust.ok_or(BadAnswer::Incomplete)?;

    let mut policy =
        held.map(|held| (held.policy.clone(), held.policy_version, held.parsed_policy));
    if let Some(bytes) = &answer.policy {
        let offered = Policy::parse(&bytes.0, &trust, answer.time).map_err(BadAnswer::Document)?;
        // One of the known version replaces one that this program could not read.
        if policy.as_ref().is_none_or(|(_, version, parsed)| {
            offered.version > *version || (offered.version == *version && parsed.is_none())
        }) {
            policy = Some((bytes.clone(), offered.version, Some(offered)));
        }
    }
    let (policy, policy_version, parsed_policy) = policy.ok_or(BadAnswer::Incomplete)?;
    let documents = Documents {
        trust: trust_bytes,
        trust_version: trust.version,
        policy,
        policy_version,
        parsed_policy,
    };
    Ok((documents, trust))
}
