//! Alerts: what the health of the sources wants told, posted in its order, with the state on the disk before each post.

use std::{collections::VecDeque, time::Duration};

use unstuck_diagnose::Messages;
use unstuck_health::{
    Answer, Call, Change, Channel, Effect, Kind, Outcome, Post, Rules, Waits,
    channel::{
        answer::{self, READ},
        message::{Message, Step},
        request::{Target, request},
        sink::Sink,
        verdict::Verdict as Taken,
    },
};

use super::{
    check::Finding,
    config::{Alert, Config, Probe},
    secret::Secret,
    state::{State, Store},
    wire::{Client, now_ms},
};

/// A receiver has so long to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The state, and whoever has to be told of its changes.
pub(super) struct Alarm<'a> {
    config: &'a Config,
    client: &'a Client,
    words: &'a dyn Messages,
    store: Option<Store>,
    pub(super) state: State,
    /// When the state wants to be woken, milliseconds since 1970.
    pub(super) wake_ms: Option<u64>,
    /// When Alertmanager was told last of each running incident.
    renewed_ms: Vec<(String, u64)>,
    complaints: Vec<String>,
}

impl<'a> Alarm<'a> {
    /// Begins with the state that was saved last: what was under way is told again, what is over is told.
    pub(super) fn start(
        config: &'a Config,
        client: &'a Client,
        words: &'a dyn Messages,
        store: Option<Store>,
        mut state: State,
    ) -> std::io::Result<Self> {
        let pages = |alert: &Alert| alert.sink == Sink::PagerDuty;
        let channels = config.alerts.iter();
        let channels = channels.map(|alert| Channel { id: alert.id.clone(), pages: pages(alert) });
        state.health.set_channels(channels.collect());
        let rules = config.probes.iter().map(|probe| {
            let Probe { failures, successes, quiet, .. } = probe;
            let (failures, answers, clean_ms) = (*failures, *successes, quiet.ms());
            (probe.name.clone(), Rules { failures, answers, clean_ms })
        });
        state.health.set_rules(rules.collect());
        state.tallies.retain(|name, _| config.probes.iter().any(|probe| probe.name == *name));
        let (wake_ms, renewed_ms, complaints) = (None, Vec::new(), Vec::new());
        let mut alarm =
            Self { config, client, words, store, state, wake_ms, renewed_ms, complaints };
        let outcome = alarm.state.health.started(now_ms());
        alarm.perform(outcome)?;
        Ok(alarm)
    }

    /// A probe has run.
    pub(super) fn note(&mut self, probe: &Probe, finding: &Finding) -> std::io::Result<()> {
        let at_ms = now_ms();
        self.state.tallies.entry(probe.name.clone()).or_default().count(at_ms, finding);
        // A status page is not the source: its words are told with an incident of the source that has its name.
        if probe.check == super::config::Check::Status {
            let words = finding.status_words().unwrap_or_default().to_owned();
            let same = |other: &&Probe| other.source == probe.source && other.name != probe.name;
            for other in self.config.probes.iter().filter(same) {
                let outcome = self.state.health.status_words(at_ms, &other.name, &words);
                self.perform(outcome)?;
            }
            return self.save();
        }
        let call = Call {
            source: &probe.name,
            name: &probe.name,
            provider: None,
            host: "",
            model: &probe.model,
            failure: finding.failure(),
            tries: finding.tries,
            retries: 0,
            waits: Waits::default(),
            answered_by: None,
            first_chunk_s: finding.first_chunk_s,
            duration_s: finding.duration_s,
        };
        let outcome = self.state.health.call(at_ms, &call);
        self.perform(outcome)?;
        self.renew(probe)?;
        self.save()
    }

    /// The time has come that was named.
    pub(super) fn tick(&mut self) -> std::io::Result<()> {
        let outcome = self.state.health.tick(now_ms());
        self.perform(outcome)
    }

    /// The machine slept, or its clock was set: failures say nothing for a minute.
    pub(super) fn woke(&mut self) -> std::io::Result<()> {
        let outcome = self.state.health.woke(now_ms());
        self.perform(outcome)
    }

    /// What went wrong with messages since this was asked last.
    pub(super) fn complaints(&mut self) -> Vec<String> {
        std::mem::take(&mut self.complaints)
    }

    fn save(&self) -> std::io::Result<()> {
        self.store.as_ref().map_or(Ok(()), |store| store.save(&self.state))
    }

    fn perform(&mut self, outcome: Outcome) -> std::io::Result<()> {
        let mut outcomes = VecDeque::from([outcome]);
        while let Some(Outcome { changes, effects }) = outcomes.pop_front() {
            self.wake_ms = None;
            for effect in effects {
                match effect {
                    Effect::Save => self.save()?,
                    Effect::Post(post) => {
                        let answer = self.post(&post);
                        outcomes.push_back(self.state.health.answered(
                            now_ms(),
                            post.ticket,
                            answer,
                        ));
                    }
                    // Its numbers are printed or scraped, and fed to nobody.
                    Effect::Push { .. } => {}
                    Effect::Wake(at_ms) => self.wake_ms = Some(at_ms),
                }
            }
            if let Some(control) = self
                .config
                .control
                .as_ref()
                .filter(|_| changes.iter().any(|change| matches!(change, Change::AskControl)))
            {
                let is_reached = self.client.reaches(control, PATIENCE);
                outcomes.push_back(self.state.health.control(now_ms(), is_reached));
            }
        }
        Ok(())
    }

    fn post(&mut self, post: &Post) -> Answer {
        let Some(alert) = self.config.alerts.iter().find(|alert| alert.id == post.channel) else {
            return Answer::Refused;
        };
        let step = Step::from(post.message);
        if alert.sink == Sink::Alertmanager {
            self.renewed_ms.retain(|(key, _)| *key != post.incident.key);
            if step == Step::Trigger {
                self.renewed_ms.push((post.incident.key.clone(), now_ms()));
            }
        }
        match Message::new(step, &post.incident, now_ms(), self.words) {
            Some(message) => self.send(alert, &message, self.interval_ms(&post.incident.source)),
            None => Answer::Accepted,
        }
    }

    fn send(&mut self, alert: &Alert, message: &Message<'_>, interval_ms: u64) -> Answer {
        let key = alert.key.as_ref().map_or("", Secret::open);
        let target = Target { sink: alert.sink, url: alert.url.open(), key };
        for is_short in [false, true] {
            let made = match request(target, message, interval_ms, is_short) {
                Ok(Some(made)) => made,
                Ok(None) => return Answer::Accepted,
                Err(wrong) => {
                    self.complaints.push(wrong.words(self.words));
                    return Answer::Refused;
                }
            };
            let (status, after, body) =
                self.client.post(&made.url, &made.headers, &made.body, PATIENCE, READ);
            let seen = answer::Answer { status, retry_after: after.as_deref(), body: &body };
            let taken = answer::read(alert.sink, &seen, 1, now_ms());
            if taken != Taken::Accepted {
                let arguments = [alert.sink.name(), &status.to_string()];
                self.complaints.push(self.words.get(taken.key(), &arguments));
            }
            if taken != Taken::TooBig {
                return taken.answer();
            }
        }
        Answer::Refused
    }

    /// Alertmanager ends an alert that nobody renews: a running incident is told at each interval.
    fn renew(&mut self, probe: &Probe) -> std::io::Result<()> {
        let open = self.state.health.open();
        let own = open.iter().find(|one| one.source == probe.name && one.kind != Kind::Local);
        let Some(incident) = own else { return Ok(()) };
        let at_ms = now_ms();
        let half_ms = probe.interval.ms() / 2;
        let known = self.renewed_ms.iter_mut().find(|(key, _)| *key == incident.key);
        match known {
            Some((_, ms)) if at_ms < *ms + half_ms => return Ok(()),
            Some((_, ms)) => *ms = at_ms,
            None => self.renewed_ms.push((incident.key.clone(), at_ms)),
        }
        let Some(message) = Message::new(Step::Trigger, incident, at_ms, self.words) else {
            return Ok(());
        };
        self.save()?;
        let config = self.config;
        for alert in config.alerts.iter().filter(|alert| alert.sink == Sink::Alertmanager) {
            self.send(alert, &message, probe.interval.ms());
        }
        Ok(())
    }

    fn interval_ms(&self, name: &str) -> u64 {
        let probe = self.config.probes.iter().find(|probe| probe.name == name);
        probe.map_or(300_000, |probe| probe.interval.ms())
    }
}
