//! No credentials were sent: no key is set for this source, or it did not get into the request. Setting the key settles
//! it.

use super::{CauseRule, Pattern, code, hint, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Place, Scores, weight},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::MissingApiKey,
    retry: When::AfterFix,
    actions: &[ActionKind::OpenSettings, ActionKind::OpenKeys, ActionKind::CopyReport],
    score: Some(signed_out),
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("environment variable is missing"),
    strong("environment variable is not set"),
    strong("is missing or empty"),
    strong("missing or empty"),
    strong("environment variable not set"),
    strong("you didn't provide an api key"),
    strong("didn't provide an api key"),
    strong("no api key supplied"),
    strong("no api key provided"),
    strong("no api key"),
    strong("api key is missing"),
    strong("api key missing"),
    strong("api key is required"),
    strong("api key required"),
    strong("api key not set"),
    strong("api key is not set"),
    strong("api key not provided"),
    strong("api key not configured"),
    strong("api key is not configured"),
    strong("api key cannot be empty"),
    strong("api key is empty"),
    strong("missing api key"),
    strong("missing_api_key"),
    strong("missing apikey"),
    strong("missing credentials"),
    strong("api_key client option must be set"),
    strong("must provide an api key"),
    strong("please provide an api key"),
    strong("please provide your api key"),
    strong("please provide*apikey"),
    strong("token required"),
    strong("please set your api key"),
    strong("please set the api key"),
    strong("please enter your api key"),
    strong("please enter your * api key"),
    strong("please enter an api key"),
    strong("please configure your api key"),
    strong("please add your api key"),
    strong("you need to provide your api key"),
    strong("add an api key"),
    strong("set your api key"),
    strong("configure an api key"),
    strong("x-api-key header is required"),
    strong("x-api-key header is missing"),
    strong("no auth credentials found"),
    strong("no authentication"),
    strong("no cookie auth credentials found"),
    strong("no credentials"),
    strong("missing bearer"),
    strong("missing authentication header"),
    strong("missing authorization header"),
    strong("missing authorization"),
    strong("missing authentication"),
    strong("authorization header is missing"),
    strong("authorization header missing"),
    strong("authorization header is required"),
    strong("header is required"),
    strong("authentication required"),
    strong("could not resolve authentication method"),
    strong("without established identity"),
    strong("unregistered callers"),
    strong("method doesn't allow unregistered callers"),
    strong("request is missing required authentication credential"),
    strong("missing authentication token"),
    strong("missing required authentication"),
    strong("unable to locate credentials"),
    strong("could not load credentials"),
    strong("signin_url"),
    strong("api_key_not_set"),
    code("api_key_missing"),
    code("no_api_key"),
    code("no_user_key"),
    code("missing_auth"),
    code("noopenaiapikey"),
    strong("not provided an api key"),
    strong("未提供令牌"),
    strong("未提供 api key"),
    strong("未提供api key"),
    strong("缺少api"),
    strong("缺少 api"),
    strong("请输入 api"),
    strong("请输入api"),
    strong("请填写 api"),
    strong("请填写api"),
    strong("请设置api"),
    strong("请设置 api"),
    strong("请配置api"),
    strong("请配置 api"),
    strong("请先配置"),
    strong("请先设置"),
    strong("api key 未设置"),
    strong("api key未设置"),
    strong("没有设置api"),
    strong("未配置api"),
    strong("未配置 api"),
    strong("未配置密钥"),
    strong("apiキーを入力"),
    strong("api キーを入力"),
    strong("apiキーが設定されていません"),
    strong("api 키를 입력"),
    strong("api-schlüssel fehlt"),
    strong("clé api manquante"),
    strong("falta la clave"),
    strong("chave de api ausente"),
    strong("chiave api mancante"),
    strong("не указан api"),
    strong("введите api"),
    strong("no active api key"),
    strong("no active key"),
    strong("no api key set"),
    strong("没有可用的*密钥"),
    strong("没有可用的*api"),
    strong("密钥未配置"),
    strong("密钥未设置"),
    strong("密钥为空"),
    strong("未配置 * 密钥"),
    strong("密鑰未設定"),
    strong("密钥尚未"),
    strong("api key*未配置"),
    strong("необходимо указать api"),
    strong("ключ api не задан"),
    strong("api-ключ не"),
    strong("apiキーが未設定"),
    strong("apiキーが見つかりません"),
    strong("set up your own api key"),
    strong("kein api-schlüssel"),
    strong("aucune clé api"),
    strong("no se ha configurado la clave"),
    strong("ai not configured"),
    strong("not configured * api key"),
    strong("no ai provider configured"),
    strong("no providers configured"),
    strong("no provider configured"),
    strong("add your * api key"),
    strong("carry the api secret key"),
    hint("api key needed"),
    hint("no key"),
    hint("no token"),
    hint("missing key"),
    hint("missing token"),
    hint("缺少密钥"),
    hint("缺少令牌"),
];

/// Ollama names a page to sign in at when it has no key for its cloud.
fn signed_out(parsed: &ParsedFailure, scores: &mut Scores) {
    if parsed.place == Place::Web && parsed.says("token required") {
        // A web app has sessions and no keys.
        scores.against(Cause::MissingApiKey, weight::STRONG);
        scores.add(
            Cause::NotLoggedIn,
            weight::STRONG,
            Evidence::Phrase { text: "token required".into() },
        );
    }
    if parsed.scan.value("signinurl").is_some() {
        let evidence = Evidence::Code { code: "signin_url".into() };
        scores.add(Cause::MissingApiKey, weight::STRONG, evidence);
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn nothing_was_sent() {
        check(
            Cause::MissingApiKey,
            &[
                (
                    "openai",
                    401,
                    r#"{"error":{"message":"You didn't provide an API key. You need to provide your API key in an Authorization header","type":"invalid_request_error","param":null,"code":null}}"#,
                ),
                ("cohere", 401, r#"{"message":"no api key supplied"}"#),
                (
                    "openrouter",
                    401,
                    r#"{"error":{"message":"No auth credentials found","code":401}}"#,
                ),
            ],
        );
    }

    #[test]
    fn clients_ask_for_it() {
        check(
            Cause::MissingApiKey,
            &[
                ("openai", 0, "Please enter your OpenAI API Key"),
                ("other", 0, "请先设置 API Key"),
                ("other", 0, "Please provide the OpenAI apiKey"),
                ("other", 401, r#"{"detail":"token required"}"#),
            ],
        );
    }
}
