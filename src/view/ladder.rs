//! The ladder: the diagnosis on top, then the steps, the likely ones first, each with what it does, its button and what it
//! found.

use super::{Element, Node, View, button, diagnosis, el};
use crate::{
    engine::State,
    explain,
    ladder::{Ladder, LadderPress, Line, Rung, Standing, Step, network},
    words::Words,
};

/// What the page of a ladder shows; without a ladder, that its failure is no longer known.
#[must_use]
pub fn view(ladder: Option<&Ladder>, state: &State, words: &dyn Words) -> View {
    let title = el("h1").child(words.say("ladder_title", &[]));
    let Some(ladder) = ladder else {
        let gone = el("p").class("empty").child(words.say("ladder_gone", &[]));
        return View::new(Some(el("main").class("ladder").child(title).child(gone).into()), words);
    };
    let page = Page { ladder, state, words };
    let explanation = explain(&ladder.diagnosis, words);
    let found = diagnosis::frame("section", &explanation)
        .children(diagnosis::summary(&explanation))
        .child(diagnosis::details(&explanation, None, words));
    let rungs = ladder.rungs.iter().map(|rung| page.rung(rung));
    let root = el("main")
        .class("ladder")
        .child(title)
        .child(found)
        .child(page.tour())
        .child(el("ol").class("rungs").children(rungs));
    let mut view =
        View::new(Some(root.into()), words).looking(&state.settings).saying(page.say(), false);
    view.busy = ladder.is_busy();
    view
}

/// The likeliest steps for the failure of a call, as it offers them itself: what they are called, and their ids.
pub(super) fn offered(
    state: &State,
    call: u64,
    words: &dyn Words,
) -> impl Iterator<Item = (String, &'static str)> {
    let steps = crate::ladder::offered(state, call).into_iter();
    steps.map(|step| (words.say(&["ladder_", step.id()].concat(), &[]), step.id()))
}

struct Page<'a> {
    ladder: &'a Ladder,
    state: &'a State,
    words: &'a dyn Words,
}

impl Page<'_> {
    fn of(&self, step: Step, part: &str) -> String {
        let host = || self.ladder.diagnosis.host.as_deref().unwrap_or_default();
        let name = if step == Step::SiteData { host() } else { self.provider() };
        self.words.say(&["ladder_", step.id(), part].concat(), &[name])
    }

    fn provider(&self) -> &str {
        let source = || self.ladder.source.as_ref().and_then(|id| self.state.settings.source(id));
        self.ladder
            .diagnosis
            .provider
            .map_or_else(
                || {
                    source()
                        .map_or(self.ladder.diagnosis.host.as_deref(), |known| Some(&known.name))
                },
                |known| Some(known.name()),
            )
            .unwrap_or_default()
    }

    /// The round through all steps that only look, how far it is, and the sentence it ends in.
    fn tour(&self) -> Element {
        let words = self.words;
        let all = button(words.say("ladder_run_all", &[]), "primary", LadderPress::RunAll).with_if(
            self.ladder.is_busy(),
            "disabled",
            "",
        );
        let told = self.progress().unwrap_or_else(|| words.say("ladder_run_all_hint", &[]));
        let class = match &self.ladder.tour {
            Some(_) if self.ladder.is_busy() => "working",
            Some(_) => "note",
            None => "hint",
        };
        el("div").class("tour").child(all).child(el("p").class(class).child(told))
    }

    fn progress(&self) -> Option<String> {
        let tour = self.ladder.tour.as_ref()?;
        let (run, all) = (tour.run.len(), tour.run.len() + tour.left.len());
        if self.ladder.is_busy() {
            let step = self.of(*tour.run.last()?, "");
            let counts = [run.to_string(), all.to_string(), step];
            return Some(self.words.say("ladder_progress", &[&counts[0], &counts[1], &counts[2]]));
        }
        let found = tour.run.iter().filter(|step| {
            self.ladder.rung(**step).is_some_and(|rung| rung.standing == Standing::Found)
        });
        let names: Vec<_> = found.map(|step| self.of(*step, "")).collect();
        let run = run.to_string();
        Some(if names.is_empty() {
            self.words.say("ladder_ended_well", &[&run])
        } else {
            let headline = explain(&self.ladder.diagnosis, self.words).headline;
            self.words.say("ladder_ended", &[&run, &names.join(", "), &headline])
        })
    }

    /// What a screen reader is told: the state of the round, or what the last step found.
    fn say(&self) -> String {
        let told = |rung: &Rung| {
            let line = rung.lines.first().map(|line| self.line_text(line));
            [self.of(rung.step, ""), line.unwrap_or_default()].join(": ")
        };
        let running = |rung: &&Rung| rung.standing == Standing::Running;
        self.progress()
            .or_else(|| {
                let running = self.ladder.rungs.iter().find(running)?;
                Some([self.of(running.step, ""), self.words.say("ladder_running", &[])].join(": "))
            })
            .or_else(|| {
                let last = self.ladder.last.and_then(|step| self.ladder.rung(step));
                last.map(told)
            })
            .unwrap_or_default()
    }

    fn rung(&self, rung: &Rung) -> Element {
        let words = self.words;
        let step = rung.step;
        let mut head = el("div").class("head").child(el("h2").child(self.of(step, "")));
        if rung.likely {
            head = head.child(el("span").class("badge").child(words.say("ladder_likely", &[])));
        }
        let standing = match rung.standing {
            Standing::Idle | Standing::Running => None,
            other => Some(["ladder_is_", other.id()].concat()),
        };
        head = head
            .children(standing.map(|key| el("span").class("standing").child(words.say(&key, &[]))));
        let mut item = el("li")
            .class("rung")
            .with("data-key", step.id())
            .with("data-step", step.id())
            .with("data-state", rung.standing.id())
            .child(head);
        if rung.standing == Standing::NotHere {
            return item.children(self.lines(rung));
        }
        item = item.child(el("p").class("hint").child(self.of(step, "_does")));
        if rung.standing == Standing::Running {
            item = item.child(el("p").class("working").child(words.say("ladder_running", &[])));
        }
        item.children(self.lines(rung))
            .children(self.found(rung))
            .children(self.warning(rung))
            .child(self.actions(rung))
    }

    fn actions(&self, rung: &Rung) -> Element {
        let words = self.words;
        let step = rung.step;
        let run = LadderPress::Run { step: step.id().into() };
        let again = match rung.standing {
            Standing::Idle | Standing::Running => self.of(step, "_run"),
            _ => words.say("ladder_again", &[]),
        };
        let named = [again.as_str(), ": ", &self.of(step, "")].concat();
        let style = if rung.standing == Standing::Idle { "plain" } else { "quiet" };
        let mut row = el("div").class("actions").child(
            button(again, style, run)
                .with("aria-label", named)
                .with_if(step == Step::Network, "data-origins", network::OPEN_ORIGIN)
                .with_if(step == Step::SiteData, "data-permission", "browsingData")
                .with_if(step == Step::Extensions, "data-permission", "management")
                .with_if(self.ladder.is_busy(), "disabled", ""),
        );
        let more: &[(&str, LadderPress)] = match step {
            Step::AnotherAi => &[("ladder_copy_prompt", LadderPress::CopyPrompt)],
            Step::Inspect if rung.standing == Standing::Shown => {
                &[("ladder_save_record", LadderPress::SaveRecord)]
            }
            Step::Retries => &[("ladder_retries_change", LadderPress::ChangeRules)],
            Step::Support => &[
                ("ladder_support_see", LadderPress::ShowReport),
                ("action_copy_report", LadderPress::CopyReport),
            ],
            Step::SiteData => &[("ladder_open_privately", LadderPress::OpenPrivately)],
            Step::Extensions if rung.standing != Standing::Running => self.search(),
            _ => &[],
        };
        row = row.children(
            more.iter().map(|(key, press)| button(words.say(key, &[]), "plain", press.clone())),
        );
        row
    }

    /// What can be done about the extensions that could stand in the way.
    fn search(&self) -> &'static [(&'static str, LadderPress)] {
        match &self.ladder.search {
            Some(search) if !search.left_off.is_empty() => {
                &[("ladder_extensions_switch_on", LadderPress::SwitchOn)]
            }
            Some(search) if !search.suspects.is_empty() => {
                &[("ladder_extensions_find", LadderPress::FindCulprit)]
            }
            _ => &[],
        }
    }

    /// What a press would do that changes something, said before it is pressed.
    fn warning(&self, rung: &Rung) -> Option<Node> {
        let offered = rung.step == Step::Extensions
            && self.search().iter().any(|(_, press)| *press == LadderPress::FindCulprit);
        let told = || self.words.say("ladder_extensions_find_hint", &[]);
        offered.then(|| el("p").class("hint").child(told()).into())
    }

    fn lines(&self, rung: &Rung) -> Option<Node> {
        if rung.lines.is_empty() {
            return None;
        }
        let lines = rung.lines.iter().enumerate().map(|(at, line)| {
            let text = self.line_text(line);
            if line.key.starts_with("ladder_moment_") {
                let when = [line.with.first().map_or("", String::as_str), " ms"].concat();
                return el("li")
                    .class("moment")
                    .child(el("code").child(when))
                    .child(el("span").child(text));
            }
            let link = line.link.as_ref().map(|_| {
                let open = LadderPress::Open { step: rung.step.id().into(), line: at };
                button(self.words.say("ladder_open_page", &[]), "quiet", open).with(
                    "aria-label",
                    [&self.words.say("ladder_open_page", &[]), ": ", &text].concat(),
                )
            });
            el("li").child(el("bdi").child(text.clone())).children(link)
        });
        Some(el("ul").class("lines").children(lines).into())
    }

    fn line_text(&self, line: &Line) -> String {
        let with: Vec<_> = line.with.iter().map(String::as_str).collect();
        self.words.say(&line.key, &with)
    }

    /// The failure that the step met itself.
    fn found(&self, rung: &Rung) -> Option<Node> {
        let explanation = explain(rung.found.as_ref()?, self.words);
        let told = diagnosis::frame("section", &explanation)
            .children(diagnosis::summary(&explanation))
            .child(diagnosis::steps(&explanation, self.words));
        Some(told.into())
    }
}
