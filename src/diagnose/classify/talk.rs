//! A text that only speaks of a failure: an answer that explains a status, a line of a program, prose in which one word is
//! of this trade. What it mentions is told as likely and never as sure.

use super::{ParsedFailure, Scores};
use crate::{Cause, Failure};

/// The most that is believed of a failure that is only mentioned.
pub(super) const MENTIONED: f64 = 0.75;
/// Of what reports a failure at least this share is understood. Measured on 5,169 messages that were told for sure: 91 in 100
/// are above it, and 18 of the 46 texts without a failure that were told so too.
const REPORTED: f32 = 0.41;

/// Whether a failure that nothing but a text tells of is no more than mentioned there.
pub(super) fn only_mentions(parsed: &ParsedFailure, scores: &Scores, cause: Cause) -> bool {
    cause != Cause::Unknown
        && is_text_alone(parsed)
        && (scores.share_understood(cause) < REPORTED
            || EXPLAINS.iter().any(|words| parsed.says(words))
            || text(parsed.failure).is_some_and(|text| is_code(text) || is_list(text)))
}

/// Whether nothing is known but words: no answer, no error of the network, no exception, no data.
fn is_text_alone(parsed: &ParsedFailure) -> bool {
    let failure = parsed.failure;
    failure.status.is_none()
        && failure.net_error.is_none()
        && failure.error_name.is_none()
        && failure.stream.is_none()
        && !parsed.html
        && !parsed.scan.has_error
        && text(failure).is_some()
}

fn text(failure: &Failure) -> Option<&str> {
    failure.message.as_deref().xor(failure.body.as_deref())
}

/// Says what something means, in lower case: whoever explains an error does not report one.
const EXPLAINS: &[&str] = &[
    " means ",
    " signifie ",
    " bedeutet",
    " significa ",
    " indica que ",
    " indique que ",
    " avisa que ",
    " betekent ",
    " betyder ",
    " oznacza",
    " znamená",
    " říká, že",
    " означа",
    " значит",
    " σημαίνει",
    "anlamına gel",
    "يعني",
    " به معنی",
    " به معنای",
    "פירושו",
    "का मतलब",
    " berarti ",
    " artinya ",
    "nghĩa là",
    "หมายความว่า",
    "หมายถึง",
    "という意味",
    "を意味し",
    "的意思",
    "意味着",
    "意味著",
    "뜻이",
    "뜻입",
    "의미",
];

/// Whether a text is a row of short items, as menus, footers and forms are.
fn is_list(text: &str) -> bool {
    const BETWEEN: [&str; 5] = [" · ", " | ", " • ", " * ", " > "];
    BETWEEN.iter().any(|mark| text.matches(mark).nth(2).is_some())
}

/// Whether a text begins as the source of a program does, or has an arrow or the end of a call of one.
fn is_code(text: &str) -> bool {
    const STARTS: [&str; 24] = [
        "//",
        "/*",
        "#define ",
        "#include ",
        "import ",
        "const ",
        "let ",
        "def ",
        "fn ",
        "func ",
        "function ",
        "public ",
        "private ",
        "class ",
        "enum ",
        "struct ",
        "try:",
        "try {",
        "catch (",
        "raise ",
        "throw ",
        "if (",
        "case ",
        "msgid ",
    ];
    let start = text.trim_start();
    STARTS.iter().any(|mark| start.starts_with(mark))
        || [" => ", ");"].iter().any(|mark| text.contains(mark))
}

#[cfg(test)]
mod tests {
    use crate::{Cause, Failure, classify};

    fn is_sure(failure: &Failure) -> bool {
        let found = classify(failure);
        found.cause != Cause::Unknown && found.confidence >= 0.8
    }

    #[test]
    fn explained_errors_are_no_report() {
        for text in [
            "HTTP 429 means that you sent too many requests.",
            "Eine 503 bedeutet, dass der Dienst nicht verfügbar ist.",
            "请求过多的意思是短时间内发得太快",
        ] {
            assert!(!is_sure(&Failure::from_message(text)), "{text}");
        }
    }

    #[test]
    fn code_is_no_report() {
        for text in
            ["// access denied", "match x { Timeout => 1 }", "retry(\"Too many requests\");"]
        {
            assert!(!is_sure(&Failure::from_message(text)), "{text}");
        }
    }

    #[test]
    fn menus_are_no_report() {
        for text in ["Home · Access · Denied · About", "Name * Message * Blocked * Send"] {
            assert!(!is_sure(&Failure::from_message(text)), "{text}");
        }
    }

    #[test]
    fn prose_is_no_report() {
        let talk =
            "We walked along the beach and she told me that the server was down with a cold again";
        assert!(!is_sure(&Failure::from_message(talk)));
    }

    /// A report stays one, whatever advice follows.
    #[test]
    fn reports_stay_sure() {
        for text in [
            "Too many requests",
            "Your session has expired. Please log in again to continue using the app on this device.",
        ] {
            assert!(is_sure(&Failure::from_message(text)), "{text}");
        }
        let answered = Failure {
            status: Some(429),
            body: Some("Slow down, friend: this means a rate limit is in place here".into()),
            ..Failure::default()
        };
        assert!(is_sure(&answered));
    }
}
