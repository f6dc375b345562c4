//! The side that verifies: the issuer.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sfv::{Dictionary, ListEntry, Parser};
use suima_code::{PublicKey, UnixTime};

use super::base::{self, Components, LABEL};

/// The longest value of any of the fields that is looked at, in bytes.
const MAX_FIELD: usize = 512;

/// Why a request's signature is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// A field is missing.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A field is there more than once.
    #[error("{0} is there more than once")]
    Repeated(&'static str),
    /// A field is too long, not well-formed, or not in the one form of the profile.
    #[error("{0} is not as the profile has it")]
    OutsideProfile(&'static str),
    /// The body is not the one that was signed.
    #[error("the body does not match content-digest")]
    OtherBody,
    /// The signature is not this key's over this request.
    #[error("the signature does not fit")]
    DoesNotFit,
}

/// What the fields of a request say about its signature. Nothing of it is proved before [`Presented::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// When the request was signed, by the sender's clock.
    pub created: UnixTime,
    /// Drawn for this one sending.
    pub nonce: [u8; 16],
    /// The name of the key: at most 64 printable ASCII characters.
    pub keyid: String,
    /// What names the wish behind the request: 32 lower-case hexadecimal digits.
    pub idempotency_key: String,
    signature: [u8; 64],
    content_digest: [u8; 32],
}

/// The other parts of a request, as they were received.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// The method.
    pub method: &'a str,
    /// Whom the sender meant: `Host`, or `:authority`.
    pub authority: &'a str,
    /// The path, not decoded.
    pub path: &'a str,
    /// The query without its question mark, not decoded.
    pub query: Option<&'a str>,
    /// The whole body.
    pub body: &'a [u8],
}

/// Reads the fields of a request, all of which may be given: names in lower case, values as received.
pub fn read<'a>(
    fields: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<Presented, SignatureError> {
    const NAMES: [&str; 4] = ["signature-input", "signature", "content-digest", "idempotency-key"];
    let mut values = [None; 4];
    for (name, value) in fields {
        let Some(index) = NAMES.iter().position(|wanted| *wanted == name) else { continue };
        let outside = SignatureError::OutsideProfile(NAMES[index]);
        if value.len() > MAX_FIELD {
            return Err(outside);
        }
        let value = std::str::from_utf8(value).map_err(|_| outside)?;
        if values[index].replace(value).is_some() {
            return Err(SignatureError::Repeated(NAMES[index]));
        }
    }
    let value = |index: usize| values[index].ok_or(SignatureError::Missing(NAMES[index]));
    let (input, signature, digest, key) = (value(0)?, value(1)?, value(2)?, value(3)?);

    let (created, nonce, keyid) =
        read_input(input).ok_or(SignatureError::OutsideProfile("signature-input"))?;
    let signature = read_signature(signature).ok_or(SignatureError::OutsideProfile("signature"))?;
    let idempotency_key =
        read_idempotency_key(key).ok_or(SignatureError::OutsideProfile("idempotency-key"))?;
    let content_digest = base::read_content_digest(digest)
        .ok_or(SignatureError::OutsideProfile("content-digest"))?;
    Ok(Presented { created, nonce, keyid, idempotency_key, signature, content_digest })
}

/// Reads a structured field (RFC 9651) and then takes nothing but the profile's own spelling of what it says.
fn read_input(field: &str) -> Option<(UnixTime, [u8; 16], String)> {
    let members: Dictionary = Parser::new(field).parse().ok()?;
    let Some(ListEntry::InnerList(list)) = members.get(LABEL) else { return None };
    let parameter = |name: &str| list.params.get(name);
    let created = i64::from(parameter("created")?.as_integer()?);
    let created = UnixTime::new(u32::try_from(created).ok()?);
    let nonce = BASE64.decode(parameter("nonce")?.as_string()?.as_str()).ok()?.try_into().ok()?;
    let keyid = parameter("keyid")?.as_string()?.as_str().to_owned();
    let spelling = base::parameters(created, &nonce, &keyid).ok()?;
    (field.strip_prefix(LABEL)?.strip_prefix('=')? == spelling).then_some((created, nonce, keyid))
}

fn read_signature(field: &str) -> Option<[u8; 64]> {
    let text = field.strip_prefix(LABEL)?.strip_prefix("=:")?.strip_suffix(':')?;
    BASE64.decode(text).ok()?.try_into().ok()
}

fn read_idempotency_key(field: &str) -> Option<String> {
    let key = field.strip_prefix('"')?.strip_suffix('"')?;
    base::idempotency_key(key).ok().map(|_| key.to_owned())
}

impl Presented {
    /// Whether `key` signed this request, and nothing of it has changed since. That `key` is the one that
    /// [`Presented::keyid`] names is for the caller to know.
    pub fn verify(&self, key: &PublicKey, received: &Received<'_>) -> Result<(), SignatureError> {
        let digest = base::digest(received.body);
        if digest != self.content_digest {
            return Err(SignatureError::OtherBody);
        }
        let parameters = base::parameters(self.created, &self.nonce, &self.keyid)
            .map_err(|_| SignatureError::OutsideProfile("signature-input"))?;
        let idempotency_key = base::idempotency_key(&self.idempotency_key)
            .map_err(|_| SignatureError::OutsideProfile("idempotency-key"))?;
        let components = Components {
            method: received.method,
            authority: received.authority,
            path: received.path,
            query: received.query,
            content_digest: &base::content_digest(&digest),
            idempotency_key: &idempotency_key,
        };
        let base = components.base(&parameters).map_err(|_| SignatureError::DoesNotFit)?;
        if key.verifies(base.as_bytes(), &self.signature) {
            Ok(())
        } else {
            Err(SignatureError::DoesNotFit)
        }
    }
}
