//! The healthy provider: OpenAI's chat API, and the place where a fault takes over.

mod draft;
mod reply;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Extension, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::control::unknown_fault;
use crate::faults::{self, Effect, Knobs};
use crate::log::Entry;
use crate::state::{Armed, Lab, now_ms};
use crate::wire::Wire;

pub(crate) use self::draft::Draft;
use self::reply::api_headers;

/// The only key that opens the API.
const KEY: &str = "Bearer lab-key";
const MODELS: [&str; 3] = ["lab-small", "lab-large", "gpt-4o-mini"];
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
    lab.log.open(Entry {
        serial,
        at_ms: now_ms(),
        method: parts.method.to_string(),
        path: path.to_owned(),
        fault: hit.as_ref().map(|hit| hit.fault.name),
        key: key_state(&parts.headers),
        origin: text(&parts.headers, ORIGIN.as_str()).map(str::to_owned),
        body_bytes: body.len(),
        body_sha256: hex(&Sha256::digest(&body)),
        model: asked["model"].as_str().map(str::to_owned),
        stream: asked["stream"] == true,
        messages: asked.get("messages").cloned(),
        ..Entry::default()
    });
    let draft = Draft::answering(&asked, serial);
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
    let serial = draft.serial;
    let answer = match (key_state(headers), method, path) {
        ("none", ..) => refusal(StatusCode::UNAUTHORIZED, MISSING_KEY, None),
        ("refused", ..) => refusal(StatusCode::UNAUTHORIZED, WRONG_KEY, Some("invalid_api_key")),
        (_, "GET", "/v1/models") => Json(models()).into_response(),
        (_, "POST", "/v1/chat/completions") => chat(asked, draft),
        (_, method, path) => {
            let said = format!("Invalid URL ({method} {path})");
            refusal(StatusCode::NOT_FOUND, &said, None)
        }
    };
    (api_headers(serial), answer).into_response()
}

const MISSING_KEY: &str = "You didn't provide an API key. You need to provide your API key in an Authorization header using \
    Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing \
    the API from your browser and are prompted for a username and password. You can obtain an API key from \
    https://platform.openai.com/account/api-keys.";
const WRONG_KEY: &str = "Incorrect API key provided: lab-****. You can find your API key at https://platform.openai.com/account/api-keys.";

fn chat(asked: &Value, draft: Draft) -> Response {
    if asked["messages"].as_array().is_none_or(Vec::is_empty) {
        let said = "Missing required parameter: 'messages'.";
        return refusal(StatusCode::BAD_REQUEST, said, Some("missing_required_parameter"));
    }
    if asked["stream"] != true {
        return Json(draft.whole()).into_response();
    }
    let events = draft.events(asked["stream_options"]["include_usage"] == true);
    let paced = stream::unfold(events.into_iter(), |mut events| async move {
        let event = events.next()?;
        tokio::time::sleep(Duration::from_millis(12)).await;
        Some((Ok::<_, Infallible>(event), events))
    });
    ([(CONTENT_TYPE, "text/event-stream; charset=utf-8")], Body::from_stream(paced)).into_response()
}

fn models() -> Value {
    let models = MODELS.map(
        |id| json!({"id": id, "object": "model", "created": 1_735_689_600, "owned_by": "lab"}),
    );
    json!({"object": "list", "data": models})
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

fn key_state(headers: &HeaderMap) -> &'static str {
    match text(headers, AUTHORIZATION.as_str()) {
        None | Some("Bearer" | "Bearer ") => "none",
        Some(KEY) => "accepted",
        Some(_) => "refused",
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Lower-case hexadecimal digits of `bytes`.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
