//! The edge reached for the service's servers and got no answer in time (Cloudflare's 524). Long answers that are not
//! streamed run into it.

use super::{CauseRule, ConceptRule, Pattern};
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

pub(super) const PATTERNS: &[Pattern] = &[];

pub(super) const MEANINGS: &[ConceptRule] = &[];

examples! {
    the_edge_waited_in_vain: OriginTimeout [
        ("other", 524, "<title>api.example.com | 524: A timeout occurred</title>"),
                (
                    "cloudflare",
                    524,
                    "<p>The origin web server timed out responding to this request.</p>",
                ),
    ]
    even_with_nothing_but_a_number: OriginTimeout [
        ("openai", 524, ""), ("other", 0, "error code: 524")
    ]
}
