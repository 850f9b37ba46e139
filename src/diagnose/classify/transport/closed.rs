//! What the close code of a WebSocket tells: RFC 6455, section 7.4, and IANA's registry of close codes. 1000 and 1005 say
//! that all is well or nothing; from 4000 on, each app has codes of its own, of which only the reason can be understood.

use super::scene::{Raised, Scene};
use crate::{
    Cause::{self, *},
    Evidence,
    classify::scores::{Scores, weight},
};

/// The browser's own code for a connection that was never closed, only gone.
const GONE: u16 = 1006;

/// Reads the close code; `false` when there is none, or when the browser's error tells more of the same.
pub(super) fn score(scene: &Scene, scores: &mut Scores) -> bool {
    let Some(code) = scene.failure.close_code else { return false };
    let named = |error: Raised| !matches!(error.name, "ERR_FAILED" | "ERR_ABORTED");
    if code == GONE && scene.error.is_some_and(named) {
        return false;
    }
    let evidence = || Evidence::Code { code: ["WebSocket ", &code.to_string()].concat() };
    if code == GONE {
        let cause = if scene.begun { StreamInterrupted } else { ConnectionLost };
        let sure = if scene.offline { weight::FAIR } else { weight::USUAL };
        scores.add(cause, sure, evidence());
    }
    for &(cause, sure) in speaks_for(code) {
        scores.add(cause, sure, evidence());
    }
    true
}

const fn speaks_for(code: u16) -> &'static [(Cause, f32)] {
    match code {
        // The server goes away: it is shut down, or started again.
        1001 => &[(ServiceUnavailable, weight::FAIR)],
        1002 | 1010 => &[(ProtocolError, weight::CODE)],
        1003 | 1007 => &[(InvalidRequest, weight::USUAL)],
        // A policy of which nothing more is known.
        1008 => &[(AccessDenied, weight::FAIR), (SessionExpired, weight::HINT)],
        1009 => &[(PayloadTooLarge, weight::CODE)],
        1011 => &[(ServerError, weight::CODE)],
        1012 => &[(ServiceUnavailable, weight::CODE)],
        // Overloaded, and so to be tried again later.
        1013 => &[(ModelOverloaded, weight::USUAL), (ServiceUnavailable, weight::FAIR)],
        1014 => &[(BadGateway, weight::CODE)],
        1015 => &[(TlsHandshake, weight::CODE)],
        3000 => &[(SessionExpired, weight::USUAL), (NotLoggedIn, weight::FAIR)],
        3003 => &[(AccessDenied, weight::USUAL)],
        3008 => &[(Timeout, weight::USUAL)],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Context, Diagnosis, Failure, classify, failure::Stage};

    fn closed(code: u16) -> Failure {
        Failure {
            url: Some("wss://chat.example/ws/live".into()),
            close_code: Some(code),
            context: Some(Context::Page),
            ..Failure::default()
        }
    }

    #[track_caller]
    fn told(failure: &Failure) -> (Cause, f64) {
        let Diagnosis { cause, confidence, .. } = classify(failure);
        (cause, confidence)
    }

    #[test]
    fn close_codes_have_their_causes() {
        for (code, cause) in [
            (1001, ServiceUnavailable),
            (1002, ProtocolError),
            (1003, InvalidRequest),
            (1006, ConnectionLost),
            (1007, InvalidRequest),
            (1008, AccessDenied),
            (1009, PayloadTooLarge),
            (1011, ServerError),
            (1012, ServiceUnavailable),
            (1013, ModelOverloaded),
            (1014, BadGateway),
            (1015, TlsHandshake),
            (3000, SessionExpired),
            (3003, AccessDenied),
            (3008, Timeout),
        ] {
            let (found, confidence) = told(&closed(code));
            assert_eq!(found, cause, "{code}");
            assert!((0.5..0.995).contains(&confidence), "{code}: {confidence}");
        }
    }

    #[test]
    fn other_codes_tell_nothing() {
        for code in [0, 1000, 1004, 1005, 1016, 2999, 3001, 4000, 4401, 4999, u16::MAX] {
            assert_eq!(told(&closed(code)).0, Unknown, "{code}");
        }
    }

    #[test]
    fn the_reason_tells_more() {
        let with =
            |code, reason: &str| told(&Failure { message: Some(reason.into()), ..closed(code) }).0;
        assert_eq!(with(1008, "Your session has expired. Please sign in again."), SessionExpired);
        assert_eq!(with(1008, "Rate limit reached"), RateLimited);
        assert_eq!(with(4000, "You have exceeded your current quota"), QuotaExhausted);
        assert_eq!(with(1011, "Internal error"), ServerError);
        assert_eq!(with(1008, ""), AccessDenied);
    }

    #[test]
    fn gone_while_an_answer_came() {
        let cut = Failure { stage: Some(Stage::Stream), ..closed(1006) };
        assert_eq!(told(&cut).0, StreamInterrupted);
        assert_eq!(told(&Failure { stage: Some(Stage::Stream), ..closed(1011) }).0, ServerError);
        assert_eq!(told(&Failure { online: Some(false), ..cut }).0, Offline);
        assert_eq!(told(&Failure { online: Some(false), ..closed(1006) }).0, Offline);
    }

    /// What the browser met when the page connected again explains why the connection was gone.
    #[test]
    fn a_named_error_tells_more() {
        let refused =
            Failure { net_error: Some("net::ERR_CONNECTION_REFUSED".into()), ..closed(1006) };
        assert_eq!(told(&refused).0, ConnectionRefused);
        let begun = Failure { stage: Some(Stage::Stream), ..refused.clone() };
        assert_eq!(told(&begun).0, ConnectionRefused);
        assert_eq!(told(&Failure { close_code: Some(1011), ..refused }).0, ServerError);
        let shut = Failure { status: Some(503), ..closed(1006) };
        assert_eq!(told(&shut).0, ServiceUnavailable);
    }
}
