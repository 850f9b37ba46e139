//! What the options page asks of the core: check what was typed, test a source, and give the view.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::{
    call,
    convert::{self, ChromeWords},
    settings,
};
use crate::{
    Failure, classify,
    engine::{Settings, Source},
    source::{self, Dialect, UrlError, base_url},
    view::options::{Fields, Form, Test, site_origin, view},
};

/// The one source's id; more follow it.
const SOURCE: &str = "source-1";
/// Milliseconds that a test may take.
const TEST_TIMEOUT_MS: u64 = 20_000;

thread_local! {
    static FORM: RefCell<Form> = RefCell::default();
}

/// Id of the source whose key the options page keeps.
#[wasm_bindgen]
#[must_use]
pub fn source_id() -> String {
    SOURCE.into()
}

/// What the options page shows.
#[wasm_bindgen]
#[must_use]
pub fn options_view(has_key: bool) -> JsValue {
    FORM.with(|form| {
        let mut form = form.borrow_mut();
        form.has_key = has_key;
        convert::value(&view(&settings(), &form, &ChromeWords))
    })
}

/// Forgets what the page showed besides the settings: it was opened afresh, or something new was pressed.
#[wasm_bindgen]
pub fn options_clear(typed_too: bool) {
    edit(|form| {
        let typed = form.typed.take().filter(|_| !typed_too);
        *form = Form { typed, has_key: form.has_key, ..Form::default() };
    });
}

/// Notes that something was done, by its message key.
#[wasm_bindgen]
pub fn options_done(forgotten: bool) {
    edit(|form| form.done = Some(if forgotten { "options_forgotten" } else { "options_saved" }));
}

/// The settings with the source as it is typed, or `undefined` with the problems noted on the form.
#[wasm_bindgen]
#[must_use]
pub fn with_source(fields: &JsValue) -> JsValue {
    let fields = convert::fields(fields);
    let Some(base_url) = checked(&fields) else { return JsValue::UNDEFINED };
    if fields.model.trim().is_empty() {
        edit(|form| form.note_problem("model", "options_empty_model"));
        return JsValue::UNDEFINED;
    }
    let source = Source {
        id: SOURCE.into(),
        name: name_of(&base_url),
        base_url,
        model: fields.model.trim().into(),
        ..Source::default()
    };
    edit(|form| form.typed = None);
    convert::value(&Settings { sources: vec![source], ..settings() })
}

/// The settings with the typed site switched on, or `undefined` with the problem noted on the form.
#[wasm_bindgen]
#[must_use]
pub fn with_site(fields: &JsValue) -> JsValue {
    let fields = convert::fields(fields);
    let Some(site) = site_origin(&fields.site) else {
        edit(|form| form.note_problem("site", "options_bad_site"));
        return JsValue::UNDEFINED;
    };
    if !fields.granted {
        edit(|form| form.note_problem("site", "options_no_access"));
        return JsValue::UNDEFINED;
    }
    let mut settings = settings();
    settings.sites.retain(|known| *known != site);
    settings.sites.push(site);
    convert::value(&settings)
}

/// The settings with a site switched off.
#[wasm_bindgen]
#[must_use]
pub fn without_site(site: &str) -> JsValue {
    let mut settings = settings();
    settings.sites.retain(|known| known != site);
    convert::value(&settings)
}

/// Asks the typed source for its models, which costs nothing and proves address and key. The form tells the outcome.
#[wasm_bindgen]
pub async fn test_source(fields: JsValue, kept_key: Option<String>) {
    let fields = convert::fields(&fields);
    let Some(base_url) = checked(&fields) else { return };
    let key = Some(fields.key.trim().to_owned()).filter(|key| !key.is_empty()).or(kept_key);
    let request = source::list_models(Dialect::default(), &base_url, key.as_deref());
    let test = match call::fetch_text(&request, TEST_TIMEOUT_MS).await {
        Ok(text) => source::models(Dialect::default(), &text).map_or_else(
            || {
                let url = Some(request.url.clone());
                let answered = Failure {
                    url,
                    status: Some(200),
                    body: Some(text.clone()),
                    ..Failure::default()
                };
                Test::Failed(Box::new(classify(&answered)))
            },
            Test::Passed,
        ),
        Err(failure) => Test::Failed(Box::new(classify(&failure))),
    };
    edit(|form| form.test = test);
}

/// The clean base URL, or `None` with the problem noted; what was typed is kept, the key excepted.
fn checked(fields: &Fields) -> Option<String> {
    edit(|form| form.typed = Some(Fields { key: String::new(), ..fields.clone() }));
    let problem = match base_url(&fields.base_url) {
        Ok(_) if !fields.granted => "options_no_access",
        Ok(url) => return Some(url),
        Err(UrlError::NotAnAddress) => "options_bad_url",
        Err(UrlError::NotSecure) => "options_http_url",
    };
    edit(|form| form.note_problem("base_url", problem));
    None
}

/// The service's own name where it is known, else its host.
fn name_of(base_url: &str) -> String {
    let called = Failure { url: Some(base_url.into()), ..Failure::default() };
    let provider = classify(&called).provider;
    provider.map_or_else(
        || called.host().unwrap_or(base_url).to_owned(),
        |provider| provider.name().to_owned(),
    )
}

fn edit(change: impl FnOnce(&mut Form)) {
    FORM.with(|form| change(&mut form.borrow_mut()));
}
