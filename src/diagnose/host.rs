//! Hosts in one canonical form, as the browser writes them (<https://url.spec.whatwg.org/#host-parsing>), so that two
//! spellings of a host are never two hosts.
//!
//! What the browser itself hands over is in this form already; what people, files and policies spell is brought into it. What
//! cannot be read for certain is no host at all. Own code: the `url` crate with its tables weighs more than 200 KB.

mod idn;
mod ip;

use idn::LONGEST_LABEL;

/// As many bytes has a name in the DNS at most (RFC 1035).
const LONGEST_NAME: usize = 253;

/// The canonical form of a host: in lower case, without a dot at its end, other scripts as Punycode, an address of version 4
/// as four numbers and one of version 6 in brackets, as short as it can be.
#[must_use]
pub fn canonical(host: &str) -> Option<String> {
    if let Some(inner) = host.strip_prefix('[') {
        return ip::v6(inner.strip_suffix(']')?);
    }
    if host.len() > 4 * LONGEST_NAME {
        return None;
    }
    // The dots of other scripts part labels too (RFC 3490, 3.1).
    const DOTS: [char; 4] = ['.', '。', '．', '｡'];
    let host = host.strip_suffix(DOTS).unwrap_or(host);
    let mut name = String::with_capacity(host.len());
    for (index, label) in host.split(DOTS).enumerate() {
        if index > 0 {
            name.push('.');
        }
        let start = name.len();
        idn::push_label(&mut name, label)?;
        if name.len() == start || name.len() - start > LONGEST_LABEL {
            return None;
        }
    }
    if ip::ends_in_number(&name) {
        return ip::v4(&name);
    }
    (name.len() <= LONGEST_NAME).then_some(name)
}

/// Whether a host, in any spelling, is this very machine, where nobody on the way listens in: a name below `localhost`
/// (RFC 6761), an address of the loopback (RFC 1122, RFC 4291), or the address that stands for every own one, where servers
/// say they listen.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    canonical(host).is_some_and(|host| {
        let name = host.strip_suffix("localhost");
        name.is_some_and(|before| before.is_empty() || before.ends_with('.'))
            || matches!(host.as_str(), "[::1]" | "[::]" | "0.0.0.0")
            || host.starts_with("[::ffff:7f")
                && host.len() == "[::ffff:7f00:".len() + host.rsplit(':').next().map_or(0, str::len)
            || host.starts_with("127.") && ip::ends_in_number(&host)
    })
}

/// The part of a host that somebody registered: its last two labels, or three where countries part their names by use, as
/// in `x.co.uk`. A guess: the list of all such places weighs 200 KB.
pub(crate) fn registered(host: &str) -> &str {
    const USES: [&str; 9] = ["ac", "co", "com", "edu", "gov", "ne", "net", "or", "org"];
    if host.starts_with('[') || ip::ends_in_number(host) {
        return host;
    }
    let mut labels = host.rsplit('.');
    let (country, place) = (labels.next().unwrap_or_default(), labels.next().unwrap_or_default());
    let dots = if country.len() == 2 && USES.contains(&place) { 2 } else { 1 };
    host.rmatch_indices('.').nth(dots).map_or(host, |(at, _)| &host[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_forms(forms: &[(&str, &str)]) {
        for (typed, form) in forms {
            let expected = (!form.is_empty()).then_some(*form);
            assert_eq!(canonical(typed).as_deref(), expected, "{typed}");
        }
    }

    #[test]
    fn names_have_one_spelling() {
        assert_forms(&[
            ("Private.TEST", "private.test"),
            ("private.test.", "private.test"),
            ("private.test..", ""),
            ("a..b", ""),
            (".test", ""),
            ("", ""),
            (".", ""),
            ("intranet", "intranet"),
            ("my_host.example", "my_host.example"),
            ("*.test", ""),
            ("pri%76ate.test", ""),
            ("a b.test", ""),
            ("a\tb.test", ""),
            ("me@private.test", ""),
            ("private.test:80", ""),
        ]);
        assert_eq!(canonical(&"a".repeat(64)), None);
        assert_eq!(canonical(&["a"; 200].join(".")), None);
    }

    #[test]
    fn other_scripts_become_punycode() {
        assert_forms(&[
            ("bücher.example", "xn--bcher-kva.example"),
            ("BÜCHER.example", "xn--bcher-kva.example"),
            ("xn--Bcher-KVA.example", "xn--bcher-kva.example"),
            ("faß.de", "xn--fa-hia.de"),
            ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
            ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
            ("παράδειγμα.δοκιμή", "xn--hxajbheg2az3al.xn--jxalpdlp"),
            ("مثال.إختبار", "xn--mgbh0fb.xn--kgbechtv"),
            ("उदाहरण.परीक्षा", "xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g"),
            ("실례.테스트", "xn--9n2bp8q.xn--9t4b11yi5a"),
            ("việtnam.example", "xn--vitnam-jk8b.example"),
            ("👍.example", "xn--yp8h.example"),
        ]);
    }

    #[test]
    fn letters_that_need_tables_are_refused() {
        for host in [
            "bu\u{308}cher.example",
            "ｅxample.org",
            "ﬁne.example",
            "a\u{200d}b.example",
            "ẞ.example",
            "ⅷ.example",
        ] {
            assert_eq!(canonical(host), None, "{host}");
        }
    }

    #[test]
    fn addresses_of_version_four_are_one() {
        assert_forms(&[
            ("127.0.0.1", "127.0.0.1"),
            ("127.1", "127.0.0.1"),
            ("0x7f.1", "127.0.0.1"),
            ("0177.0.0.1", "127.0.0.1"),
            ("2130706433", "127.0.0.1"),
            ("127.0.0.1.", "127.0.0.1"),
            ("10.0.258", "10.0.1.2"),
            ("127.0.0.256", ""),
            ("1.2.3.4.5", ""),
            ("example.1", ""),
            ("09.1.1.1", ""),
            ("0x", "0.0.0.0"),
        ]);
    }

    #[test]
    fn addresses_of_version_six_are_one() {
        assert_forms(&[
            ("[::1]", "[::1]"),
            ("[0:0:0:0:0:0:0:1]", "[::1]"),
            ("[2001:DB8:0:0:1:0:0:1]", "[2001:db8::1:0:0:1]"),
            ("[2001:db8:0:1:1:1:1:1]", "[2001:db8:0:1:1:1:1:1]"),
            ("[::]", "[::]"),
            ("[1::]", "[1::]"),
            ("[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
            ("[1:2:3:4:5:6:7:8:9]", ""),
            ("[1:2:3:4:5:6:7]", ""),
            ("[::1::2]", ""),
            ("[:1]", ""),
            ("[fe80::1%25eth0]", ""),
            ("[::1", ""),
            ("::1", ""),
        ]);
    }

    #[test]
    fn only_this_machine_is_loopback() {
        for host in [
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "127.0.0.1",
            "127.1",
            "127.8.9.10",
            "[::1]",
            "[0:0::1]",
            "[::ffff:127.0.0.1]",
            "0.0.0.0",
            "[::]",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "127.evil.example",
            "127.0.0.1.evil.example",
            "notlocalhost",
            "localhost.example",
            "128.0.0.1",
            "[::2]",
            "[::ffff:7f]",
            "[::ffff:808:808]",
            "",
            "[::ffff:7f:1]",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
