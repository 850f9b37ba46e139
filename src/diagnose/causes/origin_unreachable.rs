//! The edge in front of the service cannot reach the service's own servers (Cloudflare's 520 to 523, 525 to 527, 530).
//! Nobody on this side can mend that; it usually passes.

use super::{CauseRule, On, Pattern, strong, sure};
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
    strong("web server is down"),
    strong("origin is unreachable"),
    strong("origin web server timed out"),
    strong("web server is returning an unknown error"),
    strong("web server returned an unknown error"),
    strong("ssl handshake failed").on(On::Handshake),
    strong("invalid ssl certificate").on(On::Handshake),
    strong("argo tunnel error"),
    strong("cloudflare tunnel error"),
    strong("origin dns error"),
    strong("dns points to prohibited ip"),
    strong("unable to reach the origin"),
    strong("origin server is unreachable"),
    sure("| 520:"),
    sure("| 521:"),
    sure("| 522:"),
    sure("| 523:"),
    sure("| 525:"),
    sure("| 526:"),
    sure("| 530:"),
    strong("error code: 520"),
    strong("error code: 521"),
    strong("error code: 522"),
    strong("error code 522"),
    strong("error code: 523"),
    strong("error code: 525"),
    strong("error code: 526"),
    strong("error code: 530"),
    strong("error 1033"),
    strong("error 1016"),
];

/// At the edge's own statuses a handshake or a certificate is the one between the edge and the service.
fn behind_the_edge(parsed: &ParsedFailure, scores: &mut Scores) {
    if parsed.is(&[520, 521, 523, 525, 526, 527, 530]) {
        scores.against(Cause::TlsHandshake, weight::STRONG);
        scores.against(Cause::TlsCertificate, weight::STRONG);
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn edge_names_the_unreachable_origin() {
        check(
            Cause::OriginUnreachable,
            &[
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
            ],
        );
    }

    #[test]
    fn even_with_nothing_but_a_number() {
        check(
            Cause::OriginUnreachable,
            &[("cloudflare", 521, ""), ("cloudflare", 0, "526 <!DOCTYPE html>")],
        );
    }
}
