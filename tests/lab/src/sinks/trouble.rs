//! How each receiver can fail.

/// A way to fail, by name.
#[derive(Debug)]
pub(super) struct Trouble {
    /// Of which receiver; empty for all.
    kind: &'static str,
    pub(super) name: &'static str,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) enum What {
    /// This answer.
    Answer(u16, &'static str),
    /// These statuses for the first records; the rest is judged.
    Items(&'static [u16]),
    /// Ten megabytes with a good status.
    Huge,
    /// The connection breaks after the request was read and taken.
    Cut,
    /// No answer for a minute, after the request was read and taken.
    Silent,
}

const PAGE: &str = "<!doctype html><title>Sign in</title><h1>Sign in</h1>";

/// Those of all receivers come last.
const TROUBLES: &[Trouble] = &[
    answer("slack", "invalid_payload", 400, "invalid_payload"),
    answer("slack", "user_not_found", 400, "user_not_found"),
    answer("slack", "action_prohibited", 403, "action_prohibited"),
    answer("slack", "invalid_token", 403, "invalid_token"),
    answer("slack", "no_service", 404, "no_service"),
    answer("slack", "channel_not_found", 404, "channel_not_found"),
    answer("slack", "channel_is_archived", 410, "channel_is_archived"),
    answer("slack", "rollup_error", 500, "rollup_error"),
    answer(
        "pagerduty",
        "invalid_event",
        400,
        r#"{"status":"invalid event","message":"Event object is invalid","errors":["x"]}"#,
    ),
    answer("pagerduty", "wrong_status", 200, r#"{"status":"success"}"#),
    answer("alertmanager", "invalid_alert", 400, "\"invalid alert\""),
    answer(
        "alertmanager",
        "no_labels",
        422,
        r#"{"code":602,"message":"labels in body is required"}"#,
    ),
    answer(
        "teams",
        "throttled_in_words",
        200,
        "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429",
    ),
    answer("splunk", "no_token", 401, r#"{"text":"Token is required","code":2}"#),
    answer("splunk", "wrong_scheme", 401, r#"{"text":"Invalid authorization","code":3}"#),
    answer("splunk", "unknown_token", 403, r#"{"text":"Invalid token","code":4}"#),
    answer("splunk", "no_data", 400, r#"{"text":"No data","code":5}"#),
    answer("splunk", "bad_format", 400, r#"{"text":"Invalid data format","code":6}"#),
    answer("splunk", "wrong_index", 400, r#"{"text":"Incorrect index","code":7}"#),
    answer("splunk", "server_error", 500, r#"{"text":"Internal server error","code":8}"#),
    answer("splunk", "busy", 503, r#"{"text":"Server is busy","code":9}"#),
    Trouble { kind: "elastic", name: "mixed_items", what: What::Items(&[409, 429]) },
    Trouble { kind: "elastic", name: "refused_item", what: What::Items(&[400]) },
    answer(
        "elastic",
        "unknown_key",
        401,
        r#"{"error":{"type":"security_exception"},"status":401}"#,
    ),
    answer("datadog", "wrong_site", 403, ""),
    answer(
        "datadog",
        "partial",
        200,
        r#"{"partialSuccess":{"rejectedDataPoints":"1","errorMessage":"late"}}"#,
    ),
    answer("", "redirect", 302, ""),
    answer("", "bad_request", 400, "bad request"),
    answer("", "unauthorized", 401, ""),
    answer("", "forbidden", 403, ""),
    answer("", "not_found", 404, "404 page not found"),
    answer("", "gone", 410, ""),
    answer("", "too_large", 413, ""),
    answer("", "too_many", 429, ""),
    answer("", "broken", 500, ""),
    answer("", "unavailable", 503, ""),
    answer("", "no_content", 204, ""),
    answer("", "page", 200, PAGE),
    Trouble { kind: "", name: "huge", what: What::Huge },
    Trouble { kind: "", name: "cut", what: What::Cut },
    Trouble { kind: "", name: "silent", what: What::Silent },
];

const fn answer(
    kind: &'static str,
    name: &'static str,
    status: u16,
    body: &'static str,
) -> Trouble {
    Trouble { kind, name, what: What::Answer(status, body) }
}

/// The ways in which a receiver can fail.
pub(super) fn of(kind: &str) -> impl Iterator<Item = &'static Trouble> {
    TROUBLES.iter().filter(move |one| one.kind.is_empty() || one.kind == kind)
}
