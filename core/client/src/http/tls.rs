//! Whom the client trusts, and how it speaks TLS.

use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

use super::EndpointError;

/// TLS 1.2 and 1.3 on ring, trusting the built-in public roots and `pinned` (DER).
pub(super) fn config(pinned: &[Vec<u8>]) -> Result<ClientConfig, EndpointError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for (index, certificate) in pinned.iter().enumerate() {
        roots
            .add(CertificateDer::from_slice(certificate))
            .map_err(|_| EndpointError::Certificate(index))?;
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring has cipher suites for TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
