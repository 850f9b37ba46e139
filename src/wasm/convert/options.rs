//! What the options page sends: a press of one of its sections, and its fields.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::{field, flag, number, text};
use unstuck_app::options::{
    AppPress, AppearancePress, DataPress, Fields, OptionsPress, PagePress, PrivacyPress,
    PromptPress, RetryPress, SetUpPress, Shortcut, ShortcutPress, SitePress, SourcePress,
};
use unstuck_engine::{TextSize, Theme};

/// What was pressed in the options.
pub(crate) fn press(value: &JsValue) -> Option<OptionsPress> {
    match value.as_string().as_deref() {
        Some("undo") => return Some(PagePress::Undo.into()),
        Some("change_shortcuts") => return Some(ShortcutPress::ChangeShortcuts.into()),
        Some("export") => return Some(DataPress::Export.into()),
        Some("read_import") => return Some(DataPress::ReadImport.into()),
        Some("take_import") => return Some(DataPress::TakeImport.into()),
        Some("leave_import") => return Some(DataPress::LeaveImport.into()),
        Some("doubt_erase") => return Some(DataPress::DoubtErase.into()),
        Some("erase") => return Some(DataPress::Erase.into()),
        _ => {}
    }
    (source(value).map(Into::into))
        .or_else(|| site(value).map(Into::into))
        .or_else(|| app(value).map(Into::into))
        .or_else(|| retry(value).map(Into::into))
        .or_else(|| privacy(value).map(Into::into))
        .or_else(|| appearance(value).map(Into::into))
        .or_else(|| set_up(value).map(Into::into))
        .or_else(|| prompt(value).map(Into::into))
}

/// The text `name` of the press `press`.
fn of(value: &JsValue, press: &str, name: &str) -> Option<String> {
    text(&field(value, press)?, name)
}

fn source(value: &JsValue) -> Option<SourcePress> {
    match value.as_string().as_deref() {
        Some("add_source") => return Some(SourcePress::AddSource),
        Some("close_source") => return Some(SourcePress::CloseSource),
        Some("save_source") => return Some(SourcePress::SaveSource),
        Some("test_source") => return Some(SourcePress::TestSource),
        Some("download") => return Some(SourcePress::Download),
        Some("check_key") => return Some(SourcePress::CheckKey),
        Some("forget_key") => return Some(SourcePress::ForgetKey),
        _ => {}
    }
    let source = |press| of(value, press, "source");
    (of(value, "choose_service", "service").map(|service| SourcePress::ChooseService { service }))
        .or_else(|| Some(SourcePress::TakeModel { model: of(value, "take_model", "model")? }))
        .or_else(|| Some(SourcePress::EditSource { source: source("edit_source")? }))
        .or_else(|| Some(SourcePress::RaiseSource { source: source("raise_source")? }))
        .or_else(|| Some(SourcePress::DoubtSource { source: source("doubt_source")? }))
        .or_else(|| Some(SourcePress::RemoveSource { source: source("remove_source")? }))
}

fn site(value: &JsValue) -> Option<SitePress> {
    if value.as_string().as_deref() == Some("add_site") {
        return Some(SitePress::AddSite);
    }
    (of(value, "add_messenger", "site").map(|site| SitePress::AddMessenger { site }))
        .or_else(|| Some(SitePress::RemoveSite { site: of(value, "remove_site", "site")? }))
}

fn retry(value: &JsValue) -> Option<RetryPress> {
    let set = field(value, "set_rule")?;
    Some(RetryPress::SetRule { rule: text(&set, "rule")?, source: text(&set, "source") })
}

fn appearance(value: &JsValue) -> Option<AppearancePress> {
    let theme = of(value, "take_theme", "theme").and_then(|id| Theme::from_id(&id));
    theme.map(|theme| AppearancePress::TakeTheme { theme }).or_else(|| {
        let size = TextSize::from_id(&of(value, "take_size", "size")?)?;
        Some(AppearancePress::TakeSize { size })
    })
}

fn app(value: &JsValue) -> Option<AppPress> {
    if value.as_string().as_deref() == Some("add_app") {
        return Some(AppPress::AddApp);
    }
    let watch = field(value, "watch_app")?;
    Some(AppPress::WatchApp { app: text(&watch, "app")?, on: flag(&watch, "on")? })
}

fn privacy(value: &JsValue) -> Option<PrivacyPress> {
    let on = |press| flag(&field(value, press)?, "on");
    (on("local_fallback").map(|on| PrivacyPress::LocalFallback { on }))
        .or_else(|| Some(PrivacyPress::SecondHost { on: on("second_host")? }))
        .or_else(|| Some(PrivacyPress::StatusPages { on: on("status_pages")? }))
        .or_else(|| {
            Some(PrivacyPress::ForgetFallback { cause: of(value, "forget_fallback", "cause")? })
        })
}

/// The keys that open the card, as `chrome.commands` tells them.
pub(crate) fn shortcuts(value: &JsValue) -> Vec<Shortcut> {
    let shortcut = |one: JsValue| {
        // The entry for the button in the toolbar has no words of its own.
        let does = text(&one, "description").filter(|does| !does.is_empty())?;
        Some(Shortcut { does, keys: text(&one, "shortcut").unwrap_or_default() })
    };
    Array::from(value).iter().filter_map(shortcut).collect()
}

fn set_up(value: &JsValue) -> Option<SetUpPress> {
    if value.as_string().as_deref() == Some("find") {
        return Some(SetUpPress::Find);
    }
    (of(value, "use_model", "model").map(|model| SetUpPress::UseModel { model }))
        .or_else(|| Some(SetUpPress::TakeServer { service: of(value, "take_server", "service")? }))
        .or_else(|| Some(SetUpPress::Agree { on: flag(&field(value, "agree")?, "on")? }))
}

fn prompt(value: &JsValue) -> Option<PromptPress> {
    match value.as_string().as_deref() {
        Some("add_prompt") => return Some(PromptPress::AddPrompt),
        Some("close_prompt") => return Some(PromptPress::ClosePrompt),
        Some("save_prompt") => return Some(PromptPress::SavePrompt),
        Some("show_drafts") => return Some(PromptPress::ShowDrafts),
        _ => {}
    }
    let on = |press| flag(&field(value, press)?, "on");
    let prompt = |press| of(value, press, "prompt");
    let count = || number(&field(value, "read_count")?, "count");
    (prompt("edit_prompt").map(|prompt| PromptPress::EditPrompt { prompt }))
        .or_else(|| Some(PromptPress::RemovePrompt { prompt: prompt("remove_prompt")? }))
        .or_else(|| Some(PromptPress::ReadCount { count: count()? as u32 }))
        .or_else(|| Some(PromptPress::MayRead { on: on("may_read")? }))
        .or_else(|| Some(PromptPress::HideNames { on: on("hide_names")? }))
        .or_else(|| Some(PromptPress::KeepDrafts { on: on("keep_drafts")? }))
}

/// The fields of the options page.
pub(crate) fn fields(value: &JsValue) -> Fields {
    let entries = Object::entries(value.unchecked_ref());
    let typed = entries.iter().filter_map(|entry| {
        let entry = Array::from(&entry);
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    });
    Fields { typed: typed.collect(), granted: flag(value, "granted").unwrap_or_default() }
}
