//! What the options page does: keep a source and its key, test it, and switch sites on and off.

use std::cell::RefCell;

use serde_json::{Value, json};
use wasm_bindgen::JsValue;

use super::{
    call,
    chrome::{self, ChromeWords},
    journal, resolved, vault, worker,
};
use crate::{
    classify,
    engine::{Settings, Source},
    source::{UrlError, base_url, openai},
    view::options::{Form, OptionsPress, SourceFields, Test, view},
};

/// The one source's id; more follow it.
const SOURCE: &str = "source-1";
/// Milliseconds that a test may take.
const TEST_TIMEOUT_MS: u64 = 20_000;
/// Id under which the launcher is registered.
const LAUNCHER: &str = "launcher";

thread_local! {
    static FORM: RefCell<Form> = RefCell::default();
}

pub(super) async fn show() -> Result<JsValue, JsValue> {
    let has_key = vault::key(SOURCE).await.is_some();
    FORM.with(|form| *form.borrow_mut() = Form { has_key, ..Form::default() });
    Ok(painted())
}

pub(super) async fn press(press: OptionsPress) -> Result<JsValue, JsValue> {
    FORM.with(|form| {
        let mut form = form.borrow_mut();
        *form = Form { has_key: form.has_key, typed: form.typed.take(), ..Form::default() };
    });
    match press {
        OptionsPress::SaveSource(fields) => save(fields).await?,
        OptionsPress::TestSource(fields) => test(fields).await,
        OptionsPress::ForgetKey => {
            vault::keep(SOURCE, "").await?;
            edit(|form| (form.has_key, form.done) = (false, Some("options_forgotten")));
        }
        OptionsPress::AddSite { site, granted } => add_site(&site, granted).await?,
        OptionsPress::RemoveSite { site } => {
            change_sites(|sites| sites.retain(|known| *known != site)).await?;
        }
    }
    Ok(painted())
}

/// Registers the launcher for exactly the sites that are switched on.
pub(super) async fn register_sites() -> Result<(), JsValue> {
    let sites = worker::settings().sites;
    // Fails when nothing was registered, which is as good.
    let _ = resolved(chrome::unregister_scripts()).await;
    if sites.is_empty() {
        return Ok(());
    }
    let matches: Vec<_> = sites.iter().map(|site| format!("{site}/*")).collect();
    let scripts = json!([{
        "id": LAUNCHER, "matches": matches, "js": worker::CONTENT_SCRIPTS, "runAt": "document_idle", "allFrames": true,
        "persistAcrossSessions": true,
    }]);
    resolved(chrome::register_scripts(&chrome::value(&scripts))).await.map(drop)
}

async fn save(fields: SourceFields) -> Result<(), JsValue> {
    let has_key = FORM.with(|form| form.borrow().has_key);
    let Some(base_url) = checked(&fields) else { return Ok(()) };
    if fields.model.trim().is_empty() {
        edit(|form| form.note_problem("model", "options_empty_model"));
        return Ok(());
    }
    if !fields.key.trim().is_empty() {
        vault::keep(SOURCE, fields.key.trim()).await?;
    }
    let name = name_of(&base_url);
    let source = Source { id: SOURCE.into(), name, base_url, model: fields.model.trim().into() };
    let settings = Settings { sources: vec![source], ..worker::settings() };
    journal::write_settings(&settings).await?;
    worker::configure(settings).await;
    edit(|form| {
        form.has_key = has_key || !fields.key.trim().is_empty();
        form.typed = None;
        form.done = Some("options_saved");
    });
    Ok(())
}

async fn test(fields: SourceFields) {
    let Some(base_url) = checked(&fields) else { return };
    let key = match fields.key.trim() {
        "" => vault::key(SOURCE).await,
        typed => Some(typed.to_owned()),
    };
    let request = openai::list_models(&base_url, key.as_deref());
    let test = match call::fetch_text(&request, TEST_TIMEOUT_MS).await {
        Ok(text) => match models(&text) {
            Some(models) => Test::Passed(models),
            None => Test::Failed(Box::new(classify(&crate::Failure {
                url: Some(request.url),
                status: Some(200),
                body: Some(text),
                ..crate::Failure::default()
            }))),
        },
        Err(failure) => Test::Failed(Box::new(classify(&failure))),
    };
    edit(|form| form.test = test);
}

/// The clean base URL, or `None` with the problem noted; what was typed is kept, the key excepted.
fn checked(fields: &SourceFields) -> Option<String> {
    edit(|form| form.typed = Some(SourceFields { key: String::new(), ..fields.clone() }));
    let problem = match base_url(&fields.base_url) {
        Ok(_) if !fields.granted => "options_no_access",
        Ok(url) => return Some(url),
        Err(UrlError::NotAnAddress) => "options_bad_url",
        Err(UrlError::NotSecure) => "options_http_url",
    };
    edit(|form| form.note_problem("base_url", problem));
    None
}

fn models(text: &str) -> Option<Vec<String>> {
    let answer: Value = serde_json::from_str(text).ok()?;
    let rows = answer.get("data")?.as_array()?;
    Some(rows.iter().filter_map(|row| row.get("id")?.as_str().map(String::from)).collect())
}

fn name_of(base_url: &str) -> String {
    let host = crate::Failure { url: Some(base_url.into()), ..crate::Failure::default() };
    let provider = classify(&host).provider;
    provider.map_or_else(
        || host.host().unwrap_or(base_url).to_owned(),
        |provider| provider.name().to_owned(),
    )
}

async fn add_site(site: &str, granted: bool) -> Result<(), JsValue> {
    let origin = site_origin(site);
    match origin {
        Some(origin) if granted => {
            change_sites(|sites| {
                if !sites.contains(&origin) {
                    sites.push(origin);
                }
            })
            .await
        }
        found => {
            let problem = if found.is_some() { "options_no_access" } else { "options_bad_site" };
            edit(|form| form.note_problem("site", problem));
            Ok(())
        }
    }
}

/// The origin of a site that was typed as an address or as a bare host, without its port: the browser matches hosts.
fn site_origin(site: &str) -> Option<String> {
    let site = site.trim();
    let address = if site.contains("://") { site.to_owned() } else { format!("https://{site}") };
    let scheme = address.split_once("://")?.0.to_ascii_lowercase();
    let failure = crate::Failure { url: Some(address), ..crate::Failure::default() };
    let host = failure.host().filter(|host| host.contains('.') || *host == "localhost")?;
    matches!(scheme.as_str(), "http" | "https")
        .then(|| format!("{scheme}://{}", host.to_ascii_lowercase()))
}

async fn change_sites(change: impl FnOnce(&mut Vec<String>)) -> Result<(), JsValue> {
    let mut settings = worker::settings();
    change(&mut settings.sites);
    journal::write_settings(&settings).await?;
    worker::configure(settings).await;
    register_sites().await?;
    edit(|form| form.done = Some("options_saved"));
    Ok(())
}

fn edit(change: impl FnOnce(&mut Form)) {
    FORM.with(|form| change(&mut form.borrow_mut()));
}

fn painted() -> JsValue {
    FORM.with(|form| chrome::value(&view(&worker::settings(), &form.borrow(), &ChromeWords)))
}
