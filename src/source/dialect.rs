//! How a source is spoken to.

use serde::{Deserialize, Serialize};
use unstuck_diagnose::Provider;

macro_rules! dialects {
    ($($(#[$doc:meta])* $variant:ident = $id:literal;)+) => {
        /// How a source is spoken to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
        pub enum Dialect {
            $($(#[$doc])* #[serde(rename = $id)] $variant,)+
        }

        impl Dialect {
            /// Every dialect.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable id.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }
        }
    };
}

dialects! {
    /// Chat Completions, of OpenAI and every compatible server.
    #[default]
    OpenAi = "openai";
    /// OpenAI's Responses.
    Responses = "responses";
    /// Anthropic's Messages.
    Anthropic = "anthropic";
    /// Google's Gemini.
    Gemini = "gemini";
    /// Chat Completions as Azure OpenAI serves them.
    Azure = "azure";
    /// Ollama's own.
    Ollama = "ollama";
    /// The model of the browser itself, which has neither address nor key. The shell speaks Ollama's dialect for it.
    BuiltIn = "built_in";
}

impl Dialect {
    /// The dialect with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|dialect| dialect.id() == id)
    }

    /// Whose dialect it is; `None` for the one that everybody speaks.
    #[must_use]
    pub const fn provider(self) -> Option<Provider> {
        match self {
            Self::OpenAi => None,
            Self::Responses => Some(Provider::OpenAi),
            Self::Anthropic => Some(Provider::Anthropic),
            Self::Gemini => Some(Provider::Gemini),
            Self::Azure => Some(Provider::Azure),
            Self::Ollama => Some(Provider::Ollama),
            Self::BuiltIn => Some(Provider::BuiltIn),
        }
    }
}
