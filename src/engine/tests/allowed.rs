//! Where the organisation does not let Unstuck be.

use super::*;
use crate::site_policy::{SitePattern, SitePolicy};

impl World {
    fn forbid(&mut self, pattern: &str) -> Vec<Effect> {
        let forbidden = vec![SitePattern::read(pattern).unwrap()];
        let site_policy = Box::new(SitePolicy { forbidden, ..SitePolicy::default() });
        let settings = Settings { site_policy, ..self.state.settings.clone() };
        self.feed(Event::Configured { settings })
    }
}

fn is_visible(effects: &[Effect]) -> bool {
    let paint = |effect: &Effect| matches!(effect, Effect::Paint { .. });
    effects.iter().any(paint)
}

/// Anything but words on the card.
fn acts(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| {
        !matches!(
            effect,
            Effect::Paint { .. } | Effect::Journal | Effect::Keep { .. } | Effect::WakeAt { .. }
        )
    })
}

#[test]
fn a_ban_stops_a_running_call() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.chunk(attempt_id, "Half");
    let effects = world.forbid("chat.example");
    assert!(effects.contains(&Effect::Abort { attempt_id }) && is_visible(&effects));
    assert_eq!((world.call().phase, &*world.call().received), (Phase::Cancelled, "Half"));
    world.now_ms += 3_600_000;
    for event in [Event::Woke { online: true }, Event::Online, Event::AccessGranted] {
        assert_eq!(sent(&world.feed(event)), None);
    }
}

#[test]
fn a_ban_ends_waits_and_looks() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.fail(attempt_id, too_many(20));
    world.forbid("*.example");
    world.now_ms += 60_000;
    assert_eq!(sent(&world.feed(Event::Woke { online: true })), None);
}

#[test]
fn no_press_acts_under_a_ban() {
    let mut world = World::new();
    let attempt_id = world.ask();
    world.chunk(attempt_id, "Yes");
    world.feed(Event::Ended { attempt_id, tokens: None });
    world.forbid("chat.example");
    for press in [
        Press::Task { task: Task::Rewrite },
        Press::Read,
        Press::Agree,
        Press::Ask,
        Press::Retry,
        Press::Continue,
        Press::Regenerate,
        Press::Switch { source: "lab".into(), always: true },
        Press::Schedule,
        Press::Insert,
        Press::Options,
        Press::Notify,
    ] {
        let effects = world.press(press.clone());
        assert!(!acts(&effects) && is_visible(&effects), "{press:?} {effects:?}");
    }
    assert!(acts(&world.press(Press::CopyDraft)), "the draft can be saved");
    world.press(Press::Close);
    assert!(!world.state.card(&world.frame).unwrap().open);
}

#[test]
fn forbidden_pages_are_not_heard() {
    let mut world = World::new();
    world.press(Press::Task { task: Task::Rewrite });
    world.forbid("chat.example");
    let frame = world.frame.clone();
    world.feed(Event::BoxRead { frame: frame.clone(), text: "private".into() });
    assert_eq!(world.state.card(&frame).unwrap().request.text, "");
}

#[test]
fn typed_words_outlive_a_ban() {
    let mut world = World::new();
    world.forbid("chat.example");
    world.asks("Say yes");
    assert_eq!(world.state.card(&world.frame).unwrap().request.prompt, "Say yes");
    world.forbid("other.example");
    assert!(sent(&world.asks("Say yes")).is_some());
}

#[test]
fn card_opened_under_ban_is_empty() {
    let mut world = World::new();
    let ask = OrphanedRequest { site: "https://wiki.example".into(), request: Default::default() };
    world.state.orphaned.push(ask);
    world.forbid("wiki.example");
    world.frame.document = "E".into();
    let frame = world.frame.clone();
    world.feed(Event::Opened { frame, site: "https://wiki.example".into() });
    assert_eq!(world.state.orphaned.len(), 1, "what was kept for the site stays kept");
    assert!(!world.state.allows(&world.frame));
}

#[test]
fn ban_removes_banners_from_watched_pages() {
    let mut world = World::new();
    let failed = |world: &mut World| {
        let (frame, site) = (world.frame.clone(), "https://app.example".into());
        let event = PageEvent::Failed(Box::new(status(500)));
        world.feed(Event::OfPage { frame, site, of: PageCall::Answer, event })
    };
    failed(&mut world);
    assert!(world.state.page(&world.frame).is_some());
    assert!(is_visible(&world.forbid("app.example")));
    assert!(world.state.page(&world.frame).is_none());
    assert!(!is_visible(&failed(&mut world)));
}
