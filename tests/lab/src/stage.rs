//! Pages that a test puts on stage: any answer at any host and path, before everything else that the lab serves.
//!
//! `POST /lab/stage {"host":"status.openai.com","path":"/api/v2/summary.json","status":200,"headers":{},"body":"{}","repeat":1}`
//! puts one there, in place of an earlier one of the same host and path; `GET /lab/asked` tells who asked for it and with what.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, COOKIE, HOST, REFERER};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::state::Lab;

/// One answer.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Staged {
    /// Host without its port; any when left out.
    #[serde(default)]
    host: Option<String>,
    path: String,
    #[serde(default = "ok")]
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: String,
    /// How often the body is repeated.
    #[serde(default = "once")]
    repeat: usize,
}

fn ok() -> u16 {
    200
}

fn once() -> usize {
    1
}

impl Staged {
    /// Whether another one takes its place.
    pub(crate) fn is_replaced_by(&self, other: &Self) -> bool {
        self.host == other.host && self.path == other.path
    }

    fn is_asked(&self, host: &str, path: &str) -> bool {
        self.path == path && self.host.as_deref().is_none_or(|wanted| wanted == host)
    }

    fn answer(&self) -> Response {
        let mut answer = Body::from(self.body.repeat(self.repeat)).into_response();
        *answer.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
                answer.headers_mut().insert(name, value);
            }
        }
        answer
    }
}

/// Who asked for a staged page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Asked {
    host: String,
    path: String,
    cookie: Option<String>,
    referer: Option<String>,
    authorization: Option<String>,
}

/// Answers with what is on stage, or lets the lab answer.
pub(crate) async fn first(State(lab): State<Arc<Lab>>, request: Request, next: Next) -> Response {
    let host = header(&request, HOST).unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_owned();
    let path = request.uri().path().to_owned();
    let staged = lab.staged(|staged| staged.is_asked(&host, &path));
    let (cookie, referer, authorization) =
        (header(&request, COOKIE), header(&request, REFERER), header(&request, AUTHORIZATION));
    let Some(staged) = staged else { return next.run(request).await };
    lab.note_asked(Asked { host, path, cookie, referer, authorization });
    staged.answer()
}

fn header(request: &Request, name: HeaderName) -> Option<String> {
    let value = request.headers().get(name);
    value.and_then(|value: &HeaderValue| value.to_str().ok()).map(str::to_owned)
}

/// `POST /lab/stage`
pub(crate) async fn put(State(lab): State<Arc<Lab>>, Json(staged): Json<Staged>) -> Json<Value> {
    lab.put_on_stage(staged);
    Json(json!({"ok": true}))
}

/// `GET /lab/asked`
pub(crate) async fn asked(State(lab): State<Arc<Lab>>) -> Json<Value> {
    Json(json!({"asked": lab.asked()}))
}
