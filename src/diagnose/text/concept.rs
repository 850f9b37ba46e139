//! What words mean: the things that an error message speaks of, and what it says of them.
//!
//! A concept is one bit, so that a set of concepts is a number and a rule is tested with a few `&`.

/// A set of concepts.
pub(crate) type Concepts = u128;

macro_rules! concepts {
    ($($name:ident $what:literal)+) => {
        #[repr(u8)]
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "one name for number and bit")]
        enum Number { $($name,)+ }

        $(
            #[doc = $what]
            pub(crate) const $name: Concepts = 1 << Number::$name as u8;
        )+

        /// The name of every concept, as the lexicons write it; its place is its bit.
        #[cfg(any(test, not(all(target_arch = "wasm32", feature = "workspace"))))]
        pub(crate) const NAMES: &[&str] = &[$(stringify!($name),)+];
    };
}

concepts! {
    KEY "An API key, an access token, credentials, a password."
    TOKEN "A token: what a text is counted in, or what a caller is known by."
    SESSION "A session, a cookie."
    LOGIN "Logging in."
    ACCOUNT "An account, a user, an organisation."
    PLAN "A plan, a subscription, an upgrade."
    CREDIT "Money: credit, balance, billing, payment."
    QUOTA "A quota, usage."
    LIMIT "A limit, a maximum."
    RATE "How often: rate, frequency."
    REQUEST "A request, a query."
    MESSAGE "A message, a prompt, a conversation, text that goes in."
    CONTEXT "The context window of a model."
    OUTPUT "What a model writes: output, completion."
    FILE "A file, an image, an attachment."
    BODY "The body of a request: payload, entity."
    SIZE "Size, length."
    MODEL "A model."
    SERVER "A server."
    SERVICE "A service, a provider."
    CONNECTION "A connection; to connect."
    NETWORK "A network."
    INTERNET "The internet."
    CERTIFICATE "A certificate, its issuer."
    TLS "TLS, SSL, a secure connection, a cipher."
    PROXY "A proxy, a VPN."
    GATEWAY "A gateway, an upstream."
    NAME_LOOKUP "DNS, the resolution of a name."
    HOST "A host, a domain."
    NAMED "A host that the text names, such as `api.openai.com`."
    NAME "A name."
    PIPE "A pipe between two programs."
    ADDRESS "A URL, an address."
    PAGE "A page, a site."
    ENDPOINT "An endpoint, a path, a resource."
    REGION "A country, a region."
    CONTENT "Content."
    SAFETY "Safety, moderation, a usage policy."
    ADMIN "An administrator, an organisation's policy."
    EXTENSION "An extension, an add-on, an ad blocker."
    BROWSER "A browser."
    MEMORY "Memory."
    RESOURCES "Resources of a machine: disk, open files, sockets, buffers."
    FORMAT "A format, JSON, syntax."
    ANSWER "An answer; to answer."
    STREAM "A stream."
    DATA "Data."
    PARAMETER "A parameter, an argument, a field."
    FEATURE "A feature, a tool, a function."
    METHOD "A method of HTTP."
    REDIRECT "A redirect."
    CAPTCHA "A captcha; to prove that one is human."
    FIREWALL "A firewall, security software."
    IP "An IP address."
    ORIGIN "The origin of a page, CORS."
    PORT "A port."
    PROTOCOL "A protocol."
    HEADER "A header."
    PERMISSION "Permission, a right, a role."
    ACCESS "Access."
    AUTH "Authentication, authorisation."
    UNAUTHORIZED "Not authenticated: the caller is not known."
    LOCAL "This machine, a local server."
    CLOCK "The clock, the date of a machine."
    WIFI "Wi-Fi, a hotspot."
    DAY "A long stretch: hours, days, weeks, months."
    MINUTE "A short stretch: seconds, minutes."
    VERSION "A version."
    OPERATION "An operation, an action, a task."

    NOT "Not, no, cannot, without."
    INVALID "Invalid, wrong, malformed."
    VALID "Valid, right."
    MISSING "Missing, left out."
    REQUIRED "Required, needed."
    GIVEN "Given, entered, set, configured."
    EXPIRED "Expired."
    DISABLED "Disabled, suspended, banned, revoked."
    EXCEEDED "Exceeded, used up, over."
    REACHED "Reached; to reach."
    UNREACHABLE "Cannot be reached."
    TOO_MANY "Too many, too often."
    TOO_LONG "Too long, too large."
    TIMED_OUT "Timed out, took too long."
    REFUSED "Refused, rejected."
    CLOSED "Closed, reset, lost, interrupted."
    FOUND "Found; to exist."
    NOT_FOUND "Not found, unknown to the service."
    RESOLVED "A name resolved."
    OVERLOADED "Overloaded, busy, at capacity."
    DENIED "Denied, forbidden, unauthorised."
    ALLOWED "Allowed."
    ACCEPTED "Accepted, taken in."
    AVAILABLE "Available, working."
    UNAVAILABLE "Unavailable, down."
    MAINTENANCE "Maintenance."
    SUPPORTED "Supported."
    UNSUPPORTED "Not supported."
    BLOCKED "Blocked."
    GARBLED "Garbled on the way."
    VIOLATES "Violates, inappropriate, harmful."
    CANCELLED "Cancelled, stopped by a person."
    FAILED "Failed, an error, a problem."
    INTERNAL "Internal."
    UNEXPECTED "Unexpected."
    UNKNOWN "Unknown."
    EMPTY "Empty, nothing."
    TRUSTED "Trusted."
    UNTRUSTED "Not trusted, self-signed."
    PRIVATE "Private, secure."
    ENOUGH "Enough, sufficient."
    INSUFFICIENT "Insufficient, out of."
    CHANGED "Changed."
    CONFLICT "A conflict."
    RUNNING "Already running, in progress."
    RESTARTED "Reloaded, restarted, updated."
    LOAD "To load, to start a model."
    READ "To read, to parse, to decode, to understand."
    SENT "Sent."
    OFFLINE "Offline."
    ONLINE "Online."

    ADVICE "Opens an advice: check, make sure, contact."
    MAYBE "Perhaps, may, if."
    WORD "A common word that tells the language and nothing else."
}

/// What becomes of a concept under a negation: `not` `valid` is `invalid`.
pub(crate) const OPPOSITES: &[(Concepts, Concepts)] = &[
    (VALID, INVALID),
    (GIVEN, MISSING),
    (REACHED, UNREACHABLE),
    (FOUND, NOT_FOUND),
    (ALLOWED, DENIED),
    (ACCEPTED, REFUSED),
    (AVAILABLE, UNAVAILABLE),
    (SUPPORTED, UNSUPPORTED),
    (TRUSTED, UNTRUSTED),
    (ENOUGH, INSUFFICIENT),
    (ONLINE, OFFLINE),
];

/// What is said of things and is undone by a `not` right before it: "not expired".
pub(crate) const DEEDS: Concepts = INVALID
    | EXPIRED
    | DISABLED
    | EXCEEDED
    | TIMED_OUT
    | CLOSED
    | OVERLOADED
    | BLOCKED
    | VIOLATES
    | CANCELLED
    | FAILED
    | CHANGED
    | TOO_MANY
    | TOO_LONG;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concepts_fit_their_bits() {
        assert!(NAMES.len() <= Concepts::BITS as usize);
        assert_eq!(NAMES[KEY.trailing_zeros() as usize], "KEY");
        assert_eq!(NAMES[WORD.trailing_zeros() as usize], "WORD");
    }
}
