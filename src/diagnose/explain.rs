//! A diagnosis in words: the shape that the command prints and every view paints.

mod time;

pub use time::{
    clock as clock_in_words, end as end_in_words, iso as iso_time, moment as moment_in_words,
    wait as wait_in_words,
};

use serde::Serialize;

use crate::{
    Action, ActionKind, Alternative, Cause, Diagnosis, Evidence, Fault, Provider, Retry, When,
    letter_case::capitalised, messages::Messages,
};

const HOST_UNKNOWN: &str = "host_unknown";
const PROVIDER_UNKNOWN: &str = "provider_unknown";
const WORKER_STOPPED: &str = "worker_stopped";
const BUILT_IN_FAILED: &str = "built_in_failed";

/// A diagnosis as a person reads it, and as `unstuck diagnose --jsonl` writes it.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The most likely cause.
    pub cause: Cause,
    /// Whose side it lies on.
    pub fault: Fault,
    /// 0 to 1, two decimals.
    pub confidence: f64,
    /// The confidence in a word or two.
    pub certainty: String,
    /// What happened, in one short sentence.
    pub headline: String,
    /// What happens next or what to do, in one short sentence.
    pub why: String,
    /// Whose move it is, in one to three words.
    pub whose_move: String,
    /// What to do by hand, in order; one to four.
    pub steps: Vec<String>,
    /// The check that would decide, for the causes that leave the matter open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_check: Option<String>,
    /// What can be pressed.
    pub actions: Vec<LabelledAction>,
    /// When trying again makes sense.
    pub retry: Retry,
    /// The same in one short clause.
    pub retry_line: String,
    /// What the diagnosis rests on.
    pub evidence: Vec<String>,
    /// The runners-up.
    pub also: Vec<Alternative>,
    /// Who was called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<Provider>,
    /// The service's id of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// An action with its label.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LabelledAction {
    /// What pressing it does: an [`ActionKind`] id.
    pub kind: ActionKind,
    /// What the button says.
    pub label: String,
    /// Whether it is the one to press first.
    pub primary: bool,
    /// The page it opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Puts a diagnosis into words.
///
/// ```
/// use unstuck_diagnose::{Catalogue, Failure, classify, explain};
///
/// let failure = Failure::from_message("connect ECONNREFUSED 127.0.0.1:11434");
/// let explanation = explain(&classify(&failure), &Catalogue::english());
/// println!("{}\n{}", explanation.headline, explanation.whose_move);
/// for (number, step) in explanation.steps.iter().enumerate() {
///     println!("{}. {step}", number + 1);
/// }
/// assert!(explanation.actions[0].primary);
/// ```
#[must_use]
pub fn explain(diagnosis: &Diagnosis, messages: &dyn Messages) -> Explanation {
    let Diagnosis { cause, confidence, retry, .. } = *diagnosis;
    let teller = Teller::new(diagnosis, messages);
    let story = story(diagnosis);
    Explanation {
        cause,
        fault: cause.fault(),
        confidence: two_decimals(confidence),
        certainty: messages.get(certainty(cause, confidence), &[]),
        headline: teller.get(&format!("{story}_headline")),
        why: teller.why(diagnosis),
        whose_move: teller.whose_move(diagnosis),
        steps: teller.steps(story),
        next_check: teller.find(&format!("next_check_{}", cause.id()), ""),
        actions: teller.actions(cause, &diagnosis.actions),
        retry,
        retry_line: retry_line(retry, messages),
        evidence: diagnosis.evidence.iter().map(|finding| tell(finding, messages)).collect(),
        also: diagnosis
            .also
            .iter()
            .map(|other| Alternative { confidence: two_decimals(other.confidence), ..*other })
            .collect(),
        provider: diagnosis.provider,
        request_id: diagnosis.request_id.clone(),
    }
}

/// The host that the address leads to.
fn target(diagnosis: &Diagnosis) -> Option<&str> {
    diagnosis.evidence.iter().find_map(|finding| match finding {
        Evidence::Redirect { host } => Some(host.as_str()),
        _ => None,
    })
}

/// Fills the names of one diagnosis into messages: `$1` the service, `$2` the host, `$3` a time or the host that an address
/// leads to.
struct Teller<'a> {
    messages: &'a dyn Messages,
    provider: String,
    host: String,
    /// A proper name (`xAI`, `llama.cpp`) keeps its first letter; anything else starts a sentence as words do.
    keeps_first_letter: bool,
}

impl<'a> Teller<'a> {
    fn new(diagnosis: &Diagnosis, messages: &'a dyn Messages) -> Self {
        Self {
            messages,
            provider: diagnosis.provider.map_or_else(
                || messages.get(PROVIDER_UNKNOWN, &[]),
                |provider| provider.name().to_owned(),
            ),
            host: diagnosis.host.clone().unwrap_or_else(|| messages.get(HOST_UNKNOWN, &[])),
            keeps_first_letter: diagnosis.provider.is_some(),
        }
    }

    fn find(&self, key: &str, third: &str) -> Option<String> {
        let message = self.messages.find(key, &[&self.provider, &self.host, third])?;
        Some(if self.keeps_first_letter { message } else { capitalised(&message) })
    }

    fn get(&self, key: &str) -> String {
        self.find(key, "").unwrap_or_else(|| key.to_owned())
    }

    fn why(&self, diagnosis: &Diagnosis) -> String {
        let key = format!("{}_why", story(diagnosis));
        let wait = diagnosis.retry.after_ms.filter(|&ms| ms > 0);
        wait.and_then(|ms| self.find(&format!("{key}_timed"), &time::wait(ms, self.messages)))
            .or_else(|| self.find(&format!("{key}_to"), target(diagnosis)?))
            .or_else(|| {
                let moment = time::moment(diagnosis.opens_at_ms?, self.messages);
                self.find(&format!("{key}_until"), &moment)
            })
            .unwrap_or_else(|| self.get(&key))
    }

    /// The line of the cause itself where it has one, else that of its side.
    fn whose_move(&self, diagnosis: &Diagnosis) -> String {
        self.find(&format!("move_{}", story(diagnosis)), "")
            .unwrap_or_else(|| self.get(&format!("move_{}", diagnosis.cause.fault().id())))
    }

    fn steps(&self, story: &str) -> Vec<String> {
        (1..=4).map_while(|n| self.find(&format!("{story}_step_{n}"), "")).collect()
    }

    /// Each is called by what it does to this cause, where that can be said.
    fn actions(&self, cause: Cause, actions: &[Action]) -> Vec<LabelledAction> {
        let label = |(index, action): (usize, &Action)| LabelledAction {
            kind: action.kind,
            label: {
                let key = format!("action_{}", action.kind.id());
                let own = self.find(&format!("{key}_{}", cause.id()), "");
                own.unwrap_or_else(|| self.get(&key))
            },
            primary: index == 0,
            url: action.url.clone(),
        };
        actions.iter().enumerate().map(label).collect()
    }
}

/// Whose words tell it: those of the cause, but a call of our own that the browser stopped needs no reload of the page,
/// and the browser's own model is no server that could be restarted.
fn story(diagnosis: &Diagnosis) -> &'static str {
    if diagnosis.evidence.contains(&Evidence::WorkerStopped) {
        return WORKER_STOPPED;
    }
    match (diagnosis.cause, diagnosis.provider) {
        (Cause::LocalModelFailed, Some(Provider::BuiltIn)) => BUILT_IN_FAILED,
        (cause, _) => cause.id(),
    }
}

fn retry_line(retry: Retry, messages: &dyn Messages) -> String {
    let wait = retry.after_ms.filter(|&ms| ms > 0).map(|ms| time::wait(ms, messages));
    let key = match (retry.when, &wait) {
        (When::Now, _) => "retry_now",
        (When::After, Some(_)) => "retry_after",
        (When::After, None) | (When::Backoff, _) => "retry_backoff",
        (When::Online, _) => "retry_online",
        (When::AfterFix | When::Never, Some(_)) => "retry_after_fix_opens",
        (When::AfterFix, None) => "retry_after_fix",
        (When::Never, None) => "retry_never",
    };
    messages.get(key, &[wait.as_deref().unwrap_or_default()])
}

/// One finding in words.
pub fn tell(finding: &Evidence, messages: &dyn Messages) -> String {
    let get = |key: &str, arguments: &[&str]| messages.get(&format!("evidence_{key}"), arguments);
    match finding {
        Evidence::Status { code, host: Some(host) } => get("status", &[&code.to_string(), host]),
        Evidence::Status { code, host: None } => get("status_nohost", &[&code.to_string()]),
        Evidence::NetError { name } if name.starts_with("ERR_") => {
            get("net_error", &[&format!("net::{name}")])
        }
        Evidence::NetError { name } => get("net_error", &[name]),
        Evidence::Code { code } => get("code", &[code]),
        Evidence::Phrase { text } => get("phrase", &[text]),
        Evidence::Meaning { cause } => get(&format!("means_{}", cause.id()), &[]),
        Evidence::Header { name, value } => get("header", &[name, value]),
        Evidence::Wait { ms } => get("wait", &[&time::wait(*ms, messages)]),
        Evidence::Reset { at_ms } => get("reset", &[&time::moment(*at_ms, messages)]),
        Evidence::Exception { name } => get("exception", &[name]),
        Evidence::Redirect { host } => get("redirect", &[host]),
        Evidence::OverLimit { limit } => get(limit.id(), &[&limit.in_words()]),
        Evidence::HtmlReply => get("html_reply", &[]),
        Evidence::EmptyReply => get("empty_reply", &[]),
        Evidence::NoEndMark { chars } => get("no_end_mark", &[&chars.to_string()]),
        Evidence::UnreadablePart => get("unreadable_part", &[]),
        Evidence::Aborted => get("aborted", &[]),
        Evidence::Offline => get("offline", &[]),
        Evidence::NoSiteAccess => get("no_site_access", &[]),
        Evidence::Proxy => get("proxy", &[]),
        Evidence::HeadersThenRefused => get("headers_then_refused", &[]),
        Evidence::PreflightRefused => get("preflight_refused", &[]),
        Evidence::NeverSent => get("never_sent", &[]),
        Evidence::Elapsed { ms } => get("elapsed", &[&time::elapsed(*ms, messages)]),
        Evidence::HostAnswers => get("host_answers", &[]),
        Evidence::OnlyThisHost => get("only_this_host", &[]),
        Evidence::NoHostAnswers => get("no_host_answers", &[]),
        Evidence::AnsweredElsewhere => get("answered_elsewhere", &[]),
        Evidence::HostChallenges => get("host_challenges", &[]),
        Evidence::SignedOut => get("signed_out", &[]),
        Evidence::WorkerStopped => get("worker_stopped", &[]),
        Evidence::StatusPage => get("status_page", &[]),
        Evidence::Culprit { name } => get("culprit", &[name]),
        Evidence::ClockOff { ms } => get("clock_off", &[&time::elapsed(*ms, messages)]),
        Evidence::AddressChanged { before, after } => get("address_changed", &[before, after]),
        Evidence::ModelChanged { before, after } => get("model_changed", &[before, after]),
        Evidence::DialectChanged { before, after } => get("dialect_changed", &[before, after]),
        Evidence::RulesChanged => get("rules_changed", &[]),
        Evidence::KeyChanged => get("key_changed", &[]),
    }
}

/// Whether an explanation may use the message with this key.
pub fn is_told(key: &str) -> bool {
    const FAMILIES: [&str; 6] =
        ["confidence_", "duration_", "evidence_", "move_", "next_check_", "retry_"];
    let stories =
        Cause::ALL.iter().map(|cause| cause.id()).chain([WORKER_STOPPED, BUILT_IN_FAILED]);
    let part_of_a_story = |id: &str| {
        let part = key.strip_prefix(id)?.strip_prefix('_')?;
        Some(part == "headline" || part.starts_with("why") || part.starts_with("step_"))
    };
    let label = |kind: &ActionKind| {
        let rest = key.strip_prefix("action_").and_then(|rest| rest.strip_prefix(kind.id()));
        rest.is_some_and(|rest| rest.is_empty() || is_cause(rest))
    };
    FAMILIES.iter().any(|family| key.starts_with(family))
        || [HOST_UNKNOWN, PROVIDER_UNKNOWN, "language_tag", "moment_date"].contains(&key)
        || ActionKind::ALL.iter().any(label)
        || stories.into_iter().any(|id| part_of_a_story(id) == Some(true))
}

/// Whether this is the id of a cause behind an underscore.
fn is_cause(text: &str) -> bool {
    text.strip_prefix('_').is_some_and(|id| Cause::from_id(id).is_some())
}

fn certainty(cause: Cause, confidence: f64) -> &'static str {
    match confidence {
        _ if cause == Cause::Unknown => "confidence_low",
        c if c >= 0.8 => "confidence_high",
        c if c >= 0.5 => "confidence_fair",
        _ => "confidence_low",
    }
}

/// Rounded down: nothing short of certainty is told as 100 %.
fn two_decimals(share: f64) -> f64 {
    // A millionth of a percent is noise of the binary fraction.
    (share * 100.0 + 1e-6).floor() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Catalogue;

    fn diagnosis(cause: Cause) -> Diagnosis {
        Diagnosis {
            cause,
            confidence: 0.9666,
            retry: Retry::when(When::Backoff),
            evidence: Vec::new(),
            also: vec![Alternative { cause: Cause::Unknown, confidence: 0.0334 }],
            provider: Some(Provider::OpenAi),
            host: Some("api.openai.com".into()),
            request_id: None,
            opens_at_ms: None,
            actions: Vec::new(),
        }
    }

    fn told(diagnosis: &Diagnosis) -> Explanation {
        explain(diagnosis, &Catalogue::english())
    }

    /// A wait named by the service is in the reason and in the retry line.
    #[test]
    fn named_wait_is_told_twice() {
        let mut limited = diagnosis(Cause::RateLimited);
        assert!(told(&limited).why.contains("short pause"));
        limited.retry = Retry { when: When::After, after_ms: Some(20_000) };
        let told = told(&limited);
        assert_eq!(told.why, "You can go on in 20 seconds.");
        assert_eq!(told.retry_line, "Try again in 20 seconds.");
    }

    #[test]
    fn quota_names_its_opening_time() {
        let mut spent = diagnosis(Cause::UsageCapReached);
        spent.opens_at_ms = Some(1_700_000_000_000);
        assert_eq!(told(&spent).why, "Your limit resets on 2023-11-14 22:14 UTC.");
        spent.retry = Retry { when: When::AfterFix, after_ms: Some(3 * 3_600_000) };
        let told = told(&spent);
        assert_eq!(told.why, "It opens again in 3 hours.");
        assert_eq!(told.retry_line, "Wait: it resets in 3 hours.");
    }

    /// An unnamed service starts a sentence with a capital; a proper name stays as it is.
    #[test]
    fn unnamed_service_is_capitalised() {
        let mut failure = diagnosis(Cause::ServiceUnavailable);
        failure.provider = None;
        assert!(told(&failure).headline.starts_with("The AI service "));
        failure.provider = Some(Provider::Xai);
        assert!(told(&failure).headline.starts_with("xAI "));
    }

    /// Confidence is rounded down to two decimals and has a word.
    #[test]
    fn confidence_rounds_down_with_a_word() {
        let told = told(&diagnosis(Cause::Timeout));
        assert_eq!((told.confidence, told.also[0].confidence), (0.96, 0.03));
        assert_eq!(told.certainty, "Sure");
    }

    #[test]
    fn unknown_cause_never_sounds_sure() {
        assert_eq!(told(&diagnosis(Cause::Unknown)).certainty, "Not sure");
    }

    #[test]
    fn first_action_is_primary() {
        let mut expired = diagnosis(Cause::SessionExpired);
        let url = Some("https://chatgpt.com/auth/login".to_owned());
        expired.actions = vec![
            Action { kind: ActionKind::OpenLogin, url: url.clone() },
            Action { kind: ActionKind::SwitchSource, url: None },
        ];
        let actions = told(&expired).actions;
        assert_eq!((actions[0].label.as_str(), actions[0].primary), ("Sign in to OpenAI", true));
        assert_eq!((&actions[0].url, actions[1].primary), (&url, false));
    }

    #[test]
    fn only_open_causes_name_a_check() {
        assert!(told(&diagnosis(Cause::AccessDenied)).next_check.is_some());
        assert_eq!(told(&diagnosis(Cause::Offline)).next_check, None);
    }
}
