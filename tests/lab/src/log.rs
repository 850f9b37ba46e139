//! What the provider was asked: enough to count duplicates and early calls, never a key.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use serde::Serialize;
use serde_json::Value;

use crate::state::lock;

/// The oldest calls are forgotten beyond this many.
const KEPT: usize = 10_000;

/// One API call as it arrived and how it was answered.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Entry {
    /// Counts up from 1 over the whole run.
    pub(crate) serial: u64,
    /// Arrival, in milliseconds since 1970.
    pub(crate) at_ms: u64,
    pub(crate) method: String,
    /// The path without a `/fault/NAME` prefix.
    pub(crate) path: String,
    /// The fault that was played, if any.
    pub(crate) fault: Option<&'static str>,
    /// `none`, `accepted` or `refused`; the key itself is never kept.
    pub(crate) key: &'static str,
    pub(crate) origin: Option<String>,
    pub(crate) body_bytes: usize,
    pub(crate) body_sha256: String,
    pub(crate) model: Option<String>,
    pub(crate) stream: bool,
    pub(crate) messages: Option<Value>,
    /// Status of a reply that went through HTTP; scripted connections have none.
    pub(crate) status: Option<u16>,
    /// Whether the last byte of the reply was handed to the connection.
    pub(crate) answered: bool,
}

/// All API calls of this run, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<VecDeque<Entry>>>);

impl Log {
    /// Keeps a call at its arrival.
    pub(crate) fn open(&self, entry: Entry) {
        let mut entries = lock(&self.0);
        if entries.len() == KEPT {
            entries.pop_front();
        }
        entries.push_back(entry);
    }

    /// Notes the reply's status now, and its end when the connection has taken all of it.
    pub(crate) fn follow(&self, serial: u64, response: Response) -> Response {
        let status = response.status().as_u16();
        self.change(serial, |entry| entry.status = Some(status));
        let log = self.clone();
        response.map(|inner| Body::new(Followed { inner, log, serial }))
    }

    /// Every call kept, oldest first.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        lock(&self.0).iter().cloned().collect()
    }

    /// Forgets all calls.
    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }

    fn change(&self, serial: u64, change: impl FnOnce(&mut Entry)) {
        let mut entries = lock(&self.0);
        if let Some(entry) = entries.iter_mut().rev().find(|entry| entry.serial == serial) {
            change(entry);
        }
    }
}

/// A body that reports to the log when its end was reached.
struct Followed {
    inner: Body,
    log: Log,
    serial: u64,
}

impl http_body::Body for Followed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let frame = Pin::new(&mut self.inner).poll_frame(context);
        let ended = matches!(frame, Poll::Ready(None))
            || matches!(frame, Poll::Ready(Some(Ok(_))) if self.inner.is_end_stream());
        if ended {
            self.log.change(self.serial, |entry| entry.answered = true);
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
