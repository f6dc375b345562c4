//! Reading a code from a picture.

/// Why no code came out of a picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// Not a PNG or JPEG picture, or one of more than 8192 pixels on a side.
    #[error("not a picture that can be read here")]
    NotAPicture,
    /// No QR code was found in it.
    #[error("no QR code was found in the picture")]
    NoCode,
}

/// Pixels on a side beyond which a picture is not unpacked.
const MAX_SIDE: u32 = 8192;

/// The text of the first QR code found in a PNG or JPEG picture.
pub fn read_picture(bytes: &[u8]) -> Result<String, PictureError> {
    let mut reader = image::ImageReader::new(std::io::Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| PictureError::NotAPicture)?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    reader.limits(limits);
    let picture = reader.decode().map_err(|_| PictureError::NotAPicture)?.into_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        picture.as_raw()[y * width + x]
    });
    prepared
        .detect_grids()
        .iter()
        .find_map(|grid| grid.decode().ok())
        .map(|(_, text)| text)
        .ok_or(PictureError::NoCode)
}
