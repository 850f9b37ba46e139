//! What is known of the call that failed, and where each step stands.

use serde::{Deserialize, Serialize};

use super::{
    extensions,
    seen_page::SeenPage,
    step::{Line, Standing, Step, StepState},
};
use unstuck_diagnose::{ActionKind, Diagnosis, Failure};
use unstuck_engine::{FrameRef, Phase, State};

/// What a troubleshooter looks at while it decides.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// All that the engine knows.
    pub state: &'a State,
    /// Status pages that were read lately.
    pub pages: &'a [SeenPage],
    /// The wall clock, milliseconds since 1970.
    pub now_ms: u64,
}

/// A round through the steps that change nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutoRun {
    /// The steps that are still to be run.
    pub left: Vec<Step>,
    /// Those that were run, the present one included.
    pub run: Vec<Step>,
}

/// The troubleshooter of one failure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Troubleshooter {
    /// The call that failed.
    pub call: u64,
    /// Where.
    pub frame: FrameRef,
    /// When, milliseconds since 1970.
    pub at_ms: u64,
    /// Id of the source that was asked.
    pub source: Option<String>,
    /// What was seen, without any words.
    pub facts: Option<Box<Failure>>,
    /// What it is, with all that was found out since.
    pub diagnosis: Diagnosis,
    /// The steps, the likely ones first.
    pub steps: Vec<StepState>,
    /// The round that runs, or ran last.
    pub auto_run: Option<AutoRun>,
    /// Where the call stood when it was sent on from here.
    pub sent_from: Option<(u32, Phase)>,
    /// The search for an extension that stands in the way.
    pub search: Option<extensions::Search>,
    /// How many addresses of the status page were read.
    pub pages_read: usize,
    /// The step that told something last.
    pub last: Option<Step>,
}

impl Troubleshooter {
    /// The state of one step.
    #[must_use]
    pub fn step_state(&self, step: Step) -> Option<&StepState> {
        self.steps.iter().find(|step_state| step_state.step == step)
    }

    /// Whether a step runs.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.steps.iter().any(|step_state| step_state.standing == Standing::Running)
    }

    pub(super) fn tell(&mut self, step: Step, standing: Standing, lines: Vec<Line>) {
        self.last = Some(step);
        if let Some(step_state) = self.step_state_mut(step) {
            (step_state.standing, step_state.lines, step_state.found) = (standing, lines, None);
        }
    }

    pub(super) fn step_state_mut(&mut self, step: Step) -> Option<&mut StepState> {
        self.steps.iter_mut().find(|step_state| step_state.step == step)
    }

    pub(super) fn host(&self) -> &str {
        self.diagnosis.host.as_deref().unwrap_or_default()
    }

    /// The status page of the service.
    #[must_use]
    pub fn page(&self) -> Option<&'static str> {
        self.diagnosis.provider?.link(ActionKind::OpenStatus)
    }
}
