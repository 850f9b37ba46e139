//! What a person finds on the options page, read from the tree.

mod alerts;
mod channels;
mod tabs;
mod welcome;

use super::view;
use crate::{
    options::{Fields, Open, OptionsPress, Page, PrivacyPress, SitePress, SourcePress, Test},
    view::{
        Element, Node, Pressed,
        tests::{all, attribute, text},
    },
};
use unstuck_diagnose::Cause;
use unstuck_engine::{Fallback, Settings, Source};

fn source(id: &str, name: &str) -> Source {
    Source {
        id: id.into(),
        name: name.into(),
        base_url: "https://h/v1".into(),
        model: "m".into(),
        ..Source::default()
    }
}

fn shown(settings: &Settings, page: &Page) -> Node {
    view(settings, page, &crate::english()).root.unwrap()
}

fn presses(root: &Node) -> Vec<OptionsPress> {
    let buttons = all(root, &|element| element.press.is_some());
    let presses = buttons.into_iter().filter_map(|button| match &button.press {
        Some(crate::view::Pressed::Options(press)) => Some(press.clone()),
        _ => None,
    });
    presses.collect()
}

#[test]
fn empty_options_offer_the_services() {
    let presses = presses(&shown(&Settings::default(), &Page::default()));
    for service in ["openai", "anthropic", "gemini", "azure", "ollama", "other"] {
        let choose = SourcePress::ChooseService { service: service.into() }.into();
        assert!(presses.contains(&choose), "{service}");
    }
}

#[test]
fn first_source_cannot_move_up() {
    let settings =
        Settings { sources: vec![source("a", "One"), source("b", "Two")], ..Settings::default() };
    let root = shown(&settings, &Page::default());
    let rows = all(&root, &|element| element.class == "known");
    let names: Vec<_> = rows.iter().map(|row| text(&row.children[0])).collect();
    assert_eq!(names, ["One", "Two"]);
    let presses = presses(&root);
    assert!(presses.contains(&SourcePress::RaiseSource { source: "b".into() }.into()));
    assert!(!presses.contains(&SourcePress::RaiseSource { source: "a".into() }.into()));
}

/// An open source shows its fields and its models, but never its key.
#[test]
fn open_source_never_shows_its_key() {
    let settings = Settings { sources: vec![source("a", "One")], ..Settings::default() };
    let mut page = Page { keyed: vec!["a".into()], ..Page::default() };
    page.press(
        &settings,
        SourcePress::EditSource { source: "a".into() },
        &Fields::default(),
        "new",
    );
    page.test = Test::Passed(vec!["m".into(), "<b>".into()]);
    let root = shown(&settings, &page);
    let value = |name: &str| {
        let fields = all(&root, &|element| attribute(element, "name") == Some(name));
        attribute(fields[0], "data-value").map(str::to_owned)
    };
    assert_eq!(
        (value("base_url").as_deref(), value("key").as_deref()),
        (Some("https://h/v1"), Some(""))
    );
    assert!(presses(&root).contains(&SourcePress::TakeModel { model: "<b>".into() }.into()));
    assert!(presses(&root).contains(&SourcePress::ForgetKey.into()));
    let taken = all(&root, &|element| {
        element.class == "model" && attribute(element, "aria-pressed") == Some("true")
    });
    assert_eq!(taken.len(), 1);
}

/// A source is removed only after a question; a choice can be taken back.
#[test]
fn removal_asks_and_offers_undo() {
    let fallback = Fallback { cause: Cause::RateLimited, source: "a".into() };
    let settings = Settings {
        sources: vec![source("a", "One")],
        fallbacks: vec![fallback],
        ..Settings::default()
    };
    let remove = SourcePress::RemoveSource { source: "a".into() }.into();
    assert!(!presses(&shown(&settings, &Page::default())).contains(&remove));
    let page = Page { open: Open::Doubt("a".into()), ..Page::default() };
    let root = shown(&settings, &page);
    assert!(presses(&root).contains(&remove));
    assert!(
        presses(&root)
            .contains(&PrivacyPress::ForgetFallback { cause: "rate_limited".into() }.into())
    );
    assert!(
        presses(&root).contains(&PrivacyPress::SecondHost { on: false }.into()),
        "it is on by default"
    );
    assert!(presses(&root).contains(&PrivacyPress::LocalFallback { on: true }.into()));
    assert!(text(&root).contains("Too many requests: One answers."));
}

#[test]
fn unused_messengers_are_offered_by_name() {
    let offered = |sites: &[&str]| {
        let sites = sites.iter().map(|site| (*site).to_owned()).collect();
        let root = shown(&Settings { sites, ..Settings::default() }, &Page::default());
        let offer = |element: &Element| {
            let press = element.press.as_ref();
            matches!(
                press,
                Some(Pressed::Options(OptionsPress::Site(SitePress::AddMessenger { .. })))
            )
        };
        let buttons = all(&root, &offer);
        buttons.iter().map(|button| text(&button.children[0])).collect::<Vec<_>>()
    };
    assert_eq!(offered(&[]).len(), 11);
    let left = offered(&["https://app.slack.com", "https://elsewhere.test"]);
    assert_eq!(left.len(), 10);
    assert!(left.contains(&"Discord".into()) && !left.contains(&"Slack".into()));
    let root = shown(&Settings::default(), &Page::default());
    let add = SitePress::AddMessenger { site: "https://x.com".into() };
    assert!(presses(&root).contains(&add.into()));
}
