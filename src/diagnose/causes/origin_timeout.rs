//! The edge reached for the service's servers and got no answer in time (Cloudflare's 524). Long answers that are not
//! streamed run into it.

use super::{CauseRule, Pattern, strong, sure};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::OriginTimeout,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::OpenStatus,
        ActionKind::SwitchSource,
        ActionKind::Edit,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("timed out while waiting for a response, possibly due to a slow reply"),
    sure("a timeout occurred"),
    sure("| 524:"),
    strong("origin web server timed out responding"),
    strong("error code: 524"),
    strong("error code 524"),
    strong("http 524"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn the_edge_waited_in_vain() {
        check(
            Cause::OriginTimeout,
            &[
                ("other", 524, "<title>api.example.com | 524: A timeout occurred</title>"),
                (
                    "cloudflare",
                    524,
                    "<p>The origin web server timed out responding to this request.</p>",
                ),
            ],
        );
    }

    #[test]
    fn even_with_nothing_but_a_number() {
        check(Cause::OriginTimeout, &[("openai", 524, ""), ("other", 0, "error code: 524")]);
    }
}
