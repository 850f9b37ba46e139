//! The rules of other clients, read in their source in 2026: after how many milliseconds they try again.

use fastrand::Rng;

use super::{Client, Next};

/// After a failure.
pub(super) struct Failed {
    /// Attempts so far, counted from 1.
    attempt: u32,
    /// What the service asked for, in milliseconds, in whatever header or field this client reads.
    hint: u64,
    /// The wait before, in milliseconds.
    before: u64,
}

/// A rule of retries. `None`: it gives up.
pub(super) struct Rule {
    pub(super) name: &'static str,
    wait: fn(&Failed, &mut Rng) -> Option<u64>,
}

pub(super) const RULES: [Rule; 9] = [
    Rule { name: "No retries", wait: |_, _| None },
    Rule { name: "Every second", wait: |_, _| Some(1_000) },
    Rule { name: "Exponential, no jitter", wait: |f, _| Some(doubled(1_000, f.attempt, 30_000)) },
    Rule { name: "openai-node", wait: openai_node },
    Rule { name: "anthropic-sdk-typescript", wait: anthropic },
    Rule { name: "Vercel AI SDK", wait: vercel },
    Rule { name: "gemini-cli", wait: gemini_cli },
    Rule {
        name: "AWS full jitter",
        wait: |f, rng| Some(rng.u64(0..=doubled(1_000, f.attempt, 30_000))),
    },
    Rule {
        name: "AWS decorrelated jitter",
        wait: |f, rng| Some(rng.u64(1_000..=f.before.max(1_000) * 3).min(30_000)),
    },
];

fn doubled(base: u64, attempt: u32, cap: u64) -> u64 {
    base.saturating_mul(1_u64.checked_shl(attempt - 1).unwrap_or(u64::MAX)).min(cap)
}

/// Half a second, doubled up to 8 s, less up to a quarter.
fn stainless(attempt: u32, rng: &mut Rng) -> u64 {
    (doubled(500, attempt, 8_000) as f64 * (1.0 - 0.25 * rng.f64())) as u64
}

fn openai_node(failed: &Failed, rng: &mut Rng) -> Option<u64> {
    let own = stainless(failed.attempt, rng);
    (failed.attempt <= 2).then_some(if failed.hint <= 60_000 { failed.hint } else { own })
}

fn anthropic(failed: &Failed, _: &mut Rng) -> Option<u64> {
    (failed.attempt <= 2).then_some(failed.hint)
}

fn vercel(failed: &Failed, _: &mut Rng) -> Option<u64> {
    let own = doubled(2_000, failed.attempt, u64::MAX);
    let obeys = failed.hint < 60_000 || failed.hint < own;
    (failed.attempt <= 2).then_some(if obeys { failed.hint } else { own })
}

fn gemini_cli(failed: &Failed, rng: &mut Rng) -> Option<u64> {
    let goes_on = failed.attempt < 10 && failed.hint <= 300_000;
    goes_on.then(|| (failed.hint as f64 * (1.0 + 0.2 * rng.f64())) as u64)
}

/// A client that follows a rule.
pub(super) struct Ruled {
    rule: &'static Rule,
    attempt: u32,
    before: u64,
}

impl Ruled {
    pub(super) const fn new(rule: &'static Rule) -> Self {
        Self { rule, attempt: 0, before: 0 }
    }
}

impl Client for Ruled {
    fn press(&mut self, _: u64, _: &mut Rng) -> Next {
        (self.attempt, self.before) = (1, 0);
        Next::Call
    }

    fn wake(&mut self, _: u64, _: &mut Rng) -> Next {
        self.attempt += 1;
        Next::Call
    }

    fn handle(&mut self, now: u64, refusal: Option<u64>, rng: &mut Rng) -> Next {
        let Some(hint) = refusal else { return Next::Done };
        let failed = Failed { attempt: self.attempt, hint, before: self.before };
        match (self.rule.wait)(&failed, rng) {
            Some(wait) => {
                self.before = wait;
                Next::Wait(now + wait)
            }
            None => Next::Person,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(name: &str, hint: u64) -> Vec<Option<u64>> {
        let rule = RULES.iter().find(|rule| rule.name == name).unwrap();
        let mut rng = Rng::with_seed(1);
        (1..=11)
            .map(|attempt| (rule.wait)(&Failed { attempt, hint, before: 0 }, &mut rng))
            .collect()
    }

    #[test]
    fn clients_obey_up_to_their_caps() {
        assert_eq!(waits("openai-node", 60_000)[..3], [Some(60_000), Some(60_000), None]);
        assert!(waits("openai-node", 61_000)[0].unwrap() <= 500);
        assert_eq!(waits("anthropic-sdk-typescript", 900_000)[1], Some(900_000));
        assert_eq!(waits("Vercel AI SDK", 60_000)[..3], [Some(2_000), Some(4_000), None]);
        assert_eq!(waits("gemini-cli", 300_001)[0], None);
        let ten = waits("gemini-cli", 300_000);
        assert!((300_000..=360_000).contains(&ten[8].unwrap()) && ten[9].is_none());
    }
}
