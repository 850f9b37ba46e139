//! Addresses: taken apart in this one place, as the browser does it (<https://url.spec.whatwg.org>).

use crate::host::{canonical, is_loopback, registered};

/// An address that begins with a scheme and a place, in its parts as they are written. Nothing is checked yet: a match pattern
/// of the browser, such as `*://*.example.org/*`, has the same parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Url<'a> {
    /// All of it, without white space around it.
    pub text: &'a str,
    /// What stands before `://`; empty for a bare host.
    pub scheme: &'a str,
    /// User, host and port.
    pub authority: &'a str,
    /// From the slash on: path, query and fragment.
    pub rest: &'a str,
}

impl<'a> Url<'a> {
    /// Takes an address apart. One without a place, such as `about:blank`, leads nowhere.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let scheme = scheme(text)?;
        let place = text[scheme.len()..].strip_prefix("://")?;
        Some(Self::at(text, scheme, place))
    }

    /// The same, or a bare host as somebody types it.
    #[must_use]
    pub fn typed(text: &'a str) -> Option<Self> {
        let text = text.trim();
        if text.contains("://") { Self::read(text) } else { Some(Self::at(text, "", text)) }
    }

    fn at(text: &'a str, scheme: &'a str, place: &'a str) -> Self {
        // The browser takes a backslash for a slash.
        let end = place.bytes().position(|byte| matches!(byte, b'/' | b'\\' | b'?' | b'#'));
        let (authority, rest) = place.split_at(end.unwrap_or(place.len()));
        Self { text, scheme, authority, rest }
    }

    /// Host and port, without a user.
    #[must_use]
    pub fn place(self) -> &'a str {
        let user = self.authority.bytes().rposition(|byte| byte == b'@');
        &self.authority[user.map_or(0, |at| at + 1)..]
    }

    fn host_and_port(self) -> (&'a str, &'a str) {
        let place = self.place();
        let bracket = place.bytes().rposition(|byte| byte == b']').unwrap_or_default();
        let colon = place.bytes().skip(bracket).position(|byte| byte == b':');
        place.split_at(colon.map_or(place.len(), |at| bracket + at))
    }

    /// The host as it is written, without user and port.
    #[must_use]
    pub fn host(self) -> &'a str {
        self.host_and_port().0
    }

    /// The port with its colon; empty where there is none, or the one that the scheme has anyway.
    #[must_use]
    pub fn port(self) -> &'a str {
        match (self.scheme, self.host_and_port().1) {
            ("http" | "ws", ":80") | ("https" | "wss", ":443") | (_, ":") => "",
            (_, port) => port,
        }
    }

    /// Scheme and place, without a slash at the end.
    #[must_use]
    pub fn origin(self) -> &'a str {
        &self.text[..self.text.len() - self.rest.len()]
    }

    /// Whether what is sent there stays on this machine.
    #[must_use]
    pub fn is_loopback(self) -> bool {
        is_loopback(self.host())
    }

    /// Where a link in an answer from here leads.
    pub(crate) fn join(self, link: &str) -> String {
        match link {
            whole if Url::read(whole).is_some() => whole.to_owned(),
            place if place.starts_with("//") => [self.scheme, ":", place].concat(),
            path if path.starts_with('/') => [self.origin(), path].concat(),
            path => [self.origin(), "/", path].concat(),
        }
    }

    /// Where it leads, in canonical form; `None` for what is no address. A bare host is meant over https.
    #[must_use]
    pub fn address(self) -> Option<Address> {
        let scheme = if self.scheme.is_empty() { "https" } else { self.scheme };
        let scheme = scheme.to_ascii_lowercase();
        let host = match self.host() {
            "" if scheme == "file" => String::new(),
            _ if scheme.contains('*') => return None,
            host => canonical(host)?,
        };
        let digits = self.host_and_port().1.strip_prefix(':').unwrap_or_default();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let port = if digits.is_empty() { None } else { Some(digits.parse().ok()?) };
        let usual = match scheme.as_str() {
            "http" | "ws" => Some(80),
            "https" | "wss" => Some(443),
            _ => None,
        };
        Some(Address { scheme, host, port: port.filter(|_| port != usual) })
    }
}

/// Where an address leads, in the one form that two spellings of it have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its scheme in lower case, without the colon.
    pub scheme: String,
    /// Its canonical host; empty for a file of this machine.
    pub host: String,
    /// Its port, unless it is the one of its scheme.
    pub port: Option<u16>,
}

/// The scheme of any address, also of one without a place, such as `data:`.
pub(crate) fn scheme(text: &str) -> Option<&str> {
    let end = text.bytes().position(|byte| byte == b':')?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.' | b'*');
    let scheme = &text[..end];
    (!scheme.is_empty() && scheme.bytes().all(plain)).then_some(scheme)
}

/// Scheme and place of an address, as in [`Url::origin`]; the whole text where it is none.
#[must_use]
pub fn origin(text: &str) -> &str {
    Url::read(text).map_or(text, Url::origin)
}

/// An address, be it a whole one or only a path, without query and fragment.
#[must_use]
pub fn without_query(text: &str) -> &str {
    text.split(['?', '#']).next().unwrap_or_default()
}

/// The same without its fragment alone, which never leaves the browser.
#[must_use]
pub fn without_fragment(text: &str) -> &str {
    text.split('#').next().unwrap_or_default()
}

/// A text as one part of an address: all but the unreserved characters percent-encoded (RFC 3986, 2.3).
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

/// Whether two addresses are of one site: a service may well answer from its neighbour.
#[must_use]
pub fn same_site(one: &str, other: &str) -> bool {
    let host = |text| Some(Url::read(text)?.address()?.host);
    host(one).zip(host(other)).is_some_and(|(one, other)| registered(&one) == registered(&other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_parses_as_in_the_browser() {
        let read = |text: &str| Url::read(text)?.address().map(|a| (a.scheme, a.host, a.port));
        let address = |scheme: &str, host: &str, port| Some((scheme.into(), host.into(), port));
        assert_eq!(
            read("HTTPS://me:pass@Example.ORG.:443/x"),
            address("https", "example.org", None)
        );
        assert_eq!(read("http://[::1]:8080?x"), address("http", "[::1]", Some(8080)));
        assert_eq!(
            read("https://private.test\\.example.org"),
            address("https", "private.test", None)
        );
        assert_eq!(read("file:///home/x.html"), address("file", "", None));
        assert_eq!(read("file://server/x"), address("file", "server", None));
        assert_eq!(read("chrome-extension://abc/x"), address("chrome-extension", "abc", None));
        for none in [
            "",
            "null",
            "about:blank",
            "https://",
            "https:///x",
            "https://a:b",
            "https://a:99999",
            "://a",
            "*://a",
            "/in?back=https://a",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
        let typed = |text: &str| Url::typed(text)?.address().map(|a| (a.scheme, a.host, a.port));
        assert_eq!(typed(" intranet "), address("https", "intranet", None));
        assert_eq!(typed("/in?back=https://a"), None);
    }

    #[test]
    fn parts_stand_as_written() {
        let parts = |text: &'static str| {
            let url = Url::read(text).unwrap();
            [url.scheme, url.host(), url.port(), url.rest, url.origin()]
        };
        assert_eq!(
            parts(" https://me:secret@API.openai.com:443/v1?key=1 "),
            ["https", "API.openai.com", "", "/v1?key=1", "https://me:secret@API.openai.com:443"]
        );
        assert_eq!(
            parts("http://[::1]:11434\\x"),
            ["http", "[::1]", ":11434", "\\x", "http://[::1]:11434"]
        );
        assert_eq!(
            parts("*://*.example.org/*"),
            ["*", "*.example.org", "", "/*", "*://*.example.org"]
        );
        assert_eq!(origin("https://api.x.ai.evil.example?v1"), "https://api.x.ai.evil.example");
        assert_eq!(origin("no address"), "no address");
        assert_eq!(scheme("data:text/plain,x"), Some("data"));
        assert_eq!(without_query("/v1?key=1#x"), "/v1");
        assert_eq!(percent_encoded("a/b ü~"), "a%2Fb%20%C3%BC~");
        assert_eq!(without_fragment("/v1?key=1#x"), "/v1?key=1");
    }

    #[test]
    fn links_lead_on_from_here() {
        let here = Url::read("https://api.test:8/v1/chat?x").unwrap();
        for (link, target) in [
            ("https://other.test/a", "https://other.test/a"),
            ("//other.test/a", "https://other.test/a"),
            ("/in?back=https://other.test", "https://api.test:8/in?back=https://other.test"),
            ("in", "https://api.test:8/in"),
        ] {
            assert_eq!(here.join(link), target);
        }
    }

    #[test]
    fn neighbours_are_of_one_site() {
        for (one, other) in [
            ("https://api.x.co.uk/v1", "https://x.co.uk"),
            ("https://a.example.org", "http://b.example.org:8080/x"),
            ("http://[::1]/a", "http://[::1]:1/b"),
        ] {
            assert!(same_site(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("https://x.co.uk", "https://y.co.uk"),
            ("https://x.com.au", "https://y.com.au"),
            ("http://10.0.0.1", "http://11.0.0.1"),
            ("https://example.org", "https://example.com"),
            ("", ""),
        ] {
            assert!(!same_site(one, other), "{one} {other}");
        }
    }
}
