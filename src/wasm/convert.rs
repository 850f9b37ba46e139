//! The settings as they are kept.
//!
//! The worker reads what comes in field by field: a general reader would cost its wasm 33 KB.

use js_sys::Array;
use wasm_bindgen::JsValue;

use crate::field::{field, flag, text, texts};

use unstuck_app::managed::Managed;
use unstuck_diagnose::Cause;
use unstuck_engine::{
    Assistant, Channel, ChannelKind, Fallback, HiddenSite, OwnRules, Settings, Source, TextSize,
    Theme,
    assistant::OwnPrompt,
    retry::{Policy, backoff::Backoff},
};
use unstuck_source::Dialect;

pub(super) fn number(object: &JsValue, name: &str) -> Option<f64> {
    field(object, name)?.as_f64()
}

/// The settings as they are kept; what is missing or of another type has its default.
pub(super) fn settings(value: &JsValue, managed: &Managed) -> Settings {
    let default = managed.defaults();
    let sources = field(value, "sources")
        .map(|sources| Array::from(&sources).iter().filter_map(|s| source(&s)).collect());
    Settings {
        sources: sources.unwrap_or_default(),
        first_byte_ms: number(value, "first_byte_ms").map_or(default.first_byte_ms, |ms| ms as u64),
        stall_ms: number(value, "stall_ms").map_or(default.stall_ms, |ms| ms as u64),
        sites: texts(value, "sites").unwrap_or_default(),
        hidden: field(value, "hidden")
            .map(|kept| Array::from(&kept).iter().filter_map(|kept| hidden_site(&kept)).collect())
            .unwrap_or_default(),
        apps: texts(value, "apps").unwrap_or_default(),
        policy: field(value, "policy").map_or(default.policy, |kept| policy(&kept)),
        fallbacks: field(value, "fallbacks")
            .map(|kept| Array::from(&kept).iter().filter_map(|kept| fallback(&kept)).collect())
            .unwrap_or_default(),
        local_fallback: flag(value, "local_fallback").unwrap_or(default.local_fallback),
        second_host: flag(value, "second_host").unwrap_or(default.second_host),
        status_pages: flag(value, "status_pages").unwrap_or(default.status_pages),
        assistant: field(value, "assistant")
            .map_or_else(Assistant::default, |kept| assistant(&kept)),
        notify: flag(value, "notify").unwrap_or(default.notify),
        notify_outages: flag(value, "notify_outages").unwrap_or(default.notify_outages),
        channels: field(value, "channels")
            .map(|kept| Array::from(&kept).iter().filter_map(|kept| channel(&kept)).collect())
            .unwrap_or_default(),
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

fn hidden_site(value: &JsValue) -> Option<HiddenSite> {
    let until_ms = number(value, "until_ms").map(|ms| ms as u64);
    Some(HiddenSite { site: text(value, "site")?, until_ms })
}

fn fallback(value: &JsValue) -> Option<Fallback> {
    Some(Fallback {
        cause: Cause::from_id(&text(value, "cause")?)?,
        source: text(value, "source")?,
    })
}

fn channel(value: &JsValue) -> Option<Channel> {
    let word = |name| text(value, name).unwrap_or_default();
    Some(Channel {
        id: text(value, "id")?,
        kind: ChannelKind::from_id(&text(value, "kind")?)?,
        name: word("name"),
        origin: word("origin"),
        ending: word("ending"),
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
        checked: flag(value, "checked").unwrap_or_default(),
    })
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

/// What is kept of the assistant's settings.
fn assistant(value: &JsValue) -> Assistant {
    let default = Assistant::default();
    let prompts = field(value, "prompts").map(|kept| Array::from(&kept)).unwrap_or_default();
    let prompt = |kept: JsValue| {
        Some(OwnPrompt {
            id: text(&kept, "id")?,
            name: text(&kept, "name")?,
            text: text(&kept, "text")?,
        })
    };
    let count = number(value, "messages").map_or(default.messages, |count| count as u32);
    Assistant {
        prompts: prompts.iter().filter_map(prompt).collect(),
        messages: count.clamp(1, Assistant::MOST_MESSAGES),
        hide_names: flag(value, "hide_names").unwrap_or(default.hide_names),
        may_read: flag(value, "may_read").unwrap_or(default.may_read),
        keep_drafts: flag(value, "keep_drafts").unwrap_or(default.keep_drafts),
    }
}
