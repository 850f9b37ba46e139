//! Refusals that lie with the key, the session, the plan or the place.

use super::{api, edge, gateway, text, web_app};
use crate::faults::Fault;
use crate::faults::Group::Account;

/// The rows of this group.
pub(super) const FAULTS: &[Fault] = &[
    Fault::reply(Account, "invalid_api_key", "invalid_api_key", "401: the key is wrong.", api(401, r#"{"error":{"message":"Incorrect API key provided: lab-****-key. You can find your API key at https://platform.openai.com/account/api-keys.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#)),
    Fault::reply(Account, "missing_api_key", "missing_api_key", "401: no key came with the request.", api(401, r#"{"error":{"message":"You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).","type":"invalid_request_error","param":null,"code":null}}"#)),
    Fault::reply(Account, "account_deactivated", "account_disabled", "401: the account is closed.", api(401, r#"{"error":{"message":"The OpenAI account associated with this API key has been deactivated. If you were not expecting this, please contact us through our help center.","type":"invalid_request_error","param":null,"code":"account_deactivated"}}"#)),
    Fault::reply(Account, "key_missing_scope", "key_lacks_permission", "401: a good key without the scope.", api(401, r#"{"error":{"message":"You have insufficient permissions for this operation. Missing scopes: model.request. Check that you have the correct role in your organization and project, and if you're using a restricted API key, that it has the necessary scopes.","type":"invalid_request_error","param":null,"code":"missing_scope"}}"#)),
    Fault::reply(Account, "session_expired", "session_expired", "401 of a web session whose token ran out.", web_app(401, r#"{"detail":{"message":"Your authentication token has expired. Please try signing in again.","type":"invalid_request_error","param":null,"code":"token_expired"}}"#)),
    Fault::reply(Account, "session_forbidden", "session_expired", "403 of a web session, nothing else said.", web_app(403, r#"{"detail":"Forbidden"}"#)),
    Fault::reply(Account, "unauthorized_text", "session_expired", "401: the bare word UNAUTHORIZED.", text(401, "UNAUTHORIZED")),
    Fault::reply(Account, "key_forbidden", "key_lacks_permission", "403: the key may not do this.", api(403, r#"{"error":{"message":"You have insufficient permissions for this operation. Missing scopes: model.request. Check that you have the correct role in your project.","type":"invalid_request_error","param":null,"code":"insufficient_permissions"}}"#)),
    Fault::reply(Account, "model_forbidden", "model_access_denied", "403: the project may not use the model.", api(403, r#"{"error":{"message":"Project `proj_lab` does not have access to model `{model}`","type":"invalid_request_error","param":null,"code":"model_not_found"}}"#)),
    Fault::reply(Account, "country", "country_unsupported", "403: not served in this country.", api(403, r#"{"error":{"code":"unsupported_country_region_territory","message":"Country, region, or territory not supported","param":null,"type":"request_forbidden"}}"#)),
    Fault::reply(Account, "cloudflare_challenge", "bot_challenge", "403: a bot check wants a person.", edge(403, "<!DOCTYPE html><html lang=\"en-US\"><head><title>Just a moment...</title><meta http-equiv=\"refresh\" content=\"360\"></head>\
         <body><div class=\"main-wrapper\"><noscript>Enable JavaScript and cookies to continue</noscript></div>\
         <script src=\"/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray={ray}\"></script></body></html>").with(&[("cf-mitigated", "challenge")])),
    Fault::reply(Account, "block_page", "blocked_by_edge", "403: a firewall refuses this address.", edge(403, "<!DOCTYPE html><html lang=\"en-US\"><head><title>Attention Required! | Cloudflare</title></head><body>\
         <h1>Sorry, you have been blocked</h1><h2>You are unable to access api.openai.com</h2>\
         <p>This website is using a security service to protect itself from online attacks.</p>\
         <p>Cloudflare Ray ID: {ray}</p></body></html>")),
    Fault::reply(Account, "guarded", "bot_challenge", "403 without any reason, and a bot check on the front page.", gateway(403, html_page!("403 Forbidden", ""))),
    Fault::reply(Account, "forbidden", "access_denied", "403 without any reason.", gateway(403, html_page!("403 Forbidden", ""))),
    Fault::reply(Account, "rate_limited", "rate_limited", "429 with Retry-After, 2 s unless set otherwise.", api(429, r#"{"error":{"message":"Rate limit reached for {model} in organization lab-org on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in {retry_after}s. Visit https://platform.openai.com/account/rate-limits to learn more.","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#).with(&[("retry-after", "{retry_after}")])),
    Fault::reply(Account, "rate_limited_bare", "rate_limited", "429 that names no time.", api(429, r#"{"error":{"message":"Rate limit reached for {model} in organization lab-org on tokens per min (TPM).","type":"tokens","param":null,"code":"rate_limit_exceeded"}}"#)),
    Fault::reply(Account, "insufficient_quota", "quota_exhausted", "429: the credit is used up.", api(429, r#"{"error":{"message":"You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#)),
    Fault::reply(Account, "usage_cap", "usage_cap_reached", "429: the plan's window is used up until a given time.", web_app(429, r#"{"error":{"type":"usage_limit_reached","message":"The usage limit has been reached","plan_type":"plus","resets_at":{resets_at}}}"#)),
    Fault::reply(Account, "one_at_a_time", "request_in_progress", "429: one message at a time.", web_app(429, r#"{"detail":"Only one message at a time. Please allow any other responses to complete before sending another message, or wait one minute."}"#)),
    Fault::reply(Account, "web_rate_limited", "rate_limited", "429 of a web session: too many messages.", web_app(429, r#"{"detail":"Too many requests in 1 hour. Try again later."}"#)),
    Fault::reply(Account, "web_invalid_key", "invalid_api_key", "401 of a web app that was given a key it does not know.", web_app(401, r#"{"error":{"message":"Incorrect API key provided: undefined. You can find your API key at https://platform.openai.com/account/api-keys.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#)),
];
