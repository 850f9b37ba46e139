//! Whether, when and how often a failed call is tried again. The provider's wish is never undercut.

pub mod backoff;
pub mod breaker;
pub mod budget;

use fastrand::Rng;
use serde::{Deserialize, Serialize};

use backoff::Backoff;
use unstuck_diagnose::{Retry, When};

/// The rules of automatic retries for one source.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// The growing waits between attempts.
    pub backoff: Backoff,
    /// Automatic attempts for one ask, the first included.
    pub attempts: u32,
    /// The longest wait, in milliseconds, that passes in silence; beyond it the person is told the time instead.
    pub longest_silent_wait_ms: u64,
    /// A wait named by the server is stretched by up to this share, so that not everybody returns together.
    pub spread: f64,
}

/// No wait is stretched by more than this, in milliseconds.
pub const LONGEST_STRETCH_MS: u64 = 120_000;

impl Default for Policy {
    fn default() -> Self {
        Self {
            backoff: Backoff::default(),
            attempts: 3,
            longest_silent_wait_ms: 60_000,
            spread: 0.2,
        }
    }
}

impl Policy {
    /// A wait named by the server, stretched at random. Never shorter.
    ///
    /// People who were refused at different times of one outage are all told its one end. Stretched evenly, those waits would
    /// crowd right behind it, the short ones on top of the long ones; with the larger of two draws they return at an even
    /// pace (measured: `unstuck simulate --clients`).
    #[must_use]
    pub fn stretched(&self, hint_ms: u64, rng: &mut Rng) -> u64 {
        let share = rng.f64().max(rng.f64()) * self.spread;
        let stretch = ((hint_ms as f64 * share) as u64).min(LONGEST_STRETCH_MS);
        hint_ms.saturating_add(stretch)
    }
}

/// What happens next with a failed call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plan {
    /// Try again by itself after so many milliseconds.
    After(u64),
    /// Try again by itself as soon as the browser is online.
    WhenOnline,
    /// The next move is the person's.
    UpToPerson,
}

/// What the plan needs to know about the ask.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// The attempt that has just failed, counted from 1.
    pub attempt: u32,
    /// Whether any part of an answer was shown: then nothing is repeated without the person.
    pub shown: bool,
}

/// Decides what happens next.
#[must_use]
pub fn plan(retry: Retry, progress: Progress, policy: &Policy, rng: &mut Rng) -> Plan {
    if progress.shown || progress.attempt >= policy.attempts {
        return Plan::UpToPerson;
    }
    match retry.when {
        When::Never | When::AfterFix => Plan::UpToPerson,
        When::Online => Plan::WhenOnline,
        // The request was not processed: once at once, then like any other failure.
        When::Now if progress.attempt == 1 => Plan::After(0),
        When::Now | When::Backoff | When::After => {
            let own = policy.backoff.wait(progress.attempt, rng);
            let hint = retry.after_ms.unwrap_or(0);
            let wait = own.max(policy.stretched(hint, rng));
            if hint > policy.longest_silent_wait_ms { Plan::UpToPerson } else { Plan::After(wait) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(when: When, after_ms: Option<u64>, attempt: u32) -> Plan {
        plan(
            Retry { when, after_ms },
            Progress { attempt, shown: false },
            &Policy::default(),
            &mut Rng::with_seed(7),
        )
    }

    /// The wait is stretched by a fifth at most.
    #[test]
    fn server_wait_is_never_undercut() {
        for seed in 0..1000 {
            let mut rng = Rng::with_seed(seed);
            let retry = Retry { when: When::After, after_ms: Some(20_000) };
            let Plan::After(wait) =
                plan(retry, Progress { attempt: 1, shown: false }, &Policy::default(), &mut rng)
            else {
                panic!("a short wait is automatic")
            };
            assert!((20_000..=24_000).contains(&wait), "{wait}");
        }
    }

    #[test]
    fn long_wait_is_told_not_slept() {
        assert_eq!(planned(When::After, Some(60_001), 1), Plan::UpToPerson);
        assert_eq!(planned(When::After, Some(u64::MAX), 1), Plan::UpToPerson);
    }

    /// They also stop once output was shown, and at faults that the person has to mend.
    #[test]
    fn retries_stop_at_three_attempts() {
        assert_eq!(planned(When::Backoff, None, 3), Plan::UpToPerson);
        assert_eq!(planned(When::AfterFix, Some(10), 1), Plan::UpToPerson);
        assert_eq!(planned(When::Never, None, 1), Plan::UpToPerson);
        let shown = Progress { attempt: 1, shown: true };
        let now = Retry::when(When::Now);
        assert_eq!(plan(now, shown, &Policy::default(), &mut Rng::with_seed(1)), Plan::UpToPerson);
    }

    #[test]
    fn unprocessed_request_repeats_immediately_only_once() {
        assert_eq!(planned(When::Now, None, 1), Plan::After(0));
        assert!(matches!(planned(When::Now, None, 2), Plan::After(_)));
        assert_eq!(planned(When::Online, None, 1), Plan::WhenOnline);
    }
}
