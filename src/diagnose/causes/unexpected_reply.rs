//! The answer is of the wrong kind: a web page where data belongs, nothing at all, or data that cannot be read. Often the
//! address leads to a website instead of its API, or something on the way answered.

use super::{CauseRule, Pattern, hint, strong, usual};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, is_json, weight},
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
    strong("request returned empty"),
    strong("parsing the message chunk"),
    strong("unexpected token '<'"),
    strong("unexpected token <"),
    usual("unexpected token"),
    strong("unexpected end of json input"),
    strong("unexpected end of data"),
    strong("unexpected non-whitespace character"),
    usual("unexpected character"),
    strong("is not valid json"),
    strong("not valid json"),
    strong("invalid json response"),
    strong("json.parse"),
    strong("jsondecodeerror"),
    strong("json decode error"),
    strong("failed to parse json"),
    strong("failed to parse response"),
    strong("could not parse response"),
    strong("cannot parse response"),
    strong("error parsing response"),
    strong("in json at position"),
    strong("expecting value: line 1 column 1"),
    strong("expected value at line 1 column"),
    strong("expected json"),
    strong("received html"),
    strong("html instead of json"),
    strong("returned html"),
    strong("got html"),
    strong("unexpected html"),
    usual("unexpected response"),
    strong("unexpected reply"),
    strong("unexpected content type"),
    strong("unexpected content-type"),
    usual("invalid response"),
    strong("invalid content type"),
    usual("empty response"),
    strong("empty reply"),
    strong("response is empty"),
    strong("empty completion"),
    strong("empty answer"),
    strong("no response received"),
    strong("no content in response"),
    strong("no content received"),
    strong("no choices"),
    strong("without any choices"),
    strong("returned an empty"),
    strong("returned no content"),
    strong("model returned empty"),
    strong("bard_empty_response"),
    strong("z_data_error"),
    strong("invalid chunk format"),
    usual("failed to decode"),
    strong("content decoding failed"),
    strong("err_content_decoding_failed"),
    strong("incorrect header check"),
    strong("unsupported content encoding"),
    strong("failed to parse fc related info"),
    strong("failed to marshal"),
    strong("cannot read properties of undefined (reading 'choices')"),
    strong("reading 'choices'"),
    strong("reading 'content'"),
    strong("响应为空"),
    strong("返回为空"),
    strong("返回内容为空"),
    strong("空响应"),
    strong("空回复"),
    usual("不合法的"),
    usual("解析失败"),
    usual("解析错误"),
    strong("返回数据异常"),
    strong("回應為空"),
    strong("空の応答"),
    strong("応答が空"),
    strong("빈 응답"),
    strong("leere antwort"),
    strong("réponse vide"),
    strong("respuesta vacía"),
    strong("resposta vazia"),
    strong("risposta vuota"),
    strong("пустой ответ"),
    strong("格式异常"),
    strong("返回*格式*异常"),
    strong("无法解析的数据"),
    strong("不完整的数据"),
    strong("数据格式错误"),
    strong("no response body"),
    strong("empty response body"),
    strong("response body is empty"),
    strong("応答の形式"),
    hint("json"),
    hint("parse"),
    hint("unparseable"),
    hint("malformed response"),
    hint("空白"),
    hint("decode"),
    hint("解析"),
    hint("html"),
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
    let whole = body.starts_with(['{', '[']) && body.ends_with(['}', ']']);
    if let Some(code) = parsed.failure.status.filter(|_| whole && parsed.looks_fine()) {
        if parsed.failure.stream.is_none() && !is_json(body) {
            let host = parsed.host.map(str::to_owned);
            scores.add(Cause::UnexpectedReply, weight::FAIR, Evidence::Status { code, host });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn broken_answer_is_no_bad_request() {
        check(
            Cause::UnexpectedReply,
            &[
                ("other", 0, "Malformed JSON response from the server"),
                ("openai", 200, r#"{"choices": oops}"#),
            ],
        );
        check(
            Cause::InvalidRequest,
            &[
                ("other", 400, r#"{"error":{"message":"Malformed JSON in request body"}}"#),
                ("other", 0, "Malformed JSON in request body"),
                (
                    "other",
                    400,
                    r#"{"error":"Failed to parse the request body as JSON: expected value at line 1 column 1"}"#,
                ),
            ],
        );
    }

    #[test]
    fn a_page_where_data_belongs() {
        check(
            Cause::UnexpectedReply,
            &[
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
            ],
        );
    }

    #[test]
    fn nothing_at_all() {
        check(
            Cause::UnexpectedReply,
            &[("openai", 200, ""), ("other", 0, "Expecting value: line 1 column 1 (char 0)")],
        );
    }
}
