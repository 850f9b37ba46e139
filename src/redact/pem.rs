//! Finds private keys in their text form (PEM, RFC 7468; OpenSSH, PuTTY), whole, cut short, or with a broken frame.

use super::view::View;

const LABELS: &[&str] = &["private key", "key block", "private_key", "privatekey"];

/// How base64 of a private key begins: PKCS#1, PKCS#8, SEC 1, OpenSSH.
const BODIES: &[&str] = &[
    "MIIE",
    "MIIC",
    "MIIJ",
    "MIIB",
    "MIIG",
    "MIIH",
    "MIIS",
    "MIGH",
    "MHcC",
    "MIGk",
    "MC4C",
    "b3BlbnNzaC1rZXkt",
    "MIIF",
];

/// A block with its frame at `at`, where dashes or the word `BEGIN` stand.
pub(super) fn block(view: &mut View, at: usize) -> Option<usize> {
    let start = view.run_within(at, 24, |byte| matches!(byte, b'-' | b' ' | b'_' | b'=' | b'#'));
    if !view.has_word(start, "begin") {
        return None;
    }
    let framed = start - at >= 2;
    let label = view
        .run_within(start, 60, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_'));
    let head = view.bytes()[start..label].to_ascii_lowercase();
    let named = LABELS.iter().find_map(|label| {
        let at = head.windows(label.len()).position(|bytes| bytes == label.as_bytes())?;
        Some(start + at + label.len())
    })?;
    // A head alone opens a key that was cut; without its dashes the text may only speak of one.
    let end = if framed && view.at(named) == b'-' {
        end_line(view, named).unwrap_or(view.len())
    } else {
        let body = view.run(named, |byte| b"- _=\r\n\t:>*\"',.+\\".contains(&byte));
        let end = lines(view, body);
        if end - body < 24 {
            return None;
        }
        orphan_end(view, end).unwrap_or(end)
    };
    view.take(at..end, "PRIVATE_KEY");
    Some(end)
}

/// The end of the first `-----END …-----` behind `at`.
fn end_line(view: &View, at: usize) -> Option<usize> {
    let rest = &view.bytes()[at..];
    let end =
        at + rest.windows(6).position(|bytes| {
            bytes.eq_ignore_ascii_case(b"--END ") || bytes.eq_ignore_ascii_case(b"- END ")
        })? + 6;
    let end = view.run(end, |byte| byte.is_ascii_alphanumeric() || byte == b' ');
    Some(view.run(end, |byte| byte == b'-').min(end + 5))
}

/// The end of the lines of base64 that begin at `at`.
fn lines(view: &View, at: usize) -> usize {
    let mut end = at;
    let mut line = at;
    loop {
        let stop = view.run(line, is_base64);
        let long = stop - line >= 16
            || end > at
                && stop > line
                && !view.at(stop).is_ascii_alphanumeric()
                && view.at(stop) != b' '
                && view.at(stop) != b':';
        if !long {
            return end;
        }
        end = stop;
        let next = view.run(stop, |byte| b"\r\n \t\"',+\\>|".contains(&byte));
        if next == stop || next - stop > 12 {
            return end;
        }
        line = next;
    }
}

/// A body without its head: lines of base64 that begin as private keys do, or that an end line closes.
pub(super) fn body(view: &mut View, at: usize) -> Option<usize> {
    if !BODIES.iter().any(|body| view.bytes()[at..].starts_with(body.as_bytes())) {
        return None;
    }
    let first = view.run(at, is_base64);
    let end = lines(view, at);
    let broken = end > first;
    // Certificates begin as keys do, but their frame says so.
    let before = view.bytes()[at.saturating_sub(40)..at].to_ascii_lowercase();
    let public = ["certificate", "public key", "request"]
        .iter()
        .any(|word| before.windows(word.len()).any(|bytes| bytes == word.as_bytes()));
    if public || end - at < 40 || !broken && first - at < 64 {
        return None;
    }
    let end = orphan_end(view, end).unwrap_or(end);
    view.take(at..end, "PRIVATE_KEY");
    Some(end)
}

fn orphan_end(view: &View, at: usize) -> Option<usize> {
    let start = view.run(at, |byte| b"\r\n -".contains(&byte));
    view.has_word(start, "end ").then(|| end_line(view, start.saturating_sub(6)))?
}

/// `-----END PRIVATE KEY-----` without a beginning: the lines before it are the key.
pub(super) fn tail(view: &mut View, at: usize) -> Option<usize> {
    let word = view.run_within(at, 24, |byte| matches!(byte, b'-' | b' '));
    if word - at < 2 || !view.has_word(word, "end ") {
        return None;
    }
    let label = view.run_within(word, 60, |byte| byte.is_ascii_alphanumeric() || byte == b' ');
    let name = view.bytes()[word..label].to_ascii_lowercase();
    if !LABELS.iter().any(|label| name.windows(label.len()).any(|bytes| bytes == label.as_bytes()))
    {
        return None;
    }
    let end = view.run(label, |byte| byte == b'-').min(label + 5);
    let start = view.run_back(at, 8_192, |byte| is_base64(byte) || b"\r\n\t\"',".contains(&byte));
    let start = view.run(start, |byte| !is_base64(byte)).min(at);
    (at - start >= 16).then(|| {
        view.take(start..end, "PRIVATE_KEY");
        end
    })
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}
