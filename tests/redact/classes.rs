//! Every class of secret and of personal data, in the carriers in which logs and error texts bring them.

use serde_json::Value;

use super::{json_string, redacted};

struct Sample {
    class: String,
    secret: String,
    text: String,
}

fn samples() -> Vec<Sample> {
    let file: Value = serde_json::from_str(include_str!("../data/redaction_classes.json")).unwrap();
    let field = |sample: &Value, name: &str| sample[name].as_str().unwrap().to_owned();
    let sample = |sample: &Value| Sample {
        class: field(sample, "class"),
        secret: field(sample, "secret"),
        text: field(sample, "text"),
    };
    file["samples"].as_array().unwrap().iter().map(sample).collect()
}

/// What must stay, one a line; `#` begins a comment.
fn kept() -> Vec<&'static str> {
    let lines = include_str!("../data/redaction_keep.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with("# ")).collect()
}

fn percent(text: &str) -> String {
    let stays = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| if stays(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// `text` with its percent escapes undone.
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let code = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        let code = code.filter(|_| *first == b'%');
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Each carrier of `text`, and how it writes `secret`.
fn carriers(text: &str, secret: &str) -> Vec<(&'static str, String, String)> {
    let json = |text: &str| json_string(text).trim_matches('"').to_owned();
    let plus = |text: &str| percent(text).replace("%20", "+");
    let plain = secret.to_owned();
    vec![
        ("sentence", format!("It said {text} and stopped."), plain.clone()),
        ("JSON", format!("{{\"error\":{{\"message\":{}}}}}", json_string(text)), json(secret)),
        ("query", format!("https://app.test/e?msg={}&code=5", percent(text)), percent(secret)),
        ("form", format!("POST /e HTTP/1.1\n\nmsg={}&code=5", plus(text)), plus(secret)),
        ("log", format!("2026-08-22T10:11:12Z level=error msg={text}"), plain.clone()),
        ("quoted log", format!("level=error msg=\"{text}\" status=500"), plain.clone()),
        ("header", format!("x-detail: {text}"), plain.clone()),
        ("code", format!("throw new Error('{text}');"), plain.clone()),
        ("shell", format!("$ {text}\nexit 1"), plain),
    ]
}

/// Whether eight characters of `secret` in a row, or all of a shorter one, stand in `text`.
fn survives(text: &str, secret: &str) -> bool {
    let secret: Vec<char> = secret.chars().collect();
    secret
        .windows(secret.len().min(8))
        .any(|slice| text.contains(&slice.iter().collect::<String>()))
}

#[test]
fn every_class_vanishes_in_every_carrier() {
    let samples = samples();
    assert!(samples.len() >= 200, "{}", samples.len());
    let mut leaks = Vec::new();
    for Sample { class, secret, text } in &samples {
        for (carrier, text, written) in carriers(text, secret) {
            let once = redacted(&text).text;
            let decoded = decoded(&once);
            if once.contains(&written) || survives(&once, secret) || survives(&decoded, secret) {
                leaks.push(format!("{class}, {carrier}: {text:?}\n    became {once:?}"));
            }
            assert_eq!(redacted(&once).text, once, "{class}, {carrier}: {text}");
        }
    }
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
}

#[test]
fn kept_text_survives_every_carrier() {
    let kept = kept();
    assert!(kept.len() >= 200, "{}", kept.len());
    let mut lost = Vec::new();
    for text in kept {
        for (carrier, text, _) in carriers(text, "") {
            let out = redacted(&text).text;
            if out != text {
                lost.push(format!("{carrier}: {text:?}\n    became {out:?}"));
            }
        }
    }
    assert!(lost.is_empty(), "{} lost\n{}", lost.len(), lost.join("\n"));
}
