//! The answer began and was cut before its end mark. What arrived is kept; the rest can be asked for. A program does not
//! repeat it by itself once somebody has read the beginning.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{ANSWER, CLOSED, FAILED, OUTPUT, STREAM},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::StreamInterrupted,
    retry: When::Backoff,
    actions: &[
        ActionKind::Continue,
        ActionKind::Retry,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("incompleteread"),
    strong("peer closed connection without sending complete message body"),
    strong("response payload is not completed"),
    strong("premature close"),
    code("err_stream_premature_close"),
    strong("unexpected end of file"),
    strong("error occurred while streaming"),
    strong("incomplete json segment"),
    strong("response stopped unexpectedly"),
    strong("generation was interrupted"),
    strong("error decoding response body"),
    strong("request or response body error"),
];

pub(super) const MEANINGS: &[ConceptRule] =
    &[all(&[STREAM | ANSWER | OUTPUT, CLOSED]), all(&[STREAM, FAILED]).fair()];

examples! {
    an_end_that_came_too_soon: StreamInterrupted [
        ("browser", 0, "TypeError: Error in input stream"),
                (
                    "other",
                    0,
                    "httpx.RemoteProtocolError: peer closed connection without sending complete message body (incomplete chunked read)",
                ),
                (
                    "other",
                    0,
                    "Response payload is not completed: <TransferEncodingError: 400, message='Not enough data to satisfy transfer length header.'>. ConnectionResetError(104, 'Connection reset by peer')",
                ),
                (
                    "other",
                    0,
                    "stream disconnected before completion: stream closed before response.completed",
                ),
    ]
    clients_report_it_in_translation: ConnectionLost [
        ("other", 0, "Die Verbindung zum Server wurde unerwartet unterbrochen"),
                ("other", 0, "サーバーへの接続が予期せず中断されました"),
    ]
}

#[cfg(test)]
mod tests {
    use crate::{Cause, Failure, Stage, classify, failure::Received};

    #[test]
    fn lost_connection_cuts_a_begun_answer() {
        let lost = Failure::from_message("terminated: other side closed: UND_ERR_SOCKET");
        assert_eq!(classify(&lost).cause, Cause::ConnectionLost);
        let stream = Some(Received { chars: 17, ended: false });
        let cut = Failure { stage: Some(Stage::Stream), stream, ..lost };
        assert_eq!(classify(&cut).cause, Cause::StreamInterrupted);
    }
}
