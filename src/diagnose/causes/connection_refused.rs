//! Somebody's machine is there, but nothing accepts connections at that port: the model server is not started, or the
//! address has the wrong port. Nothing was sent.

use super::{CauseRule, Pattern, code, hint, strong};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ConnectionRefused,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::OpenSettings,
        ActionKind::OpenGuide,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("check if ollama is running"),
    code("econnrefused"),
    strong("connection refused"),
    strong("connect: connection refused"),
    strong("actively refused it"),
    strong("os error 10061"),
    strong("os error 111"),
    strong("winerror 10061"),
    strong("errno 111"),
    strong("errno 61"),
    strong("refused to connect"),
    strong("failed to connect to localhost"),
    strong("failed to connect to 127.0.0.1"),
    strong("could not connect to ollama"),
    strong("failed to connect to ollama"),
    strong("unable to connect to ollama"),
    strong("ollama is not running"),
    strong("is ollama running"),
    strong("ollama service unavailable"),
    strong("ollama 服务不可用"),
    strong("ollama call failed"),
    strong("lm studio is not running"),
    strong("由于目标计算机积极拒绝"),
    strong("目标计算机积极拒绝"),
    strong("連線被拒絕"),
    strong("连接被拒绝"),
    strong("接続が拒否"),
    strong("연결이 거부"),
    strong("verbindung verweigert"),
    strong("verbindung abgelehnt"),
    strong("verbindung*abgelehnt"),
    strong("zielcomputer die verbindung verweigerte"),
    strong("connexion refusée"),
    strong("conexión rechazada"),
    strong("conexão recusada"),
    strong("connessione rifiutata"),
    strong("в соединении отказано"),
    strong("отверг запрос на подключение"),
    strong("połączenie odrzucone"),
    strong("ollama 服务连接失败"),
    strong("make sure ollama is running"),
    hint("refused"),
    hint("econnref"),
    hint("拒绝连接"),
    hint("拒绝了我们的连接"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn nothing_listens() {
        check(
            Cause::ConnectionRefused,
            &[
                ("ollama", 0, "connect ECONNREFUSED 127.0.0.1:11434"),
                ("ollama", 0, "Failed to connect to Ollama. Is Ollama running?"),
            ],
        );
    }

    #[test]
    fn german_refuses_in_two_words() {
        let texts =
            ["Verbindung abgelehnt", "Die Verbindung wurde abgelehnt", "Verbindung verweigert"];
        check(Cause::ConnectionRefused, &texts.map(|text| ("other", 0, text)));
    }

    #[test]
    fn windows_reports_a_refusal_in_translation() {
        check(
            Cause::ConnectionRefused,
            &[
                ("other", 0, "由于目标计算机积极拒绝，无法连接。 (os error 10061)"),
                (
                    "other",
                    0,
                    "[WinError 10061] No connection could be made because the target machine actively refused it",
                ),
            ],
        );
    }
}
