//! How each provider turns a call down, with the id by which it knows the call.

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Dialect;

/// Why a call is turned down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It carried no key.
    NoKey,
    /// It carried another key than the lab's.
    WrongKey,
    /// Nothing is at its path.
    NoSuchPath,
}

/// The answer to a call that is turned down.
pub(crate) fn refuse(dialect: Dialect, why: Refused, serial: u64, called: &str) -> Response {
    let id = format!("req_lab{serial:06}");
    let mut headers = HeaderMap::new();
    let (status, body) = match (dialect, why) {
        (Dialect::Anthropic, _) => {
            let (status, kind, said) = match why {
                Refused::NoKey => (401, "authentication_error", "x-api-key header is required"),
                Refused::WrongKey => (401, "authentication_error", "invalid x-api-key"),
                Refused::NoSuchPath => (404, "not_found_error", "Not Found"),
            };
            put(&mut headers, "request-id", &id);
            (
                status,
                json!({"type": "error", "error": {"type": kind, "message": said}, "request_id": id}),
            )
        }
        (Dialect::Gemini, Refused::NoKey) => (
            403,
            json!({"error": {"code": 403, "message": "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.", "status": "PERMISSION_DENIED"}}),
        ),
        (Dialect::Gemini, Refused::WrongKey) => {
            let info = json!({"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com", "metadata": {"service": "generativelanguage.googleapis.com"}});
            (
                400,
                json!({"error": {"code": 400, "message": "API key not valid. Please pass a valid API key.", "status": "INVALID_ARGUMENT", "details": [info]}}),
            )
        }
        (Dialect::Azure, Refused::NoKey | Refused::WrongKey) => {
            put(&mut headers, "apim-request-id", &id);
            (
                401,
                json!({"error": {"code": "401", "message": "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."}}),
            )
        }
        (Dialect::Azure, Refused::NoSuchPath) => {
            (404, json!({"error": {"code": "404", "message": "Resource not found"}}))
        }
        (Dialect::Gemini | Dialect::Ollama, _) => {
            return (StatusCode::NOT_FOUND, "404 page not found").into_response();
        }
        (Dialect::Chat | Dialect::Responses, _) => {
            let (status, said, code) = match why {
                Refused::NoKey => (401, MISSING_KEY.to_owned(), None),
                Refused::WrongKey => (401, WRONG_KEY.to_owned(), Some("invalid_api_key")),
                Refused::NoSuchPath => (404, format!("Invalid URL ({called})"), None),
            };
            (
                status,
                json!({"error": {"message": said, "type": "invalid_request_error", "param": null, "code": code}}),
            )
        }
    };
    (StatusCode::from_u16(status).unwrap_or(StatusCode::IM_A_TEAPOT), headers, Json(body))
        .into_response()
}

const MISSING_KEY: &str = "You didn't provide an API key. You need to provide your API key in an Authorization header using \
    Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing \
    the API from your browser and are prompted for a username and password. You can obtain an API key from \
    https://platform.openai.com/account/api-keys.";
const WRONG_KEY: &str = "Incorrect API key provided: lab-****. You can find your API key at https://platform.openai.com/account/api-keys.";

fn put(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = value.parse() {
        headers.insert(name, value);
    }
}
