//! Setting up step by step.

use super::*;
use crate::options::find::Find;

/// Consent is given to the present edition and can be withdrawn.
#[test]
fn consent_is_per_edition_and_revocable() {
    let mut desk = Desk::new();
    desk.press(SetUpPress::Agree { on: false }, &Fields::default());
    assert_eq!(desk.page.done, Some("welcome_declined"));
    desk.press(SetUpPress::Agree { on: true }, &Fields::default());
    assert!(desk.settings.may_send());
    desk.press(SetUpPress::Agree { on: false }, &Fields::default());
    assert!(!desk.settings.may_send());
}

#[test]
fn picking_a_model_saves_the_source() {
    let mut desk = Desk::new();
    desk.choose("anthropic");
    let pick = SetUpPress::UseModel { model: "claude-sonnet-4-5".into() };
    let effects = desk.press(pick.clone(), &typed("https://api.anthropic.com/v1", "sk-ant-1", ""));
    let key = OptionsEffect::KeepKey { source: "new-0".into(), key: "sk-ant-1".into() };
    assert!(effects.contains(&key), "{effects:?}");
    assert_eq!(desk.settings.sources[0].model, "claude-sonnet-4-5");
    desk.choose("openai");
    assert_eq!(desk.press(pick, &typed(OPENAI, "", "")), []);
    assert_eq!(desk.problem(), Some(("key", "options_empty_key")));
}

/// A local server is looked for with the browser's permission, and a model of it kept in one press.
#[test]
fn local_server_is_found_with_permission() {
    let mut desk = Desk::new();
    desk.press(SetUpPress::Find, &Fields::default());
    assert_eq!(
        (&desk.page.find, desk.problem()),
        (&Find::NotAsked, Some(("find", "options_no_access_here")))
    );
    desk.press(SetUpPress::Find, &filled(&[]));
    assert_eq!(desk.page.find, Find::Running);
    let pick = |service: &str, model: &str| SetUpPress::UseLocal {
        service: service.into(),
        model: model.into(),
    };
    desk.press(pick("ollama", "llama3.2"), &Fields::default());
    assert_eq!(desk.problem(), Some(("base_url", "options_no_access")));
    desk.press(pick("ollama", "llama3.2"), &filled(&[("base_url", "https://thief.example")]));
    desk.press(pick("built_in", "built-in"), &Fields::default());
    desk.press(pick("openai", "gpt"), &filled(&[]));
    let kept: Vec<_> =
        desk.settings.sources.iter().map(|source| source.base_url.as_str()).collect();
    assert_eq!(kept, ["http://localhost:11434", presets::BUILT_IN]);
    assert_eq!(desk.names(), ["Ollama", "Chrome AI"]);
    assert_eq!(desk.settings.sources[0].model, "llama3.2");
}

/// The warning comes as the key is pasted; the key can still be tested and saved.
#[test]
fn retired_key_warns_but_is_allowed() {
    const GEMINI: &str = "https://generativelanguage.googleapis.com/v1beta";
    let mut desk = Desk::new();
    desk.choose("gemini");
    let fields = typed(GEMINI, "AIzaSyFake", "gemini-flash");
    assert_eq!(desk.press(SourcePress::CheckKey, &fields), []);
    assert_eq!(desk.problem(), Some(("key", "options_key_retired")));
    desk.press(SourcePress::TestSource, &fields);
    assert!(matches!(desk.page.test, Test::Running(_)));
    assert_eq!(desk.problem(), Some(("key", "options_key_retired")));
    desk.press(SourcePress::SaveSource, &fields);
    assert_eq!(
        (desk.names(), desk.page.done),
        (vec!["Google Gemini"], Some("options_saved_retired"))
    );
    desk.choose("gemini");
    desk.press(SourcePress::CheckKey, &typed(GEMINI, "AQ.Ab8RN6Fake", ""));
    assert_eq!(desk.problem(), None);
}
