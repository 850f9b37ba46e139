//! Address, key, model and quota of a source, as far as it tells them for nothing.

use super::{Line, Standing};
use unstuck_diagnose::{Cause, Failure, Headers, classify, workspace::Url};
use unstuck_engine::Source;
use unstuck_source::{Request, json};

/// Causes that a person's key brings about.
pub(crate) const fn is_about_key(cause: Cause) -> bool {
    matches!(cause, Cause::InvalidApiKey | Cause::MissingApiKey | Cause::KeyLacksPermission)
}

/// What a source told.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Its models, or what went wrong.
    pub models: Result<Vec<String>, Box<Failure>>,
    /// The headers that came with them.
    pub headers: Headers,
    /// What it tells of the credit, where it does.
    pub credit: Option<String>,
}

/// The request for what is left of the credit, for the services that tell it for nothing.
#[must_use]
pub fn credit_request(source: &Source, models: &Request) -> Option<Request> {
    let url = match Url::read(&source.base_url)?.host() {
        "openrouter.ai" => [&source.base_url, "/key"].concat(),
        "api.deepseek.com" => "https://api.deepseek.com/user/balance".to_owned(),
        _ => return None,
    };
    Some(Request { url, ..models.clone() })
}

/// What is left, read from the answer to [`credit_request`].
fn credit(answer: &str) -> Option<String> {
    let of = |path: &[&str]| {
        let value = json::find(answer, path)?;
        let plain = json::text(value).unwrap_or_else(|| value.to_owned());
        let number = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
        (number && plain.len() < 24).then_some(plain)
    };
    let currency = json::find(answer, &["balance_infos", "0", "currency"]).and_then(json::text);
    let currency = currency.filter(|name| name.len() == 3).unwrap_or_else(|| "USD".to_owned());
    let left = of(&["data", "limit_remaining"])
        .or_else(|| of(&["balance_infos", "0", "total_balance"]))?;
    Some([left, currency].join(" "))
}

const LEFT: [(&str, &str, &str); 4] = [
    ("x-ratelimit-remaining-requests", "x-ratelimit-limit-requests", "step_api_requests"),
    ("x-ratelimit-remaining-tokens", "x-ratelimit-limit-tokens", "step_api_tokens"),
    (
        "anthropic-ratelimit-requests-remaining",
        "anthropic-ratelimit-requests-limit",
        "step_api_requests",
    ),
    ("anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-limit", "step_api_tokens"),
];

/// What a source told, in lines.
#[must_use]
pub(super) fn tell(answer: &Answer, source: Option<&Source>) -> (Standing, Vec<Line>) {
    let models = match &answer.models {
        Ok(models) => models,
        Err(failure) => {
            let key = is_about_key(classify(failure).cause);
            let line = if key { "step_api_key_refused" } else { "step_api_failed" };
            return (Standing::Found, vec![Line::new(line)]);
        }
    };
    let mut lines = vec![Line::new("step_api_ok").with(models.len().to_string())];
    let model = source.map(|source| source.model.as_str()).filter(|model| !model.is_empty());
    let mut found = false;
    if let Some(model) = model {
        let listed = models.iter().any(|known| same_model(known, model));
        // A list may be one page of several, or leave out what can be used all the same.
        found = !listed && !models.is_empty();
        let key = if listed { "step_api_model_listed" } else { "step_api_model_missing" };
        lines.push(Line::new(key).with(model));
    }
    for (left, limit, key) in LEFT {
        if let (Some(left), Some(limit)) = (answer.headers.get(left), answer.headers.get(limit)) {
            let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            if number(left) && number(limit) {
                found |= left == "0";
                lines.push(Line::new(key).with(left).with(limit));
            }
        }
    }
    if let Some(left) = answer.credit.as_deref().and_then(credit) {
        found |= left.starts_with("0 ") || left.starts_with("0.00 ") || left.starts_with('-');
        lines.push(Line::new("step_api_credit").with(left));
    }
    (if found { Standing::Found } else { Standing::Nothing }, lines)
}

/// Ollama names the newest of a model `name:latest`.
fn same_model(known: &str, model: &str) -> bool {
    known == model || known.strip_suffix(":latest") == Some(model)
}
