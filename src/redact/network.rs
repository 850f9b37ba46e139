//! Finds addresses of machines: IPv4 and IPv6, host names that are made of one, and hardware addresses.

use super::view::{View, found};

/// Products whose versions have four parts.
const VERSIONED: &str = "chrome chromium edg edge electron firefox opr safari v ver version whatsapp release build \
    driver dll app sdk firmware fw";

/// First labels of the host names that providers make of an address.
const HOSTS: &str = "ec2 ip host static dyn dynamic pool c cpe dsl ppp client vps server ns adsl cable dhcp node \
    x";

/// Whether an address helps support and tells nothing about a person: private, loopback, link-local, shared.
fn stays(parts: [u8; 4]) -> bool {
    matches!(
        parts,
        [0 | 10 | 127, ..]
            | [192, 168, ..]
            | [172, 16..=31, ..]
            | [169, 254, ..]
            | [100, 64..=127, ..]
            | [224..=255, ..]
    )
}

/// The four numbers with `mark` between them that stand at `at`, and their end.
fn four(view: &View, at: usize, mark: u8) -> Option<([u8; 4], usize)> {
    let mut parts = [0_u8; 4];
    let mut end = at;
    for (index, part) in parts.iter_mut().enumerate() {
        if index > 0 {
            if view.at(end) != mark {
                return None;
            }
            end += 1;
        }
        let digits = view.run(end, |byte| byte.is_ascii_digit());
        *part = std::str::from_utf8(&view.bytes()[end..digits.min(end + 4)]).ok()?.parse().ok()?;
        end = digits;
    }
    Some((parts, end))
}

/// A public IPv4 address.
pub(super) fn ipv4(view: &mut View, at: usize) -> Option<usize> {
    let before = view.before(at);
    if before.is_ascii_alphanumeric() || before == b'_' {
        return None;
    }
    let (parts, end) = four(view, at, b'.')?;
    let host = view.at(end) == b'.' && view.at(end + 1).is_ascii_alphabetic();
    // Inside of a host name: `static.25.113.0.203.clients.example.net`.
    let inside = before == b'.' && host && view.before(at - 1).is_ascii_alphabetic();
    if before == b'.' && !inside || view.at(end) == b'.' && view.at(end + 1).is_ascii_digit() {
        return None;
    }
    // `chrome/1.2.3.4`, `"version": "1.2.3.4"`
    let mark = view.run_back(at, 40, |byte| b"/ :=\"'\\-@^~>".contains(&byte));
    let word = view.run_back(mark, 12, |byte| byte.is_ascii_alphabetic());
    let is_version =
        VERSIONED.split(' ').any(|name| name.len() == mark - word && view.has_word(word, name));
    (!is_version && !stays(parts)).then(|| found(view, at..end, "IP"))?
}

/// `ec2-203-0-113-25.compute-1.amazonaws.com`: an address in a host name.
pub(super) fn host(view: &mut View, at: usize) -> Option<usize> {
    let before = view.before(at);
    let joined = before.is_ascii_alphabetic();
    let (parts, end) = four(view, at, b'-')?;
    // `ec2-203-…`, `ip203-…`
    let label = if joined { at } else { at.saturating_sub(1) };
    let word = view.run_back(label, 12, |byte| byte.is_ascii_alphabetic());
    let known =
        HOSTS.split(' ').any(|name| name.len() == label - word && view.has_word(word, name));
    let host = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let first = view.run_within(end, 64, host);
    let second = view.run_within(first + 1, 64, host);
    let domain = view.at(first) == b'.' && view.at(first + 1).is_ascii_alphabetic();
    let longer = view.at(second) == b'.' && view.at(second + 1).is_ascii_alphabetic();
    let file = view.bytes().get(first + 1..second).is_none_or(is_file);
    let in_domain = domain && (longer || first == end && !file);
    // `lib-1-2-3-4.tar.gz` is a version.
    let wide = parts.iter().any(|part| *part > 31);
    let is_host = match before {
        b'-' => known || in_domain && wide,
        _ if joined => known && in_domain,
        _ => in_domain && wide,
    };
    (is_host && !stays(parts)).then(|| found(view, at..end, "IP"))?
}

fn is_file(ending: &[u8]) -> bool {
    [
        "zip", "tar", "txt", "log", "json", "exe", "dmg", "whl", "pdf", "png", "msi", "deb", "rpm",
        "html", "yaml", "yml", "csv",
    ]
    .iter()
    .any(|known| ending.eq_ignore_ascii_case(known.as_bytes()))
}

/// A global IPv6 address: they all begin with a 2 or a 3.
pub(super) fn ipv6(view: &mut View, at: usize) -> Option<usize> {
    let before = view.before(at);
    if before.is_ascii_alphanumeric() || before == b':' || !matches!(view.at(at), b'2' | b'3') {
        return None;
    }
    let (mut end, mut groups, mut gap) = (at, 0, false);
    while groups < 8 {
        let digits = view.run(end, |byte| byte.is_ascii_hexdigit()).min(end + 4);
        if digits == end {
            break;
        }
        end = digits;
        groups += 1;
        if view.at(end) != b':' || groups == 8 {
            break;
        }
        match view.at(end + 1) {
            b':' if !gap => {
                gap = true;
                end += 2;
            }
            byte if byte.is_ascii_hexdigit() => end += 1,
            _ => break,
        }
    }
    let first = view.run(at, |byte| byte.is_ascii_hexdigit()) - at;
    (first == 4 && (groups == 8 || gap)).then(|| found(view, at..end, "IP"))?
}

/// A hardware address: `00:1B:44:11:3A:B7`, `00-1b-44-11-3a-b7`, `001b.4411.3ab7`, or the end of a link-local IPv6
/// address that is made of one.
pub(super) fn hardware(view: &mut View, at: usize) -> Option<usize> {
    let before = view.before(at);
    if before.is_ascii_alphanumeric() || matches!(before, b':' | b'-' | b'.') {
        return None;
    }
    let hex = |at: usize| view.run(at, |byte| byte.is_ascii_hexdigit()) - at;
    let width = hex(at);
    let mark = view.at(at + width);
    let groups = match (width, mark) {
        (2, b':' | b'-') => 6,
        (4, b'.') => 3,
        (4, b':') if view.has_word(at, "fe80") => return link_local(view, at),
        _ => return None,
    };
    let mut end = at + width;
    for _ in 1..groups {
        if view.at(end) != mark || hex(end + 1) != width {
            return None;
        }
        end += 1 + width;
    }
    let digits: Vec<u8> =
        view.bytes()[at..end].iter().copied().filter(u8::is_ascii_hexdigit).collect();
    let goes_on = view.at(end) == mark && view.at(end + 1).is_ascii_hexdigit()
        || view.at(end).is_ascii_alphanumeric();
    let plain = digits.windows(2).all(|pair| pair[0] == pair[1]);
    // Two hexadecimal digits each could be a date and a time.
    let letters = digits.iter().any(u8::is_ascii_alphabetic);
    (!goes_on && !plain && (letters || mark == b':'))
        .then(|| found(view, at..end, "MAC_ADDRESS"))?
}

fn link_local(view: &mut View, at: usize) -> Option<usize> {
    let end = view.run(at, |byte| byte.is_ascii_hexdigit() || byte == b':').min(at + 39);
    let address = view.bytes()[at..end].to_ascii_lowercase();
    let middle = address.windows(5).any(|bytes| bytes == b"ff:fe");
    middle.then(|| found(view, at..end, "MAC_ADDRESS"))?
}
