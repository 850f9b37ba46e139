//! What the SDKs of AI services make of an answer: a class for its status, and its body within the text of the exception.

use unstuck_diagnose::Failure;

/// Names that the SDKs of OpenAI and Anthropic derive from the status alone: `InternalServerError` is any status from 500 on.
/// Beside the status they tell nothing, and would pass for words of the service.
const OF_STATUS: [&str; 11] = [
    "BadRequestError",
    "AuthenticationError",
    "PermissionDeniedError",
    "NotFoundError",
    "ConflictError",
    "UnprocessableEntityError",
    "RateLimitError",
    "InternalServerError",
    "APIStatusError",
    "APIError",
    "ServiceUnavailableError",
];

/// What stands between the class and the body: `Error code: 429 - {'error': …}`.
const BEFORE_BODY: &str = "Error code: ";

/// Takes the answer out of the text of an SDK's exception, and leaves out what only repeats the status.
pub(super) fn settle(facts: &mut Failure) {
    let Some(status) = facts.status.filter(|status| *status >= 400) else { return };
    if facts.error_name.as_deref().is_some_and(|name| OF_STATUS.contains(&last_part(name))) {
        facts.error_name = None;
    }
    let Some(message) = &mut facts.message else { return };
    let mark = format!("{BEFORE_BODY}{status}");
    if let Some(at) = message.find(&mark) {
        let body =
            message[at + mark.len()..].strip_prefix(" - ").unwrap_or_default().trim().to_owned();
        message.truncate(at + mark.len());
        if !body.is_empty() && facts.body.is_none() {
            facts.body = Some(if body.starts_with("{'") { json_of_python(&body) } else { body });
        }
    }
    for name in OF_STATUS {
        if message.contains(name) {
            *message = message.replace(name, "");
        }
    }
}

fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// A dictionary as Python prints it, as JSON; what stands behind its end is left out.
fn json_of_python(text: &str) -> String {
    let mut json = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let mut length = letter.len_utf8();
        match letter {
            '\'' | '"' => {
                let (value, end) = quoted(&rest[1..], letter);
                json.push_str(&serde_json::Value::String(value).to_string());
                length = 1 + end;
            }
            'N' if rest.starts_with("None") => {
                json.push_str("null");
                length = 4;
            }
            'T' if rest.starts_with("True") => {
                json.push_str("true");
                length = 4;
            }
            'F' if rest.starts_with("False") => {
                json.push_str("false");
                length = 5;
            }
            other => json.push(other),
        }
        rest = &rest[length..];
        match letter {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    json
}

/// The text up to the closing quote, and where it ends.
fn quoted(text: &str, quote: char) -> (String, usize) {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => match letters.next().map(|(_, escaped)| escaped) {
                Some('n') => value.push('\n'),
                Some('t') => value.push('\t'),
                Some(escaped) => value.push(escaped),
                None => {}
            },
            end if end == quote => return (value, at + 1),
            other => value.push(other),
        }
    }
    (value, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn body_is_taken_from_the_exception() {
        let mut facts = Failure {
            status: Some(429),
            error_name: Some("openai.RateLimitError".into()),
            message: Some("openai.RateLimitError: Error code: 429 - {'error': {'message': \"it's 'too' much\", 'param': None, 'n': [1, True]}} (x)".into()),
            ..Failure::default()
        };
        settle(&mut facts);
        assert_eq!(
            facts.body.as_deref(),
            Some(r#"{"error": {"message": "it's 'too' much", "param": null, "n": [1, true]}}"#)
        );
        assert_eq!(facts.message.as_deref(), Some("openai.: Error code: 429"));
        assert_eq!(facts.error_name, None);
    }

    #[test]
    fn half_a_body_is_no_fault() {
        for text in ["{'a", "{'a\\", "{'é': {'ß", "{'a': Nö"] {
            let mut facts = Failure {
                status: Some(500),
                message: Some(format!("Error code: 500 - {text}")),
                ..Failure::default()
            };
            settle(&mut facts);
            assert!(facts.body.is_some(), "{text}");
        }
    }
}
