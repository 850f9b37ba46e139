//! Failures inside the service.

use super::{api, gateway, text, web_app};
use crate::faults::Fault;
use crate::faults::Group::Provider;

/// The rows of this group.
pub(super) const FAULTS: &[Fault] = &[
    Fault::reply(Provider, "server_error", "server_error", "500: the service failed inside.", api(500, r#"{"error":{"message":"The server had an error while processing your request. Sorry about that! You can retry your request, or contact us through our help center at help.openai.com if the error persists.","type":"server_error","param":null,"code":null}}"#)),
    Fault::reply(Provider, "overloaded", "model_overloaded", "503: the model is at capacity.", api(503, r#"{"error":{"message":"That model is currently overloaded with other requests. You can retry your request, or contact us through our help center at help.openai.com if the error persists.","type":"server_error","param":null,"code":null}}"#)),
    Fault::reply(Provider, "overloaded_529", "model_overloaded", "529: overloaded, in Anthropic's words.", text(529, r#"{"type":"error","error":{"details":null,"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011CSHoEeqs5C35K2UUqR7Fy"}"#).with(&[
            ("content-type", "application/json"),
            ("request-id", "req_011CSHoEeqs5C35K2UUqR7Fy"),
            ("x-should-retry", "true"),
        ])),
    Fault::reply(Provider, "maintenance", "service_unavailable", "503: a page that announces maintenance.", gateway(503, "<!DOCTYPE html><html><head><title>Down for maintenance</title></head><body><h1>We'll be back soon</h1>\
         <p>The service is undergoing scheduled maintenance.</p></body></html>").with(&[("retry-after", "600")])),
    Fault::reply(Provider, "request_timeout", "timeout", "408: the server gave up waiting for the request.", api(408, r#"{"error":{"message":"Timed out reading the request body. Please try again.","type":"invalid_request_error","param":null,"code":"request_timeout"}}"#)),
    Fault::reply(Provider, "web_server_error", "server_error", "500 of a web session.", web_app(500, r#"{"detail":"Internal Server Error"}"#)),
];
