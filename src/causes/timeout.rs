//! No answer came in time. Connecting took too long, the first byte took too long, or the caller's own deadline passed.
//! From outside a slow service and a dropped packet look the same.

use super::{Needle, Room, code, hint, leaf, strong, sure, usual};
use crate::{ActionKind, Cause, When};

pub(super) static ROOM: Room = Room {
    cause: Cause::Timeout,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::CheckAgain,
        ActionKind::SwitchSource,
        ActionKind::OpenStatus,
        ActionKind::CopyReport,
    ],
    weigh: None,
};

pub(super) const NEEDLES: &[Needle] = &[
    strong("i/o timeout"),
    code("etimedout"),
    code("esockettimedout"),
    code("und_err_connect_timeout"),
    code("und_err_headers_timeout"),
    code("und_err_body_timeout"),
    strong("connect timeout error"),
    strong("headers timeout error"),
    strong("body timeout error"),
    strong("connection timed out"),
    strong("connection timeout"),
    strong("connection has timed out"),
    strong("connecttimeout"),
    strong("readtimeout"),
    strong("read timed out"),
    strong("read timeout"),
    strong("request timed out"),
    strong("request timeout"),
    strong("request has timed out"),
    strong("operation timed out"),
    strong("operation was timed out"),
    strong("operation was aborted due to timeout"),
    strong("operation has timed out"),
    strong("timeout of *ms exceeded"),
    strong("timed out after"),
    strong("timed out waiting for"),
    strong("timeout after"),
    strong("timeout exceeded"),
    strong("timeout awaiting"),
    strong("timeout was reached"),
    strong("apitimeouterror"),
    strong("apiconnectiontimeouterror"),
    strong("timeoutexception"),
    strong("context deadline exceeded"),
    strong("client.timeout exceeded"),
    strong("signal timed out"),
    strong("response timed out"),
    usual("timed out"),
    strong("took too long to respond"),
    usual("took too long"),
    strong("os error 10060"),
    strong("os error 110"),
    strong("winerror 10060"),
    strong("errno 110"),
    code("modeltimeoutexception"),
    leaf("request_timeout"),
    usual("timeout"),
    strong("without receiving any data"),
    strong("no response from the server"),
    strong("请求超时"),
    strong("连接超时"),
    strong("响应超时"),
    usual("超时"),
    strong("逾時"),
    strong("連接方在一段時間後沒有正確答覆"),
    strong("连接方在一段时间后没有正确答复"),
    strong("タイムアウト"),
    strong("시간 초과"),
    strong("시간이 초과"),
    strong("zeitüberschreitung"),
    strong("délai d'attente dépassé"),
    strong("délai dépassé"),
    sure("demande a expiré"),
    sure("requête a expiré"),
    sure("connexion a expiré"),
    strong("tiempo de espera agotado"),
    strong("se agotó el tiempo"),
    strong("tempo limite"),
    strong("tempo esgotado"),
    strong("timeout della richiesta"),
    strong("время ожидания истекло"),
    strong("превышено время ожидания"),
    strong("превышен таймаут"),
    strong("przekroczono limit czasu"),
    strong("zaman aşımı"),
    strong("waktu habis"),
    strong("időtúllépés"),
    strong("истекло время ожидания"),
    strong("too long to respond"),
    strong("taking too long"),
    strong("taking to long"),
    strong("responding too slowly"),
    strong("zu lange gedauert"),
    strong("zeitlimit"),
    strong("tardó demasiado"),
    strong("tarda demasiado"),
    strong("tiempo de espera"),
    strong("a expiré"),
    strong("délai d'attente"),
    strong("demorou demais"),
    strong("tempo scaduto"),
    strong("impiegato troppo"),
    strong("zaman aşım"),
    strong("превышено время"),
    strong("請求逾時"),
    strong("przekroczono czas"),
    strong("time-out van"),
    strong("did not respond in time"),
    strong("no response within"),
    strong("didn't respond in time"),
    hint("time out"),
    hint("timed-out"),
    hint("time-out"),
    hint("响应时间过长"),
    hint("délai"),
    hint("таймаут"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn every_clock_runs_out_in_its_own_words() {
        check(
            Cause::Timeout,
            &[
                ("openai", 0, "Request timed out."),
                ("other", 0, "ConnectTimeoutError: Connect Timeout Error"),
                (
                    "other",
                    0,
                    "HTTPSConnectionPool(host='api.openai.com', port=443): Read timed out. (read timeout=600)",
                ),
            ],
        );
    }

    #[test]
    fn a_timeout_of_the_model_is_one_too() {
        check(
            Cause::Timeout,
            &[
                (
                    "bedrock",
                    408,
                    r#"{"message":"Model processing timeout. The request took too long to process."}"#,
                ),
                ("other", 0, "请求超时，请重试"),
            ],
        );
    }
}
