//! Nothing is sent before the person agreed to it.

use super::*;

impl World {
    fn agree(&mut self, agreed: u32) -> Vec<Effect> {
        let settings = Settings { agreed, ..self.state.settings.clone() };
        self.feed(Event::Configured { settings })
    }
}

fn leaves(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Send { .. } | Effect::Probe { .. }))
}

fn welcome() -> Effect {
    Effect::OpenOwnPage { path: crate::consent::WELCOME.into() }
}

/// The ask is kept, and nothing is sent.
#[test]
fn ask_before_consent_opens_welcome() {
    let mut world = World::new();
    world.agree(0);
    let effects = world.asks("Say yes");
    assert!(!leaves(&effects) && effects.contains(&welcome()), "{effects:?}");
    let card = world.state.card(&world.frame).unwrap();
    assert_eq!((card.request.prompt.as_str(), card.editing), ("Say yes", true));
    assert_eq!(card.note, Some(Note::NoConsent));

    assert!(!leaves(&world.agree(Settings::EDITION)), "agreeing sends nothing by itself");
    assert!(leaves(&world.asks("Say yes")));
}

#[test]
fn consent_to_older_edition_is_void() {
    let mut world = World::new();
    world.agree(Settings::EDITION - 1);
    assert!(!leaves(&world.asks("Say yes")));
}

#[test]
fn withdrawn_consent_stops_running_calls() {
    let mut world = World::new();
    world.asks("Say yes");
    let effects = world.agree(0);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Abort { .. })), "{effects:?}");
    for press in [Press::Retry, Press::Regenerate, Press::Continue] {
        assert!(!leaves(&world.press(press)));
    }
}

/// Without consent, no wait ends in a call and no failure is probed.
#[test]
fn no_consent_no_automatic_calls() {
    let mut world = World::new();
    world.asks("Say yes");
    let attempt_id = world.state.card(&world.frame).unwrap().call.as_ref().unwrap().attempt_id();
    let busy = Failure { status: Some(503), ..Failure::default() };
    world.feed(Event::Failed { attempt_id, failure: Box::new(busy) });
    assert!(!leaves(&world.agree(0)));
    world.now_ms += 3_600_000;
    for event in [Event::Woke { online: true }, Event::Online, Event::AccessGranted] {
        assert!(!leaves(&world.feed(event)));
    }
}

#[test]
fn automatic_status_lookup_is_opt_in() {
    for (status_pages, agreed) in [(false, true), (true, false), (true, true)] {
        let mut world = World::new();
        let attempt_id = world.ask();
        let agreed = if agreed { Settings::EDITION } else { 0 };
        let settings = Settings { status_pages, agreed, ..world.state.settings.clone() };
        world.feed(Event::Configured { settings });
        let looks =
            world.fail(attempt_id, status(500)).contains(&Effect::LookUp { call: attempt_id.call });
        assert_eq!(looks, status_pages && agreed > 0);
    }
}
