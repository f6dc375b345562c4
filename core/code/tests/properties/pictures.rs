//! Sizes, and pictures that are read back (`docs/format.md` section 2).

use proptest::prelude::*;
use qrcode::bits::Bits;
use qrcode::{EcLevel, Version};
use suima_code::qr::{Drawing, Medium, PictureError, read_picture};
use suima_code::{
    Algorithm, Colour, Credential, HoldingNumber, MaskedName, Slot, StaticCode, StaticKind,
};

use super::made::{
    Device, NOW, cases, credential, current_text, issuer, live_text, name, static_code,
};

const ORDINARY: &str = "王*明";
const LONGEST: &str = "𠅤* 𠅤* 𠅤* 𠅤*";

fn masked(name: &str) -> MaskedName {
    MaskedName::new(name).expect("a masked name")
}

/// The nucleic-acid code with everything else as long as it gets.
fn nucleic_acid(name: &str, ahead: bool) -> String {
    issuer().static_code(&StaticCode {
        kind: StaticKind::NucleicAcid,
        slot: Slot(u32::MAX),
        name: masked(name),
        birth_year: 1988,
        iat: NOW,
        nbf: ahead.then(|| NOW.plus(1)),
        exp: NOW.plus(2),
    })
}

fn live(name: &str, algorithm: Algorithm) -> String {
    let device = Device::fixed(algorithm);
    let credential = Credential {
        relative: false,
        slot: Slot(u32::MAX),
        holding: HoldingNumber(u32::MAX),
        name: masked(name),
        colour: Colour::Green,
        key: device.public(),
        iat: NOW,
        exp: NOW.plus(1),
    };
    live_text(&credential, &device, NOW)
}

fn version(text: &str) -> u8 {
    Drawing::new(text, Medium::Screen).expect("a code's text").version()
}

#[test]
fn codes_are_as_long_as_the_specification_says() {
    for (what, text, bytes, characters, at_m) in [
        ("nucleic-acid", nucleic_acid(ORDINARY, false), 113, 174, 7),
        ("with nbf", nucleic_acid(ORDINARY, true), 119, 183, 8),
        ("with nbf, longest name", nucleic_acid(LONGEST, true), 135, 207, 8),
        ("live, Ed25519", live(ORDINARY, Algorithm::Ed25519), 241, 366, 11),
        ("live, P-256", live(ORDINARY, Algorithm::Esp256), 243, 369, 12),
        ("live, P-256, longest name", live(LONGEST, Algorithm::Esp256), 259, 393, 12),
    ] {
        assert_eq!(text.len(), characters, "{what}");
        let body = characters - "SM1:".len();
        assert_eq!(body / 3 * 2 + usize::from(body % 3 == 2), bytes, "{what}");
        assert_eq!(version(&text), at_m, "{what}");
    }
}

#[test]
fn a_live_code_on_p256_fits_version_10_at_level_l() {
    let text = live(ORDINARY, Algorithm::Esp256);
    let fits = |version| {
        let mut bits = Bits::new(Version::Normal(version));
        bits.push_alphanumeric_data(text.as_bytes()).is_ok()
            && bits.push_terminator(EcLevel::L).is_ok()
    };
    assert!(fits(10) && !fits(9));
}

/// The level that a picture says it has: the first two of its format bits, under the mask of ISO/IEC 18004, in row 8.
fn level(medium: Medium) -> (bool, bool) {
    let drawing = Drawing::new(&nucleic_acid(ORDINARY, false), medium).expect("a code's text");
    let row = &drawing.modules()[8 * drawing.width()..];
    (!row[0], row[1])
}

#[test]
fn paper_is_of_level_q_and_screens_are_of_level_m() {
    assert_eq!(level(Medium::Paper), (true, true), "Q");
    assert_eq!(level(Medium::Screen), (false, false), "M");
}

#[test]
fn what_is_no_picture_of_a_code_is_called_so() {
    assert!(matches!(read_picture(b"no picture"), Err(PictureError::NotAPicture)));
    let mut white = Vec::new();
    let mut encoder = png::Encoder::new(&mut white, 100, 100);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("in memory");
    writer.write_image_data(&[0xff; 100 * 100]).expect("in memory");
    writer.finish().expect("in memory");
    assert!(matches!(read_picture(&white), Err(PictureError::NoCode)));
}

#[test]
fn only_a_codes_characters_are_drawn() {
    for text in ["SM1:a", "随申码", "SM1:\n"] {
        assert!(Drawing::new(text, Medium::Screen).is_err(), "{text}");
    }
    assert!(Drawing::new(&"0".repeat(8000), Medium::Screen).is_err());
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn no_code_is_larger_than_promised(
        code in static_code(),
        (credential, device) in credential(),
        name in name(),
    ) {
        prop_assert!(version(&issuer().static_code(&code)) <= 8);
        prop_assert!(version(&live_text(&credential, &device, NOW)) <= 12);
        if name.as_str().len() <= 7 {
            let code = StaticCode { name, nbf: None, ..code };
            prop_assert!(version(&issuer().static_code(&code)) <= 7);
            if device.algorithm() == Algorithm::Ed25519 {
                let credential = Credential { name, ..credential };
                prop_assert!(version(&live_text(&credential, &device, NOW)) <= 11);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn a_drawn_picture_is_read_back(text in current_text(), scale in 2_u32..9, paper in any::<bool>()) {
        let medium = if paper { Medium::Paper } else { Medium::Screen };
        let drawing = Drawing::new(&text, medium).expect("a code's text");
        prop_assert_eq!(read_picture(&drawing.png(scale)).expect("a code is in it"), text);
    }

    #[test]
    fn modules_are_a_square_of_the_version(text in current_text()) {
        let drawing = Drawing::new(&text, Medium::Screen).expect("a code's text");
        prop_assert_eq!(drawing.width(), 17 + 4 * usize::from(drawing.version()));
        prop_assert_eq!(drawing.modules().len(), drawing.width() * drawing.width());
    }
}
