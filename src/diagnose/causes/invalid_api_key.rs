//! The key is wrong, revoked, expired, or belongs to another service (the address and the key do not match). A new key, or
//! the right address, settles it; waiting does not.

use super::{CauseRule, ConceptRule, Pattern, all, code, leaf, strong, usual_code};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        ACCOUNT, ADVICE, AUTH, BLOCKED, DENIED, DISABLED, EXPIRED, FAILED, FEATURE, INVALID, KEY,
        NOT, OPERATION, OUTPUT, PARAMETER, PROXY, REFUSED, TOKEN, UNAUTHORIZED,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::InvalidApiKey,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenSettings,
        ActionKind::OpenKeys,
        ActionKind::OpenSupport,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("api key not found"),
    strong("api key has been suspended"),
    strong("api key does not exist"),
    strong("api key doesn't exist"),
    strong("reported as leaked"),
    strong("request signature we calculated does not match"),
    strong("service account is deleted or disabled"),
    strong("invalid proxy server token"),
    usual_code("auth_error"),
    code("expired_key"),
    code("no_db_connection"),
    code("token_not_found_in_db"),
    code("invalid_api_key"),
    code("invalidapikey"),
    code("api_key_invalid"),
    code("api_key_expired"),
    code("api_key_disabled"),
    code("invalid_apikey"),
    code("invalid_token"),
    code("invalid_key"),
    code("invalid_authentication"),
    code("invalid_authentication_error"),
    code("incorrect_api_key_error"),
    code("invalid_iam_token"),
    code("wrong_api_key"),
    code("invalid_user_key"),
    code("expired_user_key"),
    code("unrecognizedclientexception"),
    code("invalidsignatureexception"),
    code("invalidproviderapikey"),
    code("invalid_credentials"),
    leaf("authentication_error"),
    leaf("authentication"),
    leaf("invalid_request_authentication"),
    leaf("authenticationerror"),
    leaf("unauthenticated"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[KEY, BLOCKED | DENIED | EXPIRED | INVALID | REFUSED]).sure(),
    all(&[KEY, FAILED]).usual(),
    all(&[TOKEN, DISABLED | INVALID]).usual().unless(PARAMETER | OUTPUT),
    all(&[AUTH, FAILED | INVALID | REFUSED]).unless(PROXY),
    all(&[AUTH, NOT]).fair().unless(PROXY),
    all(&[UNAUTHORIZED]).fair().unless(OPERATION | FEATURE).away_from_web(),
    all(&[KEY, ADVICE]).fair(),
    all(&[KEY, DISABLED]).unless(ACCOUNT),
];

examples! {
    services_name_a_bad_key: InvalidApiKey [
        (
                    "openai",
                    401,
                    r#"{"error":{"message":"Incorrect API key provided: sk-or-v1. You can find your API key at https://platform.openai.com/account/api-keys.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
                ),
                (
                    "gemini",
                    400,
                    r#"{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}"#,
                ),
                (
                    "xai",
                    400,
                    r#"{"code":"Client specified an invalid argument","error":"Incorrect API key provided: xa***. You can obtain an API key from https://console.x.ai."}"#,
                ),
    ]
    /// LiteLLM refuses a key with 400, and names its own database.
    litellm_refuses_keys_as_bad_requests: InvalidApiKey [
        (
                    "other",
                    400,
                    r#"{"error":{"message":"Authentication Error, No connected db.","type":"no_db_connection","param":null,"code":"400"}}"#,
                ),
                (
                    "other",
                    400,
                    r#"{"error":{"message":"Authentication Error, Invalid proxy server token passed. Unable to find token in cache or `LiteLLM_VerificationTokenTable`","type":"token_not_found_in_db","param":"key","code":"400"}}"#,
                ),
                (
                    "other",
                    400,
                    r#"{"error":{"message":"Authentication Error - Expired Key. Key Expiry time 2025-01-01","type":"expired_key","param":"None","code":"400"}}"#,
                ),
    ]
    litellm_calls_for_a_key: MissingApiKey [
        (
                "other",
                400,
                r#"{"error":{"message":"{'error': 'No api key passed in.'}","type":"auth_error","param":"None","code":"400"}}"#,
            )
    ]
    relays_and_clients_word_it_differently: InvalidApiKey [
        ("other", 401, "授权失败，请检查API Key是否正确"),
                ("other", 0, "您多次使用无效令牌"),
                ("mistral", 401, r#"{"detail":"Unauthorized"}"#),
    ]
    /// The type of an inner error beats a vague outer code.
    specific_type_beats_vague_code: InvalidApiKey [
        (
                "openrouter",
                200,
                r#"{"error":{"code":"server_error","message":"Upstream"},"error_type":"authentication"}"#,
            )
    ]
}
