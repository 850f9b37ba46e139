//! Whatever can be pressed on a page or a card.

use serde::{Deserialize, Serialize};

use crate::{
    history::HistoryPress, options::OptionsPress, report::ReportPress,
    troubleshooter::TroubleshooterPress,
};
use unstuck_engine::{self, FrameRef, Press, drafts::DraftsPress};

/// What a press sends back: one of what can be pressed on the frame.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Pressed {
    /// On a card.
    Card(unstuck_engine::Press),
    /// In the popup.
    Popup(PopupPress),
    /// On the page of drafts.
    Drafts(DraftsPress),
    /// On the page of health.
    History(HistoryPress),
    /// In the options.
    Options(OptionsPress),
    /// On the troubleshooter.
    Troubleshooter(TroubleshooterPress),
    /// On the page of a report.
    Report(ReportPress),
}

impl From<unstuck_engine::Press> for Pressed {
    fn from(press: unstuck_engine::Press) -> Self {
        Self::Card(press)
    }
}

impl From<PopupPress> for Pressed {
    fn from(press: PopupPress) -> Self {
        Self::Popup(press)
    }
}

impl From<DraftsPress> for Pressed {
    fn from(press: DraftsPress) -> Self {
        Self::Drafts(press)
    }
}

impl From<HistoryPress> for Pressed {
    fn from(press: HistoryPress) -> Self {
        Self::History(press)
    }
}

impl From<TroubleshooterPress> for Pressed {
    fn from(press: TroubleshooterPress) -> Self {
        Self::Troubleshooter(press)
    }
}

impl<P: Into<OptionsPress>> From<P> for Pressed {
    fn from(press: P) -> Self {
        Self::Options(press.into())
    }
}

impl From<ReportPress> for Pressed {
    fn from(press: ReportPress) -> Self {
        Self::Report(press)
    }
}

/// What can be pressed in the popup.
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PopupPress {
    /// Something on a card.
    Card {
        /// The card.
        frame: FrameRef,
        /// What.
        #[cfg_attr(feature = "types", ts(type = "Press"))]
        then: Press,
    },
    /// Copy the report of the incident with this call number.
    CopyReport {
        /// The call.
        call: u64,
    },
    /// Go through the failure of this call step by step.
    Troubleshooter {
        /// The call.
        call: u64,
    },
    /// Open a page of the extension.
    OpenOwnPage {
        /// Its path inside the extension.
        path: String,
    },
    /// Open the options page.
    Options,
    /// Forget all failures.
    Clear,
}
