//! Not the prompt but the reserved answer (`max_tokens`) exceeds the limit. A smaller answer budget settles it; clearing the
//! chat, the usual advice, does not.

use super::{CauseRule, ConceptRule, On, Pattern, all, code, strong};
use crate::{
    ActionKind, Cause, Evidence, When,
    classify::{ParsedFailure, Scores, weight},
    text::concept::{ANSWER, EXCEEDED, INVALID, LIMIT, OUTPUT, REACHED, SIZE, TOKEN, TOO_LONG},
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
    code("max_tokens_exceeded"),
    strong("max_tokens must be less"),
    strong("max_tokens is too large"),
    strong("max_tokens is too high"),
    strong("max_tokens: * >"),
    strong("max_tokens` must be less"),
    strong("supports at most * completion tokens"),
    strong("invalid max_tokens value"),
    strong("range of max_tokens should be"),
    strong("maxoutputtokens"),
    strong("max_new_tokens` must be"),
    strong("requested up to * tokens").on(On::Refused),
    strong("max_tokens must be at least"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[OUTPUT | ANSWER, TOKEN, LIMIT | EXCEEDED | REACHED]),
    all(&[OUTPUT | ANSWER, SIZE, TOO_LONG]).usual(),
    all(&[OUTPUT, TOKEN | LIMIT, EXCEEDED | TOO_LONG | INVALID]),
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

examples! {
    max_tokens_exceeds_the_model: OutputBudgetTooLarge [
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
    ]
    short_prompt_with_huge_max_tokens: OutputBudgetTooLarge [
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
    ]
    a_length_of_the_answer: OutputBudgetTooLarge [
        ("other", 0, "The output length is too high"),
        ("other", 0, "Die Länge der Ausgabe ist zu groß"),
    ]
}
