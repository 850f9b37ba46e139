//! The service answered 403 and the evidence does not say why: a permission, a country, a firewall, a session. Looking
//! closer comes first; guessing costs the person an hour.

use super::{CauseRule, ConceptRule, Pattern, all, fair, leaf, vague};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        ACCESS, ANSWER, AUTH, CONNECTION, DENIED, ENDPOINT, MODEL, NOT, ORIGIN, PAGE, REFUSED,
        REQUEST, UNAUTHORIZED,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::AccessDenied,
    retry: When::AfterFix,
    actions: &[
        ActionKind::CheckAgain,
        ActionKind::OpenSettings,
        ActionKind::OpenSite,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    fair("contact the administrator"),
    leaf("access_denied"),
    vague("forbidden"),
    vague("accessdenied"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[UNAUTHORIZED]).fair(),
    all(&[UNAUTHORIZED, ACCESS | ENDPOINT | PAGE]).fair(),
    all(&[ACCESS, DENIED | NOT | REFUSED]),
    all(&[AUTH, NOT, ACCESS | ENDPOINT | PAGE]),
    all(&[DENIED]).fair(),
    all(&[REFUSED, REQUEST]).usual().unless(ANSWER | CONNECTION | MODEL | ORIGIN),
];

examples! {
    /// Some denials say no more than their status.
    bare_denials_add_nothing: AccessDenied [
        (
                    "chatgpt-web",
                    403,
                    "An error occured, please contact the administrator. (ChatGPTAPI error 403)",
                ),
                ("other", 0, "Access denied"),
    ]
    a_bare_403_is_not_guessed: AccessDenied [
        ("openai", 403, ""), ("other", 403, "403 Forbidden")
    ]
    a_refusal_without_a_reason: AccessDenied [
        ("other", 0, "Your request was refused"),
        ("other", 0, "Die Anfrage wurde zurückgewiesen"),
    ]
}
