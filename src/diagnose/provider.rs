//! Who was called: the services that Unstuck knows, told from a host or an answer's shape.

mod links;
mod sentence;

use serde::{Deserialize, Serialize};

use crate::{Failure, classify::Scan};

macro_rules! providers {
    ($($variant:ident = $id:literal, $name:literal;)+) => {
        /// A service that answers AI calls, or stands in front of one.
        #[cfg_attr(not(feature = "workspace"), non_exhaustive)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "each variant is the proper name given in the table below")]
        pub enum Provider {
            $(#[serde(rename = $id)] $variant,)+
        }

        impl Provider {
            /// Every provider.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable id.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// Its proper name, the same in every language.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

providers! {
    OpenAi = "openai", "OpenAI";
    ChatGptWeb = "chatgpt_web", "ChatGPT";
    Anthropic = "anthropic", "Anthropic";
    ClaudeWeb = "claude_web", "Claude";
    Gemini = "gemini", "Google Gemini";
    GeminiWeb = "gemini_web", "Gemini";
    Azure = "azure", "Azure OpenAI";
    OpenRouter = "openrouter", "OpenRouter";
    Ollama = "ollama", "Ollama";
    LmStudio = "lmstudio", "LM Studio";
    LlamaCpp = "llamacpp", "llama.cpp";
    Mistral = "mistral", "Mistral";
    Groq = "groq", "Groq";
    DeepSeek = "deepseek", "DeepSeek";
    Xai = "xai", "xAI";
    Bedrock = "bedrock", "Amazon Bedrock";
    Cohere = "cohere", "Cohere";
    HuggingFace = "huggingface", "Hugging Face";
    Together = "together", "Together AI";
    Moonshot = "moonshot", "Moonshot AI";
    Zhipu = "zhipu", "Zhipu AI";
    Qwen = "qwen", "Qwen";
    Perplexity = "perplexity", "Perplexity";
    Cloudflare = "cloudflare", "Cloudflare";
    CopilotWeb = "copilot_web", "Copilot";
    DeepSeekWeb = "deepseek_web", "DeepSeek";
    GrokWeb = "grok_web", "Grok";
    PerplexityWeb = "perplexity_web", "Perplexity";
    PoeWeb = "poe_web", "Poe";
    BuiltIn = "built_in", "Chrome AI";
}

impl Provider {
    /// The provider with this id, written with a dash or an underscore, or under another name it goes by.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        let id = id.trim().to_ascii_lowercase().replace(['-', ' '], "_");
        let known = Self::ALL.iter().copied().find(|provider| provider.id() == id);
        known.or_else(|| {
            ALIASES.iter().find(|(alias, _)| *alias == id).map(|(_, provider)| *provider)
        })
    }

    /// The provider that answers at this host.
    #[must_use]
    pub fn from_host(host: &str) -> Option<Self> {
        let known = HOSTS.iter().find(|(suffix, _)| is_under(host, suffix));
        known.map(|(_, provider)| *provider).or(is_bedrock(host).then_some(Self::Bedrock))
    }

    /// Whether it is a web app that knows its callers by a session, not by a key.
    #[must_use]
    pub const fn is_web(self) -> bool {
        matches!(
            self,
            Self::ChatGptWeb
                | Self::ClaudeWeb
                | Self::GeminiWeb
                | Self::CopilotWeb
                | Self::DeepSeekWeb
                | Self::GrokWeb
                | Self::PerplexityWeb
                | Self::PoeWeb
        )
    }

    /// Whether it runs on the person's own machine.
    #[must_use]
    pub const fn is_local(self) -> bool {
        matches!(self, Self::Ollama | Self::LmStudio | Self::LlamaCpp | Self::BuiltIn)
    }
}

/// Who was called: what the caller says, then the host, then headers and body that only one provider sends, and last the
/// sentence that was pasted.
pub(crate) fn of(failure: &Failure, at_host: Option<Provider>, scan: &Scan) -> Option<Provider> {
    failure
        .provider
        .as_deref()
        .and_then(Provider::from_id)
        .or(at_host)
        .or_else(|| {
            HEADERS
                .iter()
                .find(|(name, _)| failure.header(name).is_some())
                .map(|(_, provider)| *provider)
        })
        .or_else(|| {
            MENTIONS.iter().find(|(words, _)| scan.says(words)).map(|(_, provider)| *provider)
        })
        .or_else(|| {
            // A source that its caller or its address names is that one, and not whom a relay's sentence is about.
            let named = failure.provider.is_some() || failure.url.is_some();
            if named { None } else { Provider::accused_in(&scan.low) }
        })
}

/// Whether this host is a web app's.
pub fn is_web_host(host: &str) -> bool {
    is_other_web_host(host) || Provider::from_host(host).is_some_and(Provider::is_web)
}

/// Whether this host is a web app's that is no provider of its own here.
pub(crate) fn is_other_web_host(host: &str) -> bool {
    WEB_HOSTS.iter().any(|suffix| is_under(host, suffix))
}

/// Whether a caller that names its source so means a web app.
pub(crate) fn is_web_id(id: &str) -> bool {
    let id = id.to_ascii_lowercase();
    id.ends_with("web") || ["bing", "copilot", "poe", "bard", "chatgpt"].contains(&id.as_str())
}

/// `bedrock-runtime.us-east-1.amazonaws.com` and its kin; the domain alone is that of every service of AWS.
fn is_bedrock(host: &str) -> bool {
    let is_aws = is_under(host, "amazonaws.com") || is_under(host, "amazonaws.com.cn");
    is_aws && host.split('.').any(|label| label.starts_with("bedrock"))
}

fn is_under(host: &str, suffix: &str) -> bool {
    let (host, suffix) = (host.as_bytes(), suffix.as_bytes());
    host.len().checked_sub(suffix.len()).is_some_and(|start| {
        (start == 0 || host[start - 1] == b'.') && host[start..].eq_ignore_ascii_case(suffix)
    })
}

const ALIASES: &[(&str, Provider)] = &[
    ("chatgpt", Provider::ChatGptWeb),
    ("claude", Provider::Anthropic),
    ("google", Provider::Gemini),
    ("google_ai", Provider::Gemini),
    ("vertex", Provider::Gemini),
    ("vertexai", Provider::Gemini),
    ("bard", Provider::GeminiWeb),
    ("azure_openai", Provider::Azure),
    ("open_router", Provider::OpenRouter),
    ("lm_studio", Provider::LmStudio),
    ("llama.cpp", Provider::LlamaCpp),
    ("llama_cpp", Provider::LlamaCpp),
    ("mistralai", Provider::Mistral),
    ("grok", Provider::Xai),
    ("aws", Provider::Bedrock),
    ("aws_bedrock", Provider::Bedrock),
    ("amazon_bedrock", Provider::Bedrock),
    ("hugging_face", Provider::HuggingFace),
    ("hf", Provider::HuggingFace),
    ("togetherai", Provider::Together),
    ("together_ai", Provider::Together),
    ("kimi", Provider::Moonshot),
    ("glm", Provider::Zhipu),
    ("zhipuai", Provider::Zhipu),
    ("zai", Provider::Zhipu),
    ("bigmodel", Provider::Zhipu),
    ("dashscope", Provider::Qwen),
    ("aliyun", Provider::Qwen),
];

const HOSTS: &[(&str, Provider)] = &[
    ("api.openai.com", Provider::OpenAi),
    ("chatgpt.com", Provider::ChatGptWeb),
    ("chat.openai.com", Provider::ChatGptWeb),
    ("api.anthropic.com", Provider::Anthropic),
    ("claude.ai", Provider::ClaudeWeb),
    ("generativelanguage.googleapis.com", Provider::Gemini),
    ("aiplatform.googleapis.com", Provider::Gemini),
    ("cloudcode-pa.googleapis.com", Provider::Gemini),
    ("gemini.google.com", Provider::GeminiWeb),
    ("openai.azure.com", Provider::Azure),
    ("cognitiveservices.azure.com", Provider::Azure),
    ("services.ai.azure.com", Provider::Azure),
    ("openrouter.ai", Provider::OpenRouter),
    ("ollama.com", Provider::Ollama),
    ("api.mistral.ai", Provider::Mistral),
    ("api.groq.com", Provider::Groq),
    ("api.deepseek.com", Provider::DeepSeek),
    ("api.x.ai", Provider::Xai),
    ("api.cohere.com", Provider::Cohere),
    ("api.cohere.ai", Provider::Cohere),
    ("huggingface.co", Provider::HuggingFace),
    ("api.together.xyz", Provider::Together),
    ("api.together.ai", Provider::Together),
    ("api.moonshot.cn", Provider::Moonshot),
    ("api.moonshot.ai", Provider::Moonshot),
    ("open.bigmodel.cn", Provider::Zhipu),
    ("api.z.ai", Provider::Zhipu),
    ("dashscope.aliyuncs.com", Provider::Qwen),
    ("dashscope-intl.aliyuncs.com", Provider::Qwen),
    ("api.perplexity.ai", Provider::Perplexity),
    ("copilot.microsoft.com", Provider::CopilotWeb),
    ("chat.deepseek.com", Provider::DeepSeekWeb),
    ("grok.com", Provider::GrokWeb),
    ("perplexity.ai", Provider::PerplexityWeb),
    ("poe.com", Provider::PoeWeb),
];

/// Web apps without a provider of their own here.
const WEB_HOSTS: &[&str] =
    &["bing.com", "kimi.com", "chat.qwen.ai", "chat.mistral.ai", "chat.z.ai", "huggingchat.co"];

const HEADERS: &[(&str, Provider)] = &[
    ("openai-version", Provider::OpenAi),
    ("openai-processing-ms", Provider::OpenAi),
    ("anthropic-organization-id", Provider::Anthropic),
    ("anthropic-ratelimit-requests-limit", Provider::Anthropic),
    ("anthropic-ratelimit-unified-status", Provider::Anthropic),
    ("apim-request-id", Provider::Azure),
    ("x-ms-region", Provider::Azure),
    ("x-groq-region", Provider::Groq),
    ("mistral-correlation-id", Provider::Mistral),
    ("x-ds-trace-id", Provider::DeepSeek),
    ("x-debug-trace-id", Provider::Cohere),
    ("x-compute-type", Provider::HuggingFace),
];

/// What the services write about themselves.
const MENTIONS: &[(&str, Provider)] = &[
    ("openrouter.ai", Provider::OpenRouter),
    ("console.groq.com", Provider::Groq),
    ("generativelanguage", Provider::Gemini),
    ("ai.google.dev", Provider::Gemini),
    ("docs.claude.com", Provider::Anthropic),
    ("anthropic", Provider::Anthropic),
    ("azure openai", Provider::Azure),
    ("aka.ms/oai", Provider::Azure),
    ("bedrock", Provider::Bedrock),
    ("console.x.ai", Provider::Xai),
    ("grok.com", Provider::Xai),
    ("ollama", Provider::Ollama),
    ("api.deepseek.com", Provider::DeepSeek),
    ("dashboard.cohere.com", Provider::Cohere),
    ("together.ai", Provider::Together),
    ("dashscope", Provider::Qwen),
    ("bigmodel.cn", Provider::Zhipu),
    ("api.mistral.ai", Provider::Mistral),
    ("moonshot", Provider::Moonshot),
    ("perplexity", Provider::Perplexity),
    ("chatgpt.com", Provider::ChatGptWeb),
    ("chat.openai.com", Provider::ChatGptWeb),
    ("platform.openai.com", Provider::OpenAi),
    ("api.openai.com", Provider::OpenAi),
    ("help.openai.com", Provider::OpenAi),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_accept_dashes_and_aliases() {
        assert_eq!(Provider::from_id("chatgpt-web"), Some(Provider::ChatGptWeb));
        assert_eq!(Provider::from_id("Azure_OpenAI"), Some(Provider::Azure));
        for nobody in ["other", "browser", "", "problem_json"] {
            assert_eq!(Provider::from_id(nobody), None);
        }
        for &provider in Provider::ALL {
            assert_eq!(Provider::from_id(provider.id()), Some(provider));
        }
    }

    #[test]
    fn aws_is_more_than_bedrock() {
        for host in ["bedrock-runtime.eu-west-1.amazonaws.com", "bedrock.us-east-1.amazonaws.com"] {
            assert_eq!(Provider::from_host(host), Some(Provider::Bedrock), "{host}");
        }
        for host in
            ["notes.s3.amazonaws.com", "abc.execute-api.us-east-1.amazonaws.com", "bedrock.example"]
        {
            assert_eq!(Provider::from_host(host), None, "{host}");
        }
        let headers = [("x-amzn-requestid".to_owned(), "1".to_owned())].into_iter().collect();
        let failure = Failure { headers, status: Some(403), ..Failure::default() };
        assert_eq!(crate::classify(&failure).provider, None);
    }

    #[test]
    fn hosts_are_matched_whole() {
        assert_eq!(Provider::from_host("api.openai.com"), Some(Provider::OpenAi));
        assert_eq!(Provider::from_host("me.openai.azure.com"), Some(Provider::Azure));
        assert_eq!(
            Provider::from_host("bedrock-runtime.us-east-1.amazonaws.com"),
            Some(Provider::Bedrock)
        );
        assert_eq!(Provider::from_host("notclaude.ai"), None);
        assert!(
            is_web_host("claude.ai")
                && is_web_host("www.bing.com")
                && !is_web_host("api.openai.com")
        );
    }

    #[test]
    fn header_or_mention_reveals_the_provider() {
        let mut failure = Failure::from_message("x");
        failure.headers.insert("x-groq-region".into(), "us-west-1".into());
        assert_eq!(of(&failure, None, &Scan::of(&["x"])), Some(Provider::Groq));
        let text = "Please see https://openrouter.ai/settings/credits";
        assert_eq!(
            of(&Failure::from_message(text), None, &Scan::of(&[text])),
            Some(Provider::OpenRouter)
        );
        assert_eq!(of(&Failure::default(), None, &Scan::of(&[""])), None);
    }
}
