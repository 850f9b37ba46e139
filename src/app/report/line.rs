//! The lines that a report consists of.

use unstuck_redact::Counts;

/// One field of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its name, as JSON has it. Several lines of one name are a list.
    pub name: &'static str,
    /// What it says.
    pub value: Value,
    /// Whether the person struck it out.
    pub struck: bool,
    pub(super) found: Counts,
}

/// What a field says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Number(u64),
    /// Fields of its own.
    Parts(Vec<(&'static str, Self)>),
}
