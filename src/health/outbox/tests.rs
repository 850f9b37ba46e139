//! What is told, when, and how often.

use super::*;

const NOON: u64 = 1_700_000_000_000;
const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;

fn incident(started_ms: u64) -> Incident {
    Incident {
        key: "salt:one".into(),
        source: "One".into(),
        kind: Kind::Failing,
        started_ms,
        ended_ms: None,
        causes: Vec::new(),
        asks: 3,
        failures: 3,
        status_words: String::new(),
        deeds: Vec::new(),
    }
}

fn over(started_ms: u64, ended_ms: u64) -> Incident {
    Incident { ended_ms: Some(ended_ms), ..incident(started_ms) }
}

fn channels() -> Vec<Channel> {
    vec![Channel { id: "slack".into(), pages: false }, Channel { id: "pager".into(), pages: true }]
}

/// What is posted; each post comes after a save.
fn posted(effects: &[Effect]) -> Vec<(u64, &str, Message)> {
    let posts: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Post(post) => Some((post.ticket, post.channel.as_str(), post.message)),
            Effect::Save | Effect::Push { .. } | Effect::Wake(_) => None,
        })
        .collect();
    assert!(posts.is_empty() || effects[0] == Effect::Save, "{effects:?}");
    posts
}

fn wake(effects: &[Effect]) -> u64 {
    match effects.last() {
        Some(Effect::Wake(at_ms)) => *at_ms,
        other => panic!("{other:?}"),
    }
}

#[test]
fn trigger_and_resolve_are_told() {
    let mut outbox = Outbox::default();
    let effects = outbox.opened(NOON, &incident(NOON), &channels());
    assert_eq!(posted(&effects), [(1, "slack", Message::Trigger), (2, "pager", Message::Trigger)]);
    assert_eq!(posted(&outbox.opened(NOON, &incident(NOON), &channels())), []);
    for ticket in [1, 2] {
        assert_eq!(outbox.answered(NOON, ticket, Answer::Accepted)[0], Effect::Save);
    }
    assert!(outbox.is_idle());
    let effects = outbox.closed(NOON + HOUR, &over(NOON, NOON + HOUR));
    assert_eq!(posted(&effects), [(3, "slack", Message::Resolve), (4, "pager", Message::Resolve)]);
    outbox.answered(NOON + HOUR, 3, Answer::Accepted);
    outbox.answered(NOON + HOUR, 4, Answer::Accepted);
    assert!(outbox.entries.is_empty() && outbox.losses().is_empty());
}

#[test]
fn own_troubles_are_told_nobody() {
    let mut outbox = Outbox::default();
    let local = Incident { kind: Kind::Local, ..incident(NOON) };
    assert_eq!(posted(&outbox.opened(NOON, &local, &channels())), []);
    assert!(outbox.entries.is_empty());
}

#[test]
fn late_triggers_become_was_down() {
    let mut outbox = Outbox::default();
    outbox.opened(NOON, &incident(NOON), &channels());
    let later = Answer::TryLater { after_ms: None };
    outbox.answered(NOON, 1, later);
    outbox.answered(NOON, 2, later);
    let effects = outbox.closed(NOON + 5_000, &over(NOON, NOON + 5_000));
    assert_eq!(posted(&effects), [(3, "slack", Message::WasDown)], "the pager is told nothing");
    outbox.answered(NOON + 5_000, 3, Answer::Accepted);
    assert!(outbox.entries.is_empty());
}

/// The trigger is under way when the incident ends: its answer decides.
#[test]
fn answers_decide_after_the_end() {
    let cases = [
        (Answer::Accepted, Message::Resolve, Some(Message::Resolve)),
        (Answer::Unknown, Message::WasDown, Some(Message::Resolve)),
        (Answer::TryLater { after_ms: None }, Message::WasDown, None),
    ];
    for (answer, slack, pager) in cases {
        let mut outbox = Outbox::default();
        outbox.opened(NOON, &incident(NOON), &channels());
        assert_eq!(posted(&outbox.closed(NOON + 1, &over(NOON, NOON + 1))), []);
        outbox.answered(NOON + 2, 1, answer);
        outbox.answered(NOON + 2, 2, answer);
        let told: Vec<_> = posted(&outbox.tick(NOON + MINUTE))
            .iter()
            .map(|post| (post.1.to_owned(), post.2))
            .collect();
        let told =
            |id: &str| told.iter().find(|(channel, _)| channel == id).map(|(_, message)| *message);
        assert_eq!((told("slack"), told("pager")), (Some(slack), pager), "{answer:?}");
    }
}

#[test]
fn resolves_are_retried_a_day() {
    let mut outbox = Outbox::default();
    outbox.opened(NOON, &incident(NOON), &channels()[..1]);
    outbox.answered(NOON, 1, Answer::Accepted);
    let mut effects = outbox.closed(NOON + HOUR, &over(NOON, NOON + HOUR));
    let (mut now, mut tries) = (NOON + HOUR, 0);
    while let Some(&(ticket, _, Message::Resolve)) = posted(&effects).first() {
        tries += 1;
        effects = outbox.answered(now, ticket, Answer::TryLater { after_ms: None });
        if outbox.entries.is_empty() {
            break;
        }
        now = wake(&effects);
        effects = outbox.tick(now);
    }
    assert!((24 * HOUR..25 * HOUR).contains(&(now - NOON - HOUR)), "{}", now - NOON);
    assert!((40..70).contains(&tries), "{tries}");
    assert_eq!(outbox.losses()[0].message, Message::Resolve);
}

#[test]
fn waits_of_a_channel_hold() {
    let mut outbox = Outbox::default();
    outbox.opened(NOON, &incident(NOON), &channels()[..1]);
    let effects = outbox.answered(NOON, 1, Answer::TryLater { after_ms: Some(10 * MINUTE) });
    assert_eq!(wake(&effects), NOON + 10 * MINUTE);
    // Another source's incident waits as well: it is the channel that asked.
    let other = Incident { key: "salt:two".into(), ..incident(NOON) };
    assert_eq!(posted(&outbox.opened(NOON + MINUTE, &other, &channels()[..1])), []);
    let effects = outbox.tick(NOON + 10 * MINUTE);
    assert_eq!(posted(&effects).len(), 1);
    let Effect::Post(post) = &effects[1] else { panic!("{effects:?}") };
    // And then there is a second between two messages.
    let effects = outbox.answered(NOON + 10 * MINUTE, post.ticket, Answer::Accepted);
    assert_eq!((posted(&effects).len(), wake(&effects)), (0, NOON + 10 * MINUTE + PACE_MS));
}

#[test]
fn refused_triggers_are_not_resolved() {
    let mut outbox = Outbox::default();
    outbox.opened(NOON, &incident(NOON), &channels()[..1]);
    outbox.answered(NOON, 1, Answer::Refused);
    assert_eq!(posted(&outbox.closed(NOON + HOUR, &over(NOON, NOON + HOUR))), []);
    let loss = &outbox.losses()[0];
    assert!(loss.refused && loss.message == Message::Trigger && loss.channel == "slack");
}

/// A resolve that comes late must not end the next incident of the same source.
#[test]
fn next_incident_waits_its_turn() {
    let mut outbox = Outbox::default();
    let slack = &channels()[..1];
    outbox.opened(NOON, &incident(NOON), slack);
    outbox.answered(NOON, 1, Answer::Accepted);
    outbox.closed(NOON + HOUR, &over(NOON, NOON + HOUR));
    assert_eq!(posted(&outbox.opened(NOON + HOUR, &incident(NOON + HOUR), slack)), []);
    let effects = outbox.answered(NOON + HOUR + MINUTE, 2, Answer::Accepted);
    assert_eq!(posted(&effects), [(3, "slack", Message::Trigger)]);
}

#[test]
fn clocks_may_jump_a_day() {
    let mut outbox = Outbox::default();
    let slack = &channels()[..1];
    outbox.opened(NOON, &incident(NOON), slack);
    outbox.answered(NOON, 1, Answer::TryLater { after_ms: Some(5 * MINUTE) });
    assert_eq!(wake(&outbox.tick(NOON - 24 * HOUR)), NOON - 24 * HOUR + 5 * MINUTE);
    assert_eq!(posted(&outbox.tick(NOON + 24 * HOUR)).len(), 1);
    outbox.answered(NOON + 24 * HOUR, 2, Answer::Accepted);
    outbox.closed(NOON, &over(NOON, NOON));
    outbox.answered(NOON + 48 * HOUR, 3, Answer::Unknown);
    assert!(outbox.losses().is_empty(), "one try is not a day of tries");
}

#[test]
fn too_many_messages_are_lost_loudly() {
    let mut outbox = Outbox::default();
    for number in 0..MOST_ENTRIES + 30 {
        let other = Incident { key: format!("salt:{number}"), ..incident(NOON) };
        outbox.opened(NOON, &other, &channels()[..1]);
    }
    assert_eq!((outbox.entries.len(), outbox.losses().len()), (MOST_ENTRIES, MOST_LOSSES));
}

#[test]
fn silent_channels_count_as_unknown() {
    let mut outbox = Outbox::default();
    let effects = outbox.opened(NOON, &incident(NOON), &channels()[..1]);
    assert_eq!(wake(&effects), NOON + PATIENCE_MS);
    let effects = outbox.tick(NOON + PATIENCE_MS);
    assert_eq!(posted(&effects), []);
    assert_eq!(posted(&outbox.tick(wake(&effects))), [(2, "slack", Message::Trigger)]);
}
