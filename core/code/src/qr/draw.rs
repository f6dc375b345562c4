//! Drawing: modules, SVG and PNG.

use qrcode::bits::Bits;
use qrcode::{EcLevel, QrCode, Version};

/// Where a code is shown, which decides its error correction (measured: screens blur, paper wears).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A screen: level M.
    Screen,
    /// Paper: level Q.
    Paper,
}

/// The text does not fit a QR code in alphanumeric mode, which every code of the format does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the text of a code")]
pub struct QrError;

/// Light modules around a code, on each side (ISO/IEC 18004 section 6.3.8).
const QUIET: usize = 4;

/// A QR code as modules, dark or light.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    version: u8,
    width: usize,
    dark: Vec<bool>,
}

impl Drawing {
    /// Draws `text` in alphanumeric mode, never in byte mode: six of nine readers got that wrong.
    pub fn new(text: &str, medium: Medium) -> Result<Self, QrError> {
        let level = match medium {
            Medium::Screen => EcLevel::M,
            Medium::Paper => EcLevel::Q,
        };
        let alphanumeric = |byte: u8| {
            byte.is_ascii_digit() || byte.is_ascii_uppercase() || b" $%*+-./:".contains(&byte)
        };
        if !text.bytes().all(alphanumeric) {
            return Err(QrError);
        }
        let (version, code) = (1..=40)
            .find_map(|version| {
                let mut bits = Bits::new(Version::Normal(version));
                bits.push_alphanumeric_data(text.as_bytes()).ok()?;
                bits.push_terminator(level).ok()?;
                QrCode::with_bits(bits, level).ok().map(|code| (version, code))
            })
            .ok_or(QrError)?;
        let dark = code.to_colors().into_iter().map(|c| c == qrcode::Color::Dark).collect();
        let version = u8::try_from(version).expect("at most 40");
        Ok(Self { version, width: code.width(), dark })
    }

    /// The QR version, 1 to 40.
    pub fn version(&self) -> u8 {
        self.version
    }

    /// Modules on each side, without the quiet zone.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The modules row by row, dark ones `true`, without the quiet zone.
    pub fn modules(&self) -> &[bool] {
        &self.dark
    }

    fn rows(&self) -> impl Iterator<Item = (usize, &[bool])> {
        self.dark.chunks(self.width).enumerate()
    }

    /// An SVG picture with its quiet zone, one unit to a module, to be scaled by whoever shows it.
    pub fn svg(&self) -> String {
        use std::fmt::Write as _;
        let side = self.width + 2 * QUIET;
        let mut path = String::new();
        for (y, row) in self.rows() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run[0] {
                    let (left, top, length) = (x + QUIET, y + QUIET, run.len());
                    write!(path, "M{left} {top}h{length}v1h-{length}z")
                        .expect("writing to a String does not fail");
                }
                x += run.len();
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
             <path d=\"{path}\"/></svg>"
        )
    }

    /// A PNG picture with its quiet zone, `scale` pixels to a module (1 to 64), one bit deep.
    pub fn png(&self, scale: u32) -> Vec<u8> {
        let scale = scale.clamp(1, 64) as usize;
        let side = (self.width + 2 * QUIET) * scale;
        let stride = side.div_ceil(8);
        let mut pixels = vec![0xff_u8; stride * side];
        for (y, row) in self.rows() {
            let line = &mut vec![0xff_u8; stride];
            for (x, _) in row.iter().enumerate().filter(|&(_, &dark)| dark) {
                let left = (x + QUIET) * scale;
                (left..left + scale).for_each(|x| line[x / 8] &= !(0x80 >> (x % 8)));
            }
            let top = (y + QUIET) * scale;
            (top..top + scale).for_each(|y| pixels[y * stride..][..stride].copy_from_slice(line));
        }
        let mut out = Vec::new();
        let side = u32::try_from(side).expect("at most 185 modules of 64 pixels");
        let mut encoder = png::Encoder::new(&mut out, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&pixels))
            .expect("writing to memory does not fail and the data has the size of the header");
        out
    }
}
