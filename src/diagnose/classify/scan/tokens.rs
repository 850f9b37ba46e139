//! The marks of written data: where it opens, what stands in quotes, where a key ends.

/// The next `{` or `[` that looks like the start of data rather than of a remark in brackets.
pub(super) fn opening(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(next) = bytes[at..].iter().position(|byte| matches!(byte, b'{' | b'[')) {
        let byte = bytes[at + next];
        at += next + 1;
        let gap = bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let next = bytes.get(at + gap);
        let opens = match byte {
            b'{' => match next {
                Some(b'"' | b'\'' | b'}') => true,
                Some(b'\\') => matches!(bytes.get(at + gap + 1), Some(b'"' | b'n')),
                _ => false,
            },
            _ => matches!(next, Some(b'{' | b'"' | b'\'')),
        };
        if opens {
            return Some(at - 1);
        }
        at += gap;
    }
    None
}

/// The inside of the quoted text at `open`, where it ends, and whether it holds escapes.
pub(super) fn quoted(text: &str, open: usize) -> (&str, usize, bool) {
    let bytes = text.as_bytes();
    let quote = bytes[open];
    let start = open + 1;
    let mut at = start;
    let mut escaped = false;
    let matters = |byte: &u8| MATTERS_IN_QUOTES[usize::from(*byte)];
    while let Some(next) = bytes.get(at..).and_then(|rest| rest.iter().position(matters)) {
        at += next;
        if bytes[at] == b'\\' {
            escaped = true;
            at += 2;
        } else if bytes[at] == quote {
            return (&text[start..at], at + 1, escaped);
        } else if bytes[at] == b'\n' && is_event_line(&bytes[at + 1..]) {
            // A frame of an event stream that was cut inside a string.
            return (&text[start..at], at, escaped);
        } else {
            at += 1;
        }
    }
    (&text[start..], bytes.len(), escaped)
}

/// What can end a quoted text or change its meaning.
static MATTERS_IN_QUOTES: [bool; 256] = {
    let mut matters = [false; 256];
    let mut which = 0;
    while which < 4 {
        matters[b"\"'\\\n"[which] as usize] = true;
        which += 1;
    }
    matters
};

/// Whether there is anything in the text that could open data. All of it is looked at, many bytes at once.
pub(super) fn may_open(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |found, byte| found | matches!(byte, b'{' | b'['))
}

fn is_event_line(rest: &[u8]) -> bool {
    rest.starts_with(b"\ndata:") || rest.starts_with(b"data: {") || rest.starts_with(b"event: ")
}

/// Whether a key ends here.
pub(super) fn next_is_colon(bytes: &[u8], from: usize) -> bool {
    bytes[from..].iter().find(|b| !b.is_ascii_whitespace()) == Some(&b':')
}
