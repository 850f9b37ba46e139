//! Finds secrets by the name they stand under: headers, cookies, JSON and form fields, query parameters, flags.

use std::ops::Range;

use super::random;
use super::view::{FOUND, KEPT, View};

/// What a name says about its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `Authorization`: a scheme, then the credential.
    Credential,
    /// `Cookie`, `Set-Cookie`: everything to the end of the line.
    Cookies,
    /// A cookie by its own name.
    Cookie,
    /// Secret whatever it looks like.
    Password,
    /// Secret unless it reads like a word, since error texts name such fields too.
    Key,
    /// So common a name that the value itself must look like a secret.
    Weak,
    /// A person's name, number or chat.
    Person,
}

/// Endings of names, without case and punctuation.
const ENDINGS: &[(Kind, &[&str])] = &[
    (Kind::Credential, &["authorization"]),
    (Kind::Cookies, &["cookie", "cookie2"]),
    (
        Kind::Cookie,
        &[
            "sessiontoken",
            "cfclearance",
            "cfbm",
            "cuser",
            "datr",
            "sessionid",
            "phpsessid",
            "connectsid",
        ],
    ),
    (
        Kind::Password,
        &[
            "password",
            "passwd",
            "passphrase",
            "passcode",
            "pwd",
            "secret",
            "secretkey",
            "privatekey",
        ],
    ),
    (
        Kind::Key,
        &[
            "apikey",
            "accesskey",
            "accesskeyid",
            "accountkey",
            "appkey",
            "applicationkey",
            "authkey",
            "credential",
            "credentials",
            "encryptionkey",
            "integrationkey",
            "jwt",
            "licensekey",
            "masterkey",
            "routingkey",
            "servicekey",
            "sessionkey",
            "sharedkey",
            "signature",
            "signingkey",
            "subscriptionkey",
            "token",
            "webhook",
            "webhookurl",
            "privatekeyid",
        ],
    ),
    (
        Kind::Person,
        &["phone", "phonenumber", "mobile", "chatid", "userid", "username", "contactname"],
    ),
];

/// Whole names.
const NAMES: &[(Kind, &[&str])] = &[
    (Kind::Cookie, &["sid", "xs", "puid"]),
    (Kind::Key, &["sig", "bearer"]),
    (Kind::Weak, &["key", "auth", "pass", "k"]),
    (Kind::Person, &["tel"]),
];

/// `invalid_api_key: …` and `missing token: …` are talk about a field; `ratelimit-…-token: …` is a count.
const TALK: &[&str] =
    &["invalid", "incorrect", "missing", "no", "expired", "wrong", "unexpected", "bad"];

/// Schemes after which one token is the credential. After any other the whole line is.
const SCHEMES: &[&str] =
    &["bearer", "basic", "apikey", "api-key", "token", "key", "splunk", "geniekey", "negotiate"];

const CLOSERS: &[u8] = b"\"'`<>()[]{}|,;&\n\r\t ";

pub(super) fn scan(view: &mut View) {
    let mut at = 0;
    while at < view.len() {
        let end = view.run(at, is_name);
        if end == at {
            at += 1;
            continue;
        }
        let mut next = end;
        // Where a value begins is cheaper to tell than what a name means, and most words have none.
        if let Some((value, listed)) = value_start(view, at, end)
            && let Some(kind) = kind(view, at..end)
            && (!listed || matches!(kind, Kind::Credential | Kind::Key))
        {
            let range = value_range(view, value, kind);
            next = next.max(range.end);
            if has_substance(view, &range) && is_secret(view, &range, kind) {
                view.take(range, class(kind));
            } else {
                // What stands there may be a name with a value of its own.
                next = end;
            }
        }
        at = next;
    }
}

fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Credential => "CREDENTIAL",
        Kind::Cookies | Kind::Cookie => "COOKIE",
        Kind::Password | Kind::Key | Kind::Weak => "SECRET",
        Kind::Person => "PERSON_ID",
    }
}

fn kind(view: &View, name: Range<usize>) -> Option<Kind> {
    let start = name.start.max(name.end.saturating_sub(48));
    let raw = &view.bytes()[start..name.end];
    let mut plain = simplify(raw);
    // `API key`, `access token`: two words.
    if matches!(plain.as_str(), "key" | "token") && view.before(name.start) == b' ' {
        let before = view.run_back(name.start - 1, 12, |byte| byte.is_ascii_alphabetic());
        let joined = simplify(&view.bytes()[before..name.end]);
        if matches!(
            joined.as_str(),
            "apikey" | "accesstoken" | "accesskey" | "secretkey" | "authtoken"
        ) {
            plain = joined;
        }
    }
    if raw.starts_with(b"__Secure-") || raw.starts_with(b"__Host-") {
        return Some(Kind::Cookie);
    }
    // A cookie too long for one is cut into `name.0`, `name.1`.
    let whole = plain.trim_end_matches(|char: char| char.is_ascii_digit());
    if whole.ends_with("sessiontoken") || whole.ends_with("authtoken") && whole != plain {
        return Some(Kind::Cookie);
    }
    if TALK.iter().any(|word| plain.starts_with(word)) || plain.contains("limit") {
        return None;
    }
    let is_name =
        |(kind, names): &(Kind, &[&str])| names.contains(&plain.as_str()).then_some(*kind);
    let ends_so = |(kind, endings): &(Kind, &[&str])| {
        endings.iter().any(|ending| plain.ends_with(ending)).then_some(*kind)
    };
    NAMES.iter().find_map(is_name).or_else(|| ENDINGS.iter().find_map(ends_so))
}

fn simplify(name: &[u8]) -> String {
    let plain = name.iter().filter(|byte| byte.is_ascii_alphanumeric());
    plain.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

/// Where the value begins that belongs to the name at `start..end`, if the text gives it one, and whether it merely is
/// the next in a list.
fn value_start(view: &View, start: usize, end: usize) -> Option<(usize, bool)> {
    let mut at = view.run(end, |byte| matches!(byte, b'"' | b'\'' | b'`' | b']' | b')' | b' '));
    let quoted = at > end && view.at(end) != b' ';
    if quoted && view.at(at) == b',' {
        // `"name":"x-api-key","value":"…"` of a HAR file, `["authorization","…"]` of a header list.
        at = view.run(at + 1, |byte| byte.is_ascii_whitespace());
        let word = view.run(at, is_quote);
        if view.has_word(word, "value") {
            at = view.run(word + 5, |byte| is_quote(byte) || byte == b' ');
        } else if word > at {
            return Some((at, true));
        }
    }
    for word in ["provided", "is", "was"] {
        if view.has_word(at, word) {
            at = view.run(at + word.len(), |byte| byte == b' ');
            if word != "provided" && !matches!(view.at(at), b':' | b'=') {
                return Some((at, false));
            }
        }
    }
    let flag = view.at(start) == b'-' && view.at(end) == b' ';
    if !matches!(view.at(at), b':' | b'=') {
        return flag.then_some((at, false));
    }
    let at = view.run(at, |byte| matches!(byte, b':' | b'=' | b'>'));
    Some((view.run(at, |byte| matches!(byte, b' ' | b'\t' | b'[' | b'(')), false))
}

/// How far the value that begins at `start`, perhaps with a quote, goes.
fn value_range(view: &View, start: usize, kind: Kind) -> Range<usize> {
    let quote = view.at(start);
    if is_quote(quote) {
        let depth = view.width(start);
        let mut end = start + 1;
        let closes = |at: usize| view.at(at) == quote && view.width(at) <= depth;
        let prose = matches!(kind, Kind::Key | Kind::Weak | Kind::Cookie | Kind::Person);
        while end < view.len() && !closes(end) && !(prose && view.at(end).is_ascii_whitespace()) {
            end += 1;
        }
        let start = if kind == Kind::Credential {
            after_scheme(view, start + 1).unwrap_or(start + 1)
        } else {
            start + 1
        };
        return start.min(end)..end;
    }
    match kind {
        Kind::Credential => match after_scheme(view, start) {
            Some(start) => start..token_end(view, start),
            None => start..line_end(view, start),
        },
        Kind::Cookies => start..line_end(view, start),
        Kind::Cookie => start..view.run(start, |byte| !b";\"'`<> \t\r\n\\".contains(&byte)),
        Kind::Password => {
            let end = view.run(start, |byte| !b"\"'`&<>; \t\r\n".contains(&byte));
            start..trim_end(view, start, end)
        }
        Kind::Key | Kind::Weak | Kind::Person => start..token_end(view, start),
    }
}

fn after_scheme(view: &View, start: usize) -> Option<usize> {
    let end = view.run(start, |byte| byte.is_ascii_alphabetic() || byte == b'-');
    let known =
        SCHEMES.iter().any(|scheme| scheme.len() == end - start && view.has_word(start, scheme));
    (known && view.at(end) == b' ').then(|| view.run(end, |byte| byte == b' '))
}

fn token_end(view: &View, start: usize) -> usize {
    let end = view.run(start, |byte| !CLOSERS.contains(&byte));
    trim_end(view, start, end)
}

fn trim_end(view: &View, start: usize, end: usize) -> usize {
    view.run_back(end, end - start, |byte| b".,:!?)}]".contains(&byte))
}

/// The end of a header's line, which a quote around the header or a tag ends as well.
fn line_end(view: &View, start: usize) -> usize {
    let mut at = start;
    loop {
        at = view.run(at, |byte| !b"\"'`<\r\n".contains(&byte));
        let inside =
            is_quote(view.at(at)) && (view.before(at) == b'=' || !ends_value(view.at(at + 1)));
        if !inside {
            return trim_end(view, start, at);
        }
        at += 1;
    }
}

fn ends_value(after_quote: u8) -> bool {
    after_quote.is_ascii_whitespace() || b",:]})<.\"'".contains(&after_quote)
}

/// Whether there is anything in `range` besides punctuation and what was found before.
fn has_substance(view: &View, range: &Range<usize>) -> bool {
    let mut bytes = view.bytes()[range.clone()].iter();
    bytes.any(|byte| {
        byte.is_ascii_alphanumeric() || !byte.is_ascii() || *byte == b'*' || (*byte < FOUND)
    })
}

fn is_secret(view: &View, range: &Range<usize>, kind: Kind) -> bool {
    let value = &view.bytes()[range.clone()];
    if value.contains(&KEPT) || value.first() == Some(&FOUND) && value.len() == 1 {
        return false;
    }
    let has = |test: fn(&u8) -> bool| value.iter().any(test);
    let digit = has(u8::is_ascii_digit);
    let letter = has(u8::is_ascii_alphabetic);
    let masked = value.windows(3).any(|three| three == b"***");
    match kind {
        Kind::Password => !is_filler(value),
        Kind::Cookies => true,
        Kind::Cookie => value.len() >= 6,
        Kind::Credential => digit && value.len() >= 6 || masked || value.len() >= 16,
        Kind::Key => {
            let opaque = digit && (letter || value.len() >= 12);
            masked || value.len() >= 6 && opaque || value.len() >= 16 && !value.contains(&b'_')
        }
        Kind::Weak => {
            let words = value.iter().any(|byte| b"-_.:/".contains(byte));
            masked
                || value.len() >= 16 && digit && letter && (!words || random::looks_random(value))
        }
        Kind::Person => value.len() >= 3 && !is_filler(value),
    }
}

fn is_filler(value: &[u8]) -> bool {
    const FILLERS: &[&str] = &[
        "null",
        "none",
        "nil",
        "true",
        "false",
        "undefined",
        "missing",
        "required",
        "invalid",
        "expired",
        "empty",
    ];
    FILLERS.iter().any(|filler| value.eq_ignore_ascii_case(filler.as_bytes()))
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}
