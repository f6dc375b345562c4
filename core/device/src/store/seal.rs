//! Sealing of single values.

use std::{
    fmt,
    io::{self, Write},
    sync::Arc,
};

use chacha20poly1305::{AeadInOut, Key, KeyInit, Tag, XChaCha20Poly1305, XNonce};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use crate::ports::{Random, RandomError};

const NONCE: usize = 24;
const TAG: usize = 16;

/// Seals the values of one store with XChaCha20-Poly1305.
///
/// A sealed value is a random 24-byte nonce, the ciphertext and a 16-byte tag. It is bound to the place it
/// was sealed for, a context (the table and column) and a key (of the row): moved elsewhere it does not
/// open. Putting an *older* value back in the same place is not noticed.
pub struct Sealer {
    cipher: XChaCha20Poly1305,
    random: Arc<dyn Random>,
}

impl Sealer {
    /// A sealer with a key of its own.
    pub fn new(key: &[u8; 32], random: Arc<dyn Random>) -> Self {
        let key: &Key = key.into();
        Self { cipher: XChaCha20Poly1305::new(key), random }
    }

    /// Seals `plaintext` for the row `key` of `context`. Fails only for want of randomness.
    pub fn seal(
        &self,
        context: &str,
        key: &[u8],
        plaintext: &[u8],
    ) -> Result<Vec<u8>, RandomError> {
        let mut nonce = XNonce::default();
        self.random.fill(&mut nonce)?;
        let mut sealed = Vec::with_capacity(NONCE + plaintext.len() + TAG);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plaintext);
        let tag = self
            .cipher
            .encrypt_inout_detached(&nonce, &place(context, key), (&mut sealed[NONCE..]).into())
            .expect("a value in memory is far below the cipher's 256 GiB");
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    /// Opens what was sealed for the row `key` of `context`.
    pub fn open(
        &self,
        context: &str,
        key: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (nonce, rest) = sealed.split_at_checked(NONCE).ok_or(SealError::Refused)?;
        let body = rest.len().checked_sub(TAG).ok_or(SealError::Refused)?;
        let (ciphertext, tag) = rest.split_at(body);
        let nonce = XNonce::try_from(nonce).expect("split at the length of a nonce");
        let tag = Tag::try_from(tag).expect("split at the length of a tag");
        let mut plaintext = Zeroizing::new(ciphertext.to_vec());
        self.cipher
            .decrypt_inout_detached(
                &nonce,
                &place(context, key),
                plaintext.as_mut_slice().into(),
                &tag,
            )
            .map_err(|_| SealError::Refused)?;
        Ok(plaintext)
    }

    /// Seals `value` as JSON. The JSON is wiped from memory.
    pub fn seal_json<T: Serialize + ?Sized>(
        &self,
        context: &str,
        key: &[u8],
        value: &T,
    ) -> Result<Vec<u8>, SealError> {
        let mut json = Scratch::default();
        serde_json::to_writer(&mut json, value).map_err(|_| SealError::Shape)?;
        Ok(self.seal(context, key, &json.0)?)
    }

    /// Opens what [`Sealer::seal_json`] sealed.
    pub fn open_json<T: DeserializeOwned>(
        &self,
        context: &str,
        key: &[u8],
        sealed: &[u8],
    ) -> Result<T, SealError> {
        let json = self.open(context, key, sealed)?;
        serde_json::from_slice(&json).map_err(|_| SealError::Shape)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer").finish_non_exhaustive()
    }
}

/// Why a value was not sealed or opened. Says nothing of the value: a parser's own message would quote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Sealed with another key, for another place, or altered.
    #[error("a sealed value does not open here")]
    Refused,
    /// The value opened, but is not what the program expects (or cannot be written as JSON).
    #[error("a value has another shape than expected")]
    Shape,
    /// No randomness for a nonce.
    #[error(transparent)]
    Random(#[from] RandomError),
}

/// The associated data. The context's length goes first, so that no two places read alike.
fn place(context: &str, key: &[u8]) -> Vec<u8> {
    let length = u32::try_from(context.len()).expect("a context is a short constant");
    let mut place = Vec::with_capacity(4 + context.len() + key.len());
    place.extend_from_slice(&length.to_be_bytes());
    place.extend_from_slice(context.as_bytes());
    place.extend_from_slice(key);
    place
}

/// A buffer that leaves no copy of its content behind when it grows, as a plain `Vec` does.
#[derive(Default)]
struct Scratch(Zeroizing<Vec<u8>>);

impl Write for Scratch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let needed = self.0.len() + bytes.len();
        if needed > self.0.capacity() {
            let mut grown = Zeroizing::new(Vec::with_capacity(needed.next_power_of_two().max(512)));
            grown.extend_from_slice(&self.0);
            self.0 = grown;
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
