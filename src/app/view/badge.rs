//! The badge on the toolbar icon: how many requests of a tab wait for the person, or that one goes on by itself.

use unstuck_diagnose::Messages;
use unstuck_engine::State;

/// What a tab's icon shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// The letters on it; empty for none.
    pub text: String,
    /// The same in words.
    pub title: String,
}

/// The badge of a tab.
#[must_use]
pub fn badge(state: &State, tab: i32, messages: &dyn Messages) -> Badge {
    let (text, title) = match state.unsettled_in(tab) {
        0 if state.goes_on_in(tab) => ("…".to_owned(), messages.get("badge_goes_on", &[])),
        0 => (String::new(), messages.get("extension_name", &[])),
        count => (count.to_string(), messages.count("badge_waits", count as u64)),
    };
    Badge { text, title }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::tests::{failed_with, status};

    fn shown(state: &State) -> (String, String) {
        let Badge { text, title } = badge(state, 7, &crate::english());
        (text, title)
    }

    fn is(text: &str, title: &str) -> (String, String) {
        (text.into(), title.into())
    }

    #[test]
    fn failures_are_counted_in_words() {
        let mut state = failed_with(status(401, ""));
        assert_eq!(shown(&state), is("1", "Unstuck: 1 request waits for you"));
        let mut other = state.incidents[0].clone();
        other.attempt_id.call = 9;
        state.incidents.push(other);
        assert_eq!(shown(&state), is("2", "Unstuck: 2 requests wait for you"));
        state.incidents.iter_mut().for_each(|incident| incident.settled = true);
        assert_eq!(shown(&state), is("", "Unstuck"));
    }

    /// A wait asks nothing of the person.
    #[test]
    fn a_wait_is_a_sign() {
        let mut failure = status(429, r#"{"error":{"code":"rate_limit_exceeded"}}"#);
        failure.headers.insert("retry-after".into(), "20".into());
        assert_eq!(shown(&failed_with(failure)), is("…", "Unstuck is on it"));
    }
}
