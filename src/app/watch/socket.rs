//! WebSockets of pages: the page's own script tells how they closed, the browser of calls by which the page connects again.

use super::Call;
use unstuck_diagnose::workspace::without_query;

/// A call that failed so long ago has nothing to do with it any more, in milliseconds.
const LATELY_MS: u64 = 30_000;
/// The browser's code for a connection that was never closed, only gone.
const GONE: u16 = 1006;

/// How a socket closed while somebody waited for an answer on it.
#[derive(Debug, Clone, Copy)]
pub struct Closing {
    /// Its close code.
    pub code: u16,
    /// Whether something of the answer had come.
    pub begun: bool,
}

impl Closing {
    /// Whether the call tells why: of a socket that is only gone, what the page met when it connected again. Libraries do
    /// that by HTTP, with another query.
    pub(super) fn may_be_due_to(self, call: &Call, url: &str, now_ms: u64) -> bool {
        let way = |url| without_query(url).trim_start_matches(['h', 't', 'p', 'w', 's']);
        self.code == GONE
            && call.facts.net_error.is_some()
            && call.ended_ms.is_some_and(|ended| now_ms.saturating_sub(ended) < LATELY_MS)
            && call.facts.url.as_deref().map(way) == Some(way(url))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PageReport, Watch, WebRequestEvent};
    use super::*;
    use unstuck_diagnose::{Cause, classify};

    const URL: &str = "wss://chat.test/ws/socket.io/?transport=websocket&sid=1";

    fn gone(begun: bool) -> PageReport<'static> {
        let closing = Some(Closing { code: GONE, begun });
        PageReport { tab: 1, url: URL, closing, now_ms: 10_000, ..PageReport::default() }
    }

    fn refused(url: &str) -> Watch {
        let mut watch = Watch::default();
        for event in ["before_request", "error"] {
            watch.record(WebRequestEvent {
                request: "7".into(),
                tab: 1,
                event: event.into(),
                url: url.into(),
                method: "GET".into(),
                error: (event == "error").then(|| "net::ERR_CONNECTION_REFUSED".into()),
                at_ms: 8_000,
                ..WebRequestEvent::default()
            });
        }
        watch
    }

    #[test]
    fn a_closing_without_a_call() {
        let mut watch = Watch::default();
        let failure = watch.explain(PageReport { message: Some("Bye"), ..gone(true) });
        assert_eq!((failure.close_code, failure.trail.as_ref()), (Some(GONE), None));
        assert_eq!(failure.message.as_deref(), Some("Bye"));
        assert_eq!(classify(&watch.explain(gone(true))).cause, Cause::StreamInterrupted);
        assert_eq!(classify(&watch.explain(gone(false))).cause, Cause::ConnectionLost);
    }

    #[test]
    fn the_next_call_tells_why() {
        for url in [
            "wss://chat.test/ws/socket.io/?transport=websocket&sid=2",
            "https://chat.test/ws/socket.io/?transport=polling&t=9",
        ] {
            let failure = refused(url).explain(gone(true));
            assert_eq!(classify(&failure).cause, Cause::ConnectionRefused, "{url}");
            let closing = Some(Closing { code: 1011, begun: true });
            for told in [
                PageReport { tab: 2, ..gone(true) },
                PageReport { now_ms: 90_000, ..gone(true) },
                PageReport { closing, ..gone(true) },
            ] {
                assert_eq!(refused(url).explain(told.clone()).net_error, None, "{told:?}");
            }
        }
    }

    #[test]
    fn other_addresses_tell_nothing() {
        for url in ["wss://chat.test/other", "wss://ws.test/ws/socket.io/", "https://chat.test/"] {
            assert_eq!(refused(url).explain(gone(true)).net_error, None, "{url}");
        }
    }
}
