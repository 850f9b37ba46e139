//! Finds people, chats and invitations in the addresses and mentions of messengers.

use super::view::{View, found};

/// What an address begins with, without the scheme; what follows names somebody.
const LINKS: &[&str] = &[
    "t.me/",
    "telegram.me/",
    "telegram.dog/",
    "tg://user?id=",
    "tg://openmessage?user_id=",
    "tg://openmessage?chat_id=",
    "tg://resolve?domain=",
    "tg://resolve?phone=",
    "tg://join?invite=",
    "tg://privatepost?channel=",
    "web.telegram.org/k/#",
    "web.telegram.org/a/#",
    "web.telegram.org/z/#",
    "web.telegram.org/#/im?p=",
    "discord.com/channels/",
    "discord.com/users/",
    "discord.com/invite/",
    "discord.gg/",
    "discordapp.com/channels/",
    "discordapp.com/users/",
    "discordapp.com/invite/",
    "ptb.discord.com/channels/",
    "canary.discord.com/channels/",
    "cdn.discordapp.com/attachments/",
    "cdn.discordapp.com/avatars/",
    "media.discordapp.net/attachments/",
    "discord://-/channels/",
    "discord://-/users/",
    "chat.whatsapp.com/",
    "whatsapp://send?phone=",
    "api.whatsapp.com/send?phone=",
    "api.whatsapp.com/send/?phone=",
    "web.whatsapp.com/send?phone=",
    "signal.me/#",
    "signal.group/#",
    "m.me/",
    "messenger.com/t/",
    "facebook.com/messages/t/",
    "facebook.com/profile.php?id=",
    "instagram.com/direct/t/",
    "app.slack.com/client/",
    "slack.com/archives/",
    "slack.com/team/",
    "teams.microsoft.com/l/chat/",
    "teams.microsoft.com/l/message/",
    "line.me/ti/p/",
    "line.me/r/ti/p/",
    "vk.com/id",
    "vk.com/im?sel=",
    "vk.me/",
    "matrix.to/#/",
    "linkedin.com/in/",
    "linkedin.com/messaging/thread/",
    "skype:",
    "viber://chat?number=",
    "zalo.me/",
    "icq.im/",
];

/// Public pages under these addresses, which name nobody.
const PAGES: &[&str] =
    &["share", "login", "@me", "s", "iv", "addstickers", "proxy", "help", "docs", "telegram"];

/// A link at `at`, the first letter of a host name or of a scheme.
pub(super) fn link(view: &mut View, at: usize) -> Option<usize> {
    let before = view.before(at);
    if before.is_ascii_alphanumeric() || before == b'-' {
        return None;
    }
    let first = view.at(at).to_ascii_lowercase();
    let mut links = LINKS.iter().filter(|prefix| prefix.as_bytes().first() == Some(&first));
    let prefix = links.find(|prefix| view.has_word(at, prefix))?;
    let start = at + prefix.len();
    let end =
        view.run(start, |byte| byte.is_ascii_alphanumeric() || b"._~@:+!$-/=%#,*".contains(&byte));
    let end = view.run_back(end, end - start, |byte| b".:!,/".contains(&byte));
    let first = view.run(start, |byte| byte != b'/' && byte.is_ascii_graphic()).min(end);
    let page =
        PAGES.iter().any(|page| view.bytes()[start..first].eq_ignore_ascii_case(page.as_bytes()));
    let digits = prefix.ends_with("/id") || prefix.ends_with("skype:");
    let fits = !page
        && end > start
        && (!digits
            || view.at(start).is_ascii_digit()
            || prefix.ends_with(':')
                && view.at(start).is_ascii_alphabetic()
                && view.at(end) == b'?')
        && view.bytes()[start..end].iter().any(u8::is_ascii_alphanumeric);
    fits.then(|| found(view, start..end, "PERSON_ID"))?
}

/// `<@123456789012345678>`, `<@!…>`, `<#…>`, `<@U012AB3CD>`: a mention in Discord or Slack.
pub(super) fn mention(view: &mut View, at: usize) -> Option<usize> {
    if !matches!(view.at(at + 1), b'@' | b'#') {
        return None;
    }
    let start = view.run(at + 2, |byte| matches!(byte, b'!' | b'&'));
    let end = view.run(start, |byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let closes = matches!(view.at(end), b'>' | b'|');
    let digits = view.bytes()[start..end].iter().any(u8::is_ascii_digit);
    (closes && digits && end - start >= 8).then(|| found(view, start..end, "PERSON_ID"))?
}

/// An id in the path of Discord's interface: `/channels/123456789012345678/messages/…`.
pub(super) fn snowflake(view: &mut View, at: usize) -> Option<usize> {
    let end = view.run(at + 1, |byte| byte.is_ascii_digit());
    let folder = [
        "channels",
        "users",
        "guilds",
        "members",
        "recipients",
        "webhooks",
        "messages",
        "messages/search",
        "@me",
        "chats",
    ]
    .iter()
    .any(|folder| at >= folder.len() && view.has_word(at - folder.len(), folder));
    ((17..=20).contains(&(end - at - 1)) && folder)
        .then(|| found(view, at + 1..end, "PERSON_ID"))?
}
