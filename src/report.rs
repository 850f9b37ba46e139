//! The report that a person copies for support: what is known of a failure, and nothing of what they or anyone wrote.
//!
//! An allow-list: only what Unstuck itself says and plain machine values get in. The words of an answer, which may
//! echo keys and texts, never do.

use crate::{Diagnosis, Evidence, explain, explain::tell, view::diagnosis::percent, words::Words};

/// Longest machine value that is let in, in bytes.
const VALUE_LIMIT: usize = 64;

/// Writes the report of a diagnosis as Markdown that also reads as plain text.
#[must_use]
pub fn write(diagnosis: &Diagnosis, words: &dyn Words) -> String {
    let told = explain(diagnosis, words);
    let mut lines = vec![
        format!("# {}", told.headline),
        told.why.clone(),
        String::new(),
        format!("- cause: {} ({})", told.cause.id(), percent(told.confidence)),
        format!("- fault: {}", told.fault.id()),
    ];
    let service = told.provider.map(|provider| provider.name().to_owned());
    let facts =
        [("service", service), ("host", diagnosis.host.clone()), ("request id", told.request_id)];
    for (name, value) in facts {
        if let Some(value) = value.filter(|value| name == "service" || is_machine_value(value)) {
            lines.push(format!("- {name}: {value}"));
        }
    }
    let findings = diagnosis.evidence.iter().filter(|finding| is_plain(finding));
    lines.extend(findings.map(|finding| format!("- {}", tell(finding, words))));
    lines.push(format!("- Unstuck {}", env!("CARGO_PKG_VERSION")));
    lines.push(String::new());
    lines.join("\n")
}

/// Whether a finding holds nothing but Unstuck's own words and machine values.
fn is_plain(finding: &Evidence) -> bool {
    match finding {
        Evidence::Phrase { .. } => false,
        Evidence::Code { code } => is_machine_value(code),
        Evidence::Header { value, .. } => is_machine_value(value),
        Evidence::NetError { name } | Evidence::Exception { name } => is_machine_value(name),
        Evidence::Status { host, .. } => host.as_deref().is_none_or(is_machine_value),
        _ => true,
    }
}

/// An id, a code, a number, a host: short, without blanks, and not shaped like a key.
fn is_machine_value(value: &str) -> bool {
    let plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.:[]/".contains(&b));
    let key =
        ["sk-", "sess-", "AIza", "AQ.", "gsk_", "xai-", "pplx-", "hf_", "r8_", "nvapi-", "eyJ"];
    plain && value.len() <= VALUE_LIMIT && !key.iter().any(|prefix| value.contains(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Failure, classify, words::Catalogue};

    #[test]
    fn the_report_names_the_cause_and_holds_no_word_of_the_answer() {
        let diagnosis = classify(&Failure {
            url: Some("https://api.openai.com/v1/chat/completions?key=canary".into()),
            status: Some(401),
            headers: [("x-request-id".into(), "req_4f1c0a2be6b04c6d".into())].into(),
            body: Some(
                r#"{"error":{"message":"Incorrect API key provided: sk-canary0123456789.","code":"invalid_api_key"}}"#.into(),
            ),
            ..Failure::default()
        });
        let report = write(&diagnosis, &Catalogue::english());
        for wanted in
            ["invalid_api_key", "OpenAI", "api.openai.com", "req_4f1c0a2be6b04c6d", "HTTP 401"]
        {
            assert!(report.contains(wanted), "{wanted} in\n{report}");
        }
        assert!(!report.contains("canary") && !report.contains("Incorrect"), "{report}");
    }

    #[test]
    fn a_value_that_is_shaped_like_a_key_or_a_sentence_is_left_out() {
        for value in ["sk-ant-api03-xxxx", "two words", "a\nb", &"x".repeat(65), "ключ"] {
            assert!(!is_machine_value(value), "{value}");
        }
        assert!(is_machine_value("8e695a03eed4f9fd-SJC"));
    }
}
