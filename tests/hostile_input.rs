//! Whatever arrives, there is a diagnosis: no panic, finite shares, and work that grows with the input and no faster.

use proptest::prelude::*;
use unstuck::{Failure, classify};

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
    fn a_known_answer_may_be_cut_anywhere(which in 0_usize..294, at in 0_usize..3000) {
        let corpus = corpus();
        let mut failure = corpus[which % corpus.len()].clone();
        failure.body = failure.body.map(|body| cut(&body, at));
        failure.message = failure.message.map(|message| cut(&message, at));
        check(&failure);
    }

    #[test]
    fn bytes_that_are_no_text_get_a_diagnosis(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let body = String::from_utf8_lossy(&bytes).into_owned();
        check(&Failure { status: Some(200), body: Some(body), ..Failure::default() });
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
    ] {
        check(&Failure { status: Some(400), body: Some(body), ..Failure::default() });
    }
}

/// Everything beyond the first 64 and the last 16 kilobytes is left alone, so the work is bounded whatever arrives.
#[test]
fn the_middle_of_a_huge_answer_is_not_read() {
    let body = |middle: &str| {
        format!("{{\"error\":\"{}{middle}{}\"}}", "x ".repeat(60_000), "y ".repeat(60_000))
    };
    let failure = |body: String| Failure { body: Some(body), ..Failure::default() };
    let plain = classify(&failure(body("")));
    assert_eq!(classify(&failure(body("insufficient_quota"))), plain);
    let ends = failure(body("") + " insufficient_quota");
    assert_eq!(classify(&ends).cause, unstuck::Cause::QuotaExhausted);
}
