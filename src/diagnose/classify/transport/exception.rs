//! What exceptions say: the sentences and codes of browsers and of Node, and the extension plumbing that people
//! also call "failed to fetch". For network failures most of them say nothing, and saying so is the honest verdict.

use super::scene::Scene;
use crate::{
    Cause::{self, *},
    Evidence,
    classify::{
        clip,
        scores::{Scores, weight},
    },
};

/// The caller cancelled, set the deadline or made the mistake: nothing else that was seen matters then.
pub(super) fn caller_ended_it(scene: &Scene, scores: &mut Scores) -> bool {
    let failure = scene.failure;
    let sentence = sentence(scene.message);
    let name = failure.error_name.as_deref().or(sentence.name).unwrap_or_default();
    let exception = || Evidence::Exception { name: clip(name) };
    let answered = failure.status.is_some_and(|status| status >= 400);
    let mentions_time = || {
        scene.message.contains("timeout")
            || scene.message.contains("timed out")
            || scene.message.contains("deadline")
    };
    if name == "TimeoutError" && !answered {
        timed_out(scene, exception(), scores);
    } else if failure.aborted == Some(true) {
        // The reason given to `abort()` can be any object, one about a deadline too.
        if answered {
            scores.add(RequestCancelled, weight::WEAK, Evidence::Aborted);
        } else if mentions_time() {
            timed_out(scene, Evidence::Aborted, scores);
        } else {
            scores.add(RequestCancelled, weight::DECISIVE, Evidence::Aborted);
        }
        return !answered;
    } else if name == "AbortError" && !answered {
        scores.add(RequestCancelled, weight::STRONG, exception());
    } else if let Some(cause) = mistake(sentence.text).filter(|_| !answered) {
        scores.add(cause, weight::DECISIVE, Evidence::Phrase { text: clip(sentence.text) });
    } else {
        return false;
    }
    true
}

/// No answer in time; an answer that stalled after it had begun to show was interrupted.
fn timed_out(scene: &Scene, evidence: Evidence, scores: &mut Scores) {
    if scene.offline {
        scores.add(Offline, weight::STRONG, Evidence::Offline);
    }
    let sure = if scene.offline { weight::FAIR } else { weight::STRONG };
    match scene.cut_after() {
        Some(chars) if chars > 0 => {
            scores.add(StreamInterrupted, sure, Evidence::NoEndMark { chars });
            scores.add(Timeout, weight::FAIR, evidence);
        }
        _ => scores.add(Timeout, sure, evidence),
    }
    if let Some(ms) = scene.failure.elapsed_ms {
        scores.add(Timeout, 0.0, Evidence::Elapsed { ms });
    }
}

/// The request could not even be built.
fn mistake(text: &str) -> Option<Cause> {
    if text.is_empty() {
        return None;
    }
    // Firefox names the function in front: `Window.fetch: ftp//x is not a valid URL`.
    if let Some((_, reason)) = text.split_once(".fetch: ").filter(|(scope, _)| !scope.contains(' '))
    {
        let address = reason.ends_with(" is not a valid URL");
        return Some(if address { BadAddress } else { InvalidRequest });
    }
    let Some(deed) = text.strip_prefix("Failed to ") else {
        let address = [
            "Only absolute URLs are supported",
            "Only HTTP(S) protocols are supported",
            "URL scheme \"",
        ];
        return address.iter().any(|start| text.starts_with(start)).then_some(BadAddress);
    };
    if deed.starts_with("parse URL from") || deed.starts_with("construct 'URL'") {
        return Some(BadAddress);
    }
    let (object, reason) = deed.split_once(": ")?;
    let building = object.starts_with("execute 'fetch' on ")
        || object.starts_with("construct 'Request'")
        || object.ends_with(" on 'Headers'")
        || object == "execute 'open' on 'XMLHttpRequest'";
    if building {
        let address = reason.starts_with("Failed to parse URL")
            || reason.starts_with("Invalid URL")
            || reason.contains("a URL that includes credentials");
        return Some(if address { BadAddress } else { InvalidRequest });
    }
    (object.starts_with("execute '") && reason.starts_with("body stream already read"))
        .then_some(InvalidRequest)
}

/// Codes and console sentences that name a cause, wherever in the message they stand.
pub(super) fn score(scene: &Scene, scores: &mut Scores) -> bool {
    let name = scene.failure.error_name.as_deref().unwrap_or_default();
    let mut seen = Vec::new();
    for (pattern, cause) in [name, scene.message].into_iter().flat_map(patterns_in) {
        let cause = match cause {
            // Axios gives the code of an aborted connection to its own deadline, too.
            ConnectionLost if pattern == "ECONNABORTED" && scene.message.contains("timeout") => {
                scores.against(ConnectionLost, weight::STRONG);
                Timeout
            }
            ConnectionLost if scene.begun => StreamInterrupted,
            cause => cause,
        };
        if seen.contains(&cause) {
            continue;
        }
        seen.push(cause);
        let doubtful = cause == NetworkUnknown || scene.is_symptom_of_offline(cause);
        let sure = if doubtful { weight::FAIR } else { weight::STRONG };
        scores.add(cause, sure, Evidence::Phrase { text: pattern.into() });
    }
    // Firefox calls every failed cross-origin call blocked, and gives the true reason after it.
    if seen.contains(&NetworkUnknown) && seen.contains(&BlockedByCors) {
        scores.against(BlockedByCors, weight::STRONG);
    }
    !seen.is_empty()
}

/// The patterns that stand in a text, each at the start of a word.
fn patterns_in(text: &str) -> impl Iterator<Item = (&'static str, Cause)> {
    let text = text.as_bytes();
    let mut in_word = false;
    text.iter().enumerate().filter_map(move |(start, &byte)| {
        let word_starts = !in_word && byte.is_ascii_alphabetic();
        in_word = byte.is_ascii_alphanumeric() || byte == b'_';
        if word_starts { pattern_at(&text[start..]) } else { None }
    })
}

fn pattern_at(text: &[u8]) -> Option<(&'static str, Cause)> {
    let letter = usize::from(text[0].to_ascii_lowercase() - b'a');
    let second = text.get(1)?.to_ascii_lowercase();
    let score = &MESSAGES[FIRST[letter]..FIRST[letter + 1]];
    score
        .iter()
        .filter(|(pattern, _)| pattern.as_bytes()[1].to_ascii_lowercase() == second)
        .find(|(pattern, _)| {
            text.get(..pattern.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(pattern.as_bytes()))
        })
        .copied()
}

/// Where the patterns of each letter begin in [`MESSAGES`].
const FIRST: [usize; 27] = {
    let mut first = [MESSAGES.len(); 27];
    let mut index = MESSAGES.len();
    while index > 0 {
        index -= 1;
        let letter = (MESSAGES[index].0.as_bytes()[0].to_ascii_lowercase() - b'a') as usize;
        first[letter] = index;
    }
    // A letter without patterns begins where the next one does, and so is empty.
    let mut letter = 26;
    while letter > 0 {
        letter -= 1;
        if first[letter] > first[letter + 1] {
            first[letter] = first[letter + 1];
        }
    }
    first
};

/// In the order of their first letters.
const MESSAGES: &[(&str, Cause)] = &[
    ("A server with the specified hostname could not be found", DnsFailure),
    ("A TLS error caused the secure connection to fail", TlsHandshake),
    ("An SSL error has occurred", TlsHandshake),
    ("Attempting to use a disconnected port object", ExtensionRestarted),
    ("BAD_RECORD_MAC", TlsHandshake),
    ("bad record mac", TlsHandshake),
    ("blocked by an extension", BlockedByExtension),
    ("blocked by CORS policy", BlockedByCors),
    ("blocked by the client", BlockedByExtension),
    ("body stream interrupted", StreamInterrupted),
    ("Cannot access contents of", SiteAccessMissing),
    ("CERT_HAS_EXPIRED", TlsCertificate),
    ("CERT_NOT_YET_VALID", TlsCertificate),
    ("CORS request did not succeed", NetworkUnknown),
    ("Cross-Origin Request Blocked", BlockedByCors),
    ("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", TlsHandshake),
    ("DEPTH_ZERO_SELF_SIGNED_CERT", TlsCertificate),
    ("due to access control checks", BlockedByCors),
    ("EAI_AGAIN", DnsFailure),
    ("EAI_NODATA", DnsFailure),
    ("EAI_NONAME", DnsFailure),
    ("ECONNABORTED", ConnectionLost),
    ("ECONNREFUSED", ConnectionRefused),
    ("ECONNRESET", ConnectionLost),
    ("EHOSTUNREACH", HostUnreachable),
    ("EMFILE", BrowserResources),
    ("ENETDOWN", Offline),
    ("ENETUNREACH", HostUnreachable),
    ("ENOBUFS", BrowserResources),
    ("ENOTFOUND", DnsFailure),
    ("EPIPE", ConnectionLost),
    ("EPROTO", TlsHandshake),
    ("ERR_CANCELED", RequestCancelled),
    ("ERR_SSL_WRONG_VERSION_NUMBER", TlsHandshake),
    ("ERR_STREAM_PREMATURE_CLOSE", StreamInterrupted),
    ("ERR_TLS_CERT_ALTNAME_INVALID", TlsCertificate),
    ("ESOCKETTIMEDOUT", Timeout),
    ("ETIMEDOUT", Timeout),
    ("Extension context invalidated", ExtensionRestarted),
    ("extension port is moved into back/forward cache", ExtensionRestarted),
    ("Extension manifest must request permission", SiteAccessMissing),
    ("Host permission not granted", SiteAccessMissing),
    ("HPE_", ProtocolError),
    ("message channel closed before a response was received", ExtensionRestarted),
    ("message channel is closed", ExtensionRestarted),
    ("message port closed before a response was received", ExtensionRestarted),
    ("Mixed Content: ", BlockedByPolicy),
    ("Receiving end does not exist", ExtensionRestarted),
    ("SELF_SIGNED_CERT_IN_CHAIN", TlsCertificate),
    ("socket hang up", ConnectionLost),
    ("The certificate for this server is invalid", TlsCertificate),
    ("UNABLE_TO_GET_ISSUER_CERT", TlsCertificate),
    ("UNABLE_TO_VERIFY_LEAF_SIGNATURE", TlsCertificate),
    ("UND_ERR_ABORTED", RequestCancelled),
    ("UND_ERR_BODY_TIMEOUT", StreamInterrupted),
    ("UND_ERR_CONNECT_TIMEOUT", Timeout),
    ("UND_ERR_HEADERS_OVERFLOW", ProtocolError),
    ("UND_ERR_HEADERS_TIMEOUT", Timeout),
    ("UND_ERR_PRX_TLS", ProxyFailure),
    ("UND_ERR_RES_CONTENT_LENGTH_MISMATCH", StreamInterrupted),
    ("UND_ERR_SOCKET", ConnectionLost),
    ("violates the document's Content Security Policy", BlockedByPolicy),
    ("violates the following Content Security Policy", BlockedByPolicy),
    ("Z_BUF_ERROR", UnexpectedReply),
    ("Z_DATA_ERROR", UnexpectedReply),
];

/// A sentence that an engine uses for every network failure alike, as the whole text of the exception: programs put
/// the same words into sentences of their own ("Failed to fetch user: 500").
pub(super) fn bare(scene: &Scene, scores: &mut Scores) {
    let sentence = sentence(scene.message);
    let Some(&(_, cause)) = WHOLE.iter().find(|(text, _)| text.eq_ignore_ascii_case(sentence.text))
    else {
        return;
    };
    let evidence = Evidence::Phrase { text: sentence.text.into() };
    if cause == NetworkUnknown && scene.begun {
        scores.add(StreamInterrupted, weight::FAIR, evidence);
        return;
    }
    if cause == NetworkUnknown && scene.failure.proxy == Some(true) {
        scores.add(ProxyFailure, weight::WEAK, Evidence::Proxy);
    }
    let doubtful = cause == NetworkUnknown || scene.is_symptom_of_offline(cause);
    let sure = if doubtful { weight::FAIR } else { weight::STRONG };
    scores.add(
        if scene.begun && cause == ConnectionLost { StreamInterrupted } else { cause },
        sure,
        evidence,
    );
}

const WHOLE: &[(&str, Cause)] = &[
    ("Failed to fetch", NetworkUnknown),
    ("fetch failed", NetworkUnknown),
    ("Load failed", NetworkUnknown),
    ("network error", NetworkUnknown),
    ("A network error occurred", NetworkUnknown),
    ("Network request failed", NetworkUnknown),
    ("NetworkError when attempting to fetch resource", NetworkUnknown),
    ("Connection error", NetworkUnknown),
    ("terminated", StreamInterrupted),
    ("Error in body stream", StreamInterrupted),
    ("Error in input stream", StreamInterrupted),
    ("Content-Length header of network response exceeds response Body", StreamInterrupted),
    ("The Internet connection appears to be offline", Offline),
    ("Network connection lost", ConnectionLost),
    ("The network connection was lost", ConnectionLost),
    ("Could not connect to the server", ConnectionRefused),
    ("Load cannot follow more than 20 redirections", BadAddress),
    ("signal timed out", Timeout),
    ("The operation timed out", Timeout),
    ("The request timed out", Timeout),
    ("Request timed out", Timeout),
    ("signal is aborted without reason", RequestCancelled),
    ("BodyStreamBuffer was aborted", RequestCancelled),
    ("Fetch is aborted", RequestCancelled),
    ("Request was aborted", RequestCancelled),
    ("The operation was aborted", RequestCancelled),
    ("This operation was aborted", RequestCancelled),
    ("The user aborted a request", RequestCancelled),
];

/// Whether the text is what the console prints of a failed load: the address, then the error.
pub(super) fn is_console_line(text: &str) -> bool {
    text.split_once("net::").is_some_and(|(before, _)| before.contains("://"))
}

struct Sentence<'a> {
    name: Option<&'a str>,
    text: &'a str,
}

/// The exception's own words: the first line, without its name in front and the ` (host)` that Sentry adds.
fn sentence(message: &str) -> Sentence<'_> {
    let Some(mut text) = message.lines().map(str::trim).find(|line| !line.is_empty()) else {
        return Sentence { name: None, text: "" };
    };
    text = text.strip_prefix("Uncaught (in promise) ").unwrap_or(text);
    let mut name = None;
    while let Some((prefix, rest)) =
        text.split_once(": ").filter(|(prefix, _)| is_exception(prefix))
    {
        (name, text) = (Some(prefix), rest.trim_start());
    }
    if let Some((words, host)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        if host.contains('.') && !host.contains(' ') || host.starts_with("localhost") {
            text = words;
        }
    }
    Sentence { name, text: text.trim_end_matches(['.', '!', ' ']) }
}

fn is_exception(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && (word.ends_with("Error") || word.ends_with("Exception"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_cause, said};
    use super::{MESSAGES, pattern_at};
    use crate::{Cause, Failure, classify};

    #[test]
    fn broken_tls_records_are_named() {
        for text in ["BAD_RECORD_MAC", "EPROTO", "remote error: tls: bad record MAC"] {
            assert_cause(&said(text), Cause::TlsHandshake, 0.9);
        }
    }

    #[test]
    fn socket_code_may_be_the_name() {
        let named = Failure { error_name: Some("ECONNREFUSED".into()), ..Failure::default() };
        assert_cause(&named, Cause::ConnectionRefused, 0.9);
    }

    #[test]
    fn axios_calls_its_deadline_aborted() {
        let deadline = said("AxiosError: timeout of 60000ms exceeded (code: ECONNABORTED)");
        assert_eq!(classify(&deadline).cause, Cause::Timeout);
        assert_eq!(classify(&said("write ECONNABORTED")).cause, Cause::ConnectionLost);
    }

    #[test]
    fn patterns_are_sorted_by_first_letter() {
        let first = |index: usize| MESSAGES[index].0.as_bytes()[0].to_ascii_lowercase();
        assert!((1..MESSAGES.len()).all(|index| first(index - 1) <= first(index)));
    }

    #[test]
    fn patterns_are_found_in_any_case() {
        for (pattern, cause) in MESSAGES {
            let found = pattern_at(pattern.to_uppercase().as_bytes());
            assert_eq!(found, Some((*pattern, *cause)));
        }
        assert_eq!(pattern_at(b"x"), None);
        assert_eq!(pattern_at(b"zebra"), None);
    }
}
