//! What comes in and what goes out: presses, findings, and what the shell has to do.

use serde::{Deserialize, Serialize};

use super::{api, extensions::Extension, network};
use unstuck_engine::FrameRef;

/// What can be pressed on a troubleshooter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TroubleshooterPress {
    /// Run one step.
    Run {
        /// Its id.
        step: String,
    },
    /// Begin with a step that was chosen elsewhere: one that only looks runs, any other waits for its own press.
    Begin {
        /// Its id.
        step: String,
    },
    /// Run every step that changes nothing, one after the other.
    RunAll,
    /// Open the page that a line of a step leads to.
    Open {
        /// Id of the step.
        step: String,
        /// Index of the line.
        line: usize,
    },
    /// Copy what was asked.
    CopyPrompt,
    /// Save the record of the call as a HAR file.
    SaveRecord,
    /// Copy the report.
    CopyReport,
    /// Show the report before it is handed on.
    ShowReport,
    /// Change the rules of waiting, in the settings.
    ChangeRules,
    /// Find out which extension stands in the way.
    FindCulprit,
    /// Switch on again what is off.
    SwitchOn,
    /// Open the app in a private window.
    OpenPrivately,
}

/// What the shell has to do. Performed in order.
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TroubleshooterEffect {
    /// Press this on the card where the call was made.
    Press {
        /// The card.
        frame: FrameRef,
        /// What.
        #[cfg_attr(feature = "types", ts(type = "Press"))]
        then: unstuck_engine::Press,
    },
    /// Read these addresses of a status page, without credentials, and tell what they hold.
    ReadPages {
        /// The addresses.
        urls: Vec<String>,
    },
    /// Look at the service and at other hosts, without credentials.
    Probe,
    /// Ask a source for what it tells for nothing.
    CheckApi {
        /// Its id.
        source: String,
    },
    /// Tell of all other extensions.
    ListExtensions,
    /// Switch extensions on and off; what was on is written down first, so that it is on again whatever happens.
    SwitchExtensions {
        /// Ids of those to be on.
        on: Vec<String>,
        /// Ids of those to be off.
        off: Vec<String>,
        /// Whether this ends it: what is off now stays off.
        last: bool,
    },
    /// Try a call to a source that costs nothing, and tell whether it went through.
    TryCall {
        /// Id of the source.
        source: String,
    },
    /// Try a call from a page, without credentials, and tell whether it went through.
    TryInPage {
        /// The page.
        frame: FrameRef,
        /// The address.
        url: String,
    },
    /// Clear cookies and all that a web app keeps in the browser.
    ClearSite {
        /// Its origin.
        origin: String,
    },
    /// Open a page in a private window.
    OpenPrivately {
        /// Its address.
        url: String,
    },
    /// Open a page in a new tab.
    OpenPage {
        /// Its address.
        url: String,
    },
    /// Open the page on which the person can agree that something leaves the device.
    OpenWelcome,
    /// Copy text to the clipboard.
    Copy {
        /// The text.
        text: String,
    },
    /// Copy the report of the call.
    CopyReport {
        /// The call.
        call: u64,
    },
    /// Open the page of the call's report.
    OpenReport {
        /// The call.
        call: u64,
    },
    /// Open the rules of waiting in the settings: those of this source, if one is known.
    OpenRules {
        /// Id of the source.
        source: Option<String>,
    },
    /// Save a file.
    Save {
        /// Its name.
        name: String,
        /// Its content.
        text: String,
    },
}

impl TroubleshooterEffect {
    /// Whether something leaves the device by it.
    #[must_use]
    pub const fn leaves(&self) -> bool {
        matches!(
            self,
            Self::ReadPages { .. }
                | Self::Probe
                | Self::CheckApi { .. }
                | Self::TryCall { .. }
                | Self::TryInPage { .. }
        )
    }
}

/// What was found out.
#[derive(Debug, Clone, PartialEq)]
pub enum TroubleshooterEvent {
    /// What a status page holds.
    PagesRead {
        /// For each address its text, if it could be read.
        answers: Vec<Option<String>>,
    },
    /// What the looks came to.
    Probed(network::Looks),
    /// What a source told.
    ApiChecked(Box<api::Answer>),
    /// The other extensions; `None` when the browser does not tell.
    Extensions(Option<Vec<Extension>>),
    /// Whether a test call went through; `None` when it could not be made.
    Tried(Option<bool>),
    /// Names of extensions that the browser did not switch on again.
    Switched(Vec<String>),
    /// Whether the data of a web app is cleared.
    Cleared(bool),
}
