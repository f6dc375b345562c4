//! Activation codes as people type them.

/// An activation code without what does not matter in it: case, hyphens, blanks, and the letters that are read as
/// digits (`O` is 0, `I` and `L` are 1, as in Crockford's Base32).
///
/// The issuer takes two codes that are the same by this for one code. So must whoever asks whether an enrolment that
/// was begun is to be finished: a code is good for one key only, and with a new key it would be lost.
pub fn normal_activation_code(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| *c != '-' && !c.is_whitespace())
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}
