//! On which sites an organisation lets Unstuck be. In doubt on none: an address that cannot be read is not allowed, and neither
//! is any address while an entry of the forbidden sites cannot be read.

use unstuck_diagnose::workspace::{Address, Url, canonical};

/// A pattern by which a policy names sites: `example.org`, `*.example.org`, or either behind `https://`, `http://`, `*://`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitePattern {
    /// The scheme; `None` for every one.
    scheme: Option<String>,
    /// Whether everything below the host is meant too.
    below: bool,
    /// The canonical host; empty for files of this machine.
    host: String,
}

/// What is wrong with a pattern, by the part that Chrome names in its own errors about patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatternError {
    /// The scheme is none on which Unstuck can be.
    Scheme,
    /// There is no host.
    NoHost,
    /// A `*` stands elsewhere than in front.
    Wildcard,
    /// The host cannot be read.
    Host,
    /// There is a port: a site is meant with all of its ports.
    Port,
    /// There is a path: a site is meant as a whole.
    Path,
}

impl PatternError {
    /// Message key of the reason.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Scheme => "wrong_pattern_scheme",
            Self::NoHost => "wrong_pattern_no_host",
            Self::Wildcard => "wrong_pattern_wildcard",
            Self::Host => "wrong_pattern_host",
            Self::Port => "wrong_pattern_port",
            Self::Path => "wrong_pattern_path",
        }
    }
}

impl SitePattern {
    /// Reads a pattern as an administrator writes it.
    ///
    /// # Errors
    /// With the part that is wrong.
    pub fn read(text: &str) -> Result<Self, PatternError> {
        let url = Url::typed(text).ok_or(PatternError::Scheme)?;
        let scheme = Some(url.scheme).filter(|scheme| !["", "*"].contains(scheme));
        let scheme = scheme.map(str::to_ascii_lowercase);
        if scheme.as_deref().is_some_and(|known| !["http", "https", "file"].contains(&known)) {
            return Err(PatternError::Scheme);
        }
        if !["", "/", "/*"].contains(&url.rest) {
            return Err(PatternError::Path);
        }
        let (below, place) = match url.authority.strip_prefix("*.") {
            Some(domain) => (true, domain),
            None => (false, url.authority),
        };
        if place.contains('*') {
            return Err(PatternError::Wildcard);
        }
        if place.is_empty() && !below && scheme.as_deref() == Some("file") {
            return Ok(Self { scheme, below, host: String::new() });
        }
        if place.is_empty() {
            return Err(PatternError::NoHost);
        }
        let has_port = match place.rfind(']') {
            Some(end) => place[end..].contains(':'),
            None => place.matches(':').count() == 1,
        };
        if has_port {
            return Err(PatternError::Port);
        }
        let host = canonical(place).ok_or(PatternError::Host)?;
        Ok(Self { scheme, below, host })
    }

    fn covers(&self, address: &Address) -> bool {
        let host = address.host.strip_suffix(&self.host);
        let at = host.is_some_and(|before| {
            before.is_empty() || self.below && !self.host.is_empty() && before.ends_with('.')
        });
        at && self.scheme.as_ref().is_none_or(|scheme| *scheme == address.scheme)
    }

    /// The same as a match pattern of the browser. It matches hosts with every port.
    fn for_browser(&self) -> String {
        let scheme = self.scheme.as_deref().unwrap_or("*");
        let below = if self.below { "*." } else { "" };
        [scheme, "://", below, &self.host, "/*"].concat()
    }
}

/// On which sites Unstuck may be. Every one, unless something is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SitePolicy {
    /// The only sites on which it may be, if it is not every one.
    pub allowed: Option<Vec<SitePattern>>,
    /// Sites on which it may not be.
    pub forbidden: Vec<SitePattern>,
    /// Whether some of the forbidden sites cannot be read: then every site may be meant.
    pub unreadable: bool,
}

impl SitePolicy {
    /// Whether Unstuck may be on the site of this address.
    #[must_use]
    pub fn allows(&self, address: &str) -> bool {
        if *self == Self::default() {
            return true;
        }
        let address = Url::read(address).and_then(Url::address).filter(|_| !self.unreadable);
        let Some(address) = address else { return false };
        let listed = |list: &[SitePattern]| list.iter().any(|pattern| pattern.covers(&address));
        self.allowed.as_deref().is_none_or(listed) && !listed(&self.forbidden)
    }

    /// Match patterns of the sites that are forbidden, for the browser to leave out.
    #[must_use]
    pub fn excluded(&self) -> Vec<String> {
        self.forbidden.iter().map(SitePattern::for_browser).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(texts: &[&str]) -> Vec<SitePattern> {
        texts.iter().map(|text| SitePattern::read(text).unwrap()).collect()
    }

    fn forbids(pattern: &str, address: &str) -> bool {
        let policy = SitePolicy { forbidden: patterns(&[pattern]), ..SitePolicy::default() };
        !policy.allows(address)
    }

    #[test]
    fn no_spelling_slips_past_a_ban() {
        for (pattern, address) in [
            ("private.test", "https://private.test"),
            ("private.test", "https://private.test."),
            ("private.test", "HTTP://PRIVATE.test:8080/x"),
            ("Private.Test.", "https://private.test"),
            ("*.private.test", "https://a.b.private.test"),
            ("*.private.test", "https://private.test"),
            ("*://*.private.test/*", "https://a.private.test"),
            ("bücher.example", "https://xn--bcher-kva.example"),
            ("intranet", "http://intranet/x"),
            ("[::1]", "http://[0:0::1]:8080"),
            ("127.0.0.1", "http://127.1"),
            ("file:///*", "file:///home/x.html"),
            ("https://private.test", "https://private.test"),
        ] {
            assert!(forbids(pattern, address), "{pattern} {address}");
        }
        for (pattern, address) in [
            ("private.test", "https://a.private.test"),
            ("*.private.test", "https://notprivate.test"),
            ("https://private.test", "http://private.test"),
            ("file:///*", "https://example.org"),
        ] {
            assert!(!forbids(pattern, address), "{pattern} {address}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_forbidden() {
        for address in ["", "null", "about:blank", "http://*.test", "https://a..b", "example.org"] {
            assert!(forbids("other.test", address), "{address}");
            assert!(SitePolicy::default().allows(address), "no policy, no ban: {address}");
        }
    }

    #[test]
    fn allow_list_excludes_everything_else() {
        let allowed = Some(patterns(&["*.example.org", "[::1]", "intranet"]));
        let policy = SitePolicy { allowed, ..SitePolicy::default() };
        for address in
            ["https://a.example.org", "https://example.org.", "http://[::1]:80", "http://intranet"]
        {
            assert!(policy.allows(address), "{address}");
        }
        for address in [
            "http://wiki",
            "http://[::2]",
            "file:///x",
            "chrome://newtab",
            "https://example.org.evil",
        ] {
            assert!(!policy.allows(address), "{address}");
        }
        let none = SitePolicy { allowed: Some(Vec::new()), ..SitePolicy::default() };
        assert!(!none.allows("https://example.org"));
    }

    #[test]
    fn an_unreadable_ban_closes_every_site() {
        let policy = SitePolicy { unreadable: true, ..SitePolicy::default() };
        assert!(!policy.allows("https://example.org"));
    }

    #[test]
    fn each_wrong_part_is_named() {
        for (text, error) in [
            ("chrome://settings", PatternError::Scheme),
            ("", PatternError::NoHost),
            ("https://", PatternError::NoHost),
            ("*.", PatternError::NoHost),
            ("*", PatternError::Wildcard),
            ("a.*.test", PatternError::Wildcard),
            ("*test", PatternError::Wildcard),
            ("not a host", PatternError::Host),
            ("example.org:8080", PatternError::Port),
            ("example.org/chat", PatternError::Path),
        ] {
            assert_eq!(SitePattern::read(text), Err(error), "{text}");
        }
    }

    #[test]
    fn bans_become_patterns_of_the_browser() {
        let forbidden =
            patterns(&["*.Private.test.", "https://bücher.example", "[0::1]", "file:///"]);
        let policy = SitePolicy { forbidden, ..SitePolicy::default() };
        let expected =
            ["*://*.private.test/*", "https://xn--bcher-kva.example/*", "*://[::1]/*", "file:///*"];
        assert_eq!(policy.excluded(), expected);
    }
}
