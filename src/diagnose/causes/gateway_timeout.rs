//! A gateway waited too long for the service behind it: the answer took longer than the gateway is set to wait. Shorter asks
//! or a streamed answer get through.

use super::{CauseRule, ConceptRule, On, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
    text::concept::{ANSWER, GATEWAY, NOT, TIMED_OUT},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::GatewayTimeout,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::OpenStatus,
        ActionKind::SwitchSource,
        ActionKind::Edit,
        ActionKind::CopyReport,
    ],
    score: Some(the_gateways_clock),
};

pub(super) const PATTERNS: &[Pattern] = &[
    code("gateway_timeout"),
    code("deadline_exceeded"),
    code("timeout_error").on(On::Failed),
    code("function_invocation_timeout"),
    code("edge_function_invocation_timeout"),
    code("endpoint_request_timed_out"),
    strong("deadline expired before operation could complete"),
    strong("endpoint request timed out"),
    strong("task timed out after"),
    strong("function timed out"),
];

pub(super) const MEANINGS: &[ConceptRule] =
    &[all(&[GATEWAY, TIMED_OUT]).sure(), all(&[GATEWAY, NOT, ANSWER]).sure()];

/// With 504 every clock that ran out is the gateway's.
fn the_gateways_clock(parsed: &ParsedFailure, scores: &mut Scores) {
    if parsed.is(&[504]) && scores.belief(Cause::Timeout) > 0.0 {
        let evidence = Evidence::Status { code: 504, host: None };
        scores.add(Cause::GatewayTimeout, weight::STRONG, evidence);
        scores.against(Cause::Timeout, weight::STRONG);
    }
}

examples! {
    a_gateway_gave_up_waiting: GatewayTimeout [
        (
                    "gemini",
                    504,
                    r#"{"error":{"code":504,"message":"Deadline expired before operation could complete.","status":"DEADLINE_EXCEEDED"}}"#,
                ),
                (
                    "anthropic",
                    504,
                    r#"{"type":"error","error":{"type":"timeout_error","message":"Request timed out"}}"#,
                ),
                ("other", 504, "EDGE_FUNCTION_INVOCATION_TIMEOUT"),
    ]
    even_a_bare_one: GatewayTimeout [
        ("openai", 504, ""),
                (
                    "other",
                    504,
                    "<html><head><title>504 Gateway Time-out</title></head><body><center>nginx</center></body></html>",
                ),
    ]
}
