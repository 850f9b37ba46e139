//! A check stands in front of the service that only a person can pass: a captcha, or Cloudflare's "Just a moment". Opening
//! the site once, in this browser, passes it; no retry does.

use super::{CauseRule, Pattern, code, hint, strong, sure};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::BotChallenge,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenSite,
        ActionKind::Retry,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("sicherheitscheck"),
    strong("проверку bing"),
    strong("пройти проверку"),
    strong("überprüfung von bing"),
    strong("通過 bing 的驗證"),
    strong("通过 bing 的验证"),
    strong("驗證機制"),
    strong("doğrulamasını geçmelisiniz"),
    strong("vérification de bing"),
    strong("verificación de bing"),
    strong("verificação do bing"),
    strong("verifica di bing"),
    strong("verifikasi bing"),
    strong("bing の検証"),
    strong("bingの検証"),
    sure("just a moment..."),
    sure("_cf_chl_opt"),
    sure("challenge-error-text"),
    strong("/cdn-cgi/challenge-platform/h/"),
    strong("checking your browser before"),
    strong("checking if the site connection is secure"),
    strong("verify you are human"),
    strong("verifying you are human"),
    strong("are you a human"),
    strong("i'm not a robot"),
    strong("prove you are human"),
    strong("enable javascript and cookies to continue"),
    strong("please pass * check"),
    strong("security check"),
    strong("security verification"),
    strong("security checkpoint"),
    strong("vercel security checkpoint"),
    strong("captcha"),
    strong("captchachallenge"),
    strong("turnstile"),
    strong("arkose"),
    strong("unusual traffic from your computer network"),
    strong("cloudflare challenge"),
    strong("cloudflare check"),
    strong("cloudflare verification"),
    strong("cloudflare 验证"),
    strong("cloudflare验证"),
    code("cloudflare"),
    code("chatgpt_cloudflare"),
    code("bing_captcha"),
    code("captcha_required"),
    code("challenge_required"),
    strong("failed to fetch chatgpt web accesstoken: forbidden"),
    strong("accesstoken: forbidden"),
    strong("人机验证"),
    strong("机器人验证"),
    strong("安全检查"),
    strong("安全验证"),
    strong("安全檢查"),
    strong("安全驗證"),
    strong("人機驗證"),
    strong("验证码"),
    strong("通过必应的验证"),
    strong("セキュリティチェック"),
    strong("セキュリティ チェック"),
    strong("보안 검사"),
    strong("보안 확인"),
    strong("보안 점검"),
    strong("sicherheitsprüfung"),
    strong("sicherheitsüberprüfung"),
    strong("contrôle de sécurité"),
    strong("vérification de sécurité"),
    strong("verificación de seguridad"),
    strong("control de seguridad"),
    strong("comprobación de seguridad"),
    strong("verificação de segurança"),
    strong("checagem de segurança"),
    strong("controllo di sicurezza"),
    strong("verifica di sicurezza"),
    strong("проверка безопасности"),
    strong("проверку безопасности"),
    strong("проверки безопасности"),
    strong("güvenlik kontrolü"),
    strong("güvenlik denetimi"),
    strong("pemeriksaan keamanan"),
    strong("biztonsági ellenőrzés"),
    strong("kontrola bezpieczeństwa"),
    hint("challenge"),
    hint("human verification"),
    hint("verification"),
    hint("robot"),
    hint("人机"),
    hint("机器人"),
    hint("verify you're"),
    hint("humain"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn a_page_waits_for_a_person() {
        check(
            Cause::BotChallenge,
            &[
                (
                    "anthropic",
                    403,
                    "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>",
                ),
                ("other", 403, "Please pass Perplexity security check"),
                ("bing", 0, "CaptchaChallenge: User needs to solve CAPTCHA to continue."),
            ],
        );
    }

    #[test]
    fn in_any_language() {
        check(
            Cause::BotChallenge,
            &[
                ("chatgpt-web", 0, "OpenAIのセキュリティチェックが必要です"),
                ("chatgpt-web", 0, "需要通过 OpenAI 安全检查"),
            ],
        );
    }

    /// An ordinary error page may carry the edge's script too.
    #[test]
    fn edge_script_alone_is_no_challenge() {
        check(
            Cause::InvalidApiKey,
            &[(
                "perplexity",
                401,
                "<html><head><title>401 Authorization Required</title></head><body><center><h1>401 Authorization Required</h1></center><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script></body></html>",
            )],
        );
    }
}
