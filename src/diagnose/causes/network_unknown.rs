//! Something between the browser and the service failed, and the evidence does not say what: a bare "network error" is
//! what browsers tell pages in some fifty different cases. Looking closer (the browser's own error, a probe) decides it.

use super::{CauseRule, ConceptRule, Pattern, all, hint};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        BROWSER, CONNECTION, FAILED, INTERNET, LOAD, NAMED, NETWORK, NOT, PAGE, REQUEST, SERVER,
        SERVICE, UNAVAILABLE, UNREACHABLE,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::NetworkUnknown,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::CheckAgain,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[hint("failed to fetch")];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[NAMED | SERVER | SERVICE, UNREACHABLE]).usual(),
    all(&[PAGE, UNREACHABLE]).usual(),
    all(&[CONNECTION | INTERNET | NETWORK]).fair(),
    all(&[FAILED | NOT, LOAD, PAGE]).fair(),
    all(&[BROWSER, REQUEST, FAILED | NOT]).usual(),
    all(&[BROWSER, UNREACHABLE]),
    all(&[NAMED, UNAVAILABLE]).usual(),
];

examples! {
    a_bare_network_error_stays_undecided: NetworkUnknown [
        ("browser", 0, "TypeError: Network request failed"),
                ("other", 0, "Network Error"),
                ("openai", 0, "Connection error."),
    ]
    in_any_language: NetworkUnknown [
        ("browser", 0, "Браузеру не удалось выполнить запрос к конечной точке API."),
                ("other", 0, "网络错误，请稍后再试"),
    ]
    browsers_that_reach_nothing: NetworkUnknown [
        ("browser", 0, "The browser could not reach it"),
        ("browser", 0, "Der Browser konnte es nicht erreichen"),
    ]
}
