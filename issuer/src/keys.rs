//! The issuer's signing keys: made, published, used, rotated, recalled.
//!
//! A key is in the trust bundle from the moment it is made, and signs only [`LEAD`] later, when stations have had
//! time to hear of it; except where there would be no key at all. Its id goes to no other key while it is
//! accepted anywhere.

use rusqlite::{OptionalExtension as _, Row};
use suima_code::{KeyId, Purposes, TrustedKey, UnixTime};
use suima_signing::IssuerKey;
use zeroize::Zeroizing;

use crate::act::{Act, optional_time, time};
use crate::{Error, Issuer, documents};

const DAY: i64 = 86_400;

/// How long a key is published before it signs, in seconds.
const LEAD: i64 = 2 * DAY;

/// How long a key signs, in seconds.
const SIGNS: i64 = 365 * DAY;

/// A key is replaced this long before it stops signing, in seconds.
const REPLACED_BEFORE: i64 = 30 * DAY;

/// How long what a key signed last may still be shown, in seconds.
fn shown_after(purposes: Purposes) -> i64 {
    // A paper code counts 180 days, a successor made ahead somewhat more than 30; policies stay in force until
    // there is a newer one.
    let long = Purposes::STATIC.and(Purposes::POLICY).bits();
    if purposes.bits() & long == 0 { 30 * DAY } else { 365 * DAY }
}

/// The purposes that have a key each.
pub(crate) const SEPARATE: [Purposes; 4] =
    [Purposes::STATIC, Purposes::CREDENTIAL, Purposes::LISTS, Purposes::POLICY];

/// A key and what it is allowed, for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyStatus {
    /// As it stands in the trust bundle.
    pub trusted: TrustedKey,
    /// When it begins to sign.
    pub sign_from: UnixTime,
    /// Whether it is the one that signs now: the newest whose time has come or, where there is none, the first that will
    /// come.
    pub signs: bool,
}

/// A key that may sign now.
pub(crate) struct Signer {
    /// Its row.
    pub id: i64,
    pub key: IssuerKey,
}

impl Issuer {
    /// All keys that are accepted anywhere, by ascending id.
    pub fn keys(&self) -> Result<Vec<KeyStatus>, Error> {
        self.0.look(published)
    }

    /// Makes a new key for `purposes` and publishes it. It takes over from the present one after two days, so
    /// that stations hear of it first.
    pub fn rotate_key(&self, purposes: Purposes) -> Result<KeyId, Error> {
        self.0.act(|act| {
            let kid = make(act, purposes, act.now.plus(LEAD))?;
            documents::sign_trust(act)?;
            Ok(kid)
        })
    }

    /// Recalls a key: nothing that it signed is accepted any more by whoever has the new trust bundle. If that
    /// leaves a purpose without a key, one is made that signs at once.
    pub fn recall_key(&self, kid: KeyId) -> Result<(), Error> {
        self.0.act(|act| {
            let changed = act.db.execute(
                "UPDATE signing_key SET recalled = ?
                 WHERE kid = ? AND accept_until >= ? AND recalled IS NULL",
                (act.now.get(), kid.0, act.now.get()),
            )?;
            if changed == 0 {
                return Err(Error::NoSuchKey(kid));
            }
            for purposes in SEPARATE {
                if current(act, purposes)?.is_none() {
                    make(act, purposes, act.now)?;
                }
            }
            documents::sign_trust(act)?;
            documents::keep_policy_signed(act)
        })
    }
}

/// Makes a key that signs from `sign_from` on. The trust bundle is signed anew by the caller.
pub(crate) fn make(act: &Act<'_>, purposes: Purposes, sign_from: UnixTime) -> Result<KeyId, Error> {
    let kid = free_id(act)?;
    let sign_until = sign_from.plus(SIGNS);
    act.db.execute(
        "INSERT INTO signing_key (kid, purposes, seed, sign_from, sign_until, accept_until)
         VALUES (?, ?, ?, ?, ?, ?)",
        (
            kid.0,
            purposes.bits(),
            &act.seed()?[..],
            sign_from.get(),
            sign_until.get(),
            sign_until.plus(shown_after(purposes)).get(),
        ),
    )?;
    Ok(kid)
}

/// The id after the one given last, past those that are still accepted somewhere. Never 0.
fn free_id(act: &Act<'_>) -> Result<KeyId, Error> {
    let last: Option<u8> = act
        .db
        .query_row("SELECT kid FROM signing_key ORDER BY id DESC LIMIT 1", [], |row| row.get(0))
        .optional()?;
    let mut accepted =
        act.db.prepare_cached("SELECT kid FROM signing_key WHERE accept_until >= ?")?;
    let accepted: Vec<u8> =
        accepted.query_map([act.now.get()], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let last = last.unwrap_or(0);
    (last..=u8::MAX)
        .skip(1)
        .chain(1..=last)
        .find(|kid| !accepted.contains(kid))
        .map(KeyId)
        .ok_or(Error::KeyIdsUsedUp)
}

/// The key that signs for `purposes` now.
pub(crate) fn signer(act: &Act<'_>, purposes: Purposes) -> Result<Signer, Error> {
    current(act, purposes)?.ok_or(Error::NoKey { purposes: purposes.bits() })
}

fn current(act: &Act<'_>, purposes: Purposes) -> Result<Option<Signer>, Error> {
    // The newest whose time has come; failing that, the first that will come: it is published already.
    let row = act
        .db
        .prepare_cached(
            "SELECT id, kid, seed FROM signing_key
             WHERE purposes & ?1 = ?1 AND recalled IS NULL AND sign_until > ?2
             ORDER BY sign_from > ?2, iif(sign_from > ?2, sign_from, -sign_from), id DESC LIMIT 1",
        )?
        .query_row((purposes.bits(), act.now.get()), |row| {
            let seed = Zeroizing::new(row.get::<_, [u8; 32]>("seed")?);
            let key = IssuerKey::from_seed(KeyId(row.get("kid")?), &seed);
            Ok(Signer { id: row.get("id")?, key })
        })
        .optional()?;
    Ok(row)
}

/// Makes the keys that will be needed soon; whether any was made.
pub(crate) fn replace_ageing(act: &Act<'_>) -> Result<bool, Error> {
    let mut made = false;
    for purposes in SEPARATE {
        let lasts: bool = act
            .db
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM signing_key
                 WHERE purposes & ?1 = ?1 AND recalled IS NULL AND sign_until > ?2)",
            )?
            .query_row((purposes.bits(), act.now.plus(REPLACED_BEFORE).get()), |row| row.get(0))?;
        if !lasts {
            make(act, purposes, act.now.plus(LEAD))?;
            made = true;
        }
    }
    Ok(made)
}

/// The keys for the trust bundle, by ascending id.
pub(crate) fn published(act: &Act<'_>) -> Result<Vec<KeyStatus>, Error> {
    let mut signing = Vec::new();
    for purposes in SEPARATE {
        signing.extend(current(act, purposes)?.map(|signer| signer.id));
    }
    let mut statement =
        act.db.prepare_cached("SELECT * FROM signing_key WHERE accept_until >= ? ORDER BY kid")?;
    let mut rows = statement.query([act.now.get()])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        keys.push(status(row, &signing)?);
    }
    Ok(keys)
}

/// What stands in a row; `signing` are the rows of the keys that sign now.
fn status(row: &Row<'_>, signing: &[i64]) -> Result<KeyStatus, Error> {
    let kid = KeyId(row.get("kid")?);
    let seed = Zeroizing::new(row.get::<_, [u8; 32]>("seed")?);
    let trusted = TrustedKey {
        kid,
        purposes: Purposes::from_bits(row.get("purposes")?).ok_or(Error::Corrupt("purpose"))?,
        sign_until: time(row, "sign_until")?,
        accept_until: time(row, "accept_until")?,
        recalled: optional_time(row, "recalled")?,
        key: IssuerKey::from_seed(kid, &seed).public(),
    };
    let signs = signing.contains(&row.get("id")?);
    Ok(KeyStatus { trusted, sign_from: time(row, "sign_from")?, signs })
}
