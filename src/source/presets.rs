//! Services that a person can choose by name: where they answer, in which dialect, and what they want.

use super::Dialect;
use unstuck_diagnose::workspace::origin;

/// What stands in an address for what only the person knows.
pub const BLANK: &str = "your-resource";

/// The place of the browser's own model. Nothing is ever sent there: the name only says that it is on this machine.
pub const BUILT_IN: &str = "http://built-in.localhost";

/// The name of its only model.
pub const BUILT_IN_MODEL: &str = "built-in";

/// A service as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// Stable id.
    pub id: &'static str,
    /// Its proper name, the same in every language.
    pub name: &'static str,
    /// How it is spoken to.
    pub dialect: Dialect,
    /// Where it answers; with [`BLANK`] for what only the person knows.
    pub base_url: &'static str,
    /// How its keys begin, and no other's, each way apart by a space; empty where they have no shape of their own.
    key_shape: &'static str,
    /// Whether it wants a key at all.
    pub needs_key: bool,
}

impl Preset {
    /// Whether it runs on the person's own machine.
    #[must_use]
    pub fn is_local(&self) -> bool {
        !self.needs_key
    }
}

/// The preset with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Preset> {
    ALL.iter().find(|preset| preset.id == id)
}

/// The service at this base URL.
#[must_use]
pub fn at(base_url: &str) -> Option<&'static Preset> {
    ALL.iter().find(|preset| origin(preset.base_url) == origin(base_url))
}

/// The service whose keys begin as this one does.
#[must_use]
pub fn owner_of(key: &str) -> Option<&'static Preset> {
    let shaped = ALL.iter().filter(|preset| !preset.key_shape.is_empty());
    let begins = |preset: &&Preset| preset.key_shape.split(' ').any(|shape| key.starts_with(shape));
    shaped.into_iter().find(begins)
}

const fn hosted(
    id: &'static str,
    name: &'static str,
    dialect: Dialect,
    base_url: &'static str,
    key_shape: &'static str,
) -> Preset {
    Preset { id, name, dialect, base_url, key_shape, needs_key: true }
}

const fn local(
    id: &'static str,
    name: &'static str,
    dialect: Dialect,
    base_url: &'static str,
) -> Preset {
    Preset { id, name, dialect, base_url, key_shape: "", needs_key: false }
}

/// Every preset, in the order in which they are offered.
pub const ALL: &[Preset] = {
    use Dialect::{Anthropic, Azure, BuiltIn, Gemini, Ollama, OpenAi, Responses};
    &[
        hosted(
            "openai",
            "OpenAI",
            Responses,
            "https://api.openai.com/v1",
            "sk-proj- sk-svcacct- sk-admin-",
        ),
        hosted("anthropic", "Anthropic", Anthropic, "https://api.anthropic.com/v1", "sk-ant-"),
        hosted(
            "gemini",
            "Google Gemini",
            Gemini,
            "https://generativelanguage.googleapis.com/v1beta",
            "AIza AQ.",
        ),
        hosted("openrouter", "OpenRouter", OpenAi, "https://openrouter.ai/api/v1", "sk-or-"),
        hosted("mistral", "Mistral", OpenAi, "https://api.mistral.ai/v1", ""),
        hosted("groq", "Groq", OpenAi, "https://api.groq.com/openai/v1", "gsk_"),
        hosted("deepseek", "DeepSeek", OpenAi, "https://api.deepseek.com/v1", ""),
        hosted("xai", "xAI", OpenAi, "https://api.x.ai/v1", "xai-"),
        hosted("together", "Together AI", OpenAi, "https://api.together.xyz/v1", ""),
        hosted("azure", "Azure OpenAI", Azure, "https://your-resource.openai.azure.com", ""),
        local("built_in", "Chrome AI", BuiltIn, BUILT_IN),
        local("ollama", "Ollama", Ollama, "http://localhost:11434"),
        local("lmstudio", "LM Studio", OpenAi, "http://localhost:1234/v1"),
        local("llamacpp", "llama.cpp", OpenAi, "http://localhost:8080/v1"),
        local("vllm", "vLLM", OpenAi, "http://localhost:8000/v1"),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base_url;

    #[test]
    fn presets_are_unique_with_clean_addresses() {
        for (at, preset) in ALL.iter().enumerate() {
            assert_eq!(base_url(preset.base_url).as_deref(), Ok(preset.base_url));
            assert!(ALL[at + 1..].iter().all(|other| other.id != preset.id), "{}", preset.id);
            assert_eq!(find(preset.id), Some(preset));
        }
        assert_eq!(find("nobody"), None);
        assert_eq!(at("https://api.x.ai/v1/more"), find("xai"));
        assert_eq!(at("https://api.x.ai.evil.example/v1"), None);
    }

    #[test]
    fn key_shape_reveals_its_owner() {
        let owner = |key| owner_of(key).map(|preset| preset.id);
        assert_eq!(owner("sk-ant-api03-x"), Some("anthropic"));
        assert_eq!(owner("sk-or-v1-x"), Some("openrouter"));
        assert_eq!(owner("sk-1234"), None, "OpenAI's older keys and DeepSeek's look alike");
    }
}
