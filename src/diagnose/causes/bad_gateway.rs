//! A gateway in front of the service got no usable answer from it. It usually passes; the status page tells when it does
//! not.

use super::{CauseRule, Pattern, code, hint, strong, usual, vague};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::BadGateway,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::OpenStatus,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    code("bad_gateway"),
    strong("bad gateway"),
    strong("upstream connect error"),
    strong("upstream prematurely closed"),
    strong("invalid response from upstream"),
    strong("invalid response from an upstream"),
    strong("invalid response was received from the upstream"),
    strong("no response from upstream"),
    strong("上游服务返回"),
    hint("upstream request failed"),
    strong("error from upstream"),
    strong("upstream returned"),
    usual("upstream error"),
    strong("upstream server error"),
    vague("upstream_error"),
    vague("bad_response_status_code"),
    hint("bad response status code"),
    code("do_request_failed"),
    strong("do request failed"),
    strong("error reaching upstream"),
    strong("http 502"),
    strong("error code: 502"),
    strong("错误的网关"),
    strong("網關錯誤"),
    strong("网关错误"),
    strong("上游返回"),
    strong("上游错误"),
    strong("不正なゲートウェイ"),
    strong("잘못된 게이트웨이"),
    strong("fehlerhaftes gateway"),
    strong("mauvaise passerelle"),
    strong("passerelle incorrecte"),
    strong("puerta de enlace incorrecta"),
    strong("gateway inválido"),
    strong("шлюз"),
    hint("gateway"),
    hint("upstream"),
    hint("网关"),
    hint("ゲートウェイ"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn a_gateway_speaks_for_itself() {
        check(
            Cause::BadGateway,
            &[
                (
                    "openai",
                    502,
                    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center><hr><center>cloudflare</center></body></html>",
                ),
                ("openai", 502, "[OpenAI] 错误的网关 |  Bad Gateway"),
            ],
        );
    }

    #[test]
    fn even_without_a_page() {
        check(Cause::BadGateway, &[("openai", 502, ""), ("other", 0, "error code: 502")]);
    }
}
