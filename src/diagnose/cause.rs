//! The closed list of causes: every diagnosis names exactly one of them.

use serde::{Deserialize, Serialize};

/// Whose side a failure lies on, and so whose move it is.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The way between the browser and the service.
    Network,
    /// The browser, an extension, a policy or this machine.
    Browser,
    /// The person's account, key, plan or address.
    Account,
    /// What was asked, or how it was asked.
    Request,
    /// The service that was called.
    Provider,
    /// The evidence does not say.
    Unknown,
}

impl Fault {
    /// The stable name used in the contract, in attributes and in message keys.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Browser => "browser",
            Self::Account => "account",
            Self::Request => "request",
            Self::Provider => "provider",
            Self::Unknown => "unknown",
        }
    }
}

macro_rules! causes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:ident, $fault:ident;)+) => {
        /// Why a call failed. A cause, once shipped, keeps its id.
        ///
        /// ```
        /// use unstuck_diagnose::{Cause, Fault};
        ///
        /// assert_eq!(Cause::from_id("quota_exhausted"), Some(Cause::QuotaExhausted));
        /// assert_eq!(Cause::QuotaExhausted.fault(), Fault::Account);
        /// assert_eq!(Cause::of_net_error("net::ERR_NAME_NOT_RESOLVED"), Some(Cause::DnsFailure));
        /// ```
        #[cfg_attr(not(feature = "workspace"), non_exhaustive)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Cause {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Cause {
            /// Every cause, in the order of the reference.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable id: the contract, message keys, file names and anchors use it.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => stringify!($id),)+ }
            }

            /// Whose side this cause lies on.
            #[must_use]
            pub const fn fault(self) -> Fault {
                match self { $(Self::$variant => Fault::$fault,)+ }
            }

            /// The cause with this id, or `None`. An id, once given, is kept.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $(stringify!($id) => Some(Self::$variant),)+ _ => None }
            }
        }

        /// Hands the ids of all causes to another macro, in the order of [`Cause::ALL`].
        macro_rules! for_each_cause {
            ($then:ident) => { $then! { $($id)+ } };
        }
    };
}

causes! {
    /// The browser has no network at all.
    Offline = offline, Network;
    /// The host name could not be resolved (typo, resolver down, filtered DNS).
    DnsFailure = dns_failure, Network;
    /// Nothing accepts connections at that address and port.
    ConnectionRefused = connection_refused, Network;
    /// The connection was reset, closed or left empty before an answer came.
    ConnectionLost = connection_lost, Network;
    /// No route to the host, or the host does not answer.
    HostUnreachable = host_unreachable, Network;
    /// The network interface or address changed while connecting (Wi-Fi switch, VPN up or down).
    NetworkChanged = network_changed, Network;
    /// No answer in time: connect time-out, first-byte time-out, our own deadline.
    Timeout = timeout, Network;
    /// A proxy or VPN on the way failed, refused or wants a login.
    ProxyFailure = proxy_failure, Network;
    /// A Wi-Fi sign-in or company gateway answered instead of the service.
    CaptivePortal = captive_portal, Network;
    /// The certificate was not accepted (unknown issuer, expired, other host, interception).
    TlsCertificate = tls_certificate, Network;
    /// TLS itself failed (version, cipher, plain HTTP on a TLS port, middlebox).
    TlsHandshake = tls_handshake, Network;
    /// HTTP/2, HTTP/3 or HTTP framing broke, or the answer was not HTTP.
    ProtocolError = protocol_error, Network;
    /// The answer began and was cut off before its end mark.
    StreamInterrupted = stream_interrupted, Network;
    /// A network failure whose cause the evidence cannot decide.
    NetworkUnknown = network_unknown, Network;
    /// Another extension (an ad blocker, a privacy tool) blocked the request.
    BlockedByExtension = blocked_by_extension, Browser;
    /// Administrator policy, CSP, mixed content, CORP/ORB or local-network rules blocked it.
    BlockedByPolicy = blocked_by_policy, Browser;
    /// The server answered, but CORS kept the page from reading it.
    BlockedByCors = blocked_by_cors, Browser;
    /// The extension lacks, or was refused, access to that host.
    SiteAccessMissing = site_access_missing, Browser;
    /// The user or the page cancelled it (abort, navigation, closed tab).
    RequestCancelled = request_cancelled, Browser;
    /// The extension was updated, reloaded or its worker stopped; the page holds a dead context.
    ExtensionRestarted = extension_restarted, Browser;
    /// The browser or this machine ran out of memory, sockets or other resources.
    BrowserResources = browser_resources, Browser;
    /// The URL cannot be requested: malformed, unsafe port, redirect loop or bad redirect.
    BadAddress = bad_address, Browser;
    /// No signed-in account for that web app in this browser.
    NotLoggedIn = not_logged_in, Account;
    /// A session or token that was valid has expired or was revoked.
    SessionExpired = session_expired, Account;
    /// A bot check (Cloudflare challenge, captcha) has to be passed by a person.
    BotChallenge = bot_challenge, Account;
    /// A firewall or abuse system refuses this address or device; there is no check to pass.
    BlockedByEdge = blocked_by_edge, Account;
    /// No credentials were sent.
    MissingApiKey = missing_api_key, Account;
    /// The key is wrong, revoked, expired, of a retired type or of another provider.
    InvalidApiKey = invalid_api_key, Account;
    /// The key is valid but its scope, role, project or network restriction forbids this.
    KeyLacksPermission = key_lacks_permission, Account;
    /// The provider does not serve the country the request comes from.
    CountryUnsupported = country_unsupported, Account;
    /// The account or organisation is deactivated, banned or disabled.
    AccountDisabled = account_disabled, Account;
    /// The account may not use this model (plan, verification, project or privacy setting).
    ModelAccessDenied = model_access_denied, Account;
    /// The prepaid credit, billing quota or spend limit is used up: waiting does not help.
    QuotaExhausted = quota_exhausted, Account;
    /// A plan's usage window (per day, 5 hours, week) is used up: it opens again at a set time.
    UsageCapReached = usage_cap_reached, Account;
    /// Too many requests or tokens in a short window: it passes after a short wait.
    RateLimited = rate_limited, Account;
    /// The service allows one request at a time and another is still running.
    RequestInProgress = request_in_progress, Account;
    /// A 403 whose reason the evidence cannot decide.
    AccessDenied = access_denied, Account;
    /// Prompt and history exceed the model's context window.
    ContextTooLong = context_too_long, Request;
    /// The answer budget (max tokens) is what exceeds the limit.
    OutputBudgetTooLarge = output_budget_too_large, Request;
    /// The request body is too big in bytes, or in tokens for a limit that never fits.
    PayloadTooLarge = payload_too_large, Request;
    /// The request is malformed or has a bad value.
    InvalidRequest = invalid_request, Request;
    /// The model or endpoint does not support a parameter, role or feature that was used.
    UnsupportedParameter = unsupported_parameter, Request;
    /// That model or deployment does not exist (at this address).
    ModelNotFound = model_not_found, Request;
    /// The path, base URL or resource does not exist.
    EndpointNotFound = endpoint_not_found, Request;
    /// The address sends every call on to another one, which was not called.
    Redirected = redirected, Request;
    /// A safety or content policy stopped the prompt or the answer.
    ContentFiltered = content_filtered, Request;
    /// The resource changed meanwhile (409).
    Conflict = conflict, Request;
    /// The server refuses this extension's or page's origin (Ollama origins, CORS settings of the provider).
    OriginNotAllowed = origin_not_allowed, Request;
    /// The service failed inside (500 and its like).
    ServerError = server_error, Provider;
    /// A gateway got no usable answer from the service behind it (502).
    BadGateway = bad_gateway, Provider;
    /// The service is down, in maintenance or has no upstream (503).
    ServiceUnavailable = service_unavailable, Provider;
    /// The model or service is at capacity (529, "overloaded").
    ModelOverloaded = model_overloaded, Provider;
    /// A gateway waited too long for the service behind it (504).
    GatewayTimeout = gateway_timeout, Provider;
    /// The edge cannot reach the provider's own servers (Cloudflare 520-523, 525-527, 530).
    OriginUnreachable = origin_unreachable, Provider;
    /// The edge connected, but the provider's servers did not answer in time (Cloudflare 524).
    OriginTimeout = origin_timeout, Provider;
    /// An answer of the wrong kind: HTML where JSON belongs, empty, broken or undecodable.
    UnexpectedReply = unexpected_reply, Provider;
    /// A model server on the user's own machine could not load or run the model.
    LocalModelFailed = local_model_failed, Provider;
    /// The evidence does not name a cause, or is not about this call.
    Unknown = unknown, Unknown;
}

#[expect(clippy::single_component_path_imports, reason = "it gives the macro a path")]
pub(crate) use for_each_cause;

#[cfg(test)]
mod tests {
    use super::Cause;

    #[test]
    fn every_cause_id_round_trips() {
        for &cause in Cause::ALL {
            assert_eq!(Cause::from_id(cause.id()), Some(cause));
        }
        assert_eq!(Cause::from_id("Offline"), None);
    }
}
