//! The troubleshooter: ten steps that find or mend what went wrong, each of which can be pressed, and each of which may change the
//! diagnosis. Sans-IO: presses and what was found out come in, effects go out.
//!
//! A troubleshooter belongs to one failure. A step runs, tells in a few lines what it found, and hands its finding on as evidence.

pub mod api;
pub mod bisect;
mod culprit;
mod evidence;
pub mod extensions;
mod failed_call;
mod har;
mod inspect;
mod messages;
mod navigation;
pub mod network;
mod order;
mod seen_page;
pub mod status;
mod step;
mod store;

pub use failed_call::{AutoRun, Scene, Troubleshooter};
pub use messages::{TroubleshooterEffect, TroubleshooterEvent, TroubleshooterPress};
pub use order::offered;
pub use seen_page::SeenPage;
pub use step::{Line, Standing, Step, StepState};
pub use store::Troubleshooters;
use unstuck_diagnose::{Diagnosis, Evidence, Failure, classify, workspace::Url};
use unstuck_engine::{Source, State};

impl Troubleshooter {
    /// The troubleshooter of the failure of this call; `None` when nobody remembers it.
    #[must_use]
    pub fn of(state: &State, call: u64) -> Option<Self> {
        let incident = state.incidents.iter().find(|incident| incident.attempt_id.call == call)?;
        let diagnosis = incident.diagnosis.clone();
        let mut troubleshooter = Self {
            call,
            frame: incident.frame.clone(),
            at_ms: incident.at_ms,
            source: source_of(state, call, &diagnosis).map(|source| source.id.clone()),
            facts: incident.facts.clone(),
            steps: Vec::new(),
            diagnosis,
            auto_run: None,
            sent_from: None,
            search: None,
            pages_read: 0,
            last: None,
        };
        troubleshooter.steps = order::steps(&troubleshooter, state);
        Some(troubleshooter)
    }

    /// Takes a press.
    pub fn press(
        &mut self,
        scene: &Scene<'_>,
        press: &TroubleshooterPress,
    ) -> Vec<TroubleshooterEffect> {
        match press {
            TroubleshooterPress::Run { step } => {
                let Some(step) = Step::from_id(step).filter(|_| !self.is_busy()) else {
                    return Vec::new();
                };
                self.auto_run = None;
                self.run(scene, step)
            }
            TroubleshooterPress::Begin { step } => {
                let step = Step::from_id(step).filter(|step| step.changes_nothing());
                let unrun = |step: &Step| {
                    self.step_state(*step)
                        .is_some_and(|step_state| step_state.standing == Standing::Idle)
                };
                let step = step.filter(unrun).filter(|_| !self.is_busy());
                step.map(|step| self.run(scene, step)).unwrap_or_default()
            }
            TroubleshooterPress::RunAll if !self.is_busy() => {
                let here = |step_state: &&StepState| step_state.standing != Standing::NotHere;
                let steps = self.steps.iter().filter(here).map(|step_state| step_state.step);
                let left = steps.filter(|step| step.changes_nothing()).collect();
                self.auto_run = Some(AutoRun { left, run: Vec::new() });
                self.go_on(scene)
            }
            TroubleshooterPress::RunAll => Vec::new(),
            TroubleshooterPress::Open { step, line } => {
                let step_state = Step::from_id(step).and_then(|step| self.step_state(step));
                let link =
                    step_state.and_then(|step_state| step_state.lines.get(*line)?.link.clone());
                link.map(|url| TroubleshooterEffect::OpenPage { url }).into_iter().collect()
            }
            TroubleshooterPress::CopyPrompt => {
                let prompt = navigation::prompt(self, scene.state).map(str::to_owned);
                self.tell(Step::AnotherAi, Standing::Shown, vec![Line::new("step_copied")]);
                prompt.map(|text| TroubleshooterEffect::Copy { text }).into_iter().collect()
            }
            TroubleshooterPress::SaveRecord => {
                let record = self.facts.as_ref().and_then(|facts| har::har(facts));
                let name = ["unstuck-call-", &self.call.to_string(), ".har"].concat();
                record.map(|text| TroubleshooterEffect::Save { name, text }).into_iter().collect()
            }
            TroubleshooterPress::CopyReport => {
                self.tell(Step::Support, Standing::Shown, navigation::support(self, true));
                vec![TroubleshooterEffect::CopyReport { call: self.call }]
            }
            TroubleshooterPress::ShowReport => {
                vec![TroubleshooterEffect::OpenReport { call: self.call }]
            }
            TroubleshooterPress::ChangeRules => {
                vec![TroubleshooterEffect::OpenRules { source: self.source.clone() }]
            }
            TroubleshooterPress::FindCulprit | TroubleshooterPress::SwitchOn if self.is_busy() => {
                Vec::new()
            }
            TroubleshooterPress::FindCulprit if !scene.state.settings.may_send() => {
                self.tell(Step::Extensions, Standing::Running, Vec::new());
                self.hold_back()
            }
            TroubleshooterPress::FindCulprit => culprit::begin(self),
            TroubleshooterPress::SwitchOn => culprit::switch_on(self),
            TroubleshooterPress::OpenPrivately => {
                let url = culprit::app(self);
                url.map(|url| TroubleshooterEffect::OpenPrivately { url }).into_iter().collect()
            }
        }
    }

    /// Takes what was found out.
    pub fn handle(
        &mut self,
        scene: &Scene<'_>,
        event: &TroubleshooterEvent,
    ) -> Vec<TroubleshooterEffect> {
        match event {
            TroubleshooterEvent::PagesRead { .. } => {
                self.take_report(self.page().and_then(|page| seen(scene, page)));
            }
            TroubleshooterEvent::Probed(looks) => {
                let (standing, lines) = network::tell(looks, self.host());
                if let Some(facts) = &self.facts
                    && facts.status.is_none()
                {
                    let probes = Some(looks.probes());
                    let seen = Failure { probes, online: Some(looks.online), ..(**facts).clone() };
                    self.reconsider(classify(&seen));
                }
                if let Some(ms) = looks.clock_is_off() {
                    self.find(Evidence::ClockOff { ms: ms.unsigned_abs() });
                }
                self.tell(Step::Network, standing, lines);
            }
            TroubleshooterEvent::ApiChecked(answer) => {
                let source = self.source.as_ref().and_then(|id| scene.state.settings.source(id));
                let (standing, lines) = api::tell(answer, source);
                if let Err(failure) = &answer.models {
                    let found = classify(failure);
                    self.reconsider(found.clone());
                    self.tell(Step::Api, standing, lines);
                    if let Some(step_state) = self.step_state_mut(Step::Api) {
                        step_state.found = Some(Box::new(found));
                    }
                } else {
                    self.tell(Step::Api, standing, lines);
                }
            }
            TroubleshooterEvent::Extensions(all) => culprit::listed(self, all.as_deref()),
            TroubleshooterEvent::Tried(worked) => return culprit::tried(self, *worked),
            TroubleshooterEvent::Switched(stuck) => culprit::switched(self, stuck),
            TroubleshooterEvent::Cleared(done) => {
                let told = if *done {
                    (Standing::Shown, "step_site_data_cleared")
                } else {
                    (Standing::CouldNot, "step_site_data_not")
                };
                self.tell(Step::SiteData, told.0, vec![Line::new(told.1)]);
            }
        }
        self.go_on(scene)
    }

    /// Follows the call: what was pressed here may have come to an end there.
    pub fn follow(&mut self, state: &State) {
        let call = navigation::call(self, state);
        for step in [Step::Reload, Step::AnotherAi] {
            let waits = self
                .step_state(step)
                .is_some_and(|step_state| step_state.standing == Standing::Running);
            let moved =
                call.filter(|call| waits && self.sent_from != Some((call.attempt, call.phase)));
            if let Some((standing, line)) = moved.and_then(navigation::outcome) {
                self.tell(step, standing, vec![line]);
            }
        }
        let latest = state.incidents.iter().find(|incident| incident.attempt_id.call == self.call);
        if let Some(incident) = latest.filter(|incident| incident.at_ms != self.at_ms) {
            self.at_ms = incident.at_ms;
            self.diagnosis = incident.diagnosis.clone();
            self.facts.clone_from(&incident.facts);
        }
    }

    /// In place of what would leave the device before the person has agreed to that: the page on which they can.
    fn hold_back(&mut self) -> Vec<TroubleshooterEffect> {
        self.auto_run = None;
        let mut effects = culprit::give_up(self);
        let running =
            self.steps.iter().filter(|step_state| step_state.standing == Standing::Running);
        for step in running.map(|step_state| step_state.step).collect::<Vec<_>>() {
            self.tell(step, Standing::CouldNot, vec![Line::new("step_not_agreed")]);
        }
        effects.push(TroubleshooterEffect::OpenWelcome);
        effects
    }

    fn run(&mut self, scene: &Scene<'_>, step: Step) -> Vec<TroubleshooterEffect> {
        if self.step_state(step).is_none_or(|step_state| step_state.standing == Standing::NotHere) {
            return Vec::new();
        }
        let effect = match step {
            Step::Reload => return navigation::reload(self, scene.state),
            Step::AnotherAi => return navigation::another(self, scene),
            Step::Status => match self.page().map(|page| (page, seen(scene, page))) {
                Some((_, Some(known))) => {
                    self.take_report(Some(known));
                    return Vec::new();
                }
                Some((page, None)) => {
                    self.pages_read = 0;
                    TroubleshooterEffect::ReadPages { urls: self.next_pages(page) }
                }
                None => return Vec::new(),
            },
            Step::Network => TroubleshooterEffect::Probe,
            Step::Extensions => TroubleshooterEffect::ListExtensions,
            Step::SiteData => match culprit::app(self) {
                Some(origin) => TroubleshooterEffect::ClearSite { origin },
                None => return Vec::new(),
            },
            Step::Api => match self.source.clone() {
                Some(source) => TroubleshooterEffect::CheckApi { source },
                None => return Vec::new(),
            },
            Step::Inspect => {
                let (standing, lines) = inspect::tell(self.facts.as_deref());
                self.tell(step, standing, lines);
                return Vec::new();
            }
            Step::Retries => {
                self.tell(step, Standing::Shown, navigation::policy(self, scene.state));
                return Vec::new();
            }
            Step::Support => {
                self.tell(step, Standing::Shown, navigation::support(self, false));
                return Vec::new();
            }
        };
        self.tell(step, Standing::Running, Vec::new());
        vec![effect]
    }

    /// The next step of the round, as soon as none runs any more.
    fn go_on(&mut self, scene: &Scene<'_>) -> Vec<TroubleshooterEffect> {
        while !self.is_busy()
            && let Some(auto_run) =
                self.auto_run.as_mut().filter(|auto_run| !auto_run.left.is_empty())
        {
            let step = auto_run.left.remove(0);
            auto_run.run.push(step);
            let effects = self.run(scene, step);
            if !effects.is_empty() {
                return effects;
            }
        }
        Vec::new()
    }

    /// The next addresses of the status page to be read.
    fn next_pages(&mut self, page: &str) -> Vec<String> {
        let addresses = status::addresses(page).into_iter().skip(self.pages_read);
        let next: Vec<_> = addresses.take(status::AT_ONCE).collect();
        self.pages_read += next.len();
        next
    }
}

fn seen<'a>(scene: &Scene<'a>, page: &str) -> Option<&'a SeenPage> {
    scene.pages.iter().find(|seen| seen.is_fresh(page, scene.now_ms))
}

/// The source that a call was made to: the card still knows, or else its host tells.
fn source_of<'a>(state: &'a State, call: u64, diagnosis: &Diagnosis) -> Option<&'a Source> {
    let calls = state.cards.iter().filter_map(|card| card.call.as_ref());
    let known = calls.filter(|known| known.id == call).map(|known| known.source.as_str()).next();
    known.and_then(|id| state.settings.source(id)).or_else(|| {
        let host = diagnosis.host.as_deref()?;
        let at =
            |source: &&Source| Url::read(&source.base_url).is_some_and(|url| url.host() == host);
        state.settings.sources.iter().find(at)
    })
}

#[cfg(test)]
mod tests;
