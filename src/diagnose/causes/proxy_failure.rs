//! Something on the way, a proxy or a VPN, failed, refused the connection or wants a login of its own. The service never
//! saw the call.

use super::{CauseRule, ConceptRule, Pattern, all, code, strong, sure};
use crate::{
    ActionKind, Cause, When,
    text::concept::{
        ANSWER, AUTH, BLOCKED, CONNECTION, DENIED, FAILED, FIREWALL, GATEWAY, INVALID, LOGIN, NOT,
        NOT_FOUND, PROXY, REACHED, READ, REFUSED, REQUIRED, TIMED_OUT, UNAVAILABLE, UNREACHABLE,
        UNSUPPORTED,
    },
};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::ProxyFailure,
    retry: When::AfterFix,
    actions: &[
        ActionKind::CheckAgain,
        ActionKind::Retry,
        ActionKind::OpenSettings,
        ActionKind::CopyReport,
    ],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("代理服务器是否"),
    sure("tunneling socket could not be established"),
    strong("socks5 connection"),
    code("und_err_prx_tls"),
    code("err_cache_access_denied"),
    code("err_cannot_forward"),
    code("err_connect_fail"),
    code("err_dns_fail"),
    code("err_forwarding_denied"),
    code("err_secure_connect_fail"),
    code("err_zero_size_object"),
];

pub(super) const MEANINGS: &[ConceptRule] = &[
    all(&[
        PROXY,
        AUTH | BLOCKED
            | CONNECTION
            | DENIED
            | FAILED
            | INVALID
            | LOGIN
            | NOT_FOUND
            | REFUSED
            | REQUIRED
            | TIMED_OUT
            | UNAVAILABLE
            | UNREACHABLE
            | UNSUPPORTED,
    ])
    .unless(GATEWAY | READ | FIREWALL),
    all(&[PROXY, NOT, ANSWER | CONNECTION | REACHED]).fair(),
];

examples! {
    the_proxy_speaks: ProxyFailure [
        ("other", 407, ""),
                (
                    "other",
                    0,
                    "HTTPSConnectionPool: Max retries exceeded (Caused by ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 403 Forbidden')))",
                ),
    ]
    clients_blame_the_proxy: ProxyFailure [
        ("browser", 0, "请检查代理服务器是否正常工作"),
                ("other", 0, "tunneling socket could not be established, statusCode=502"),
    ]
}
