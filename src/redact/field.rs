//! Finds secrets and personal numbers by the name they stand under: headers, cookies, JSON and form fields, query
//! parameters, flags, and sentences.

use std::ops::Range;

use super::numbers;
use super::randomness::looks_random;
use super::secret_names::{self, Kind};
use super::split_key;
use super::view::{FOUND, KEPT, LETTER, View, is_quote};

/// How a text joins a value to its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// `name: value`, `name=value`.
    Mark,
    /// `name is value`: the next word may as well say what is wrong with it.
    Says,
    /// The next in a list.
    Listed,
    /// `--name value`.
    Flag,
    /// `name value`.
    Next,
}

/// Schemes after which one token is the credential. After any other the whole line is.
const SCHEMES: &[&str] = &[
    "bearer",
    "basic",
    "apikey",
    "api-key",
    "token",
    "key",
    "splunk",
    "geniekey",
    "negotiate",
    "bot",
    "digest",
];

/// What joins a name to its value in a sentence, in the languages of `secret_names`.
const SAYS: &str = "is was ist war lautet est es era e ar er jest to je la adalah yaitu own";

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
        let name = view.bytes()[at..end].iter().any(u8::is_ascii_alphabetic);
        if name
            && let Some((value, link)) = value_start(view, at, end)
            && let Some(kind) = secret_names::kind(&view.bytes()[..end], at)
            && (link != Link::Listed || matches!(kind, Kind::Credential | Kind::Key | Kind::Header))
            && let Some(taken) = take_value(view, value, kind, link)
        {
            next = next.max(taken);
        }
        at = next;
    }
}

/// Takes the value at `start` if it is one that `kind` hides, and returns where to go on.
pub(super) fn take_value(view: &mut View, start: usize, kind: Kind, link: Link) -> Option<usize> {
    let range = match kind {
        Kind::Phone | Kind::Number => numbers::labelled(view, start, kind == Kind::Phone)?,
        _ => value_range(view, start, kind),
    };
    if kind == Kind::Password && is_prose(view, &range) {
        return Some(range.end);
    }
    let hidden = has_substance(view, &range) && is_secret(view, &range, kind, link);
    hidden.then(|| {
        let whole = matches!(kind, Kind::Key | Kind::Header | Kind::Weak) && range.len() >= 20;
        let end = if whole { split_key::end(view, range.start, range.end) } else { range.end };
        view.take(range.start..end, class(kind));
        end
    })
}

fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Credential => "CREDENTIAL",
        Kind::Cookies | Kind::Cookie => "COOKIE",
        Kind::Password | Kind::Key | Kind::Header | Kind::Weak | Kind::Code => "SECRET",
        Kind::Person => "PERSON_ID",
        Kind::Phone => "PHONE",
        Kind::Number => "ID_NUMBER",
    }
}

/// Where the value begins that belongs to the name at `start..end`, if the text gives it one, and how.
fn value_start(view: &View, start: usize, end: usize) -> Option<(usize, Link)> {
    // `<password>…</password>`
    if view.at(end) == b'>' && view.before(start) == b'<' {
        let close = view.run_within(end + 1, 256, |byte| byte != b'<' && byte != b'\n');
        return (view.at(close) == b'<' && view.at(close + 1) == b'/')
            .then_some((end + 1, Link::Mark));
    }
    let mut at =
        view.run(end, |byte| is_quote(byte) || is_blank(byte) || matches!(byte, b']' | b')'));
    let quoted = at > end && !is_blank(view.at(end));
    if quoted && view.at(at) == b',' {
        // `"name":"x-api-key","value":"…"` of a HAR file, `["authorization","…"]` of a header list.
        at = view.run(at + 1, |byte| byte.is_ascii_whitespace());
        let word = view.run(at, is_quote);
        if view.has_word(word, "value") {
            at = view.run(word + 5, |byte| is_quote(byte) || byte == b' ');
        } else if word > at {
            return Some((at, Link::Listed));
        }
    }
    let mut link = Link::Next;
    if view.has_word(at, "provided") {
        at = view.run(at + "provided".len(), is_blank);
    } else if at > end && view.at(at).is_ascii_alphabetic() {
        let word = view.run(at, |byte| byte.is_ascii_alphabetic());
        let says = SAYS.split(' ').any(|says| says.len() == word - at && view.has_word(at, says));
        if says && (is_blank(view.at(word)) || is_mark(view.at(word))) {
            at = view.run(word, is_blank);
            link = Link::Says;
        }
    }
    if is_mark(view.at(at)) {
        return Some((after_mark(view, at), Link::Mark));
    }
    if link == Link::Says {
        return Some((at, link));
    }
    if view.at(start) == b'-' && is_blank(view.at(end)) {
        return Some((at, Link::Flag));
    }
    if at == end || !is_blank(view.at(end)) {
        return None;
    }
    // A word before a word: only a value with a digit is worth a look at what the name means.
    let number = view.run(at, |byte| matches!(byte, b'(' | b'+'));
    let token = token_end(view, number);
    let digit = view.bytes()[number..token].iter().any(u8::is_ascii_digit);
    (digit || view.at(number).is_ascii_uppercase()).then_some((at, Link::Next))
}

/// Where the value after the colon or equals sign at `at` begins: behind it, or alone on the next line.
pub(super) fn after_mark(view: &View, at: usize) -> usize {
    let at = view.run(at, |byte| is_mark(byte) || byte == b'>');
    let start = view.run(at, |byte| is_blank(byte) || matches!(byte, b'[' | b'('));
    let line = view.run(start, |byte| matches!(byte, b'\r' | b'\n'));
    if line == start || line > start + 2 {
        return start;
    }
    let below = view.run(line, is_blank);
    let end = view.run(below, |byte| !byte.is_ascii_whitespace());
    let value = &view.bytes()[below..end];
    let alone = matches!(view.at(end), b'\r' | b'\n') && !value.ends_with(b":");
    let opaque = value.iter().any(u8::is_ascii_digit) && value.iter().any(u8::is_ascii_alphabetic);
    if alone && opaque { below } else { start }
}

/// How far the value that begins at `start`, perhaps with a quote, goes.
fn value_range(view: &View, start: usize, kind: Kind) -> Range<usize> {
    let quote = view.at(start);
    if is_quote(quote) {
        let depth = view.width(start);
        let mut end = start + 1;
        let closes = |at: usize| view.at(at) == quote && view.width(at) <= depth;
        let prose = !matches!(kind, Kind::Password | Kind::Credential | Kind::Cookies);
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
        _ => start..token_end(view, start),
    }
}

fn after_scheme(view: &View, start: usize) -> Option<usize> {
    let end = view.run(start, |byte| byte.is_ascii_alphabetic() || byte == b'-');
    let known =
        SCHEMES.iter().any(|scheme| scheme.len() == end - start && view.has_word(start, scheme));
    (known && is_blank(view.at(end))).then(|| view.run(end, is_blank))
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
pub(super) fn has_substance(view: &View, range: &Range<usize>) -> bool {
    let mut bytes = view.bytes()[range.clone()].iter();
    bytes.any(|byte| {
        byte.is_ascii_alphanumeric() || !byte.is_ascii() || *byte == b'*' || (*byte < FOUND)
    })
}

/// Whether a sentence goes on in a script of its own. A password in that script stands in quotes.
fn is_prose(view: &View, range: &Range<usize>) -> bool {
    let value = &view.bytes()[range.clone()];
    let prose = |byte: &u8| *byte == LETTER || byte.is_ascii_punctuation();
    value.contains(&LETTER) && value.iter().all(prose) && !is_quote(view.before(range.start))
}

fn is_secret(view: &View, range: &Range<usize>, kind: Kind, link: Link) -> bool {
    let value = &view.bytes()[range.clone()];
    if value.contains(&KEPT) || value.first() == Some(&FOUND) && value.len() == 1 {
        return false;
    }
    let has = |test: fn(&u8) -> bool| value.iter().any(test);
    let digit = has(u8::is_ascii_digit);
    let letter = has(u8::is_ascii_alphabetic);
    let masked = value.windows(3).any(|three| three == b"***");
    let loose = matches!(link, Link::Says | Link::Next);
    match kind {
        Kind::Password if loose => digit && (letter || has(is_foreign)) && is_strong(value),
        Kind::Password => !is_filler(value) && !is_placeholder(value),
        Kind::Cookies => true,
        Kind::Cookie => value.len() >= 6,
        Kind::Credential => {
            let scheme = is_blank(view.before(range.start))
                && view.before(range.start - 1).is_ascii_alphabetic();
            digit && value.len() >= 6
                || masked
                || value.len() >= 16 && !is_placeholder(value)
                || scheme && value.len() >= 3 && !is_filler(value) && !is_placeholder(value)
        }
        Kind::Header if !loose => {
            value.len() >= 3 && !is_filler(value) && !is_placeholder(value) && letter
                || digit && value.len() >= 4
                || masked
        }
        Kind::Key | Kind::Header if link == Link::Next => {
            value.len() >= 16 && digit && letter && !value.contains(&b'_')
        }
        Kind::Key | Kind::Header => {
            let opaque = digit && (letter || value.len() >= 12);
            masked
                || value.len() >= 6 && opaque
                || value.len() >= 16 && !value.contains(&b'_') && !is_placeholder(value)
        }
        Kind::Weak => {
            let words = value.iter().any(|byte| b"-_.:/".contains(byte));
            !loose
                && (masked
                    || value.len() >= 16 && digit && letter && (!words || looks_random(value)))
        }
        Kind::Code => {
            let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
            (3..=10).contains(&digits) && (digits >= 4 || !loose) && value.len() <= digits + 2
                || !loose && digit && letter && (6..=16).contains(&value.len())
        }
        Kind::Person => !loose && value.len() >= 3 && !is_filler(value),
        Kind::Phone | Kind::Number => true,
    }
}

fn is_foreign(byte: &u8) -> bool {
    *byte == LETTER
}

/// Whether a value with a digit and a letter is more than a name such as `sha256` or `oauth2`.
fn is_strong(value: &[u8]) -> bool {
    let sign = value.iter().any(|byte| b"!@#$%^&*?~+".contains(byte));
    let joined = value.iter().any(|byte| matches!(byte, b'-' | b'_' | b'/'));
    let cases =
        value.iter().any(u8::is_ascii_uppercase) && value.iter().any(u8::is_ascii_lowercase);
    let setting = value.contains(&b'=');
    !setting
        && (value.len() >= 6 && sign || value.len() >= 7 && (!joined || cases) || value.len() >= 12)
}

/// Words that stand where a value would, to say that there is none or what is wrong with it.
const FILLERS: &str = "minimo minimum min mindestens minimal doit muss debe deve null none nil true false undefined missing required invalid expired empty incorrect wrong \
    header token key the a an is was not no please your must should value string optional unset \
    set unknown redacted hidden revoked denied forbidden unauthorized rejected malformed \
    disabled enabled this that use check failed error absent blank bearer basic authentication \
    falsch ungultig fehlt erforderlich abgelaufen incorrecte invalide requis manquant expire \
    incorrecta requerida caducada incorreta obrigatoria errata scaduta obbligatoria onjuist \
    vereist fel saknas bledne wymagane spatne yanlis gerekli salah sai loi";

pub(super) fn is_filler(value: &[u8]) -> bool {
    FILLERS.split(' ').any(|filler| value.eq_ignore_ascii_case(filler.as_bytes()))
}

/// Whether `value` only says where the secret would go: `$API_KEY`, `${KEY}`, `<token>`, `YOUR_API_KEY`, `%KEY%`.
pub(super) fn is_placeholder(value: &[u8]) -> bool {
    let opens = value.first().is_some_and(|byte| b"$<{%".contains(byte));
    let named = value.iter().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'_' | b'-'))
        && value.contains(&b'_');
    let spoken = value.len() >= 4 && value[..4].eq_ignore_ascii_case(b"your");
    let digits = value.iter().any(u8::is_ascii_digit);
    !digits
        && (opens
            && value.len() >= 3
            && value[1..]
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_{}()<>%".contains(byte))
            || named
            || spoken)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

pub(super) fn is_mark(byte: u8) -> bool {
    matches!(byte, b':' | b'=')
}
