//! Text made plain for the lexicons: small letters without marks, words apart by one blank, clauses by a line's end.
//!
//! So accents that are typed, left out or decomposed, full width, invisible characters and marks of direction change
//! nothing. Addresses, scripts, styles, footers and navigation say nothing of a failure and are left out.

use super::letters::{self, Letter};

/// Adds a text as the lexicons know it, and the end of a clause.
pub(super) fn fold(text: &str, folded: &mut String) {
    let mut folder = Folder { plain: folded, last: Kind::None };
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let small = rest.bytes().position(|byte| !byte.is_ascii_lowercase()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(small);
        let may_be_address = || {
            folder.last == Kind::None
                && after
                    .bytes()
                    .next()
                    .is_some_and(|byte| matches!(byte, b'.' | b':' | b'-' | b'0'..=b'9'))
        };
        if !word.is_empty() && !may_be_address() {
            folder.plain.push_str(word);
            folder.last = Kind::Lower;
            rest = after;
            continue;
        }
        let skipped = match first {
            '<' => markup(rest, &mut folder),
            'h' | 'H' | 'w' | 'W' if folder.last != Kind::Lower && folder.last != Kind::Upper => {
                address(rest)
            }
            '&' => entity(rest),
            _ => 0,
        };
        if skipped == 0 && first.is_ascii_alphanumeric() && folder.last == Kind::None {
            let named = named_host(rest);
            if named > 0 {
                folder.plain.push_str(NAMED_HOST);
                folder.gap();
                rest = &rest[named..];
                continue;
            }
        }
        if skipped > 0 {
            folder.gap();
            rest = &rest[skipped..];
            continue;
        }
        rest = &rest[first.len_utf8()..];
        if first.is_ascii() {
            folder.ascii(first as u8, rest.as_bytes());
        } else {
            folder.letter(first, rest);
        }
    }
    folder.end();
}

/// A stem as its text will be found: folded without an end of a clause.
#[cfg(any(test, not(all(target_arch = "wasm32", feature = "workspace"))))]
pub(super) fn fold_stem(stem: &str) -> String {
    let mut folded = String::new();
    fold(stem, &mut folded);
    folded.replace('\n', " ").trim().to_owned()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    Lower,
    Upper,
    Digit,
    Other,
}

struct Folder<'a> {
    plain: &'a mut String,
    /// The letter before, for words that are only told apart by their capitals.
    last: Kind,
}

impl Folder<'_> {
    fn gap(&mut self) {
        self.last = Kind::None;
        if !self.plain.ends_with([' ', '\n']) && !self.plain.is_empty() {
            self.plain.push(' ');
        }
    }

    fn end(&mut self) {
        self.last = Kind::None;
        if self.plain.ends_with(' ') {
            self.plain.pop();
        }
        if !self.plain.ends_with('\n') && !self.plain.is_empty() {
            self.plain.push('\n');
        }
    }

    fn ascii(&mut self, byte: u8, rest: &[u8]) {
        match byte {
            b'a'..=b'z' => self.put(byte, Kind::Lower),
            b'A'..=b'Z' => {
                let begins = self.last == Kind::Lower
                    || (self.last == Kind::Upper
                        && rest.first().is_some_and(u8::is_ascii_lowercase)
                        && rest.get(1).is_some_and(u8::is_ascii_lowercase));
                if begins {
                    self.gap();
                }
                self.put(byte.to_ascii_lowercase(), Kind::Upper);
            }
            b'0'..=b'9' => self.put(byte, Kind::Digit),
            b'.' | b'!' | b'?' | b';' => {
                let ends = rest.iter().find(|byte| !matches!(byte, b'"' | b'\'' | b')'));
                if ends.is_none_or(|byte| byte.is_ascii_whitespace() || !byte.is_ascii()) {
                    self.end();
                } else {
                    self.gap();
                }
            }
            b'\n' | b'|' => self.end(),
            _ => self.gap(),
        }
    }

    fn put(&mut self, byte: u8, kind: Kind) {
        self.plain.push(byte as char);
        self.last = kind;
    }

    fn letter(&mut self, letter: char, rest: &str) {
        match letters::plain(letter) {
            Letter::Nothing => {}
            Letter::Gap => self.gap(),
            Letter::End => self.end(),
            Letter::Ascii(byte) => self.ascii(byte, rest.as_bytes()),
            Letter::Marked(byte, capital) => {
                self.put(byte, if capital { Kind::Upper } else { Kind::Lower });
            }
            Letter::Two(first, second) => {
                self.put(first, Kind::Lower);
                self.put(second, Kind::Lower);
            }
            Letter::Plain(plain) => {
                self.last = Kind::Other;
                let joined =
                    self.plain.chars().next_back().and_then(|last| letters::joined(last, plain));
                if joined.is_some() {
                    self.plain.pop();
                }
                self.plain.push(joined.unwrap_or(plain));
            }
        }
    }
}

/// How many bytes a tag takes, with all that stands in a part of a page that tells nothing.
fn markup(text: &str, folder: &mut Folder<'_>) -> usize {
    /// A tag longer than this is a `<` in a sentence.
    const LONGEST: usize = 600;
    let bytes = text.as_bytes();
    if !bytes.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!')) {
        return 0;
    }
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |end| end + 3);
    }
    let Some(close) = bytes.iter().take(LONGEST).position(|&byte| byte == b'>') else { return 0 };
    let closes = bytes[1] == b'/';
    let name = &text[1 + usize::from(closes)..close];
    let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
    let is = |known: &&str| name.eq_ignore_ascii_case(known);
    if bytes[1] != b'!' && !TAGS.iter().any(is) {
        return 0;
    }
    if !closes && SILENT.iter().any(is) {
        folder.end();
        return end_of_element(text, name).unwrap_or(close + 1);
    }
    if !INLINE.iter().any(is) {
        folder.end();
    }
    close + 1
}

/// Parts of a page that say nothing of a failure.
const SILENT: [&str; 7] = ["script", "style", "footer", "nav", "svg", "noscript", "template"];
/// Tags of pages that tell of an error; anything else in angle brackets is words.
const TAGS: [&str; 58] = [
    "a",
    "address",
    "article",
    "aside",
    "b",
    "blockquote",
    "body",
    "br",
    "button",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "label",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "noscript",
    "ol",
    "p",
    "path",
    "pre",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "svg",
    "table",
    "td",
    "template",
    "th",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
];
/// Tags that do not end a sentence.
const INLINE: [&str; 9] = ["a", "b", "i", "em", "strong", "span", "code", "tt", "u"];

fn end_of_element(text: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let inner = from + at + 2;
        if text.get(inner..inner + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        {
            return Some(text[inner..].find('>').map_or(text.len(), |end| inner + end + 1));
        }
        from = inner;
    }
    None
}

/// How many bytes an address takes: its words are names, not statements.
fn address(text: &str) -> usize {
    let starts = |scheme: &str| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    if !["http://", "https://", "www."].iter().any(|scheme| starts(scheme)) {
        return 0;
    }
    let ends = |letter: char| {
        letter.is_ascii_whitespace()
            || !letter.is_ascii()
            || matches!(letter, '"' | '\'' | '<' | '>' | ')' | ']' | '}' | ',' | '|' | '`')
    };
    let end = text.find(ends).unwrap_or(text.len());
    // The full stop behind an address ends the sentence.
    text[..end].trim_end_matches(['.', '!', '?', ';', ':']).len()
}

/// What stands for the name of a host: which one it is does not matter.
const NAMED_HOST: &str = "namedhost";
/// Ends of hosts' names; other words with a full stop inside are files and fields.
const ENDS: [&str; 16] = [
    "com", "org", "net", "io", "ai", "dev", "app", "cn", "co", "de", "fr", "uk", "eu", "jp", "ru",
    "example",
];

/// How many bytes the name of a host takes, such as `chatgpt.com:443`.
fn named_host(text: &str) -> usize {
    let word = text
        .bytes()
        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')))
        .unwrap_or(text.len());
    if !text.as_bytes()[..word].contains(&b'.') {
        return 0;
    }
    let name = text[..word].trim_end_matches(['.', '-']);
    let Some((before, end)) = name.rsplit_once('.') else { return 0 };
    let is_host = !before.is_empty() && ENDS.iter().any(|known| end.eq_ignore_ascii_case(known));
    if is_host { name.len() } else { 0 }
}

/// How many bytes an entity such as `&nbsp;` takes.
fn entity(text: &str) -> usize {
    let bytes = text.as_bytes();
    let name = bytes[1..]
        .iter()
        .take(8)
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#')
        .count();
    if name > 1 && bytes.get(name + 1) == Some(&b';') { name + 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    fn fold(text: &str) -> String {
        let mut folded = String::new();
        super::fold(text, &mut folded);
        folded.trim_end().to_owned()
    }

    #[test]
    fn words_and_clauses_come_apart() {
        for (text, plain) in [
            ("Rate-limit reached. Try again!", "rate limit reached\ntry again"),
            ("api.openai.com. config.json said: can't", "namedhost\nconfig json said can t"),
            ("RateLimitError: APIKey OpenAI", "rate limit error api key open ai"),
            ("invalid_api_key", "invalid api key"),
            ("余额不足，请充值。再试", "余额不足 请充值\n再试"),
        ] {
            assert_eq!(fold(text), plain, "{text}");
        }
    }

    /// Accents, width, direction and invisible characters change nothing.
    #[test]
    fn marks_and_width_are_folded() {
        for (text, plain) in [
            ("Ungültiger SCHLÜSSEL", "ungultiger schlussel"),
            ("Ungu\u{308}ltig", "ungultig"),
            ("Straße łódź ığdır", "strasse lodz igdir"),
            ("ａｐｉ\u{200b}\u{202e}key", "apikey"),
            ("Έληξε ο χρόνος", "εληξε ο χρονοσ"),
            ("Ёлка й", "елка и"),
            ("الطَّلَب أُغلق", "الطلب اغلق"),
            ("ガ\u{30ab}\u{3099}", "ガガ"),
            ("không hợp lệ", "khong hop le"),
            ("KHÔNG HỢP LỆ İSTEK ÜBER", "khong hop le istek uber"),
            ("ה־API", "ה api"),
            ("한\u{1112}\u{1161}\u{11ab}", "한한"),
        ] {
            assert_eq!(fold(text), plain, "{text}");
        }
    }

    #[test]
    fn page_furniture_is_left_out() {
        let page = "<html><head><style>p{}</style><title>Sign in</title></head><body><p>Your <b>key</b> expired</p>\
            <footer>© all rights reserved</footer><!-- x --><script>if (a<b) {}</script></body>";
        assert_eq!(fold(page), "sign in\nyour key expired");
        assert_eq!(fold("see https://a.example/api-keys, now"), "see now");
        assert_eq!(fold("Unexpected token < in JSON"), "unexpected token in json");
        assert_eq!(fold("a &nbsp; b &#39;c"), "a b c");
    }
}
