//! QR codes: drawn for screens and paper, and read back from pictures.

#[cfg(feature = "draw")]
mod draw;
#[cfg(feature = "read")]
mod read;

#[cfg(feature = "draw")]
pub use draw::{Drawing, Medium, QrError};
#[cfg(feature = "read")]
pub use read::{PictureError, read_picture};
