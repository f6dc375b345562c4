//! Comparing what came of a step with what is expected of it.

use serde_json::Value;

/// How `actual` differs from `expected`; empty where it does not.
///
/// An object expects what it names and no more, an array expects as many as it has, in order; `null` expects `null` or
/// nothing; `{"contains": …}` expects a text with these words, or all of these; anything else expects itself.
pub fn differences(expected: &Value, actual: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("", expected, actual, &mut found);
    found
}

fn compare(at: &str, expected: &Value, actual: &Value, found: &mut Vec<String>) {
    match expected {
        Value::Object(parts) => {
            if let (Some(words), 1) = (parts.get("contains"), parts.len()) {
                return contains(at, words, actual, found);
            }
            for (name, part) in parts {
                let inner = actual.get(name).unwrap_or(&Value::Null);
                compare(&format!("{at}/{name}"), part, inner, found);
            }
            if !actual.is_object() {
                found.push(format!("{at}: expected an object, got {actual}"));
            }
        }
        Value::Array(parts) => match actual.as_array() {
            Some(inner) if inner.len() == parts.len() => {
                for (index, (part, inner)) in parts.iter().zip(inner).enumerate() {
                    compare(&format!("{at}/{index}"), part, inner, found);
                }
            }
            _ => found.push(format!("{at}: expected {expected}, got {actual}")),
        },
        _ if expected == actual => {}
        _ => found.push(format!("{at}: expected {expected}, got {actual}")),
    }
}

fn contains(at: &str, words: &Value, actual: &Value, found: &mut Vec<String>) {
    let one = std::slice::from_ref(words);
    let words = words.as_array().map_or(one, Vec::as_slice);
    for word in words {
        let there = match (word.as_str(), actual.as_str()) {
            (Some(word), Some(text)) => text.contains(word),
            _ => false,
        };
        if !there {
            found.push(format!("{at}: expected a text with {word}, got {actual}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::differences;

    fn fits(expected: &Value, actual: &Value) -> bool {
        differences(expected, actual).is_empty()
    }

    #[test]
    fn an_object_expects_what_it_names() {
        let actual = json!({"verdict": "refused", "at": "noon", "more": 1});
        assert!(fits(&json!({"verdict": "refused"}), &actual));
        assert!(fits(&json!({"colour": null}), &actual));
        assert!(!fits(&json!({"verdict": "accepted"}), &actual));
        assert!(!fits(&json!({"colour": "green"}), &actual));
        assert!(!fits(&json!({"verdict": null}), &actual));
        assert!(!fits(&json!({}), &json!("refused")));
    }

    #[test]
    fn an_array_expects_as_many_in_order() {
        assert!(fits(&json!([1, 2]), &json!([1, 2])));
        assert!(!fits(&json!([]), &json!([1])));
        assert!(!fits(&json!([2, 1]), &json!([1, 2])));
        assert!(!fits(&json!([]), &Value::Null));
    }

    #[test]
    fn a_text_is_expected_by_its_words() {
        let actual = json!({"zh": "此码已于9点被替换。"});
        assert!(fits(&json!({"zh": {"contains": "替换"}}), &actual));
        assert!(fits(&json!({"zh": {"contains": ["9点", "替换"]}}), &actual));
        assert!(!fits(&json!({"zh": {"contains": ["9点", "挂失"]}}), &actual));
        assert!(!fits(&json!({"en": {"contains": ""}}), &actual));
    }
}
