//! The healthy provider in every dialect, and the place where a fault takes over.

mod draft;
mod reply;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Extension, Request, State};
use axum::http::header::{CONTENT_TYPE, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::control::unknown_fault;
use crate::dialect::{Dialect, Purpose, Refused, events, refuse};
use crate::faults::{self, Effect, Knobs};
use crate::log::Entry;
use crate::state::{Armed, Lab, now_ms};
use crate::wire::Wire;

pub(crate) use self::draft::Draft;
use self::reply::api_headers;

const LARGEST_REQUEST: usize = 64 << 20;

/// Any call to the API: logged, then answered or spoiled.
pub(crate) async fn call(
    State(lab): State<Arc<Lab>>,
    Extension(wire): Extension<Arc<Wire>>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let (path, named) = split_fault(parts.uri.path(), &parts.headers);
    let body = to_bytes(body, LARGEST_REQUEST).await;
    let Ok(body) = body else {
        return refusal(StatusCode::PAYLOAD_TOO_LARGE, "The request body could not be read.", None);
    };
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let hit = match named {
        Some(faults::HEALTHY) => None,
        Some(name) => match faults::find(name) {
            Some(fault) => Some(Armed { fault, times: 1, knobs: Knobs::default() }),
            None => return unknown_fault(name).into_response(),
        },
        None => lab.take_fault(),
    };
    let serial = lab.next_serial();
    let dialect = Dialect::of(path, &parts.headers);
    let draft = Draft::answering(dialect, &asked, path, serial);
    lab.log.open(Entry {
        serial,
        at_ms: now_ms(),
        method: parts.method.to_string(),
        path: path.to_owned(),
        fault: hit.as_ref().map(|hit| hit.fault.name),
        key: dialect.key_state(&parts.headers),
        origin: text(&parts.headers, ORIGIN.as_str()).map(str::to_owned),
        body_bytes: body.len(),
        body_sha256: hex(&Sha256::digest(&body)),
        model: Some(draft.model.clone()),
        stream: asked["stream"] == true || path.ends_with(":streamGenerateContent"),
        messages: draft::turns(&asked).cloned(),
        ..Entry::default()
    });
    let response = match hit.as_ref().map(|hit| (&hit.fault.effect, &hit.knobs)) {
        Some((Effect::Reply(reply), knobs)) => reply.respond(&draft, path, knobs),
        Some((Effect::Script(script), knobs)) => match wire.play(script(&draft, knobs)).await {},
        Some((Effect::Late, knobs)) => {
            tokio::time::sleep(Duration::from_millis(knobs.delay_ms)).await;
            healthy(parts.method.as_str(), path, &parts.headers, &asked, draft)
        }
        None => healthy(parts.method.as_str(), path, &parts.headers, &asked, draft),
    };
    lab.log.follow(serial, response)
}

/// What a provider in good order says.
fn healthy(method: &str, path: &str, headers: &HeaderMap, asked: &Value, draft: Draft) -> Response {
    let (dialect, serial) = (draft.dialect, draft.serial);
    let refuse = |why| refuse(dialect, why, serial, &format!("{method} {path}"));
    let answer = match (dialect.key_state(headers), dialect.purpose(method, path)) {
        ("none", _) => refuse(Refused::NoKey),
        ("refused", _) => refuse(Refused::WrongKey),
        (_, Purpose::Models) => Json(dialect.models()).into_response(),
        (_, Purpose::Answer) => answer(asked, draft),
        (_, Purpose::Unknown) => refuse(Refused::NoSuchPath),
    };
    match dialect {
        Dialect::Chat | Dialect::Responses => (api_headers(serial), answer).into_response(),
        _ => answer,
    }
}

fn answer(asked: &Value, draft: Draft) -> Response {
    if draft::turns(asked).and_then(Value::as_array).is_none_or(Vec::is_empty) {
        let said = "Missing required parameter: 'messages'.";
        return refusal(StatusCode::BAD_REQUEST, said, Some("missing_required_parameter"));
    }
    if draft.dialect == Dialect::Chat && asked["stream"] != true {
        return Json(draft.whole()).into_response();
    }
    let with_usage = asked["stream_options"]["include_usage"] == true;
    let events = events(&draft, with_usage);
    let paced = stream::unfold(events.into_iter(), |mut events| async move {
        let event = events.next()?;
        tokio::time::sleep(Duration::from_millis(12)).await;
        Some((Ok::<_, Infallible>(event), events))
    });
    ([(CONTENT_TYPE, draft.dialect.stream_type())], Body::from_stream(paced)).into_response()
}

fn refusal(status: StatusCode, said: &str, code: Option<&str>) -> Response {
    let error =
        json!({"message": said, "type": "invalid_request_error", "param": null, "code": code});
    (status, Json(json!({"error": error}))).into_response()
}

/// The path of the API, and the fault that the address or a header names.
fn split_fault<'a>(path: &'a str, headers: &'a HeaderMap) -> (&'a str, Option<&'a str>) {
    let in_path =
        path.strip_prefix("/fault/").and_then(|rest| rest.find('/').map(|end| rest.split_at(end)));
    match in_path {
        Some((name, rest)) => (rest, Some(name)),
        None => (path, text(headers, "x-lab-fault")),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Lower-case hexadecimal digits of `bytes`.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
