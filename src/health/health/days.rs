//! A thousand days of a person with two sources, with known incidents: what is told of them, by this crate and by the rules of
//! others on the same days. The table that is printed stands in `docs/monitoring.md`.

use super::*;

mod history;
mod rivals;

use history::{Event, Happened, MINUTE_MS, Page, Trouble, What};

const DAYS: u64 = 1_000;
/// None of those by which limits were chosen.
const SEED: u64 = 2_026;
/// A page that comes so long after the end of an incident still belongs to it.
const GRACE_MS: u64 = 10 * MINUTE_MS;

/// How a rule did.
#[derive(Debug, Default)]
struct Score {
    pages: usize,
    right: usize,
    /// Pages while the own network was down.
    own_network: usize,
    /// Incidents that were met, and those that were told, by kind: total, partial, flapping, slow.
    met: [usize; 4],
    told: [usize; 4],
    /// From the first failure to the page, of total outages.
    delays_ms: Vec<u64>,
}

impl Score {
    fn precision(&self) -> f64 {
        self.right as f64 / self.pages.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.told.iter().sum::<usize>() as f64 / self.met.iter().sum::<usize>().max(1) as f64
    }

    fn row(&mut self, name: &str) -> String {
        self.delays_ms.sort_unstable();
        let delay_s = self.delays_ms.get(self.delays_ms.len() / 2).map_or(0, |ms| ms / 1_000);
        let kinds: Vec<_> =
            self.told.iter().zip(self.met).map(|(told, met)| format!("{told} of {met}")).collect();
        format!(
            "| {name} | {} | {:.3} | {:.3} | {} | {} | {delay_s} s |",
            self.pages,
            self.precision(),
            self.recall(),
            kinds.join(" | "),
            self.own_network,
        )
    }
}

/// A page is right when it is the first one within an incident of its source.
fn score(happened: &Happened, pages: &[Page]) -> Score {
    let mut score = Score { pages: pages.len(), ..Score::default() };
    let mut told = vec![false; happened.troubles.len()];
    for &(at_ms, source) in pages {
        let is_of = |trouble: &Trouble| {
            trouble.source == Some(source)
                && (trouble.from_ms..trouble.to_ms + GRACE_MS).contains(&at_ms)
        };
        let own = |trouble: &Trouble| {
            trouble.what == What::OwnNetwork
                && (trouble.from_ms..trouble.to_ms + GRACE_MS).contains(&at_ms)
        };
        match happened.troubles.iter().position(is_of) {
            Some(at) if !told[at] => {
                told[at] = true;
                score.right += 1;
                let trouble = &happened.troubles[at];
                if trouble.what == What::Total {
                    score.delays_ms.push(at_ms.saturating_sub(trouble.met_ms));
                }
            }
            _ => score.own_network += usize::from(happened.troubles.iter().any(own)),
        }
    }
    for (trouble, told) in happened.troubles.iter().zip(told) {
        let kind = match trouble.what {
            What::Total => 0,
            What::Partial => 1,
            What::Flapping => 2,
            What::Slow => 3,
            What::OwnNetwork | What::OwnKey => continue,
        };
        if trouble.is_met() {
            score.met[kind] += 1;
            score.told[kind] += usize::from(told);
        }
    }
    score
}

/// What this crate tells: the beginnings and the ends.
fn ours(happened: &Happened) -> (Vec<Page>, Vec<Page>) {
    let (mut pages, mut ends) = (Vec::new(), Vec::new());
    let mut health = Health::new("salt");
    health.set_channels(vec![Channel { id: "slack".into(), pages: false }]);
    let (mut wake_ms, mut control_ms) = (u64::MAX, u64::MAX);
    for (now_ms, event) in &happened.events {
        // What is due between two events of the world comes first.
        while wake_ms.min(control_ms) <= *now_ms {
            let due_ms = wake_ms.min(control_ms);
            let outcome = if control_ms == due_ms {
                control_ms = u64::MAX;
                health.control(due_ms, !happened.has_no_network(due_ms))
            } else {
                wake_ms = u64::MAX;
                health.tick(due_ms)
            };
            perform(
                &mut health,
                due_ms,
                outcome,
                &mut wake_ms,
                &mut control_ms,
                &mut pages,
                &mut ends,
            );
        }
        let outcome = match event {
            Event::Ask(ask) => health.call(*now_ms, &ask.call()),
            Event::Woke => health.woke(*now_ms),
            Event::Offline => health.offline(*now_ms),
        };
        perform(
            &mut health,
            *now_ms,
            outcome,
            &mut wake_ms,
            &mut control_ms,
            &mut pages,
            &mut ends,
        );
    }
    assert!(health.losses().is_empty());
    (pages, ends)
}

fn perform(
    health: &mut Health,
    now_ms: u64,
    outcome: Outcome,
    wake_ms: &mut u64,
    control_ms: &mut u64,
    pages: &mut Vec<Page>,
    ends: &mut Vec<Page>,
) {
    if outcome.changes.contains(&Change::AskControl) {
        // It answers after a second; without a network the request times out.
        *control_ms = now_ms + if now_ms.is_multiple_of(2) { 1_000 } else { 9_000 };
    }
    for effect in outcome.effects {
        match effect {
            Effect::Post(post) => {
                let source = usize::from(post.incident.source == "Second");
                match post.message {
                    crate::Message::Trigger => pages.push((now_ms, source)),
                    _ => ends.push((now_ms, source)),
                }
                let outcome = health.answered(now_ms, post.ticket, Answer::Accepted);
                perform(health, now_ms, outcome, wake_ms, control_ms, pages, ends);
            }
            Effect::Wake(at_ms) => *wake_ms = at_ms.max(now_ms + 1),
            Effect::Save | Effect::Push { .. } => {}
        }
    }
}

#[test]
fn thousand_days_are_told_rightly() {
    let happened = history::days(DAYS, SEED);
    let (pages, ends) = ours(&happened);
    let mut own = score(&happened, &pages);
    let head = "| rule | pages | precision | recall | total | partial | flapping | slow | own network | delay |";
    println!("{} asks\n{head}", happened.asks().count());
    println!("{}", own.row("Unstuck"));
    for (name, rule) in rivals::ALL {
        println!("{}", score(&happened, &rule(&happened)).row(name));
    }
    assert!(own.met.iter().all(|&met| met >= 10), "{:?}", own.met);
    assert!(own.precision() >= 0.95, "{own:?}");
    assert!(own.recall() >= 0.95, "{own:?}");
    assert_eq!(own.own_network, 0);
    let late = happened
        .troubles
        .iter()
        .filter(|trouble| trouble.what == What::Total && trouble.is_of_active_person());
    let mut active = 0;
    for trouble in late {
        let told = pages
            .iter()
            .find(|(at_ms, source)| Some(*source) == trouble.source && *at_ms >= trouble.from_ms);
        let in_time = told.is_some_and(|(at_ms, _)| *at_ms <= trouble.from_ms + 5 * MINUTE_MS);
        let was_open = happened.was_open(&pages, &ends, trouble);
        assert!(in_time || was_open, "{trouble:?}");
        active += 1;
    }
    assert!(active >= 20, "{active}");
    let (mut spells, mut loud) = (0, 0);
    for trouble in happened.troubles.iter().filter(|trouble| trouble.what == What::Flapping) {
        let is_within = |(at_ms, source): &&Page| {
            Some(*source) == trouble.source && (trouble.from_ms..trouble.to_ms).contains(at_ms)
        };
        let messages = pages.iter().chain(&ends).filter(is_within).count();
        assert!(messages <= 4, "{messages} messages: {trouble:?}");
        (spells, loud) = (spells + 1, loud + usize::from(messages > 2));
    }
    println!("{loud} of {spells} flapping sources took more than 2 messages");
    assert!(loud * 20 <= spells, "{loud} of {spells}");
}
