//! Stories of a person who wants to be left alone on a site.

use super::*;

fn switched_on() -> World {
    let mut world = World::new();
    let settings = Settings { sites: vec![SITE.into()], ..world.state.settings.clone() };
    world.feed(Event::Configured { settings });
    world
}

#[test]
fn hiding_closes_card_and_keeps_choice() {
    for (for_an_hour, until_ms) in [(true, Some(NOON + 3_600_000)), (false, None)] {
        let mut world = switched_on();
        world.ask();
        let effects = world.press(Press::Hide { for_an_hour });
        let hidden = HiddenSite { site: SITE.into(), until_ms };
        assert!(effects.contains(&Effect::KeepHidden { hidden: hidden.clone() }), "{effects:?}");
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Abort { .. })), "{effects:?}");
        assert!(!world.state.card(&world.frame).unwrap().open);
        assert_eq!(world.state.settings.hidden, [hidden]);
    }
}

#[test]
fn a_second_choice_replaces_the_first() {
    let mut world = switched_on();
    world.press(Press::Hide { for_an_hour: true });
    world.press(Press::Hide { for_an_hour: false });
    let hidden = &world.state.settings.hidden;
    assert_eq!(hidden.len(), 1);
    assert!(hidden[0].holds(u64::MAX));
}

#[test]
fn only_known_sites_can_be_hidden() {
    let mut world = World::new();
    assert_eq!(world.state.can_hide(&world.frame), None);
    let effects = world.press(Press::Hide { for_an_hour: false });
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::KeepHidden { .. })));
    assert!(world.state.card(&world.frame).unwrap().open);
}

#[test]
fn an_hour_ends() {
    let hidden = HiddenSite { site: SITE.into(), until_ms: Some(NOON) };
    assert!(hidden.holds(NOON - 1) && !hidden.holds(NOON));
}
