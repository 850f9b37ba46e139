//! One step of a troubleshooter: what it is, how it stands, and what it found, in lines whose words the view adds.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::report::Check;
use unstuck_diagnose::Diagnosis;

macro_rules! steps {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:literal, $changes_nothing:literal;)+) => {
        /// A step of the troubleshooter.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Step {
            $($(#[doc = $doc])+ #[serde(rename = $id)] $variant,)+
        }

        impl Step {
            /// Every step, in the order in which people try them by hand.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable id; message keys are `step_` and this id.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// Whether it only looks.
            #[must_use]
            pub const fn changes_nothing(self) -> bool {
                match self { $(Self::$variant => $changes_nothing,)+ }
            }
        }
    };
}

steps! {
    /// Ask the same once more.
    Reload = "reload", false;
    /// Read the service's status page.
    Status = "status", true;
    /// Clear what a web app keeps in the browser.
    SiteData = "site_data", false;
    /// Find the extension that stands in the way.
    Extensions = "extensions", false;
    /// Let another AI answer, or take the text elsewhere.
    AnotherAi = "another_ai", false;
    /// Look at the call itself.
    Inspect = "inspect", true;
    /// Tell the troubles of a network apart.
    Network = "network", true;
    /// Check address, key and model by what costs nothing.
    Api = "api", true;
    /// Show how long is waited and how often tried.
    Retries = "retries", true;
    /// Write to the service's support.
    Support = "support", false;
}

impl Step {
    /// The step with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.id() == id)
    }
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It was not run.
    Idle,
    /// It runs.
    Running,
    /// It found something.
    Found,
    /// It found nothing wrong.
    Nothing,
    /// It shows what there is, good or bad.
    Shown,
    /// It could not be carried out.
    CouldNot,
    /// It does not apply to this failure.
    NotHere,
}

impl Standing {
    /// The id as markup and the report have it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Found => "found",
            Self::Nothing => "nothing",
            Self::Shown => "shown",
            Self::CouldNot => "could_not",
            Self::NotHere => "not_here",
        }
    }
}

/// A line of what a step found: the key of a message, what is filled in, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Message key.
    pub key: Cow<'static, str>,
    /// What is filled into the message.
    pub with: Vec<String>,
    /// A moment that is filled in last, milliseconds since 1970.
    pub at_ms: Option<u64>,
    /// A page about it.
    pub link: Option<String>,
}

impl Line {
    /// A line that needs nothing filled in.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), with: Vec::new(), at_ms: None, link: None }
    }

    /// Fills in the next place of the message.
    #[must_use]
    pub fn with(mut self, what: impl Into<String>) -> Self {
        self.with.push(what.into());
        self
    }

    /// Fills in a moment, milliseconds since 1970, by the reader's clock.
    #[must_use]
    pub const fn at(mut self, ms: u64) -> Self {
        self.at_ms = Some(ms);
        self
    }

    /// Leads to a page.
    #[must_use]
    pub fn to(mut self, link: impl Into<String>) -> Self {
        self.link = Some(link.into());
        self
    }
}

/// A step and how it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepState {
    /// The step.
    pub step: Step,
    /// Whether the diagnosis makes it likely to help.
    pub likely: bool,
    /// How it stands.
    pub standing: Standing,
    /// What it found.
    pub lines: Vec<Line>,
    /// The failure that it met itself.
    pub found: Option<Box<Diagnosis>>,
}

impl StepState {
    /// What it came to, for a report: ids of ours alone. Nothing of a step that was not run.
    #[must_use]
    pub fn check(&self) -> Option<Check> {
        if matches!(self.standing, Standing::Idle | Standing::Running) {
            return None;
        }
        let told = self.lines.first().map(|line| ("told", line.key.to_string()));
        Some(Check {
            step: self.step.id(),
            outcome: self.standing.id(),
            values: told.into_iter().collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A report gets our own message ids and nothing that was filled in.
    #[test]
    fn report_has_message_ids_without_values() {
        let line = Line::new("step_network_one_host").with("chat.example").to("https://x.test");
        let step_state = |standing| StepState {
            step: Step::Network,
            likely: true,
            standing,
            lines: vec![line.clone()],
            found: None,
        };
        assert_eq!(step_state(Standing::Idle).check(), None);
        let values = vec![("told", "step_network_one_host".to_owned())];
        let check = Check { step: "network", outcome: "found", values };
        assert_eq!(step_state(Standing::Found).check(), Some(check));
    }
}
