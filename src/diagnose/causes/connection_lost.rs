//! The connection was made and then reset or closed before any answer: a flaky line, a VPN that changed, a firewall that
//! cuts idle connections, a server that fell over. Whether the request was processed is not known.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        ACCOUNT, CANCELLED, CLOSED, CONNECTION, DATA, EMPTY, INVALID, NAMED, NOT, PIPE, SENT,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ConnectionLost,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::CheckAgain,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    code("econnreset"),
    code("econnaborted"),
    code("epipe"),
    code("enotconn"),
    code("und_err_socket"),
    strong("remotedisconnected"),
    strong("other side closed"),
    strong("empty reply from server"),
    strong("empty response from server"),
    strong("os error 10054"),
    strong("os error 10053"),
    strong("os error 104"),
    strong("winerror 10054"),
    strong("winerror 10053"),
    strong("errno 104"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[CONNECTION, CLOSED]),
    all(&[CONNECTION, CANCELLED]).unless(ACCOUNT),
    all(&[EMPTY | NOT, SENT, DATA]).fair(),
    all(&[PIPE, CLOSED | INVALID]),
    all(&[NAMED, EMPTY | NOT, DATA | SENT]).usual(),
];

examples! {
    resets_in_every_runtime: ConnectionLost [
        ("other", 0, "read ECONNRESET"),
                (
                    "other",
                    0,
                    "('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))",
                ),
                ("other", 0, "curl: (52) Empty reply from server"),
                ("other", 0, "terminated: other side closed"),
    ]
    windows_reports_a_reset_in_translation: ConnectionLost [
        ("other", 0, "远程主机强迫关闭了一个现有的连接。 (os error 10054)"),
                (
                    "other",
                    0,
                    "Eine vorhandene Verbindung wurde vom Remotehost geschlossen. (os error 10054)",
                ),
    ]
}
