//! Prints how long the redactor takes on hostile texts of 400 KB and on 1 MB of ordinary log:
//! `cargo run --release --example redact_speed`.

use std::time::Instant;

use unstuck::redact::redact;

const HOSTILE: usize = 400_000;

fn main() {
    let units = [
        "a",
        "1",
        " ",
        "@",
        "a@",
        "a.",
        "@a.b",
        ":",
        "://",
        "://a",
        "+",
        "+1 ",
        "1 ",
        "1.",
        "1:",
        "2001:",
        "::",
        "(",
        "\"",
        "\\",
        "\\\"",
        "%",
        "%25",
        "&",
        "&amp;",
        "=",
        "*",
        "***",
        ".",
        "...",
        "-",
        "_",
        "/",
        "/home/",
        "[",
        "[EMAIL#1]",
        "[EMAIL#",
        "eyJ",
        "eyJ.",
        "sk-",
        "sk-a ",
        "sk-proj-",
        "AKIA",
        "bearer ",
        "basic a",
        "cookie:",
        "cookie: a=\"",
        "authorization: a ",
        "authorization: ",
        "password=",
        "password:\"",
        "token:\"a ",
        "token:'a token:\"",
        "api key ",
        "key",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN ",
        "ab1C",
        "ab1C/",
        "deadbeef01",
        "req_",
        "\u{200b}",
        "é",
        "中",
        "4111 1111 1111 1112 ",
        "GB82 ",
        "\n",
        "a=b;",
        "\"name\":\"token\",\"value\":",
        "c2stcHJvai0",
        "sk-\n",
        "jane@x.test ",
        "\\u0041",
        "S3cretS3c",
    ];
    let own = ["S3cretS3cretS3cretS3cret!", "another-own-secret-42", "aaaaaaaaaaaaaaaaaaaaaaab"];
    let mut times: Vec<(u128, &str)> = units
        .iter()
        .map(|unit| {
            let text = unit.repeat(HOSTILE.div_ceil(unit.len()));
            (time(&text, &own), *unit)
        })
        .collect();
    times.sort_unstable_by(|left, right| right.cmp(left));
    for (time, unit) in times.iter().take(5) {
        println!("{time:>6} ms  400 KB of {unit:?}");
    }
    let log = include_str!("../tests/data/redaction_replies.jsonl");
    println!(
        "{:>6} ms  1 MB of provider replies",
        time(&log.repeat(1_000_000 / log.len() + 1), &own)
    );
}

/// The best of three, since other work on the machine only ever adds.
fn time(text: &str, own: &[&str]) -> u128 {
    let once = || {
        let start = Instant::now();
        if let Err(leak) = redact(text, own) {
            println!("{leak}: {:?}", text.chars().take(20).collect::<String>());
        }
        start.elapsed().as_millis()
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}
