//! A keystore in software: a key in a file of its owner's.
//!
//! Honest about what it is: whoever reads the file opens what it sealed. It stands in for the hardware of a phone
//! where there is none, and is not for phones.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::PathBuf;

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use suima_device::{Keystore, KeystoreError};
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// Seals with XChaCha20-Poly1305 under 32 random bytes in a file that only its owner may read.
#[derive(Debug)]
pub struct FileKeystore {
    path: PathBuf,
}

impl FileKeystore {
    /// The keystore whose key lies at `path`. The file is made when something is first sealed.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// The key, made when there is none.
    fn key(&self) -> Result<Zeroizing<[u8; 32]>, KeystoreError> {
        match self.existing_key() {
            Err(KeystoreError::Gone) => {}
            other => return other,
        }
        let mut key = Zeroizing::new([0; 32]);
        getrandom::fill(key.as_mut()).map_err(|error| unavailable(&error))?;
        self.create(key.as_ref()).map_err(|error| unavailable(&error))?;
        Ok(key)
    }

    fn existing_key(&self) -> Result<Zeroizing<[u8; 32]>, KeystoreError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(KeystoreError::Gone);
            }
            Err(error) => return Err(unavailable(&error)),
        };
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return Err(KeystoreError::Gone);
        }
        key.copy_from_slice(&bytes);
        Ok(key)
    }

    /// Writes beside it and renames, so that there is never half a key.
    fn create(&self, key: &[u8]) -> io::Result<()> {
        let draft = self.path.with_extension("new");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&draft)?;
        file.write_all(key)?;
        file.sync_all()?;
        fs::rename(&draft, &self.path)
    }
}

impl Keystore for FileKeystore {
    fn seal(&self, key: &[u8; 32]) -> Result<Vec<u8>, KeystoreError> {
        let cipher = XChaCha20Poly1305::new((&*self.key()?).into());
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|error| unavailable(&error))?;
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), key.as_slice())
            .map_err(|error| unavailable(&error))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeystoreError> {
        let cipher = XChaCha20Poly1305::new((&*self.existing_key()?).into());
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(KeystoreError::Gone)?;
        let opened = cipher.decrypt(&XNonce::from(*nonce), sealed);
        let opened = Zeroizing::new(opened.map_err(|_| KeystoreError::Gone)?);
        let mut key = Zeroizing::new([0; 32]);
        if opened.len() != key.len() {
            return Err(KeystoreError::Gone);
        }
        key.copy_from_slice(&opened);
        Ok(key)
    }
}

fn unavailable(error: &impl ToString) -> KeystoreError {
    KeystoreError::Unavailable { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_again_and_only_with_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keystore");
        let sealed = FileKeystore::new(path.clone()).seal(&[7; 32]).unwrap();
        assert_eq!(*FileKeystore::new(path.clone()).open(&sealed).unwrap(), [7; 32]);

        let mut changed = sealed.clone();
        changed[30] ^= 1;
        assert_eq!(FileKeystore::new(path.clone()).open(&changed), Err(KeystoreError::Gone));

        fs::remove_file(&path).unwrap();
        assert_eq!(FileKeystore::new(path).open(&sealed), Err(KeystoreError::Gone));
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keystore");
        FileKeystore::new(path.clone()).seal(&[7; 32]).unwrap();
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
