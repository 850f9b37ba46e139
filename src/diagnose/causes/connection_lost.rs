//! The connection was made and then reset or closed before any answer: a flaky line, a VPN that changed, a firewall that
//! cuts idle connections, a server that fell over. Whether the request was processed is not known.

use super::{CauseRule, Pattern, code, hint, strong, usual};
use crate::{ActionKind, Cause, When};

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
    strong("socket hang up"),
    strong("broken pipe"),
    strong("connection reset by peer"),
    strong("connection reset"),
    strong("connection was reset"),
    strong("connection aborted"),
    strong("connection was aborted"),
    strong("connection closed unexpectedly"),
    strong("connection closed before"),
    strong("connection was forcibly closed"),
    strong("forcibly closed by the remote host"),
    usual("other side closed"),
    strong("remote end closed connection without response"),
    strong("remotedisconnected"),
    strong("server disconnected without sending a response"),
    strong("server disconnected"),
    strong("empty reply from server"),
    strong("empty response from server"),
    strong("network connection was lost"),
    strong("network connection lost"),
    strong("lost connection to the server"),
    strong("os error 10054"),
    strong("os error 10053"),
    strong("os error 104"),
    strong("winerror 10054"),
    strong("winerror 10053"),
    strong("errno 104"),
    strong("client network socket disconnected"),
    strong("远程主机强迫关闭了一个现有的连接"),
    strong("软件中止了一个已建立的连接"),
    strong("连接被重置"),
    strong("连接已重置"),
    strong("連線被重設"),
    strong("接続がリセット"),
    strong("연결이 재설정"),
    strong("vorhandene verbindung wurde vom remotehost geschlossen"),
    strong("verbindung wurde zurückgesetzt"),
    strong("connexion existante a dû être fermée"),
    strong("forzado la interrupción de una conexión"),
    strong("conexão existente foi forçado"),
    strong("удаленный хост принудительно разорвал"),
    strong("连接已关闭"),
    strong("连接被关闭"),
    strong("连接已断开"),
    strong("連線已中斷"),
    strong("соединение разорвано"),
    strong("соединение закрыто"),
    hint("connection lost"),
    hint("disconnected"),
    hint("reset by"),
    hint("断开连接"),
    hint("連線中斷"),
    hint("接続が切断"),
    hint("연결이 끊"),
    hint("getrennt"),
    hint("déconnecté"),
    hint("desconectado"),
    hint("разорвано"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn resets_in_every_runtime() {
        check(
            Cause::ConnectionLost,
            &[
                ("other", 0, "read ECONNRESET"),
                (
                    "other",
                    0,
                    "('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))",
                ),
                ("other", 0, "curl: (52) Empty reply from server"),
            ],
        );
    }

    #[test]
    fn windows_reports_a_reset_in_translation() {
        check(
            Cause::ConnectionLost,
            &[
                ("other", 0, "远程主机强迫关闭了一个现有的连接。 (os error 10054)"),
                (
                    "other",
                    0,
                    "Eine vorhandene Verbindung wurde vom Remotehost geschlossen. (os error 10054)",
                ),
            ],
        );
    }
}
