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

/// What Python's SDKs put between the class and the body: `Error code: 429 - {'error': …}`. Those of Node have the status alone:
/// `429 {"type":"error",…}`.
const BEFORE_BODY: &str = "Error code: ";

/// What Node's SDKs say of an answer without a body.
const NO_BODY: &str = "status code (no body)";

/// Takes the answer out of the text of an SDK's exception, and leaves out what only repeats the status.
pub(super) fn settle(facts: &mut Failure) {
    let Some(status) = facts.status.filter(|status| *status >= 400) else { return };
    let is_sdk =
        facts.error_name.as_deref().is_some_and(|name| OF_STATUS.contains(&last_part(name)));
    if is_sdk {
        facts.error_name = None;
    }
    let Some(message) = &mut facts.message else { return };
    let mark = format!("{BEFORE_BODY}{status}");
    let of_python = message.find(&mark).map(|at| (at + mark.len(), " - "));
    let of_node = || is_sdk.then(|| after_status(message, status)).flatten().map(|end| (end, " "));
    if let Some((end, between)) = of_python.or_else(of_node) {
        let body = message[end..].strip_prefix(between).unwrap_or_default().trim().to_owned();
        message.truncate(end);
        if !body.is_empty() && body != NO_BODY && facts.body.is_none() {
            facts.body = Some(if body.starts_with("{'") { json_of_python(&body) } else { body });
        }
    }
    for name in OF_STATUS {
        if message.contains(name) {
            *message = message.replace(name, "");
        }
    }
}

/// Where a status ends that stands first, or first after a colon.
fn after_status(message: &str, status: u16) -> Option<usize> {
    let mark = format!("{status} ");
    let found = message.match_indices(&mark);
    let is_first = |at: &usize| *at == 0 || message[..*at].ends_with(": ");
    found.map(|(at, _)| at).find(is_first).map(|at| at + mark.len() - 1)
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
    fn node_has_the_status_alone() {
        let mut facts = Failure {
            status: Some(521),
            error_name: Some("InternalServerError".into()),
            message: Some("asking failed: 521 <!DOCTYPE html>\n<title>521: down</title>".into()),
            ..Failure::default()
        };
        settle(&mut facts);
        assert_eq!(facts.message.as_deref(), Some("asking failed: 521"));
        assert_eq!(facts.body.as_deref(), Some("<!DOCTYPE html>\n<title>521: down</title>"));
        let message = Some("upstream said: 429 Too Many Requests".to_owned());
        let mut other = Failure { status: Some(429), message, ..Failure::default() };
        settle(&mut other);
        assert_eq!(other.body, None);
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
