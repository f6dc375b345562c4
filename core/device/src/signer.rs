//! P-256 keys that live in the platform's hardware.

/// The platform's signing hardware: the Secure Enclave, `StrongBox`, a trusted execution environment.
///
/// Where a wallet is given one, the key of the phone and that of each holding are made in it and never leave it
/// (ESP256); where not, keys are Ed25519 in software, sealed in the store. The core asks when it enrols or takes up a
/// holding, for every signed request and for every live code that is drawn; never under a lock or in a
/// transaction, so an implementation may take the tens of milliseconds that such hardware takes.
///
/// To implementers:
///
/// * One key for one purpose: NIST P-256, signing only, with SHA-256, not to be taken out. Ask for no user presence:
///   a live code is drawn every few seconds. On iOS `…AfterFirstUnlockThisDeviceOnly`.
/// * May be called from several threads at once.
/// * Where the hardware has no room for another key, or none such, [`Signer::create`] may make it in the next best
///   place; a wallet that should have software keys is given no signer at all.
/// * Keys may survive the app, or the store that names them: remove all of an app on its first start after an
///   installation, and when a wallet says that it was wiped when it was opened, before it enrols. The core
///   removes those that it still knows.
/// * Tell the two errors apart with care: `Gone` destroys a wallet's cache and ends in enrolling again. When in doubt,
///   answer `Unavailable`.
pub trait Signer: Send + Sync {
    /// Makes a new key. Never answers [`SignerError::Gone`]: where it does, that is taken for unavailable.
    fn create(&self) -> Result<SignerKey, SignerError>;

    /// Signs `message`, hashed with SHA-256, with the key of `handle`: ECDSA as DER (X9.62, what both platforms give)
    /// or as the 64 bytes of `r‖s`. High `s` is taken too; the core makes it low.
    fn sign(&self, handle: &[u8], message: &[u8]) -> Result<Vec<u8>, SignerError>;

    /// Destroys the key of `handle`. One that is not there is a success.
    fn remove(&self, handle: &[u8]) -> Result<(), SignerError>;
}

/// A key that was just made.
#[derive(Clone, PartialEq, Eq)]
pub struct SignerKey {
    /// By what the implementation finds it again, in later runs of the program too: an alias, or a blob that only this
    /// hardware can read. The core keeps it sealed.
    pub handle: Vec<u8>,
    /// Its public half: a point of SEC 1 (65 bytes uncompressed, 33 compressed), or a `SubjectPublicKeyInfo` in DER.
    pub public_key: Vec<u8>,
}

/// Why the signer did not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignerError {
    /// Not now: the device was not unlocked since it started, or the hardware is busy. Nothing is wiped; the core
    /// tries again when it is asked again.
    #[error("the signer is unavailable: {reason}")]
    Unavailable {
        /// What the platform said, for the log. No personal data.
        reason: String,
    },
    /// Never again: the key no longer exists, as after a restored backup or an invalidated key.
    #[error("the signer's key is gone for good")]
    Gone,
}
