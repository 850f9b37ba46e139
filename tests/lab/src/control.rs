//! The `/lab` routes: choose a fault, read the log, see what was sent.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::faults::{self, Knobs};
use crate::server::PORTS;
use crate::state::{Armed, Lab, now_ms};

type Shared = State<Arc<Lab>>;

/// What a call to a control route ends in.
type Outcome = (StatusCode, Json<Value>);

/// A wish for the next calls.
#[derive(Debug, Deserialize)]
pub(crate) struct Wish {
    name: String,
    #[serde(default = "once")]
    times: i64,
    #[serde(flatten)]
    knobs: Knobs,
}

fn once() -> i64 {
    1
}

pub(crate) async fn health() -> Json<Value> {
    Json(json!({"ok": true}))
}

/// `POST /lab/fault`: sets the fault of the next `times` calls; 0 or the name `healthy` clears it.
pub(crate) async fn arm(State(lab): Shared, Json(wish): Json<Wish>) -> Outcome {
    if wish.name == faults::HEALTHY {
        lab.arm(None);
    } else if let Some(fault) = faults::find(&wish.name) {
        lab.arm(Some(Armed { fault, times: wish.times, knobs: wish.knobs }));
    } else {
        return unknown_fault(&wish.name);
    }
    (StatusCode::OK, Json(json!({"fault": lab.armed()})))
}

/// `GET /lab/fault`: the fault that waits, or null.
pub(crate) async fn armed(State(lab): Shared) -> Json<Value> {
    Json(json!({"fault": lab.armed()}))
}

/// `GET /lab/faults`: every fault by group, and the ports that fail by themselves.
pub(crate) async fn catalogue() -> Json<Value> {
    let ports =
        PORTS.map(|(name, cause, about)| json!({"name": name, "cause": cause, "about": about}));
    Json(json!({"faults": faults::all().collect::<Vec<_>>(), "ports": ports}))
}

/// `POST /lab/reset`: healthy again, log and sent messages forgotten.
pub(crate) async fn reset(State(lab): Shared) -> Json<Value> {
    lab.reset();
    Json(json!({"ok": true}))
}

/// `GET /lab/log`: every API call, oldest first.
pub(crate) async fn log(State(lab): Shared) -> Json<Value> {
    Json(json!({"now_ms": now_ms(), "calls": lab.log.entries()}))
}

/// `POST /lab/sent`: the demo messenger sends a message.
pub(crate) async fn send(State(lab): Shared, Json(message): Json<Value>) -> Outcome {
    lab.keep_sent(message);
    (StatusCode::CREATED, Json(json!({"ok": true})))
}

/// `GET /lab/sent`: every message that was sent, oldest first.
pub(crate) async fn sent(State(lab): Shared) -> Json<Value> {
    Json(json!({"sent": lab.sent()}))
}

/// The answer to a fault name that is not in the catalogue.
pub(crate) fn unknown_fault(name: &str) -> Outcome {
    let names: Vec<_> = faults::all().map(|fault| fault.name).collect();
    let said = json!({"error": format!("no fault is named {name:?}"), "faults": names});
    (StatusCode::NOT_FOUND, Json(said))
}
