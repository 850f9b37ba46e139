//! What channels are told of an outage, and that no death makes it less or more.

use super::*;
use std::collections::VecDeque;
use unstuck_health::{Answer, Health, Message as Told};

const MINUTE: u64 = 60_000;
const KINDS: [ChannelKind; 4] =
    [ChannelKind::Slack, ChannelKind::PagerDuty, ChannelKind::Webhook, ChannelKind::Mail];

fn channel(kind: ChannelKind) -> Channel {
    Channel {
        id: kind.id().into(),
        kind,
        name: String::new(),
        origin: "https://hooks.example".into(),
        ending: "1234".into(),
    }
}

/// A world with a store and with receivers, in which a worker dies at one of its effects.
struct Outside {
    world: World,
    stored: Vec<u8>,
    told: Vec<(String, Told)>,
    answers: VecDeque<Answer>,
    /// Whether each notification offered a mail.
    offered: Vec<bool>,
    /// How many effects are left to this life; none for a long life.
    life: Option<usize>,
}

impl Outside {
    fn new(life: Option<usize>) -> Self {
        let mut world = World::new();
        let mut settings = world.state.settings.clone();
        settings.policy.attempts = 1;
        settings.channels = KINDS.map(channel).into();
        let effects = world.feed(Event::Configured { settings });
        assert!(effects.contains(&Effect::KeepHealth));
        let stored = world.state.health_bytes();
        Self {
            world,
            stored,
            told: Vec::new(),
            answers: VecDeque::new(),
            offered: Vec::new(),
            life,
        }
    }

    /// True when the worker dies instead.
    fn dies(&mut self) -> bool {
        let Some(left) = self.life.as_mut() else { return false };
        if *left > 0 {
            *left -= 1;
            return false;
        }
        self.life = None;
        let settings = self.world.state.settings.clone();
        self.world.state = State { settings, ..State::default() };
        self.world.state.take_health(&self.stored, 7);
        self.world.now_ms += 5_000;
        let started = self.world.feed(Event::Started { seed: 1, damaged: false, inherited: None });
        self.perform(started);
        let frame = self.world.frame.clone();
        self.world.feed(Event::Opened { frame, site: SITE.into() });
        true
    }

    /// False when the worker died meanwhile: what was left of its effects is nobody's.
    fn perform(&mut self, effects: Vec<Effect>) -> bool {
        for effect in effects {
            match effect {
                Effect::KeepHealth => {
                    if self.dies() {
                        return false;
                    }
                    self.stored = self.world.state.health_bytes();
                }
                Effect::Post { ticket, channel } => {
                    if self.dies() {
                        return false;
                    }
                    let mut stored = State::default();
                    stored.take_health(&self.stored, 7);
                    let post = stored.health.post(ticket).expect("it is on the disk");
                    assert_eq!(post.channel, channel);
                    self.told.push((channel, post.message));
                    if self.dies() {
                        return false;
                    }
                    let answer = self.answers.pop_front().unwrap_or(Answer::Accepted);
                    let heard = self.world.feed(Event::Told { ticket, answer });
                    if !self.perform(heard) {
                        return false;
                    }
                }
                Effect::TellOutage { mails, .. } => self.offered.push(mails),
                _ => {}
            }
        }
        true
    }

    fn asks(&mut self, failure: Option<Failure>) {
        let attempt_id = self.world.ask();
        self.world.now_ms += 2_000;
        let ended = match failure {
            Some(failure) => Event::Failed { attempt_id, failure: Box::new(failure) },
            None => Event::Ended { attempt_id, tokens: None },
        };
        let effects = self.world.feed(ended);
        self.perform(effects);
        self.world.now_ms += MINUTE;
        self.wakes();
    }

    /// The alarm rings, as often as it is due.
    fn wakes(&mut self) {
        for _ in 0..20 {
            if self.world.state.next_wake().is_none_or(|at_ms| at_ms > self.world.now_ms) {
                return;
            }
            let effects = self.world.feed(Event::Woke { online: true });
            self.perform(effects);
        }
    }

    /// Six failures and then answers, until nothing is left to be told.
    fn outage(&mut self) {
        for _ in 0..6 {
            self.asks(Some(status(500)));
        }
        for _ in 0..20 {
            self.asks(None);
        }
    }

    fn heard(&self, channel: &str) -> Vec<Told> {
        let told = self.told.iter().filter(|(to, _)| to == channel);
        told.map(|(_, message)| *message).collect()
    }
}

#[test]
fn each_channel_hears_both_ends_once() {
    let mut outside = Outside::new(None);
    outside.outage();
    for kind in KINDS {
        let posts = kind != ChannelKind::Mail;
        let wanted = if posts { vec![Told::Trigger, Told::Resolve] } else { Vec::new() };
        assert_eq!(outside.heard(kind.id()), wanted, "{}", kind.id());
    }
}

/// A channel hears both ends whatever dies, and nothing twice but what may not have arrived.
#[test]
fn deaths_lose_and_repeat_nothing() {
    let mut deaths = 0;
    loop {
        let mut outside = Outside::new(Some(deaths));
        outside.outage();
        for kind in KINDS.into_iter().filter(|kind| *kind != ChannelKind::Mail) {
            let heard = outside.heard(kind.id());
            let count = |message| heard.iter().filter(|told| **told == message).count();
            let (triggers, resolves) = (count(Told::Trigger), count(Told::Resolve));
            let at = format!("death {deaths}: {} heard {heard:?}", kind.id());
            assert!(triggers >= 1 && resolves >= 1 && heard.len() <= 3, "{at}");
            assert!(heard.iter().take(triggers).all(|told| *told == Told::Trigger), "{at}");
        }
        let repeated = outside.told.len() - 6;
        assert!(repeated <= 1, "death {deaths}: {:?}", outside.told);
        deaths += 1;
        if outside.life.is_some() {
            break;
        }
    }
    assert!(deaths > 30, "{deaths}");
}

#[test]
fn what_was_not_taken_is_retried() {
    let mut outside = Outside::new(None);
    let later = Answer::TryLater { after_ms: Some(90_000) };
    outside.answers.extend([later; 3]);
    for _ in 0..3 {
        outside.asks(Some(status(500)));
    }
    assert_eq!(outside.told.len(), 3);
    let wake_ms = outside.world.state.next_wake().unwrap();
    assert!(wake_ms <= outside.world.now_ms + 90_000, "an alarm is set");
    outside.world.now_ms = wake_ms + 60_000;
    outside.wakes();
    assert_eq!(outside.heard("slack"), [Told::Trigger; 2]);
}

#[test]
fn refused_messages_are_not_repeated() {
    let mut outside = Outside::new(None);
    outside.answers.extend([Answer::Refused; 3]);
    outside.outage();
    assert_eq!(outside.heard("slack"), [Told::Trigger]);
    assert_eq!(outside.world.state.health.losses().len(), 3);
}

#[test]
fn own_faults_and_troubles_stay_here() {
    let mut outside = Outside::new(None);
    for _ in 0..8 {
        outside.asks(Some(status(401)));
    }
    let offline =
        Failure { online: Some(false), error_name: Some("TypeError".into()), ..Failure::default() };
    for _ in 0..8 {
        outside.asks(Some(offline.clone()));
    }
    assert!(outside.told.is_empty(), "{:?}", outside.told);
}

#[test]
fn removed_channels_hear_nothing_more() {
    let mut outside = Outside::new(None);
    for _ in 0..4 {
        outside.asks(Some(status(500)));
    }
    let mut settings = outside.world.state.settings.clone();
    settings.channels.retain(|channel| channel.kind == ChannelKind::Webhook);
    let effects = outside.world.feed(Event::Configured { settings });
    assert!(effects.contains(&Effect::KeepHealth), "{effects:?}");
    outside.perform(effects);
    for _ in 0..20 {
        outside.asks(None);
    }
    assert_eq!(outside.heard("slack"), [Told::Trigger]);
    assert_eq!(outside.heard("webhook"), [Told::Trigger, Told::Resolve]);
}

#[test]
fn a_mail_needs_its_channel() {
    let mut outside = Outside::new(None);
    for _ in 0..4 {
        outside.asks(Some(status(500)));
    }
    assert_eq!(outside.offered, [true]);
    let mut settings = outside.world.state.settings.clone();
    settings.channels.retain(|channel| channel.kind != ChannelKind::Mail);
    outside.world.feed(Event::Configured { settings });
    for _ in 0..20 {
        outside.asks(None);
    }
    assert_eq!(outside.offered, [true], "nobody wants to be told");
}

/// Erased is erased: no channel, no message, another salt.
#[test]
fn erasing_forgets_all_messages() {
    let mut outside = Outside::new(None);
    for _ in 0..3 {
        outside.asks(Some(status(500)));
    }
    let before = outside.world.state.health.salt().to_owned();
    outside.world.feed(Event::Erased);
    assert_ne!(outside.world.state.health.salt(), before);
    let bare = Health::new(outside.world.state.health.salt());
    assert_eq!(outside.world.state.health, bare);
}

/// A clock that was set back by a day makes nobody wait a day longer.
#[test]
fn clocks_set_back_delay_no_retry() {
    let mut outside = Outside::new(None);
    outside.answers.extend([Answer::TryLater { after_ms: None }; 20]);
    for _ in 0..3 {
        outside.asks(Some(status(500)));
    }
    assert!(outside.heard("slack").len() > 1);
    outside.world.now_ms -= 24 * 60 * MINUTE;
    outside.world.feed(Event::AccessGranted);
    let wake_ms = outside.world.state.next_wake().unwrap();
    assert!(wake_ms <= outside.world.now_ms + 5 * MINUTE);
}

#[test]
fn channels_go_by_name_or_kind() {
    let pager = |id: &str, name: &str| {
        let (id, name) = (id.into(), name.into());
        Channel { id, name, ..channel(ChannelKind::PagerDuty) }
    };
    let channels = vec![pager("c1", "On call"), pager("c2", "")];
    let settings = Settings { channels, ..Settings::default() };
    let called = ["c1", "c2", "c3"].map(|id| settings.channel_called(id));
    assert_eq!(called, ["On call", "PagerDuty", "c3"]);
}
