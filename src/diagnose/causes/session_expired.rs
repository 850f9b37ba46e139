//! A sign-in or token that was good has run out or was revoked. The web app has to be visited once, signed in again if it
//! asks; then the same ask goes through.

use super::{CauseRule, Pattern, code, hint, strong, sure, usual};
use crate::{
    ActionKind, Cause, When,
    classify::{ParsedFailure, Place, Scores},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::SessionExpired,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenLogin,
        ActionKind::Retry,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: Some(an_api_has_no_sessions),
};

pub(super) const PATTERNS: &[Pattern] = &[
    sure("session has timed out"),
    sure("session timed out"),
    sure("sitzung*abgelaufen"),
    sure("session*expirée"),
    sure("sesión*caducad"),
    sure("sesión*expirad"),
    sure("sessão*expirou"),
    sure("sessão expirada"),
    sure("sessione*scadut"),
    sure("сессия*истек"),
    sure("сеанс*истек"),
    sure("セッション*切れ"),
    sure("세션*만료"),
    sure("登录状态已"),
    sure("oturum*süresi"),
    sure("sesi*berakhir"),
    sure("sessie is verlopen"),
    strong("token expirado"),
    strong("inicie sesión de nuevo"),
    strong("inicia sesión de nuevo"),
    strong("melden sie sich erneut"),
    strong("veuillez vous reconnecter"),
    strong("faça login novamente"),
    strong("войдите снова"),
    strong("もう一度ログイン"),
    strong("再度ログイン"),
    strong("다시 로그인"),
    strong("请重新登录"),
    strong("請重新登入"),
    strong("token süresi doldu"),
    sure("tu sesión ha"),
    sure("su sesión ha"),
    hint("unbefugt"),
    hint("несанкционированный"),
    hint("인증되지 않음"),
    hint("yetkilendirilmemiş"),
    hint("未授权"),
    hint("未授權"),
    hint("未經授權"),
    hint("nicht autorisiert"),
    hint("non autorisé"),
    hint("no autorizado"),
    hint("não autorizado"),
    hint("non autorizzato"),
    hint("未認証"),
    hint("認証されていません"),
    hint("未承認"),
    hint("不正なアクセス"),
    hint("tidak sah"),
    hint("tidak diizinkan"),
    hint("неавторизован"),
    hint("jogosulatlan"),
    hint("nieautoryzowany"),
    sure("token has expired"),
    strong("token is expired"),
    strong("token expired"),
    sure("token_expired"),
    code("token_invalidated"),
    code("account_session_invalid"),
    code("session_invalid"),
    code("invalid_session"),
    code("token_revoked"),
    sure("access_token_expired"),
    sure("expiredtokenexception"),
    code("session_expired"),
    code("lmsys_session_expired"),
    strong("security token included in the request is expired"),
    strong("session expired"),
    strong("session has expired"),
    strong("session is expired"),
    strong("session invalid"),
    strong("session not found"),
    strong("session was terminated"),
    usual("your session"),
    strong("login expired"),
    strong("login has expired"),
    strong("sign in again"),
    strong("log in again"),
    strong("login again"),
    strong("signing in again"),
    strong("logging in again"),
    strong("re-authenticate"),
    strong("reauthenticate"),
    strong("authentication token is expired"),
    strong("authentication token has been invalidated"),
    strong("could not parse your authentication token"),
    strong("failed to refresh auth token"),
    strong("failed to refresh token"),
    usual("refresh token"),
    usual("refresh_token"),
    strong("invalid oauth token"),
    usual("oauth token"),
    strong("oauth authorization expired"),
    code("invalid_grant"),
    strong("jwt expired"),
    strong("valid access token"),
    strong("invalid access token"),
    strong("access token is invalid"),
    strong("access token is missing, invalid"),
    strong("or have expired"),
    usual("access_token"),
    strong("unauthorizedrequest"),
    strong("cookie expired"),
    strong("cookie has expired"),
    strong("cookies have expired"),
    strong("invalid session"),
    usual("aadsts"),
    strong("登录已过期"),
    strong("登录过期"),
    strong("登录状态已过期"),
    strong("登录失效"),
    strong("会话已过期"),
    strong("会话过期"),
    strong("会话失效"),
    strong("登入已過期"),
    strong("重新登录"),
    strong("重新登入"),
    strong("令牌已过期"),
    strong("token已过期"),
    strong("token 已过期"),
    strong("セッションの有効期限"),
    strong("세션이 만료"),
    strong("sitzung abgelaufen"),
    strong("sitzung ist abgelaufen"),
    strong("session a expiré"),
    strong("session expirée"),
    strong("sesión ha expirado"),
    strong("sesión ha caducado"),
    strong("sessão expirou"),
    strong("sessione è scaduta"),
    strong("сессия истекла"),
    strong("срок действия сеанса"),
    strong("sesja wygasła"),
    strong("oturumun süresi"),
    hint("unauthorized"),
    hint("expired"),
    hint("session"),
    hint("relogin"),
    hint("cookie"),
    hint("过期"),
    hint("過期"),
    hint("有効期限"),
    hint("만료"),
    hint("abgelaufen"),
    hint("expiré"),
    hint("expirado"),
    hint("caducad"),
    hint("scadut"),
    hint("истек"),
    hint("wygas"),
    hint("süresi dol"),
    hint("kedaluwarsa"),
    hint("revoked"),
    hint("re-login"),
];

/// Where callers are known by a key, the word `unauthorized` is about the key; an expired token says so itself.
fn an_api_has_no_sessions(parsed: &ParsedFailure, scores: &mut Scores) {
    const UNLIKELY: f32 = 1.5;
    let by_key = parsed.place == Place::Api && (parsed.provider.is_some() || parsed.is(&[401]));
    if by_key && !parsed.says("expired") && scores.belief(Cause::SessionExpired) > 0.0 {
        scores.against(Cause::SessionExpired, UNLIKELY);
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn a_token_that_was_good() {
        check(
            Cause::SessionExpired,
            &[
                (
                    "anthropic",
                    401,
                    r#"{"type":"error","error":{"type":"authentication_error","message":"OAuth token has expired. Please obtain a new token or refresh your existing token."}}"#,
                ),
                (
                    "bedrock",
                    403,
                    r#"{"message":"The security token included in the request is expired"}"#,
                ),
                ("other", 401, "IDE token expired: unauthorized: token expired"),
            ],
        );
    }

    #[test]
    fn expired_web_session_is_recognised() {
        check(
            Cause::SessionExpired,
            &[
                ("chatgpt_web", 401, ""),
                ("chatgpt_web", 403, ""),
                (
                    "chatgpt_web",
                    200,
                    r#"{"detail":{"message":"Your authentication token has expired. Please try signing in again.","type":"invalid_request_error","param":null,"code":"token_expired"}}"#,
                ),
            ],
        );
    }
}
