//! The search for an extension through the ladder: nothing stays off but the one that is enough, whatever happens.

use std::collections::BTreeSet;

use super::*;
use crate::{failure::Context, ladder::extensions::Extension};

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

    fn perform(&mut self, ladders: &mut Ladders, state: &State, effects: Vec<LadderEffect>) {
        for effect in effects {
            let event = match effect {
                LadderEffect::ListExtensions => {
                    let all = ('a'..='l').map(|id| extension(&id.to_string())).collect();
                    LadderEvent::Extensions(Some(all))
                }
                LadderEffect::SwitchExtensions { on, off, .. } => {
                    self.off.retain(|id| !on.contains(id));
                    self.off.extend(off);
                    LadderEvent::Switched(Vec::new())
                }
                LadderEffect::TryCall { .. } | LadderEffect::TryInPage { .. } => {
                    self.tries += 1;
                    let works = self.breaking.iter().any(|id| self.off.contains(*id));
                    let made = self.tries <= self.gone_after;
                    LadderEvent::Tried(made.then_some(works))
                }
                other => panic!("{other:?}"),
            };
            let more = ladders.handle(state, NOW, 1, &event);
            self.perform(ladders, state, more);
        }
    }
}

fn search(others: &mut Others, failure: Failure) -> Ladders {
    let state = failed(failure);
    let mut ladders = Ladders::default();
    let effects = run(&mut ladders, &state, Step::Extensions);
    others.perform(&mut ladders, &state, effects);
    assert_eq!(keys(&ladders, Step::Extensions), ["ladder_extensions_suspects"]);
    let effects = ladders.press(&state, NOW, 1, &LadderPress::FindCulprit);
    others.perform(&mut ladders, &state, effects);
    ladders
}

#[test]
fn the_culprit_is_named_and_stays_off_and_all_others_are_on() {
    for culprit in ["a", "g", "l"] {
        let mut others = Others::new(&[culprit]);
        let ladders = search(&mut others, unreachable());
        assert!(others.tries <= 5, "{}", others.tries);
        assert_eq!(others.off.iter().collect::<Vec<_>>(), [culprit]);
        let ladder = ladders.find(1).unwrap();
        assert_eq!(ladder.diagnosis.cause, Cause::BlockedByExtension);
        let finding = Evidence::Culprit { name: culprit.to_uppercase() };
        assert_eq!(ladder.diagnosis.evidence, [finding]);
        let state = failed(unreachable());
        let mut ladders = ladders;
        let effects = ladders.press(&state, NOW, 1, &LadderPress::SwitchOn);
        others.perform(&mut ladders, &state, effects);
        assert!(others.off.is_empty());
        assert_eq!(
            keys(&ladders, Step::Extensions),
            ["ladder_extensions_culprit", "ladder_extensions_restored"]
        );
    }
}

#[test]
fn two_that_break_it_only_together_are_both_named_and_one_stays_off() {
    let mut others = Others::new(&["c", "i"]);
    let ladders = search(&mut others, unreachable());
    let rung = ladders.find(1).unwrap().rung(Step::Extensions).unwrap();
    assert_eq!(rung.lines[0].key, "ladder_extensions_together");
    assert_eq!(rung.lines[0].with[0], "I, C");
    assert_eq!(others.off.len(), 1);
}

#[test]
fn a_search_that_finds_nobody_or_breaks_off_leaves_all_on() {
    let mut innocent = Others::new(&[]);
    let ladders = search(&mut innocent, unreachable());
    assert_eq!(keys(&ladders, Step::Extensions)[0], "ladder_extensions_not_them");
    assert!(innocent.off.is_empty());
    let mut gone = Others { gone_after: 2, ..Others::new(&["g"]) };
    let ladders = search(&mut gone, unreachable());
    assert_eq!(keys(&ladders, Step::Extensions), ["ladder_extensions_no_call"]);
    assert!(gone.off.is_empty(), "{:?}", gone.off);
}

#[test]
fn a_call_of_a_page_is_tried_in_that_page_and_its_app_can_be_cleared() {
    let failure = Failure {
        url: Some("https://chatgpt.com/backend-api/conversation?x=canary".into()),
        context: Some(Context::Page),
        ..unreachable()
    };
    let state = failed(failure.clone());
    let mut ladders = Ladders::default();
    drop(run(&mut ladders, &state, Step::Extensions));
    let all = LadderEvent::Extensions(Some(vec![extension("a")]));
    drop(ladders.handle(&state, NOW, 1, &all));
    let effects = ladders.press(&state, NOW, 1, &LadderPress::FindCulprit);
    let url = "https://chatgpt.com/backend-api/conversation".to_owned();
    assert_eq!(effects[1], LadderEffect::TryInPage { surface: surface(), url });
    assert!(ladders.find(1).unwrap().is_busy());
    let mut later = Ladders::from_bytes(&ladders.to_bytes());
    assert_eq!(later.press(&state, NOW, 1, &LadderPress::FindCulprit).len(), 2, "begun anew");

    let mut ladders = Ladders::default();
    let origin = "https://chatgpt.com".to_owned();
    assert_eq!(
        run(&mut ladders, &state, Step::SiteData),
        [LadderEffect::ClearSite { origin: origin.clone() }]
    );
    drop(ladders.handle(&state, NOW, 1, &LadderEvent::Cleared(true)));
    assert_eq!(keys(&ladders, Step::SiteData), ["ladder_site_data_cleared"]);
    assert_eq!(
        ladders.press(&state, NOW, 1, &LadderPress::OpenPrivately),
        [LadderEffect::OpenPrivately { url: origin }]
    );
    let api = failed(unreachable());
    let mut ladders = Ladders::default();
    assert_eq!(run(&mut ladders, &api, Step::SiteData), []);
    assert_eq!(keys(&ladders, Step::SiteData), ["ladder_site_data_no_app"]);
}

#[test]
fn an_agreement_that_is_taken_back_ends_the_search_with_all_on() {
    let mut others = Others::new(&["g"]);
    let mut state = failed(unreachable());
    let mut ladders = Ladders::default();
    let effects = run(&mut ladders, &state, Step::Extensions);
    others.perform(&mut ladders, &state, effects);
    let begun = ladders.press(&state, NOW, 1, &LadderPress::FindCulprit);
    others.off.extend(begun.iter().flat_map(|effect| match effect {
        LadderEffect::SwitchExtensions { off, .. } => off.clone(),
        _ => Vec::new(),
    }));
    assert!(!others.off.is_empty());
    state.settings.agreed = 0;
    let mut held = ladders.handle(&state, NOW, 1, &LadderEvent::Tried(Some(false)));
    assert_eq!(held.pop(), Some(LadderEffect::OpenWelcome));
    assert!(!held.iter().any(LadderEffect::leaves));
    others.perform(&mut ladders, &state, held);
    assert_eq!((others.off.len(), others.tries), (0, 0));
    assert_eq!(standing(&ladders, Step::Extensions), Standing::CouldNot);
}
