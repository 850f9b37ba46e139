//! What the shape of a key tells before it is sent anywhere.

use super::{Fields, Open, Page};
use unstuck_diagnose::{ActionKind, Provider, workspace::Url};
use unstuck_source::presets::{self, Preset};

/// How Google's standard keys begin. Gemini takes no unrestricted one since 19 June 2026, and announced the end of all of them
/// for September 2026: <https://ai.google.dev/gemini-api/docs/api-key>.
const RETIRED_OF_GEMINI: &str = "AIza";

/// What is wrong with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It has signs that no key has: a part of it is missing, or more than the key was copied.
    Broken,
    /// It belongs to this other service.
    OfOther(&'static str),
    /// It is of a type that its service gave up. Only the service itself can say whether it still takes it.
    Retired,
}

/// Looks at a key that is meant for a service.
pub(super) fn flaw(key: &str, service: Option<&Preset>) -> Option<Flaw> {
    let whole = key.bytes().all(|byte| byte.is_ascii_graphic());
    if !whole || ["***", "...", "="].iter().any(|sign| key.trim_end_matches('=').contains(sign)) {
        return Some(Flaw::Broken);
    }
    let owner = presets::owner_of(key)?;
    match service {
        Some(service) if service != owner => Some(Flaw::OfOther(owner.name)),
        Some(service) if service.id == "gemini" && key.starts_with(RETIRED_OF_GEMINI) => {
            Some(Flaw::Retired)
        }
        _ => None,
    }
}

impl Page {
    /// Where the service of the open source hands out keys, in a table of ours.
    #[must_use]
    pub fn key_page(&self) -> Option<&'static str> {
        let Open::Source(open) = &self.open else { return None };
        let service = Provider::from_host(Url::read(&open.base_url)?.host())?;
        service.link(ActionKind::OpenKeys).filter(|_| !service.is_local())
    }

    /// Looks at the key as it was pasted.
    pub(super) fn check_key(&mut self, fields: &Fields) {
        let service = presets::at(fields.get("base_url"));
        if let Some(flaw) = flaw(fields.get("key").trim(), service) {
            self.note_flaw(flaw);
        }
    }

    pub(super) fn note_flaw(&mut self, flaw: Flaw) {
        match flaw {
            Flaw::Broken => self.note("key", "options_key_broken", ""),
            Flaw::OfOther(owner) => self.note("key", "options_key_of_other", owner),
            Flaw::Retired => self.note("key", "options_key_retired", ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(service: &str, key: &str) -> Option<Flaw> {
        flaw(key, presets::find(service))
    }

    #[test]
    fn key_of_another_service_is_flagged() {
        assert_eq!(of("openai", "sk-ant-api03-x"), Some(Flaw::OfOther("Anthropic")));
        assert_eq!(of("anthropic", "AQ.Ab8RN6x"), Some(Flaw::OfOther("Google Gemini")));
        assert_eq!(of("deepseek", "sk-svcacct-x"), Some(Flaw::OfOther("OpenAI")));
        assert_eq!(of("openai", "sk-svcacct-x"), None);
        assert_eq!(
            of("other", "sk-ant-api03-x"),
            None,
            "any service may stand behind an own address"
        );
    }

    /// Gemini's old keys get a warning; its new ones do not.
    #[test]
    fn only_the_old_gemini_key_warns() {
        assert_eq!(of("gemini", "AIzaSyFake"), Some(Flaw::Retired));
        assert_eq!(of("gemini", "AQ.Ab8RN6x"), None);
        assert_eq!(of("openai", "AIzaSyFake"), Some(Flaw::OfOther("Google Gemini")));
    }

    /// A key copied only in part, masked, or with its variable name or quotes.
    #[test]
    fn incompletely_copied_key_is_flagged() {
        for key in [
            "sk-proj-ab cd",
            "sk-…wxyz",
            "sk-proj-***abcd",
            "sk-...abcd",
            "OPENAI_API_KEY=sk-x",
            "“sk-x”",
        ] {
            assert_eq!(of("openai", key), Some(Flaw::Broken), "{key}");
        }
        assert_eq!(of("azure", "0123456789abcdef0123456789abcdef"), None);
        assert_eq!(of("other", "YWJjZA=="), None, "base64 may end in signs");
        assert_eq!(of("other", ""), None);
    }
}
