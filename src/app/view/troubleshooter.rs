//! The troubleshooter: what failed in one line, then the steps that are likely to help, one of them open with what it does, its button
//! and what it found; all others that can be run here are folded.

use super::{Element, Node, View, button, diagnosis, el};
use crate::troubleshooter::{
    Line, Standing, Step, StepState, Troubleshooter, TroubleshooterPress, network,
};
use unstuck_diagnose::{Messages, explain, workspace::clock_in_words};
use unstuck_engine::State;

/// What the page of a troubleshooter shows; without a troubleshooter, that its failure is no longer known.
#[must_use]
pub fn view(
    troubleshooter: Option<&Troubleshooter>,
    state: &State,
    messages: &dyn Messages,
) -> View {
    let title = el("h1").child(messages.get("step_title", &[]));
    let Some(troubleshooter) = troubleshooter else {
        let gone = el("p").class("empty").child(messages.get("step_gone", &[]));
        let root = el("main").class("troubleshooter").child(title).child(gone);
        return View::new(Some(root.into()), messages).looking(&state.settings);
    };
    let page = Page { troubleshooter, state, messages };
    let explanation = explain(&troubleshooter.diagnosis, messages);
    let found = diagnosis::frame("section", &explanation)
        .child(el("h2").child(explanation.headline.clone()))
        .child(diagnosis::details(&explanation, messages));
    let root = el("main")
        .class("troubleshooter")
        .child(title)
        .child(found)
        .child(page.auto_run())
        .children(page.steps());
    let mut view = View::new(Some(root.into()), messages)
        .looking(&state.settings)
        .announcing(page.get(), false);
    view.busy = troubleshooter.is_busy();
    view
}

/// The likeliest steps for the failure of a call, as it offers them itself: what they are called, and their ids.
pub(super) fn offered(
    state: &State,
    call: u64,
    messages: &dyn Messages,
) -> impl Iterator<Item = (String, &'static str)> {
    let steps = crate::troubleshooter::offered(state, call).into_iter();
    steps.map(|step| (messages.get(&["step_", step.id()].concat(), &[]), step.id()))
}

struct Page<'a> {
    troubleshooter: &'a Troubleshooter,
    state: &'a State,
    messages: &'a dyn Messages,
}

impl Page<'_> {
    fn of(&self, step: Step, part: &str) -> String {
        let host = || self.troubleshooter.diagnosis.host.as_deref().unwrap_or_default();
        let name = if step == Step::SiteData { host() } else { self.provider() };
        self.messages.get(&["step_", step.id(), part].concat(), &[name])
    }

    fn provider(&self) -> &str {
        let source =
            || self.troubleshooter.source.as_ref().and_then(|id| self.state.settings.source(id));
        self.troubleshooter
            .diagnosis
            .provider
            .map_or_else(
                || {
                    source().map_or(self.troubleshooter.diagnosis.host.as_deref(), |known| {
                        Some(&known.name)
                    })
                },
                |known| Some(known.name()),
            )
            .unwrap_or_default()
    }

    /// The round through all steps that only look, how far it is, and the sentence it ends in.
    fn auto_run(&self) -> Element {
        let messages = self.messages;
        let all = button(messages.get("step_run_all", &[]), "primary", TroubleshooterPress::RunAll)
            .with_if(self.troubleshooter.is_busy(), "disabled", "");
        let told = self.progress().unwrap_or_else(|| messages.get("step_run_all_hint", &[]));
        let class = match &self.troubleshooter.auto_run {
            Some(_) if self.troubleshooter.is_busy() => "working",
            Some(_) => "note",
            None => "hint",
        };
        el("div").class("auto-run").child(all).child(el("p").class(class).child(told))
    }

    fn progress(&self) -> Option<String> {
        let auto_run = self.troubleshooter.auto_run.as_ref()?;
        let (run, all) = (auto_run.run.len(), auto_run.run.len() + auto_run.left.len());
        if self.troubleshooter.is_busy() {
            let step = self.of(*auto_run.run.last()?, "");
            let counts = [run.to_string(), all.to_string(), step];
            return Some(self.messages.get("step_progress", &[&counts[0], &counts[1], &counts[2]]));
        }
        let found = auto_run.run.iter().filter(|step| {
            self.troubleshooter
                .step_state(**step)
                .is_some_and(|step_state| step_state.standing == Standing::Found)
        });
        let names: Vec<_> = found.map(|step| self.of(*step, "")).collect();
        let run = run.to_string();
        Some(if names.is_empty() {
            self.messages.get("step_ended_well", &[&run])
        } else {
            let headline = explain(&self.troubleshooter.diagnosis, self.messages).headline;
            self.messages.get("step_ended", &[&run, &self.messages.list(&names), &headline])
        })
    }

    /// What a screen reader is told: the state of the round, or what the last step found.
    fn get(&self) -> String {
        let told = |step_state: &StepState| {
            let line = step_state.lines.first().map(|line| self.line_text(line));
            [self.of(step_state.step, ""), line.unwrap_or_default()].join(": ")
        };
        let running = |step_state: &&StepState| step_state.standing == Standing::Running;
        self.progress()
            .or_else(|| {
                let running = self.troubleshooter.steps.iter().find(running)?;
                Some([self.of(running.step, ""), self.messages.get("step_running", &[])].join(": "))
            })
            .or_else(|| {
                let last =
                    self.troubleshooter.last.and_then(|step| self.troubleshooter.step_state(step));
                last.map(told)
            })
            .unwrap_or_default()
    }

    /// The steps that can be run here: those for this failure, and the others folded.
    fn steps(&self) -> Vec<Element> {
        let all = &self.troubleshooter.steps;
        let here = all.iter().filter(|step_state| step_state.standing != Standing::NotHere);
        let (likely, others): (Vec<_>, Vec<_>) = here.partition(|step_state| step_state.likely);
        let list = |steps: Vec<&StepState>, unfolded: bool| {
            let steps = steps.into_iter().enumerate();
            el("ol").class("step-list").children(
                steps.map(|(at, step_state)| self.step_state(step_state, unfolded && at == 0)),
            )
        };
        let summary = el("summary").child(self.messages.get("step_others", &[]));
        let rest = (!others.is_empty())
            .then(|| el("details").class("rest").child(summary).child(list(others, false)));
        [list(likely, true)].into_iter().chain(rest).collect()
    }

    /// A step; at most one is unfolded, since they bear one name.
    fn step_state(&self, step_state: &StepState, unfolded: bool) -> Element {
        let messages = self.messages;
        let step = step_state.step;
        let mut head = el("summary").class("head").child(el("h2").child(self.of(step, "")));
        let standing = match step_state.standing {
            Standing::Idle | Standing::Running => None,
            other => Some(["step_is_", other.id()].concat()),
        };
        head = head.children(
            standing.map(|key| el("span").class("standing").child(messages.get(&key, &[]))),
        );
        let does = if self.is_alone(step) { "_alone" } else { "_does" };
        let running = step_state.standing == Standing::Running;
        let running =
            running.then(|| el("p").class("working").child(messages.get("step_running", &[])));
        let body = el("details")
            .with("name", "step")
            .with_if(unfolded, "open", "")
            .child(head)
            .child(el("p").class("hint").child(self.of(step, does)))
            .children(running)
            .children(self.lines(step_state))
            .children(self.found(step_state))
            .children(self.warning(step_state))
            .child(self.actions(step_state));
        el("li")
            .class("step")
            .with("data-key", step.id())
            .with("data-step", step.id())
            .with("data-state", step_state.standing.id())
            .child(body)
    }

    /// Whether no other AI of the person's could answer.
    fn is_alone(&self, step: Step) -> bool {
        step == Step::AnotherAi && self.state.settings.sources.len() < 2
    }

    fn actions(&self, step_state: &StepState) -> Element {
        let messages = self.messages;
        let step = step_state.step;
        let run = TroubleshooterPress::Run { step: step.id().into() };
        let again = match step_state.standing {
            Standing::Idle | Standing::Running => self.of(step, "_run"),
            _ => messages.get("step_again", &[]),
        };
        let named = [again.as_str(), ": ", &self.of(step, "")].concat();
        let style = if step_state.standing == Standing::Idle { "plain" } else { "quiet" };
        let run = button(again, style, run)
            .with("aria-label", named)
            .with_if(step == Step::Network, "data-origins", network::OPEN_ORIGIN)
            .with_if(step == Step::SiteData, "data-permission", "browsingData")
            .with_if(step == Step::Extensions, "data-permission", "management")
            .with_if(self.troubleshooter.is_busy(), "disabled", "");
        let run = (!self.is_alone(step)).then_some(run);
        let more: &[(&str, TroubleshooterPress)] = match step {
            Step::AnotherAi => &[("step_copy_prompt", TroubleshooterPress::CopyPrompt)],
            Step::Inspect if step_state.standing == Standing::Shown => {
                &[("step_save_record", TroubleshooterPress::SaveRecord)]
            }
            Step::Retries => &[("step_retries_change", TroubleshooterPress::ChangeRules)],
            Step::Support => &[
                ("step_support_see", TroubleshooterPress::ShowReport),
                ("action_copy_report", TroubleshooterPress::CopyReport),
            ],
            Step::SiteData => &[("step_open_privately", TroubleshooterPress::OpenPrivately)],
            Step::Extensions if step_state.standing != Standing::Running => self.search(),
            _ => &[],
        };
        let more =
            more.iter().map(|(key, press)| button(messages.get(key, &[]), "plain", press.clone()));
        el("div").class("actions").children(run).children(more)
    }

    /// What can be done about the extensions that could stand in the way.
    fn search(&self) -> &'static [(&'static str, TroubleshooterPress)] {
        match &self.troubleshooter.search {
            Some(search) if !search.left_off.is_empty() => {
                &[("step_extensions_switch_on", TroubleshooterPress::SwitchOn)]
            }
            Some(search) if !search.suspects.is_empty() => {
                &[("step_extensions_find", TroubleshooterPress::FindCulprit)]
            }
            _ => &[],
        }
    }

    /// What a press would do that changes something, said before it is pressed.
    fn warning(&self, step_state: &StepState) -> Option<Node> {
        let offered = step_state.step == Step::Extensions
            && self.search().iter().any(|(_, press)| *press == TroubleshooterPress::FindCulprit);
        let told = || self.messages.get("step_extensions_find_hint", &[]);
        offered.then(|| el("p").class("hint").child(told()).into())
    }

    fn lines(&self, step_state: &StepState) -> Option<Node> {
        if step_state.lines.is_empty() {
            return None;
        }
        let lines = step_state.lines.iter().enumerate().map(|(at, line)| {
            let text = self.line_text(line);
            if line.key.starts_with("step_moment_") {
                let when = [line.with.first().map_or("", String::as_str), " ms"].concat();
                return el("li")
                    .class("moment")
                    .child(el("code").child(when))
                    .child(el("span").child(text));
            }
            let link = line.link.as_ref().map(|_| {
                let open =
                    TroubleshooterPress::Open { step: step_state.step.id().into(), line: at };
                button(self.messages.get("step_open_page", &[]), "quiet", open).with(
                    "aria-label",
                    [&self.messages.get("step_open_page", &[]), ": ", &text].concat(),
                )
            });
            el("li").child(el("bdi").child(text.clone())).children(link)
        });
        Some(el("ul").class("lines").children(lines).into())
    }

    fn line_text(&self, line: &Line) -> String {
        let at = line.at_ms.map(|ms| clock_in_words(ms, self.messages));
        let with: Vec<_> = line.with.iter().chain(&at).map(String::as_str).collect();
        self.messages.get(&line.key, &with)
    }

    /// The failure that the step met itself.
    fn found(&self, step_state: &StepState) -> Option<Node> {
        let explanation = explain(step_state.found.as_ref()?, self.messages);
        let told = diagnosis::frame("section", &explanation)
            .children(diagnosis::summary(&explanation))
            .child(diagnosis::steps(&explanation, self.messages));
        Some(told.into())
    }
}
