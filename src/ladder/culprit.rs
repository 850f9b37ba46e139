//! The search for an extension that stands in the way, as steps of the ladder; and the web app whose data can be cleared.

use super::{
    Ladder, LadderEffect, Line, Standing, Step,
    bisect::{Bisection, Verdict},
    extensions::{Extension, Search},
};
use crate::{
    ActionKind, Evidence, Failure, classify,
    failure::Context,
    provider::{Provider, is_web_host},
};

/// The web app that was called, as its origin; `None` for an API.
pub(super) fn app(ladder: &Ladder) -> Option<String> {
    let host = ladder.diagnosis.host.as_deref();
    let called = host.filter(|host| of_page(ladder) || is_web_host(host));
    called.map(|host| ["https://", host].concat()).or_else(|| {
        let web = ladder.diagnosis.provider.filter(|provider| Provider::is_web(*provider))?;
        web.link(ActionKind::OpenSite).map(str::to_owned)
    })
}

/// Whether a page made the call.
fn of_page(ladder: &Ladder) -> bool {
    let context = ladder.facts.as_ref().and_then(|facts| facts.context);
    matches!(context, Some(Context::Page | Context::ContentScript))
}

/// The other extensions are known, or not.
pub(super) fn listed(ladder: &mut Ladder, all: Option<&[Extension]>) {
    let Some(all) = all else {
        let line = Line::new("ladder_extensions_not_allowed");
        return ladder.tell(Step::Extensions, Standing::CouldNot, vec![line]);
    };
    ladder.search = Some(Search::among(all, ladder.host(), of_page(ladder)));
    tell(ladder);
}

fn tell(ladder: &mut Ladder) {
    if let Some((standing, lines)) = ladder.search.as_ref().map(Search::tell) {
        ladder.tell(Step::Extensions, standing, lines);
    }
}

/// Begins to switch suspects off.
pub(super) fn begin(ladder: &mut Ladder) -> Vec<LadderEffect> {
    if test_call(ladder).is_none() {
        let line = Line::new("ladder_extensions_no_call");
        ladder.tell(Step::Extensions, Standing::CouldNot, vec![line]);
        return Vec::new();
    }
    let Some(search) = ladder.search.as_mut().filter(|search| !search.suspects.is_empty()) else {
        return Vec::new();
    };
    search.bisection = Some(Bisection::new(search.suspects.len()));
    go_on(ladder)
}

/// The next test call, or the end: all are switched on again but the one that is enough to be off.
fn go_on(ladder: &mut Ladder) -> Vec<LadderEffect> {
    let Some(search) = &mut ladder.search else { return Vec::new() };
    let next = search.next();
    if let (Some((on, off)), Some(test)) = (next, test_call(ladder)) {
        ladder.tell(Step::Extensions, Standing::Running, Vec::new());
        return vec![LadderEffect::SwitchExtensions { on, off, last: false }, test];
    }
    end(ladder)
}

fn end(ladder: &mut Ladder) -> Vec<LadderEffect> {
    let Some(search) = &mut ladder.search else { return Vec::new() };
    search.leave_off_one();
    let off: Vec<_> = search.left_off.iter().map(|one| one.id.clone()).collect();
    let all = search.suspects.iter().map(|one| one.id.clone());
    let on = all.filter(|id| !off.contains(id)).collect();
    vec![LadderEffect::SwitchExtensions { on, off, last: true }]
}

/// A search that may not go on: all are switched on again.
pub(super) fn give_up(ladder: &mut Ladder) -> Vec<LadderEffect> {
    let search = ladder.search.as_mut().filter(|search| search.verdict().is_none());
    match search.and_then(|search| search.bisection.take()) {
        Some(_) => end(ladder),
        None => Vec::new(),
    }
}

/// A test call is over; without one nothing can be told.
pub(super) fn tried(ladder: &mut Ladder, worked: Option<bool>) -> Vec<LadderEffect> {
    let search = ladder.search.as_mut();
    let Some(bisection) = search.and_then(|search| search.bisection.as_mut()) else {
        return Vec::new();
    };
    match worked {
        Some(worked) => {
            bisection.learn(worked);
            go_on(ladder)
        }
        None => {
            if let Some(search) = &mut ladder.search {
                search.bisection = None;
            }
            end(ladder)
        }
    }
}

/// Extensions were switched; those that are named are not on as they should be.
pub(super) fn switched(ladder: &mut Ladder, stuck: &[String]) {
    let Some(search) = &ladder.search else { return };
    let over = search.bisection.is_none() || search.verdict().is_some();
    if !over {
        return;
    }
    let culprits: Vec<_> = search.culprits().into_iter().map(|one| one.name.clone()).collect();
    if search.verdict() == Some(Verdict::Culprits) {
        blame(ladder, &culprits);
    }
    if ladder.search.as_ref().is_some_and(|search| search.bisection.is_none()) {
        let line = Line::new("ladder_extensions_no_call");
        ladder.tell(Step::Extensions, Standing::CouldNot, vec![line]);
    } else {
        tell(ladder);
    }
    if let Some(rung) = ladder.rung_mut(Step::Extensions).filter(|_| !stuck.is_empty()) {
        rung.lines.push(Line::new("ladder_extensions_stuck").with(stuck.join(", ")));
    }
}

/// The test calls prove it: nothing else has to be weighed.
fn blame(ladder: &mut Ladder, culprits: &[String]) {
    let blocked = Failure {
        net_error: Some("net::ERR_BLOCKED_BY_CLIENT".into()),
        provider: ladder.diagnosis.provider.map(|provider| provider.id().to_owned()),
        url: ladder.facts.as_ref().and_then(|facts| facts.url.clone()),
        context: Some(Context::Page),
        ..Failure::default()
    };
    let mut found = classify(&blocked);
    found.evidence = culprits.iter().map(|name| Evidence::Culprit { name: name.clone() }).collect();
    ladder.diagnosis = found;
}

/// Switches on again what was left off.
pub(super) fn switch_on(ladder: &mut Ladder) -> Vec<LadderEffect> {
    let Some(search) = &mut ladder.search else { return Vec::new() };
    let on = search.left_off.drain(..).map(|one| one.id).collect();
    vec![LadderEffect::SwitchExtensions { on, off: Vec::new(), last: true }]
}

/// A call that costs nothing and carries no words, made by whoever made the one that failed.
fn test_call(ladder: &Ladder) -> Option<LadderEffect> {
    if of_page(ladder) {
        let url = ladder.facts.as_ref()?.url.clone()?;
        return Some(LadderEffect::TryInPage { surface: ladder.surface.clone(), url });
    }
    ladder.source.clone().map(|source| LadderEffect::TryCall { source })
}
