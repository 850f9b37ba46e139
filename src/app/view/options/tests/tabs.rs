//! The tabs, and the way to a setting by its words.

use super::*;
use crate::options::{OptionsEffect, PagePress};
use unstuck_source::presets;

fn naming(part: &str) -> Fields {
    Fields { typed: vec![("part".into(), part.into())], granted: false }
}

/// The address of the tab that this part opens.
fn turned(settings: &Settings, part: &str) -> String {
    let mut page = Page::default();
    page.press(settings, PagePress::Turn, &naming(part), "new");
    let root = shown(settings, &page);
    let chosen = all(&root, &|element| attribute(element, "aria-selected") == Some("true"));
    let panels = all(&root, &|element| {
        attribute(element, "role") == Some("tabpanel") && attribute(element, "hidden").is_none()
    });
    assert_eq!((chosen.len(), panels.len()), (1, 1), "{part}");
    assert_eq!(attribute(chosen[0], "aria-controls"), attribute(panels[0], "id"));
    attribute(chosen[0], "href").unwrap().to_owned()
}

#[test]
fn each_part_opens_its_tab() {
    let settings = Settings { sources: vec![source("a", "One")], ..Settings::default() };
    for (part, tab) in [
        ("", "#ai"),
        ("nowhere", "#ai"),
        ("sources", "#ai"),
        ("where", "#where"),
        ("sites", "#where"),
        ("retry", "#how"),
        ("rules-a", "#how"),
        ("yours", "#yours"),
        ("options_status_pages", "#yours"),
    ] {
        assert_eq!(turned(&settings, part), tab, "{part}");
    }
}

/// The result links to a search for these words.
fn found(words: &str) -> Vec<String> {
    let settings = Settings { sources: vec![source("a", "One")], ..Settings::default() };
    let mut page = Page::default();
    let fields = Fields { typed: vec![("search".into(), words.into())], granted: false };
    page.press(&settings, PagePress::Search, &fields, "new");
    let root = shown(&settings, &page);
    let lists = all(&root, &|element| element.class == "matches");
    let links = lists.iter().flat_map(|list| {
        let list = Node::Element((*list).clone());
        let links = all(&list, &|element| element.tag == "a").into_iter();
        links.map(|link| attribute(link, "href").unwrap().to_owned()).collect::<Vec<_>>()
    });
    links.collect()
}

#[test]
fn settings_are_found_by_words() {
    assert_eq!(found("dark")[0], "#options_theme");
    assert_eq!(found("status PAGE")[0], "#options_status_pages");
    assert_eq!(found("pauses"), ["#set-silence", "#rules-a"]);
    assert_eq!(found("Slack"), ["#messengers", "#channels"]);
    assert_eq!(found("only for one"), ["#rules-a"]);
    assert!(found("delete").contains(&"#erase".into()));
    assert!(found("").is_empty() && found("gravity").is_empty());
}

/// Whatever has a label or a switch is found by it, and leads to a part that is there once.
#[test]
fn every_setting_can_be_found() {
    let settings = Settings { sources: vec![source("a", "One")], ..Settings::default() };
    let root = shown(&settings, &Page::default());
    let named = all(&root, &|element| {
        element.class == "switch" || matches!(element.tag, "h2" | "h3" | "summary")
    });
    assert!(named.len() > 25);
    for element in named {
        let name = text(&Node::Element(element.clone()));
        let results = found(&name);
        assert!(!results.is_empty(), "{name}");
        for result in results {
            let parts =
                all(&root, &|element| attribute(element, "id") == Some(result.trim_matches('#')));
            assert_eq!(parts.len(), 1, "{name}: {result}");
        }
    }
}

/// Turning to another tab takes back neither the Undo nor what is wrong.
#[test]
fn turning_keeps_what_was_said() {
    let mut page = Page::default();
    let press = PrivacyPress::SecondHost { on: false };
    page.press(&Settings::default(), press, &Fields::default(), "new");
    let before = page.clone();
    assert!(page.press(&Settings::default(), PagePress::Turn, &naming("how"), "new").is_empty());
    assert_eq!(page, Page { part: "how".into(), ..before });
    assert_eq!(Page::from_bytes(&page.to_bytes()).part, "how");
}

/// Each service that wants a key leads to its own page for keys; no other does, and no stored key is touched.
#[test]
fn services_lead_to_their_keys() {
    for preset in presets::ALL {
        let mut page = Page::default();
        let choose = SourcePress::ChooseService { service: preset.id.into() };
        page.press(&Settings::default(), choose, &Fields::default(), "new");
        let offers = presses(&shown(&Settings::default(), &page));
        assert_eq!(offers.contains(&SourcePress::GetKey.into()), preset.needs_key, "{}", preset.id);
        let before = page.clone();
        let effects =
            page.press(&Settings::default(), SourcePress::GetKey, &Fields::default(), "new");
        let opens = matches!(&effects[..], [OptionsEffect::OpenPage { url }] if url.starts_with("https://"));
        assert_eq!((opens, effects.len()), (preset.needs_key, usize::from(preset.needs_key)));
        assert_eq!(page, before);
    }
}
