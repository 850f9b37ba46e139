//! What a rule of a cause consists of.

use crate::{
    ActionKind, Cause, When,
    classify::{ParsedFailure, Scores},
};

/// Everything that is particular to one cause.
pub(crate) struct CauseRule {
    pub(crate) cause: Cause,
    /// When trying again makes sense, unless the evidence says otherwise.
    pub(crate) retry: When,
    /// What can be pressed, the primary one first.
    pub(crate) actions: &'static [ActionKind],
    /// A condition that needs more than words.
    pub(crate) score: Option<fn(&ParsedFailure, &mut Scores)>,
}
