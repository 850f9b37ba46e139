//! Not the prompt but the reserved answer (`max_tokens`) exceeds the limit. A smaller answer budget settles it; clearing the
//! chat, the usual advice, does not.

use super::{CauseRule, On, Pattern, code, hint, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::OutputBudgetTooLarge,
    retry: When::AfterFix,
    actions: &[
        ActionKind::OpenSettings,
        ActionKind::Edit,
        ActionKind::ChooseModel,
        ActionKind::CopyReport,
    ],
    score: Some(answer_outweighs_prompt),
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("limite de tokens da resposta"),
    strong("limite de tokens de la respuesta"),
    strong("回應 token 上限"),
    strong("响应 token 上限"),
    strong("回复 token 上限"),
    strong("응답 토큰 한도"),
    strong("yanıt belirteci sınırı"),
    strong("antwort-token-limit"),
    strong("limite de jetons de réponse"),
    strong("límite de tokens de respuesta"),
    strong("limite de tokens de resposta"),
    strong("limite di token di risposta"),
    strong("лимит токенов ответа"),
    strong("лимита токенов ответа"),
    strong("応答トークン"),
    strong("batas token respons"),
    code("max_tokens_exceeded"),
    strong("max_tokens must be less"),
    strong("max_tokens is too large"),
    strong("max_tokens is too high"),
    strong("max_tokens too large"),
    strong("max_tokens exceeds"),
    strong("max_tokens: * >"),
    strong("max_tokens` must be less"),
    strong("maximum value for `max_tokens`"),
    strong("maximum value for max_tokens"),
    strong("maximum allowed number of output tokens"),
    strong("supports at most * completion tokens"),
    strong("invalid max_tokens value"),
    strong("valid range of max_tokens"),
    strong("range of max_tokens should be"),
    strong("max_output_tokens"),
    strong("maxoutputtokens"),
    strong("max_completion_tokens is too large"),
    strong("max_new_tokens` must be"),
    strong("response token limit"),
    strong("reached the response token limit"),
    strong("increase max response token"),
    strong("output token limit"),
    strong("maximum output tokens"),
    strong("requested up to * tokens").on(On::Refused),
    strong("field maxtokens invalid"),
    strong("max_tokens must be at least"),
    strong("max tokens must be"),
    strong("max_tokens参数"),
    strong("max_tokens 参数"),
    hint("max_tokens"),
    hint("max_completion_tokens"),
    hint("completion tokens"),
    hint("output tokens"),
];

/// Of a request that is too long, the larger part is what has to shrink.
fn answer_outweighs_prompt(parsed: &ParsedFailure, scores: &mut Scores) {
    let number_before = |words: &str| {
        let before = parsed.scan.before(words)?.trim_end();
        let digits = before.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
        // The byte after a character that is no digit may not start a character; then there is no number.
        before.get(digits..)?.parse::<u64>().ok()
    };
    let first = |cues: &[&str]| cues.iter().find_map(|cue| number_before(cue));
    let Some(prompt) = first(&[
        "in the messages",
        "in your prompt",
        "input tokens",
        "prompt tokens",
        "of text input",
    ]) else {
        return;
    };
    let answer = first(&[
        "in the completion",
        "for the completion",
        "output tokens",
        "completion tokens",
        "in the output",
    ]);
    if let Some(answer) = answer {
        let limit = parsed.number_after("context length is ").unwrap_or(u64::MAX);
        if answer > prompt && prompt < limit {
            let text = format!("{answer} for the answer, {prompt} for the prompt");
            let evidence = Evidence::Phrase { text };
            scores.add(Cause::OutputBudgetTooLarge, weight::DECISIVE, evidence);
            scores.against(Cause::ContextTooLong, weight::FAIR);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn max_tokens_exceeds_the_model() {
        check(
            Cause::OutputBudgetTooLarge,
            &[
                (
                    "other",
                    400,
                    "max_tokens must be less than or equal to 16384, the maximum value for max_tokens is less than the context_window for this model",
                ),
                (
                    "openai",
                    400,
                    r#"{"error":{"message":"max_tokens is too large: 100000. This model supports at most 16384 completion tokens, whereas you provided 100000.","type":"invalid_request_error","param":"max_tokens","code":"invalid_value"}}"#,
                ),
            ],
        );
    }

    #[test]
    fn short_prompt_with_huge_max_tokens() {
        check(
            Cause::OutputBudgetTooLarge,
            &[
                (
                    "openai",
                    400,
                    "This model's maximum context length is 4097 tokens. However, you requested 4116 tokens (116 in the messages, 4000 in the completion). Please reduce the length of the messages or completion.",
                ),
                (
                    "openai",
                    400,
                    "This model's maximum context length is 4097 tokens, however you requested 4350 tokens (254 in your prompt; 4096 for the completion).",
                ),
            ],
        );
    }
}
