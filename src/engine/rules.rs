//! How often a source is tried again and how long it is waited for: the rules for all sources, and what differs for one.

use std::ops::RangeInclusive;

use super::{OwnRules, Settings};
use crate::retry::Policy;

/// The rules of one source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// The rules of automatic retries.
    pub policy: Policy,
    /// Milliseconds to wait for the first byte of an answer.
    pub first_byte_ms: u64,
    /// Milliseconds of silence inside an answer after which it counts as cut off.
    pub stall_ms: u64,
}

/// A rule that a person may change, counted as a person counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// How often a call is tried again without a press; 0 for never.
    Tries,
    /// The longest wait that is waited for without a press, in seconds.
    LongestWait,
    /// How long the first byte of an answer may take, in seconds.
    FirstByte,
    /// How long a silence inside an answer may last, in seconds.
    Silence,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 4] = [Self::Tries, Self::LongestWait, Self::FirstByte, Self::Silence];

    /// Its name in presses, fields, words and files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Tries => "tries",
            Self::LongestWait => "longest_wait",
            Self::FirstByte => "first_byte",
            Self::Silence => "silence",
        }
    }

    /// The rule of this name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }

    /// What makes sense: the budget of a source allows five retries in a row, and a wait beyond an hour is an appointment.
    #[must_use]
    pub const fn range(self) -> RangeInclusive<u64> {
        match self {
            Self::Tries => 0..=5,
            Self::LongestWait => 0..=3_600,
            Self::FirstByte => 5..=900,
            Self::Silence => 5..=300,
        }
    }

    /// The value that was typed, or `None` when it makes no sense.
    #[must_use]
    pub fn read(self, typed: &str) -> Option<u64> {
        typed.trim().parse().ok().filter(|value| self.range().contains(value))
    }
}

impl Settings {
    /// The rules that hold for a source.
    #[must_use]
    pub fn rules(&self, source: &str) -> Rules {
        let own = self.source(source).map(|source| source.rules).unwrap_or_default();
        let general = self.policy;
        Rules {
            policy: Policy {
                attempts: own.attempts.unwrap_or(general.attempts),
                longest_silent_wait_ms: own
                    .longest_silent_wait_ms
                    .unwrap_or(general.longest_silent_wait_ms),
                ..general
            },
            first_byte_ms: own.first_byte_ms.unwrap_or(self.first_byte_ms),
            stall_ms: own.stall_ms.unwrap_or(self.stall_ms),
        }
    }

    /// A rule for all sources, or what differs from it for this one.
    #[must_use]
    pub fn rule(&self, rule: Rule, source: Option<&str>) -> Option<u64> {
        let own = match source {
            Some(id) => self.source(id)?.rules,
            None => OwnRules {
                attempts: Some(self.policy.attempts),
                longest_silent_wait_ms: Some(self.policy.longest_silent_wait_ms),
                first_byte_ms: Some(self.first_byte_ms),
                stall_ms: Some(self.stall_ms),
            },
        };
        match rule {
            Rule::Tries => own.attempts.map(|attempts| u64::from(attempts).saturating_sub(1)),
            Rule::LongestWait => own.longest_silent_wait_ms.map(|ms| ms / 1_000),
            Rule::FirstByte => own.first_byte_ms.map(|ms| ms / 1_000),
            Rule::Silence => own.stall_ms.map(|ms| ms / 1_000),
        }
    }

    /// Changes a rule for all sources, or for this one; `None` lets the source follow the rule for all.
    pub fn set_rule(&mut self, rule: Rule, source: Option<&str>, value: Option<u64>) {
        let attempts = value.map(|tries| tries as u32 + 1);
        let ms = value.map(|seconds| seconds * 1_000);
        if let Some(id) = source {
            let known = self.sources.iter_mut().find(|source| source.id == id);
            let Some(own) = known.map(|source| &mut source.rules) else { return };
            match rule {
                Rule::Tries => own.attempts = attempts,
                Rule::LongestWait => own.longest_silent_wait_ms = ms,
                Rule::FirstByte => own.first_byte_ms = ms,
                Rule::Silence => own.stall_ms = ms,
            }
            return;
        }
        let (Some(attempts), Some(ms)) = (attempts, ms) else { return };
        match rule {
            Rule::Tries => self.policy.attempts = attempts,
            Rule::LongestWait => self.policy.longest_silent_wait_ms = ms,
            Rule::FirstByte => self.first_byte_ms = ms,
            Rule::Silence => self.stall_ms = ms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    #[test]
    fn source_inherits_rules_until_overridden() {
        let source = |id: &str| Source { id: id.into(), ..Source::default() };
        let mut settings =
            Settings { sources: vec![source("a"), source("b")], ..Settings::default() };
        settings.set_rule(Rule::Tries, None, Some(0));
        settings.set_rule(Rule::Silence, Some("a"), Some(7));
        settings.set_rule(Rule::Tries, Some("a"), Some(4));
        settings.set_rule(Rule::FirstByte, Some("nobody"), Some(9));
        let (a, b) = (settings.rules("a"), settings.rules("b"));
        assert_eq!((a.policy.attempts, a.stall_ms, a.first_byte_ms), (5, 7_000, 240_000));
        assert_eq!((b.policy.attempts, b.stall_ms), (1, 45_000));
        settings.set_rule(Rule::Tries, Some("a"), None);
        assert_eq!(settings.rules("a").policy.attempts, 1);
        assert_eq!(settings.rule(Rule::Tries, Some("a")), None);
        assert_eq!(settings.rule(Rule::LongestWait, None), Some(60));
    }

    #[test]
    fn rules_take_whole_numbers_in_range() {
        assert_eq!(Rule::Tries.read(" 5 "), Some(5));
        for wrong in ["6", "-1", "1.5", "", "many", "99999999999999999999"] {
            assert_eq!(Rule::Tries.read(wrong), None, "{wrong}");
        }
        assert_eq!(Rule::ALL.map(|rule| Rule::from_id(rule.id())), Rule::ALL.map(Some));
    }
}
