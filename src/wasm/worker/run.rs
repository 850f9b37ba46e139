//! One attempt of a call: its stream is fed to the engine as it arrives.

use js_sys::Date;
use wasm_bindgen::JsValue;
use web_sys::AbortController;

use super::Worker;
use crate::net::{
    attempt::{Attempt, KEPT_BYTES, reader_of},
    now_ms, resolved,
    timing::pause,
};
use unstuck_diagnose::Stage;
use unstuck_engine::{AttemptId, Event, Rules};
use unstuck_health::Allowance;
use unstuck_source::{Dialect, Piece, Reader, Request};

/// As much of a stream is read in one turn of the worker, in bytes: presses, other tabs and the popup wait no longer.
const TURN_BYTES: usize = 64 * 1024;

impl Worker {
    /// Stops an attempt, if it runs.
    pub(super) fn cancel(&self, attempt_id: AttemptId) {
        if let Some(controller) = self.forget(attempt_id) {
            controller.abort();
        }
    }

    fn forget(&self, attempt_id: AttemptId) -> Option<AbortController> {
        let mut running = self.0.running.borrow_mut();
        let index = running.iter().position(|(known, _)| *known == attempt_id)?;
        Some(running.swap_remove(index).1)
    }

    /// Sends the request and feeds the engine until the attempt has ended, failed or was cancelled.
    /// One that goes on from a part that had arrived, of so many bytes, may bring nothing more.
    pub(super) async fn run(
        &self,
        attempt_id: AttemptId,
        request: Request,
        dialect: Dialect,
        rules: Rules,
        begun: usize,
    ) {
        let Ok(mut attempt) =
            Attempt::new(&request, attempt_id.attempt, rules.first_byte_ms, rules.stall_ms)
        else {
            return;
        };
        self.0.running.borrow_mut().push((attempt_id, attempt.controller.clone()));
        let event = match attempt.answer(&request, dialect, (self, attempt_id), begun).await {
            Ok(tokens) => Event::Ended { attempt_id, tokens },
            Err(thrown) => {
                let failure = Box::new(attempt.into_failure(thrown).await);
                self.remember(attempt_id, &failure);
                Event::Failed { attempt_id, failure }
            }
        };
        self.forget(attempt_id);
        self.feed(event);
    }
}

impl Attempt {
    async fn answer(
        &mut self,
        request: &Request,
        dialect: Dialect,
        of: (&Worker, AttemptId),
        begun: usize,
    ) -> Result<Option<u64>, JsValue> {
        let response = self.send(request).await?;
        let (worker, attempt_id) = of;
        if let Some(allowance) = Allowance::told_by(&self.failure.headers, now_ms()) {
            worker.feed(Event::Allowed { attempt_id, allowance });
        }
        let body = reader_of(&response)?;
        if !response.ok() {
            self.read_rest(&body, KEPT_BYTES).await?;
            return Err(JsValue::NULL);
        }
        let kind = self.failure.header("content-type").unwrap_or_default();
        let mut reader = Reader::new(dialect, kind, begun);
        loop {
            let bytes = match self.read(&body, KEPT_BYTES).await {
                Ok(Some(bytes)) => bytes,
                Ok(None) => break,
                // Nothing was lost with the connection but the end mark.
                Err(_) if reader.has_stopped() => break,
                Err(thrown) => return Err(thrown),
            };
            for part in bytes.chunks(TURN_BYTES) {
                if self.take(reader.push(part), of, begun > 0)? {
                    return Ok(reader.tokens());
                }
                next_turn().await;
            }
        }
        if self.take(reader.close(), of, begun > 0)? {
            return Ok(reader.tokens());
        }
        Err(JsValue::NULL)
    }

    /// Takes what was read; true at the end of the answer.
    fn take(
        &mut self,
        pieces: Vec<Piece>,
        (worker, attempt_id): (&Worker, AttemptId),
        goes_on: bool,
    ) -> Result<bool, JsValue> {
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    self.chars += text.chars().count() as u64;
                    self.word_at = Date::now();
                    self.failure.stage = Some(Stage::Stream);
                    worker.feed(Event::Chunk { attempt_id, text });
                }
                // The rest of an answer may be empty, an answer may not.
                Piece::End if self.chars == 0 && !goes_on => {
                    self.empty = true;
                    return Err(JsValue::NULL);
                }
                Piece::End => return Ok(true),
                Piece::Excess(limit) => {
                    self.failure.limit = Some(limit);
                    self.controller.abort();
                    return Err(JsValue::NULL);
                }
                Piece::Unreadable(raw) => {
                    self.kept = raw.into_bytes();
                    self.controller.abort();
                    return Err(JsValue::NULL);
                }
                Piece::Error(raw) => {
                    self.kept = raw.into_bytes();
                    return Err(JsValue::NULL);
                }
            }
        }
        Ok(false)
    }
}

/// Lets everything that waits in the worker have its turn: what is read already would come before all of it.
async fn next_turn() {
    // It does not reject.
    let _ = resolved(pause(0)).await;
}
