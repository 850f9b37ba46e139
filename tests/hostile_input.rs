//! Whatever arrives, there is a diagnosis: no panic, finite shares, and work that grows with the input and no faster.

use proptest::prelude::*;
use unstuck_diagnose::{Evidence, Failure, Received, classify};

const CORPUS: &str = include_str!("data/failures.jsonl");

fn corpus() -> Vec<Failure> {
    CORPUS
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|row| Failure::from_json(&row["failure"]))
        .collect()
}

fn check(failure: &Failure) {
    let diagnosis = classify(failure);
    let shares = diagnosis.also.iter().map(|a| a.confidence).chain([diagnosis.confidence]);
    let mut total = 0.0;
    for share in shares {
        assert!(share.is_finite() && (0.0..=1.0).contains(&share), "{share}");
        total += share;
    }
    assert!(total <= 1.0 + 1e-9, "{total}");
    assert!(diagnosis.also.len() <= 3 && !diagnosis.actions.is_empty());
    for finding in &diagnosis.evidence {
        if let Evidence::Phrase { text: quote }
        | Evidence::Code { code: quote }
        | Evidence::NetError { name: quote }
        | Evidence::Exception { name: quote }
        | Evidence::Header { value: quote, .. } = finding
        {
            assert!(quote.chars().count() <= 80, "{quote}");
        }
    }
    assert!(diagnosis.request_id.is_none_or(|id| id.chars().count() <= 80));
    assert!(diagnosis.retry.after_ms.is_none_or(|ms| ms <= 366 * 24 * 3_600_000));
}

fn cut(text: &str, at: usize) -> String {
    let mut end = at.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

/// Pieces that the scanner takes apart, in any order.
fn fragments() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "\\",
        "\\u",
        "\\ud83d",
        "\\\"",
        ":",
        ",",
        "\n",
        "\n\n",
        "data: ",
        "event: error\n",
        "error",
        "\"error\"",
        "message",
        "null",
        "None",
        "429",
        "limit: 0",
        "Limit 10, Requested 20",
        "rate limit",
        "余额不足",
        "é",
        "\u{202e}",
        "\0",
        "<html>",
        "error code: 1020",
        "999999999999999999999",
        "-1",
        "NaN",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_gets_a_diagnosis(
        body in prop_oneof![any::<String>(), fragments()],
        message in prop_oneof![any::<String>(), fragments()],
        status in prop::option::of(100_u16..600),
        header in "[a-z-]{1,20}",
        value in any::<String>(),
        provider in prop_oneof![any::<String>(), Just("ollama".to_owned()), Just("chatgpt-web".to_owned())],
    ) {
        check(&Failure {
            provider: Some(provider),
            status,
            headers: [(header, value.clone()), ("retry-after".into(), value)].into(),
            body: Some(body),
            message: Some(message),
            ..Failure::default()
        });
    }

    #[test]
    fn known_answers_may_be_cut_anywhere(which in 0_usize..294, at in 0_usize..3000) {
        let corpus = corpus();
        let mut failure = corpus[which % corpus.len()].clone();
        failure.body = failure.body.map(|body| cut(&body, at));
        failure.message = failure.message.map(|message| cut(&message, at));
        check(&failure);
    }

    #[test]
    fn binary_input_gets_a_diagnosis(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let body = String::from_utf8_lossy(&bytes).into_owned();
        check(&Failure { status: Some(200), body: Some(body), ..Failure::default() });
    }
}

/// Headers that are read, and values that no honest server sends.
fn hostile_headers() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof![
        prop::sample::select(vec![
            "retry-after",
            "retry-after-ms",
            "x-ms-retry-after-ms",
            "date",
            "x-ratelimit-reset",
            "x-ratelimit-reset-tokens",
            "x-ratelimit-remaining-tokens",
            "anthropic-ratelimit-requests-reset",
            "anthropic-ratelimit-requests-remaining",
            "anthropic-ratelimit-unified-status",
            "anthropic-ratelimit-unified-reset",
            "x-codex-primary-reset-at",
            "x-codex-primary-used-percent",
            "ratelimit",
            "ratelimit-reset",
            "content-type",
            "cf-mitigated",
            "cf-ray",
            "x-request-id",
            "x-should-retry",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    let value = prop_oneof![
        prop::sample::select(vec![
            "",
            "0",
            "-1",
            "NaN",
            "1e309",
            "18446744073709551616",
            "9999999999999999999999999999999.9",
            "0.0000000000000000000000000001",
            "6m0s",
            "9m99999999999999999s",
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sun, 31 Feb 9999 99:99:99 GMT",
            "9999-12-31T23:59:59.999999999+23:59",
            "1970-01-01T00:00:00-23:59",
            "\"a\";r=0;t=99999999999999999999, ;;==",
            "text/html, text/event-stream",
            "challenge",
            "é\u{202e}\0",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
        "[0-9.:, TZ+-]{0,40}",
        "x{5000}",
    ];
    prop::collection::vec((name, value), 0..12)
}

/// Frames of event streams, whole and broken.
fn frames() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\u{feff}",
        ": ping\n\n",
        "event: error\n",
        "event: message_start\r\n",
        "id: 1\n",
        "data:",
        "data: [DONE]\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"rate limit\"},\"finish_reason\":null}]}\n\n",
        "data: {\"type\":\"response.output_text.delta\",\"delta\":\"a\"}\r\n\r\n",
        "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n",
        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}\n\n",
        "{\"message\":{\"content\":\"a\"},\"done\":false}\n",
        "{\"done\":true}\n",
        "data: {\"id\":\"x\n\n",
        "\n\n",
        "\r",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|frames| frames.concat())
}

/// The same text in another encoding, read as UTF-8 all the same.
fn in_another_encoding(text: &str, encoding: u8) -> String {
    let bytes: Vec<u8> = match encoding {
        0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        2 => text.chars().map(|letter| letter as u8).collect(),
        3 => text.bytes().map(char::from).collect::<String>().into_bytes(),
        _ => text.bytes().map(|byte| byte ^ (byte & 1) << 7).collect(),
    };
    String::from_utf8_lossy(&bytes).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn headers_that_lie_get_a_diagnosis(
        headers in hostile_headers(),
        status in prop::option::of(100_u16..600),
        now_ms in prop::option::of(any::<u64>()),
    ) {
        let headers = headers.into_iter().collect();
        check(&Failure { status, headers, now_ms, ..Failure::default() });
    }

    #[test]
    fn streams_break_off_anywhere(
        body in frames(),
        at in 0_usize..2000,
        chars in any::<u64>(),
        ended in any::<bool>(),
        content_type in prop::sample::select(vec!["text/event-stream", "application/json", "text/html", ""]),
    ) {
        check(&Failure {
            status: Some(200),
            headers: [("content-type".into(), content_type.into())].into(),
            body: Some(cut(&body, at)),
            stream: Some(Received { chars, ended }),
            ..Failure::default()
        });
    }

    #[test]
    fn known_answers_wrapped_or_reencoded(
        which in 0_usize..294,
        objects in 0_usize..300,
        strings in 0_usize..5,
        encoding in 0_u8..6,
        prefix in any::<String>(),
    ) {
        let corpus = corpus();
        let failure = corpus[which % corpus.len()].clone();
        let mut text = failure.body.clone().or(failure.message.clone()).unwrap_or_default();
        for _ in 0..strings {
            text = serde_json::json!({ "error": text }).to_string();
        }
        text = "{\"a\":[".repeat(objects) + &text + &"]}".repeat(objects);
        if encoding < 5 {
            text = in_another_encoding(&text, encoding);
        }
        check(&Failure { body: Some(text.clone()), ..failure.clone() });
        check(&Failure { body: None, message: Some(prefix + &text), ..failure });
    }
}

#[test]
fn size_and_depth_do_not_matter() {
    for body in [
        "x".repeat(10_000_000),
        "{\"a\":".repeat(1_000_000),
        "[".repeat(100) + &"]".repeat(100),
        "\"\\".repeat(500_000),
        "model model ".repeat(200_000),
        "{\"error\":\"".to_owned() + &"{\\\"error\\\":".repeat(100_000),
        "{ ".repeat(1_000_000),
        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n".repeat(100_000),
        "again 1s and ".repeat(500_000),
        " ERR_X".repeat(1_000_000),
    ] {
        check(&Failure::from_message(body.as_str()));
        check(&Failure { status: Some(400), body: Some(body), ..Failure::default() });
    }
}

/// Everything beyond the first 64 and the last 16 kilobytes is left alone, so the work is bounded whatever arrives.
#[test]
fn middle_of_huge_answer_is_ignored() {
    let body = |middle: &str| {
        format!("{{\"error\":\"{}{middle}{}\"}}", "x ".repeat(60_000), "y ".repeat(60_000))
    };
    let failure = |body: String| Failure { body: Some(body), ..Failure::default() };
    let plain = classify(&failure(body("")));
    assert_eq!(classify(&failure(body("insufficient_quota"))), plain);
    let ends = failure(body("") + " insufficient_quota");
    assert_eq!(classify(&ends).cause, unstuck_diagnose::Cause::QuotaExhausted);
}
