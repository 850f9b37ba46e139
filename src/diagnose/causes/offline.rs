//! The machine has no network at all: Wi-Fi off, cable out, flight mode. The browser knows it for certain when it
//! refuses to try (`ERR_INTERNET_DISCONNECTED`); programs and phones say so in their own words. Nothing was sent, so the
//! call is repeated by itself as soon as the network is back.

use super::{CauseRule, ConceptRule, Pattern, all, code};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        CLOSED, CONNECTION, FAILED, HOST, INTERNET, MISSING, MODEL, NETWORK, NOT, OFFLINE, SERVER,
        SERVICE, UNAVAILABLE,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::Offline,
    retry: When::Online,
    actions: &[ActionKind::Retry, ActionKind::CheckAgain, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[code("enetdown")];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[INTERNET, CLOSED | FAILED | MISSING | NOT | OFFLINE | UNAVAILABLE]),
    all(&[CONNECTION | NETWORK, OFFLINE]),
    all(&[CONNECTION, NETWORK, MISSING | NOT]).weak(),
    all(&[OFFLINE]).usual().unless(MODEL | HOST | SERVICE | SERVER),
    all(&[NETWORK, UNAVAILABLE]).usual(),
];

examples! {
    nobody_is_online_without_a_network: Offline [
        ("browser", 0, "The Internet connection appears to be offline."),
                ("other", 0, "connect ENETDOWN 10.0.0.1:443"),
    ]
    other_languages_say_it_too: Offline [
        ("openai", 0, "Keine Internetverbindung"), ("other", 0, "无网络连接，请检查后重试")
    ]
}
