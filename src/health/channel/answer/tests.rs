//! Answers of every receiver, with the traps that are known of them.

use super::*;

const NOW: u64 = 784_111_777_000;

fn answered(sink: Sink, status: u16, body: &str) -> Verdict {
    read(sink, &Answer { status, retry_after: None, body: body.as_bytes() }, 3, NOW)
}

fn later(why: &'static str) -> Verdict {
    Verdict::Later { after_ms: None, why }
}

#[test]
fn good_answers_are_accepted() {
    for (sink, status, body) in [
        (Sink::Slack, 200, "ok"),
        (Sink::PagerDuty, 202, r#"{"status":"success","message":"Event processed"}"#),
        (Sink::Alertmanager, 200, ""),
        (Sink::Teams, 202, ""),
        (Sink::Teams, 200, "1"),
        (Sink::Webhook, 204, ""),
        (Sink::Webhook, 200, "<html>thanks</html>"),
        (Sink::Otlp, 204, ""),
        (Sink::Otlp, 200, "{}"),
        (Sink::Datadog, 202, ""),
        (Sink::Splunk, 200, r#"{"text":"Success","code":0}"#),
        (Sink::Elastic, 200, r#"{"took":1,"errors":false,"items":[]}"#),
    ] {
        assert_eq!(answered(sink, status, body), Verdict::Accepted, "{sink:?}: {body}");
    }
}

#[test]
fn good_statuses_may_mean_no() {
    let page = "<!doctype html><title>Sign in</title>";
    for sink in Sink::ALL.into_iter().filter(|sink| *sink != Sink::Webhook) {
        assert_eq!(answered(sink, 200, page), later("sink_page"), "{sink:?}");
    }
    assert_eq!(answered(Sink::Slack, 200, "OK!"), Verdict::Unknown("sink_unexpected"));
    assert_eq!(answered(Sink::PagerDuty, 200, "{}"), Verdict::Unknown("sink_unexpected"));
    let teams = "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429";
    assert_eq!(answered(Sink::Teams, 200, teams), later("sink_too_many"));
    assert_eq!(
        answered(Sink::Teams, 200, &teams.replace("429", "400")),
        Verdict::Refused("sink_failed")
    );
    let unknown = r#"{"text":"?","code":99}"#;
    assert_eq!(answered(Sink::Splunk, 200, unknown), Verdict::Unknown("sink_unexpected"));
}

#[test]
fn partial_success_is_never_repeated() {
    let partly = |refused| Verdict::Partly { again: Vec::new(), refused, why: "sink_partly" };
    let json = r#"{"partialSuccess":{"rejectedDataPoints":"7","errorMessage":"late"}}"#;
    assert_eq!(answered(Sink::Otlp, 200, json), partly(7));
    use opentelemetry_proto::tonic::collector::metrics::v1::{
        ExportMetricsPartialSuccess, ExportMetricsServiceResponse,
    };
    use prost::Message as _;
    for (rejected_data_points, expected) in
        [(1, partly(1)), (300, partly(300)), (0, Verdict::Accepted)]
    {
        let error_message = "a warning".to_owned();
        let partial = ExportMetricsPartialSuccess { rejected_data_points, error_message };
        let response = ExportMetricsServiceResponse { partial_success: Some(partial) };
        let answer = Answer { status: 200, retry_after: None, body: &response.encode_to_vec() };
        assert_eq!(read(Sink::Otlp, &answer, 1, NOW), expected);
    }
}

#[test]
fn bulk_items_are_read_singly() {
    let item = |status: u16| format!(r#"{{"create":{{"_id":"a","status":{status}}}}}"#);
    let body = |statuses: &[u16]| {
        let items: Vec<_> = statuses.iter().map(|&status| item(status)).collect();
        format!(r#"{{"took":1,"errors":true,"items":[{}]}}"#, items.join(","))
    };
    let read = |statuses: &[u16]| answered(Sink::Elastic, 200, &body(statuses));
    assert_eq!(read(&[409, 201, 409]), Verdict::Accepted);
    let again = Verdict::Partly { again: vec![1], refused: 0, why: "sink_too_many" };
    assert_eq!(read(&[409, 429, 201]), again);
    let both = Verdict::Partly { again: vec![0], refused: 1, why: "sink_partly" };
    assert_eq!(read(&[429, 400, 201]), both);
    let cut = body(&[201, 201, 429]);
    let cut = &cut[..cut.len() - 12];
    let unread = Verdict::Partly { again: vec![2], refused: 0, why: "sink_too_many" };
    assert_eq!(answered(Sink::Elastic, 200, cut), unread);
    assert_eq!(answered(Sink::Elastic, 200, "{"), Verdict::Unknown("sink_unexpected"));
}

#[test]
fn refusals_name_their_reason() {
    let refused = Verdict::Refused;
    for (sink, status, body, verdict) in [
        (Sink::Slack, 400, "invalid_payload", refused("sink_shape")),
        (Sink::Slack, 400, "user_not_found", refused("sink_slack_no_user")),
        (Sink::Slack, 403, "action_prohibited", refused("sink_slack_forbids")),
        (Sink::Slack, 403, "invalid_token", refused("sink_slack_gone")),
        (Sink::Slack, 404, "no_service", refused("sink_slack_gone")),
        (Sink::Slack, 404, "channel_not_found", refused("sink_slack_no_channel")),
        (Sink::Slack, 410, "channel_is_archived", refused("sink_slack_archived")),
        (Sink::Slack, 500, "rollup_error", later("sink_down")),
        (Sink::PagerDuty, 400, r#"{"status":"invalid event"}"#, refused("sink_shape")),
        (Sink::Alertmanager, 422, r#"{"code":602}"#, refused("sink_shape")),
        (Sink::Alertmanager, 404, "404 page not found", refused("sink_gone")),
        (Sink::Teams, 413, "", Verdict::TooBig),
        (Sink::Teams, 404, "<html>", refused("sink_gone")),
        (Sink::Webhook, 301, "", refused("sink_moved")),
        (Sink::Webhook, 401, "", refused("sink_key")),
        (Sink::Webhook, 408, "", later("sink_down")),
        (Sink::Webhook, 400, "<html>", refused("sink_page")),
        (Sink::Otlp, 400, "", refused("sink_shape")),
        (Sink::Otlp, 500, "", refused("sink_failed")),
        (Sink::Otlp, 503, "", later("sink_down")),
        (Sink::Datadog, 403, "", refused("sink_site_or_key")),
        (Sink::Datadog, 413, "", Verdict::TooBig),
        (Sink::Splunk, 401, r#"{"text":"Token is required","code":2}"#, refused("sink_key")),
        (Sink::Splunk, 401, r#"{"text":"Invalid authorization","code":3}"#, refused("sink_key")),
        (Sink::Splunk, 403, r#"{"text":"Invalid token","code":4}"#, refused("sink_key")),
        (Sink::Splunk, 400, r#"{"text":"No data","code":5}"#, refused("sink_shape")),
        (Sink::Splunk, 400, r#"{"text":"Invalid data format","code":6}"#, refused("sink_shape")),
        (Sink::Splunk, 400, r#"{"text":"Incorrect index","code":7}"#, refused("sink_splunk_index")),
        (Sink::Splunk, 500, r#"{"text":"Internal server error","code":8}"#, later("sink_down")),
        (Sink::Splunk, 503, r#"{"text":"Server is busy","code":9}"#, later("sink_down")),
        (Sink::Elastic, 401, "{}", refused("sink_key")),
        (Sink::Elastic, 429, "{}", later("sink_too_many")),
        (Sink::Webhook, 0, "", Verdict::Unknown("sink_no_answer")),
    ] {
        assert_eq!(answered(sink, status, body), verdict, "{sink:?} {status} {body}");
    }
}

#[test]
fn asked_waits_are_kept() {
    let wait = |text| {
        let answer = Answer { status: 429, retry_after: Some(text), body: b"" };
        match read(Sink::Slack, &answer, 1, NOW) {
            Verdict::Later { after_ms, .. } => after_ms,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(wait(" 30 "), Some(30_000));
    assert_eq!(wait("Sun, 06 Nov 1994 08:50:37 GMT"), Some(60_000));
    assert_eq!(wait("Sun, 06 Nov 1994 08:00:00 GMT"), Some(0));
    assert_eq!(wait("99999999999999999999999"), Some(LONGEST_WAIT_MS));
    assert_eq!((wait("-1"), wait("soon"), wait("")), (None, None, None));
    let answer = Answer { status: 429, retry_after: None, body: b"" };
    let minutes = Verdict::Later { after_ms: Some(180_000), why: "sink_too_many" };
    assert_eq!(read(Sink::PagerDuty, &answer, 1, NOW), minutes);
}

/// Ten megabytes, half letters, nothing at all: an answer is an answer.
#[test]
fn nothing_makes_it_panic() {
    let large = vec![b'['; 10_000_000];
    for sink in Sink::ALL {
        for status in (0..700).step_by(7).chain([200, 202, 429, 503]) {
            for body in [&b"\xff\xfe"[..], b"", b"{\"code\":", b"\x0a", b"\x0a\x08\xff\xff", b"[{"]
            {
                let _verdict = read(sink, &Answer { status, retry_after: None, body }, 2, NOW);
            }
        }
        let _verdict = read(sink, &Answer { status: 200, retry_after: None, body: &large }, 2, NOW);
    }
}
