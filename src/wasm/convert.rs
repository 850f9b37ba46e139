//! Plain data in and out, and the words of the browser.
//!
//! Out goes everything by serde. What comes in is small and of few shapes, so it is read field by field: a general reader
//! would cost the wasm 40 KB.

mod card;
pub(super) mod drafts;
pub(super) mod failure;
pub(super) mod options;

use std::cell::RefCell;

use js_sys::{Array, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use unstuck_app::{
    managed::Managed,
    troubleshooter::{TroubleshooterPress, extensions::Extension},
};
use unstuck_diagnose::{Cause, messages::Messages};
use unstuck_engine::{
    Assistant, AttemptId, DurableState, Event, Fallback, FrameRef, OwnRules, Settings, Source,
    TextSize, Theme,
    retry::{Policy, backoff::Backoff},
};
use unstuck_source::Dialect;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "i18n"], js_name = getMessage)]
    fn get_message(key: &str, substitutions: &Array) -> String;
}

/// Turns plain data into a plain JavaScript value.
pub(super) fn value(data: &impl Serialize) -> JsValue {
    data.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// The property of an object, unless it is missing.
pub(super) fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into())
        .ok()
        .filter(|value| !value.is_undefined() && !value.is_null())
}

pub(super) fn text(object: &JsValue, name: &str) -> Option<String> {
    field(object, name)?.as_string()
}

pub(super) fn number(object: &JsValue, name: &str) -> Option<f64> {
    field(object, name)?.as_f64()
}

fn flag(object: &JsValue, name: &str) -> Option<bool> {
    field(object, name)?.as_bool()
}

pub(super) fn texts(object: &JsValue, name: &str) -> Option<Vec<String>> {
    Some(Array::from(&field(object, name)?).iter().filter_map(|item| item.as_string()).collect())
}

/// An event of the worker: `"woke"`, or `{pressed: {frame, press}}` and its like.
pub(super) fn event(value: &JsValue) -> Option<Event> {
    match value.as_string().as_deref() {
        Some("woke") => return Some(Event::Woke),
        Some("online") => return Some(Event::Online),
        Some("erased") => return Some(Event::Erased),
        Some("cleared") => return Some(Event::Cleared),
        Some("access_granted") => return Some(Event::AccessGranted),
        Some("journal_failed") => return Some(Event::JournalFailed),
        _ => {}
    }
    if let Some(opened) = field(value, "opened") {
        let site = text(&opened, "site").unwrap_or_default();
        Some(Event::Opened { frame: frame(&field(&opened, "frame")?)?, site })
    } else if let Some(pressed) = field(value, "pressed") {
        let press = card::press(&field(&pressed, "press")?)?;
        let typed = field(&pressed, "typed").map(|typed| card::typed(&typed)).unwrap_or_default();
        let seq = number(&pressed, "number").map_or(0, |number| number as u64);
        let frame = frame(&field(&pressed, "frame")?)?;
        Some(Event::Pressed { frame, press, typed, seq })
    } else if let Some(inserted) = field(value, "inserted") {
        let done = flag(&inserted, "done")?;
        Some(Event::Inserted { frame: frame(&field(&inserted, "frame")?)?, done })
    } else if let Some(missed) = field(value, "box_missed") {
        let messenger = text(&missed, "messenger")?;
        Some(Event::BoxMissed { frame: frame(&field(&missed, "frame")?)?, messenger })
    } else if let Some(gone) = field(value, "gone") {
        Some(Event::Gone { frame: frame(&field(&gone, "frame")?)? })
    } else if let Some(kept) = field(value, "text_kept") {
        let text = text(&kept, "text")?;
        Some(Event::TextKept { frame: frame(&field(&kept, "frame")?)?, text })
    } else if let Some(returned) = field(value, "returned") {
        Some(Event::Returned { frame: frame(&field(&returned, "frame")?)? })
    } else if let Some(handed_over) = card::handed_over(value) {
        Some(handed_over)
    } else {
        let configured = field(value, "configured")?;
        Some(Event::Configured { settings: governed(&field(&configured, "settings")?) })
    }
}

pub(super) fn frame(value: &JsValue) -> Option<FrameRef> {
    Some(FrameRef {
        tab: number(value, "tab")? as i32,
        id: number(value, "id")? as i32,
        document: text(value, "document")?,
    })
}

pub(super) fn attempt_id(value: &JsValue) -> Option<AttemptId> {
    Some(AttemptId {
        call: number(value, "call")? as u64,
        attempt: number(value, "attempt")? as u32,
    })
}

/// What an earlier browser left behind, as far as it can be read.
pub(super) fn durable(value: &JsValue) -> DurableState {
    let items = |name| {
        let items = field(value, name).map(|items| Array::from(&items).iter().collect::<Vec<_>>());
        items.unwrap_or_default()
    };
    let closed = |closed: &JsValue| {
        let pair = Array::from(closed);
        Some((pair.get(0).as_string()?, pair.get(1).as_f64()? as u64))
    };
    DurableState {
        asks: items("asks").iter().filter_map(card::orphaned).collect(),
        closed: items("closed").iter().filter_map(closed).collect(),
    }
}

thread_local! {
    /// What the organisation has set.
    static MANAGED: RefCell<Managed> = RefCell::default();
}

/// Takes what the organisation has set, as JSON.
pub(super) fn govern(policy: &str) {
    MANAGED.set(Managed::read(policy));
}

/// What the organisation has set.
pub(super) fn managed() -> Managed {
    MANAGED.with_borrow(Managed::clone)
}

/// The settings that hold: those that are kept, and over them what the organisation has set.
pub(super) fn governed(value: &JsValue) -> Settings {
    let own = settings(value);
    MANAGED.with_borrow(|managed| managed.over(&own))
}

/// The settings as they are kept; what is missing or of another type has its default.
pub(super) fn settings(value: &JsValue) -> Settings {
    let default = MANAGED.with_borrow(Managed::defaults);
    let sources = field(value, "sources")
        .map(|sources| Array::from(&sources).iter().filter_map(|s| source(&s)).collect());
    Settings {
        sources: sources.unwrap_or_default(),
        first_byte_ms: number(value, "first_byte_ms").map_or(default.first_byte_ms, |ms| ms as u64),
        stall_ms: number(value, "stall_ms").map_or(default.stall_ms, |ms| ms as u64),
        sites: texts(value, "sites").unwrap_or_default(),
        apps: texts(value, "apps").unwrap_or_default(),
        policy: field(value, "policy").map_or(default.policy, |kept| policy(&kept)),
        fallbacks: field(value, "fallbacks")
            .map(|kept| Array::from(&kept).iter().filter_map(|kept| fallback(&kept)).collect())
            .unwrap_or_default(),
        local_fallback: flag(value, "local_fallback").unwrap_or(default.local_fallback),
        second_host: flag(value, "second_host").unwrap_or(default.second_host),
        status_pages: flag(value, "status_pages").unwrap_or(default.status_pages),
        assistant: field(value, "assistant")
            .map_or_else(Assistant::default, |kept| card::assistant(&kept)),
        theme: text(value, "theme").and_then(|id| Theme::from_id(&id)).unwrap_or_default(),
        text_size: text(value, "text_size")
            .and_then(|id| TextSize::from_id(&id))
            .unwrap_or_default(),
        agreed: number(value, "agreed").map_or(default.agreed, |agreed| agreed as u32),
        site_policy: default.site_policy,
    }
}

fn policy(value: &JsValue) -> Policy {
    let default = Policy::default();
    let backoff = field(value, "backoff").and_then(|backoff| {
        Some(Backoff::new(number(&backoff, "base_ms")? as u64, number(&backoff, "cap_ms")? as u64))
    });
    Policy {
        backoff: backoff.unwrap_or(default.backoff),
        attempts: number(value, "attempts").map_or(default.attempts, |attempts| attempts as u32),
        longest_silent_wait_ms: number(value, "longest_silent_wait_ms")
            .map_or(default.longest_silent_wait_ms, |ms| ms as u64),
        spread: number(value, "spread").map_or(default.spread, |spread| spread.clamp(0.0, 1.0)),
    }
}

fn fallback(value: &JsValue) -> Option<Fallback> {
    Some(Fallback {
        cause: Cause::from_id(&text(value, "cause")?)?,
        source: text(value, "source")?,
    })
}

fn source(value: &JsValue) -> Option<Source> {
    Some(Source {
        id: text(value, "id")?,
        name: text(value, "name")?,
        // A dialect of a newer version cannot be spoken: such a source stays where it is kept.
        dialect: text(value, "dialect")
            .map_or(Some(Dialect::default()), |id| Dialect::from_id(&id))?,
        base_url: text(value, "base_url")?,
        model: text(value, "model")?,
        rules: field(value, "rules").map(|kept| own_rules(&kept)).unwrap_or_default(),
    })
}

/// What was pressed on a troubleshooter.
pub(super) fn troubleshooter_press(value: &JsValue) -> Option<TroubleshooterPress> {
    match value.as_string().as_deref() {
        Some("run_all") => return Some(TroubleshooterPress::RunAll),
        Some("copy_prompt") => return Some(TroubleshooterPress::CopyPrompt),
        Some("save_record") => return Some(TroubleshooterPress::SaveRecord),
        Some("copy_report") => return Some(TroubleshooterPress::CopyReport),
        Some("show_report") => return Some(TroubleshooterPress::ShowReport),
        Some("change_rules") => return Some(TroubleshooterPress::ChangeRules),
        Some("find_culprit") => return Some(TroubleshooterPress::FindCulprit),
        Some("switch_on") => return Some(TroubleshooterPress::SwitchOn),
        Some("open_privately") => return Some(TroubleshooterPress::OpenPrivately),
        _ => {}
    }
    if let Some(open) = field(value, "open") {
        let line = number(&open, "line")? as usize;
        return Some(TroubleshooterPress::Open { step: text(&open, "step")?, line });
    }
    if let Some(begin) = field(value, "begin") {
        return Some(TroubleshooterPress::Begin { step: text(&begin, "step")? });
    }
    Some(TroubleshooterPress::Run { step: text(&field(value, "run")?, "step")? })
}

fn own_rules(value: &JsValue) -> OwnRules {
    let whole = |name| number(value, name).map(|number| number as u64);
    OwnRules {
        attempts: whole("attempts").map(|attempts| attempts as u32),
        longest_silent_wait_ms: whole("longest_silent_wait_ms"),
        first_byte_ms: whole("first_byte_ms"),
        stall_ms: whole("stall_ms"),
    }
}

/// The other extensions, as `chrome.management` tells of them.
pub(super) fn extensions(list: &Array) -> Vec<Extension> {
    let one = |one: JsValue| {
        Some(Extension {
            id: text(&one, "id")?,
            name: text(&one, "name")?,
            permissions: texts(&one, "permissions").unwrap_or_default(),
            hosts: texts(&one, "hostPermissions").unwrap_or_default(),
        })
    };
    list.iter().filter_map(one).collect()
}

/// The words of the browser's own language.
pub(super) struct ChromeWords;

impl Messages for ChromeWords {
    fn find(&self, key: &str, arguments: &[&str]) -> Option<String> {
        let substitutions =
            arguments.iter().map(|argument| JsValue::from_str(argument)).collect::<Array>();
        Some(get_message(key, &substitutions)).filter(|message| !message.is_empty())
    }
}
