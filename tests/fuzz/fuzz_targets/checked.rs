//! What holds for every diagnosis.

use unstuck_diagnose::{Evidence, Failure};

/// Classifies and panics when something is wrong with the diagnosis.
pub fn classify(failure: &Failure) {
    let diagnosis = unstuck_diagnose::classify(failure);
    let shares = diagnosis.also.iter().map(|other| other.confidence);
    let total: f64 = shares.chain([diagnosis.confidence]).sum();
    assert!(total.is_finite() && total <= 1.0 + 1e-9, "{total}");
    assert!(!diagnosis.actions.is_empty());
    assert!(diagnosis.retry.after_ms.is_none_or(|ms| ms <= 366 * 24 * 3_600_000));
    for finding in diagnosis.evidence {
        if let Evidence::Phrase { text } | Evidence::Code { code: text } = finding {
            assert!(text.chars().count() <= 80, "{text}");
        }
    }
}
