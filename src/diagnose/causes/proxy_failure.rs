//! Something on the way, a proxy or a VPN, failed, refused the connection or wants a login of its own. The service never
//! saw the call.

use super::{CauseRule, Pattern, code, hint, strong, sure};
use crate::{ActionKind, Cause, When};

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
    strong("proxy authentication required"),
    strong("proxyerror"),
    strong("proxy error"),
    strong("proxy connection failed"),
    strong("cannot connect to proxy"),
    strong("unable to connect to proxy"),
    strong("could not connect to proxy"),
    strong("failed to connect to proxy"),
    strong("proxy connect aborted"),
    strong("proxy tunneling failed"),
    strong("tunnel connection failed"),
    sure("tunneling socket could not be established"),
    strong("connect tunnel failed"),
    sure("received http code * from proxy after connect"),
    strong("proxy server is not responding"),
    strong("proxy server is refusing connections"),
    strong("there is something wrong with the proxy server"),
    strong("check your proxy"),
    strong("socks5 proxy"),
    strong("socks connection"),
    strong("complete socks"),
    strong("socks5 connection"),
    strong("socks server"),
    strong("proxy response ("),
    code("und_err_prx_tls"),
    code("err_cache_access_denied"),
    code("err_cannot_forward"),
    code("err_connect_fail"),
    code("err_dns_fail"),
    code("err_forwarding_denied"),
    code("err_secure_connect_fail"),
    code("err_zero_size_object"),
    strong("设置了代理地址"),
    strong("代理服务器"),
    strong("代理错误"),
    strong("代理連線失敗"),
    strong("代理连接失败"),
    strong("proxyserver"),
    strong("プロキシ"),
    strong("프록시"),
    strong("servidor proxy"),
    strong("serveur proxy"),
    strong("прокси-сервер"),
    hint("proxy"),
    hint("vpn"),
    hint("代理"),
    hint("прокси"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn the_proxy_speaks() {
        check(
            Cause::ProxyFailure,
            &[
                ("other", 407, ""),
                (
                    "other",
                    0,
                    "HTTPSConnectionPool: Max retries exceeded (Caused by ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 403 Forbidden')))",
                ),
            ],
        );
    }

    #[test]
    fn clients_blame_the_proxy() {
        check(
            Cause::ProxyFailure,
            &[
                ("browser", 0, "请检查代理服务器是否正常工作"),
                ("other", 0, "tunneling socket could not be established, statusCode=502"),
            ],
        );
    }
}
