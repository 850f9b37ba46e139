//! The search for an extension that stands in the way, as steps of the troubleshooter; and the web app whose data can be cleared.

use super::{
    Line, Standing, Step, Troubleshooter, TroubleshooterEffect,
    bisect::{Bisection, Verdict},
    extensions::{Extension, Search},
};
use unstuck_diagnose::{
    ActionKind, Context, Evidence, Failure, Provider, classify, workspace::is_web_host,
};

/// The web app that was called, as its origin; `None` for an API.
pub(super) fn app(troubleshooter: &Troubleshooter) -> Option<String> {
    let host = troubleshooter.diagnosis.host.as_deref();
    let called = host.filter(|host| of_page(troubleshooter) || is_web_host(host));
    called.map(|host| ["https://", host].concat()).or_else(|| {
        let web =
            troubleshooter.diagnosis.provider.filter(|provider| Provider::is_web(*provider))?;
        web.link(ActionKind::OpenSite).map(str::to_owned)
    })
}

/// Whether a page made the call.
fn of_page(troubleshooter: &Troubleshooter) -> bool {
    let context = troubleshooter.facts.as_ref().and_then(|facts| facts.context);
    matches!(context, Some(Context::Page | Context::ContentScript))
}

/// The other extensions are known, or not.
pub(super) fn listed(troubleshooter: &mut Troubleshooter, all: Option<&[Extension]>) {
    let Some(all) = all else {
        let line = Line::new("step_extensions_not_allowed");
        return troubleshooter.tell(Step::Extensions, Standing::CouldNot, vec![line]);
    };
    troubleshooter.search =
        Some(Search::among(all, troubleshooter.host(), of_page(troubleshooter)));
    tell(troubleshooter);
}

fn tell(troubleshooter: &mut Troubleshooter) {
    if let Some((standing, lines)) = troubleshooter.search.as_ref().map(Search::tell) {
        troubleshooter.tell(Step::Extensions, standing, lines);
    }
}

/// Begins to switch suspects off.
pub(super) fn begin(troubleshooter: &mut Troubleshooter) -> Vec<TroubleshooterEffect> {
    if test_call(troubleshooter).is_none() {
        let line = Line::new("step_extensions_no_call");
        troubleshooter.tell(Step::Extensions, Standing::CouldNot, vec![line]);
        return Vec::new();
    }
    let Some(search) = troubleshooter.search.as_mut().filter(|search| !search.suspects.is_empty())
    else {
        return Vec::new();
    };
    search.bisection = Some(Bisection::new(search.suspects.len()));
    go_on(troubleshooter)
}

/// The next test call, or the end: all are switched on again but the one that is enough to be off.
fn go_on(troubleshooter: &mut Troubleshooter) -> Vec<TroubleshooterEffect> {
    let Some(search) = &mut troubleshooter.search else { return Vec::new() };
    let next = search.next();
    if let (Some((on, off)), Some(test)) = (next, test_call(troubleshooter)) {
        troubleshooter.tell(Step::Extensions, Standing::Running, Vec::new());
        return vec![TroubleshooterEffect::SwitchExtensions { on, off, last: false }, test];
    }
    end(troubleshooter)
}

fn end(troubleshooter: &mut Troubleshooter) -> Vec<TroubleshooterEffect> {
    let Some(search) = &mut troubleshooter.search else { return Vec::new() };
    search.leave_off_one();
    let off: Vec<_> = search.left_off.iter().map(|one| one.id.clone()).collect();
    let all = search.suspects.iter().map(|one| one.id.clone());
    let on = all.filter(|id| !off.contains(id)).collect();
    vec![TroubleshooterEffect::SwitchExtensions { on, off, last: true }]
}

/// A search that may not go on: all are switched on again.
pub(super) fn give_up(troubleshooter: &mut Troubleshooter) -> Vec<TroubleshooterEffect> {
    let search = troubleshooter.search.as_mut().filter(|search| search.verdict().is_none());
    match search.and_then(|search| search.bisection.take()) {
        Some(_) => end(troubleshooter),
        None => Vec::new(),
    }
}

/// A test call is over; without one nothing can be told.
pub(super) fn tried(
    troubleshooter: &mut Troubleshooter,
    worked: Option<bool>,
) -> Vec<TroubleshooterEffect> {
    let search = troubleshooter.search.as_mut();
    let Some(bisection) = search.and_then(|search| search.bisection.as_mut()) else {
        return Vec::new();
    };
    match worked {
        Some(worked) => {
            bisection.learn(worked);
            go_on(troubleshooter)
        }
        None => {
            if let Some(search) = &mut troubleshooter.search {
                search.bisection = None;
            }
            end(troubleshooter)
        }
    }
}

/// Extensions were switched; those that are named are not on as they should be.
pub(super) fn switched(troubleshooter: &mut Troubleshooter, stuck: &[String]) {
    let Some(search) = &troubleshooter.search else { return };
    let over = search.bisection.is_none() || search.verdict().is_some();
    if !over {
        return;
    }
    let culprits: Vec<_> = search.culprits().into_iter().map(|one| one.name.clone()).collect();
    if search.verdict() == Some(Verdict::Culprits) {
        blame(troubleshooter, &culprits);
    }
    if troubleshooter.search.as_ref().is_some_and(|search| search.bisection.is_none()) {
        let line = Line::new("step_extensions_no_call");
        troubleshooter.tell(Step::Extensions, Standing::CouldNot, vec![line]);
    } else {
        tell(troubleshooter);
    }
    if let Some(step_state) =
        troubleshooter.step_state_mut(Step::Extensions).filter(|_| !stuck.is_empty())
    {
        step_state.lines.push(Line::new("step_extensions_stuck").with(stuck.join(", ")));
    }
}

/// The test calls prove it: nothing else has to be weighed.
fn blame(troubleshooter: &mut Troubleshooter, culprits: &[String]) {
    let blocked = Failure {
        net_error: Some("net::ERR_BLOCKED_BY_CLIENT".into()),
        provider: troubleshooter.diagnosis.provider.map(|provider| provider.id().to_owned()),
        url: troubleshooter.facts.as_ref().and_then(|facts| facts.url.clone()),
        context: Some(Context::Page),
        ..Failure::default()
    };
    let mut found = classify(&blocked);
    found.evidence = culprits.iter().map(|name| Evidence::Culprit { name: name.clone() }).collect();
    troubleshooter.diagnosis = found;
}

/// Switches on again what was left off.
pub(super) fn switch_on(troubleshooter: &mut Troubleshooter) -> Vec<TroubleshooterEffect> {
    let Some(search) = &mut troubleshooter.search else { return Vec::new() };
    let on = search.left_off.drain(..).map(|one| one.id).collect();
    vec![TroubleshooterEffect::SwitchExtensions { on, off: Vec::new(), last: true }]
}

/// A call that costs nothing and carries no words, made by whoever made the one that failed.
fn test_call(troubleshooter: &Troubleshooter) -> Option<TroubleshooterEffect> {
    if of_page(troubleshooter) {
        let url = troubleshooter.facts.as_ref()?.url.clone()?;
        return Some(TroubleshooterEffect::TryInPage { frame: troubleshooter.frame.clone(), url });
    }
    troubleshooter.source.clone().map(|source| TroubleshooterEffect::TryCall { source })
}
