//! The path or resource does not exist at that address: a base URL with a wrong or doubled version, a conversation that was
//! deleted, an API that this server does not have. The address is in this source's settings.

use super::{CauseRule, Pattern, code, hint, strong, vague};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::EndpointNotFound,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenSettings,
        ActionKind::CheckAgain,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("cannot find the page or resource"),
    code("unknown_url"),
    code("conversation_not_found"),
    code("history_disabled_conversation_not_found"),
    code("url.not_found"),
    code("route_not_found"),
    vague("not_found"),
    vague("not_found_error"),
    strong("invalid url ("),
    strong("404 page not found"),
    strong("page not found"),
    strong("no route for that uri"),
    strong("no route matched"),
    strong("route not found"),
    strong("route post:"),
    strong("cannot post /"),
    strong("cannot get /"),
    strong("unknown endpoint"),
    strong("unexpected endpoint"),
    strong("endpoint not found"),
    strong("unknown request url"),
    strong("not found on this server"),
    strong("the requested url"),
    strong("resource not found"),
    strong("no such route"),
    strong("method not allowed"),
    strong("unsupported method"),
    strong("path not found"),
    strong("no handler found"),
    strong("conversation not found"),
    strong("conversation * not found"),
    strong("can't load conversation"),
    strong("unable to load conversation"),
    strong("nosuchkey"),
    strong("not provided by upstream"),
    strong("endpoint 'v1/"),
    strong("deployment_not_found"),
    strong("the deployment could not be found"),
    strong("wrong_base_url"),
    strong("wrong base url"),
    strong("<title>404"),
    strong("接口不存在"),
    strong("接口地址"),
    strong("路径不存在"),
    strong("页面不存在"),
    strong("会话不存在"),
    strong("未找到资源"),
    strong("找不到接口"),
    strong("找不到資源"),
    strong("请求方法不被允许"),
    strong("会話が見つかりません"),
    strong("ページが見つかりません"),
    strong("페이지를 찾을 수 없"),
    strong("seite nicht gefunden"),
    strong("page introuvable"),
    strong("página no encontrada"),
    strong("página não encontrada"),
    strong("pagina non trovata"),
    strong("страница не найдена"),
    strong("地址不存在"),
    strong("请求路径错误"),
    hint("not found"),
    hint("404"),
    hint("未找到"),
    hint("找不到"),
    hint("見つかりません"),
    hint("찾을 수 없"),
    hint("nicht gefunden"),
    hint("introuvable"),
    hint("no encontrado"),
    hint("não encontrad"),
    hint("non trovat"),
    hint("не найден"),
    hint("nie znaleziono"),
    hint("bulunamadı"),
    hint("tidak ditemukan"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn no_such_path_at_this_address() {
        check(
            Cause::EndpointNotFound,
            &[
                (
                    "openai",
                    404,
                    r#"{"error":{"message":"Invalid URL (POST /v1/v1/chat/completions)","type":"invalid_request_error","param":null,"code":null}}"#,
                ),
                ("ollama", 404, "404 page not found"),
                (
                    "anthropic",
                    404,
                    r#"{"type":"error","error":{"type":"not_found_error","message":"Not Found"}}"#,
                ),
            ],
        );
    }

    #[test]
    fn html_page_instead_of_api() {
        check(
            Cause::EndpointNotFound,
            &[
                (
                    "gemini",
                    404,
                    r#"<!DOCTYPE html>
<html lang=en><title>Error 404 (Not Found)!!1</title><p>The requested URL <code>/v1beta/model/x</code> was not found on this server."#,
                ),
                ("chatgpt-web", 404, ""),
                ("openai", 405, ""),
            ],
        );
    }
}
