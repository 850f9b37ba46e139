//! The report that a person copies for support: what is known of a failure, and nothing of what they wrote.

use crate::{
    Diagnosis, explain,
    redact::{Leak, redact},
    words::Words,
};

/// Writes the report of a diagnosis as plain text, with every secret taken out.
///
/// # Errors
/// When the report cannot be made safe: then there is none.
pub fn write(
    diagnosis: &Diagnosis,
    own_secrets: &[&str],
    words: &dyn Words,
) -> Result<String, Leak> {
    let told = explain(diagnosis, words);
    let mut lines = vec![
        format!("# {}", told.headline),
        told.why.clone(),
        String::new(),
        format!("- cause: {} ({:.0} %)", told.cause.id(), told.confidence * 100.0),
        format!("- fault: {}", told.fault.id()),
    ];
    if let Some(provider) = told.provider {
        lines.push(format!("- service: {}", provider.name()));
    }
    if let Some(host) = &diagnosis.host {
        lines.push(format!("- host: {host}"));
    }
    if let Some(id) = &told.request_id {
        lines.push(format!("- request id: {id}"));
    }
    lines.extend(told.evidence.iter().map(|finding| format!("- {finding}")));
    lines.push(format!("- Unstuck {}", env!("CARGO_PKG_VERSION")));
    lines.push(String::new());
    Ok(redact(&lines.join("\n"), own_secrets)?.text)
}
