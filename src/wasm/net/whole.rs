//! Requests whose whole answer is wanted at once.

use wasm_bindgen::JsValue;

use super::attempt::{Attempt, KEPT_BYTES, reader_of};
use unstuck_diagnose::{Failure, Headers, Limit};
use unstuck_source::Request;

/// Sends a request whose whole answer is wanted at once: its text, or what was seen of the failure.
pub(crate) async fn fetch_text(request: &Request, timeout_ms: u64) -> Result<String, Box<Failure>> {
    fetch_whole(request, timeout_ms).await.map(|(text, _)| text)
}

/// As [`fetch_text`], with the headers of the answer.
pub(crate) async fn fetch_whole(
    request: &Request,
    timeout_ms: u64,
) -> Result<(String, Headers), Box<Failure>> {
    let mut attempt =
        Attempt::new(request, 1, timeout_ms, timeout_ms).map_err(|_| Box::default())?;
    match attempt.whole(request).await {
        Ok(text) => Ok((text, attempt.failure.headers)),
        Err(thrown) => Err(Box::new(attempt.into_failure(thrown).await)),
    }
}

impl Attempt {
    async fn whole(&mut self, request: &Request) -> Result<String, JsValue> {
        let response = self.send(request).await?;
        let body = reader_of(&response)?;
        let most = if response.ok() { Limit::Event.bytes() } else { KEPT_BYTES };
        self.read_rest(&body, most).await?;
        if response.ok() {
            Ok(String::from_utf8_lossy(&self.kept).into_owned())
        } else {
            Err(JsValue::NULL)
        }
    }
}
