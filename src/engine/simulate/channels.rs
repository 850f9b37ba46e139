//! What channels hear of outages, by the world's own count.

use std::collections::BTreeMap;

use fastrand::Rng;

use crate::{Channel, ChannelKind, State};
use unstuck_health::{Answer, Kind, Message, Post};

/// A channel, and an incident by its key and its beginning.
type Place = (String, String, u64);

/// What a channel heard of one incident.
#[derive(Debug, Default)]
struct Heard {
    messages: Vec<Message>,
    /// Those of them of which the worker does not know that they arrived.
    lost: Vec<Message>,
}

/// What arrived, while the store does not have its answer yet.
#[derive(Debug)]
struct Unsaved {
    place: Place,
    message: Message,
    ticket: u64,
    /// Whether the worker has the answer.
    is_known: bool,
}

/// All channels.
#[derive(Debug, Default)]
pub(super) struct Channels {
    heard: BTreeMap<Place, Heard>,
    unsaved: Vec<Unsaved>,
}

/// The channels of a day: on half of the days there are none.
pub(super) fn of_day(rng: &mut Rng) -> Vec<Channel> {
    let kinds = [ChannelKind::Slack, ChannelKind::PagerDuty, ChannelKind::Webhook];
    let on = rng.bool();
    let channel = |kind: ChannelKind| Channel {
        id: kind.id().into(),
        kind,
        name: String::new(),
        origin: "https://hooks.example".into(),
        ending: String::new(),
    };
    kinds.into_iter().filter(|_| on).map(channel).collect()
}

/// Whether it calls people to work: of what is over already it hears nothing.
fn pages(channel: &str) -> bool {
    channel == ChannelKind::PagerDuty.id()
}

impl Channels {
    /// A message is on its way. Gives the answer, or `None` when it was told before and its answer was not lost.
    pub(super) fn hear(&mut self, post: &Post, calm: bool, rng: &mut Rng) -> Option<Answer> {
        let chance = if calm { 0 } else { rng.u32(0..100) };
        if chance >= 80 {
            let after_ms = rng.bool().then(|| rng.u64(..600_000));
            return Some(if chance >= 90 {
                Answer::Unknown
            } else {
                Answer::TryLater { after_ms }
            });
        }
        let incident = &post.incident;
        let place = (post.channel.clone(), incident.key.clone(), incident.started_ms);
        let heard = self.heard.entry(place.clone()).or_default();
        let times = |list: &[Message]| list.iter().filter(|&&one| one == post.message).count();
        if times(&heard.messages) > times(&heard.lost) {
            return None;
        }
        heard.messages.push(post.message);
        if chance >= 70 {
            heard.lost.push(post.message);
            return Some(Answer::Unknown);
        }
        let (message, ticket) = (post.message, post.ticket);
        self.unsaved.push(Unsaved { place, message, ticket, is_known: false });
        Some(Answer::Accepted)
    }

    /// The worker has the answer to this ticket.
    pub(super) fn answered(&mut self, ticket: u64) {
        let mut unsaved = self.unsaved.iter_mut();
        if let Some(known) = unsaved.find(|unsaved| unsaved.ticket == ticket) {
            known.is_known = true;
        }
    }

    /// What the worker knows is stored.
    pub(super) fn saved(&mut self) {
        self.unsaved.retain(|unsaved| !unsaved.is_known);
    }

    /// The worker is gone: answers that were not stored are lost.
    pub(super) fn died(&mut self) {
        for Unsaved { place, message, .. } in self.unsaved.drain(..) {
            self.heard.entry(place).or_default().lost.push(message);
        }
    }

    /// Whether every channel heard of every incident that is over: that it began and that it ended, or in one message that it was.
    pub(super) fn heard_all(&self, channels: &[Channel], state: &State, now_ms: u64) -> bool {
        let incidents = state.health.past().incidents(now_ms);
        let told = incidents.filter(|incident| incident.kind != Kind::Local);
        let all_told = told.flat_map(|incident| channels.iter().map(move |one| (incident, one)));
        let mut places = all_told.map(|(incident, channel)| {
            (channel.id.clone(), incident.key.clone(), incident.started_ms)
        });
        places.all(|place| pages(&place.0) || self.heard.contains_key(&place))
            && self.heard.iter().all(|((channel, ..), heard)| heard.is_whole(pages(channel)))
    }
}

impl Heard {
    fn is_whole(&self, pages: bool) -> bool {
        let first = |wanted| self.messages.iter().position(|&message| message == wanted);
        let last = self.messages.iter().rposition(|&message| message == Message::Trigger);
        let end = match (first(Message::Resolve), first(Message::WasDown)) {
            (Some(_), Some(_)) | (None, None) => return false,
            // What it resolves may have arrived unheard.
            (Some(end), None) => last.map_or(pages, |last| last < end).then_some(end),
            (None, Some(end)) => (!pages && last.is_none_or(|last| last < end)).then_some(end),
        };
        end.is_some()
    }
}
