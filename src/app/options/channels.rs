//! Who else is told that a source is down, and where numbers go: each channel is added by a press, its address and key are its
//! secret.

use serde::{Deserialize, Serialize};

use super::{Fields, OptionsEffect, Page, Problem, site_origin};
use unstuck_diagnose::workspace::head;
use unstuck_engine::{Channel, ChannelKind, Settings};
use unstuck_health::channel::address::{check_key, check_url, shown};

/// A longer name is cut, in bytes.
const NAME: usize = 80;

/// What can be pressed among the channels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelPress {
    /// Show the kinds to choose from by which people are told.
    AddChannel,
    /// Show the engines to choose from.
    AddExport,
    /// Begin a channel of this kind.
    ChooseChannel {
        /// Id of the kind.
        kind: String,
    },
    /// Close what is open.
    CloseChannel,
    /// Keep the channel as it is typed, and tell it from now on.
    SaveChannel,
    /// Tell this channel of something that is no outage.
    TestChannel {
        /// Its id.
        channel: String,
    },
    /// Tell this channel nothing more, and forget its secret.
    RemoveChannel {
        /// Its id.
        channel: String,
    },
}

/// What is open among the channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ChannelOpen {
    /// Only the list.
    #[default]
    List,
    /// The kinds to choose from by which people are told.
    Kinds,
    /// The engines to choose from.
    Engines,
    /// The form of a new channel.
    Form(ChannelKind),
}

/// How the last test of a channel went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ChannelTest {
    /// None was made.
    #[default]
    None,
    /// The channel with this id is being told.
    Running(String),
    /// It is over.
    Over {
        /// Id of the channel.
        channel: String,
        /// Message key of what came of it; its arguments are the name of the receiver and the status.
        key: &'static str,
        /// The status of the answer, 0 for none.
        status: u16,
        /// Whether it arrived.
        arrived: bool,
    },
}

/// The secret of a channel, as it is sealed.
fn secret(url: &str, key: &str) -> String {
    [url, "\n", key].concat()
}

/// Address and key of such a secret.
#[must_use]
pub fn opened(secret: &str) -> (&str, &str) {
    secret.split_once('\n').unwrap_or((secret, ""))
}

impl Page {
    pub(super) fn press_channel(
        &mut self,
        settings: &mut Settings,
        press: ChannelPress,
        fields: &Fields,
        new_id: &str,
    ) -> Vec<OptionsEffect> {
        if !self.may_tell() && !matches!(press, ChannelPress::TestChannel { .. }) {
            return Vec::new();
        }
        match press {
            ChannelPress::AddChannel => self.channel = ChannelOpen::Kinds,
            ChannelPress::AddExport => self.channel = ChannelOpen::Engines,
            ChannelPress::ChooseChannel { kind } => {
                self.channel =
                    ChannelKind::from_id(&kind).map_or(ChannelOpen::Kinds, ChannelOpen::Form);
            }
            ChannelPress::CloseChannel => self.channel = ChannelOpen::List,
            ChannelPress::SaveChannel => {
                return self.save_channel(settings, fields, new_id).into_iter().collect();
            }
            ChannelPress::TestChannel { channel } => {
                let held = self.managed.over(settings).channels;
                let known = held.iter().find(|known| known.id == channel);
                let Some(kind) = known.map(|known| known.kind) else { return Vec::new() };
                let is_allowed = fields.granted || kind == ChannelKind::Mail;
                self.channel_test = ChannelTest::Running(channel.clone());
                if !is_allowed {
                    self.channel_tested(&channel, "options_channel_no_access", 0, false);
                }
            }
            ChannelPress::RemoveChannel { channel } => {
                settings.channels.retain(|known| known.id != channel);
                return vec![OptionsEffect::ForgetKey { source: channel }];
            }
        }
        Vec::new()
    }

    /// Whether others may be told from here: an organisation has its own ways to see what is down.
    #[must_use]
    pub fn may_tell(&self) -> bool {
        self.managed.is_empty()
    }

    /// Takes the outcome of a test, unless something else is tested by now.
    pub fn channel_tested(&mut self, id: &str, key: &'static str, status: u16, arrived: bool) {
        if matches!(&self.channel_test, ChannelTest::Running(tested) if tested == id) {
            self.channel_test = ChannelTest::Over { channel: id.to_owned(), key, status, arrived };
        }
    }

    /// Match patterns of the hosts that the channels before needed, and that nobody needs after.
    #[must_use]
    pub fn freed(&self, before: &Settings, after: &Settings) -> Vec<String> {
        let sources = after.sources.iter().chain(&self.managed.sources);
        let sources = sources.filter_map(|source| site_origin(&source.base_url));
        let given = self.managed.exports.iter().map(|export| &export.channel);
        let others = after.channels.iter().chain(given).map(|channel| &channel.origin);
        let others = others.chain(&after.sites).chain(&after.apps).cloned();
        let needed: Vec<_> = sources.chain(others).collect();
        let posted = before.channels.iter().filter(|channel| channel.kind != ChannelKind::Mail);
        let freed = posted.filter(|channel| !needed.contains(&channel.origin));
        freed.map(|channel| [&channel.origin, "/*"].concat()).collect()
    }

    fn save_channel(
        &mut self,
        settings: &mut Settings,
        fields: &Fields,
        new_id: &str,
    ) -> Option<OptionsEffect> {
        let ChannelOpen::Form(kind) = self.channel else { return None };
        let (url, key) = (fields.get("channel_url").trim(), fields.get("channel_key").trim());
        let origin = self.place(kind, url, key);
        if origin.is_some() && self.problems.is_empty() && !fields.granted {
            let refused = match kind {
                ChannelKind::Mail => "options_mail_no_notifications",
                _ => "options_channel_no_access",
            };
            self.note("channel_url", refused, "");
        }
        let origin = origin.filter(|_| self.problems.is_empty())?;
        let ending = match kind {
            ChannelKind::Mail => String::new(),
            ChannelKind::Alertmanager | ChannelKind::Otlp | ChannelKind::OtlpDelta
                if key.is_empty() =>
            {
                String::new()
            }
            _ => shown(if key.is_empty() { url } else { key }),
        };
        let id = ["channel-", new_id].concat();
        let name = head(fields.get("channel_name").trim(), NAME).to_owned();
        settings.channels.push(Channel { id: id.clone(), kind, name, origin, ending });
        self.channel = ChannelOpen::List;
        Some(OptionsEffect::KeepKey { source: id, key: secret(url, key) })
    }

    /// Where this leads, or what is wrong with it.
    fn place(&mut self, kind: ChannelKind, url: &str, key: &str) -> Option<String> {
        let Some(sink) = kind.sink() else {
            let host = mail_host(url);
            if host.is_none() {
                self.note("channel_url", "options_mail_bad", "");
            }
            return host;
        };
        let checks = [("channel_url", check_url(sink, url)), ("channel_key", check_key(sink, key))];
        for (field, check) in checks {
            if let Err(wrong) = check {
                let (field, key) = (field.to_owned(), wrong.key.to_owned());
                let name = sink.name().to_owned();
                self.problems.push(Problem { field, key, name, host: wrong.host });
            }
        }
        site_origin(url)
    }
}

/// What stands behind the `@` of a mail address.
fn mail_host(address: &str) -> Option<String> {
    let (name, host) = address.split_once('@')?;
    let is_plain = |part: &str| {
        !part.is_empty()
            && !part.chars().any(|c| c.is_whitespace() || c.is_control() || "@,;<>?&".contains(c))
    };
    (address.len() <= 320 && is_plain(name) && is_plain(host)).then(|| host.to_owned())
}

#[cfg(test)]
mod tests;
