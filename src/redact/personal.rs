//! Finds what points at a person: mail addresses, phones, chat ids, public IP addresses, cards, home folders.

use std::ops::Range;

use super::view::{FOUND, KEPT, LETTER, View};

pub(super) fn scan(view: &mut View) {
    let mut at = 0;
    while at < view.len() {
        let next = match view.at(at) {
            b'@' => mail(view, at),
            b':' => userinfo(view, at),
            b'+' => phone(view, at),
            b'(' => local_phone(view, at),
            b'0'..=b'9' => card(view, at)
                .or_else(|| ipv4(view, at))
                .or_else(|| ipv6(view, at))
                .or_else(|| local_phone(view, at)),
            b'A'..=b'Z' => iban(view, at),
            b'/' | b'\\' => home(view, at).or_else(|| phone_link(view, at)),
            _ => None,
        };
        at = next.unwrap_or(at + 1);
    }
}

fn found(view: &mut View, range: Range<usize>, class: &'static str) -> Option<usize> {
    let end = range.end;
    view.take(range, class);
    Some(end)
}

/// A mail address, or a WhatsApp id, which looks like one.
fn mail(view: &mut View, at: usize) -> Option<usize> {
    let start = view.run_back(at, 64, |byte| {
        byte.is_ascii_alphanumeric() || b"._%+-'=:".contains(&byte) || byte == LETTER
    });
    for host in ["c.us", "g.us", "s.whatsapp.net", "lid", "newsletter", "broadcast"] {
        let number = view.run_back(at, 64, |byte| byte.is_ascii_digit() || b"-.:_".contains(&byte));
        if view.has_word(at + 1, host)
            && view.bytes()[number..at].iter().filter(|byte| byte.is_ascii_digit()).count() >= 5
        {
            return found(view, number..at + 1 + host.len(), "WHATSAPP_ID");
        }
    }
    let marks = view.bytes()[start..at].iter().take_while(|byte| b"'=:.".contains(byte)).count();
    // `to=ann@…`, `mailto:ann@…`: the address begins after the mark.
    let mark = view.bytes()[start..at]
        .iter()
        .rposition(|byte| b"=:'".contains(byte))
        .map_or(0, |mark| mark + 1);
    let start = start + marks.max(mark);
    let end = view.run(at + 1, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.') || byte == LETTER
    });
    let end = view.run_back(end, end - at, |byte| matches!(byte, b'.' | b'-'));
    let host = &view.bytes()[at + 1..end];
    let top = host.rsplit(|byte| *byte == b'.').next()?;
    let is_host = host.len() > top.len() + 1
        && top.len() >= 2
        && top.iter().all(|byte| !byte.is_ascii_digit());
    (start < at && is_host).then(|| found(view, start..end, "EMAIL"))?
}

/// The `user:password` before an address's host.
fn userinfo(view: &mut View, at: usize) -> Option<usize> {
    if !view.bytes()[at..].starts_with(b"://") {
        return None;
    }
    let start = at + 3;
    let end = view.run(start, |byte| !b"/?#\"'`<> \t\r\n\\".contains(&byte));
    let length = view.bytes()[start..end].iter().rposition(|byte| *byte == b'@')?;
    let has_substance =
        view.bytes()[start..start + length].iter().any(|byte| byte.is_ascii_alphanumeric());
    has_substance.then(|| found(view, start..start + length, "USERINFO"))?
}

/// An international number, with or without spaces.
fn phone(view: &mut View, at: usize) -> Option<usize> {
    if view.before(at).is_ascii_alphanumeric() || !matches!(view.at(at + 1), b'1'..=b'9' | b'(') {
        return None;
    }
    let (end, digits) = number(view, at + 1, 15);
    (digits >= 8).then(|| found(view, at..end, "PHONE"))?
}

/// `(415) 555-0123`, `415-555-0123`, `415.555.0123`.
fn local_phone(view: &mut View, at: usize) -> Option<usize> {
    if !starts_number(view, at) {
        return None;
    }
    let open = view.at(at) == b'(';
    let area = at + usize::from(open);
    let close = usize::from(open);
    let digits =
        |from: usize, count: usize| view.run(from, |byte| byte.is_ascii_digit()) == from + count;
    let separator = |at: usize| matches!(view.at(at), b' ' | b'-' | b'.');
    let after_area = area + 3 + close;
    let exchange = after_area + usize::from(separator(after_area));
    let is_phone = digits(area, 3)
        && (!open || view.at(area + 3) == b')')
        && (open || separator(after_area))
        && digits(exchange, 3)
        && separator(exchange + 3)
        && digits(exchange + 4, 4)
        && !b"-.".contains(&view.at(exchange + 8));
    is_phone.then(|| found(view, at..exchange + 8, "PHONE"))?
}

/// The end and the number of the digits from `at`, at most `most`, with at most two marks between any two.
fn number(view: &View, at: usize, most: usize) -> (usize, usize) {
    let (mut end, mut digits, mut marks) = (at, 0, 0);
    let mut here = at;
    while digits < most {
        match view.at(here) {
            b'0'..=b'9' => {
                digits += 1;
                marks = 0;
                end = here + 1;
            }
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' if marks < 2 => marks += 1,
            _ => break,
        }
        here += 1;
    }
    (end, digits)
}

/// `wa.me/4915…`: a number without its plus.
fn phone_link(view: &mut View, at: usize) -> Option<usize> {
    let end = view.run(at + 1, |byte| byte.is_ascii_digit());
    let links = at >= 5 && view.has_word(at - 5, "wa.me");
    (links && end - at > 7).then(|| found(view, at + 1..end, "PHONE"))?
}

/// Whether a number may begin at `at`, so that it is not the tail of a longer one or of an id.
fn starts_number(view: &View, at: usize) -> bool {
    let before = view.before(at);
    !before.is_ascii_alphanumeric() && !b"._-#".contains(&before)
}

/// A payment card: an issuer's prefix and length, and a right check digit.
fn card(view: &mut View, at: usize) -> Option<usize> {
    if !starts_number(view, at) {
        return None;
    }
    let (mut room, mut count) = ([0; 20], 0);
    let (mut here, mut end) = (at, at);
    while count < room.len() {
        match view.at(here) {
            digit @ b'0'..=b'9' => {
                room[count] = u32::from(digit - b'0');
                count += 1;
                end = here + 1;
            }
            b' ' | b'-' if here == end => {}
            _ => break,
        }
        here += 1;
    }
    let digits = &room[..count];
    let prefix = digits.iter().take(4).fold(0, |prefix, digit| prefix * 10 + digit);
    let length_fits = match prefix {
        4000..=4999 => matches!(digits.len(), 13 | 16 | 19),
        5100..=5599 | 2221..=2720 | 3528..=3589 | 6011 | 6440..=6599 => digits.len() == 16,
        3400..=3499 | 3700..=3799 => digits.len() == 15,
        6200..=6299 => matches!(digits.len(), 16..=19),
        _ => false,
    };
    let check: u32 =
        digits.iter().rev().enumerate().map(|(place, digit)| luhn(place, *digit)).sum();
    (length_fits && check.is_multiple_of(10)).then(|| found(view, at..end, "CARD"))?
}

/// A bank account: country, check digits and account, in groups of four or in one, with a right remainder.
fn iban(view: &mut View, at: usize) -> Option<usize> {
    if view.before(at).is_ascii_alphanumeric()
        || !view.at(at + 1).is_ascii_uppercase()
        || !view.at(at + 2).is_ascii_digit()
    {
        return None;
    }
    let (mut room, mut count) = ([0; 34], 0);
    let (mut here, mut end) = (at, at);
    while count < room.len() {
        match view.at(here) {
            byte @ (b'0'..=b'9' | b'A'..=b'Z') => {
                room[count] = byte;
                count += 1;
                end = here + 1;
            }
            b' ' if count % 4 == 0 && here == end => {}
            _ => break,
        }
        here += 1;
    }
    let characters = &mut room[..count];
    // A neighbour that is already opaque may have been a part of this: what is left of it is no account.
    if characters.len() < 15 || view.at(here) <= KEPT {
        return None;
    }
    characters.rotate_left(4);
    let remainder = characters
        .iter()
        .filter_map(|byte| char::from(*byte).to_digit(36))
        .fold(0, |remainder, value| (remainder * if value < 10 { 10 } else { 100 } + value) % 97);
    (remainder == 1).then(|| found(view, at..end, "BANK_ACCOUNT"))?
}

fn luhn(place: usize, digit: u32) -> u32 {
    match digit * (1 + place as u32 % 2) {
        large @ 10.. => large - 9,
        small => small,
    }
}

/// Products whose versions have four parts.
const VERSIONED: &[&str] = &[
    "chrome", "chromium", "edg", "edge", "electron", "firefox", "opr", "safari", "v", "ver",
    "version", "whatsapp",
];

/// A public IPv4 address. Private and loopback ones help support and tell nothing about a person.
fn ipv4(view: &mut View, at: usize) -> Option<usize> {
    let before = view.before(at);
    if before.is_ascii_alphanumeric() || matches!(before, b'.' | b'_') {
        return None;
    }
    let mut parts = [0_u8; 4];
    let mut end = at;
    for (index, part) in parts.iter_mut().enumerate() {
        if index > 0 {
            if view.at(end) != b'.' {
                return None;
            }
            end += 1;
        }
        let digits = view.run(end, |byte| byte.is_ascii_digit());
        *part = std::str::from_utf8(&view.bytes()[end..digits.min(end + 4)]).ok()?.parse().ok()?;
        end = digits;
    }
    if view.at(end) == b'.' && view.at(end + 1).is_ascii_digit() {
        return None;
    }
    // `chrome/1.2.3.4`, `"version": "1.2.3.4"`
    let mark = view.run_back(at, 40, |byte| b"/ :=\"'\\".contains(&byte));
    let word = view.run_back(mark, 12, |byte| byte.is_ascii_alphabetic());
    let is_version =
        VERSIONED.iter().any(|name| name.len() == mark - word && view.has_word(word, name));
    let stays = matches!(
        parts,
        [0 | 10 | 127, ..]
            | [192, 168, ..]
            | [172, 16..=31, ..]
            | [169, 254, ..]
            | [100, 64..=127, ..]
            | [255, 255, ..]
    );
    (!is_version && !stays).then(|| found(view, at..end, "IP"))?
}

/// A global IPv6 address: they all begin with a 2 or a 3.
fn ipv6(view: &mut View, at: usize) -> Option<usize> {
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

/// The name of a home folder.
fn home(view: &mut View, at: usize) -> Option<usize> {
    let start = ["users", "home", "documents and settings"].into_iter().find_map(|folder| {
        let end = at + 1 + folder.len();
        let slashed = matches!(view.at(end), b'/' | b'\\') && view.has_word(at + 1, folder);
        slashed.then(|| view.run(end, |byte| matches!(byte, b'/' | b'\\')))
    })?;
    let stop = |byte: u8| b"/\\\"'`<>:|?*\r\n\t,;)".contains(&byte);
    let mut end = view.run(start, |byte| !stop(byte) && byte != b' ').min(start + 64);
    // `C:\Users\Ann Lee\…`: a name may hold a space if the folder goes on after it.
    let spaced = view.run(start, |byte| !stop(byte));
    if view.at(at) == b'\\' && view.at(spaced) == b'\\' && spaced - start <= 32 {
        end = spaced;
    }
    let end = view.run_back(end, end - start, |byte| byte == b'.');
    let name = &view.bytes()[start..end];
    let shared = [&b"public"[..], b"default", b"shared", b"me"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known));
    let named = name.iter().any(|byte| byte.is_ascii_alphanumeric() || *byte < FOUND);
    (named && !shared).then(|| found(view, start..end, "USER"))?
}
