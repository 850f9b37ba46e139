//! A safety or content policy stopped the prompt or the answer. The same words are stopped again; other words, or another
//! source, may pass. It is a rule of the service, not a judgement on the person.

use super::{CauseRule, ConceptRule, Pattern, all, code, fair, leaf, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
    text::concept::{
        ACCOUNT, ANSWER, BLOCKED, CANCELLED, CONNECTION, CONTENT, DENIED, FAILED, FILE, FIREWALL,
        HOST, IP, MESSAGE, MODEL, NAMED, NOT, OUTPUT, PROXY, REFUSED, REQUEST, SAFETY, SERVER,
        VIOLATES,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ContentFiltered,
    retry: When::AfterFix,
    actions: &[
        ActionKind::Edit,
        ActionKind::SwitchSource,
        ActionKind::ChooseModel,
        ActionKind::CopyReport,
    ],
    score: Some(stopped_by_a_filter),
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("请勿发送探测请求"),
    strong("无法继续这个话题"),
    strong("change the topic"),
    strong("prefer not to continue this conversation"),
    strong("move onto a new topic"),
    strong("move on to a new topic"),
    fair("copyrighted"),
    strong("protected by copyright"),
    code("content_filter"),
    code("content_policy_violation"),
    code("content_policy"),
    code("moderation_blocked"),
    code("invalid_prompt"),
    code("cyber_policy"),
    code("bio_policy"),
    code("misalignment_policy_violation"),
    code("responsibleaipolicyviolation"),
    code("data_inspection_failed"),
    code("datainspectionfailed"),
    code("sensitive"),
    code("sensitive_words_detected"),
    code("content_security_warning"),
    code("content_moderation"),
    code("contentmoderation"),
    code("moderation"),
    code("prohibited_content"),
    code("new_sensitive"),
    code("flagged"),
    code("image_safety"),
    leaf("safety"),
    leaf("recitation"),
    leaf("blocklist"),
    leaf("spii"),
    leaf("refusal"),
    leaf("language"),
    leaf("content_filtered"),
    leaf("guardrail_intervened"),
    strong("content management policy"),
    strong("content filter"),
    strong("content exists risk"),
    strong("content restrictions"),
    strong("content warning"),
    strong("candidate was blocked"),
    strong("blockreason"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[ANSWER | CONTENT | FILE | MESSAGE | OUTPUT | REQUEST, VIOLATES]),
    all(&[ANSWER | CONTENT | FILE | MESSAGE | OUTPUT, SAFETY]),
    all(&[ANSWER | MESSAGE | OUTPUT, BLOCKED]).sure(),
    all(&[SAFETY, BLOCKED | REFUSED | VIOLATES]).unless(ACCOUNT | IP | FIREWALL),
    all(&[MODEL, ANSWER, REFUSED]),
    all(&[VIOLATES]).fair(),
    all(&[ANSWER, REFUSED]).usual().unless(CONNECTION | SERVER | PROXY | HOST | NAMED),
    all(&[SAFETY, CANCELLED | DENIED | FAILED | NOT]).fair(),
    all(&[CONTENT | FILE, BLOCKED]).hint(),
    all(&[CONTENT | MESSAGE | OUTPUT, DENIED]).usual(),
];

/// Gemini names a block only as the reason it stopped for.
fn stopped_by_a_filter(parsed: &ParsedFailure, scores: &mut Scores) {
    if let Some(reason) = parsed.scan.value("blockreason") {
        let evidence = Evidence::Code { code: reason.to_owned() };
        scores.add(Cause::ContentFiltered, weight::STRONG, evidence);
    }
}

examples! {
    the_service_names_its_policy: ContentFiltered [
        (
                    "azure",
                    400,
                    r#"{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"jailbreak":{"filtered":true}}}}}"#,
                ),
                (
                    "openai",
                    400,
                    r#"{"error":{"message":"Invalid prompt: your prompt was flagged as potentially violating our usage policy.","type":"invalid_request_error","param":null,"code":"invalid_prompt"}}"#,
                ),
                ("deepseek", 400, "Content Exists Risk"),
    ]
    a_blocked_answer_comes_with_success: ContentFiltered [
        (
                    "gemini",
                    200,
                    r#"{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"SAFETY"}]}"#,
                ),
                ("gemini", 200, r#"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}}"#),
                (
                    "openrouter",
                    403,
                    r#"{"error":{"message":"openai/gpt-4o requires moderation on OpenAI. Your input was flagged for \"violence\".","code":403,"metadata":{"reasons":["violence"],"flagged_input":"how to"}}}"#,
                ),
    ]
    no_answer_is_given: ContentFiltered [
        ("other", 0, "The assistant declined to reply"),
        ("other", 0, "拒绝回答"),
    ]
}

#[cfg(test)]
mod tests {
    use crate::Cause;

    /// Copyright lines and refused connections are no filtered content.
    #[test]
    fn page_footers_are_no_refusal() {
        for text in [
            "Copyright 2026 Example Inc. All rights reserved.",
            "<h1>Something went wrong</h1><footer>Copyright 2026 Example</footer>",
            "Start a new topic",
            "Verbindung abgelehnt",
            "Anfrage abgelehnt",
            "Сервер отклонил соединение",
        ] {
            let diagnosis = crate::classify(&crate::Failure::from_message(text));
            assert_ne!(diagnosis.cause, Cause::ContentFiltered, "{text}");
        }
    }
}
