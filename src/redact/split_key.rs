//! Follows a key over the lines that it was broken into, by a terminal, a mail program or a programmer.

use super::view::View;

/// Lines after the first: enough for the longest token that a mail program folds.
const MOST: usize = 40;

/// Where the key at `start..end` ends, when what stands on the next lines goes on with it.
pub(super) fn end(view: &View, start: usize, end: usize) -> usize {
    let line = view.run_back(start, 200, |byte| byte != b'\n');
    let width = end - line;
    let (mut last, mut folded) = (end, false);
    for _ in 0..MOST {
        let Some(next) = continuation(view, last, folded, width) else { break };
        folded = true;
        last = next;
    }
    last
}

/// The end of the piece on the line after `end`. Once a key is known to be folded, a short piece is enough.
fn continuation(view: &View, end: usize, folded: bool, width: usize) -> Option<usize> {
    // `"abc" +`, `abc\`, `abc=` of a mail program, then the break.
    let close = view.run(end, |byte| b"\"'`".contains(&byte)).min(end + 1);
    let join = view.run(close, |byte| b" +\\=.&_".contains(&byte));
    let breaks = view.run(join, |byte| matches!(byte, b'\r' | b'\n'));
    if breaks == join || breaks > join + 2 || join - end > 5 {
        return None;
    }
    // Indentation, the mark of a quotation or of a comment, and an opening quote.
    let start = view.run(breaks, |byte| b" \t>|#+*.\"'`/".contains(&byte));
    let stop = view.run(start, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let piece = view.bytes().get(start..stop)?;
    let has = |test: fn(&u8) -> bool| piece.iter().any(test);
    let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
    let after = view.at(stop);
    let named =
        b":=.".contains(&after) && !view.at(stop + 1).is_ascii_whitespace() || after == b':';
    let plain = !piece.iter().any(|byte| matches!(byte, b'_' | b'-'));
    let alone = matches!(after, b'\n' | b'\r' | b'"' | b'\'' | b'`' | b')' | b'\\' | b'=')
        || stop >= view.len();
    let mixed_case = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && piece.len() >= 2;
    let is_piece =
        piece.len() >= 10 && mixed && (plain || alone && stop - breaks >= width.min(40) / 2)
            || folded
                && alone
                && piece.len() >= 4
                && (mixed || mixed_case && piece[1..].iter().any(u8::is_ascii_uppercase))
            || alone && piece.len() >= 24 && (mixed || mixed_case);
    (is_piece && !(named && !(after == b'=' && alone))).then_some(stop)
}
