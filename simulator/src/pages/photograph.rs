//! What is in a picture that somebody sends.

use suima_code::qr::{PictureError, read_picture};

use crate::words::{Sentence, said};

/// The text of the code in it. Unpacking a large one takes its time: nobody else waits for that.
pub(super) async fn read(
    picture: impl AsRef<[u8]> + Send + 'static,
) -> Result<String, PictureError> {
    let read = tokio::task::spawn_blocking(move || read_picture(picture.as_ref())).await;
    read.unwrap_or(Err(PictureError::NotAPicture))
}

/// Why nothing came out of a picture.
pub(super) fn unread(error: &PictureError) -> (&'static str, Sentence) {
    match error {
        PictureError::NotAPicture => (
            "not-a-picture",
            said(
                "这不是能读的图片。请选择PNG或JPEG图片。",
                "This is no picture that can be read. Choose a PNG or a JPEG.",
            ),
        ),
        PictureError::NoCode => (
            "no-code",
            said(
                "图片里没有找到二维码。请换一张更清楚的图片。",
                "No QR code was found in the picture. Take a clearer one.",
            ),
        ),
    }
}
