//! What the person makes of a report before it leaves their hands: what is struck out, what is added, in which form.
//!
//! Nothing is remembered here: the page hands its choices in with every press and gets them back.

use serde::{Deserialize, Serialize};

use super::{Report, Subject};
use unstuck_diagnose::{
    ActionKind, Messages, explain,
    workspace::{origin, percent_encoded},
};
use unstuck_redact::Leak;

/// Most characters of a person's own words.
const REMARK_LIMIT: usize = 4_000;

/// A page with more than this in its address is refused by some servers: a longer report is pasted by hand.
const ADDRESS_LIMIT: usize = 6_000;

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Markdown, which reads as plain text too.
    #[default]
    Markdown,
    /// JSON.
    Json,
}

impl Format {
    /// Every form.
    pub const ALL: [Self; 2] = [Self::Markdown, Self::Json];

    /// The stable id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Json => "json",
        }
    }

    /// The form with this id, Markdown for any other.
    #[must_use]
    pub fn from_id(id: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.id() == id).unwrap_or_default()
    }
}

/// How much is told of the page on which it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// Nothing.
    #[default]
    Out,
    /// Its site.
    Site,
    /// Its whole address.
    Whole,
}

impl Page {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Out, Self::Site, Self::Whole];

    /// The stable id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::Site => "site",
            Self::Whole => "whole",
        }
    }

    /// The choice with this id, nothing for any other.
    #[must_use]
    pub fn from_id(id: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.id() == id).unwrap_or_default()
    }

    /// As much of the address as this lets in.
    fn of(self, address: &str) -> Option<&str> {
        match self {
            Self::Out => None,
            Self::Site => Some(origin(address)),
            Self::Whole => Some(address),
        }
        .filter(|text| !text.is_empty())
    }
}

/// What the person has chosen so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The form.
    pub format: Format,
    /// How much is told of the page.
    pub page: Page,
    /// The lines that are struck out, as Markdown has them: what was struck out stays out wherever it stands.
    pub without: Vec<String>,
    /// The person's own words, as they were typed. The page keeps them.
    #[serde(default, skip_serializing)]
    pub remark: String,
}

/// What can be pressed on the page of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportPress {
    /// Nothing was pressed, but something typed.
    Refresh,
    /// Strike a line out, or take it back in.
    Toggle {
        /// The line, as Markdown has it.
        line: String,
    },
    /// Show it in this form.
    Format {
        /// The form.
        format: Format,
    },
    /// Tell so much of the page.
    Page {
        /// The choice.
        page: Page,
    },
    /// Copy what is shown.
    Copy,
    /// Keep what is shown in a file.
    Download,
    /// Open the support page of the service.
    Support,
    /// Open a new issue with what is shown.
    Issue,
}

/// What the page does then.
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportEffect {
    /// Copy what the preview shows.
    Copy,
    /// Keep what the preview shows in a file.
    Download {
        /// Its name.
        name: String,
        /// Its media type.
        kind: &'static str,
    },
    /// Open a page in a new tab.
    OpenPage {
        /// Its address.
        url: String,
    },
}

/// What the shell knows besides: each of it may be missing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around<'a> {
    /// The address of the page on which it happened.
    pub address: Option<&'a str>,
    /// Every key that is stored, for this one look.
    pub own_secrets: &'a [&'a str],
}

/// A report as it is shown.
pub struct Outcome {
    /// Its lines; none when it cannot be made safe.
    pub report: Result<Report, Leak>,
    /// What is copied.
    pub text: Result<String, Leak>,
    /// What was just done: the key of a message.
    pub done: Option<&'static str>,
    /// What the page has to do, once it shows this.
    pub effects: Vec<ReportEffect>,
}

/// Takes a press and gives what is shown then.
pub fn press(
    subject: Subject,
    choices: &mut Choices,
    press: ReportPress,
    around: Around,
    messages: &dyn Messages,
) -> Outcome {
    let remark = choices.remark.char_indices().nth(REMARK_LIMIT).map(|(end, _)| end);
    choices.remark.truncate(remark.unwrap_or(choices.remark.len()));
    match &press {
        ReportPress::Toggle { line } => match choices.without.iter().position(|out| out == line) {
            Some(index) => drop(choices.without.remove(index)),
            None => choices.without.push(line.clone()),
        },
        ReportPress::Format { format } => choices.format = *format,
        ReportPress::Page { page } => choices.page = *page,
        _ => {}
    }
    let page = around.address.and_then(|address| choices.page.of(address));
    let mut report = Report::of(subject, choices, page, around.own_secrets, messages);
    let text = match &mut report {
        Ok(report) => report.text(choices.format),
        Err(leak) => Err(leak.clone()),
    };
    let mut outcome = Outcome { report, text, done: None, effects: Vec::new() };
    let Ok(text) = &outcome.text else { return outcome };
    let effect = match press {
        ReportPress::Copy => {
            outcome.done = Some("report_copied");
            Some(ReportEffect::Copy)
        }
        ReportPress::Download => {
            outcome.done = Some("report_saved");
            let (ending, kind) = match choices.format {
                Format::Markdown => (".md", "text/markdown"),
                Format::Json => (".json", "application/json"),
            };
            let name = ["unstuck-", subject.diagnosis.cause.id(), ending].concat();
            Some(ReportEffect::Download { name, kind })
        }
        ReportPress::Support => {
            support(subject).map(|url| ReportEffect::OpenPage { url: url.to_owned() })
        }
        ReportPress::Issue => {
            let title = explain(subject.diagnosis, messages).headline;
            let url = new_issue(env!("CARGO_PKG_REPOSITORY"), &title, text);
            url.map(|url| ReportEffect::OpenPage { url })
        }
        _ => None,
    };
    outcome.effects.extend(effect);
    outcome
}

/// The support page of the service that was called.
#[must_use]
pub fn support(subject: Subject) -> Option<&'static str> {
    subject.diagnosis.provider?.link(ActionKind::OpenSupport)
}

/// The address of a new issue in the project's own repository with title and text filled in, if it has one. A text that is too
/// long for an address is left for the person to paste.
#[must_use]
pub fn new_issue(repository: &str, title: &str, text: &str) -> Option<String> {
    if repository.is_empty() {
        return None;
    }
    let mut url = [repository, "/issues/new?title=", &percent_encoded(title)].concat();
    let body = ["&body=", &percent_encoded(text)].concat();
    if url.len() + body.len() <= ADDRESS_LIMIT {
        url.push_str(&body);
    }
    Some(url)
}
