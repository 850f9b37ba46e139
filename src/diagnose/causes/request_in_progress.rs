//! The service takes one request at a time from this account, and another is still running: in another tab, or one that
//! looked lost and goes on. It is free again when that one has ended.

use super::{CauseRule, Pattern, code, hint, strong, sure};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::RequestInProgress,
    retry: When::Backoff,
    actions: &[ActionKind::Retry, ActionKind::OpenSite, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    sure("only one message at a time"),
    strong("one message at a time"),
    strong("one request at a time"),
    strong("another request is in progress"),
    strong("request is already in progress"),
    strong("request already in progress"),
    strong("already processing"),
    strong("is already in progress"),
    strong("generation in progress"),
    strong("already generating"),
    strong("previous request is still"),
    strong("previous message is still"),
    strong("still processing the previous"),
    strong("still processing a previous"),
    strong("wait for the previous"),
    strong("wait for an active request"),
    strong("wait for the current"),
    strong("another conversation is in progress"),
    strong("please allow any other responses to complete"),
    strong("allow your previous message to"),
    strong("conversation is locked"),
    strong("conversation is busy"),
    strong("concurrent messages"),
    code("concurrent"),
    code("request_in_progress"),
    strong("上一条消息"),
    strong("上一个请求"),
    strong("正在回答"),
    strong("正在处理上"),
    strong("还在处理"),
    strong("請等待上一"),
    strong("正在进行中"),
    strong("已在进行"),
    strong("上一个请求*处理"),
    strong("处理中，请稍"),
    strong("処理中です"),
    strong("他のリクエスト"),
    strong("처리 중입니다"),
    strong("уже выполняется"),
    strong("bereits in bearbeitung"),
    strong("déjà en cours"),
    strong("ya está en curso"),
    hint("in progress"),
    hint("still running"),
    hint("still generating"),
    hint("another request"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn one_at_a_time() {
        check(
            Cause::RequestInProgress,
            &[
                (
                    "chatgpt-web",
                    0,
                    r#"{"detail":"Only one message at a time. Please allow any other responses to complete before sending another message, or wait one minute."}"#,
                ),
                ("other", 409, "A request is already in progress for this conversation"),
            ],
        );
    }

    #[test]
    fn in_another_language() {
        check(
            Cause::RequestInProgress,
            &[("other", 0, "请等待上一个请求完成"), ("other", 0, "上一条消息还在处理中，请稍候")],
        );
    }
}
