//! The machine has no network at all: Wi-Fi off, cable out, flight mode. The browser knows it for certain when it
//! refuses to try (`ERR_INTERNET_DISCONNECTED`); programs and phones say so in their own words. Nothing was sent, so the
//! call is repeated by itself as soon as the network is back.

use super::{CauseRule, Pattern, code, fair, hint, strong};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::Offline,
    retry: When::Online,
    actions: &[ActionKind::Retry, ActionKind::CheckAgain, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("the internet connection appears to be offline"),
    strong("you are offline"),
    strong("you're offline"),
    strong("you appear to be offline"),
    strong("you seem to be offline"),
    strong("no internet connection"),
    strong("no network connection"),
    strong("not connected to the internet"),
    fair("internet disconnected"),
    code("enetdown"),
    strong("network is down"),
    strong("无网络连接"),
    strong("没有网络"),
    strong("网络已断开"),
    strong("當前沒有網路"),
    strong("インターネットに接続されていません"),
    strong("オフライン"),
    strong("인터넷에 연결되어 있지 않"),
    strong("인터넷 연결이 끊"),
    strong("keine internetverbindung"),
    strong("pas de connexion internet"),
    strong("sin conexión a internet"),
    strong("no hay conexión a internet"),
    strong("sem conexão com a internet"),
    strong("nessuna connessione a internet"),
    strong("нет подключения к интернету"),
    strong("нет соединения с интернетом"),
    strong("brak połączenia z internetem"),
    strong("internet bağlantısı yok"),
    strong("tidak ada koneksi internet"),
    strong("geen internetverbinding"),
    strong("ingen internetanslutning"),
    strong("nincs internetkapcsolat"),
    strong("không có kết nối internet"),
    hint("offline"),
    hint("ohne internet"),
    hint("no internet"),
    hint("without internet"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn nobody_is_online_without_a_network() {
        check(
            Cause::Offline,
            &[
                ("browser", 0, "The Internet connection appears to be offline."),
                ("other", 0, "connect ENETDOWN 10.0.0.1:443"),
            ],
        );
    }

    #[test]
    fn other_languages_say_it_too() {
        check(
            Cause::Offline,
            &[("openai", 0, "Keine Internetverbindung"), ("other", 0, "无网络连接，请检查后重试")],
        );
    }
}
