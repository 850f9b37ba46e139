//! Stories of an address that leads to another one.

use super::*;
use unstuck_diagnose::ActionKind;

fn redirected(url: &str, location: &str) -> Failure {
    let mut failure = Failure { url: Some(url.into()), ..status(307) };
    failure.headers.insert("location".into(), location.into());
    failure
}

#[test]
fn a_press_uses_the_new_address() {
    let mut world = World::new();
    world.state.settings.sources[0].base_url = "https://example.org/v1".into();
    let attempt_id = world.ask();
    let target = "https://www.example.org/v1/chat/completions";
    world.fail(attempt_id, redirected("https://example.org/v1/chat/completions", target));
    assert_eq!(world.call().diagnosis.as_ref().unwrap().cause, Cause::Redirected);
    assert_eq!(world.call().phase, Phase::Failed);
    let base_url = "https://www.example.org/v1".to_owned();
    assert_eq!(offered_address(&world.state, &world.frame), Some(base_url.clone()));
    let moved = Source { base_url: base_url.clone(), ..world.state.settings.sources[0].clone() };
    let kept = Effect::KeepSource { source: moved };
    let effects = world.press(Press::UseAddress);
    let at = |wanted: &Effect| effects.iter().position(|effect| effect == wanted);
    let sends = effects.iter().position(|effect| matches!(effect, Effect::Send { .. }));
    assert!(at(&kept).is_some() && at(&kept) < sends, "{effects:?}");
    assert_eq!(world.state.settings.sources[0].base_url, base_url);
}

#[test]
fn no_other_address_is_ever_used() {
    let chat = "https://example.org/v1/chat/completions";
    for (id, target) in [
        ("lab", "https://other.test/v1/chat/completions"),
        ("lab", "http://www.example.org/v1/chat/completions"),
        ("lab", "https://www.example.org/login"),
        ("organisation:https://example.org/v1 m", "https://www.example.org/v1/chat/completions"),
    ] {
        let mut world = World::new();
        let source = &mut world.state.settings.sources[0];
        (source.base_url, source.id) = ("https://example.org/v1".into(), id.into());
        let attempt_id = world.ask();
        world.fail(attempt_id, redirected(chat, target));
        let actions = &world.call().diagnosis.as_ref().unwrap().actions;
        assert!(actions.iter().any(|action| action.kind == ActionKind::OpenSettings));
        assert_eq!(offered_address(&world.state, &world.frame), None, "{target}");
        let effects = world.press(Press::UseAddress);
        assert_eq!(sent(&effects), None);
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::KeepSource { .. })));
    }
}
