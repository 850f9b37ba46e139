//! What the single steps find: in the network, at the source, in the call itself.

use super::*;
use unstuck_diagnose::workspace::{Moment, Timeline};

#[test]
fn network_checks_refine_an_unclear_diagnosis() {
    for (host, other, cause, key) in [
        (Reach::Silent, Reach::Answered, Cause::HostUnreachable, "step_network_one_host"),
        (Reach::Elsewhere, Reach::Silent, Cause::CaptivePortal, "step_network_portal"),
        (Reach::Silent, Reach::Silent, Cause::Offline, "step_network_nothing"),
        (
            named("NAME_NOT_RESOLVED"),
            named("NAME_NOT_RESOLVED"),
            Cause::DnsFailure,
            "step_network_dns",
        ),
        (named("NAME_NOT_RESOLVED"), Reach::Answered, Cause::DnsFailure, "step_network_name"),
        (
            named("PROXY_CONNECTION_FAILED"),
            named("PROXY_CONNECTION_FAILED"),
            Cause::ProxyFailure,
            "step_network_proxy",
        ),
        (
            named("CERT_AUTHORITY_INVALID"),
            named("CERT_AUTHORITY_INVALID"),
            Cause::TlsCertificate,
            "step_network_interception",
        ),
        (
            named("INTERNET_DISCONNECTED"),
            named("INTERNET_DISCONNECTED"),
            Cause::Offline,
            "step_network_offline",
        ),
        (
            named("CERT_AUTHORITY_INVALID"),
            Reach::Answered,
            Cause::TlsCertificate,
            "step_network_certificate",
        ),
        (Reach::Answered, Reach::Answered, Cause::ConnectionLost, "step_network_fine"),
    ] {
        let state = failed(unreachable());
        let mut troubleshooters = Troubleshooters::default();
        assert_eq!(run(&mut troubleshooters, &state, Step::Network), [TroubleshooterEffect::Probe]);
        let looks = network::Looks {
            online: true,
            host: Some(host),
            other: Some(other),
            ..network::Looks::default()
        };
        drop(troubleshooters.handle(&state, NOW, 1, &TroubleshooterEvent::Probed(looks)));
        assert_eq!(keys(&troubleshooters, Step::Network)[0], key);
        assert_eq!(troubleshooters.find(1).unwrap().diagnosis.cause, cause, "{key}");
    }
}

#[test]
fn wrong_clock_reports_its_direction() {
    for (now_ms, key) in [
        (784_111_777_000 + 7_200_000, Some("step_network_clock_ahead")),
        (784_111_777_000 - 7_200_000, Some("step_network_clock_behind")),
        (784_111_777_000 + 60_000, None),
    ] {
        let state = failed(with_status(401));
        let mut troubleshooters = Troubleshooters::default();
        drop(run(&mut troubleshooters, &state, Step::Network));
        let looks = network::Looks {
            online: true,
            host: Some(Reach::Answered),
            date: Some("Sun, 06 Nov 1994 08:49:37 GMT".into()),
            now_ms,
            ..network::Looks::default()
        };
        drop(troubleshooters.handle(&state, NOW, 1, &TroubleshooterEvent::Probed(looks)));
        assert_eq!(keys(&troubleshooters, Step::Network).get(1).map(String::as_str), key);
        let evidence = &troubleshooters.find(1).unwrap().diagnosis.evidence;
        assert_eq!(evidence.contains(&Evidence::ClockOff { ms: 7_200_000 }), key.is_some());
    }
}

/// The questions tell whether key and model are good, and how much of the quota is left.
#[test]
fn free_questions_check_key_model_quota() {
    let state = failed(with_status(404));
    let answer = |models: &[&str], credit: Option<&str>| api::Answer {
        models: Ok(models.iter().map(|&model| model.to_owned()).collect()),
        headers: [
            ("x-ratelimit-remaining-requests".into(), "0".into()),
            ("x-ratelimit-limit-requests".into(), "60".into()),
        ]
        .into(),
        credit: credit.map(str::to_owned),
    };
    let mut troubleshooters = Troubleshooters::default();
    assert_eq!(
        run(&mut troubleshooters, &state, Step::Api),
        [TroubleshooterEffect::CheckApi { source: "one".into() }]
    );
    let credit =
        r#"{"is_available":true,"balance_infos":[{"currency":"CNY","total_balance":"4.20"}]}"#;
    let told = TroubleshooterEvent::ApiChecked(Box::new(answer(&["gpt-4"], Some(credit))));
    drop(troubleshooters.handle(&state, NOW, 1, &told));
    assert_eq!(
        keys(&troubleshooters, Step::Api),
        ["step_api_ok", "step_api_model_missing", "step_api_requests", "step_api_credit"]
    );
    assert_eq!(standing(&troubleshooters, Step::Api), Standing::Found);
    let step_state = troubleshooters.find(1).unwrap().step_state(Step::Api).unwrap();
    assert_eq!(step_state.lines[3].with, ["4.20 CNY"]);
}

#[test]
fn failed_free_question_decides_unclear_diagnosis() {
    let state = failed(unreachable());
    let mut troubleshooters = Troubleshooters::default();
    drop(run(&mut troubleshooters, &state, Step::Api));
    let body = r#"{"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}"#;
    let refused = Failure { body: Some(body.into()), ..with_status(401) };
    let answer = api::Answer {
        models: Err(Box::new(refused)),
        headers: unstuck_diagnose::Headers::default(),
        credit: None,
    };
    drop(troubleshooters.handle(
        &state,
        NOW,
        1,
        &TroubleshooterEvent::ApiChecked(Box::new(answer)),
    ));
    assert_eq!(keys(&troubleshooters, Step::Api), ["step_api_key_refused"]);
    assert_eq!(troubleshooters.find(1).unwrap().diagnosis.cause, Cause::InvalidApiKey);
}

/// The record of a call is JSON without words of the person and without secrets.
#[test]
fn call_record_is_json_without_secrets() {
    let mut timeline = Timeline { started_ms: NOW, protocol: "h2".into(), ..Timeline::default() };
    for (moment, at_ms) in [
        (Moment::Over, 90),
        (Moment::LookUp, 0),
        (Moment::LookedUp, 4),
        (Moment::Connect, 4),
        (Moment::Secure, 10),
        (Moment::Connected, 30),
        (Moment::Sent, 31),
        (Moment::Headers, 80),
    ] {
        timeline.mark(moment, at_ms);
    }
    let failure = Failure {
        url: Some("https://api.openai.com/v1/chat/completions?key=canary".into()),
        headers: [
            ("set-cookie".into(), "canary".into()),
            ("content-type".into(), "text/\"html".into()),
        ]
        .into(),
        body: Some("canary".into()),
        timeline: Some(timeline),
        ..with_status(500)
    };
    let state = failed(failure);
    let mut troubleshooters = Troubleshooters::default();
    assert_eq!(run(&mut troubleshooters, &state, Step::Inspect), []);
    assert_eq!(standing(&troubleshooters, Step::Inspect), Standing::Shown);
    let saved = troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::SaveRecord);
    let [TroubleshooterEffect::Save { name, text }] = &saved[..] else { panic!("{saved:?}") };
    assert_eq!(name, "unstuck-call-1.har");
    assert!(!text.contains("canary"), "{text}");
    let har: serde_json::Value = serde_json::from_str(text).unwrap();
    let entry = &har["log"]["entries"][0];
    assert_eq!(entry["timings"]["dns"], 4);
    assert_eq!(entry["timings"]["ssl"], 20);
    assert_eq!(entry["timings"]["wait"], 49);
    assert_eq!(entry["startedDateTime"], "2023-11-14T22:13:20.000Z");
}

fn named(name: &str) -> Reach {
    Reach::Failed(format!("net::ERR_{name}"))
}
