//! What each press on the options page changes, and what is told to be wrong.

use super::*;
use unstuck_diagnose::Cause;
use unstuck_engine::Fallback;
use unstuck_source::{Dialect, presets};

mod setup;

struct Desk {
    page: Page,
    settings: Settings,
    aside: Option<Vec<String>>,
}

impl Desk {
    fn new() -> Self {
        Self { page: Page::default(), settings: Settings::default(), aside: None }
    }

    fn press(&mut self, press: impl Into<OptionsPress>, fields: &Fields) -> Vec<OptionsEffect> {
        let new_id = format!("new-{}", self.settings.sources.len());
        let effects = self.page.press(&self.settings, press, fields, &new_id);
        for effect in &effects {
            match effect {
                OptionsEffect::KeepSettings { settings } => self.settings.clone_from(settings),
                OptionsEffect::KeepKey { source, .. } => self.page.keyed.push(source.clone()),
                OptionsEffect::ForgetKey { source } => self.page.keyed.retain(|id| id != source),
                OptionsEffect::SetKeysAside => self.aside = Some(self.page.keyed.clone()),
                OptionsEffect::DropKeysAside => self.aside = None,
                OptionsEffect::PutKeysBack => self.page.keyed = self.aside.take().unwrap(),
                OptionsEffect::RegisterSites
                | OptionsEffect::OpenPage { .. }
                | OptionsEffect::EraseDrafts
                | OptionsEffect::GiveBack { .. }
                | OptionsEffect::Export { .. } => {}
                OptionsEffect::Erase => *self = Self::new(),
            }
        }
        effects
    }

    fn choose(&mut self, service: &str) {
        self.press(SourcePress::ChooseService { service: service.into() }, &Fields::default());
    }

    fn add(&mut self, service: &str, fields: &Fields) -> Vec<OptionsEffect> {
        self.choose(service);
        self.press(SourcePress::SaveSource, fields)
    }

    fn problem(&self) -> Option<(&str, &str)> {
        self.page.problems.first().map(|problem| (problem.field.as_str(), problem.key.as_str()))
    }

    fn names(&self) -> Vec<&str> {
        self.settings.sources.iter().map(|source| source.name.as_str()).collect()
    }
}

fn typed(base_url: &str, key: &str, model: &str) -> Fields {
    let typed = [("base_url", base_url), ("key", key), ("model", model)];
    filled(&typed)
}

fn filled(typed: &[(&str, &str)]) -> Fields {
    let typed = typed.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    Fields { typed: typed.collect(), granted: true }
}

const OPENAI: &str = "https://api.openai.com/v1";

/// A source is chosen by its name; its key is stored apart from it, and first.
#[test]
fn source_and_key_are_stored_separately() {
    let mut desk = Desk::new();
    desk.choose("openai");
    let Open::Source(open) = &desk.page.open else { panic!("{:?}", desk.page.open) };
    assert_eq!((open.base_url.as_str(), open.dialect), (OPENAI, Dialect::Responses));
    let effects = desk.press(SourcePress::SaveSource, &typed(OPENAI, " sk-1 ", "gpt-5-mini "));
    let key = OptionsEffect::KeepKey { source: "new-0".into(), key: "sk-1".into() };
    assert_eq!(effects[1], key, "the key is there before anybody can ask");
    let [source] = &desk.settings.sources[..] else { panic!("{:?}", desk.settings) };
    assert_eq!((source.name.as_str(), source.model.as_str()), ("OpenAI", "gpt-5-mini"));
    assert_eq!((&desk.page.open, desk.page.done), (&Open::List, Some("options_saved")));
}

#[test]
fn invalid_field_is_reported_nothing_saved() {
    let mut desk = Desk::new();
    let refused = Fields { granted: false, ..typed(OPENAI, "sk-1", "m") };
    for (service, fields, problem) in [
        ("openai", typed("api.openai.com", "k", "m"), ("base_url", "options_bad_url")),
        ("other", typed("http://example.org/v1", "k", "m"), ("base_url", "options_http_url")),
        (
            "azure",
            typed("https://YOUR-RESOURCE.openai.azure.com", "k", "m"),
            ("base_url", "options_own_address"),
        ),
        ("openai", refused, ("base_url", "options_no_access")),
        ("openai", typed(OPENAI, "", "m"), ("key", "options_empty_key")),
        ("openai", typed(OPENAI, "sk-ant-api03-1", "m"), ("key", "options_key_of_other")),
        ("openai", typed(OPENAI, "sk-proj-…wxyz", "m"), ("key", "options_key_broken")),
        ("openai", typed(OPENAI, "sk-1", " "), ("model", "options_empty_model")),
    ] {
        assert_eq!(desk.add(service, &fields), [], "{problem:?}");
        assert_eq!(desk.problem(), Some(problem));
        let Open::Source(open) = &desk.page.open else { panic!("{:?}", desk.page.open) };
        assert_eq!(open.base_url, fields.get("base_url"), "what was typed is still there");
    }
    assert!(!desk.add("ollama", &typed("http://localhost:11434", "", "llama3.2")).is_empty());
    assert_eq!(desk.names(), ["Ollama"], "a server on this machine needs no key");
}

#[test]
fn stored_key_stays_with_its_address() {
    let mut desk = Desk::new();
    desk.add("openai", &typed(OPENAI, "sk-1", "m"));
    let edit = SourcePress::EditSource { source: "new-0".into() };
    for press in [SourcePress::SaveSource, SourcePress::TestSource] {
        desk.press(edit.clone(), &Fields::default());
        assert_eq!(desk.press(press, &typed("https://api.openai.com.example/v1", "", "m")), []);
        assert_eq!(desk.problem(), Some(("key", "options_key_again")));
        assert_eq!(desk.page.test, Test::None);
    }
    assert!(!desk.press(SourcePress::SaveSource, &typed(OPENAI, "", "m2")).is_empty());
}

#[test]
fn sources_are_reordered_and_removed_completely() {
    let mut desk = Desk::new();
    desk.add("openai", &typed(OPENAI, "sk-1", "m"));
    desk.add("ollama", &typed("http://localhost:11434", "", "llama3.2"));
    desk.add("openai", &typed(OPENAI, "sk-2", "large"));
    assert_eq!(desk.names(), ["OpenAI", "Ollama", "OpenAI · large"]);
    desk.press(SourcePress::RaiseSource { source: "new-1".into() }, &Fields::default());
    assert_eq!(desk.names(), ["Ollama", "OpenAI", "OpenAI · large"]);
    let first = SourcePress::RaiseSource { source: "new-1".into() };
    assert_eq!(desk.press(first, &Fields::default()), [], "it is the first already");

    let source = String::from("new-0");
    desk.settings.fallbacks = vec![Fallback { cause: Cause::RateLimited, source: source.clone() }];
    desk.press(SourcePress::DoubtSource { source: source.clone() }, &Fields::default());
    assert_eq!(desk.names().len(), 3, "the question changes nothing");
    let effects =
        desk.press(SourcePress::RemoveSource { source: source.clone() }, &Fields::default());
    assert!(effects.contains(&OptionsEffect::ForgetKey { source }));
    assert_eq!(
        (desk.names(), desk.settings.fallbacks.len()),
        (vec!["Ollama", "OpenAI · large"], 0)
    );
}

#[test]
fn choices_save_and_revert_at_once() {
    let mut desk = Desk::new();
    desk.press(PrivacyPress::LocalFallback { on: true }, &Fields::default());
    desk.press(PrivacyPress::SecondHost { on: false }, &Fields::default());
    desk.press(PrivacyPress::StatusPages { on: true }, &Fields::default());
    assert_eq!((desk.settings.local_fallback, desk.settings.second_host), (true, false));
    assert!(desk.settings.status_pages && !Settings::default().status_pages);
    desk.settings.fallbacks = [Cause::RateLimited, Cause::ServerError]
        .map(|cause| Fallback { cause, source: "s".into() })
        .into();
    desk.press(PrivacyPress::ForgetFallback { cause: "rate_limited".into() }, &Fields::default());
    let left: Vec<_> = desk.settings.fallbacks.iter().map(|fallback| fallback.cause).collect();
    assert_eq!(left, [Cause::ServerError]);
}

#[test]
fn source_test_lists_models_or_cause() {
    let mut desk = Desk::new();
    desk.choose("anthropic");
    let fields = typed("https://api.anthropic.com/v1", "sk-ant-1", "");
    assert_eq!(desk.press(SourcePress::TestSource, &fields), []);
    let Test::Running(trial) = desk.page.test.clone() else { panic!("{:?}", desk.page.test) };
    let request = trial.request(None);
    assert_eq!(
        (request.method, request.url.as_str()),
        ("GET", "https://api.anthropic.com/v1/models?limit=1000")
    );
    assert!(request.headers.contains(&("x-api-key", "sk-ant-1".into())));

    let models = r#"{"data":[{"type":"model","id":"claude-sonnet-4-5"}],"has_more":false}"#;
    let passed = Test::Passed(vec!["claude-sonnet-4-5".into()]);
    assert_eq!(trial.outcome(Ok(models.into())), passed);
    let Test::Failed(found) = trial.outcome(Ok("<!DOCTYPE html><title>Sign in</title>".into()))
    else {
        panic!()
    };
    assert_eq!(found.cause, Cause::UnexpectedReply);

    desk.page.tested(&trial, passed.clone());
    assert_eq!(desk.page.test, passed);
    desk.press(SourcePress::TakeModel { model: "claude-sonnet-4-5".into() }, &fields);
    let Open::Source(open) = &desk.page.open else { panic!("{:?}", desk.page.open) };
    assert_eq!((open.model.as_str(), &desk.page.test), ("claude-sonnet-4-5", &passed));
    desk.press(SourcePress::CloseSource, &fields);
    desk.page.tested(&trial, Test::Passed(Vec::new()));
    assert_eq!(desk.page.test, Test::None, "an outcome that comes too late is of no interest");
}

#[test]
fn site_needs_permission_and_stays_unique() {
    let mut desk = Desk::new();
    let mut fields = filled(&[("site", "web.whatsapp.com")]);
    assert!(desk.press(SitePress::AddSite, &fields).contains(&OptionsEffect::RegisterSites));
    assert_eq!(desk.press(SitePress::AddSite, &fields), [], "it is there already");
    assert_eq!(desk.settings.sites, ["https://web.whatsapp.com"]);
    fields.granted = false;
    assert_eq!(desk.press(SitePress::AddSite, &fields), []);
    assert_eq!(desk.problem(), Some(("site", "options_no_access")));
    fields = filled(&[("site", "whatsapp")]);
    desk.press(SitePress::AddSite, &fields);
    assert_eq!(desk.problem(), Some(("site", "options_bad_site")));
    desk.press(
        SitePress::RemoveSite { site: "https://web.whatsapp.com".into() },
        &Fields::default(),
    );
    assert!(desk.settings.sites.is_empty());
}

#[test]
fn messenger_by_name_needs_permission() {
    let mut desk = Desk::new();
    let slack = || SitePress::AddMessenger { site: "https://app.slack.com".into() };
    let mut fields = filled(&[("site", "half.typed")]);
    assert!(desk.press(slack(), &fields).contains(&OptionsEffect::RegisterSites));
    assert_eq!(desk.settings.sites, ["https://app.slack.com"]);
    fields.granted = false;
    assert_eq!(desk.press(slack(), &fields), []);
    assert_eq!(desk.problem(), Some(("site", "options_no_access")));
}

#[test]
fn site_accepts_address_or_bare_host() {
    assert_eq!(site_origin(" web.whatsapp.com ").as_deref(), Some("https://web.whatsapp.com"));
    assert_eq!(site_origin("HTTP://Localhost:8080/chat?x#y").as_deref(), Some("http://localhost"));
    assert_eq!(site_origin("whatsapp"), None);
    assert_eq!(site_origin("ftp://example.org"), None);
    assert_eq!(site_origin(""), None);
    for (typed, site) in [
        ("Private.test.", "https://private.test"),
        ("bücher.example", "https://xn--bcher-kva.example"),
        ("http://[0:0::1]:8080", "http://[::1]"),
        ("http://intranet/x", "http://intranet"),
    ] {
        assert_eq!(site_origin(typed).as_deref(), Some(site), "{typed}");
    }
    for none in ["http://*.test", "*.test", "file:///x", "https://a..b"] {
        assert_eq!(site_origin(none), None, "{none}");
    }
}

#[test]
fn undo_restores_settings_and_keys() {
    let mut desk = Desk::new();
    desk.add("openai", &typed(OPENAI, "sk-1", "m"));
    let before = desk.settings.clone();
    let source = String::from("new-0");
    desk.press(SourcePress::RemoveSource { source: source.clone() }, &Fields::default());
    assert!(desk.page.can_undo(&desk.settings) && desk.page.keyed.is_empty());
    let page = Page::from_bytes(&desk.page.to_bytes());
    assert!(page.can_undo(&desk.settings), "it outlives the worker");
    desk.press(PagePress::Undo, &Fields::default());
    assert_eq!((&desk.settings, &desk.page.keyed), (&before, &vec![source]));
    assert_eq!(desk.page.done, Some("options_undone"));
    assert_eq!(desk.press(PagePress::Undo, &Fields::default()), [], "once");

    desk.press(SitePress::AddSite, &filled(&[("site", "a.example.org")]));
    let effects = desk.press(PagePress::Undo, &Fields::default());
    assert!(effects.contains(&OptionsEffect::RegisterSites));
    assert_eq!(desk.settings, before);
}

#[test]
fn undo_refuses_after_a_later_change() {
    let mut desk = Desk::new();
    desk.press(PrivacyPress::LocalFallback { on: true }, &Fields::default());
    desk.settings.second_host = false;
    assert!(!desk.page.can_undo(&desk.settings));
    assert_eq!(desk.press(PagePress::Undo, &Fields::default()), []);
    assert_eq!(desk.page.done, Some("options_undo_late"));
}

/// A valid rule is saved at once; an invalid one is answered with what it takes.
#[test]
fn valid_rules_save_invalid_ones_explain() {
    let mut desk = Desk::new();
    desk.add("openai", &typed(OPENAI, "sk-1", "m"));
    let set = |source: Option<&str>| RetryPress::SetRule {
        rule: "tries".into(),
        source: source.map(str::to_owned),
    };
    desk.press(set(None), &filled(&[("tries", "0")]));
    desk.press(set(Some("new-0")), &filled(&[("tries-new-0", "5")]));
    assert_eq!(desk.settings.policy.attempts, 1);
    assert_eq!(desk.settings.rules("new-0").policy.attempts, 6);
    assert_eq!(desk.press(set(None), &filled(&[("tries", "")])), []);
    assert_eq!(desk.problem(), Some(("tries", "options_tries_wrong")));
    desk.press(set(Some("new-0")), &filled(&[("tries-new-0", " ")]));
    assert_eq!(desk.settings.rules("new-0").policy.attempts, 1, "as for all again");
}

/// A settings file is read field by field, and no stored key goes to another address.
#[test]
fn import_checks_fields_and_protects_keys() {
    let mut desk = Desk::new();
    desk.add("openai", &typed(OPENAI, "sk-1", "m"));
    let file = |settings: &str| {
        let head = r#"{"format":"unstuck-settings","version":1,"settings":"#;
        filled(&[("imported", &[head, settings, "}"].concat())])
    };
    let before = desk.settings.clone();
    desk.press(
        DataPress::ReadImport,
        &file(
            r#"{"sources":[{"id":"new-0","name":"A","dialect":"openai","base_url":"https://api.openai.com/v1","model":"m2",
                "rules":{"attempts":2,"stall_ms":1,"first_byte_ms":null}},
                {"id":"new-0","base_url":"https://thief.example/v1","model":"m"},{"base_url":"nonsense"}],
                "fallbacks":[{"cause":"rate_limited","source":"new-0"},{"cause":"boredom","source":"x"}],
                "text_size":"huge","stall_ms":"long"}"#,
        ),
    );
    assert_eq!(desk.settings, before, "looking changes nothing");
    let Open::Import(import) = &desk.page.open else { panic!("{:?}", desk.page.open) };
    let wrong: Vec<_> = import.wrong.iter().map(|wrong| wrong.path.as_str()).collect();
    assert_eq!(
        wrong,
        [
            "sources[0].rules.stall_ms",
            "sources[2].base_url",
            "fallbacks[1]",
            "text_size",
            "stall_ms"
        ]
    );
    let refused = Fields { granted: false, ..Fields::default() };
    assert_eq!(desk.press(DataPress::TakeImport, &refused), []);
    assert_eq!(desk.problem(), Some(("import", "import_no_access")));
    desk.press(DataPress::TakeImport, &file("{}"));
    let ids: Vec<_> = desk.settings.sources.iter().map(|source| source.id.as_str()).collect();
    assert_eq!(ids[0], "new-0", "the same source keeps its key");
    assert_ne!(ids[1], "new-0", "another one under its name does not");
    assert_eq!(desk.settings.fallbacks[0].source, "new-0");
    assert_eq!(desk.settings.rules("new-0").policy.attempts, 2);
    desk.press(PagePress::Undo, &Fields::default());
    assert_eq!(desk.settings, before);
}

#[test]
fn import_may_disable_and_erase_drafts() {
    let mut desk = Desk::new();
    let settings = r#"{"assistant":{"keep_drafts":false}}"#;
    let file = [r#"{"format":"unstuck-settings","version":1,"settings":"#, settings, "}"].concat();
    let fields = filled(&[("imported", &file)]);
    desk.press(DataPress::ReadImport, &fields);
    assert!(desk.press(DataPress::TakeImport, &fields).contains(&OptionsEffect::EraseDrafts));
    desk.press(DataPress::ReadImport, &fields);
    let again = desk.press(DataPress::TakeImport, &fields);
    assert!(!again.contains(&OptionsEffect::EraseDrafts), "there are none to erase");
}

#[test]
fn foreign_or_newer_file_is_refused() {
    let mut desk = Desk::new();
    for (file, problem) in [
        ("", "import_not_json"),
        ("[1]", "import_foreign"),
        (r#"{"format":"other","version":1,"settings":{}}"#, "import_foreign"),
        (r#"{"format":"unstuck-settings","version":2,"settings":{}}"#, "import_newer"),
    ] {
        assert_eq!(desk.press(DataPress::ReadImport, &filled(&[("imported", file)])), []);
        assert_eq!(desk.problem(), Some(("import", problem)), "{file}");
    }
}

#[test]
fn managed_settings_cannot_be_changed() {
    let mut desk = Desk::new();
    desk.page.managed = Managed::read(
        r#"{"sources":[{"name":"House","base_url":"https://ai.example.org/v1","model":"m"}],
            "sites_forbidden":["example.org"],"max_tries":1}"#,
    );
    let id = desk.page.managed.sources[0].id.clone();
    desk.press(SourcePress::EditSource { source: id.clone() }, &Fields::default());
    let fields = typed("https://thief.example/v1", "sk-1", "other");
    let effects = desk.press(SourcePress::SaveSource, &fields);
    assert!(effects.contains(&OptionsEffect::KeepKey { source: id, key: "sk-1".into() }));
    assert!(desk.settings.sources.is_empty(), "its address and model are not the person's");
    for site in ["example.org", "Example.org.", "http://example.org"] {
        desk.press(SitePress::AddSite, &filled(&[("site", site)]));
        assert_eq!(desk.problem(), Some(("site", "options_site_forbidden")), "{site}");
    }
    desk.press(AppPress::AddApp, &filled(&[("app", "example.org")]));
    assert_eq!(desk.problem(), Some(("app", "options_site_forbidden")));
    let tries = RetryPress::SetRule { rule: "tries".into(), source: None };
    desk.press(tries, &filled(&[("tries", "2")]));
    assert_eq!(desk.problem(), Some(("tries", "options_rule_capped")));
}
