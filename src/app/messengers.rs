//! The messengers that Unstuck knows by name, to be offered where sites are switched on. `extension/sites.json` has how
//! each of them is built.

/// A messenger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Messenger {
    /// As its people call it.
    pub name: &'static str,
    /// Where it is in the browser. The first is switched on by name: the others hold more than chats, or are rarely met.
    pub hosts: &'static [&'static str],
}

impl Messenger {
    /// The site that is switched on by name.
    #[must_use]
    pub fn site(&self) -> String {
        ["https://", self.hosts[0]].concat()
    }
}

/// All of them, in the order of `extension/sites.json`.
#[rustfmt::skip]
pub const MESSENGERS: [Messenger; 11] = [
    Messenger { name: "WhatsApp Web", hosts: &["web.whatsapp.com"] },
    Messenger { name: "Telegram Web", hosts: &["web.telegram.org"] },
    Messenger { name: "Discord", hosts: &["discord.com", "ptb.discord.com", "canary.discord.com"] },
    Messenger { name: "Slack", hosts: &["app.slack.com"] },
    Messenger { name: "Messenger", hosts: &["www.messenger.com", "www.facebook.com"] },
    Messenger { name: "Microsoft Teams", hosts: &["teams.microsoft.com", "teams.live.com", "teams.cloud.microsoft"] },
    Messenger { name: "LinkedIn", hosts: &["www.linkedin.com"] },
    Messenger { name: "Google Chat", hosts: &["chat.google.com", "mail.google.com"] },
    Messenger { name: "WeChat Web", hosts: &["wx.qq.com", "wx2.qq.com", "web.wechat.com"] },
    Messenger { name: "WeChat File Transfer", hosts: &["filehelper.weixin.qq.com", "szfilehelper.weixin.qq.com"] },
    Messenger { name: "X", hosts: &["x.com", "twitter.com"] },
];

#[cfg(test)]
mod tests {
    use super::{MESSENGERS, Messenger};

    #[test]
    fn they_are_those_of_the_adapters() {
        let adapters: serde_json::Value =
            serde_json::from_str(include_str!("../../extension/sites.json")).unwrap();
        let mut told = Vec::new();
        for adapter in adapters.as_array().unwrap() {
            // The generic one has neither.
            let Some(name) = adapter["name"].as_str() else { continue };
            let hosts = adapter["hosts"].as_array().unwrap().iter();
            let hosts: Vec<_> = hosts.map(|host| host.as_str().unwrap()).collect();
            told.push((name, hosts));
        }
        // Versions of one messenger have an adapter each.
        told.dedup();
        let known = MESSENGERS.map(|Messenger { name, hosts }| (name, hosts.to_vec()));
        assert_eq!(told, known);
    }
}
