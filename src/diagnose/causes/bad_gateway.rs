//! A gateway in front of the service got no usable answer from it. It usually passes; the status page tells when it does
//! not.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong, vague};
use crate::{
    ActionKind, Cause, When,
    text::concept::{FAILED, GATEWAY, INVALID},
};

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
    strong("上游服务返回"),
    code("bad_gateway"),
    strong("upstream prematurely closed"),
    vague("upstream_error"),
    vague("bad_response_status_code"),
    code("do_request_failed"),
    strong("do request failed"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[all(&[GATEWAY, INVALID | FAILED])];

examples! {
    a_gateway_speaks_for_itself: BadGateway [
        (
                    "openai",
                    502,
                    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center><hr><center>cloudflare</center></body></html>",
                ),
                ("openai", 502, "[OpenAI] 错误的网关 |  Bad Gateway"),
    ]
    even_without_a_page: BadGateway [
        ("openai", 502, ""), ("other", 0, "error code: 502")
    ]
}
