//! The options page: the source with its key, and the sites.

use serde::Serialize;

use super::{Element, Node, View, button, diagnosis, el};
use crate::{Diagnosis, Failure, engine::Settings, explain, words::Words};

/// What can be pressed in the options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionsPress {
    /// Keep the source as it is typed. An empty key keeps the one that is stored.
    SaveSource,
    /// Ask the source for its models, which costs nothing and proves address and key.
    TestSource,
    /// Forget the stored key.
    ForgetKey,
    /// Show the launcher on the site that is typed.
    AddSite,
    /// No longer show it there.
    RemoveSite {
        /// Its origin.
        site: String,
    },
}

/// The fields of the page as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields {
    /// Base URL.
    pub base_url: String,
    /// Key; empty for "as stored".
    pub key: String,
    /// Model.
    pub model: String,
    /// Address or host of a site.
    pub site: String,
    /// Whether the browser granted access to the address that the press is about.
    pub granted: bool,
}

/// How the last test went.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Test {
    /// None was made.
    #[default]
    None,
    /// It is running.
    Running,
    /// The source answered with these models.
    Passed(Vec<String>),
    /// It did not.
    Failed(Box<Diagnosis>),
}

/// What the page shows besides the settings. Lives only as long as the page is open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Form {
    /// The source as it was typed last; `None` shows the stored one.
    pub typed: Option<Fields>,
    /// Whether a key is stored.
    pub has_key: bool,
    /// Message keys of what is wrong, by field name.
    pub problems: Vec<(&'static str, &'static str)>,
    /// Message key of what was just done.
    pub done: Option<&'static str>,
    /// The test.
    pub test: Test,
}

impl Form {
    /// Notes what is wrong with a field, as a message key.
    pub fn note_problem(&mut self, field: &'static str, problem: &'static str) {
        self.problems.push((field, problem));
    }
}

/// What the options page shows.
#[must_use]
pub fn view(settings: &Settings, form: &Form, words: &dyn Words) -> View {
    let root = el("main")
        .class("options")
        .child(el("h1").child(words.say("options_title", &[])))
        .child(source(settings, form, words))
        .child(sites(settings, form, words))
        .child(el("p").class("quiet").child(words.say("options_privacy", &[])));
    let view = View::new(Some(root.into()), words);
    match (&form.done, &form.test) {
        (Some(done), _) => view.saying(words.say(done, &[]), false),
        (None, Test::Passed(_)) => view.saying(words.say("options_test_ok", &[]), false),
        (None, Test::Failed(diagnosis)) => view.saying(explain(diagnosis, words).headline, true),
        _ => view,
    }
}

/// The origin of a site that was typed as an address or as a bare host, without its port: the browser matches hosts.
#[must_use]
pub fn site_origin(site: &str) -> Option<String> {
    let site = site.trim();
    let address = if site.contains("://") { site.to_owned() } else { format!("https://{site}") };
    let scheme = address.split_once("://")?.0.to_ascii_lowercase();
    let failure = Failure { url: Some(address), ..Failure::default() };
    let host = failure
        .host()
        .filter(|host| host.contains('.') || host.eq_ignore_ascii_case("localhost"))?;
    matches!(scheme.as_str(), "http" | "https")
        .then(|| format!("{scheme}://{}", host.to_ascii_lowercase()))
}

fn source(settings: &Settings, form: &Form, words: &dyn Words) -> Element {
    let stored = settings.sources.first();
    let typed = form.typed.clone().unwrap_or_else(|| Fields {
        base_url: stored.map(|source| source.base_url.clone()).unwrap_or_default(),
        model: stored.map(|source| source.model.clone()).unwrap_or_default(),
        ..Fields::default()
    });
    let key_hint = if form.has_key { "options_key_kept" } else { "options_key_hint" };
    let models = match &form.test {
        Test::Passed(models) => models.as_slice(),
        _ => &[],
    };
    let grant = |button: Element| button.with("data-grant", "base_url");
    let mut section = el("section")
        .class("source")
        .child(el("h2").child(words.say("options_source", &[])))
        .child(field(
            form,
            words,
            "base_url",
            "url",
            "options_base_url",
            "options_base_url_hint",
            &typed.base_url,
        ))
        .child(field(form, words, "key", "password", "options_key", key_hint, ""))
        .child(field(
            form,
            words,
            "model",
            "text",
            "options_model",
            "options_model_hint",
            &typed.model,
        ));
    if !models.is_empty() {
        let offered = models.iter().map(|model| el("option").with("value", model.clone()));
        section = section.child(el("datalist").with("id", "models").children(offered));
    }
    let mut actions = el("div")
        .class("actions")
        .child(grant(button(words.say("options_save", &[]), "primary", OptionsPress::SaveSource)))
        .child(grant(button(words.say("options_test", &[]), "plain", OptionsPress::TestSource)));
    if form.has_key {
        actions = actions.child(button(
            words.say("options_forget_key", &[]),
            "quiet",
            OptionsPress::ForgetKey,
        ));
    }
    section.child(actions).children(outcome(form, words))
}

fn outcome(form: &Form, words: &dyn Words) -> Vec<Node> {
    let mut nodes: Vec<Node> = form
        .done
        .map(|done| el("p").class("note").child(words.say(done, &[])).into())
        .into_iter()
        .collect();
    match &form.test {
        Test::None => {}
        Test::Running => {
            nodes.push(el("p").class("working").child(words.say("options_testing", &[])).into())
        }
        Test::Passed(models) => {
            nodes.push(el("p").class("note").child(words.say("options_test_ok", &[])).into());
            let names =
                models.iter().take(12).map(|model| el("li").child(el("code").child(model.clone())));
            nodes.push(el("ul").class("models").children(names).into());
        }
        Test::Failed(found) => {
            let explanation = explain(found, words);
            nodes.push(
                diagnosis::frame("section", &explanation)
                    .children(diagnosis::summary(&explanation))
                    .child(diagnosis::steps(&explanation, words))
                    .child(diagnosis::details(&explanation, words))
                    .into(),
            );
        }
    }
    nodes
}

fn sites(settings: &Settings, form: &Form, words: &dyn Words) -> Element {
    let rows = settings.sites.iter().map(|site| {
        let remove = button(
            words.say("options_site_remove", &[]),
            "quiet",
            OptionsPress::RemoveSite { site: site.clone() },
        );
        el("li").with("data-key", site.clone()).child(el("bdi").child(site.clone())).child(remove)
    });
    el("section")
        .class("sites")
        .child(el("h2").child(words.say("options_sites", &[])))
        .child(el("ul").class("list").children(rows))
        .child(field(form, words, "site", "text", "options_site_add", "options_sites_hint", ""))
        .child(
            el("div").class("actions").child(
                button(words.say("options_site_add", &[]), "plain", OptionsPress::AddSite)
                    .with("data-grant", "site"),
            ),
        )
}

/// A labelled field with its hint, or what is wrong with it in the hint's place.
fn field(
    form: &Form,
    words: &dyn Words,
    name: &'static str,
    kind: &'static str,
    label: &str,
    hint: &str,
    value: &str,
) -> Element {
    let problem =
        form.problems.iter().find(|(field, _)| *field == name).map(|(_, problem)| *problem);
    let hint_id = format!("{name}-hint");
    let input = el("input")
        .with("name", name)
        .with("type", kind)
        .with("autocomplete", "off")
        .with("spellcheck", "false")
        .with("data-value", value)
        .with("aria-describedby", hint_id.clone())
        .with_if(problem.is_some(), "aria-invalid", "true")
        .with_if(name == "model", "list", "models");
    let text = words.say(problem.unwrap_or(hint), &[]);
    el("label").child(el("span").child(words.say(label, &[]))).child(input).child(
        el("small")
            .class(if problem.is_some() { "problem" } else { "hint" })
            .with("id", hint_id)
            .child(text),
    )
}

#[cfg(test)]
mod tests {
    use super::site_origin;

    #[test]
    fn a_site_is_taken_as_an_address_or_a_bare_host() {
        assert_eq!(site_origin(" web.whatsapp.com ").as_deref(), Some("https://web.whatsapp.com"));
        assert_eq!(
            site_origin("HTTP://Localhost:8080/chat?x#y").as_deref(),
            Some("http://localhost")
        );
        assert_eq!(site_origin("whatsapp"), None);
        assert_eq!(site_origin("ftp://example.org"), None);
        assert_eq!(site_origin(""), None);
    }
}
