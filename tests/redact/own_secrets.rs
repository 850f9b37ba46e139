//! A stored key never survives, whatever it looks like and however it is encoded.

use unstuck_redact::redact;

use super::Dice;

const ALPHABETS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    "0123456789abcdef",
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
    " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~abcXYZ019",
    "\\\"%&;:=@/ 25",
    "äöüßéñçabc123-_",
    "密钥口令рольключ🔑abc%\\\"",
    "ab\t\n\r\u{1}\u{200b}0-",
];

fn hex(bytes: impl IntoIterator<Item = u8>) -> String {
    bytes.into_iter().map(|byte| format!("{byte:02x}")).collect()
}

fn percent(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| if keep(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |group: &[u8]| {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - group.len()));
        (0..=group.len())
            .map(|at| char::from(DIGITS[(bits >> (18 - 6 * at) & 63) as usize]))
            .collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

/// The part of a base64 text that `secret` alone decides when `before` stands in front of it.
fn base64_after(before: &str, secret: &str) -> (String, String) {
    let whole = base64(format!("{before}{secret}").as_bytes());
    let first = (before.len() * 8).div_ceil(6);
    let last = (before.len() + secret.len()) * 8 / 6;
    (whole.clone(), whole[first..last].to_owned())
}

/// The carriers of `secret`, each with what must not be left of it.
fn encodings(secret: &str) -> Vec<(String, String)> {
    let same = |form: String| (form.clone(), form);
    let json = serde_json::Value::from(secret).to_string();
    let utf16: String = secret.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    vec![
        same(secret.to_owned()),
        same(json[1..json.len() - 1].to_owned()),
        same(percent(secret)),
        same(hex(secret.bytes())),
        same(utf16),
        same(hex(secret.encode_utf16().flat_map(u16::to_le_bytes))),
        base64_after("", secret),
        base64_after("x", secret),
        base64_after("xy", secret),
    ]
}

#[test]
fn ten_thousand_random_keys_vanish() {
    let carriers: &[(&str, &str)] = &[
        ("", ""),
        ("Incorrect key: ", "."),
        ("{\"body\":\"{\\\"key\\\":\\\"", "\\\"}\"}"),
        ("https://api.example/v1?key=", "&alt=sse"),
        ("Authorization: Bearer ", "\nx-request-id: req_1"),
        ("password=", ""),
        ("Cookie: a=", "; b=1"),
        ("abc", "def"),
        ("user@", ".example"),
        ("[EMAIL#1]", "[SECRET#1]"),
    ];
    let mut dice = Dice(6);
    let mut held_back = 0;
    for _ in 0..10_000 {
        let alphabet = dice.pick(ALPHABETS);
        let length = 8 + dice.roll(60);
        let secret = dice.string(alphabet, length);
        let encodings = encodings(&secret);
        let mut text = String::new();
        for (form, _) in &encodings {
            let (before, after) = carriers[dice.roll(carriers.len())];
            text.extend([before, form, after, "\n"]);
        }
        // Held back is as safe as redacted, but must stay rare.
        let Ok(out) = redact(&text, &[&secret]) else {
            held_back += 1;
            continue;
        };
        for (_, core) in encodings {
            assert!(!out.text.contains(&core), "{secret:?} as {core:?} in {:?}", out.text);
        }
    }
    assert!(held_back <= 10, "{held_back} of 10,000 held back");
}

#[test]
fn usual_keys_are_redacted_not_withheld() {
    let mut dice = Dice(7);
    for _ in 0..1_000 {
        let alphabet = ALPHABETS[dice.roll(4)];
        let length = 20 + dice.roll(60);
        let secret =
            format!("{}{}", dice.pick(&["", "key-", "sk_"]), dice.string(alphabet, length));
        let out = redact(&format!("the key {secret} was refused"), &[&secret]).unwrap();
        assert_eq!(out.text, "the key [OWN_SECRET#1] was refused");
    }
}

#[test]
fn nested_keys_are_both_redacted() {
    let (short, long) = ("abcdefgh12", "abcdefgh12-and-the-rest");
    let out = redact(&format!("{long} {short}"), &[short, long]).unwrap();
    assert_eq!(out.text, "[OWN_SECRET#1] [OWN_SECRET#2]");
}
