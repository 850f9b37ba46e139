//! The world around the engine: people in tabs, services with moods, a clock, a browser that kills workers and quits.
//!
//! It drives the real [`crate::step`] and performs its effects as the worker's shell does, one after the other; between any
//! two of them the worker may die. Everything follows from the seed.

mod alarm;
mod health;
mod pages;
mod step;

use std::collections::{BTreeMap, HashMap};

use fastrand::Rng;

use super::{
    Counts, Law,
    channels::{self, Channels},
    laws::{Account, Ledger},
    rules,
    service::{Service, Turn},
};
use crate::{
    AttemptId, DurableState, Event, FrameRef, Phase, Press, Restored, Settings, Source, State,
    Typed,
};
use unstuck_diagnose::{Failure, Probes, Reach};
use unstuck_health::Answer;

/// The wall clock when the world begins, milliseconds since 1970.
const NOON: u64 = 1_700_000_000_000;
/// How often the worker dies between two effects, one in so many.
const DEATH: u32 = 180;
const SITE: &str = "https://chat.example";

/// Something that is going to happen.
#[derive(Debug, Clone)]
pub(super) enum Happening {
    /// A person does something in a tab.
    Act(usize),
    /// A service does something.
    Turn(u64, AttemptId, Turn),
    /// A timer of a worker's life runs out.
    Timer(u64),
    Alarm,
    /// The worker is killed.
    Die,
    /// The browser quits and is started again.
    Quit,
    /// The clock is set back by an hour.
    ClockBack,
    /// A page notices that its line to the worker is broken.
    Resume,
    /// More is known of a failure.
    Probed(u64, AttemptId),
    Online,
    /// The page has tried to put a draft into its box.
    Inserted(FrameRef, bool),
    Unseen(u64, FrameRef),
    /// A source was checked, and failed with this.
    Checked(u64, String, Option<Box<Failure>>),
    /// A channel has answered.
    Told(u64, u64, Answer),
    /// The person changes which sources are checked.
    SwitchCheck,
    /// The network goes for a while.
    LoseNetwork,
}

/// A tab, and what its person waits for.
#[derive(Debug)]
pub(super) struct Tab {
    pub(super) frame: FrameRef,
    /// What was asked and is neither answered nor given up.
    pub(super) asked: Option<String>,
    /// Whether the person has pressed since the last send.
    pub(super) pressed: bool,
    /// The last press, as long as the page does not know that it was heard to its end.
    line: Option<(u64, Press, Typed)>,
}

/// Everything.
pub(super) struct World {
    pub(super) now: u64,
    wall_back: u64,
    pub(super) rng: Rng,
    /// The worker's memory while it lives.
    pub(super) state: Option<State>,
    journal: Option<Vec<u8>>,
    kept: Option<DurableState>,
    /// How the sources have been doing, in its store.
    health: Vec<u8>,
    /// The asks that the next browser has to know.
    expected: Vec<String>,
    queue: BTreeMap<(u64, u64), Happening>,
    last: u64,
    life: u64,
    pub(super) tabs: Vec<Tab>,
    services: Vec<Service>,
    pub(super) settings: Settings,
    ledger: Ledger,
    /// When each source was checked last.
    checked: Vec<Option<u64>>,
    channels: Channels,
    offline_until: u64,
    /// Sends of a call at a source since the last press.
    sends: HashMap<(u64, usize), u32>,
    pub(super) broken: Option<Law>,
    pub(super) counts: Counts,
    pub(super) violation: Option<Law>,
    trace: Option<Vec<String>>,
    ending: bool,
}

impl World {
    pub(super) fn new(seed: u64, broken: Option<Law>, traced: bool) -> Self {
        let mut rng = Rng::with_seed(seed);
        // Drawn apart: the days of a seed stay as they were but for the rules.
        let mut own = Rng::with_seed(!seed);
        let bases = ["https://one/v1", "https://two/v1", "http://127.0.0.1:11434/v1"];
        let sources =
            bases.iter().take(rng.usize(1..=3)).enumerate().map(|(number, base)| Source {
                id: number.to_string(),
                name: number.to_string(),
                base_url: (*base).into(),
                model: "m".into(),
                rules: rules::own(&mut own),
                checked: own.u32(0..4) == 0,
                ..Source::default()
            });
        let sources = sources.collect();
        let settings = Settings {
            sources,
            channels: channels::of_day(&mut own),
            local_fallback: rng.bool(),
            agreed: Settings::EDITION,
            ..Settings::default()
        };
        let tabs = (0..rng.i32(1..=4)).map(|tab| Tab {
            frame: FrameRef { tab, id: 0, document: "0".into() },
            asked: None,
            pressed: false,
            line: None,
        });
        let mut world = Self {
            now: 0,
            wall_back: 0,
            state: None,
            journal: None,
            kept: None,
            health: Vec::new(),
            expected: Vec::new(),
            queue: BTreeMap::new(),
            last: 0,
            life: 0,
            tabs: tabs.collect(),
            services: settings.sources.iter().map(|_| Service::new()).collect(),
            ledger: Ledger {
                accounts: vec![Account::default(); settings.sources.len()],
                ..Ledger::default()
            },
            checked: vec![None; settings.sources.len()],
            channels: Channels::default(),
            offline_until: 0,
            settings,
            sends: HashMap::new(),
            broken,
            counts: Counts::default(),
            violation: None,
            trace: traced.then(Vec::new),
            ending: false,
            rng,
        };
        for tab in 0..world.tabs.len() {
            world.soon(1_000, 600_000, Happening::Act(tab));
        }
        world.soon(60_000, 7_200_000, Happening::Die);
        world.soon(3_600_000, 43_200_000, Happening::Quit);
        world.soon(3_600_000, 86_400_000, Happening::ClockBack);
        world.soon(3_600_000, 86_400_000, Happening::SwitchCheck);
        world.soon(3_600_000, 28_800_000, Happening::LoseNetwork);
        world
    }

    /// Lives for so long, then lets everything come to its end. Gives the trace, if one was wanted.
    pub(super) fn live(&mut self, hours: u64) -> Vec<String> {
        let end = hours * 3_600_000;
        self.run_until(end);
        self.ending = true;
        self.settings.sources.iter_mut().for_each(|source| source.checked = false);
        self.configure();
        for service in &mut self.services {
            (service.mood, service.until) = (super::service::Mood::Well, u64::MAX);
        }
        // What is on its way when the network comes back may still say that there is none.
        for minute in 0..3 {
            self.soon(minute * 60_000, minute * 60_000 + 1, Happening::Online);
        }
        self.run_until(end + 8 * 24 * 3_600_000);
        self.counts.events = self.last;
        let live = |state: &State| {
            let calls = state.cards.iter().filter_map(|card| card.call.as_ref());
            calls.into_iter().any(|call| {
                call.phase.is_live() || call.phase == Phase::Failed && call.diagnosis.is_none()
            })
        };
        if self.violation.is_none() && self.state.as_ref().is_some_and(live) {
            self.violation = Some(Law::Ends);
        }
        // An engine that forgets another law may leave channels untold.
        if self.broken.is_none_or(|law| law == Law::ToldOnce) {
            self.check_told();
        }
        self.trace.take().unwrap_or_default()
    }

    fn run_until(&mut self, end: u64) {
        while let Some(entry) = self.queue.first_entry() {
            let at = entry.key().0;
            if at > end || self.violation.is_some() {
                break;
            }
            let happening = entry.remove();
            self.now = self.now.max(at);
            self.happen(happening);
        }
        self.now = self.now.max(end);
    }

    pub(super) fn wall(&self) -> u64 {
        NOON + self.now - self.wall_back
    }

    pub(super) fn soon(&mut self, least: u64, most: u64, happening: Happening) {
        self.last += 1;
        let at = self.now + self.rng.u64(least..most);
        self.queue.insert((at, self.last), happening);
    }

    fn note(&mut self, told: impl FnOnce() -> String) {
        let now = self.now;
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{:>9.1} s  {}", now as f64 / 1_000.0, told()));
        }
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Act(tab) if !self.ending => {
                self.act(tab);
                self.soon(5_000, 1_200_000, Happening::Act(tab));
            }
            Happening::Turn(life, attempt_id, turn)
                if life == self.life && self.state.is_some() =>
            {
                self.turn(attempt_id, turn);
            }
            Happening::Timer(life) if life == self.life && self.state.is_some() => {
                self.step(Event::Woke { online: self.is_online() });
            }
            Happening::Alarm => self.ring(),
            Happening::Die if !self.ending => {
                self.die("is killed");
                self.soon(600_000, 10_800_000, Happening::Die);
            }
            Happening::Quit if !self.ending => {
                self.quit();
                self.soon(7_200_000, 86_400_000, Happening::Quit);
            }
            Happening::ClockBack if !self.ending && self.now > 3_600_000 + self.wall_back => {
                self.note(|| "the clock is set back by an hour".into());
                self.wall_back += 3_600_000;
                // Set back while nothing happened, a clock looks as if it had stood still.
                self.ledger.accounts.iter_mut().for_each(|account| account.free_from += 3_600_000);
            }
            Happening::Resume => self.resume(),
            Happening::Probed(life, attempt_id) if life == self.life && self.state.is_some() => {
                let reach = || [Reach::Answered, Reach::Silent];
                let (host, other) = (self.rng.usize(0..2), self.rng.usize(0..2));
                let probes = Probes {
                    host: reach().into_iter().nth(host),
                    other: reach().into_iter().nth(other),
                    ..Probes::default()
                };
                let failure = Failure {
                    message: Some("Failed to fetch".into()),
                    probes: Some(probes),
                    ..Failure::default()
                };
                self.step(Event::Probed { attempt_id, failure: Box::new(failure) });
            }
            // A network that was never away does not come back.
            Happening::Online if self.waits_for_the_network() => self.deliver(Event::Online),
            // A card that cannot be painted has lost its page.
            Happening::Unseen(life, frame) if life == self.life && self.state.is_some() => {
                self.step(Event::Gone { frame });
            }
            Happening::Checked(life, source, failure)
                if life == self.life && self.state.is_some() =>
            {
                self.step(Event::HealthChecked { source, failure, took_ms: 500 });
            }
            Happening::Told(life, ticket, answer) if life == self.life && self.state.is_some() => {
                self.channels.answered(ticket);
                self.step(Event::Told { ticket, answer });
            }
            Happening::SwitchCheck if !self.ending => {
                self.switch_check();
                self.soon(3_600_000, 28_800_000, Happening::SwitchCheck);
            }
            Happening::LoseNetwork if !self.ending => {
                self.lose_network();
                self.soon(7_200_000, 28_800_000, Happening::LoseNetwork);
            }
            Happening::Inserted(frame, done) => {
                if done && let Some(tab) = self.tabs.iter_mut().find(|t| t.frame == frame) {
                    tab.asked = None;
                }
                self.deliver(Event::Inserted { frame, done });
            }
            _ => {}
        }
    }

    /// Hands an event to the worker, which is started for it if need be.
    pub(super) fn deliver(&mut self, event: Event) {
        self.boot();
        if self.state.is_some() {
            self.step(event);
        }
    }

    fn boot(&mut self) {
        if self.state.is_some() || self.violation.is_some() {
            return;
        }
        let inherited = if self.journal.is_none() { self.kept.clone() } else { None };
        let Restored { mut state, damaged } =
            State::from_bytes(self.journal.as_deref().unwrap_or_default());
        if damaged {
            self.violation = Some(Law::Restorable);
        }
        state.settings = self.settings.clone();
        state.take_health(&self.health, 0);
        self.state = Some(state);
        let seed = self.rng.u64(..) >> 11;
        self.note(|| "a worker starts".into());
        self.step(Event::Started { seed, damaged, inherited });
        if let Some(state) = &self.state {
            let known =
                |asked: &String| state.orphaned.iter().any(|ask| ask.request.prompt == *asked);
            if self.journal.is_none() && !self.expected.iter().all(known) {
                self.violation = Some(Law::NoAskLost);
            }
        }
    }

    fn die(&mut self, how: &'static str) {
        let Some(state) = self.state.take() else { return };
        self.note(|| format!("the worker {how}"));
        self.counts.kills += 1;
        self.life += 1;
        self.ledger.all_cut();
        self.channels.died();
        let wall = self.wall();
        let busy = self.tabs.iter().any(|tab| state.is_busy(&tab.frame, wall));
        if busy || self.tabs.iter().any(|tab| tab.line.is_some()) {
            self.soon(10, 1_000, Happening::Resume);
        }
    }

    fn quit(&mut self) {
        self.die("goes with its browser");
        let expected = self.expected.clone();
        self.note(|| format!("the browser starts anew, and has to know {expected:?}"));
        self.journal = None;
        // The numbers of calls begin anew with the browser, and of the sources only the servers' waits are still known.
        for account in &mut self.ledger.accounts {
            let Account { not_before, free_from, .. } = *account;
            *account = Account { not_before, free_from, ..Account::default() };
        }
        self.ledger.sent.clear();
        self.sends.clear();
        self.queue.retain(|_, what| !matches!(what, Happening::Alarm | Happening::Resume));
        for tab in &mut self.tabs {
            tab.frame.document.push('+');
            tab.asked = None;
            tab.line = None;
        }
        self.boot();
    }
}
