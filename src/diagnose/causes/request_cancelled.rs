//! Somebody stopped it: the person pressed stop, left the page or closed the tab, or the program took the call back. It is
//! no failure, and nothing is repeated unasked.

use super::{CauseRule, Pattern, code, hint, leaf, strong};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::RequestCancelled,
    retry: When::Never,
    actions: &[ActionKind::Retry, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("operation was aborted"),
    strong("operation was canceled"),
    strong("operation was cancelled"),
    strong("user aborted a request"),
    strong("user aborted"),
    strong("request was aborted"),
    strong("request aborted"),
    strong("request cancelled"),
    strong("request canceled"),
    strong("request was cancelled"),
    strong("request was canceled"),
    strong("cancelled by user"),
    strong("canceled by user"),
    strong("cancelled by the user"),
    strong("canceled by the user"),
    strong("stopped by user"),
    strong("stopped by the user"),
    strong("interrupted by user"),
    strong("aborted by user"),
    strong("the user cancelled"),
    strong("aborterror"),
    strong("apiuseraborterror"),
    strong("cancelederror"),
    strong("bodystreambuffer was aborted"),
    strong("context canceled"),
    strong("generation stopped"),
    strong("generation aborted"),
    strong("asyncio.cancellederror"),
    leaf("cancelled"),
    code("err_canceled"),
    strong("用户取消"),
    strong("请求已取消"),
    strong("已取消请求"),
    strong("已停止生成"),
    strong("用户中止"),
    strong("キャンセルされました"),
    strong("중단되었습니다"),
    strong("abgebrochen"),
    strong("annulé par l'utilisateur"),
    strong("cancelado por el usuario"),
    strong("отменено пользователем"),
    strong("запрос отменён"),
    strong("typeerror: cancelled"),
    hint("aborted"),
    hint("canceled"),
    hint("abort"),
    hint("取消"),
    hint("キャンセル"),
    hint("취소"),
    hint("отменен"),
    hint("отменён"),
    hint("annulé"),
    hint("cancelado"),
    hint("annullat"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn a_stop_is_no_failure() {
        check(
            Cause::RequestCancelled,
            &[
                ("browser", 0, "AbortError: This operation was aborted"),
                ("openai", 0, "Request was aborted."),
                (
                    "gemini",
                    499,
                    r#"{"error":{"code":499,"message":"The operation was cancelled.","status":"CANCELLED"}}"#,
                ),
            ],
        );
    }

    #[test]
    fn in_another_language() {
        check(
            Cause::RequestCancelled,
            &[("other", 0, "用户取消了请求"), ("other", 0, "Запрос отменён")],
        );
    }
}
