//! AI sources, sans-IO: what to send, and how to read what comes back.

pub mod json;
pub mod openai;
pub mod sse;

/// A request as plain data; the runner sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Absolute address.
    pub url: String,
    /// `POST` or `GET`.
    pub method: &'static str,
    /// Headers, names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// JSON body of a `POST`.
    pub body: Option<String>,
}

/// What a reader found in the bytes it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text of the answer.
    Text(String),
    /// The protocol's own end mark: the answer is complete.
    End,
    /// The service reported an error inside the answer: the raw text, for the classifier.
    Error(String),
}

/// Why a base URL cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlError {
    /// Not an absolute `http` or `https` address.
    NotAnAddress,
    /// Plain `http` to another machine: the key would travel in the open.
    NotSecure,
}

/// Checks a base URL and gives it back without trailing slashes, query or fragment.
///
/// # Errors
/// When it is no `http(s)` address, holds a user name, or is plain `http` to a machine other than this one.
pub fn base_url(text: &str) -> Result<String, UrlError> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://").ok_or(UrlError::NotAnAddress)?;
    let rest = rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.strip_prefix('[').map_or_else(
        || authority.split(':').next().unwrap_or_default(),
        |v6| v6.split(']').next().unwrap_or_default(),
    );
    let plain = authority.bytes().all(|b| b.is_ascii_graphic() && !b"@\\\"<>^`{|}".contains(&b));
    if host.is_empty() || !plain {
        return Err(UrlError::NotAnAddress);
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok(format!("https://{rest}")),
        // Chromium's content security policy knows no addresses of version 6; the name leads there as well.
        "http" if is_this_machine(host) => {
            Ok(format!("http://{}", rest.replacen("[::1]", "localhost", 1)))
        }
        "http" => Err(UrlError::NotSecure),
        _ => Err(UrlError::NotAnAddress),
    }
}

/// Whether a host is this very machine (loopback), where nobody listens in.
#[must_use]
pub fn is_this_machine(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    host == "localhost"
        || host.ends_with(".localhost")
        || host == "::1"
        || is_loopback_address(host)
}

/// `127.` and three more numbers. Own code: the library's reader of addresses weighs 3 KB.
fn is_loopback_address(host: &str) -> bool {
    let mut numbers = host.split('.').map(|part| part.parse::<u8>().ok());
    numbers.next() == Some(Some(127))
        && numbers.clone().count() == 3
        && numbers.all(|number| number.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_cleaned_or_refused_with_a_reason() {
        assert_eq!(
            base_url(" https://api.openai.com/v1/ ").as_deref(),
            Ok("https://api.openai.com/v1")
        );
        assert_eq!(base_url("HTTP://127.0.0.1:11434").as_deref(), Ok("http://127.0.0.1:11434"));
        assert_eq!(
            base_url("http://[::1]:8080/v1?key=1#x").as_deref(),
            Ok("http://localhost:8080/v1")
        );
        assert_eq!(base_url("http://example.org/v1"), Err(UrlError::NotSecure));
        assert_eq!(base_url("http://127.evil.example"), Err(UrlError::NotSecure));
        for bad in [
            "",
            "api.openai.com",
            "ftp://x",
            "https://",
            "https:///v1",
            "https://me:key@host/v1",
            "https://a b/",
        ] {
            assert_eq!(base_url(bad), Err(UrlError::NotAnAddress), "{bad}");
        }
    }
}
