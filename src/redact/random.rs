//! The last net: text that looks drawn at random, or that hides a secret under base64. What support needs looks random
//! too, so request ids, trace ids and the like are set aside first, by their names and their shapes.

use super::randomness::{hex, looks_random};
use super::view::{FOUND, View};
use super::{field, vendor};

/// Ends of the names, without case and punctuation, whose values are ids that support asks for.
const ID_NAMES: &[&str] = &[
    "requestid",
    "cfray",
    "traceid",
    "traceparent",
    "tracecontext",
    "correlationid",
    "rayid",
    "amznrequestid",
    "logid",
    "errorid",
];

/// Prefixes of the ids that providers give to requests and answers.
const ID_PREFIXES: &[&str] = &[
    "req_",
    "req-",
    "msg_",
    "resp_",
    "chatcmpl-",
    "cmpl-",
    "run_",
    "thread_",
    "batch_",
    "msgbatch_",
    "gen-",
    "call_",
    "toolu_",
    "srvtoolu_",
    "asst_",
    "file-",
    "evt_",
    "rs_",
];

/// Hides ids from the scans that follow. Tokens with a known shape are gone by now, so none can hide behind a name.
pub(super) fn set_aside_ids(view: &mut View) {
    let mut at = 0;
    while at < view.len() {
        let end = view.run(at, is_id);
        if end > at {
            let shaped =
                end - at <= 72 && (has_id_shape(&view.bytes()[at..end]) || named_as_id(view, at));
            if shaped {
                view.keep(at..end);
            }
        }
        at = end.max(at + 1);
    }
}

fn is_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn has_id_shape(token: &[u8]) -> bool {
    let prefixed =
        |prefix: &&str| token.starts_with(prefix.as_bytes()) && token.len() <= prefix.len() + 48;
    ID_PREFIXES.iter().any(prefixed) || is_uuid(token) || is_traceparent(token) || is_ray(token)
}

fn is_uuid(token: &[u8]) -> bool {
    has_parts(token, &[8, 4, 4, 4, 12])
}

fn is_traceparent(token: &[u8]) -> bool {
    has_parts(token, &[2, 32, 16, 2])
}

fn is_ray(token: &[u8]) -> bool {
    token.len() == 20
        && token[16] == b'-'
        && hex(&token[..16])
        && token[17..].iter().all(u8::is_ascii_uppercase)
}

fn has_parts(token: &[u8], lengths: &[usize]) -> bool {
    let mut parts = token.split(|byte| *byte == b'-');
    let fits = lengths
        .iter()
        .all(|length| parts.next().is_some_and(|part| part.len() == *length && hex(part)));
    fits && parts.next().is_none()
}

/// Whether the word before `at` names an id: `x-request-id: …`, `"trace_id":"…"`, `(request id: …)`.
fn named_as_id(view: &View, at: usize) -> bool {
    let mark = view.run_back(at, 40, |byte| b"\"': =[\\".contains(&byte));
    if mark == at {
        return false;
    }
    let start = view.run_back(mark, 32, |byte| is_id(byte) || byte == b' ');
    let name = view.bytes()[start..mark].iter().filter(|byte| byte.is_ascii_alphanumeric());
    let name: String = name.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    ID_NAMES.iter().any(|ending| name.ends_with(ending))
}

pub(super) fn scan(view: &mut View) {
    let mut at = 0;
    while at < view.len() {
        let end = view.run(at, |byte| is_id(byte) || matches!(byte, b'+' | b'/' | b'='));
        if end - at >= 16 {
            if hides_secret(&view.bytes()[at..end]) {
                view.take(at..end, "ENCODED_SECRET");
            } else {
                sweep(view, at, end);
            }
        }
        at = end.max(at + 1);
    }
}

/// Takes the token, or else those of its parts that look random.
fn sweep(view: &mut View, start: usize, end: usize) {
    if end - start >= 40 && looks_random(&view.bytes()[start..end]) {
        return view.take(start..end, "RANDOM");
    }
    let mut at = start;
    while at < end {
        let part = view.run(at, is_id).min(end);
        if looks_random(&view.bytes()[at..part]) {
            view.take(at..part, "RANDOM");
        } else {
            let mut piece = at;
            while piece < part {
                let stop = view.run(piece, |byte| byte.is_ascii_alphanumeric()).min(part);
                if looks_random(&view.bytes()[piece..stop]) {
                    view.take(piece..stop, "RANDOM");
                }
                piece = stop + 1;
            }
        }
        at = part + 1;
    }
}

/// Whether `token`, read as base64, shows a secret by its name or its shape.
fn hides_secret(token: &[u8]) -> bool {
    let decoded = decode_base64(token);
    let Ok(inner) = std::str::from_utf8(&decoded) else { return false };
    let mut view = View::peeled(inner);
    field::scan(&mut view);
    vendor::scan(&mut view);
    view.bytes().contains(&FOUND)
}

/// The bytes that `token` encodes, in either alphabet, as far as it goes.
fn decode_base64(token: &[u8]) -> Vec<u8> {
    let (mut bits, mut count) = (0_u32, 0);
    let mut out = Vec::with_capacity(token.len() * 3 / 4);
    for byte in token {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => break,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_in_both_alphabets() {
        assert_eq!(decode_base64(b"c2stcHJvai0="), b"sk-proj-");
        assert_eq!(decode_base64(b"-_8"), decode_base64(b"+/8"));
    }
}
