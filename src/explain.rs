//! A diagnosis in words: the shape that the command prints and every view paints.

use serde::Serialize;

use crate::{Alternative, Cause, Diagnosis, Fault, Provider, Retry, words::Words};

/// A diagnosis as a person reads it, and as `unstuck diagnose --jsonl` writes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The most likely cause.
    pub cause: Cause,
    /// Whose side it lies on.
    pub fault: Fault,
    /// 0 to 1, two decimals.
    pub confidence: f64,
    /// What happened, in one short sentence.
    pub headline: String,
    /// Why, and what became of the person's text.
    pub why: String,
    /// Whose move it is.
    pub whose_move: String,
    /// What to do by hand, in order; one to four.
    pub steps: Vec<String>,
    /// What can be pressed.
    pub actions: Vec<LabelledAction>,
    /// When trying again makes sense.
    pub retry: Retry,
    /// What the diagnosis rests on.
    pub evidence: Vec<String>,
    /// The runners-up.
    pub also: Vec<Alternative>,
    /// Who was called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<Provider>,
    /// The service's id of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// An action with its label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LabelledAction {
    /// What pressing it does: an [`ActionKind`](crate::ActionKind) id.
    pub kind: crate::ActionKind,
    /// What the button says.
    pub label: String,
    /// Whether it is the one to press first.
    pub primary: bool,
    /// The page it opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Puts a diagnosis into words.
#[must_use]
pub fn explain(diagnosis: &Diagnosis, words: &dyn Words) -> Explanation {
    let id = diagnosis.cause.id();
    Explanation {
        cause: diagnosis.cause,
        fault: diagnosis.cause.fault(),
        confidence: diagnosis.confidence,
        headline: words.say(&format!("{id}_headline"), &[]),
        why: words.say(&format!("{id}_why"), &[]),
        whose_move: String::new(),
        steps: Vec::new(),
        actions: Vec::new(),
        retry: diagnosis.retry,
        evidence: Vec::new(),
        also: diagnosis.also.clone(),
        provider: diagnosis.provider,
        request_id: diagnosis.request_id.clone(),
    }
}
