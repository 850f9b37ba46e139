//! Finds the secrets that the extension itself stores: the one scan that need not guess.

use super::view::{Find, View};

/// Shorter secrets cannot be told from words: sweeping `ollama` or `none` would spoil every text and guard nothing.
const MIN_LENGTH: usize = 8;

const CLASS: &str = "OWN_SECRET";

/// Every form in which each own secret may stand in a text.
pub(super) struct OwnSecrets {
    secrets: Vec<String>,
    /// As the secrets read in a peeled view, where that keeps all of them.
    peeled: Vec<String>,
    /// The forms, and whose they are, by their first byte: most of a text is passed over with one look.
    forms: Vec<Vec<(String, usize)>>,
}

impl OwnSecrets {
    pub(super) fn new(secrets: &[&str]) -> Self {
        let mut longest_first: Vec<String> = Vec::new();
        for secret in secrets.iter().filter(|secret| secret.len() >= MIN_LENGTH) {
            // The longer first, so that a secret within another does not break it apart.
            let shorter = longest_first.iter().position(|known| known.len() < secret.len());
            let place = shorter.unwrap_or(longest_first.len());
            longest_first.insert(place, (*secret).to_owned());
        }
        let mut own =
            Self { peeled: Vec::new(), forms: vec![Vec::new(); 256], secrets: longest_first };
        for (index, secret) in own.secrets.iter().enumerate() {
            own.peeled.extend(peeled(secret));
            for form in forms(secret) {
                if let Some(&first) = form.as_bytes().first() {
                    own.forms[usize::from(first)].push((form, index));
                }
            }
        }
        own
    }

    /// Finds every form that is spelled out in the text; forms that overlap are one find.
    pub(super) fn find_encoded(&self, text: &str) -> Vec<Find> {
        let mut finds: Vec<Find> = Vec::new();
        for (at, byte) in text.bytes().enumerate() {
            let forms = &self.forms[usize::from(byte)];
            let rest = &text.as_bytes()[at..];
            for (form, index) in forms.iter().filter(|(form, _)| rest.starts_with(form.as_bytes()))
            {
                let end = at + form.len();
                match finds.last_mut() {
                    Some(last) if at < last.place.end => last.place.end = last.place.end.max(end),
                    _ => finds.push(Find {
                        place: at..end,
                        class: CLASS,
                        value: self.secrets[*index].clone(),
                    }),
                }
            }
        }
        finds
    }

    /// Finds what reads like an own secret once disguises are undone.
    pub(super) fn scan(&self, view: &mut View) {
        for peeled in &self.peeled {
            let Ok(text) = std::str::from_utf8(view.bytes()) else { return };
            let places: Vec<usize> =
                text.match_indices(peeled.as_str()).map(|(at, _)| at).collect();
            for at in places {
                view.take(at..at + peeled.len(), CLASS);
            }
        }
    }
}

fn peeled(secret: &str) -> Option<String> {
    let view = View::peeled(secret);
    let readable = view.len() >= MIN_LENGTH && view.bytes().iter().all(|byte| *byte >= b' ');
    readable.then(|| view.bytes().iter().map(|byte| char::from(*byte)).collect())
}

fn forms(secret: &str) -> Vec<String> {
    let utf16_little: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16_big: Vec<u8> = secret.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let escaped = json_escape(secret);
    let mut forms = vec![secret.to_owned(), json_escape(&escaped), escaped];
    for upper in [true, false] {
        let hex =
            |bytes: &[u8]| bytes.iter().map(|byte| hex_byte(*byte, upper)).collect::<String>();
        forms.push(percent(secret, upper, |byte| {
            byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte)
        }));
        forms.push(percent(secret, upper, |byte| {
            byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte)
        }));
        forms.push(
            percent(secret, upper, |byte| byte.is_ascii_alphanumeric() || b"*-._".contains(&byte))
                .replace("%20", "+"),
        );
        forms.push(percent(secret, upper, |_| false));
        forms.extend([hex(secret.as_bytes()), hex(&utf16_little), hex(&utf16_big)]);
        let units = secret.encode_utf16().map(|unit| {
            let [high, low] = unit.to_be_bytes();
            format!("\\u{}{}", hex_byte(high, upper), hex_byte(low, upper))
        });
        forms.push(units.collect());
    }
    for bytes in [secret.as_bytes(), &utf16_little, &utf16_big] {
        for url_safe in [true, false] {
            forms.extend((0..3).map(|skipped| base64_core(bytes, skipped, url_safe)));
        }
    }
    // UTF-16 that was read byte by byte.
    forms.extend(
        [utf16_little, utf16_big].into_iter().filter_map(|bytes| String::from_utf8(bytes).ok()),
    );
    let mut unique: Vec<String> = Vec::new();
    for form in forms {
        if !unique.contains(&form) {
            unique.push(form);
        }
    }
    unique
}

// These escapers stay here: the crate names no other of ours, and looks for what any writer may have made.
fn json_escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '"' | '\\' => out.extend(['\\', char]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(char))),
            _ => out.push(char),
        }
    }
    out
}

fn percent(text: &str, upper: bool, stays: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if stays(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&hex_byte(byte, upper));
        }
    }
    out
}

fn hex_byte(byte: u8, upper: bool) -> String {
    if upper { format!("{byte:02X}") } else { format!("{byte:02x}") }
}

/// The characters that stand for `bytes`, and for them alone, in a base64 text where `skipped` bytes of a group of
/// three come before them. The first and last characters, which neighbours share, are left out.
fn base64_core(bytes: &[u8], skipped: usize, url_safe: bool) -> String {
    let alphabet = |value: u32| match value {
        0..26 => b'A' + value as u8,
        26..52 => b'a' + value as u8 - 26,
        52..62 => b'0' + value as u8 - 52,
        62 if url_safe => b'-',
        62 => b'+',
        _ if url_safe => b'_',
        _ => b'/',
    };
    let (mut bits, mut count) = (0_u32, 8 * skipped);
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 2);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        count += 8;
        while count >= 6 {
            count -= 6;
            out.push(char::from(alphabet(bits >> count & 63)));
            bits &= (1 << count) - 1;
        }
    }
    // One skipped byte touches the first two characters, two touch the first three.
    out.split_off(match skipped {
        0 => 0,
        1 => 2,
        _ => 3,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_cores_stand_in_every_alignment() {
        // base64 of "xSecretKey", "xySecretKey" and "SecretKey".
        assert!("eFNlY3JldEtleQ==".contains(&base64_core(b"SecretKey", 1, false)));
        assert!("eHlTZWNyZXRLZXk=".contains(&base64_core(b"SecretKey", 2, false)));
        assert_eq!(base64_core(b"SecretKey", 0, false), "U2VjcmV0S2V5");
    }

    #[test]
    fn words_are_not_swept() {
        assert!(OwnSecrets::new(&["ollama", ""]).secrets.is_empty());
    }
}
