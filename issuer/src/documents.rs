//! The signed documents that everybody holds: the trust bundle and the policy.

use rusqlite::OptionalExtension as _;
use suima_client::wire::{Bytes, DocumentsRequest, DocumentsResponse};
use suima_code::{
    Acceptance, Algorithm, Limits, Place, Policy, Presented, PublicKey, Purposes, Root, Roots,
    Trust,
};
use suima_sentences::operator as say;
use suima_signing::RootKey;
use zeroize::Zeroizing;

use crate::act::Act;
use crate::{Error, Issuer, keys};

const DAY: i64 = 86_400;

/// How long a trust bundle judges, in seconds. It is signed anew long before.
const TRUSTED_FOR: i64 = 180 * DAY;

/// The age at which a trust bundle is signed anew, in seconds.
const RENEWED_AFTER: i64 = 30 * DAY;

/// A city with keys.
#[derive(Debug)]
pub struct Initialised {
    /// The keys for apps to pin.
    pub roots: Roots,
    /// The seed of the cold root key, if it was made just now. It is kept nowhere here: whoever gets it puts it away
    /// offline, for the day the hot one is lost or stolen.
    pub cold_seed: Option<Zeroizing<[u8; 32]>>,
}

impl Issuer {
    /// Makes root keys, signing keys, the first trust bundle and the standard policy, unless they are there.
    pub fn initialise(&self) -> Result<Initialised, Error> {
        self.0.act(|act| {
            match roots(act) {
                Ok(roots) => return Ok(Initialised { roots, cold_seed: None }),
                Err(Error::NotInitialised) => {}
                Err(error) => return Err(error),
            }
            let (hot_seed, cold_seed) = (act.seed()?, act.seed()?);
            let roots = Roots {
                hot: RootKey::from_seed(Root::Hot, &hot_seed).public(),
                cold: RootKey::from_seed(Root::Cold, &cold_seed).public(),
            };
            let mut insert =
                act.db.prepare("INSERT INTO root (number, public, seed) VALUES (?, ?, ?)")?;
            insert.execute((0, roots.hot.to_bytes(), Some(&hot_seed[..])))?;
            insert.execute((1, roots.cold.to_bytes(), None::<&[u8]>))?;
            for purposes in keys::SEPARATE {
                keys::make(act, purposes, act.now)?;
            }
            sign_trust(act)?;
            sign_policy(act, 1, Policy::standard(1, act.now))?;
            Ok(Initialised { roots, cold_seed: Some(cold_seed) })
        })
    }

    /// The keys for apps to pin.
    pub fn roots(&self) -> Result<Roots, Error> {
        self.0.look(roots)
    }

    /// The policy in force.
    pub fn policy(&self) -> Result<Policy, Error> {
        self.0.look(policy)
    }

    /// The policies that were put in force, the newest first.
    pub fn policies(&self, most: u32) -> Result<Vec<Policy>, Error> {
        self.0.look(|act| newest(act, most))
    }

    /// Puts a policy in force: its limits and its table. Version and time are given to it here.
    pub fn set_policy(&self, policy: Policy) -> Result<Policy, Error> {
        sound(&policy)?;
        self.0.act(|act| {
            let version = self::policy(act)?.version + 1;
            sign_policy(act, version, policy)
        })
    }

    /// The newest trust bundle and policy, as signed.
    pub fn documents(&self) -> Result<(Vec<u8>, Vec<u8>), Error> {
        self.0.act(|act| {
            let newest = newer(act, &DocumentsRequest { trust_version: 0, policy_version: 0 })?;
            match (newest.trust, newest.policy) {
                (Some(trust), Some(policy)) => Ok((trust.0, policy.0)),
                _ => Err(Error::NotInitialised),
            }
        })
    }
}

/// Whether a policy can be followed: a slip of an operator's hand reaches every station of the city within the hour.
fn sound(policy: &Policy) -> Result<(), Error> {
    let Limits {
        nucleic_acid_days,
        paper_days,
        redraw_seconds,
        live_window_seconds,
        credential_seconds,
        colour_seconds,
        knowledge_said_seconds,
        knowledge_refused_seconds,
        claim_ahead_days,
        adult_age,
        senior_age,
        paper_under_age,
        admitted_colours,
        ..
    } = policy.limits;
    // A quarter of the time that colours count is how often credentials are made anew.
    let positive = [nucleic_acid_days, paper_days, redraw_seconds, live_window_seconds];
    let long = [credential_seconds, colour_seconds, knowledge_refused_seconds];
    let checks = [
        (positive.contains(&0), say::policy_zero()),
        (nucleic_acid_days.max(paper_days) > 3660, say::policy_ten_years()),
        (long.iter().any(|&seconds| seconds < 3600), say::policy_hour()),
        (credential_seconds > 3660 * 86_400, say::policy_credential()),
        (redraw_seconds > live_window_seconds, say::policy_redraw()),
        (knowledge_said_seconds > knowledge_refused_seconds, say::policy_said()),
        (claim_ahead_days >= nucleic_acid_days, say::policy_ahead()),
        (adult_age.max(senior_age).max(paper_under_age) > 150, say::policy_age()),
        (!(1..=7).contains(&admitted_colours), say::policy_colours()),
        (asks_where_it_cannot(policy), say::policy_step()),
    ];
    match checks.into_iter().find(|(wrong, _)| *wrong) {
        Some((_, why)) => Err(Error::Policy(why)),
        None => Ok(()),
    }
}

/// Whether a cell of R6 asks for a step that there is not.
fn asks_where_it_cannot(policy: &Policy) -> bool {
    use Presented::{IdCard, Live, NucleicAcid, Paper, Relative};
    [NucleicAcid, Paper, Live, Relative, IdCard].into_iter().any(|row| {
        [Place::Sampling, Place::Gate, Place::ManualCheck].into_iter().any(|place| {
            match policy.acceptance(row, place) {
                Acceptance::AskIssuer => row != IdCard || place == Place::Sampling,
                Acceptance::WithIdCard => row != Paper || place != Place::ManualCheck,
                Acceptance::Accepted => row == IdCard && place != Place::Sampling,
                Acceptance::Refused => false,
            }
        })
    })
}

fn roots(act: &Act<'_>) -> Result<Roots, Error> {
    let root = |number: u8| {
        let bytes: Option<Vec<u8>> = act
            .db
            .query_row("SELECT public FROM root WHERE number = ?", [number], |row| row.get(0))
            .optional()?;
        PublicKey::from_bytes(Algorithm::Ed25519, &bytes.ok_or(Error::NotInitialised)?)
            .map_err(|_| Error::Corrupt("root key"))
    };
    Ok(Roots { hot: root(0)?, cold: root(1)? })
}

/// Signs trust bundle and policy anew with versions that are ahead of the present ones by this much: ahead of any that were
/// given and forgotten.
pub(crate) fn sign_ahead(act: &Act<'_>, ahead: u32) -> Result<(), Error> {
    sign_trust_ahead(act, ahead)?;
    let policy = policy(act)?;
    sign_policy(act, policy.version.saturating_add(ahead), policy)?;
    Ok(())
}

/// Signs a new trust bundle with the keys there are.
pub(crate) fn sign_trust(act: &Act<'_>) -> Result<(), Error> {
    sign_trust_ahead(act, 1)
}

fn sign_trust_ahead(act: &Act<'_>, ahead: u32) -> Result<(), Error> {
    let seed: Option<[u8; 32]> = act
        .db
        .query_row("SELECT seed FROM root WHERE number = 0", [], |row| row.get(0))
        .optional()?;
    let seed = Zeroizing::new(seed.ok_or(Error::NotInitialised)?);
    let version: u32 =
        act.db.query_row("SELECT coalesce(max(version), 0) + ? FROM trust", [ahead], |row| {
            row.get(0)
        })?;
    let keys = keys::published(act)?.into_iter().map(|key| key.trusted).collect();
    let trust = Trust { version, iat: act.now, exp: act.now.plus(TRUSTED_FOR), keys };
    let raw = RootKey::from_seed(Root::Hot, &seed).trust(&trust);
    act.db.execute(
        "INSERT INTO trust (version, iat, raw) VALUES (?, ?, ?)",
        (version, act.now.get(), raw),
    )?;
    Ok(())
}

fn sign_policy(act: &Act<'_>, version: u32, mut policy: Policy) -> Result<Policy, Error> {
    policy.version = version;
    policy.iat = act.now;
    let signer = keys::signer(act, Purposes::POLICY)?;
    let content = serde_json::to_string(&policy).map_err(|_| Error::Corrupt("policy"))?;
    act.db.execute(
        "INSERT INTO policy (version, key, content, raw) VALUES (?, ?, ?, ?)",
        (policy.version, signer.id, content, signer.key.policy(&policy)),
    )?;
    Ok(policy)
}

/// The policy in force.
pub(crate) fn policy(act: &Act<'_>) -> Result<Policy, Error> {
    newest(act, 1)?.pop().ok_or(Error::NotInitialised)
}

/// The policies that were put in force, the newest first.
fn newest(act: &Act<'_>, most: u32) -> Result<Vec<Policy>, Error> {
    let mut statement =
        act.db.prepare_cached("SELECT content FROM policy ORDER BY version DESC LIMIT ?")?;
    let mut rows = statement.query([most])?;
    let mut policies = Vec::new();
    while let Some(row) = rows.next()? {
        let content: String = row.get(0)?;
        policies.push(serde_json::from_str(&content).map_err(|_| Error::Corrupt("policy"))?);
    }
    Ok(policies)
}

/// Has the policy signed by the key that signs policies now: the one that signed it may have been recalled, or be near
/// its end.
pub(crate) fn keep_policy_signed(act: &Act<'_>) -> Result<(), Error> {
    let policy = policy(act)?;
    let key: i64 =
        act.db.query_row("SELECT key FROM policy WHERE version = ?", [policy.version], |row| {
            row.get(0)
        })?;
    if key != keys::signer(act, Purposes::POLICY)?.id {
        sign_policy(act, policy.version + 1, policy)?;
    }
    Ok(())
}

/// The version of the newest trust bundle, which is signed anew first where it or a key is getting old.
pub(crate) fn trust_version(act: &Act<'_>) -> Result<u32, Error> {
    let newest = || {
        act.db
            .prepare_cached("SELECT version, iat FROM trust ORDER BY version DESC LIMIT 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?
            .ok_or(Error::NotInitialised)
    };
    let (version, iat): (u32, u32) = newest()?;
    let ageing = i64::from(act.now.get()) - i64::from(iat) > RENEWED_AFTER;
    if !keys::replace_ageing(act)? && !ageing {
        return Ok(version);
    }
    sign_trust(act)?;
    keep_policy_signed(act)?;
    Ok(newest()?.0)
}

/// What is newer than what is known.
pub(crate) fn newer(act: &Act<'_>, known: &DocumentsRequest) -> Result<DocumentsResponse, Error> {
    let trust_version = trust_version(act)?;
    let policy_version = policy(act)?.version;
    let raw = |sql, version: u32, known| -> Result<Option<Bytes>, Error> {
        if version <= known {
            return Ok(None);
        }
        let raw = act.db.prepare_cached(sql)?.query_row([version], |row| row.get(0))?;
        Ok(Some(Bytes(raw)))
    };
    let trust = raw("SELECT raw FROM trust WHERE version = ?", trust_version, known.trust_version)?;
    let policy =
        raw("SELECT raw FROM policy WHERE version = ?", policy_version, known.policy_version)?;
    Ok(DocumentsResponse { time: act.now, trust, policy })
}
