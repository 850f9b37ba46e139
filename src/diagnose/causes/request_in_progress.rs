//! The service takes one request at a time from this account, and another is still running: in another tab, or one that
//! looked lost and goes on. It is free again when that one has ended.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, When,
    text::concept::{ANSWER, MESSAGE, OPERATION, OUTPUT, REQUEST, RUNNING},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::RequestInProgress,
    retry: When::Backoff,
    actions: &[ActionKind::Retry, ActionKind::OpenSite, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("还在处理中"),
    strong("请等待上一个"),
    strong("wait for the current"),
    strong("conversation is locked"),
    code("concurrent"),
    code("request_in_progress"),
];

pub(super) const MEANINGS: &[ConceptRule] =
    &[all(&[RUNNING, REQUEST | OPERATION | MESSAGE | ANSWER | OUTPUT])];

examples! {
    one_at_a_time: RequestInProgress [
        (
                    "chatgpt-web",
                    0,
                    r#"{"detail":"Only one message at a time. Please allow any other responses to complete before sending another message, or wait one minute."}"#,
                ),
                ("other", 409, "A request is already in progress for this conversation"),
    ]
    in_another_language: RequestInProgress [
        ("other", 0, "请等待上一个请求完成"), ("other", 0, "上一条消息还在处理中，请稍候")
    ]
}
