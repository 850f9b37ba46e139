//! One entry of a log, whatever its format was.

use unstuck_diagnose::Failure;

use super::{ids::Id, time::Stamp};

/// How loudly the program spoke.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Debug,
    Info,
    /// The line does not say.
    #[default]
    Unsaid,
    Warning,
    Error,
}

impl Level {
    /// A level as programs name it, in words or in numbers.
    pub(super) fn named(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "trace" | "debug" | "verbose" | "silly" | "dbg" | "10" | "20" => Self::Debug,
            "info" | "information" | "notice" | "ok" | "inf" | "30" => Self::Info,
            "warn" | "warning" | "wrn" | "40" => Self::Warning,
            "error" | "err" | "eror" | "crit" | "critical" | "fatal" | "alert" | "emerg"
            | "panic" | "severe" | "emergency" | "50" | "60" => Self::Error,
            _ => return None,
        })
    }

    /// The severities of syslog and the journal, 0 to 7.
    pub(super) const fn of_syslog(severity: u8) -> Self {
        match severity % 8 {
            0..=3 => Self::Error,
            4 => Self::Warning,
            5 | 6 => Self::Info,
            _ => Self::Debug,
        }
    }
}

/// What an entry says.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    pub(super) stamp: Option<Stamp>,
    pub(super) level: Level,
    pub(super) ids: Vec<Id>,
    /// What is known of the call, failed or not.
    pub(super) facts: Failure,
    /// The program says that something failed, in a field that is there for it.
    pub(super) tells_failure: bool,
}

impl Record {
    /// Takes over what the line around it tells: a time with a zone counts more than one without.
    pub(super) fn within(mut self, stamp: Option<Stamp>, level: Level) -> Self {
        let is_better = match (self.stamp, stamp) {
            (None, Some(_)) => true,
            (Some(own), Some(outer)) => !own.zoned && outer.zoned,
            _ => false,
        };
        if is_better {
            self.stamp = stamp;
        }
        if self.level == Level::Unsaid {
            self.level = level;
        }
        self
    }
}
