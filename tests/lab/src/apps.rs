//! The web apps of AI services, told by the host they are asked at: a page with a prompt box, and calls that fail as a test
//! wishes (`POST /lab/app {"path":"/api/auth/session","status":401,"body":"…"}`). Any path is a WebSocket to who asks for one.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State, WebSocketUpgrade};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::state::{Lab, lock};
use crate::{app_socket, pages};

const HOSTS: [&str; 5] =
    ["chatgpt.com", "claude.ai", "gemini.google.com", "chat.own.test", "socket.own.test"];

/// How the calls of one path are answered until the lab is reset.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Wish {
    path: String,
    #[serde(default = "fine")]
    status: u16,
    #[serde(default)]
    headers: HashMap<String, String>,
    #[serde(default)]
    pub(crate) body: String,
    /// Whether the answer breaks off after its body.
    #[serde(default)]
    cut: bool,
    /// Whether a socket is closed as soon as it is open, and not when something was asked on it.
    #[serde(default)]
    pub(crate) at_once: bool,
    /// The code with which a socket is closed after the body.
    pub(crate) close: Option<u16>,
    /// The reason that goes with it.
    #[serde(default)]
    pub(crate) reason: String,
    /// How long the socket stays open after the body.
    #[serde(default = "a_moment")]
    pub(crate) after_ms: u64,
}

fn fine() -> u16 {
    200
}

fn a_moment() -> u64 {
    100
}

/// The wishes by path.
pub(crate) type Wishes = Mutex<HashMap<String, Wish>>;

/// `POST /lab/app`: sets how one path is answered.
pub(crate) async fn wish(State(lab): State<Arc<Lab>>, Json(wish): Json<Wish>) -> Json<Value> {
    lock(&lab.apps).insert(wish.path.clone(), wish);
    Json(json!({"ok": true}))
}

/// Answers in the place of all routes where the host is that of an app.
pub(crate) async fn by_host(State(lab): State<Arc<Lab>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !HOSTS.contains(&host.split(':').next().unwrap_or_default()) {
        return next.run(request).await;
    }
    let uri = request.uri().clone();
    let wished = lock(&lab.apps).get(uri.path()).cloned();
    if let Some(wished) = wished.clone().filter(|wished| wished.status >= 400) {
        return wished.respond();
    }
    let (mut parts, body) = request.into_parts();
    if let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &lab).await {
        return upgrade
            .on_upgrade(move |socket| app_socket::serve(socket, lab, uri.path().to_owned()));
    }
    let request = Request::from_parts(parts, body);
    if let Some(wished) = wished {
        return wished.respond();
    }
    if request.method() == "GET" {
        return match uri.path() {
            "/app.js" | "/app.css" => pages::page(State(lab), uri).await,
            path if path.contains("session") || path.contains("account") => session(),
            _ => pages::page(State(lab), axum::http::Uri::from_static("/app.html")).await,
        };
    }
    let answer = "data: {\"text\":\"Gladly. \"}\n\ndata: {\"text\":\"See you at seven.\"}\n\ndata: [DONE]\n\n";
    ([(CONTENT_TYPE, "text/event-stream")], answer).into_response()
}

fn session() -> Response {
    Json(json!({"user": {"name": "Sam Example"}, "expires": "2030-01-01T00:00:00Z"}))
        .into_response()
}

impl Wish {
    fn respond(self) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name.as_str()), HeaderValue::try_from(value))
            {
                headers.insert(name, value);
            }
        }
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::IM_A_TEAPOT);
        let body = if self.cut { broken_off(self.body) } else { Body::from(self.body) };
        (status, headers, body).into_response()
    }
}

/// The text, a moment, and then the end of the connection in place of the rest.
fn broken_off(text: String) -> Body {
    Body::from_stream(stream::unfold(Some(text), |text| async move {
        let part: io::Result<Bytes> = match text {
            Some(text) => return Some((Ok(Bytes::from(text)), None)),
            None => Err(io::ErrorKind::ConnectionAborted.into()),
        };
        tokio::time::sleep(Duration::from_millis(100)).await;
        Some((part, None))
    }))
}
