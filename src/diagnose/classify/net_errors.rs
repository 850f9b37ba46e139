//! What Chromium's network errors mean for a call. Only the exact name counts: names come and go between releases,
//! and a new one must not be read as its nearest neighbour.

mod net_error;
mod table;

use crate::Cause;
pub(crate) use net_error::NetError;
use table::TABLE;

impl Cause {
    /// What a network error of this name usually comes from; Chromium names them `net::ERR_…`.
    #[must_use]
    pub fn of_net_error(name: &str) -> Option<Self> {
        find(name).map(|known| known.cause)
    }

    /// The names of every network error that is known, sorted, without `net::`.
    pub fn net_errors() -> impl Iterator<Item = &'static str> {
        names()
    }
}

/// The error with this name, with or without `net::` in front.
pub(crate) fn find(name: &str) -> Option<NetError> {
    let name = name.strip_prefix("net::").unwrap_or(name);
    every()
        .find(|(_, known)| *known == name.as_bytes())
        .map(|(traits, name)| unpacked(traits, name))
}

/// The names of every network error that is known, sorted, without `net::`.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    every().map(|(traits, name)| unpacked(traits, name).name)
}

fn unpacked([cause, unsent]: [u8; 2], name: &'static [u8]) -> NetError {
    let name = std::str::from_utf8(name).unwrap_or_default();
    NetError { name, cause: Cause::ALL[usize::from(cause)], unsent: unsent != 0 }
}

/// Traits and names as they are packed.
fn every() -> impl Iterator<Item = ([u8; 2], &'static [u8])> {
    let mut rest = PACKED.as_slice();
    std::iter::from_fn(move || {
        let (&[cause, unsent, length], after) = rest.split_first_chunk()?;
        let (name, after) = after.split_at(usize::from(length));
        rest = after;
        Some(([cause, unsent], name))
    })
}

/// The table in one run of bytes (cause, whether unsent, length, name): half of what it weighs with pointers.
static PACKED: [u8; SIZE] = {
    let mut packed = [0; SIZE];
    let (mut at, mut which) = (0, 0);
    while which < TABLE.len() {
        let name = TABLE[which].name.as_bytes();
        packed[at] = TABLE[which].cause as u8;
        packed[at + 1] = TABLE[which].unsent as u8;
        packed[at + 2] = name.len() as u8;
        packed.split_at_mut(at + 3).1.split_at_mut(name.len()).0.copy_from_slice(name);
        at += 3 + name.len();
        which += 1;
    }
    packed
};

const SIZE: usize = {
    let (mut size, mut which) = (0, 0);
    while which < TABLE.len() {
        size += 3 + TABLE[which].name.len();
        which += 1;
    }
    size
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cause::DnsFailure;

    #[test]
    fn table_is_sorted_and_unique() {
        assert!(names().zip(names().skip(1)).all(|(one, next)| one < next));
        assert_eq!(TABLE.len(), 298);
    }

    #[test]
    fn every_error_survives_packing() {
        for written in TABLE {
            assert_eq!(find(written.name), Some(*written));
        }
        assert_eq!(names().count(), TABLE.len());
    }

    #[test]
    fn only_the_exact_name_is_found() {
        assert_eq!(find("net::ERR_NAME_NOT_RESOLVED").map(|e| e.cause), Some(DnsFailure));
        assert_eq!(find("ERR_NAME_NOT_RESOLVED"), find("net::ERR_NAME_NOT_RESOLVED"));
        for name in
            ["", "net::", "NAME_NOT_RESOLVED", "ERR_NAME_NOT_RESOLVE", "err_failed", "ERR_FAILED "]
        {
            assert_eq!(find(name), None, "{name:?}");
        }
    }

    /// Only an error of a request that was never read allows a repeat at once.
    #[test]
    fn only_unread_requests_repeat_at_once() {
        let at_once = |name| find(name).unwrap().unsent;
        for name in
            ["ERR_NETWORK_CHANGED", "ERR_HTTP2_SERVER_REFUSED_STREAM", "ERR_QUIC_HANDSHAKE_FAILED"]
        {
            assert!(at_once(name), "{name}");
        }
        for name in [
            "ERR_EMPTY_RESPONSE",
            "ERR_CONNECTION_RESET",
            "ERR_TIMED_OUT",
            "ERR_HTTP2_PROTOCOL_ERROR",
        ] {
            assert!(!at_once(name), "{name}");
        }
    }
}
