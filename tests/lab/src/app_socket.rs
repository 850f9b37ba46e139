//! The WebSocket of a web app: an answer to each question, or the end that a test wishes for.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};

use crate::apps::Wish;
use crate::state::{Lab, lock};

/// Answers what is asked at this path, until the socket is closed.
pub(crate) async fn serve(mut socket: WebSocket, lab: Arc<Lab>, path: String) {
    let wished = || lock(&lab.apps).get(&path).cloned();
    if let Some(wish) = wished().filter(|wish| wish.at_once) {
        return end(socket, wish).await;
    }
    while let Some(Ok(Message::Text(_))) = socket.recv().await {
        match wished() {
            Some(wish) => return end(socket, wish).await,
            None => {
                if socket.send(Message::text("Gladly. See you at seven.")).await.is_err() {
                    return;
                }
            }
        }
    }
}

/// The wished part of an answer, a moment, and the end. A socket that is dropped is gone without a word.
async fn end(mut socket: WebSocket, wish: Wish) {
    if !wish.body.is_empty() {
        let _gone = socket.send(Message::text(wish.body)).await;
    }
    tokio::time::sleep(Duration::from_millis(wish.after_ms)).await;
    if let Some(code) = wish.close {
        let reason = Cow::from(wish.reason).as_ref().into();
        let _gone = socket.send(Message::Close(Some(CloseFrame { code, reason }))).await;
        // The other side closes in turn.
        while let Some(Ok(_)) = socket.recv().await {}
    }
}
