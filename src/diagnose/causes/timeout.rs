//! No answer came in time. Connecting took too long, the first byte took too long, or the caller's own deadline passed.
//! From outside a slow service and a dropped packet look the same.

use super::{CauseRule, ConceptRule, Pattern, all, code, leaf, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        ANSWER, CERTIFICATE, CONNECTION, EXPIRED, HOST, LOAD, MODEL, NAMED, NOT, OPERATION, PAGE,
        REQUEST, SERVER, SERVICE, TIMED_OUT,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::Timeout,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::CheckAgain,
        ActionKind::SwitchSource,
        ActionKind::OpenStatus,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("took too long to load"),
    code("etimedout"),
    code("timedout"),
    code("esockettimedout"),
    code("und_err_connect_timeout"),
    code("und_err_headers_timeout"),
    code("und_err_body_timeout"),
    strong("connecttimeout"),
    strong("readtimeout"),
    strong("apitimeouterror"),
    strong("os error 10060"),
    strong("os error 110"),
    strong("winerror 10060"),
    strong("errno 110"),
    code("modeltimeoutexception"),
    leaf("request_timeout"),
    strong("taking to long"),
    strong("no response within"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[TIMED_OUT]),
    all(&[CONNECTION | REQUEST, EXPIRED]).usual().unless(CERTIFICATE),
    all(&[
        TIMED_OUT,
        ANSWER | CONNECTION | HOST | MODEL | NAMED | OPERATION | PAGE | REQUEST | SERVER | SERVICE,
    ]),
    all(&[HOST | MODEL | NAMED | PAGE | SERVER | SERVICE, NOT, ANSWER]).hint().unless(LOAD),
];

examples! {
    every_timeout_has_its_wording: Timeout [
        ("openai", 0, "Request timed out."),
                ("other", 0, "ConnectTimeoutError: Connect Timeout Error"),
                (
                    "other",
                    0,
                    "HTTPSConnectionPool(host='api.openai.com', port=443): Read timed out. (read timeout=600)",
                ),
    ]
    model_timeouts_count_too: Timeout [
        (
                    "bedrock",
                    408,
                    r#"{"message":"Model processing timeout. The request took too long to process."}"#,
                ),
                ("other", 0, "请求超时，请重试"),
    ]
}
