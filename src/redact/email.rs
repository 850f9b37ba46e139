//! Finds mail addresses in any script, spelled out ones too, and WhatsApp ids, which look like them.

use super::view::{LETTER, View, found};

/// A mail address, or a WhatsApp id.
pub(super) fn address(view: &mut View, at: usize) -> Option<usize> {
    for host in ["c.us", "g.us", "s.whatsapp.net", "lid", "newsletter", "broadcast"] {
        let number = view.run_back(at, 64, |byte| byte.is_ascii_digit() || b"-.:_".contains(&byte));
        if view.has_word(at + 1, host)
            && view.bytes()[number..at].iter().filter(|byte| byte.is_ascii_digit()).count() >= 5
        {
            return found(view, number..at + 1 + host.len(), "WHATSAPP_ID");
        }
    }
    let start = local(view, at);
    let end = host(view, at + 1)?;
    (start < at).then(|| found(view, start..end, "EMAIL"))?
}

/// Where the part before the `@` at `at` begins.
fn local(view: &View, at: usize) -> usize {
    // `"Jane Doe"@example.com`
    if view.before(at) == b'"' {
        let start = view
            .run_back(at - 1, 64, |byte| byte.is_ascii_alphanumeric() || b" ._+-".contains(&byte));
        if start < at - 1 && view.before(start) == b'"' {
            return start - 1;
        }
    }
    // Text without spaces may stand right before an address: a script ends where another begins.
    let foreign = view.before(at) == LETTER;
    let start = view.run_back(at, 64, |byte| {
        b"._%+-'=:!#$&*?^{|}~".contains(&byte)
            || if foreign {
                byte == LETTER || byte.is_ascii_digit()
            } else {
                byte.is_ascii_alphanumeric()
            }
    });
    // `to=ann@…`, `mailto:ann@…`, `?a=b&to=ann@…`: the address begins after the mark.
    let mark = view.bytes()[start..at].iter().rposition(|byte| b"=:'&?{|}".contains(byte));
    let start = start + mark.map_or(0, |mark| mark + 1);
    start + view.bytes()[start..at].iter().take_while(|byte| b".!#$*^~".contains(byte)).count()
}

/// The end of the host name at `at`, if it has a top-level domain.
fn host(view: &View, at: usize) -> Option<usize> {
    let (mut label, mut labels) = (at, 0);
    let mut good = None;
    loop {
        let foreign = view.at(label) == LETTER;
        let end = view.run(label, |byte| {
            byte == b'-'
                || byte.is_ascii_digit()
                || if foreign { byte == LETTER } else { byte.is_ascii_alphabetic() }
        });
        let end = view.run_back(end, end - label, |byte| byte == b'-');
        if end == label {
            break;
        }
        labels += 1;
        let top = &view.bytes()[label..end];
        let is_top = top.len() >= 2
            && (top.iter().all(|byte| !byte.is_ascii_digit()) || top.starts_with(b"xn--"));
        if labels > 1 && is_top {
            good = Some(end);
        }
        if view.at(end) != b'.' {
            break;
        }
        label = end + 1;
    }
    good
}

/// `jane (at) example (dot) com`, `jane[at]example.com`, `jane at example dot com`.
pub(super) fn spelled(view: &mut View, at: usize) -> Option<usize> {
    let (left, after_at, bracketed) = word(view, at, "at")?;
    let start =
        view.run_back(left, 64, |byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte));
    let (mut end, mut labels, mut dots) = (after_at, 0, 0);
    let mut label = after_at;
    loop {
        let stop =
            view.run(label, |byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == LETTER);
        if stop == label {
            break;
        }
        (end, labels) = (stop, labels + 1);
        let gap = view.run(stop, |byte| byte == b' ');
        if view.at(stop) == b'.' {
            label = stop + 1;
        } else if let Some((_, next, _)) = word(view, gap, "dot")
            .or_else(|| word(view, gap, "punkt"))
            .or_else(|| word(view, gap, "point"))
        {
            dots += 1;
            label = next;
        } else {
            break;
        }
    }
    let top =
        view.run_back(end, end - after_at, |byte| byte.is_ascii_alphabetic() || byte == LETTER);
    let is_address = start < left && labels > 1 && end - top >= 2 && (bracketed || dots > 0);
    is_address.then(|| found(view, start..end, "EMAIL"))?
}

/// The end of the text before the word that stands at `at`, perhaps in brackets, the start of the text after it, and
/// whether there were brackets.
fn word(view: &View, at: usize, word: &str) -> Option<(usize, usize, bool)> {
    let opens = matches!(view.at(at), b'(' | b'[' | b'{' | b'<');
    let start = at + usize::from(opens);
    let start = if opens { view.run(start, |byte| byte == b' ') } else { start };
    if !view.has_word(start, word) {
        return None;
    }
    let end = start + word.len();
    let blank = |byte: u8| byte == b' ';
    let end = if opens {
        let close = view.run(end, blank);
        matches!(view.at(close), b')' | b']' | b'}' | b'>').then_some(close + 1)?
    } else {
        (blank(view.before(at)) && blank(view.at(end))).then_some(end)?
    };
    Some((view.run_back(at, 2, blank), view.run(end, blank), opens))
}
