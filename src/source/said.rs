//! What one event of an answer says, the same for every dialect.

use super::json::find;

/// What one event of an answer says. An event that is not known says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Said {
    /// Text of the answer.
    pub(super) text: Option<String>,
    /// What follows.
    pub(super) then: Then,
}

/// What follows an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Then {
    /// More, or a cut.
    #[default]
    More,
    /// The model said why it stopped: all text has arrived, whether or not an end mark follows.
    Stopped,
    /// Nothing: this was the end mark.
    Ended,
    /// Nothing: this was an error.
    Failed,
}

impl From<Then> for Said {
    fn from(then: Then) -> Self {
        Self { text: None, then }
    }
}

/// What is known of the tokens of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tokens {
    /// Those of the ask.
    pub(super) input: Option<u64>,
    /// Those of the answer.
    pub(super) output: Option<u64>,
}

impl Tokens {
    /// Both as an object tells them under these keys.
    pub(super) fn of(usage: &str, input: &str, output: &str) -> Self {
        Self { input: count(usage, input), output: count(usage, output) }
    }

    /// What a later event tells is the better knowledge.
    pub(super) fn learn(&mut self, later: Self) {
        self.input = later.input.or(self.input);
        self.output = later.output.or(self.output);
    }
}

/// A whole number under a key of an object.
pub(super) fn count(object: &str, key: &str) -> Option<u64> {
    find(object, &[key])?.parse().ok()
}

/// Whether an object has an `error`, or is one: vLLM's and Mistral's have no envelope.
pub(super) fn has_error(json: &str) -> bool {
    find(json, &["error"]).is_some_and(|error| error != "null")
        || find(json, &["object"]) == Some("\"error\"")
}
