//! Turns a reply of the catalogue into HTTP, with the headers of the machine it pretends to come from.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::{Draft, hex};
use crate::faults::{Knobs, Locus, Reply};
use crate::state::now_ms;

impl Reply {
    /// The reply to one call.
    pub(crate) fn respond(&self, draft: &Draft, path: &str, knobs: &Knobs) -> Response {
        let serial = draft.serial.to_string();
        let resets_at = (now_ms() / 1000 + 3 * 3600 + 42 * 60).to_string();
        let filled = |text: &str| {
            text.replace("{retry_after}", &knobs.retry_after())
                .replace("{resets_at}", &resets_at)
                .replace("{model}", &draft.model)
                .replace("{ray}", &ray(draft.serial))
                .replace("{serial}", &serial)
                .replace("{path}", path)
        };
        let mut headers = self.locus.headers(draft.serial);
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::try_from(filled(value)) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::IM_A_TEAPOT);
        (status, headers, Body::from(filled(self.body))).into_response()
    }
}

impl Locus {
    fn headers(self, serial: u64) -> HeaderMap {
        match self {
            Self::Api => {
                let mut headers = api_headers(serial);
                put(&mut headers, "content-type", "application/json");
                headers
            }
            Self::WebApp => {
                let mut headers = edge_headers(serial);
                put(&mut headers, "content-type", "application/json");
                headers
            }
            Self::Edge => {
                let mut headers = edge_headers(serial);
                put(&mut headers, "content-type", "text/html; charset=UTF-8");
                put(&mut headers, "cache-control", "private, max-age=0, no-store, no-cache");
                headers
            }
            Self::Gateway => {
                let mut headers = HeaderMap::new();
                put(&mut headers, "server", "nginx/1.24.0");
                put(&mut headers, "content-type", "text/html");
                headers
            }
            Self::Text => {
                let mut headers = HeaderMap::new();
                put(&mut headers, "content-type", "text/plain; charset=utf-8");
                headers
            }
        }
    }
}

/// The headers that come with every answer of the API.
pub(crate) fn api_headers(serial: u64) -> HeaderMap {
    let mut headers = edge_headers(serial);
    put(&mut headers, "openai-organization", "lab-org");
    put(&mut headers, "openai-processing-ms", &(180 + serial % 90).to_string());
    put(&mut headers, "openai-version", "2020-10-01");
    put(&mut headers, "x-request-id", &format!("req_{}", &digits("request", serial)[..32]));
    put(&mut headers, "x-ratelimit-limit-requests", "500");
    put(&mut headers, "x-ratelimit-remaining-requests", "499");
    put(&mut headers, "x-ratelimit-reset-requests", "120ms");
    headers
}

fn edge_headers(serial: u64) -> HeaderMap {
    let mut headers = HeaderMap::new();
    put(&mut headers, "server", "cloudflare");
    put(&mut headers, "cf-cache-status", "DYNAMIC");
    put(&mut headers, "cf-ray", &format!("{}-FRA", ray(serial)));
    put(&mut headers, "x-content-type-options", "nosniff");
    headers
}

fn ray(serial: u64) -> String {
    digits("ray", serial)[..16].to_owned()
}

fn digits(kind: &str, serial: u64) -> String {
    hex(&Sha256::digest(format!("{kind} {serial}")))
}

fn put(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
