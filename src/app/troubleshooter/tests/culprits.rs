//! The search for an extension through the troubleshooter: nothing stays off but the one that is enough, whatever happens.

use std::collections::BTreeSet;

use super::*;
use crate::troubleshooter::extensions::Extension;
use unstuck_diagnose::Context;

fn extension(id: &str) -> Extension {
    Extension {
        id: id.into(),
        name: id.to_uppercase(),
        permissions: vec!["proxy".into()],
        hosts: Vec::new(),
    }
}

/// A browser with extensions, some of which break the call together.
struct Others {
    off: BTreeSet<String>,
    breaking: Vec<&'static str>,
    tries: u32,
    /// After so many test calls none can be made any more.
    gone_after: u32,
}

impl Others {
    fn new(breaking: &[&'static str]) -> Self {
        Self { off: BTreeSet::new(), breaking: breaking.to_vec(), tries: 0, gone_after: u32::MAX }
    }

    fn perform(
        &mut self,
        troubleshooters: &mut Troubleshooters,
        state: &State,
        effects: Vec<TroubleshooterEffect>,
    ) {
        for effect in effects {
            let event = match effect {
                TroubleshooterEffect::ListExtensions => {
                    let all = ('a'..='l').map(|id| extension(&id.to_string())).collect();
                    TroubleshooterEvent::Extensions(Some(all))
                }
                TroubleshooterEffect::SwitchExtensions { on, off, .. } => {
                    self.off.retain(|id| !on.contains(id));
                    self.off.extend(off);
                    TroubleshooterEvent::Switched(Vec::new())
                }
                TroubleshooterEffect::TryCall { .. } | TroubleshooterEffect::TryInPage { .. } => {
                    self.tries += 1;
                    let works = self.breaking.iter().any(|id| self.off.contains(*id));
                    let made = self.tries <= self.gone_after;
                    TroubleshooterEvent::Tried(made.then_some(works))
                }
                other => panic!("{other:?}"),
            };
            let more = troubleshooters.handle(state, NOW, 1, &event);
            self.perform(troubleshooters, state, more);
        }
    }
}

fn search(others: &mut Others, failure: Failure) -> Troubleshooters {
    let state = failed(failure);
    let mut troubleshooters = Troubleshooters::default();
    let effects = run(&mut troubleshooters, &state, Step::Extensions);
    others.perform(&mut troubleshooters, &state, effects);
    assert_eq!(keys(&troubleshooters, Step::Extensions), ["step_extensions_suspects"]);
    let effects = troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::FindCulprit);
    others.perform(&mut troubleshooters, &state, effects);
    troubleshooters
}

/// The culprit is named and stays off; all others are on again.
#[test]
fn culprit_stays_off_others_on() {
    for culprit in ["a", "g", "l"] {
        let mut others = Others::new(&[culprit]);
        let troubleshooters = search(&mut others, unreachable());
        assert!(others.tries <= 5, "{}", others.tries);
        assert_eq!(others.off.iter().collect::<Vec<_>>(), [culprit]);
        let troubleshooter = troubleshooters.find(1).unwrap();
        assert_eq!(troubleshooter.diagnosis.cause, Cause::BlockedByExtension);
        let finding = Evidence::Culprit { name: culprit.to_uppercase() };
        assert_eq!(troubleshooter.diagnosis.evidence, [finding]);
        let state = failed(unreachable());
        let mut troubleshooters = troubleshooters;
        let effects = troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::SwitchOn);
        others.perform(&mut troubleshooters, &state, effects);
        assert!(others.off.is_empty());
        assert_eq!(
            keys(&troubleshooters, Step::Extensions),
            ["step_extensions_culprit", "step_extensions_restored"]
        );
    }
}

/// Two extensions that break the call only together are both named, and one stays off.
#[test]
fn joint_culprits_are_both_named() {
    let mut others = Others::new(&["c", "i"]);
    let troubleshooters = search(&mut others, unreachable());
    let step_state = troubleshooters.find(1).unwrap().step_state(Step::Extensions).unwrap();
    assert_eq!(step_state.lines[0].key, "step_extensions_together");
    assert_eq!(step_state.lines[0].with[0], "I, C");
    assert_eq!(others.off.len(), 1);
}

/// A search that finds nobody or breaks off leaves all of them on.
#[test]
fn unsuccessful_search_restores_all_extensions() {
    let mut innocent = Others::new(&[]);
    let troubleshooters = search(&mut innocent, unreachable());
    assert_eq!(keys(&troubleshooters, Step::Extensions)[0], "step_extensions_not_them");
    assert!(innocent.off.is_empty());
    let mut gone = Others { gone_after: 2, ..Others::new(&["g"]) };
    let troubleshooters = search(&mut gone, unreachable());
    assert_eq!(keys(&troubleshooters, Step::Extensions), ["step_extensions_no_call"]);
    assert!(gone.off.is_empty(), "{:?}", gone.off);
}

/// A call of a page is tried again in that page, and the data of its app can be cleared.
#[test]
fn page_call_is_retried_in_page() {
    let failure = Failure {
        url: Some("https://chatgpt.com/backend-api/conversation?x=canary".into()),
        context: Some(Context::Page),
        ..unreachable()
    };
    let state = failed(failure.clone());
    let mut troubleshooters = Troubleshooters::default();
    drop(run(&mut troubleshooters, &state, Step::Extensions));
    let all = TroubleshooterEvent::Extensions(Some(vec![extension("a")]));
    drop(troubleshooters.handle(&state, NOW, 1, &all));
    let effects = troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::FindCulprit);
    let url = "https://chatgpt.com/backend-api/conversation".to_owned();
    assert_eq!(effects[1], TroubleshooterEffect::TryInPage { frame: frame(), url });
    assert!(troubleshooters.find(1).unwrap().is_busy());
    let mut later = Troubleshooters::from_bytes(&troubleshooters.to_bytes());
    assert_eq!(
        later.press(&state, NOW, 1, &TroubleshooterPress::FindCulprit).len(),
        2,
        "begun anew"
    );

    let mut troubleshooters = Troubleshooters::default();
    let origin = "https://chatgpt.com".to_owned();
    assert_eq!(
        run(&mut troubleshooters, &state, Step::SiteData),
        [TroubleshooterEffect::ClearSite { origin: origin.clone() }]
    );
    drop(troubleshooters.handle(&state, NOW, 1, &TroubleshooterEvent::Cleared(true)));
    assert_eq!(keys(&troubleshooters, Step::SiteData), ["step_site_data_cleared"]);
    assert_eq!(
        troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::OpenPrivately),
        [TroubleshooterEffect::OpenPrivately { url: origin }]
    );
    let api = failed(unreachable());
    let mut troubleshooters = Troubleshooters::default();
    assert_eq!(run(&mut troubleshooters, &api, Step::SiteData), []);
    assert_eq!(keys(&troubleshooters, Step::SiteData), ["step_site_data_no_app"]);
}

/// When consent is withdrawn, the search ends with all extensions on again.
#[test]
fn withdrawn_consent_ends_the_search() {
    let mut others = Others::new(&["g"]);
    let mut state = failed(unreachable());
    let mut troubleshooters = Troubleshooters::default();
    let effects = run(&mut troubleshooters, &state, Step::Extensions);
    others.perform(&mut troubleshooters, &state, effects);
    let begun = troubleshooters.press(&state, NOW, 1, &TroubleshooterPress::FindCulprit);
    others.off.extend(begun.iter().flat_map(|effect| match effect {
        TroubleshooterEffect::SwitchExtensions { off, .. } => off.clone(),
        _ => Vec::new(),
    }));
    assert!(!others.off.is_empty());
    state.settings.agreed = 0;
    let mut held = troubleshooters.handle(&state, NOW, 1, &TroubleshooterEvent::Tried(Some(false)));
    assert_eq!(held.pop(), Some(TroubleshooterEffect::OpenWelcome));
    assert!(!held.iter().any(TroubleshooterEffect::leaves));
    others.perform(&mut troubleshooters, &state, held);
    assert_eq!((others.off.len(), others.tries), (0, 0));
    assert_eq!(standing(&troubleshooters, Step::Extensions), Standing::CouldNot);
}
