//! A second look at a failure that nobody can decide yet.

use std::rc::Rc;

use web_sys::RequestCredentials;

use super::Worker;
use crate::net::{
    attempt::is_redirect,
    probe::{get, landed, origin, other_host, reach},
    scope,
    watch::NetWatch,
};
use unstuck_diagnose::{Failure, Probes, Reach, workspace::is_web_host};
use unstuck_engine::AttemptId;

/// So many redirects of a web app are gone after.
const MOST_HOPS: usize = 5;
/// As many failures are remembered.
const REMEMBERED: usize = 8;

impl Worker {
    /// Remembers a failure, in case a second opinion is wanted.
    pub(super) fn remember(&self, attempt_id: AttemptId, failure: &Failure) {
        let mut failures = self.0.failures.borrow_mut();
        failures.retain(|(known, _)| known.call != attempt_id.call);
        failures.truncate(REMEMBERED - 1);
        failures.insert(0, (attempt_id, failure.clone()));
    }

    fn remembered(&self, attempt_id: AttemptId) -> Option<Failure> {
        let failures = self.0.failures.borrow();
        failures.iter().find(|(known, _)| *known == attempt_id).map(|(_, failure)| failure.clone())
    }

    /// The failure of this attempt with all that could be found out; `None` when nobody remembers it.
    pub(super) async fn look_again(&self, attempt_id: AttemptId) -> Option<Failure> {
        let mut failure = self.remembered(attempt_id)?;
        let settings = self.settings();
        let origin = origin(failure.url.as_deref()?)?;
        let unanswered = failure.status.is_none();
        let asks_who = matches!(failure.status, Some(401 | 403));
        let mut probes = Probes { host: Some(reach(&origin, false).await), ..Probes::default() };
        if unanswered && settings.second_host {
            probes.other = Some(other_host(&settings, &origin).await);
        }
        if asks_who && failure.host().is_some_and(is_web_host) {
            probes.signed_out = signed_out(&origin).await;
        }
        failure.online = Some(scope().navigator().on_line());
        failure.probes = Some(probes);
        Some(failure)
    }
}

impl Worker {
    /// Whether any other host is reached.
    pub(super) async fn reaches_another(&self) -> bool {
        let reach = other_host(&self.settings(), "").await;
        !matches!(reach, Reach::Silent | Reach::Failed(_))
    }
}

/// Whether the front page sends the person to the sign-in. The look carries the person's session, so it goes from page to page
/// of this app alone.
async fn signed_out(origin: &str) -> bool {
    let mut address = origin.to_owned();
    for _ in 0..MOST_HOPS {
        let watch = NetWatch::new();
        let credentials = RequestCredentials::Include;
        let Ok(response) = get(&address, &watch, false, credentials, Rc::default()).await else {
            return false;
        };
        let next = landed(&response, &watch).await;
        let sign_in = ["login", "signin", "sign-in", "sign_in", "/auth", "//auth", "//accounts."];
        if sign_in.iter().any(|word| next.contains(word)) {
            return true;
        }
        if !is_redirect(&response) || self::origin(&next).as_deref() != Some(origin) {
            return false;
        }
        address = next;
    }
    false
}
