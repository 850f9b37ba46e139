//! The address sends every call on to another one. Neither key nor words follow: who set it up decides whether the new
//! address may have them.

use super::{CauseRule, ConceptRule, Pattern, all, fair, usual};
use crate::{
    ActionKind, Cause, When,
    text::concept::{ADDRESS, PAGE, REDIRECT},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::Redirected,
    retry: When::AfterFix,
    actions: &[
        ActionKind::UseAddress,
        ActionKind::OpenSettings,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    usual("responds with a redirect"),
    usual("moved permanently"),
    usual("permanent redirect"),
    usual("temporary redirect"),
    usual("unexpected redirect"),
    fair("redirected to"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[all(&[REDIRECT, ADDRESS | PAGE]).usual()];

examples! {
    words_of_a_redirect_are_known: Redirected [
        ("other", 308, ""),
                ("other", 301, "<html><head><title>301 Moved Permanently</title></head></html>"),
                ("other", 0, "HTTP error 307 Temporary Redirect"),
                ("other", 0, "The request was redirected to https://www.example.org/v1"),
                (
                    "other",
                    0,
                    "FetchError: uri requested responds with a redirect, redirect mode is set to error: https://a.example/v1",
                ),
    ]
    an_address_that_moved: Redirected [
        ("other", 0, "This URL redirects to another one"),
        ("other", 0, "Die Adresse wird umgeleitet"),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::{ActionKind, Cause, Evidence, Failure, classify};

    fn sent_on(url: &str, status: u16, location: &str) -> crate::Diagnosis {
        classify(&Failure {
            url: Some(url.into()),
            status: Some(status),
            headers: [("location".into(), location.into())].into(),
            ..Failure::default()
        })
    }

    #[test]
    fn a_redirect_names_its_host() {
        for status in [301, 302, 303, 307, 308] {
            let found =
                sent_on("https://api.example/v1/chat", status, "https://other.test:8443/v1");
            assert_eq!(found.cause, Cause::Redirected, "{status}: {:?}", found.also);
            assert!(found.confidence > 0.9);
            let host = "other.test:8443".to_owned();
            assert!(found.evidence.contains(&Evidence::Redirect { host }), "{:?}", found.evidence);
            assert!(!found.retry.is_automatic());
            assert!(found.actions.iter().all(|action| action.kind != ActionKind::UseAddress));
        }
    }

    #[test]
    fn a_pasted_redirect_is_one() {
        let pasted = r#"{"status":307,"headers":{"location":"https://www.example.org/v1"}}"#;
        let found = classify(&Failure::from_pasted(pasted));
        assert_eq!(found.cause, Cause::Redirected, "{:?}", found.also);
        let host = "www.example.org".to_owned();
        assert!(found.evidence.contains(&Evidence::Redirect { host }), "{:?}", found.evidence);
    }

    #[test]
    fn redirect_loops_are_bad_addresses() {
        check(Cause::BadAddress, &[("other", 0, "too many redirects")]);
        let circle =
            sent_on("https://api.example/v1/chat", 307, "https://api.example/v1/chat?turn=1");
        assert_eq!(circle.cause, Cause::BadAddress);
    }
}
