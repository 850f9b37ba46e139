//! Receivers of alerts and numbers that hold to the rules of the real ones: lengths, forms, keys, rates. None of them was compared
//! with the real one live; each rule is from its documentation.
//!
//! They take POSTs below `/sinks/KIND/`, under the paths of the real ones. `GET /sinks/KIND/received` tells what came, how it was
//! answered and what the receiver would show by now. `POST /lab/sinks/KIND {"name":"no_service","times":1}` makes the next calls
//! fail; `GET /lab/sinks` lists the names.

mod alerts;
mod call;
mod datadog;
mod elastic;
mod pagerduty;
mod slack;
mod splunk;
mod teams;
mod trouble;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Extension, Path, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use self::call::{Call, Memory, Reply};
use self::trouble::{Trouble, What};
use crate::state::{Lab, lock, now_ms};
use crate::wire::{Step, Wire};

/// No client of ours sends as much; what is longer is not read.
const READ: usize = 32 * 1024 * 1024;

/// How a receiver judges a call.
type Judge = fn(&Call, &mut Memory) -> Reply;

/// The receivers by name.
const KINDS: [(&str, Judge); 8] = [
    ("slack", slack::judge),
    ("pagerduty", pagerduty::judge),
    ("alertmanager", alerts::judge),
    ("webhook", alerts::judge_webhook),
    ("teams", teams::judge),
    ("splunk", splunk::judge),
    ("elastic", elastic::judge),
    ("datadog", datadog::judge),
];

/// What all receivers remember.
#[derive(Debug, Default)]
pub(crate) struct Sinks {
    memories: Mutex<BTreeMap<String, Memory>>,
    troubles: Mutex<BTreeMap<String, Wish>>,
}

impl Sinks {
    /// Forgets everything.
    pub(crate) fn clear(&self) {
        lock(&self.memories).clear();
        lock(&self.troubles).clear();
    }

    /// Takes one use of the trouble that waits for a receiver.
    fn take(&self, kind: &str) -> Option<Wish> {
        let mut troubles = lock(&self.troubles);
        let wish = troubles.get_mut(kind).filter(|wish| wish.times != 0)?;
        wish.times -= 1;
        Some(wish.clone())
    }
}

/// A trouble for the next calls.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Wish {
    name: String,
    #[serde(default = "once")]
    times: i64,
    /// Seconds of a `Retry-After`.
    #[serde(default)]
    retry_after: Option<u64>,
}

fn once() -> i64 {
    1
}

/// `GET /lab/sinks`: every receiver with its troubles.
pub(crate) async fn list() -> Json<Value> {
    let names = |kind| trouble::of(kind).map(|one| one.name).collect::<Vec<_>>();
    Json(KINDS.iter().map(|(kind, _)| (*kind, json!(names(kind)))).collect())
}

/// `POST /lab/sinks/{kind}`: how the next calls fail.
pub(crate) async fn arm(
    State(lab): State<Arc<Lab>>,
    Path(kind): Path<String>,
    Json(wish): Json<Wish>,
) -> (StatusCode, Json<Value>) {
    if trouble::of(&kind).all(|one| one.name != wish.name) {
        let names: Vec<_> = trouble::of(&kind).map(|one| one.name).collect();
        let error = format!("{kind} has no trouble {:?}", wish.name);
        return (StatusCode::NOT_FOUND, Json(json!({"error": error, "troubles": names})));
    }
    lock(&lab.sinks.troubles).insert(kind, wish);
    (StatusCode::OK, Json(json!({"ok": true})))
}

/// Everything below `/sinks/KIND/`.
pub(crate) async fn call(
    State(lab): State<Arc<Lab>>,
    Extension(wire): Extension<Arc<Wire>>,
    Path((kind, path)): Path<(String, String)>,
    request: Request,
) -> Response {
    let Some((kind, judge)) = KINDS.into_iter().find(|(name, _)| *name == kind) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if request.method() == Method::GET && path == "received" {
        let memories = lock(&lab.sinks.memories);
        let nothing = Memory::default();
        return Json(json!(memories.get(kind).unwrap_or(&nothing))).into_response();
    }
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, READ).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let call = Call::new(&head, path, body, now_ms());
    let wish = lab.sinks.take(kind);
    let trouble =
        wish.as_ref().and_then(|wish| trouble::of(kind).find(|one| one.name == wish.name));
    let reply = {
        let mut memories = lock(&lab.sinks.memories);
        let memory = memories.entry(kind.to_owned()).or_default();
        let reply = match trouble {
            Some(Trouble { what: What::Answer(status, body), .. }) => Reply::text(*status, body),
            Some(Trouble { what: What::Items(statuses), .. }) => {
                elastic::with_troubles(&call, memory, statuses)
            }
            Some(Trouble { what: What::Huge, .. }) => Reply::text(200, &"x".repeat(10_000_000)),
            // What is cut or kept silent has been read, and counts.
            _ => judge(&call, memory),
        };
        memory.note(&call, &reply, trouble.map(|one| one.name));
        reply
    };
    match trouble.map(|one| &one.what) {
        Some(What::Cut) => match wire.play(vec![Step::Reset]).await {},
        Some(What::Silent) => tokio::time::sleep(Duration::from_secs(60)).await,
        _ => {}
    }
    let after = wish.and_then(|wish| wish.retry_after).filter(|_| trouble.is_some());
    respond(reply, after)
}

fn respond(reply: Reply, retry_after: Option<u64>) -> Response {
    let mut response = Response::builder().status(reply.status);
    let kind = match reply.body.trim_start().as_bytes().first() {
        Some(b'{' | b'[') => "application/json",
        Some(b'<') => "text/html; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
    response = response.header("content-type", kind);
    if (300..400).contains(&reply.status) {
        response = response.header("location", "/sinks/webhook/elsewhere");
    }
    if let Some(seconds) = retry_after.or(reply.retry_after) {
        response = response.header("retry-after", seconds);
    }
    response.body(Body::from(reply.body)).unwrap_or_default()
}
