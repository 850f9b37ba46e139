//! What an organisation has set by policy: read field by field, what is wrong is left out and told, and the rest holds.

mod exports;

use crate::{
    fields::{Reader, ValidationError},
    options::site_origin,
};
use unstuck_engine::{
    GIVEN, Rule, Settings, Source,
    site_policy::{SitePattern, SitePolicy},
};
use unstuck_source::json;

pub use exports::Export;

/// A place in the settings that holds a switch.
type Switch = fn(&mut Settings) -> &mut bool;

/// The switches that a policy can set and lock, by name.
const SWITCHES: &[(&str, Switch)] = &[
    ("local_fallback", |settings| &mut settings.local_fallback),
    ("second_host", |settings| &mut settings.second_host),
    ("status_pages", |settings| &mut settings.status_pages),
    ("keep_drafts", |settings| &mut settings.assistant.keep_drafts),
];

/// What the organisation has set.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Managed {
    /// Its sources, without keys. They come before the person's.
    pub sources: Vec<Source>,
    /// On which sites Unstuck may be.
    pub site_policy: SitePolicy,
    /// Switches that it has set: their names, and whether they are on.
    pub switches: Vec<(&'static str, bool)>,
    /// Where its browsers send numbers and records.
    pub exports: Vec<Export>,
    /// The most tries that happen by themselves.
    pub max_tries: Option<u64>,
    /// The longest wait that happens by itself, in seconds.
    pub max_wait_seconds: Option<u64>,
    /// What the person cannot change: `sources`, or a switch.
    pub locked: Vec<String>,
    /// What is wrong with the policy.
    pub wrong: Vec<ValidationError>,
}

impl Managed {
    /// Reads the policy as JSON.
    #[must_use]
    pub fn read(policy: &str) -> Self {
        Self::read_by(policy, Some(exports::check))
    }

    /// The same for the worker, which looks at no address and no key of an export.
    #[must_use]
    pub fn read_in_worker(policy: &str) -> Self {
        Self::read_by(policy, None)
    }

    fn read_by(policy: &str, check: Option<exports::Check>) -> Self {
        let (mut managed, mut reader) = (Self::default(), Reader::default());
        for (name, path, value) in reader.entries("", policy) {
            match name.as_str() {
                "sources" => {
                    let list = reader.list(&path, value).into_iter();
                    managed.sources = list
                        .filter_map(|(path, value)| source(&mut reader, &path, value))
                        .collect();
                }
                "sites_allowed" => {
                    managed.site_policy.allowed = Some(patterns(&mut reader, &path, value));
                }
                "sites_forbidden" => {
                    let wrong = reader.wrong.len();
                    managed.site_policy.forbidden = patterns(&mut reader, &path, value);
                    managed.site_policy.unreadable = reader.wrong.len() > wrong;
                }
                "exports" => {
                    let list = reader.list(&path, value).into_iter();
                    managed.exports = list
                        .filter_map(|(path, value)| exports::read(&mut reader, &path, value, check))
                        .collect();
                }
                "max_tries" => {
                    managed.max_tries = reader.number(&path, value, Rule::Tries.range());
                }
                "max_wait_seconds" => {
                    managed.max_wait_seconds =
                        reader.number(&path, value, Rule::LongestWait.range());
                }
                "locked" => {
                    for (path, value) in reader.list(&path, value) {
                        let Some(name) = reader.text(&path, value) else { continue };
                        if name == "sources" || switch(&name).is_some() {
                            managed.locked.push(name);
                        } else {
                            reader.note::<()>(&path, "wrong_name");
                        }
                    }
                }
                _ => match switch(&name) {
                    Some((known, _)) => {
                        let on = reader.flag(&path, value);
                        managed.switches.extend(on.map(|on| (known, on)));
                    }
                    None => _ = reader.note::<()>(&path, "wrong_unknown"),
                },
            }
        }
        Self { wrong: reader.wrong, ..managed }
    }

    /// Whether the person cannot change this.
    #[must_use]
    pub fn locks(&self, name: &str) -> bool {
        let set = || self.switches.iter().any(|(set, _)| *set == name);
        (switch(name).is_none() || set()) && self.locked.iter().any(|locked| locked == name)
    }

    /// Whether anything is set at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The most that a rule may be.
    #[must_use]
    pub const fn cap(&self, rule: Rule) -> Option<u64> {
        match rule {
            Rule::Tries => self.max_tries,
            Rule::LongestWait => self.max_wait_seconds,
            Rule::FirstByte | Rule::Silence => None,
        }
    }

    /// Whether Unstuck may be on this site, given by its origin or an address on it.
    #[must_use]
    pub fn allows(&self, site: &str) -> bool {
        self.site_policy.allows(site)
    }

    /// What holds as long as the person has not chosen: what the organisation recommends.
    #[must_use]
    pub fn defaults(&self) -> Settings {
        let mut settings = Settings::default();
        self.turn(&mut settings, |_| true);
        settings
    }

    /// Turns the switches that it has set, as far as they are wanted.
    fn turn(&self, settings: &mut Settings, wanted: impl Fn(&str) -> bool) {
        for (name, on) in &self.switches {
            if let Some((_, place)) = switch(name).filter(|_| wanted(name)) {
                *place(settings) = *on;
            }
        }
    }

    /// What holds when the person has chosen this.
    #[must_use]
    pub fn over(&self, own: &Settings) -> Settings {
        let mut settings = own.clone();
        if self.locks("sources") {
            settings.sources.clear();
        }
        settings.sources.splice(0..0, self.sources.iter().cloned());
        settings.site_policy = Box::new(self.site_policy.clone());
        for sites in [&mut settings.sites, &mut settings.apps] {
            // What was kept by an earlier version, or by hand, may be no site at all.
            let known = sites.iter().filter_map(|site| site_origin(site));
            *sites = known.filter(|site| self.allows(site)).collect();
        }
        self.turn(&mut settings, |name| self.locks(name));
        // An organisation sees what is down by means of its own: no browser of it tells others or checks by itself, and numbers go
        // where it says.
        if !self.is_empty() {
            settings.channels = self.exports.iter().map(|export| export.channel.clone()).collect();
            settings.sources.iter_mut().for_each(|source| source.checked = false);
        }
        let ids: Vec<_> = settings.sources.iter().map(|source| source.id.clone()).collect();
        for rule in Rule::ALL {
            let Some(most) = self.cap(rule) else { continue };
            for source in ids.iter().map(|id| Some(id.as_str())).chain([None]) {
                if settings.rule(rule, source).is_some_and(|value| value > most) {
                    settings.set_rule(rule, source, Some(most));
                }
            }
        }
        settings
    }
}

fn switch(name: &str) -> Option<(&'static str, Switch)> {
    SWITCHES.iter().find(|(known, _)| *known == name).copied()
}

fn source(reader: &mut Reader, path: &str, value: &str) -> Option<Source> {
    let mut source = Source::default();
    for (name, path, value) in reader.entries(path, value) {
        match name.as_str() {
            "name" => source.name = reader.text(&path, value).unwrap_or_default(),
            "model" => source.model = reader.text(&path, value).unwrap_or_default(),
            "dialect" => source.dialect = reader.dialect(&path, value).unwrap_or_default(),
            "base_url" => source.base_url = reader.address(&path, value)?,
            _ => _ = reader.note::<()>(&path, "wrong_unknown"),
        }
    }
    if source.base_url.is_empty() {
        return reader.note(path, "wrong_no_address");
    }
    if source.model.is_empty() {
        return reader.note(path, "wrong_no_model");
    }
    if source.name.is_empty() {
        source.name.clone_from(&source.base_url);
    }
    source.id = [GIVEN, &source.base_url, " ", &source.model].concat();
    Some(source)
}

/// Patterns of sites. Each that is wrong is left out and told.
fn patterns(reader: &mut Reader, path: &str, value: &str) -> Vec<SitePattern> {
    let list = reader.list(path, value).into_iter();
    list.filter_map(|(path, value)| match json::text(value) {
        Some(text) => {
            SitePattern::read(&text).map_or_else(|wrong| reader.note(&path, wrong.key()), Some)
        }
        None => reader.note(&path, "wrong_text"),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong in a policy is left out and reported; the rest holds.
    #[test]
    fn policy_errors_leave_valid_parts_active() {
        let managed = Managed::read(
            r#"{"sources":[{"name":"House","base_url":"https://ai.example.org/v1","model":"m"},
                {"name":"No model","base_url":"https://ai.example.org/v1"},{"base_url":"ftp://x","model":"m"},7],
                "sites_allowed":["*.example.org",5],"second_host":"no",
                "local_fallback":true,"max_tries":"two","max_wait_seconds":20,"locked":["local_fallback","everything"],"x":1}"#,
        );
        let wrong: Vec<_> =
            managed.wrong.iter().map(|w| (w.path.as_str(), w.reason.as_str())).collect();
        assert_eq!(
            wrong,
            [
                ("sources[1]", "wrong_no_model"),
                ("sources[2].base_url", "wrong_address"),
                ("sources[3]", "wrong_object"),
                ("sources[3]", "wrong_no_address"),
                ("sites_allowed[1]", "wrong_text"),
                ("second_host", "wrong_flag"),
                ("max_tries", "wrong_number"),
                ("locked[1]", "wrong_name"),
                ("x", "wrong_unknown"),
            ]
        );
        let own = Settings {
            sites: vec!["https://chat.example.org".into(), "https://example.com".into()],
            ..Settings::default()
        };
        let settings = managed.over(&own);
        assert_eq!(settings.sites, ["https://chat.example.org"]);
        assert_eq!(settings.sources[0].name, "House");
        assert!(settings.local_fallback && settings.second_host);
        assert_eq!(settings.policy.longest_silent_wait_ms, 20_000);
        assert!(managed.locks("local_fallback") && !managed.locks("second_host"));
    }

    #[test]
    fn exports_are_held_to_their_rules() {
        let managed = Managed::read(
            r#"{"exports":[{"kind":"otlp_delta","address":"https://sum.example.org/v1/metrics","key":"x-scope: canary-1"},
                {"kind":"slack","address":"https://hooks.slack.com/services/T0/B0/x"},
                {"kind":"otlp","address":"http://sum.example.org/v1/metrics"},
                {"kind":"splunk","address":"https://s.example.org/services/collector/event"},
                {"kind":"datadog","address":"https://sum.example.org/v1/metrics","key":"k"},
                {"address":"https://sum.example.org"}]}"#,
        );
        let wrong = managed.wrong.iter().map(|w| [&*w.path, " ", &w.reason].concat());
        assert_eq!(
            wrong.collect::<Vec<_>>(),
            [
                "exports[1].kind wrong_name",
                "exports[2].address wrong_address",
                "exports[3].key wrong_empty",
                "exports[4].address wrong_address",
                "exports[5].kind wrong_name",
            ]
        );
        let [given] = &managed.over(&Settings::default()).channels[..] else { panic!("one holds") };
        assert_eq!((&*given.origin, &*given.ending), ("https://sum.example.org", "••••ry-1"));
        let id = &given.id;
        assert!(id.starts_with(GIVEN) && !id.contains("canary") && !id.contains("sum."), "{id}");
    }

    #[test]
    fn lists_that_cannot_be_read_close() {
        for policy in [
            r#"{"sites_forbidden":"all"}"#,
            r#"{"sites_forbidden":["http://*.x.*"]}"#,
            r#"{"sites_allowed":"all"}"#,
            r#"{"sites_allowed":[5]}"#,
        ] {
            let managed = Managed::read(policy);
            assert!(!managed.allows("https://example.org"), "{policy}");
            assert_eq!(managed.wrong.len(), 1, "{policy}");
        }
    }

    /// Sites that were saved before the policy came are held to it.
    #[test]
    fn policy_applies_to_saved_sites() {
        let managed = Managed::read(r#"{"sites_forbidden":["private.test"]}"#);
        let sites = ["http://*.test", "https://Private.test.", "https://a.test.", "file:///x"];
        let sites: Vec<_> = sites.map(String::from).into();
        let own = Settings { sites: sites.clone(), apps: sites, ..Settings::default() };
        let held = managed.over(&own);
        assert_eq!(
            (&*held.sites, &*held.apps),
            (&["https://a.test".into()][..], &["https://a.test".into()][..])
        );
        assert!(*held.site_policy == managed.site_policy);
    }

    #[test]
    fn no_check_under_a_policy() {
        let source = Source { id: "a".into(), checked: true, ..Source::default() };
        let own = Settings { sources: vec![source], ..Settings::default() };
        assert!(Managed::default().over(&own).sources[0].checked);
        assert!(!Managed::read(r#"{"max_tries":1}"#).over(&own).sources[0].checked);
    }

    #[test]
    fn locks_win_and_recommendations_yield() {
        let managed = Managed::read(
            r#"{"local_fallback":true,"second_host":false,"keep_drafts":false,"max_tries":1,
                "locked":["second_host","sources","keep_drafts","status_pages"],
                "sites_forbidden":["example.org"]}"#,
        );
        assert_eq!(managed.wrong, []);
        let source = Source { id: "a".into(), ..Source::default() };
        let mut own = Settings { sources: vec![source], ..Settings::default() };
        own.set_rule(Rule::Tries, Some("a"), Some(5));
        let settings = managed.over(&own);
        assert!(!settings.local_fallback, "the person has chosen");
        assert!(managed.defaults().local_fallback, "and else had this");
        assert!(!settings.second_host && settings.sources.is_empty());
        assert!(!settings.assistant.keep_drafts && managed.locks("keep_drafts"));
        assert!(!managed.locks("status_pages"), "nothing is set for it");
        assert_eq!(settings.policy.attempts, 2);
        assert!(!managed.allows("http://example.org/x") && managed.allows("https://a.example.org"));
        assert_eq!(Managed::read("null").wrong.len(), 1);
        assert!(Managed::read("{}").is_empty());
    }
}
