//! The catalogue of words, held to its rules: complete, short, plain, kind, and fillable in every case.
#![expect(clippy::unwrap_used, reason = "in a test, an unwrap is an assertion")]

#[path = "words/carried.rs"]
mod carried;
#[path = "words/catalogue.rs"]
mod catalogue;
#[path = "words/findings.rs"]
mod findings;
#[path = "words/headlines.rs"]
mod headlines;
#[path = "words/locales.rs"]
mod locales;
#[path = "words/promises.rs"]
mod promises;
#[path = "words/reading.rs"]
mod reading;
#[path = "words/tone.rs"]
mod tone;

use std::collections::BTreeSet;

use catalogue::{Message, entries, messages, names, of_cause};
use findings::findings;
use reading::{school_grade, sentences, spaced};
use unstuck_diagnose::{
    Action, ActionKind, Catalogue, Cause, Diagnosis, Fault, Messages, Provider, Retry, When,
    explain,
};

/// Causes that pass or open by themselves, so that a service may name a wait.
const TIMED: [&str; 6] = [
    "rate_limited",
    "usage_cap_reached",
    "quota_exhausted",
    "model_overloaded",
    "service_unavailable",
    "request_in_progress",
];

/// Causes whose service may name the moment at which it opens again.
const UNTIL: [&str; 2] = ["usage_cap_reached", "quota_exhausted"];

/// Causes that leave the matter open, and so name the check that would decide.
const OPEN: [&str; 3] = ["network_unknown", "access_denied", "unknown"];

#[test]
fn keys_are_unique_and_browser_safe() {
    let entries = entries();
    let mut seen = BTreeSet::new();
    for (key, _) in &entries {
        assert!(key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'));
        assert!(seen.insert(key), "{key} is written twice");
    }
}

#[test]
fn every_cause_is_fully_worded() {
    let messages = messages();
    for id in Cause::ALL.iter().map(|cause| cause.id()) {
        let parts = ["name", "headline", "why", "step_1", "means", "arises", "do", "futile"];
        let mut expected: Vec<_> = parts.iter().map(|part| format!("{id}_{part}")).collect();
        let more = (2..=4).map(|n| format!("{id}_step_{n}"));
        expected.extend(more.take_while(|key| messages.contains_key(key)));
        expected.extend(TIMED.contains(&id).then(|| format!("{id}_why_timed")));
        expected.extend(UNTIL.contains(&id).then(|| format!("{id}_why_until")));
        expected.extend((id == "redirected").then(|| format!("{id}_why_to")));
        expected.sort();
        let written: Vec<_> = of_cause(&messages, id).map(|(key, _)| key).collect();
        assert_eq!(written, expected);
    }
}

#[test]
fn only_open_causes_name_a_check() {
    let messages = messages();
    let has_check = |id: &&str| messages.contains_key(&format!("next_check_{id}"));
    let checks: Vec<_> = Cause::ALL.iter().map(|cause| cause.id()).filter(has_check).collect();
    assert_eq!(checks, OPEN);
}

#[test]
fn messages_have_text_and_description() {
    for (key, Message { message, description, .. }) in messages() {
        assert!(!message.is_empty() && message.trim() == message, "{key}");
        assert!(!message.contains("  ") && !message.contains('\n'), "{key}");
        assert!(description.len() >= 5, "{key} has no description");
    }
}

#[test]
fn quotation_marks_are_typographic() {
    for (key, Message { message, .. }) in messages() {
        assert!(!message.contains(['\'', '"']), "{key}: {message}");
    }
}

#[test]
fn headlines_and_reasons_are_short_sentences() {
    for_each_telling(|key, headline, why| {
        for (text, most) in [(headline, 7), (why, 12)] {
            let words = text.split_whitespace().count();
            assert!(words <= most, "{key}: {words} words: {text}");
            assert_eq!(sentences(text).len(), 1, "{key}: {text}");
        }
    });
}

/// The card says once, at its foot, that the text is safe.
#[test]
fn no_reason_says_text_is_safe() {
    for_each_telling(|key, _, why| {
        let why = why.to_lowercase();
        assert!(!why.contains("your text"), "{key}: {why}");
    });
}

#[test]
fn every_telling_names_who_acted() {
    const ACTORS: [&str; 11] = [
        "OpenAI",
        "network",
        "browser",
        "extension",
        "device",
        "Unstuck",
        "machine",
        "computer",
        "page",
        "model",
        "You",
    ];
    for_each_telling(|key, headline, why| {
        let told = format!("{headline} {why}");
        assert!(ACTORS.iter().any(|actor| told.contains(actor)), "{key}: {told}");
    });
}

#[test]
fn steps_are_one_short_instruction_each() {
    for (key, message) in messages().iter().filter(|(key, _)| key.contains("_step_")) {
        let messages = message.message.split_whitespace().count();
        assert!(messages <= 16, "{key}: {messages} words");
        assert!(message.message.ends_with(['.', '?', '*']), "{key}");
    }
}

#[test]
fn urgent_text_never_blames_or_scolds() {
    const BANNED: [&str; 13] = [
        "please",
        "sorry",
        "oops",
        "error occurred",
        "invalid",
        "valid",
        "illegal",
        "forbidden",
        "prohibited",
        "technical difficulties",
        "bad request",
        "failed to",
        "unfortunately",
    ];
    for (key, message) in in_a_hurry() {
        let plain = format!(" {} ", spaced(&message));
        for banned in BANNED {
            assert!(!plain.contains(&format!(" {banned} ")), "{key} says “{banned}”");
        }
        let is_status = |word: &&str| {
            word.len() == 3 && word.parse().is_ok_and(|n: u16| (100..600).contains(&n))
        };
        assert_eq!(plain.split(' ').find(is_status), None, "{key} shows a status number");
    }
}

#[test]
fn cause_texts_read_at_age_nine() {
    let messages = Catalogue::english();
    let mut sum = 0.0;
    for &cause in Cause::ALL {
        let told = explain(&diagnosis(cause), &messages);
        let text = format!("{} {} {}", told.headline, told.why, told.steps.join(" "));
        let grade = school_grade(&text);
        assert!(grade < 5.0, "{}: grade {grade:.1}: {text}", cause.id());
        sum += grade;
    }
    assert!(sum / (Cause::ALL.len() as f64) < 4.0);
}

#[test]
fn placeholders_are_declared_used_and_explained() {
    for (key, message) in messages() {
        let mut used = names(&message.message);
        let rest = used.iter().fold(message.message.clone(), |text, name| {
            text.replace(&format!("${}$", name.to_uppercase()), "")
        });
        assert!(!rest.contains('$'), "{key} has a stray $");
        used.sort();
        used.dedup();
        assert_eq!(used, message.placeholders.keys().cloned().collect::<Vec<_>>(), "{key}");
        for (name, placeholder) in &message.placeholders {
            assert!(!placeholder.example.is_empty(), "{key}: {name} has no example");
            let position = placeholder.content.strip_prefix('$').and_then(|n| n.parse().ok());
            assert!(position.is_some_and(|n: u8| (1..=9).contains(&n)), "{key}: {name}");
        }
    }
}

#[test]
fn placeholders_match_what_is_given() {
    let messages = messages();
    for cause in Cause::ALL {
        for (key, message) in of_cause(&messages, cause.id()) {
            let timed = key.ends_with("_why_timed");
            let until = key.ends_with("_why_until");
            for (name, placeholder) in &message.placeholders {
                let position = match name.as_str() {
                    "provider" => "$1",
                    "host" => "$2",
                    "wait" | "when" | "target" => "$3",
                    _ => panic!("{key} uses {name}"),
                };
                assert_eq!(placeholder.content, position, "{key}");
            }
            assert_eq!(message.placeholders.contains_key("wait"), timed, "{key}");
            assert_eq!(message.placeholders.contains_key("when"), until, "{key}");
            let leads = key.ends_with("_why_to");
            assert_eq!(message.placeholders.contains_key("target"), leads, "{key}");
        }
    }
}

#[test]
fn only_messages_may_begin_with_placeholders() {
    /// These are only ever put inside another message, or after a colon.
    const PARTS: [&str; 6] = [
        "provider_unknown",
        "host_unknown",
        "popup_when_just_now",
        "language_tag",
        "moment_today",
        "moment_date",
    ];
    for (key, message) in messages() {
        let is_part = PARTS.contains(&key.as_str()) || key.starts_with("command_");
        for (index, sentence) in sentences(&message.message).iter().enumerate() {
            let first = sentence.trim_start_matches(['“', '(']).chars().next();
            let capital = first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
            let may = index == 0 && (is_part || first == Some('$'));
            assert!(capital || may, "{key}: {sentence}");
        }
    }
}

#[test]
fn nameless_texts_still_read_as_sentences() {
    let messages = Catalogue::english();
    for &cause in Cause::ALL {
        let nameless = Diagnosis { provider: None, host: None, ..diagnosis(cause) };
        let told = explain(&nameless, &messages);
        for text in [&told.headline, &told.why, &told.whose_move].into_iter().chain(&told.steps) {
            assert!(text.chars().next().is_some_and(char::is_uppercase), "{text}");
            assert!(!text.contains('$') && !text.contains("the the "), "{text}");
            assert!(!text.contains("your the ") && !text.contains("the its "), "{text}");
        }
    }
}

#[test]
fn action_labels_stay_within_four_words() {
    let messages = Catalogue::english();
    for kind in ActionKind::ALL {
        let key = format!("action_{}", kind.id());
        let label = messages.find(&key, &["OpenAI"]).unwrap_or_else(|| panic!("{key} is missing"));
        assert!(label.split(' ').count() <= 4 && !label.ends_with('.'), "{key}: {label}");
        for cause in Cause::ALL {
            let own = messages.find(&format!("{key}_{}", cause.id()), &["OpenAI"]);
            assert!(own.is_none_or(|own| own.split(' ').count() <= 4), "{key}, {}", cause.id());
        }
    }
}

#[test]
fn whose_move_takes_three_words() {
    let messages = Catalogue::english();
    let mut faults: Vec<Fault> = Vec::new();
    for &cause in Cause::ALL {
        let told = explain(&diagnosis(cause), &messages);
        let words = told.whose_move.split(' ').count();
        assert!(words <= 3 && !told.whose_move.ends_with('.'), "{}", told.whose_move);
        faults.push(told.fault);
    }
    faults.sort();
    faults.dedup();
    assert_eq!(faults.len(), 6);
    for fault in faults {
        assert!(messages.find(&format!("move_{}", fault.id()), &["OpenAI"]).is_some());
    }
}

#[test]
fn retry_verdicts_with_and_without_wait() {
    let messages = Catalogue::english();
    for when in [When::Now, When::Backoff, When::After, When::Online, When::AfterFix, When::Never] {
        for after_ms in [None, Some(20_000)] {
            let retry = Retry { when, after_ms };
            let told = explain(&Diagnosis { retry, ..diagnosis(Cause::RateLimited) }, &messages);
            assert!(told.retry_line.ends_with('.'), "{}", told.retry_line);
            assert!(!told.retry_line.contains(" ."), "{}", told.retry_line);
        }
    }
}

#[test]
fn every_finding_is_told() {
    let evidence = findings();
    let (meanings, others): (Vec<_>, Vec<_>) = messages()
        .into_keys()
        .filter(|key| key.starts_with("evidence_"))
        .partition(|key| key.starts_with("evidence_means_"));
    assert_eq!(evidence.len(), others.len() + 1);
    assert!(meanings.contains(&"evidence_means_invalid_api_key".to_owned()));
    let told = explain(&Diagnosis { evidence, ..diagnosis(Cause::Timeout) }, &Catalogue::english());
    for text in told.evidence {
        assert!(!text.starts_with("evidence_"), "{text} is missing");
        assert!(!text.contains('$') && !text.contains("  "), "{text}");
    }
}

#[test]
fn durations_have_singular_and_plural() {
    let messages = messages();
    for unit in ["seconds", "minutes", "hours", "days"] {
        assert!(messages[&format!("duration_{unit}")].placeholders.contains_key("count"));
        assert!(messages[&format!("duration_{unit}_one")].message.starts_with("1 "));
    }
}

#[test]
fn the_description_fits_the_store() {
    assert!(messages()["extension_description"].message.chars().count() <= 132);
}

/// Headline and reason of every cause, in every variant, with a service, a host and a wait filled in.
fn for_each_telling(check: impl Fn(&str, &str, &str)) {
    let messages = Catalogue::english();
    let fill = |key: &str| messages.find(key, &["OpenAI", "api.openai.com", "20 seconds"]);
    for id in Cause::ALL.iter().map(|cause| cause.id()) {
        let headline = fill(&format!("{id}_headline")).unwrap();
        for variant in ["why", "why_timed", "why_until", "why_to"] {
            let key = format!("{id}_{variant}");
            if let Some(why) = fill(&key) {
                check(&key, &headline, &why);
            }
        }
    }
}

/// Whether a person reads this at the moment of failure. Evidence and the reference may use terms of the trade.
fn is_urgent(key: &str) -> bool {
    const REFERENCE: [&str; 4] = ["_means", "_arises", "_do", "_futile"];
    !REFERENCE.iter().any(|part| key.ends_with(part)) && !key.starts_with("evidence_")
}

fn in_a_hurry() -> impl Iterator<Item = (String, String)> {
    let urgent = messages().into_iter().filter(|(key, _)| is_urgent(key));
    urgent.map(|(key, message)| (key, message.message))
}

fn diagnosis(cause: Cause) -> Diagnosis {
    Diagnosis {
        cause,
        confidence: 0.9,
        retry: Retry::when(When::Backoff),
        evidence: Vec::new(),
        also: Vec::new(),
        provider: Some(Provider::OpenAi),
        host: Some("api.openai.com".into()),
        request_id: None,
        opens_at_ms: None,
        actions: vec![Action { kind: ActionKind::Retry, url: None }],
    }
}
