//! Azure OpenAI: Chat Completions under addresses of its own.
//!
//! Addresses: <https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle>.

/// The version that an address with a deployment has to name; the last that is not a preview.
const VERSION: &str = "?api-version=2024-10-21";

/// Where `path` is under what the portal gives: a resource, its v1 address, or the address of a deployment.
pub(super) fn address(base_url: &str, path: &str) -> String {
    let base_url = base_url.trim_end_matches("/chat/completions");
    match base_url.split_once("/openai/deployments/") {
        // A deployment is one model; the list is the resource's.
        Some((resource, _)) if path == "/models" => format!("{resource}/openai/models{VERSION}"),
        Some(_) => format!("{base_url}{path}{VERSION}"),
        None => format!(
            "{}/openai/v1{path}",
            base_url.trim_end_matches("/v1").trim_end_matches("/openai")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::address;
    use crate::{Dialect, Piece, reader::read_all};

    #[test]
    fn every_portal_address_resolves() {
        let chat = |base| address(base, "/chat/completions");
        let v1 = "https://me.openai.azure.com/openai/v1/chat/completions";
        assert_eq!(chat("https://me.openai.azure.com"), v1);
        assert_eq!(chat("https://me.openai.azure.com/openai"), v1);
        assert_eq!(chat("https://me.openai.azure.com/openai/v1"), v1);
        let deployment = "https://me.openai.azure.com/openai/deployments/mini";
        assert_eq!(
            chat(deployment),
            format!("{deployment}/chat/completions?api-version=2024-10-21")
        );
        assert_eq!(chat(&format!("{deployment}/chat/completions")), chat(deployment));
        assert_eq!(
            address(deployment, "/models"),
            "https://me.openai.azure.com/openai/models?api-version=2024-10-21"
        );
        assert_eq!(
            address("https://me.openai.azure.com", "/models"),
            "https://me.openai.azure.com/openai/v1/models"
        );
    }

    /// As in Microsoft's guide to content streaming: the first chunk has no choices but what the filter made of the ask.
    const STREAM: &str = concat!(
        "data: {\"id\":\"\",\"object\":\"\",\"created\":0,\"model\":\"\",\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{\"hate\":{\"filtered\":false,\"severity\":\"safe\"}}}],\"choices\":[]}\n\n",
        "data: {\"id\":\"chatcmpl-7rCNsVeZy0PGnX3H6jK8STps5nZUY\",\"object\":\"chat.completion.chunk\",\"created\":1692913344,\"model\":\"gpt-35-turbo\",\"choices\":[{\"index\":0,\"finish_reason\":null,\"delta\":{\"role\":\"assistant\"}}],\"usage\":null}\n\n",
        "data: {\"id\":\"chatcmpl-7rCNsVeZy0PGnX3H6jK8STps5nZUY\",\"object\":\"chat.completion.chunk\",\"created\":1692913344,\"model\":\"gpt-35-turbo\",\"choices\":[{\"index\":0,\"finish_reason\":null,\"delta\":{\"content\":\"Color\"}}],\"usage\":null}\n\n",
    );

    /// The filter's own chunks are skipped; its verdict ends the answer.
    #[test]
    fn content_filter_verdict_ends_answer() {
        let read = |end: &str| {
            let answer = format!(
                "{STREAM}data: {{\"choices\":[{{\"index\":0,\"finish_reason\":\"{end}\",\"delta\":{{}}}}]}}\n\ndata: [DONE]\n\n"
            );
            read_all(Dialect::Azure, "text/event-stream", &answer)
        };
        assert_eq!(read("stop"), [Piece::Text("Color".into()), Piece::End]);
        assert!(matches!(&read("content_filter")[..], [Piece::Text(_), Piece::Error(_)]));
    }
}
