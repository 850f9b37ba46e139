//! What a text says, clause by clause: the concepts in it, with its language chosen and its negations heard.

use super::{
    concept::{ADVICE, Concepts, DEEDS, MAYBE, NOT, OPPOSITES, WORD},
    fold::fold,
    lexicon::{self, Hit},
};

/// What one clause says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clause {
    /// The concepts in it.
    pub(crate) says: Concepts,
    /// Those of them that stand before an advice begins.
    pub(crate) states: Concepts,
    /// Whether it is one word, as a machine code is.
    pub(crate) is_code: bool,
    /// How many letters it has, in bytes; numbers and names with a digit count for nothing.
    pub(crate) letters: u32,
    /// How many of them are of words that say something.
    pub(crate) read: u32,
}

impl Clause {
    /// Whether it only says what may be.
    pub(crate) const fn doubts(&self) -> bool {
        self.says & MAYBE != 0
    }
}

/// How much of a text is read.
const READ: usize = 12 * 1024;
/// How many languages the lexicons may have.
const LANGUAGES: usize = 64;
/// English: its words stand in messages of every language.
const ENGLISH: u8 = 0;
/// No longer than this are the words that only English has.
const LITTLE: u32 = 4;
/// A negation reaches over this many bytes of folded text.
const NEGATION: u32 = 36;
/// It undoes a deed only right before it: "not expired", "not yet expired".
const RIGHT_BEFORE: u32 = 5;
/// A clause that runs on, as a page without full stops does, is cut where this many bytes were read.
const LONGEST: u32 = 260;

/// The clauses of a text.
pub(crate) fn clauses(text: &str) -> Vec<Clause> {
    let mut folded = String::with_capacity(text.len().min(READ) + 16);
    let mut codes: Vec<u32> = Vec::new();
    for line in crate::cut::head(text, READ).lines() {
        let is_code = line.is_ascii() && !line.contains(' ');
        if is_code && line.contains('.') {
            // The name of an event, a file, a host.
            continue;
        }
        codes.extend(is_code.then_some(folded.len() as u32));
        fold(line, &mut folded);
    }
    let hits = in_one_language(lexicon::find(&folded));
    let mut clauses = Vec::new();
    let mut rest = hits.as_slice();
    let mut start = 0;
    for line in folded.split_inclusive('\n') {
        let is_code = codes.binary_search(&start).is_ok();
        let line_end = start + line.len() as u32;
        while start < line_end {
            let first = rest.first().map_or(line_end, |hit| hit.start);
            let end = first.saturating_add(LONGEST).min(line_end);
            let (said, after) =
                rest.split_at(rest.iter().take_while(|hit| hit.start < end).count());
            // A word that begins in the clause belongs to it.
            let end = said.last().map_or(end, |hit| hit.end.max(end)).min(line_end);
            let letters = letters(&folded.as_bytes()[start as usize..end as usize]);
            let read = read_letters(said, folded.as_bytes()).min(letters);
            clauses.push(Clause { is_code, letters, read, ..self::read(said) });
            (rest, start) = (after, end);
        }
    }
    clauses
}

/// How many letters stand in a folded text, without names and numbers that have a digit.
fn letters(text: &[u8]) -> u32 {
    let (mut letters, mut word, mut numbered) = (0, 0, false);
    for &byte in text {
        if byte.is_ascii_alphanumeric() {
            word += 1;
            numbered |= byte.is_ascii_digit();
            continue;
        }
        letters += if numbered { 0 } else { word } + u32::from(!byte.is_ascii());
        (word, numbered) = (0, false);
    }
    letters + if numbered { 0 } else { word }
}

/// How many letters the words have in which these stems stand; of scripts without blanks the stems themselves.
fn read_letters(hits: &[Hit], text: &[u8]) -> u32 {
    let (mut read, mut till) = (0, 0);
    for hit in hits.iter().filter(|hit| 1 << hit.concept != WORD) {
        let (start, mut end) = (hit.start as usize, hit.end as usize);
        if lexicon::is_apart(text, start) {
            let open = |byte: &&u8| !matches!(byte, b' ' | b'\n');
            end += text[end..].iter().take_while(open).count();
        }
        read += letters(&text[start.max(till).min(end)..end]);
        till = till.max(end);
    }
    read
}

/// The hits of the language that most of the text is in, and of English; of those that overlap the longer one.
fn in_one_language(mut hits: Vec<Hit>) -> Vec<Hit> {
    let mut votes = [0_u32; LANGUAGES];
    for place in hits.chunk_by(|one, other| one.start == other.start) {
        let borrowed = place.iter().filter(|hit| hit.language == ENGLISH).map(|hit| hit.end).max();
        for hit in place {
            let length = hit.end - hit.start;
            let votes = &mut votes[usize::from(hit.language) % LANGUAGES];
            if hit.language == ENGLISH {
                // Other languages borrow English nouns, but not its little words.
                let little = 1 << hit.concept == WORD && length <= LITTLE;
                *votes += if little { 2 * length } else { 0 };
            } else if borrowed.is_none_or(|end| end < hit.end) {
                *votes += length;
            }
        }
    }
    let best = (0..LANGUAGES).rev().max_by_key(|&language| votes[language]).unwrap_or(0) as u8;
    hits.retain(|hit| hit.language == best || hit.language == ENGLISH);
    let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        match kept.last() {
            Some(last) if last.end > hit.start => {
                let same = last.start == hit.start && last.end == hit.end;
                let longer = hit.end - hit.start > last.end - last.start;
                if same && last.language == hit.language {
                    kept.push(hit);
                } else if longer || (same && last.language == ENGLISH) {
                    while kept.last().is_some_and(|last| last.end > hit.start) {
                        kept.pop();
                    }
                    kept.push(hit);
                }
            }
            _ => kept.push(hit),
        }
    }
    kept
}

fn read(hits: &[Hit]) -> Clause {
    let bit = |hit: &Hit| 1_u128 << hit.concept;
    let mut clause = Clause::default();
    let mut advised = false;
    for (at, hit) in hits.iter().enumerate() {
        let concept = bit(hit);
        let said = if concept & DEEDS != 0 {
            let undone = hits[..at]
                .iter()
                .rev()
                .take_while(|before| before.end + RIGHT_BEFORE >= hit.start)
                .any(|before| bit(before) == NOT);
            if undone { 0 } else { concept }
        } else {
            match OPPOSITES.iter().find(|(positive, _)| *positive == concept) {
                Some((_, negative)) if is_negated(hits, at) => *negative,
                _ => concept,
            }
        };
        advised |= concept == ADVICE;
        clause.says |= said;
        if !advised {
            clause.states |= said;
        }
    }
    clause
}

/// Whether a negation speaks of this word: it is near, and no other word that can be turned is nearer to it.
fn is_negated(hits: &[Hit], at: usize) -> bool {
    let turns = |hit: &Hit| OPPOSITES.iter().any(|(positive, _)| *positive == 1 << hit.concept);
    hits.iter().filter(|hit| 1 << hit.concept == NOT).any(|not| {
        let reach = gap(not, &hits[at]);
        reach <= NEGATION && !hits.iter().any(|other| turns(other) && gap(not, other) < reach)
    })
}

const fn gap(one: &Hit, other: &Hit) -> u32 {
    if one.end <= other.start { other.start - one.end } else { one.start.saturating_sub(other.end) }
}
