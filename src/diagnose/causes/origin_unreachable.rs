//! The edge in front of the service cannot reach the service's own servers (Cloudflare's 520 to 523, 525 to 527, 530).
//! Nobody on this side can mend that; it usually passes.

use super::{CauseRule, ConceptRule, Pattern, strong};
use crate::{
    ActionKind, Cause, When,
    classify::{ParsedFailure, Scores, weight},
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::OriginUnreachable,
    retry: When::Backoff,
    actions: &[
        ActionKind::Retry,
        ActionKind::OpenStatus,
        ActionKind::SwitchSource,
        ActionKind::CopyReport,
    ],
    score: Some(behind_the_edge),
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("origin is unreachable"),
    strong("web server is returning an unknown error"),
    strong("web server returned an unknown error"),
    strong("argo tunnel error"),
    strong("origin dns error"),
    strong("dns points to prohibited ip"),
    strong("error 1033"),
    strong("error 1016"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[];

/// At the edge's own statuses a handshake or a certificate is the one between the edge and the service.
fn behind_the_edge(parsed: &ParsedFailure, scores: &mut Scores) {
    if parsed.is(&[520, 521, 523, 525, 526, 527, 530]) {
        scores.against(Cause::TlsHandshake, weight::STRONG);
        scores.against(Cause::TlsCertificate, weight::STRONG);
    }
}

examples! {
    edge_names_the_unreachable_origin: OriginUnreachable [
        (
                    "anthropic",
                    520,
                    "<!DOCTYPE html><html><head><title>api.anthropic.com | 520: Web server is returning an unknown error</title></head></html>",
                ),
                (
                    "cloudflare",
                    525,
                    "<!DOCTYPE html><html><head><title>api.example.com | 525: SSL handshake failed</title></head></html>",
                ),
                ("cloudflare", 530, "error code: 1033"),
                ("openai", 522, ""),
                ("other", 0, "Error 522: Connection timed out"),
                (
                    "cloudflare",
                    522,
                    "<!DOCTYPE html><title>api.example.com | 522: Connection timed out</title><p>The initial connection between Cloudflare's network and the origin web server timed out.</p>",
                ),
    ]
    even_with_nothing_but_a_number: OriginUnreachable [
        ("cloudflare", 521, ""), ("cloudflare", 0, "526 <!DOCTYPE html>")
    ]
}
