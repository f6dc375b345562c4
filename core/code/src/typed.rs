//! What keyboards, readers and input methods make of plain characters.

/// Blanks of every width, and the byte order mark that some programs put before a file's first character.
pub fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}' | '\u{feff}')
}

/// What the key was that an input method made `character` of: full-width and Chinese forms mean the plain ones.
pub fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).expect("full-width forms mirror ASCII")
        }
        '\u{3000}' => ' ',
        '\u{3002}' => '.',
        '\u{3001}' => '/',
        '\u{a5}' | '\u{ffe5}' => '$',
        '\u{d7}' => '*',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_input_method_made_of_a_code_is_undone() {
        let typed = "SM1：ＡＢ＄￥。、×　";
        assert_eq!(typed.chars().map(half_width).collect::<String>(), "SM1:AB$$./* ");
    }
}
