//! The code format of Suima: parse, verify and draw codes, as pure functions.
//!
//! Nothing here does I/O, reads a clock or draws a random number: bytes and a time go in, an answer comes
//! out. `docs/format.md` specifies every byte; the one entry point most callers need is [`verify()`].
//!
//! ```text
//! text + trust + policy + revocations + now  ->  Verdict
//! ```

mod base45;
mod calendar;
mod cbor;
mod cose;
mod credential;
mod head;
mod id_number;
mod key;
mod live;
mod name;
mod policy;
#[cfg(any(feature = "draw", feature = "read"))]
pub mod qr;
mod reason;
mod revocations;
mod rice;
mod static_code;
mod text;
mod time;
mod trust;
mod typed;
mod verify;

pub use calendar::{Day, end_of_last_day};
pub use cose::{Purpose, Unsigned};
pub use credential::{Colour, Credential, HoldingNumber};
pub use head::{Head, Nonce, Sequences};
pub use id_number::{IdNumber, IdNumberError};
pub use key::{Algorithm, KeyError, PublicKey};
pub use live::{LiveDraft, credential_of};
pub use name::MaskedName;
pub use policy::{Acceptance, Limits, Place, Policy, Presented};
pub use reason::Reason;
pub use revocations::{Applied, Cause, Line, LineKind, LineNumber, RevocationList, Revocations};
pub use static_code::{Slot, StaticCode, StaticKind};
pub use text::{MAX_TEXT, PREFIX, is_cut_short};
pub use time::UnixTime;
pub use trust::{KeyId, Purposes, Root, Roots, Trust, TrustedKey};
pub use typed::{half_width, is_blank};
pub use verify::{Cautions, Genuine, Knowledge, Outcome, Proof, Verdict, read, verify};
