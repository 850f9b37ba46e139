//! The answer is of the wrong kind: a web page where data belongs, nothing at all, or data that cannot be read. Often the
//! address leads to a website instead of its API, or something on the way answered.

use super::{CauseRule, ConceptRule, Pattern, all, fair, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, is_json, weight},
    text::concept::{
        ANSWER, BODY, CONTENT, DATA, EMPTY, FAILED, FORMAT, INVALID, MESSAGE, MISSING, MODEL, NOT,
        OUTPUT, READ, REQUEST, STREAM, UNEXPECTED,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::UnexpectedReply,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenSettings,
        ActionKind::Retry,
        ActionKind::CheckAgain,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: Some(cannot_be_read),
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("not valid json"),
    strong("jsondecodeerror"),
    strong("in json at position"),
    strong("expecting value: line 1 column 1"),
    strong("expected value at line 1 column"),
    strong("received html"),
    strong("invalid content type"),
    strong("no response received"),
    strong("no content received"),
    fair("no choices"),
    strong("invalid chunk format"),
    strong("content decoding failed"),
    strong("incorrect header check"),
    strong("reading 'choices'"),
    strong("reading 'content'"),
];

/// JSON that is broken where a service answers is the service's fault, not the request's.
fn cannot_be_read(parsed: &ParsedFailure, scores: &mut Scores) {
    const BROKEN: [&str; 4] = ["malformed", "broken json", "invalid json", "corrupt"];
    const ANSWER: [&str; 4] = ["response", "reply", "answer", "from the server"];
    let says = |words: &[&str]| words.iter().any(|words| parsed.says(words));
    let broken = BROKEN.into_iter().find(|&words| parsed.says(words));
    if let Some(words) = broken.filter(|_| parsed.says("json") && says(&ANSWER)) {
        scores.add(Cause::UnexpectedReply, weight::STRONG, Evidence::Phrase { text: words.into() });
    }
    let body = parsed.failure.body.as_deref().unwrap_or_default().trim();
    if let Some(code) = parsed.failure.status.filter(|_| is_rubble(body) && parsed.looks_fine()) {
        if parsed.failure.stream.is_none() {
            let host = parsed.host.map(str::to_owned);
            scores.add(Cause::UnexpectedReply, weight::FAIR, Evidence::Status { code, host });
            // What says that it went well refuses no request, whatever words are in the rubble.
            scores.against(Cause::InvalidRequest, weight::STRONG);
        }
    }
}

/// Whether it looks like JSON and is none: as a whole, or, as it may have been cut, from its first word on.
fn is_rubble(body: &str) -> bool {
    let begins = |rest: &str| rest.trim_start().starts_with(['"', '}']);
    let whole = body.starts_with(['{', '[']) && body.ends_with(['}', ']']);
    whole && !is_json(body)
        || body.strip_prefix('{').is_some_and(|rest| !rest.is_empty() && !begins(rest))
}

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[DATA, FAILED | NOT, READ]),
    all(&[FORMAT, FAILED]).fair(),
    all(&[ANSWER, EMPTY | FORMAT | INVALID | MISSING | UNEXPECTED]),
    all(&[ANSWER, FAILED | NOT, READ]),
    all(&[ANSWER, BODY | CONTENT | DATA | MESSAGE, EMPTY | MISSING | NOT]),
    all(&[FORMAT, FAILED | NOT, READ]),
    all(&[UNEXPECTED, CONTENT | DATA | FORMAT]).usual(),
    all(&[OUTPUT, EMPTY | MISSING]),
    all(&[MODEL, ANSWER, EMPTY | FORMAT | INVALID | NOT]),
    all(&[STREAM, READ]),
    all(&[REQUEST, EMPTY]).usual(),
    all(&[DATA, FORMAT, INVALID]).usual(),
];

examples! {
    broken_answer_is_no_bad_request: UnexpectedReply [
        ("other", 0, "Malformed JSON response from the server"),
                ("openai", 200, r#"{"choices": oops}"#),
                ("other", 200, "{malformed json: <<<chaos>>>}"),
                ("other", 200, "{malformed json: <<<chaos>>>"),
    ]
    broken_requests_are_the_callers_own: InvalidRequest [

                ("other", 400, r#"{"error":{"message":"Malformed JSON in request body"}}"#),
                ("other", 0, "Malformed JSON in request body"),
                (
                    "other",
                    400,
                    r#"{"error":"Failed to parse the request body as JSON: expected value at line 1 column 1"}"#,
                ),
    ]
    a_page_where_data_belongs: UnexpectedReply [
        (
                    "openai",
                    200,
                    "<!DOCTYPE html><html><head><title>Welcome</title></head><body></body></html>",
                ),
                (
                    "other",
                    0,
                    r#"SyntaxError: Unexpected token '<', "<!DOCTYPE "... is not valid JSON"#,
                ),
    ]
    nothing_at_all: UnexpectedReply [
        ("openai", 200, ""), ("other", 0, "Expecting value: line 1 column 1 (char 0)")
    ]
}
