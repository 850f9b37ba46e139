//! Somebody's machine is there, but nothing accepts connections at that port: the model server is not started, or the
//! address has the wrong port. Nothing was sent.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        ADDRESS, CONNECTION, DENIED, EMPTY, FAILED, HOST, LOCAL, NAMED, NOT, OFFLINE, REFUSED,
        RUNNING, SERVER, UNAVAILABLE, UNREACHABLE,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ConnectionRefused,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::OpenSettings,
        ActionKind::OpenGuide,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("cannot connect to host localhost"),
    strong("check if ollama is running"),
    code("econnrefused"),
    strong("connection refused"),
    // As aiohttp tells of an address that took no connection. It is not about TLS.
    strong("ssl:default [connect call failed"),
    strong("os error 10061"),
    strong("os error 111"),
    strong("winerror 10061"),
    strong("errno 111"),
    strong("errno 61"),
    strong("ollama service unavailable"),
    strong("make sure ollama is running"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[CONNECTION, REFUSED]),
    all(&[CONNECTION, DENIED]).weak(),
    all(&[LOCAL, CONNECTION, FAILED | NOT | UNAVAILABLE | UNREACHABLE]).usual(),
    all(&[LOCAL, CONNECTION | SERVER, OFFLINE | UNREACHABLE]),
    all(&[ADDRESS | HOST | LOCAL | NAMED, EMPTY | NOT, RUNNING]),
];

examples! {
    nothing_listens: ConnectionRefused [
        ("ollama", 0, "connect ECONNREFUSED 127.0.0.1:11434"),
                ("ollama", 0, "Failed to connect to Ollama. Is Ollama running?"),
    ]
    asyncio_names_the_address: ConnectionRefused [
        ("other", 0, "Cannot connect to host 127.0.0.1:8001 ssl:default [Connect call failed ('127.0.0.1', 8001)]"),
    ]
    windows_reports_a_refusal_in_translation: ConnectionRefused [
        ("other", 0, "由于目标计算机积极拒绝，无法连接。 (os error 10061)"),
                (
                    "other",
                    0,
                    "[WinError 10061] No connection could be made because the target machine actively refused it",
                ),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn german_refuses_in_two_words() {
        let texts =
            ["Verbindung abgelehnt", "Die Verbindung wurde abgelehnt", "Verbindung verweigert"];
        check(Cause::ConnectionRefused, &texts.map(|text| ("other", 0, text)));
    }
}
