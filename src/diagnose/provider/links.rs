//! Where a provider's pages are: sign-in, keys, billing, limits, status, support and the guide for a local problem.

use super::Provider;
use crate::ActionKind;

/// The page that an action opens, for each provider that has one.
#[rustfmt::skip]
const LINKS: &[(Provider, ActionKind, &str)] = {
    use ActionKind::{OpenBilling, OpenGuide, OpenKeys, OpenLimits, OpenLogin, OpenSite, OpenStatus, OpenSupport};
    use Provider::*;
    &[
        (OpenAi, OpenKeys, "https://platform.openai.com/api-keys"),
        (OpenAi, OpenBilling, "https://platform.openai.com/settings/organization/billing/overview"),
        (OpenAi, OpenLimits, "https://platform.openai.com/settings/organization/limits"),
        (OpenAi, OpenStatus, "https://status.openai.com"),
        (OpenAi, OpenSupport, "https://help.openai.com"),
        (OpenAi, OpenSite, "https://platform.openai.com"),
        (OpenAi, OpenLogin, "https://platform.openai.com/login"),
        (OpenAi, OpenGuide, "https://platform.openai.com/docs/guides/error-codes"),
        (ChatGptWeb, OpenLogin, "https://chatgpt.com/auth/login"),
        (ChatGptWeb, OpenSite, "https://chatgpt.com"),
        (ChatGptWeb, OpenBilling, "https://chatgpt.com/#pricing"),
        (ChatGptWeb, OpenStatus, "https://status.openai.com"),
        (ChatGptWeb, OpenSupport, "https://help.openai.com"),
        (Anthropic, OpenKeys, "https://console.anthropic.com/settings/keys"),
        (Anthropic, OpenBilling, "https://console.anthropic.com/settings/billing"),
        (Anthropic, OpenLimits, "https://console.anthropic.com/settings/limits"),
        (Anthropic, OpenStatus, "https://status.claude.com"),
        (Anthropic, OpenSupport, "https://support.claude.com"),
        (Anthropic, OpenSite, "https://console.anthropic.com"),
        (Anthropic, OpenLogin, "https://console.anthropic.com/login"),
        (Anthropic, OpenGuide, "https://docs.claude.com/en/api/errors"),
        (ClaudeWeb, OpenLogin, "https://claude.ai/login"),
        (ClaudeWeb, OpenSite, "https://claude.ai"),
        (ClaudeWeb, OpenBilling, "https://claude.ai/settings/billing"),
        (ClaudeWeb, OpenLimits, "https://claude.ai/settings/usage"),
        (ClaudeWeb, OpenStatus, "https://status.claude.com"),
        (ClaudeWeb, OpenSupport, "https://support.claude.com"),
        (Gemini, OpenKeys, "https://aistudio.google.com/apikey"),
        (Gemini, OpenBilling, "https://console.cloud.google.com/billing"),
        (Gemini, OpenLimits, "https://aistudio.google.com/usage"),
        (Gemini, OpenStatus, "https://aistudio.google.com/status"),
        (Gemini, OpenSite, "https://aistudio.google.com"),
        (Gemini, OpenGuide, "https://ai.google.dev/gemini-api/docs/troubleshooting"),
        (GeminiWeb, OpenLogin, "https://accounts.google.com"),
        (GeminiWeb, OpenSite, "https://gemini.google.com"),
        (GeminiWeb, OpenStatus, "https://www.google.com/appsstatus/dashboard/"),
        (Azure, OpenKeys, "https://ai.azure.com"),
        (Azure, OpenBilling, "https://portal.azure.com/#view/Microsoft_Azure_GTM/ModernBillingMenuBlade"),
        (Azure, OpenLimits, "https://aka.ms/oai/quotaincrease"),
        (Azure, OpenStatus, "https://azure.status.microsoft"),
        (Azure, OpenSite, "https://ai.azure.com"),
        (Azure, OpenSupport, "https://portal.azure.com/#view/Microsoft_Azure_Support/HelpAndSupportBlade"),
        (OpenRouter, OpenKeys, "https://openrouter.ai/settings/keys"),
        (OpenRouter, OpenBilling, "https://openrouter.ai/settings/credits"),
        (OpenRouter, OpenLimits, "https://openrouter.ai/settings/keys"),
        (OpenRouter, OpenStatus, "https://status.openrouter.ai"),
        (OpenRouter, OpenSite, "https://openrouter.ai"),
        (OpenRouter, OpenGuide, "https://openrouter.ai/settings/privacy"),
        (BuiltIn, OpenGuide, "https://developer.chrome.com/docs/ai/get-started"),
        (Ollama, OpenGuide, "https://docs.ollama.com/faq#how-can-i-allow-additional-web-origins-to-access-ollama"),
        (Ollama, OpenLogin, "https://ollama.com/signin"),
        (Ollama, OpenKeys, "https://ollama.com/settings/keys"),
        (Ollama, OpenSite, "https://ollama.com"),
        (LmStudio, OpenGuide, "https://lmstudio.ai/docs/developer/core/server"),
        (LlamaCpp, OpenGuide, "https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md"),
        (Mistral, OpenKeys, "https://console.mistral.ai/api-keys"),
        (Mistral, OpenBilling, "https://admin.mistral.ai/organization/billing"),
        (Mistral, OpenLimits, "https://admin.mistral.ai/plateforme/limits"),
        (Mistral, OpenStatus, "https://status.mistral.ai"),
        (Mistral, OpenSite, "https://console.mistral.ai"),
        (Groq, OpenKeys, "https://console.groq.com/keys"),
        (Groq, OpenBilling, "https://console.groq.com/settings/billing"),
        (Groq, OpenLimits, "https://console.groq.com/settings/limits"),
        (Groq, OpenStatus, "https://groqstatus.com"),
        (Groq, OpenSite, "https://console.groq.com"),
        (DeepSeek, OpenKeys, "https://platform.deepseek.com/api_keys"),
        (DeepSeek, OpenBilling, "https://platform.deepseek.com/top_up"),
        (DeepSeek, OpenLimits, "https://platform.deepseek.com/usage"),
        (DeepSeek, OpenStatus, "https://status.deepseek.com"),
        (DeepSeek, OpenSite, "https://platform.deepseek.com"),
        (Xai, OpenKeys, "https://console.x.ai"),
        (Xai, OpenBilling, "https://console.x.ai"),
        (Xai, OpenLimits, "https://console.x.ai"),
        (Xai, OpenStatus, "https://status.x.ai"),
        (Xai, OpenSite, "https://console.x.ai"),
        (Bedrock, OpenKeys, "https://console.aws.amazon.com/iam/home#/security_credentials"),
        (Bedrock, OpenBilling, "https://console.aws.amazon.com/billing/home"),
        (Bedrock, OpenLimits, "https://console.aws.amazon.com/servicequotas/home/services/bedrock/quotas"),
        (Bedrock, OpenStatus, "https://health.aws.amazon.com/health/status"),
        (Bedrock, OpenSite, "https://console.aws.amazon.com/bedrock/home"),
        (Cohere, OpenKeys, "https://dashboard.cohere.com/api-keys"),
        (Cohere, OpenBilling, "https://dashboard.cohere.com/billing"),
        (Cohere, OpenStatus, "https://status.cohere.com"),
        (Cohere, OpenSite, "https://dashboard.cohere.com"),
        (HuggingFace, OpenKeys, "https://huggingface.co/settings/tokens"),
        (HuggingFace, OpenBilling, "https://huggingface.co/settings/billing"),
        (HuggingFace, OpenLimits, "https://huggingface.co/settings/inference-providers"),
        (HuggingFace, OpenStatus, "https://status.huggingface.co"),
        (HuggingFace, OpenSite, "https://huggingface.co"),
        (HuggingFace, OpenLogin, "https://huggingface.co/login"),
        (Together, OpenKeys, "https://api.together.ai/settings/api-keys"),
        (Together, OpenBilling, "https://api.together.ai/settings/billing"),
        (Together, OpenStatus, "https://status.together.ai"),
        (Together, OpenSite, "https://api.together.ai"),
        (Moonshot, OpenKeys, "https://platform.moonshot.ai/console/api-keys"),
        (Moonshot, OpenBilling, "https://platform.moonshot.ai/console/pay"),
        (Moonshot, OpenLimits, "https://platform.moonshot.ai/console/limits"),
        (Moonshot, OpenSite, "https://platform.moonshot.ai"),
        (Zhipu, OpenKeys, "https://open.bigmodel.cn/usercenter/apikeys"),
        (Zhipu, OpenBilling, "https://open.bigmodel.cn/finance/overview"),
        (Zhipu, OpenSite, "https://open.bigmodel.cn"),
        (Qwen, OpenKeys, "https://bailian.console.aliyun.com/?tab=model#/api-key"),
        (Qwen, OpenBilling, "https://usercenter2.aliyun.com"),
        (Qwen, OpenSite, "https://bailian.console.aliyun.com"),
        (Perplexity, OpenKeys, "https://www.perplexity.ai/account/api/keys"),
        (Perplexity, OpenBilling, "https://www.perplexity.ai/account/api/billing"),
        (Perplexity, OpenStatus, "https://status.perplexity.com"),
        (Perplexity, OpenSite, "https://www.perplexity.ai"),
        (CopilotWeb, OpenLogin, "https://copilot.microsoft.com"),
        (CopilotWeb, OpenSite, "https://copilot.microsoft.com"),
        (DeepSeekWeb, OpenLogin, "https://chat.deepseek.com/sign_in"),
        (DeepSeekWeb, OpenSite, "https://chat.deepseek.com"),
        (DeepSeekWeb, OpenStatus, "https://status.deepseek.com"),
        (GrokWeb, OpenLogin, "https://accounts.x.ai/sign-in?redirect=grok-com"),
        (GrokWeb, OpenSite, "https://grok.com"),
        (GrokWeb, OpenStatus, "https://status.x.ai"),
        (PerplexityWeb, OpenLogin, "https://www.perplexity.ai/login"),
        (PerplexityWeb, OpenSite, "https://www.perplexity.ai"),
        (PerplexityWeb, OpenStatus, "https://status.perplexity.com"),
        (PoeWeb, OpenLogin, "https://poe.com/login"),
        (PoeWeb, OpenSite, "https://poe.com"),
        (PoeWeb, OpenStatus, "https://status.poe.com"),
        (Cloudflare, OpenStatus, "https://www.cloudflarestatus.com"),
    ]
};

impl Provider {
    /// The page of this provider that an action opens.
    #[must_use]
    pub fn link(self, kind: ActionKind) -> Option<&'static str> {
        LINKS
            .iter()
            .find(|(provider, link, _)| *provider == self && *link == kind)
            .map(|(.., address)| *address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_https_and_unique() {
        for (at, (provider, kind, address)) in LINKS.iter().enumerate() {
            assert!(address.starts_with("https://"), "{address}");
            assert!(
                !LINKS[at + 1..].iter().any(|(p, k, _)| p == provider && k == kind),
                "{provider:?} {kind:?}"
            );
        }
    }
}
