//! A diagnosis as it is painted everywhere: headline, whose move, why, steps, and what it rests on.

use super::{Element, Node, el};
use crate::percent::{hundredths, percent};
use unstuck_diagnose::{Diagnosis, Evidence, Explanation, Messages, Retry, workspace::tell};
use unstuck_engine::change_explains;

/// The frame that carries the diagnosis' ids for tests, styles and other programs.
pub(super) fn frame(tag: &'static str, explanation: &Explanation) -> Element {
    let Retry { when, after_ms } = explanation.retry;
    let frame = el(tag)
        .class("diagnosis")
        .with("data-cause", explanation.cause.id())
        .with("data-fault", explanation.fault.id())
        .with("data-confidence", share(explanation.confidence))
        .with("data-retry", when.id());
    match after_ms {
        Some(ms) => frame.with("data-after", ms.to_string()),
        None => frame,
    }
}

/// Whose move, headline, why.
pub(super) fn summary(explanation: &Explanation) -> [Node; 3] {
    [
        el("p").class("move").child(explanation.whose_move.clone()).into(),
        el("h2").child(explanation.headline.clone()).into(),
        el("p").class("why").child(explanation.why.clone()).into(),
    ]
}

/// That the service tells of trouble itself, if it was found out.
pub(super) fn reported(found: &Diagnosis, messages: &dyn Messages) -> Option<Element> {
    let told = || el("p").class("note").child(messages.get("banner_status_page", &[]));
    found.evidence.contains(&Evidence::StatusPage).then(told)
}

/// What has changed since the source last answered, where that may well be why it fails.
pub(super) fn changed(found: &Diagnosis, messages: &dyn Messages) -> Option<String> {
    let change = found.evidence.iter().find(|finding| change_explains(finding, found.cause))?;
    Some(tell(change, messages))
}

/// What to do by hand.
pub(super) fn steps(explanation: &Explanation, messages: &dyn Messages) -> Node {
    let steps = explanation.steps.iter().map(|step| el("li").child(step.clone()));
    el("ol")
        .class("steps")
        .with("aria-label", messages.get("banner_steps", &[]))
        .children(steps)
        .into()
}

/// What the diagnosis rests on, and the way to its page in the reference; folded.
pub(super) fn details(explanation: &Explanation, messages: &dyn Messages) -> Element {
    el("details")
        .child(el("summary").child(messages.get("banner_details", &[])))
        .children(basis(explanation, messages))
}

/// What the diagnosis rests on, how sure it is, what else it could be, and its ids.
pub(super) fn basis(explanation: &Explanation, messages: &dyn Messages) -> Vec<Node> {
    let findings = explanation.evidence.iter().map(|finding| el("li").child(finding.clone()));
    let sure = messages.get("banner_confidence", &[]);
    let sure = format!("{sure}: {} ({})", explanation.certainty, percent(explanation.confidence));
    let mut basis = vec![
        el("h3").child(messages.get("banner_evidence", &[])).into(),
        el("ul").children(findings).into(),
        el("p").class("quiet").child(sure).into(),
    ];
    if !explanation.also.is_empty() {
        let others = explanation.also.iter().map(|other| {
            let headline = messages.get(
                &format!("{}_headline", other.cause.id()),
                &[&messages.get("provider_unknown", &[])],
            );
            el("li").child(format!("{headline} ({})", percent(other.confidence)))
        });
        basis.push(el("h3").child(messages.get("banner_also", &[])).into());
        basis.push(el("ul").children(others).into());
    }
    let code = |text: &str| el("p").class("quiet").child(el("code").child(text)).into();
    basis.push(code(explanation.cause.id()));
    basis.extend(explanation.request_id.as_deref().map(code));
    basis
}

/// A share as `0.97`.
fn share(share: f64) -> String {
    let hundredths = hundredths(share);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
