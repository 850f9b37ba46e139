//! Status pages: both kinds of JSON, feeds, pages that lie, and pages that are none.

use proptest::prelude::*;

use super::*;

const PAGE: &str = "https://status.openai.com";

const STATUSPAGE: &str = r#"{"page":{"name":"x"},"status":{"indicator":"none","description":"All Systems Operational"},
 "components":[{"name":"Chat Completions","status":"degraded_performance","group":false},{"name":"APIs","status":"major_outage","group":true},
   {"name":"Sora","status":"operational"}],
 "incidents":[{"name":"Elevated errors on API","status":"monitoring","shortlink":"https://stspg.io/x1","components":[]},
   {"name":"Old","status":"resolved"}],
 "scheduled_maintenances":[{"name":"API database","status":"in_progress"},{"name":"API later","status":"scheduled"}]}"#;

const INCIDENT_IO: &str = r#"{"summary":{"name":"OpenAI","components":[{"id":"01A","name":"Responses"},{"id":"01B","name":"Sora"}],
 "affected_components":[{"component_id":"01A","status":"partial_outage"}],
 "ongoing_incidents":[{"name":"High latency for gpt-5","status":"investigating","url":"https://status.openai.com/incidents/01C",
   "affected_components":[{"name":"Responses"}]}],
 "in_progress_maintenances":[],"scheduled_maintenances":[]}}"#;

fn one(answer: &str) -> Option<status::Report> {
    status::read(PAGE, &[None, Some(answer.to_owned())], NOW)
}

fn told(answer: &str, failure: Failure) -> (Troubleshooters, State) {
    let state = failed(failure);
    let mut troubleshooters = Troubleshooters::default();
    drop(run(&mut troubleshooters, &state, Step::Status));
    let read = TroubleshooterEvent::PagesRead { answers: vec![Some(answer.to_owned())] };
    let more = troubleshooters.handle(&state, NOW, 1, &read);
    if !more.is_empty() {
        drop(troubleshooters.handle(&state, NOW, 1, &read));
    }
    (troubleshooters, state)
}

/// Both kinds of status page are read down to the incidents that are not over.
#[test]
fn both_feeds_yield_unresolved_incidents() {
    let report = one(STATUSPAGE).unwrap();
    let names: Vec<_> = report.incidents.iter().map(|incident| incident.name.as_str()).collect();
    assert_eq!(names, ["Elevated errors on API", "API database"]);
    assert_eq!(report.incidents[0].url.as_deref(), Some("https://stspg.io/x1"));
    assert!(report.incidents[1].planned);
    assert_eq!(report.parts, [("Chat Completions".into(), "degraded_performance".into())]);
    let report = one(INCIDENT_IO).unwrap();
    assert_eq!(report.incidents[0].name, "High latency for gpt-5");
    assert_eq!(report.incidents[0].parts, ["Responses"]);
    assert_eq!(report.parts, [("Responses".into(), "partial_outage".into())]);
}

/// An incident that fits is evidence, and it makes an undecided failure the service's.
#[test]
fn matching_incident_blames_the_service() {
    for page in [STATUSPAGE, INCIDENT_IO] {
        let (troubleshooters, _) = told(page, with_status(503));
        assert_eq!(standing(&troubleshooters, Step::Status), Standing::Found);
        assert_eq!(keys(&troubleshooters, Step::Status)[0], "step_status_incident");
        let found = troubleshooters.find(1).unwrap();
        let name = &found.step_state(Step::Status).unwrap().lines[0].with[0];
        assert!(found.status_said().unwrap().1.starts_with(name.as_str()));
        let diagnosis = &found.diagnosis;
        assert!(diagnosis.evidence.contains(&Evidence::StatusPage));
        let (troubleshooters, _) = told(page, unreachable());
        let diagnosis = &troubleshooters.find(1).unwrap().diagnosis;
        assert_eq!(diagnosis.cause, Cause::ServiceUnavailable);
        assert_eq!(diagnosis.also[0].cause, Cause::NetworkUnknown);
        let (troubleshooters, _) = told(page, with_status(401));
        let diagnosis = &troubleshooters.find(1).unwrap().diagnosis;
        assert_ne!(diagnosis.cause, Cause::ServiceUnavailable, "a refused key stays one");
    }
}

/// A page that says all is well changes nothing and is not believed.
#[test]
fn green_status_page_changes_nothing() {
    let well = r#"{"status":{"indicator":"none"},"components":[{"name":"API","status":"operational"}],"incidents":[]}"#;
    let (troubleshooters, _) = told(well, with_status(503));
    assert_eq!(
        keys(&troubleshooters, Step::Status),
        ["step_status_well", "step_status_lag", "step_status_as_of"]
    );
    let found = troubleshooters.find(1).unwrap();
    assert_eq!((found.diagnosis.cause, found.status_said()), (Cause::ServiceUnavailable, None));
}

#[test]
fn trouble_elsewhere_is_told_as_such() {
    let other = r#"{"components":[{"name":"Sora","status":"major_outage"}],"incidents":[{"name":"Sora is down","status":"investigating","shortlink":"https://evil.example/"}]}"#;
    let (troubleshooters, _) = told(other, with_status(503));
    assert_eq!(standing(&troubleshooters, Step::Status), Standing::Nothing);
    assert_eq!(keys(&troubleshooters, Step::Status)[0], "step_status_elsewhere");
    let step_state = troubleshooters.find(1).unwrap().step_state(Step::Status).unwrap();
    let links: Vec<_> = step_state.lines.iter().filter_map(|line| line.link.as_deref()).collect();
    assert_eq!(links, [PAGE], "a link that leads elsewhere is not followed");
}

#[test]
fn feed_replaces_missing_json() {
    let feed = "<?xml version=\"1.0\"?><feed><title>x</title>\
        <entry><title>API errors</title><updated>2023-11-14T22:00:00Z</updated><content>Investigating</content></entry>\
        <entry><title>API slow</title><updated>2023-11-14T21:00:00Z</updated><content>&lt;strong&gt;Resolved&lt;/strong&gt;</content></entry>\
        <entry><title>API old</title><updated>2023-11-10T21:00:00Z</updated><content>Investigating</content></entry></feed>";
    let (troubleshooters, _) = told(feed, with_status(503));
    let step_state = troubleshooters.find(1).unwrap().step_state(Step::Status).unwrap();
    assert_eq!(keys(&troubleshooters, Step::Status), ["step_status_entry", "step_status_as_of"]);
    assert_eq!(step_state.lines[0].with[0], "API errors");
    assert_eq!(step_state.lines[1].at_ms, Some(NOW));
    let rss = "<rss><channel><item><title><![CDATA[API down]]></title><pubDate>Tue, 14 Nov 2023 22:00:00 GMT</pubDate></item></channel></rss>";
    assert_eq!(one(rss).unwrap().incidents[0].name, "API down");
}

/// A page is said to be no status page only after every address was tried.
#[test]
fn invalid_page_tries_all_addresses() {
    let state = failed(with_status(503));
    let mut troubleshooters = Troubleshooters::default();
    let mut effects = run(&mut troubleshooters, &state, Step::Status);
    let mut asked = Vec::new();
    while let Some(TroubleshooterEffect::ReadPages { urls }) = effects.pop() {
        let answers =
            urls.iter().map(|_| Some("<!doctype html><title>Hi</title>".into())).collect();
        asked.extend(urls);
        let read = TroubleshooterEvent::PagesRead { answers };
        effects = troubleshooters.handle(&state, NOW, 1, &read);
    }
    assert_eq!(asked.len(), 4);
    assert!(asked.iter().all(|url| url.starts_with(PAGE)));
    assert_eq!(standing(&troubleshooters, Step::Status), Standing::CouldNot);
    assert_eq!(keys(&troubleshooters, Step::Status), ["step_status_unreadable"]);
}

/// A page is not read again within a minute.
#[test]
fn page_rests_for_a_minute() {
    let (mut troubleshooters, state) = told(STATUSPAGE, with_status(503));
    assert_eq!(run(&mut troubleshooters, &state, Step::Status), []);
    let press = TroubleshooterPress::Run { step: "status".into() };
    let later = troubleshooters.press(&state, NOW + 61_000, 1, &press);
    assert!(matches!(later[..], [TroubleshooterEffect::ReadPages { .. }]));
}

/// A page of ten megabytes, or of nothing but brackets, is read in time.
#[test]
fn huge_or_nested_page_ends_promptly() {
    let long = ["{\"incidents\":[", &"{\"name\":\"x\",\"status\":\"y\"},".repeat(20_000)].concat();
    assert!(one(&long).is_none_or(|report| report.incidents.len() <= 200));
    for hostile in ["{".repeat(500_000), "<feed>".to_owned() + &"<entry>".repeat(70_000)] {
        assert!(one(&hostile).is_none_or(|report| report.incidents.is_empty()));
    }
}

proptest! {
    #[test]
    fn no_page_makes_it_panic(page in "[{}\\[\\]\",:<>/a-z \u{e9}]{0,200}", cut in 0_usize..900) {
        let _ = one(&page);
        let cut = (0..=cut.min(STATUSPAGE.len())).rev().find(|at| STATUSPAGE.is_char_boundary(*at)).unwrap();
        let _ = one(&STATUSPAGE[..cut]);
        let _ = one(&["<rss><item><title>", &page].concat());
    }
}

/// A page is read unasked where it may tell something, and left alone for a minute once it could not be read.
#[test]
fn automatic_lookup_only_where_useful() {
    let mut troubleshooters = Troubleshooters::default();
    assert_eq!(troubleshooters.look_up(&failed(with_status(401)), NOW, 1), [], "the account's own");
    let (mut troubleshooters, state) = (Troubleshooters::default(), failed(with_status(503)));
    assert!(matches!(
        troubleshooters.look_up(&state, NOW, 1)[..],
        [TroubleshooterEffect::ReadPages { .. }]
    ));
    let nothing = TroubleshooterEvent::PagesRead { answers: vec![None; 2] };
    while !troubleshooters.handle(&state, NOW, 1, &nothing).is_empty() {}
    assert_eq!(standing(&troubleshooters, Step::Status), Standing::CouldNot);
    let mut next = state.clone();
    next.incidents[0].attempt_id.call = 2;
    assert_eq!(troubleshooters.look_up(&next, NOW + 59_000, 2), []);
    assert!(!troubleshooters.look_up(&next, NOW + 61_000, 2).is_empty());
    let pressed =
        troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::Run { step: "status".into() });
    assert!(!pressed.is_empty(), "a press may ask at any time");
}
