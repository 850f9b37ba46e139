//! The welcome page: one step after the other.

use super::*;
use crate::options::{
    SetUpPress, SitePress,
    find::{Find, Found},
};
use unstuck_source::presets;

fn guided() -> Page {
    Page { guided: true, ..Page::default() }
}

/// The present step, its presses, and which steps are done.
fn step(settings: &Settings, page: &Page) -> (String, Vec<OptionsPress>, usize) {
    let root = shown(settings, page);
    let now =
        all(&root, &|element| element.attributes.iter().any(|(name, _)| *name == "aria-current"));
    assert_eq!(now.len(), 1);
    let done =
        all(&root, &|element| element.attributes.iter().any(|(name, _)| *name == "data-done"));
    let now = Node::Element(now[0].clone());
    let title =
        all(&now, &|element| element.tag == "h2").first().map(|title| text(&title.children[0]));
    (title.unwrap_or_default().to_owned(), presses(&now), done.len())
}

/// The welcome page leads from consent to the source and on to the sites.
#[test]
fn welcome_goes_consent_source_sites() {
    let mut settings = Settings::default();
    let (title, presses, done) = step(&settings, &guided());
    assert_eq!((title.as_str(), done), ("Your words stay yours", 0));
    assert_eq!(presses, [true, false].map(|on| SetUpPress::Agree { on }.into()));

    settings.agreed = Settings::EDITION;
    let (title, presses, done) = step(&settings, &guided());
    assert_eq!((title.as_str(), done), ("Choose your AI", 1));
    assert!(presses.contains(&SetUpPress::Find.into()));

    settings.sources.push(source("a", "One"));
    let (title, presses, done) = step(&settings, &guided());
    assert_eq!((title.as_str(), done), ("Choose your chats", 2));
    let site = "https://web.whatsapp.com".to_owned();
    assert!(presses.contains(&SitePress::AddMessenger { site: site.clone() }.into()));

    settings.sites.push(site);
    let (title, _, done) = step(&settings, &guided());
    assert_eq!((title.as_str(), done), ("Ready", 3));
}

/// Before consent, nothing else can be pressed.
#[test]
fn only_consent_is_offered_first() {
    let settings = Settings { sources: vec![source("a", "One")], ..Settings::default() };
    let presses = presses(&shown(&settings, &guided()));
    assert!(
        presses.iter().all(|press| matches!(press, OptionsPress::SetUp(SetUpPress::Agree { .. }))),
        "{presses:?}"
    );
}

/// "Not now" locks nothing: the rest can be set up, and the agreement stays in reach.
#[test]
fn declining_lets_set_up_go_on() {
    let mut settings = Settings::default();
    let mut page = guided();
    page.press(&settings, SetUpPress::Agree { on: false }, &Fields::default(), "new");
    let page = Page { guided: true, ..Page::from_bytes(&page.to_bytes()) };
    let agree: OptionsPress = SetUpPress::Agree { on: true }.into();
    for (title, done) in [("Choose your AI", 0), ("Choose your chats", 1), ("Ready", 2)] {
        let (now, _, count) = step(&settings, &page);
        assert_eq!((now.as_str(), count), (title, done));
        assert!(presses(&shown(&settings, &page)).contains(&agree), "{title}");
        if done == 0 {
            settings.sources.push(source("a", "One"));
        } else {
            settings.sites.push("https://x.com".into());
        }
    }
    assert!(!settings.may_send());
}

#[test]
fn options_show_and_withdraw_consent() {
    for agreed in [0, Settings::EDITION] {
        let settings = Settings { agreed, ..Settings::default() };
        let press = SetUpPress::Agree { on: agreed == 0 }.into();
        assert!(presses(&shown(&settings, &Page::default())).contains(&press));
    }
}

/// Where no server was found on this computer, the page says what to do.
#[test]
fn no_local_server_gives_advice() {
    let page = Page { find: Find::Over(Vec::new()), ..Page::default() };
    let told = all(&shown(&Settings::default(), &page), &|element| element.class == "note").len();
    assert_eq!(told, 1);
    let page = Page { find: Find::Running, ..Page::default() };
    assert!(view(&Settings::default(), &page, &crate::english()).busy);
}

/// What answers on this computer comes first, with its models, each a press away.
#[test]
fn found_local_ai_comes_first() {
    let settings = Settings { agreed: Settings::EDITION, ..Settings::default() };
    let found = |id: &str, models: &[&str]| Found {
        service: presets::find(id).unwrap(),
        models: Ok(models.iter().map(|model| (*model).to_owned()).collect()),
    };
    let found =
        vec![found("built_in", &["built-in"]), found("ollama", &["a", "b"]), found("vllm", &[])];
    for guided in [true, false] {
        let page = Page { guided, find: Find::Over(found.clone()), ..Page::default() };
        let presses = presses(&shown(&settings, &page));
        let first = presses.iter().position(|press| {
            matches!(press, OptionsPress::Source(SourcePress::ChooseService { .. }))
        });
        let offered = ["built-in", "a", "b"].map(|model| {
            let service = if model == "built-in" { "built_in" } else { "ollama" };
            SetUpPress::UseLocal { service: service.into(), model: model.into() }.into()
        });
        let before = &presses[..first.unwrap()];
        let before = before.iter().filter(|press| matches!(press, OptionsPress::SetUp(_)));
        assert!(before.eq(&offered), "{presses:?}");
    }
}

/// Beside the key of each service there is the way to its own page for keys, here and in the options.
#[test]
fn each_service_leads_to_keys() {
    let settings = Settings { agreed: Settings::EDITION, ..Settings::default() };
    for service in presets::ALL {
        for guided in [true, false] {
            let mut page = Page { guided, ..Page::default() };
            let choose = SourcePress::ChooseService { service: service.id.into() };
            page.press(&settings, choose, &Fields::default(), "new");
            let offers = presses(&shown(&settings, &page)).contains(&SourcePress::GetKey.into());
            assert_eq!(offers, service.needs_key, "{}", service.id);
        }
    }
}

/// Of a service by name only the key is asked for; what is filled in is folded until something is wrong with it.
#[test]
fn known_services_ask_only_for_keys() {
    let settings = Settings { agreed: Settings::EDITION, ..Settings::default() };
    let folded = |page: &Page| {
        let root = shown(&settings, page);
        all(&root, &|element| element.class == "fold").first().map(|fold| {
            let fold = Node::Element((*fold).clone());
            let inputs = all(&fold, &|element| element.tag == "input").len();
            let Node::Element(element) = &fold else { return (inputs, false) };
            (inputs, attribute(element, "open").is_some())
        })
    };
    let mut page = guided();
    let choose = |service: &str| SourcePress::ChooseService { service: service.into() };
    page.press(&settings, choose("openai"), &Fields::default(), "new");
    assert_eq!(folded(&page), Some((2, false)));
    let address = vec![("base_url".to_owned(), "https://api.openai.com/v1".to_owned())];
    let refused = Fields { typed: address, granted: false };
    page.press(&settings, SourcePress::TestSource, &refused, "new");
    assert_eq!(folded(&page), Some((2, true)), "the browser did not let it");
    page.press(&settings, choose("azure"), &Fields::default(), "new");
    assert_eq!(folded(&page), None, "a part of its address is the person's");
    let address = vec![("base_url".to_owned(), "https://own.openai.azure.com".to_owned())];
    let typed = Fields { typed: address, granted: true };
    page.press(&settings, SourcePress::TestSource, &typed, "new");
    assert_eq!(folded(&page), None, "nothing moves once it is typed");
}
