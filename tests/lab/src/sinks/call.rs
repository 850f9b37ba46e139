//! A call to a receiver, its answer, and what the receiver remembers.

use std::collections::BTreeMap;

use axum::http::request::Parts;
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};

/// A POST that came.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: Bytes,
    pub(super) at_ms: u64,
}

impl Call {
    pub(super) fn new(head: &Parts, path: String, body: Bytes, at_ms: u64) -> Self {
        let headers = head.headers.iter();
        let headers = headers
            .map(|(name, value)| {
                (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into())
            })
            .collect();
        Self { method: head.method.to_string(), path, headers, body, at_ms }
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The body as text, what is no UTF-8 replaced.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub(super) fn json(&self) -> Option<Value> {
        let is_json = self.header("content-type").starts_with("application/json");
        serde_json::from_slice(&self.body).ok().filter(|_| is_json)
    }
}

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: String,
    pub(super) retry_after: Option<u64>,
}

impl Reply {
    pub(super) fn text(status: u16, body: &str) -> Self {
        Self { status, body: body.to_owned(), retry_after: None }
    }

    pub(super) fn json(status: u16, body: &Value) -> Self {
        Self::text(status, &body.to_string())
    }

    pub(super) fn wait(seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..Self::text(429, "rate_limited") }
    }
}

/// What a receiver remembers.
#[derive(Debug, Default, Serialize)]
pub(super) struct Memory {
    /// Every call, oldest first.
    received: Vec<Value>,
    /// What the receiver would show: incidents, records, series.
    pub(super) shown: BTreeMap<String, Value>,
    /// What it took and dropped without a word.
    pub(super) dropped: u64,
    /// When it took something last, for its rate; newest last.
    #[serde(skip)]
    pub(super) taken_ms: Vec<u64>,
}

impl Memory {
    /// Whether more than `most` calls came within a second; counts this one if not.
    pub(super) fn is_too_fast(&mut self, at_ms: u64, most: usize) -> bool {
        self.taken_ms.retain(|taken| at_ms.saturating_sub(*taken) < 1000);
        let is_full = self.taken_ms.len() >= most;
        if !is_full {
            self.taken_ms.push(at_ms);
        }
        is_full
    }

    pub(super) fn note(&mut self, call: &Call, reply: &Reply, trouble: Option<&str>) {
        let text = call.text();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        self.received.push(json!({
            "at_ms": call.at_ms, "path": call.path, "headers": call.headers, "bytes": call.body.len(),
            "body": body, "status": reply.status, "trouble": trouble,
        }));
    }
}
