//! What the exceptions of the browser's own model say: it is no call over a network, so nothing else is to be heard.
//!
//! Names and sentences: Chromium's `modules/ai/exception_helpers.cc`, and the specification of the Prompt API.

use super::scene::Scene;
use crate::{
    Cause::{self, *},
    Evidence,
    classify::{
        clip,
        scores::{Scores, weight},
    },
};

pub(super) fn score(scene: &Scene, scores: &mut Scores) {
    let name = scene.failure.error_name.as_deref().unwrap_or_default();
    let shown = scene.failure.stream.is_some_and(|stream| stream.chars > 0);
    let cause = cause(name, scene.message, shown);
    let evidence = match scene.message.lines().next() {
        Some(line) => Evidence::Phrase { text: clip(line) },
        None => Evidence::Exception { name: clip(name) },
    };
    scores.add(cause, weight::DECISIVE, evidence);
}

fn cause(name: &str, message: &str, shown: bool) -> Cause {
    let says = |words: &str| message.contains(words);
    match name {
        "QuotaExceededError" => ContextTooLong,
        // Unsafe, in a language that was not tested, or of low quality.
        "NotReadableError" => ContentFiltered,
        "NotSupportedError" if says("prevented") => ContentFiltered,
        "NotSupportedError" if says("enterprise policy") => BlockedByPolicy,
        "NotAllowedError" | "SecurityError" => BlockedByPolicy,
        "NetworkError" => NetworkUnknown,
        _ if shown => StreamInterrupted,
        _ => LocalModelFailed,
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Cause, Failure, classify,
        failure::{Received, Stage},
    };

    fn told(name: &str, message: &str, chars: u64) -> (Cause, f64) {
        let failure = Failure {
            provider: Some("built_in".into()),
            error_name: Some(name.into()),
            message: Some(message.into()),
            stage: Some(if chars > 0 { Stage::Stream } else { Stage::Request }),
            status: (chars > 0).then_some(200),
            stream: (chars > 0).then_some(Received { chars, ended: false }),
            ..Failure::default()
        };
        let diagnosis = classify(&failure);
        (diagnosis.cause, diagnosis.confidence)
    }

    #[test]
    fn every_model_exception_has_a_cause() {
        use Cause::*;
        for (name, message, chars, wanted) in [
            (
                "NotSupportedError",
                "Unable to create a text session because the service is not running.",
                0,
                LocalModelFailed,
            ),
            (
                "NotSupportedError",
                "The device is not eligible for running on-device model.",
                0,
                LocalModelFailed,
            ),
            (
                "NotSupportedError",
                "The device does not have enough space for downloading the on-device model",
                0,
                LocalModelFailed,
            ),
            (
                "NotSupportedError",
                "The on-device model is not available because the enterprise policy disables the feature.",
                0,
                BlockedByPolicy,
            ),
            (
                "NotSupportedError",
                "The model attempted to output text in an untested language, and was prevented from doing so.",
                12,
                ContentFiltered,
            ),
            (
                "NotAllowedError",
                "A user permission error occurred, such as not signed-in or not allowed to execute model.",
                0,
                BlockedByPolicy,
            ),
            ("NotReadableError", "The execution yielded an unsafe response.", 0, ContentFiltered),
            ("NotReadableError", "The execution yielded an unsafe response.", 40, ContentFiltered),
            ("QuotaExceededError", "The input is too large.", 0, ContextTooLong),
            (
                "InvalidStateError",
                "The model execution session has been destroyed.",
                0,
                LocalModelFailed,
            ),
            (
                "InvalidStateError",
                "The model execution session has been destroyed.",
                40,
                StreamInterrupted,
            ),
            ("OperationError", "Model execution service is not available.", 0, LocalModelFailed),
            ("UnknownError", "Other generic failures occurred.", 0, LocalModelFailed),
            ("NetworkError", "The download was interrupted.", 0, NetworkUnknown),
            ("AbortError", "The request was cancelled.", 0, RequestCancelled),
            ("TimeoutError", "signal timed out", 0, Timeout),
        ] {
            let (cause, confidence) = told(name, message, chars);
            assert_eq!(cause, wanted, "{name}: {message}");
            assert!(confidence > 0.6, "{name}: {message} {confidence}");
        }
    }
}
