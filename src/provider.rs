//! Who was called: the services that Unstuck knows, told from a host or an answer's shape.

use serde::{Deserialize, Serialize};

macro_rules! providers {
    ($($variant:ident = $id:literal, $name:literal;)+) => {
        /// A service that answers AI calls, or stands in front of one.
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
    Gemini = "gemini", "Google Gemini";
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
}
