//! Reads numbers as people write them: digits in groups, with marks between.

use std::ops::Range;

use super::view::{View, is_quote};

/// The most groups that are read, and the most digits.
const MOST: usize = 8;
const DIGITS: usize = 24;

/// A number in groups of digits.
#[derive(Clone)]
pub(super) struct Groups {
    pub(super) start: usize,
    /// Whether the first group stands in parentheses.
    pub(super) area: bool,
    count: usize,
    digits: [u8; DIGITS],
    lengths: [u8; MOST],
    marks: [u8; MOST],
    ends: [usize; MOST],
}

impl Groups {
    /// The groups from the digit or parenthesis at `start`.
    pub(super) fn read(view: &View, start: usize) -> Self {
        let area = view.at(start) == b'(';
        let mut groups = Self {
            start,
            area,
            count: 0,
            digits: [0; DIGITS],
            lengths: [0; MOST],
            marks: [b' '; MOST],
            ends: [start; MOST],
        };
        let (mut at, mut mark, mut total) = (start + usize::from(area), b' ', 0);
        while groups.count < MOST {
            let end = view.run_within(at, DIGITS + 1, |byte| byte.is_ascii_digit());
            let Some(room) = groups.digits.get_mut(total..total + end - at) else { break };
            if room.is_empty() {
                break;
            }
            room.copy_from_slice(&view.bytes()[at..end]);
            total += end - at;
            groups.lengths[groups.count] = (end - at) as u8;
            groups.marks[groups.count] = mark;
            groups.ends[groups.count] = end;
            groups.count += 1;
            let next = view.run_within(end, 4, |byte| b" -./()+_".contains(&byte));
            let between = &view.bytes()[end..next];
            // A full stop and a space end a sentence.
            if next == end || between.len() > 3 || between.starts_with(b". ") {
                break;
            }
            let marks = between.iter().find(|byte| b"-./_".contains(byte));
            mark = marks.copied().unwrap_or(b' ');
            at = next;
        }
        if area && (groups.count == 0 || view.at(groups.ends[0]) != b')') {
            groups.area = false;
            groups.start += 1;
        }
        groups
    }

    /// How many groups there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Leaves out the last group.
    pub(super) fn cut(&mut self) {
        self.count = self.count.saturating_sub(1);
    }

    pub(super) fn digits(&self) -> &[u8] {
        let digits = self.lengths().iter().map(|length| usize::from(*length)).sum();
        &self.digits[..digits]
    }

    /// How many digits each group has.
    pub(super) fn lengths(&self) -> &[u8] {
        &self.lengths[..self.count]
    }

    /// What stands before each group; a space for nothing or for a parenthesis.
    pub(super) fn marks(&self) -> &[u8] {
        &self.marks[..self.count]
    }

    /// Whether there are digits enough, in groups large enough, for what a state numbers.
    pub(super) fn may_be_long(&self) -> bool {
        let small = self.lengths().iter().filter(|length| **length == 1).count();
        self.digits().len() >= 8 && small <= 2
    }

    /// Where the last group ends.
    pub(super) fn end(&self) -> usize {
        self.count.checked_sub(1).map_or(self.start, |last| self.ends[last])
    }

    /// Whether the same mark stands between all groups from the one at `from`.
    pub(super) fn even(&self, from: usize) -> bool {
        let marks = self.marks().get(from..).unwrap_or_default();
        marks.windows(2).all(|pair| pair[0] == pair[1])
    }
}

/// `482913 is your login code`: the end of the digits at `at`.
pub(super) fn one_time_code(view: &View, at: usize) -> Option<usize> {
    const YOURS: &[&str] = &[
        " is your ",
        " is the ",
        " ist dein ",
        " ist ihr ",
        " est votre ",
        " est ton ",
        " es tu ",
        " es su ",
        " is je ",
        " e il tuo ",
    ];
    let end = view.run_within(at, 9, |byte| byte.is_ascii_digit());
    let yours = YOURS.iter().find(|yours| view.has_word(end, yours))?;
    let start = end + yours.len();
    let text = view.bytes().get(start..(start + 32).min(view.len()))?.to_ascii_lowercase();
    let code = ["code", "pin", "otp", "passw", "codigo", "codice"]
        .iter()
        .any(|word| text.windows(word.len()).any(|bytes| bytes == word.as_bytes()));
    ((4..=8).contains(&(end - at)) && code).then_some(end)
}

/// Whether a number may begin at `at`, so that it is not the tail of a longer one or of an id.
pub(super) fn starts(view: &View, at: usize) -> bool {
    let before = view.before(at);
    !before.is_ascii_alphanumeric() && !b"._-#".contains(&before)
}

/// The number that a name says is a person's: nothing of its form need be right, but it has digits enough.
pub(super) fn labelled(view: &View, at: usize, phone: bool) -> Option<Range<usize>> {
    let open = view.run(at, |byte| is_quote(byte) || byte == b'#' || byte == b' ');
    let start = if phone && matches!(view.before(open), b'+' | b'(') { open - 1 } else { open };
    let (mut here, mut end, mut digits) = (start, start, 0);
    let mut first = true;
    while end - start < 40 {
        let group = view.run(here, |byte| byte.is_ascii_alphanumeric());
        let bytes = &view.bytes()[here..group];
        let found = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
        let letters = bytes.len() - found;
        let capitals = bytes.iter().all(|byte| !byte.is_ascii_lowercase());
        // Letters may open a number, close it, or stand among its digits.
        let belongs = match (found, letters) {
            (0, 0) => first && phone,
            (0, 1) => capitals && (first || digits >= 5),
            (0, _) => capitals && first && letters <= 4,
            (_, 0) => digits + found <= if phone { 15 } else { 34 },
            _ => !phone && bytes.len() <= 34,
        };
        if !belongs {
            break;
        }
        digits += found;
        end = if found + letters > 0 { group } else { end };
        first = false;
        let most = if phone { 3 } else { 1 };
        here = view.run(group, |byte| b" -./+".contains(&byte) || phone && b"()_".contains(&byte));
        if here == group || here - group > most || view.bytes()[group..here].starts_with(b". ") {
            break;
        }
    }
    let range = start..end;
    let range = if phone { trim(view, range) } else { range };
    (digits >= if phone { 6 } else { 5 }).then_some(range)
}

/// Without what is no digit at the end.
fn trim(view: &View, range: Range<usize>) -> Range<usize> {
    let end = view.run_back(range.end, range.end - range.start, |byte| !byte.is_ascii_digit());
    range.start..end
}
