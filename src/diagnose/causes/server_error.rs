//! The service failed inside: an exception, a bug, a store that did not answer. Nothing about the request explains it, and
//! it usually passes by itself.

use super::{CauseRule, Pattern, code, fair, hint, leaf, strong, usual, vague};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ServerError,
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
    code("internal_server_error"),
    code("internalserverexception"),
    code("internalservererror"),
    code("internal_error"),
    code("server_had_an_error"),
    code("serviceerror"),
    leaf("internal"),
    vague("server_error"),
    vague("api_error"),
    vague("internal_failure"),
    leaf("internalfailure"),
    leaf("internalerror"),
    strong("internal server error"),
    strong("internal error has occurred"),
    strong("internal error encountered"),
    strong("internal service error"),
    fair("internal error"),
    strong("server had an error"),
    strong("server error occurred"),
    strong("error while processing your request"),
    strong("error occurred while processing your request"),
    strong("error processing your request"),
    hint("something went wrong"),
    strong("something seems to have gone wrong"),
    strong("error was encountered while"),
    usual("an unexpected error"),
    strong("unexpected error occurred"),
    strong("unknown error in the model inference server"),
    strong("an error occurred in our servers"),
    strong("error generating a response"),
    strong("there was an error generating a response"),
    strong("llama runner process no longer running"),
    strong("worker threw exception"),
    strong("unhandled exception"),
    strong("nullpointerexception"),
    strong("traceback (most recent call last)"),
    strong("typeerror: cannot read propert"),
    usual("application error"),
    strong("function_invocation_failed"),
    strong("edge_function_invocation_failed"),
    strong("cudnn"),
    strong("cuda error"),
    strong("服务器内部错误"),
    strong("内部服务器错误"),
    strong("內部伺服器錯誤"),
    strong("伺服器內部錯誤"),
    strong("系统内部错误"),
    strong("服务内部错误"),
    strong("服务异常"),
    strong("系统异常"),
    strong("服务器错误"),
    strong("服务器出错"),
    strong("服务器异常"),
    strong("内部错误"),
    strong("サーバーエラー"),
    strong("サーバー エラー"),
    strong("内部エラー"),
    strong("서버 오류"),
    strong("서버 내부 오류"),
    strong("내부 서버 오류"),
    strong("interner serverfehler"),
    strong("serverfehler"),
    strong("erreur interne du serveur"),
    strong("erreur serveur"),
    strong("error interno del servidor"),
    strong("error del servidor"),
    strong("erro interno do servidor"),
    strong("erro no servidor"),
    strong("errore interno del server"),
    strong("errore del server"),
    strong("внутренняя ошибка сервера"),
    strong("ошибка сервера"),
    strong("błąd serwera"),
    strong("sunucu hatası"),
    strong("kesalahan server"),
    strong("szerverhiba"),
    strong("serverfel"),
    strong("erreur interne"),
    strong("erreur du serveur"),
    strong("error interno"),
    strong("erro interno"),
    strong("erro do servidor"),
    strong("errore interno"),
    strong("внутренняя ошибка"),
    strong("서버 에러"),
    strong("服务器内部"),
    strong("伺服器錯誤"),
    strong("伺服器內部"),
    strong("serverfout"),
    hint("exception"),
    hint("server error"),
    hint("crashed"),
    hint("内部"),
    hint("出错"),
    hint("サーバー"),
    hint("서버"),
    hint("serveur"),
    hint("servidor"),
    hint("сервер"),
    hint("sunucu"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn the_service_broke() {
        check(
            Cause::ServerError,
            &[
                (
                    "openai",
                    500,
                    r#"{"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"server_error","param":null,"code":null}}"#,
                ),
                (
                    "anthropic",
                    500,
                    r#"{"type":"error","error":{"type":"api_error","message":"Internal server error"}}"#,
                ),
                (
                    "gemini",
                    500,
                    r#"{"error":{"code":500,"message":"An internal error has occurred.","status":"INTERNAL"}}"#,
                ),
            ],
        );
    }

    /// An error in the stream may carry a type that its own status contradicts.
    #[test]
    fn stream_error_may_mislabel_its_type() {
        check(
            Cause::ServerError,
            &[
                (
                    "groq",
                    200,
                    r#"data: {"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"invalid_request_error","status_code":500}}

"#,
                ),
                ("other", 500, "InternalServerException: Internal Server Error"),
            ],
        );
    }
}
