//! The address cannot be requested: it is no URL, its scheme or port is not allowed, or it redirects in circles. It is in
//! this source's settings.

use super::{CauseRule, Pattern, code, fair, hint, strong};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::BadAddress,
    retry: When::AfterFix,
    actions: &[ActionKind::OpenSettings, ActionKind::CheckAgain, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("端點網址無效"),
    strong("网址无效"),
    strong("網址無效"),
    strong("端点网址"),
    strong("url des * ungültig"),
    strong("url конечной точки"),
    strong("url * недействителен"),
    strong("url이 올바르지"),
    strong("url * 올바르지"),
    strong("url * geçersiz"),
    strong("url * invalide"),
    strong("url * n'est pas valide"),
    strong("url * no es válid"),
    strong("url * inválid"),
    strong("url * 無効"),
    strong("url * 无效"),
    strong("url * 無效"),
    strong("please make sure your url is correct"),
    strong("invalid url"),
    strong("url is invalid"),
    strong("is not a valid url"),
    strong("not a valid url"),
    strong("failed to parse url"),
    strong("unsupported protocol scheme"),
    strong("unsupported url scheme"),
    strong("url scheme"),
    strong("no scheme supplied"),
    strong("missingschema"),
    strong("invalidschema"),
    strong("invalid api endpoint"),
    strong("endpoint url is invalid"),
    strong("invalid base url"),
    strong("invalid baseurl"),
    strong("base url is invalid"),
    strong("invalid endpoint url"),
    strong("unsafe port"),
    strong("unsafe_port"),
    strong("bad port"),
    strong("too many redirects"),
    strong("redirect loop"),
    strong("redirects to itself"),
    strong("redirected to itself"),
    strong("exceeded * redirects"),
    strong("stopped after * redirects"),
    strong("maximum * redirects"),
    strong("isn't redirecting properly"),
    strong("redirected you too many times"),
    strong("maximum redirect reached"),
    strong("redirect count exceeded"),
    strong("load cannot follow more than 20 redirections"),
    strong("relative url without a base"),
    strong("builder error"),
    strong("nonnumeric port"),
    strong("request url is missing"),
    strong("url malformed"),
    strong("invalid_api_endpoint"),
    code("err_invalid_url"),
    code("err_unsafe_port"),
    code("err_too_many_redirects"),
    code("err_fr_too_many_redirects"),
    strong("无效的 url"),
    strong("无效的url"),
    strong("地址无效"),
    strong("地址格式"),
    strong("端点 url 无效"),
    strong("端點 url 無效"),
    strong("url が無効"),
    strong("url이 잘못"),
    strong("url이 유효하지"),
    strong("url ist ungültig"),
    strong("-url ist ungültig"),
    strong("url invalide"),
    strong("n'est pas valide"),
    strong("url no válida"),
    strong("url * no es válida"),
    strong("url * é inválid"),
    strong("url * non è valid"),
    strong("недопустимый url"),
    strong("url * недопустим"),
    strong("неверный url"),
    fair("недействителен"),
    strong("url'si geçersiz"),
    strong("url * tidak valid"),
    hint("url"),
    hint("redirect"),
    hint("重定向"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn no_address_at_all() {
        check(
            Cause::BadAddress,
            &[
                ("other", 0, "TypeError: Failed to parse URL from localhost11434/v1"),
                ("other", 0, "The configured API endpoint URL is invalid."),
                (
                    "other",
                    0,
                    "requests.exceptions.MissingSchema: Invalid URL 'api': No scheme supplied.",
                ),
            ],
        );
    }

    #[test]
    fn an_address_that_leads_in_circles() {
        check(
            Cause::BadAddress,
            &[
                ("other", 0, "Maximum redirect reached at: https://a.example"),
                ("other", 0, "too many redirects"),
                ("other", 0, "requests.exceptions.TooManyRedirects: Exceeded 30 redirects."),
                ("other", 0, "Post \"https://a.example/v1\": stopped after 10 redirects"),
                ("other", 0, "curl: (47) Maximum (50) redirects followed"),
                ("other", 0, "The page isn't redirecting properly"),
                ("other", 0, "The source redirects to itself"),
            ],
        );
    }
}
