//! Which sources are checked without an ask.

use super::*;
use crate::managed::Managed;
use unstuck_source::Dialect;

fn switches(settings: &Settings, page: &Page) -> Vec<(String, bool)> {
    let root = shown(settings, page);
    let switches = all(&root, &|element| {
        matches!(
            element.press,
            Some(Pressed::Options(OptionsPress::Source(SourcePress::CheckSource { .. })))
        )
    });
    let told = switches.iter().map(|switch| {
        (text(&(*switch).clone().into()), attribute(switch, "aria-checked") == Some("true"))
    });
    told.collect()
}

#[test]
fn each_source_has_its_switch() {
    let source = |id: &str| Source { id: id.into(), name: id.into(), ..Source::default() };
    let own = Source { dialect: Dialect::BuiltIn, ..source("own") };
    let checked = Source { checked: true, ..source("Lab") };
    let mut settings =
        Settings { sources: vec![checked, source("House"), own], ..Settings::default() };
    let mut page = Page::default();
    let named = |name: &str, on| (format!("Check {name} every 5 minutes"), on);
    assert_eq!(switches(&settings, &page), [named("Lab", true), named("House", false)]);
    let press = SourcePress::CheckSource { source: "Lab".into(), on: false };
    let effects = page.press(&settings, press, &Fields::default(), "new");
    assert!(!effects.is_empty(), "it is kept");
    settings.sources[0].checked = false;
    assert_eq!(switches(&settings, &page)[0], named("Lab", false));
    page.managed = Managed::read(r#"{"max_tries":1}"#);
    assert_eq!(switches(&settings, &page), []);
}
