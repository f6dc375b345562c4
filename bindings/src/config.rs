//! What a wallet or a station is opened with.

use suima_client::http::Endpoint;

use crate::verifier::Roots;

/// What a wallet or a station is opened with.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Config {
    /// The database file. Its folder belongs to the app alone, and is not in backups.
    pub path: String,
    /// The issuer's address: `https://…`.
    pub issuer_url: String,
    /// Certificates (DER) trusted beside the public ones.
    pub pinned_certificates: Vec<Vec<u8>>,
    /// The root keys that the app pins.
    pub roots: Roots,
}

impl Config {
    pub(crate) fn endpoint(&self) -> Endpoint {
        Endpoint {
            url: self.issuer_url.clone(),
            pinned_certificates: self.pinned_certificates.clone(),
        }
    }
}
