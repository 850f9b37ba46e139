//! The web apps that can be watched by a switch. What their calls are is in `extension/watched/apps.js`: the page and the
//! browser need it before the core is there.

/// Origins of the apps, in the order in which they are offered.
pub const APPS: [&str; 8] = [
    "https://chatgpt.com",
    "https://claude.ai",
    "https://gemini.google.com",
    "https://copilot.microsoft.com",
    "https://chat.deepseek.com",
    "https://grok.com",
    "https://www.perplexity.ai",
    "https://poe.com",
];

#[cfg(test)]
mod tests {
    use super::APPS;
    use unstuck_diagnose::Provider;

    /// Every app has a name, a sign-in page and its calls.
    #[test]
    fn every_app_is_complete() {
        let calls = include_str!("../../../extension/watched/apps.js");
        for app in APPS {
            let host = app.strip_prefix("https://").unwrap();
            let provider = Provider::from_host(host).filter(|provider| provider.is_web()).unwrap();
            assert!(provider.link(unstuck_diagnose::ActionKind::OpenLogin).is_some(), "{app}");
            assert!(calls.contains(&["'", app, "': {"].concat()), "{app}");
        }
        assert_eq!(calls.matches("  'https://").count(), APPS.len());
    }
}
