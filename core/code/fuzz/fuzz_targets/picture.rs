//! A picture from an album: as a file, and as pixels in a file that is sound.

#![no_main]

use libfuzzer_sys::fuzz_target;
use suima_code::qr::{Drawing, Medium, read_picture};

fuzz_target!(|data: &[u8]| {
    let _ = read_picture(data);
    // A code with some of its modules overdrawn, so that the reader of QR codes gets something to read.
    let Some((&size, spots)) = data.split_first() else { return };
    let text = "0".repeat(usize::from(size));
    let drawing = Drawing::new(&text, Medium::Screen).expect("digits");
    let side = drawing.width() + 8;
    let mut pixels = vec![255_u8; side * side * 4];
    for (at, &dark) in drawing.modules().iter().enumerate() {
        let spoilt = spots
            .chunks_exact(2)
            .any(|spot| usize::from(u16::from_be_bytes([spot[0], spot[1]])) == at);
        if dark != spoilt {
            let (x, y) = (at % drawing.width() + 4, at / drawing.width() + 4);
            for (dx, dy) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                pixels[(2 * y + dy) * 2 * side + 2 * x + dx] = 0;
            }
        }
    }
    let _ = read_picture(&picture(2 * side, &pixels));
});

fn picture(side: usize, pixels: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let side = u32::try_from(side).expect("at most 185 modules of two pixels");
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::NoCompression);
    let mut writer = encoder.write_header().expect("in memory");
    writer.write_image_data(pixels).expect("in memory");
    writer.finish().expect("in memory");
    file
}
