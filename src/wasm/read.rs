//! A failure as an object of JavaScript. The same as the command reads, but the timeline, from which nothing is concluded.
//! By hand, since serde's reader would cost the npm package 16 KB, gzipped, of its 120.

use js_sys::{Array, JSON};
use wasm_bindgen::{JsCast, JsValue};

use crate::field::{field, flag, text, texts};
use unstuck_diagnose::{Context, Failure, Headers, Limit, Probes, Reach, Received, Stage};

/// A text stands for itself, or for the failure that it holds as JSON. An object with foreign keys is a service's answer.
pub(crate) fn read_failure(given: &JsValue) -> Failure {
    let text = given.as_string();
    let object = match &text {
        Some(text) => match record(text) {
            Some(object) => object,
            None => return Failure::from_message(text.clone()),
        },
        None => given.clone(),
    };
    let answer = || text.or_else(|| JSON::stringify(&object).ok()?.as_string());
    let read = is_record(&object).then(|| failure(&object)).flatten();
    read.unwrap_or_else(|| Failure { body: answer(), ..Failure::default() })
}

/// The object that a text holds as JSON. Other texts are not tried: each would throw (see [`field`]).
fn record(text: &str) -> Option<JsValue> {
    text.trim_start().starts_with('{').then(|| JSON::parse(text).ok())?.filter(is_record)
}

fn is_record(value: &JsValue) -> bool {
    value.is_object() && !Array::is_array(value)
}

fn stage(id: &str) -> Option<Stage> {
    Some(match id {
        "before" => Stage::Before,
        "request" => Stage::Request,
        "response" => Stage::Response,
        "stream" => Stage::Stream,
        _ => return None,
    })
}

fn context(id: &str) -> Option<Context> {
    Some(match id {
        "worker" => Context::Worker,
        "extension_page" => Context::ExtensionPage,
        "content_script" => Context::ContentScript,
        "page" => Context::Page,
        "native" => Context::Native,
        _ => return None,
    })
}

fn limit(id: &str) -> Option<Limit> {
    Some(match id {
        "event" => Limit::Event,
        "text" => Limit::Text,
        "answer" => Limit::Answer,
        _ => return None,
    })
}

fn probes(value: &JsValue) -> Probes {
    Probes {
        host: reach(value, "host"),
        other: reach(value, "other"),
        signed_out: flag(value, "signed_out").unwrap_or_default(),
        open: reach(value, "open"),
    }
}

fn reach(value: &JsValue, name: &str) -> Option<Reach> {
    let found = field(value, name)?;
    Some(match found.as_string().as_deref() {
        Some("answered") => Reach::Answered,
        Some("challenged") => Reach::Challenged,
        Some("elsewhere") => Reach::Elsewhere,
        Some("silent") => Reach::Silent,
        _ => Reach::Failed(text(&found, "failed")?),
    })
}

/// A text, or what stands there in its place, as JSON.
fn as_text(value: &JsValue, name: &str) -> Option<String> {
    in_words(&field(value, name)?)
}

fn in_words(value: &JsValue) -> Option<String> {
    value.as_string().or_else(|| js_sys::JSON::stringify(value).ok()?.as_string())
}

/// A whole number, also one that is written as a text.
fn as_number(value: &JsValue, name: &str) -> Option<u64> {
    let found = field(value, name)?;
    let number = found
        .as_f64()
        .or_else(|| found.as_string()?.trim().parse::<u64>().ok().map(|n| n as f64))?;
    (0.0..=9.0e15).contains(&number).then_some(number as u64)
}

/// A failure as an object; `None` when it has a foreign key, or when nothing in it is known.
pub(crate) fn failure(value: &JsValue) -> Option<Failure> {
    let keys = js_sys::Object::keys(value.unchecked_ref::<js_sys::Object>());
    if !keys
        .iter()
        .all(|key| key.as_string().is_some_and(|key| Failure::FIELDS.contains(&key.as_str())))
    {
        return None;
    }
    // Each field by name, so that none is forgotten.
    let failure = Failure {
        provider: as_text(value, "provider"),
        url: as_text(value, "url"),
        method: as_text(value, "method"),
        status: as_number(value, "status")
            .and_then(|status| u16::try_from(status).ok())
            .filter(|status| (100..600).contains(status)),
        headers: field(value, "headers").map(|headers| self::headers(&headers)).unwrap_or_default(),
        body: as_text(value, "body"),
        error_name: as_text(value, "error_name"),
        message: as_text(value, "message"),
        net_error: as_text(value, "net_error"),
        close_code: as_number(value, "close_code").and_then(|code| u16::try_from(code).ok()),
        trail: texts(value, "trail"),
        stage: text(value, "stage").and_then(|stage| self::stage(&stage)),
        stream: field(value, "stream").map(|stream| Received {
            chars: as_number(&stream, "chars").unwrap_or_default(),
            ended: flag(&stream, "ended").unwrap_or_default(),
        }),
        aborted: flag(value, "aborted"),
        online: flag(value, "online"),
        site_access: flag(value, "site_access"),
        proxy: flag(value, "proxy"),
        context: text(value, "context").and_then(|context| self::context(&context)),
        elapsed_ms: as_number(value, "elapsed_ms"),
        now_ms: as_number(value, "now_ms"),
        attempt: as_number(value, "attempt").and_then(|attempt| u32::try_from(attempt).ok()),
        probes: field(value, "probes").map(|probes| self::probes(&probes)),
        limit: text(value, "limit").and_then(|limit| self::limit(&limit)),
        timeline: None,
    };
    (failure != Failure::default()).then_some(failure)
}

fn headers(value: &JsValue) -> Headers {
    let pairs = match value.dyn_ref::<Array>() {
        Some(pairs) => pairs.clone(),
        None => js_sys::Object::entries(value.unchecked_ref()),
    };
    let pair = |pair: JsValue| {
        let pair = Array::from(&pair);
        Some((pair.get(0).as_string()?.to_ascii_lowercase(), in_words(&pair.get(1))?))
    };
    pairs.iter().filter_map(pair).collect()
}
