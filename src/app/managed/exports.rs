//! Where an organisation lets its browsers send numbers and records.

use unstuck_diagnose::workspace::checksum;

use crate::{fields::Reader, site_origin::site_origin};
use unstuck_engine::{Channel, ChannelKind, GIVEN};
use unstuck_health::channel::address::{check_key, check_url, shown};

/// A channel that the organisation gave, with its secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// The channel. Its id holds a sum of the secret, so that another address is another channel.
    pub channel: Channel,
    /// Its address.
    pub url: String,
    /// Its key; empty for none.
    pub key: String,
}

impl Export {
    /// Its address and key, as those of a channel of the person's are sealed.
    #[must_use]
    pub fn secret(&self) -> String {
        [&self.url, "\n", &self.key].concat()
    }
}

/// What may be wrong with one: the field, and the message key of the reason.
pub(super) type Check = fn(&mut Export) -> Option<(&'static str, &'static str)>;

/// Looks at address and key, and notes what may be seen of them. The worker does without, and lets the core of the pages refuse to
/// send: the rules would weigh on each of its starts.
pub(super) fn check(export: &mut Export) -> Option<(&'static str, &'static str)> {
    let Export { channel, url, key } = export;
    channel.ending = shown(if key.is_empty() { url } else { key });
    let sink = channel.kind.sink()?;
    if channel.origin.is_empty() || check_url(sink, url).is_err() {
        return Some((".address", "wrong_address"));
    }
    let reason = if key.is_empty() { "wrong_empty" } else { "wrong_text" };
    check_key(sink, key).is_err().then_some((".key", reason))
}

/// Reads one.
pub(super) fn read(
    reader: &mut Reader,
    path: &str,
    value: &str,
    check: Option<Check>,
) -> Option<Export> {
    let (mut kind, mut url, mut key) = (None, String::new(), String::new());
    for (name, path, value) in reader.entries(path, value) {
        match name.as_str() {
            "kind" => {
                let id = reader.text(&path, value).unwrap_or_default();
                kind = ChannelKind::from_id(&id).filter(|kind| kind.is_engine());
            }
            "address" => url = reader.text(&path, value).unwrap_or_default(),
            "key" => key = reader.text(&path, value).unwrap_or_default(),
            _ => _ = reader.note::<()>(&path, "wrong_unknown"),
        }
    }
    let Some(kind) = kind else {
        return reader.note(&[path, ".kind"].concat(), "wrong_name");
    };
    let origin = site_origin(&url).unwrap_or_default();
    let (name, ending) = <(String, String)>::default();
    let channel = Channel { id: String::new(), kind, name, origin, ending };
    let mut export = Export { channel, url, key };
    let sum = checksum(export.secret().as_bytes()).to_string();
    export.channel.id = [GIVEN, kind.id(), " ", &sum].concat();
    if let Some((field, reason)) = check.and_then(|check| check(&mut export)) {
        return reader.note(&[path, field].concat(), reason);
    }
    Some(export)
}
