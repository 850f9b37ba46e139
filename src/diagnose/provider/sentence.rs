//! Who is meant by a sentence when nothing else names the service: `ChatGPT error 403`, `[Mistral] 500`, `Error from Groq`.

use super::Provider;

impl Provider {
    /// The service that the first words of a text, given in lower case, name as the one that failed.
    ///
    /// A web app and the API behind it fail differently: `ChatGPT error 403` is a session that ended, `GPT error: 403` an API that
    /// refused. A service that is only mentioned ("Gemini would like your feedback") is not meant.
    pub(super) fn accused_in(low: &str) -> Option<Self> {
        const LOOKED_AT: usize = 256;
        let start = crate::cut::head(low, LOOKED_AT);
        let meant = |&(name, app, api): &(&str, Self, Self)| {
            start.find(name).and_then(|at| {
                let (before, after) = (&start[..at], &start[at + name.len()..]);
                if before.ends_with(continues) {
                    return None;
                }
                let is_api = after.trim_start().trim_start_matches(['-', '_']).starts_with("api");
                let whole = is_api || !after.starts_with(continues);
                let accused = FAILS.iter().any(|words| after.trim_start().starts_with(words))
                    || BLAMES.iter().any(|words| before.trim_end().ends_with(words));
                (whole && (is_api || accused)).then_some(if is_api { api } else { app })
            })
        };
        NAMES.iter().find_map(meant)
    }
}

/// Whether a letter continues the word before it; names in other scripts have no blanks around them.
const fn continues(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '/')
}

/// What follows the name of the service that failed.
const FAILS: &[&str] = &[
    "error",
    "request",
    "response",
    "returned",
    "responded",
    "failed",
    ":",
    "]",
    ")",
    "错误",
    "エラー",
    "fehler",
];
/// What stands before it.
const BLAMES: &[&str] =
    &["error from", "error by", "response from", "request to", "call to", "calling"];

/// A name, who is meant by it alone, and who by the name of its API.
const NAMES: &[(&str, Provider, Provider)] = {
    use Provider::*;
    &[
        ("chatgpt", ChatGptWeb, OpenAi),
        ("openai", OpenAi, OpenAi),
        ("gpt", OpenAi, OpenAi),
        ("claude.ai", ClaudeWeb, Anthropic),
        ("claude", Anthropic, Anthropic),
        ("gemini", Gemini, Gemini),
        ("bard", GeminiWeb, Gemini),
        ("openrouter", OpenRouter, OpenRouter),
        ("lm studio", LmStudio, LmStudio),
        ("llama.cpp", LlamaCpp, LlamaCpp),
        ("mistral", Mistral, Mistral),
        ("groq", Groq, Groq),
        ("deepseek", DeepSeek, DeepSeek),
        ("grok", GrokWeb, Xai),
        ("xai", Xai, Xai),
        ("cohere", Cohere, Cohere),
        ("hugging face", HuggingFace, HuggingFace),
        ("huggingface", HuggingFace, HuggingFace),
        ("together ai", Together, Together),
        ("kimi", Moonshot, Moonshot),
        ("zhipu", Zhipu, Zhipu),
        ("智谱", Zhipu, Zhipu),
        ("qwen", Qwen, Qwen),
        ("poe", PoeWeb, PoeWeb),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cause, Failure, classify};

    #[test]
    fn sentence_names_who_failed() {
        for (text, provider) in [
            ("chatgpt error 403", Provider::ChatGptWeb),
            ("chatgptapi error 403", Provider::OpenAi),
            ("chatgpt api error 401", Provider::OpenAi),
            ("gpt error: 403", Provider::OpenAi),
            ("claude.ai error 403", Provider::ClaudeWeb),
            ("[mistral] 500", Provider::Mistral),
            ("error from groq", Provider::Groq),
            ("智谱错误 1302", Provider::Zhipu),
        ] {
            assert_eq!(Provider::accused_in(text), Some(provider), "{text}");
        }
    }

    #[test]
    fn a_mention_is_no_accusation() {
        for text in [
            "gemini would like your feedback",
            "model google/gemini-2.5: not found",
            "autogpt error",
            "minigpt: error",
            "poetry error",
            "",
        ] {
            assert_eq!(Provider::accused_in(text), None, "{text}");
        }
    }

    #[test]
    fn web_app_and_api_fail_differently() {
        let cause = |text: &str| classify(&Failure::from_message(text)).cause;
        assert_eq!(cause("ChatGPT error 403"), Cause::SessionExpired);
        assert_eq!(cause("ChatGPT error 401"), Cause::SessionExpired);
        assert_eq!(cause("GPT error: 403"), Cause::AccessDenied);
        assert_eq!(cause("GPT error: 401"), Cause::InvalidApiKey);
    }

    #[test]
    fn what_is_known_outranks_the_sentence() {
        let text = "ChatGPT error 403";
        let relay =
            Failure { url: Some("https://relay.example/v1".into()), ..Failure::from_message(text) };
        let other = Failure { provider: Some("other".into()), ..Failure::from_message(text) };
        for failure in [relay, other] {
            let diagnosis = classify(&failure);
            assert_eq!((diagnosis.cause, diagnosis.provider), (Cause::AccessDenied, None));
        }
    }
}
