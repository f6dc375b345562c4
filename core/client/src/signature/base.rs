//! The signature base of the profile, and the fields that go with it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sfv::{DictSerializer, KeyRef, StringRef, integer, key_ref, string_ref};
use sha2::{Digest as _, Sha256};
use suima_code::UnixTime;

/// The label of the one signature of a request.
pub const LABEL: &str = "sig1";

/// The `tag` parameter (RFC 9421 section 2.3): says that a signature was made for this profile.
pub const TAG: &str = "suima";

/// What is signed, in this order (RFC 9421 section 2).
const COVERED: [&StringRef; 6] = [
    string_ref("@method"),
    string_ref("@authority"),
    string_ref("@path"),
    string_ref("@query"),
    string_ref("content-digest"),
    string_ref("idempotency-key"),
];

/// The longest `keyid`, in bytes.
pub(super) const MAX_KEYID: usize = 64;

/// A part of a request that this profile cannot cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is empty, too long, or holds characters that cannot be signed")]
pub struct InvalidComponent(
    /// Its name.
    pub &'static str,
);

/// The parts of a request from which the signature base is made.
pub(super) struct Components<'a> {
    pub method: &'a str,
    pub authority: &'a str,
    pub path: &'a str,
    pub query: Option<&'a str>,
    pub content_digest: &'a str,
    pub idempotency_key: &'a str,
}

impl Components<'_> {
    /// The signature base (RFC 9421 section 2.5), whose last line is `parameters`.
    pub fn base(&self, parameters: &str) -> Result<String, InvalidComponent> {
        let query = self.query.unwrap_or_default();
        // A line break in any of them would let one request's base be read as another's.
        for (name, value, may_be_empty) in [
            ("@method", self.method, false),
            ("@authority", self.authority, false),
            ("@path", self.path, false),
            ("@query", query, true),
        ] {
            let sound = value.bytes().all(|byte| byte.is_ascii_graphic());
            if !sound || (value.is_empty() && !may_be_empty) || value.len() > 1024 {
                return Err(InvalidComponent(name));
            }
        }
        let [method, authority, path, query_name, digest, key] = COVERED.map(StringRef::as_str);
        Ok(format!(
            "\"{method}\": {}\n\
             \"{authority}\": {}\n\
             \"{path}\": {}\n\
             \"{query_name}\": ?{query}\n\
             \"{digest}\": {}\n\
             \"{key}\": {}\n\
             \"@signature-params\": {parameters}",
            self.method,
            self.authority.to_ascii_lowercase(),
            self.path,
            self.content_digest,
            self.idempotency_key,
        ))
    }
}

/// The value of `@signature-params`: the covered components and the parameters (RFC 9421 section 2.3).
pub(super) fn parameters(
    created: UnixTime,
    nonce: &[u8; 16],
    keyid: &str,
) -> Result<String, InvalidComponent> {
    let keyid = Some(keyid)
        .filter(|keyid| (1..=MAX_KEYID).contains(&keyid.len()))
        .and_then(|keyid| StringRef::from_str(keyid).ok())
        .ok_or(InvalidComponent("keyid"))?;
    let nonce = BASE64.encode(nonce);
    let nonce = StringRef::from_str(&nonce).expect("Base64 is ASCII");
    let mut field = DictSerializer::new();
    let mut components = field.inner_list(KeyRef::from_str(LABEL).expect("a lower-case word"));
    for name in COVERED {
        components.bare_item(name);
    }
    components
        .finish()
        .parameter(key_ref("created"), integer(i64::from(created.get())))
        .parameter(key_ref("nonce"), nonce)
        .parameter(key_ref("keyid"), keyid)
        .parameter(key_ref("tag"), string_ref(TAG));
    let field = field.finish().expect("one member was written");
    Ok(field[LABEL.len() + 1..].to_owned())
}

/// The SHA-256 of a body.
pub(super) fn digest(body: &[u8]) -> [u8; 32] {
    Sha256::digest(body).into()
}

/// The `Content-Digest` field for a digest (RFC 9530): SHA-256 alone.
pub(super) fn content_digest(digest: &[u8; 32]) -> String {
    format!("sha-256=:{}:", BASE64.encode(digest))
}

/// The digest of a `Content-Digest` field, if that is spelled as [`content_digest`] does.
pub(super) fn read_content_digest(field: &str) -> Option<[u8; 32]> {
    let text = field.strip_prefix("sha-256=:")?.strip_suffix(':')?;
    BASE64.decode(text).ok()?.try_into().ok()
}

/// The `Idempotency-Key` field for a key: a structured string. The key is 32 lower-case hexadecimal digits.
pub(super) fn idempotency_key(key: &str) -> Result<String, InvalidComponent> {
    let sound =
        key.len() == 32 && key.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if sound { Ok(format!("\"{key}\"")) } else { Err(InvalidComponent("idempotency-key")) }
}
