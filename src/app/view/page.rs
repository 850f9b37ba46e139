//! The banner in a web app's own page: what failed there, and what can be done without touching the page's calls.

use super::{
    Element, Node, View,
    banner::{Banner, Offers},
    card::close,
    diagnosis, el, troubleshooter,
};
use unstuck_diagnose::{ActionKind, Explanation, Messages, explain};
use unstuck_engine::{FrameRef, Note, PagePress, PageStory, Press, State};

/// The banner, if there is anything to tell.
#[must_use]
pub fn view(state: &State, frame: &FrameRef, messages: &dyn Messages) -> View {
    let page = state.page(frame).filter(|page| page.is_open());
    let kept = state.recovered_text(frame).map(|text| kept(text, messages));
    let Some(page) = page else {
        let Some(kept) = kept else { return View::new(None, messages) };
        let root = region("page_kept_title", messages).children(kept);
        return View::new(Some(root.into()), messages)
            .announcing(messages.get("page_kept", &[]), true);
    };
    let explanation = explain(&page.diagnosis, messages);
    let returned = page.returned.then(|| line("note", "page_returned", messages));
    let notes = diagnosis::reported(&page.diagnosis, messages).into_iter().chain(returned);
    let banner = banner(state, page, &explanation, notes.map(Node::from).collect(), messages);
    let banner = banner.show("section").with("aria-label", messages.get("banner_region", &[]));
    let copied = page.note == Some(Note::ReportCopied);
    let root = bare_region("extension_name", messages)
        .children(kept.into_iter().flatten())
        .child(banner)
        .children(copied.then(|| line("note", "banner_copied", messages)));
    let view = View::new(Some(root.into()), messages);
    match () {
        () if copied => view.announcing(messages.get("banner_copied", &[]), false),
        () if page.returned => view.announcing(messages.get("page_returned", &[]), false),
        () => view.announcing([&*explanation.headline, " ", &*explanation.why].concat(), true),
    }
}

/// The card, with its title and the way to close it.
fn region(title: &str, messages: &dyn Messages) -> Element {
    card(el("h1").child(messages.get(title, &[])), "", title, messages)
}

/// The same where a headline follows that says it.
fn bare_region(title: &str, messages: &dyn Messages) -> Element {
    card(el("h1").class("said").child(messages.get(title, &[])), "bare", title, messages)
}

fn card(title: Element, head: &'static str, name: &str, messages: &dyn Messages) -> Element {
    el("section")
        .class("card")
        .with("aria-label", messages.get(name, &[]))
        .with("tabindex", "-1")
        .child(
            el("header").class(head).child(title).child(close(on_page(PagePress::Close), messages)),
        )
}

/// What was typed before a reload, to be copied.
fn kept(text: &str, messages: &dyn Messages) -> [Element; 2] {
    let hint = messages.get("page_kept", &[]);
    let field = el("textarea")
        .with("rows", "5")
        .with("readonly", "")
        .with("aria-label", hint.clone())
        .with("data-key", "kept")
        .with("data-value", text);
    [el("p").child(hint), field]
}

fn line(class: &'static str, key: &str, messages: &dyn Messages) -> Element {
    el("p").class(class).child(messages.get(key, &[]))
}

/// The banner of what failed in the page itself.
pub(super) fn banner<'a>(
    state: &State,
    page: &PageStory,
    explanation: &'a Explanation,
    body: Vec<Node>,
    messages: &'a dyn Messages,
) -> Banner<'a> {
    Banner {
        explanation,
        changed: None,
        running: None,
        body,
        offers: offers(state, page, explanation, messages),
        last: Vec::new(),
        messages,
    }
}

/// What leads out of it first: a page that mends it, or a fresh start of the page.
fn offers(
    state: &State,
    page: &PageStory,
    explanation: &Explanation,
    messages: &dyn Messages,
) -> Offers {
    let named = |key, press| (messages.get(key, &[]), press);
    let steps = |step: &str| PagePress::Troubleshooter { step: step.into() };
    let mut ways = links(explanation);
    let leads_out = |kind| {
        matches!(kind, ActionKind::OpenLogin | ActionKind::OpenLimits | ActionKind::OpenBilling)
    };
    let elsewhere = explanation.actions.iter().any(|action| leads_out(action.kind));
    let place = usize::from(elsewhere && !page.returned && !ways.is_empty());
    ways.insert(place, named("page_reload", PagePress::Reload));
    let likely = troubleshooter::offered(state, page.number, messages);
    let mut quiet: Vec<_> = likely.map(|(label, step)| (label, steps(step))).collect();
    quiet.extend([
        named("step_open", steps("")),
        named("action_copy_report", PagePress::CopyReport),
        named("banner_learn", PagePress::LearnMore),
    ]);
    let there = |(label, press)| (label, on_page(press));
    Offers::ranked(ways.into_iter().map(there).collect(), quiet.into_iter().map(there).collect())
}

/// The pages that the diagnosis offers, by the index of their action; the app itself is open already.
fn links(explanation: &Explanation) -> Vec<(String, PagePress)> {
    let offered = explanation.actions.iter().enumerate();
    let elsewhere =
        offered.filter(|(_, action)| action.url.is_some() && action.kind != ActionKind::OpenSite);
    elsewhere.map(|(action, told)| (told.label.clone(), PagePress::Open { action })).collect()
}

const fn on_page(then: PagePress) -> Press {
    Press::OnPage { then }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unstuck_diagnose::{Failure, classify};
    use unstuck_engine::{AttemptId, Incident, PageCall, recovered_text::RecoveredText};

    fn shown(status: u16, returned: bool) -> String {
        let failure = Failure {
            url: Some("https://claude.ai/api/organizations/1/completion".into()),
            status: Some(status),
            ..Failure::default()
        };
        let (state, frame) = failed(&failure, returned);
        serde_json::to_string(&view(&state, &frame, &crate::english())).unwrap()
    }

    fn failed(failure: &Failure, returned: bool) -> (State, FrameRef) {
        let page = PageStory {
            frame: FrameRef { tab: 1, id: 0, document: "D".into() },
            site: "https://chat.example".into(),
            of: PageCall::Answer,
            number: 1,
            diagnosis: classify(failure),
            failed_at_ms: 0,
            closed_at_ms: None,
            mending: false,
            returned,
            note: returned.then_some(Note::ReportCopied),
            last_seq: 0,
        };
        let (frame, number) = (page.frame.clone(), page.number);
        let incident = Incident {
            attempt_id: AttemptId { call: number, attempt: 0 },
            frame: frame.clone(),
            at_ms: 0,
            attempts: Vec::new(),
            facts: None,
            diagnosis: page.diagnosis.clone(),
            settled: false,
        };
        let incidents = [incident].into();
        (State { pages: vec![page], incidents, ..State::default() }, frame)
    }

    /// Every word of the banner exists in the catalogue.
    #[test]
    fn banner_shows_no_message_keys() {
        for (status, returned) in [(401, false), (401, true), (429, false), (500, false)] {
            let shown = shown(status, returned);
            for prefix in ["panel_", "page_", "banner_", "action_", "step_"] {
                let raw = shown.split(['"', ' ']).find(|text| text.starts_with(prefix));
                assert_eq!(raw, None, "a key in the place of its words");
            }
        }
    }

    /// For a usage limit, its page comes first: a reload cannot lift a limit.
    #[test]
    fn limit_page_precedes_reload() {
        let failure = Failure {
            url: Some("https://chatgpt.com/backend-api/f/conversation".into()),
            status: Some(429),
            body: Some(r#"{"detail":{"code":"model_cap_exceeded"}}"#.into()),
            ..Failure::default()
        };
        let (mut state, frame) = failed(&failure, false);
        let shown =
            |state: &State| serde_json::to_string(&view(state, &frame, &crate::english())).unwrap();
        let before = shown(&state);
        let reload = before.find("Reload and keep my text").unwrap();
        assert!(before.find("Add credit").unwrap() < reload, "{before}");
        state.pages.clear();
        state.recovered_texts.push(RecoveredText { frame: frame.clone(), text: "half wri".into() });
        assert!(shown(&state).contains("half wri"), "and a text without a box is shown alone, too");
    }

    #[test]
    fn the_likeliest_steps_are_at_hand() {
        let shown = shown(500, false);
        assert!(shown.contains("Check the service’s status"), "{shown}");
        assert!(
            !shown.contains("Check other extensions"),
            "an unlikely one is on the troubleshooter alone"
        );
    }

    /// The sign-in comes first until the person is back from it; then the reload does.
    #[test]
    fn sign_in_leads_until_return() {
        let at = |text: &str, label: &str| text.find(label).unwrap();
        let (before, after) = (shown(401, false), shown(401, true));
        assert!(at(&before, "Sign in to Claude") < at(&before, "Reload and keep my text"));
        assert!(at(&after, "Reload and keep my text") < at(&after, "Sign in to Claude"));
    }
}
