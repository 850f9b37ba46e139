//! Finds what points at a person, and asks each file that knows a kind of it.

use super::numbers::Groups;
use super::view::{LETTER, View, found};
use super::{bank, chat_link, email, folder, national_id, network, numbers, phone};

pub(super) fn scan(view: &mut View) {
    let mut at = 0;
    while at < view.len() {
        let next = match view.at(at) {
            b'@' => email::address(view, at),
            b':' => userinfo(view, at),
            b'+' => phone::international(view, at),
            b'(' | b'[' | b'{' => {
                let area = view.at(at) == b'(' && view.at(at + 1).is_ascii_digit();
                email::spelled(view, at)
                    .or_else(|| area.then(|| phone::national(view, Groups::read(view, at)))?)
            }
            b' ' => email::spelled(view, at + 1),
            b'<' => chat_link::mention(view, at).or_else(|| email::spelled(view, at)),
            b'0'..=b'9' => number(view, at),
            b'/' | b'\\' => folder::home(view, at)
                .or_else(|| phone::link(view, at))
                .or_else(|| chat_link::snowflake(view, at)),
            byte if byte.is_ascii_alphabetic() && !view.before(at).is_ascii_alphanumeric() => {
                bank::iban(view, at)
                    .or_else(|| chat_link::link(view, at))
                    .or_else(|| national_id::find(view, at))
                    .or_else(|| network::hardware(view, at))
            }
            _ => None,
        };
        at = next.unwrap_or(at + 1);
    }
}

fn number(view: &mut View, at: usize) -> Option<usize> {
    // Within a run of digits nothing begins.
    if view.before(at).is_ascii_digit() {
        return None;
    }
    let groups = Groups::read(view, at);
    let code = numbers::one_time_code(view, at).map(|end| found(view, at..end, "SECRET"));
    if let Some(end) = code {
        return end;
    }
    bank::card(view, &groups)
        .or_else(|| network::ipv4(view, at))
        .or_else(|| network::host(view, at))
        .or_else(|| network::ipv6(view, at))
        .or_else(|| network::hardware(view, at))
        .or_else(|| groups.may_be_long().then(|| national_id::find(view, at))?)
        .or_else(|| phone::national(view, groups))
}

/// The `user:password` before an address's host.
fn userinfo(view: &mut View, at: usize) -> Option<usize> {
    if !view.bytes()[at..].starts_with(b"://") {
        return None;
    }
    let start = at + 3;
    let end = view.run(start, |byte| !b"/?#\"'`<> \t\r\n\\".contains(&byte));
    let length = view.bytes()[start..end].iter().rposition(|byte| *byte == b'@')?;
    let has_substance = view.bytes()[start..start + length]
        .iter()
        .any(|byte| byte.is_ascii_alphanumeric() || *byte == LETTER);
    has_substance.then(|| found(view, start..start + length, "USERINFO"))?
}
