//! What fails in a web app's own page.

use super::*;
use unstuck_diagnose::Failure;

fn failing(status: u16, body: &str) -> PageEvent {
    PageEvent::Failed(Box::new(Failure {
        url: Some("https://chatgpt.com/backend-api/f/conversation".into()),
        status: Some(status),
        body: Some(body.into()),
        ..Failure::default()
    }))
}

fn of_page(world: &mut World, of: PageCall, event: PageEvent) -> Vec<Effect> {
    let frame = world.frame.clone();
    world.feed(Event::OfPage { frame, site: SITE.into(), of, event })
}

fn press(world: &mut World, then: PagePress) -> Vec<Effect> {
    let frame = world.frame.clone();
    let press = Press::OnPage { then };
    world.feed(Event::Pressed { frame, press, typed: Typed::default(), seq: 0 })
}

fn story(world: &World) -> &PageStory {
    world.state.page(&world.frame).unwrap()
}

/// Failures of one kind are one incident until a call goes well.
#[test]
fn same_failures_form_one_incident() {
    let mut world = World::new();
    of_page(&mut world, PageCall::Answer, failing(500, ""));
    world.now_ms += 60_000;
    of_page(&mut world, PageCall::Answer, failing(401, "session expired"));
    assert_eq!(story(&world).diagnosis.cause, Cause::SessionExpired);
    assert_eq!((world.state.incidents.len(), world.state.unsettled_in(7)), (1, 1));
    of_page(&mut world, PageCall::Session, PageEvent::Answered);
    assert_eq!(world.state.page(&world.frame), None);
    assert_eq!(world.state.unsettled_in(7), 0);
}

/// A session that is fine does not end the trouble of a server.
#[test]
fn good_session_keeps_server_failure() {
    let mut world = World::new();
    of_page(&mut world, PageCall::Answer, failing(500, ""));
    of_page(&mut world, PageCall::Session, PageEvent::Answered);
    assert_eq!(story(&world).diagnosis.cause, Cause::ServerError);
}

#[test]
fn closed_banner_stays_away_a_while() {
    let mut world = World::new();
    of_page(&mut world, PageCall::Answer, failing(500, ""));
    press(&mut world, PagePress::Close);
    of_page(&mut world, PageCall::Answer, failing(500, ""));
    assert!(!story(&world).is_open());
    assert_eq!(world.state.unsettled_in(7), 0);
    world.now_ms += 11_000;
    of_page(&mut world, PageCall::Answer, failing(500, ""));
    assert!(story(&world).is_open());
}

#[test]
fn reload_keeps_text_and_sends_nothing() {
    let mut world = World::new();
    of_page(&mut world, PageCall::Answer, failing(500, ""));
    let effects = press(&mut world, PagePress::Reload);
    assert_eq!(sent(&effects), None);
    let frame = world.frame.clone();
    assert!(effects.contains(&Effect::ReloadKeeping { frame }));
}

/// Who comes back from the sign-in is told what is left to do.
#[test]
fn sign_in_return_shows_next_step() {
    let mut world = World::new();
    of_page(&mut world, PageCall::Answer, failing(401, "session expired"));
    let opened = press(&mut world, PagePress::Open { action: 0 });
    let login = Effect::OpenPage { url: "https://chatgpt.com/auth/login".into() };
    assert!(opened.contains(&login), "{opened:?}");
    let frame = world.frame.clone();
    world.feed(Event::Returned { frame });
    assert!(story(&world).returned);
}

#[test]
fn closed_page_keeps_only_its_incident() {
    let mut world = World::new();
    of_page(&mut world, PageCall::Answer, failing(500, ""));
    let frame = world.frame.clone();
    world.feed(Event::Gone { frame });
    assert!(world.state.pages.is_empty());
    assert_eq!((world.state.incidents.len(), world.state.unsettled_in(7)), (1, 0));
}

#[test]
fn deleted_failures_leave_every_page() {
    let mut world = World::new();
    of_page(&mut world, PageCall::Answer, failing(500, ""));
    let banner = world.frame.clone();
    let other = FrameRef { document: "other".into(), ..banner.clone() };
    let text = "half wri".to_owned();
    world.feed(Event::TextKept { frame: other.clone(), text });
    let effects = world.feed(Event::Erased);
    for frame in [banner, other] {
        assert!(effects.contains(&Effect::Paint { frame: frame.clone() }));
        assert_eq!((world.state.page(&frame), world.state.recovered_text(&frame)), (None, None));
    }
}

/// What a page says of an error counts where no call tells more.
#[test]
fn page_text_counts_without_better_evidence() {
    let says = |text: &str| {
        let message = Some(text.to_owned());
        PageEvent::Failed(Box::new(Failure { message, ..Failure::default() }))
    };
    let mut world = World::new();
    of_page(&mut world, PageCall::Notice, says("Copied to clipboard"));
    assert_eq!(world.state.page(&world.frame), None, "not every notice is an error");
    of_page(&mut world, PageCall::Notice, says("Something went wrong."));
    let cause = |world: &World| world.state.page(&world.frame).map(|page| page.diagnosis.cause);
    assert_eq!(cause(&world), Some(Cause::ServerError));
    of_page(&mut world, PageCall::Session, PageEvent::Answered);
    assert_eq!(cause(&world), Some(Cause::ServerError), "a session that is well disproves nothing");
    of_page(&mut world, PageCall::Answer, failing(401, "session expired"));
    of_page(&mut world, PageCall::Notice, says("You have reached your message limit."));
    assert_eq!(cause(&world), Some(Cause::SessionExpired));
    of_page(&mut world, PageCall::Notice, PageEvent::Answered);
    assert_eq!(cause(&world), Some(Cause::SessionExpired), "that was the call's own story");
    of_page(&mut world, PageCall::Answer, PageEvent::Answered);
    of_page(&mut world, PageCall::Notice, says("Network error"));
    of_page(&mut world, PageCall::Notice, PageEvent::Answered);
    assert_eq!(cause(&world), None);
}
