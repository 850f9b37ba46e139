//! All files, one after the other, each line once.

use std::{fs::File, io};

use super::{
    calls::{Calls, End},
    ending::{Ending, ending, source},
    follow::{Followed, Step},
    format::{self, har},
    joiner::{Entry, Joiner},
    lines::Lines,
    record::Record,
    tally::{Place, Tally, whole_words},
    time::Clock,
};

/// Two programs may write to one file and be late by so much, in milliseconds.
const LATE_MS: i64 = 1_000;

/// What was odd about a file.
#[derive(Debug, Clone, Default)]
pub(super) struct FileNotes {
    pub(super) name: String,
    pub(super) lines: u64,
    pub(super) bytes: u64,
    pub(super) cut: u64,
    pub(super) nul: u64,
    pub(super) unended: bool,
    /// Why it could not be read, or not to its end.
    pub(super) broken: Option<String>,
    /// Times without a zone, and without a year.
    pub(super) unzoned: u64,
    pub(super) undated: u64,
    /// How often the time went back, and how far at most, in milliseconds.
    pub(super) back: u64,
    pub(super) back_ms: i64,
    last_ms: Option<i64>,
}

/// Everything that is learnt from the files.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) clock: Clock,
    /// Only entries that contain this text count.
    pub(super) only: Option<String>,
    pub(super) files: Vec<FileNotes>,
    pub(super) tally: Tally,
    pub(super) calls: Calls,
    pub(super) followed: Option<Followed>,
}

impl Reading {
    /// Reads a file, or standard input for `-`.
    pub(super) fn read(&mut self, name: &str) {
        self.files.push(FileNotes { name: name.to_owned(), ..FileNotes::default() });
        let read = if name == "-" {
            Lines::new(io::stdin().lock()).map(|lines| self.lines(lines))
        } else {
            File::open(name)
                .and_then(Self::no_folder)
                .and_then(Lines::new)
                .map(|lines| self.lines(lines))
        };
        if let (Err(error), Some(notes)) = (read, self.files.last_mut()) {
            notes.broken = Some(error.to_string());
        }
    }

    fn no_folder(file: File) -> io::Result<File> {
        if file.metadata()?.is_dir() { Err(io::Error::other("it is a folder")) } else { Ok(file) }
    }

    fn lines(&mut self, mut lines: Lines<'_>) {
        if har::is_har(lines.peek()) {
            self.har(&mut lines);
        } else {
            let wanted = self.followed.as_ref().map(Followed::id);
            let (mut joiner, mut line) = (Joiner::new(wanted), Vec::new());
            while lines.next(&mut line) {
                if let Some(entry) = joiner.push(&line, lines.number, &self.clock) {
                    self.entry(entry);
                }
            }
            if let Some(entry) = joiner.end() {
                self.entry(entry);
            }
        }
        let Some(notes) = self.files.last_mut() else { return };
        (notes.lines, notes.bytes) = (lines.number, lines.bytes);
        let odd = lines.oddities;
        (notes.cut, notes.nul, notes.unended) = (odd.cut, odd.nul, odd.unended);
        notes.broken = notes.broken.take().or(odd.broken);
    }

    fn har(&mut self, lines: &mut Lines<'_>) {
        let read = match lines.whole(har::LONGEST) {
            Ok(Some(bytes)) => har::read(&bytes, &self.clock),
            Ok(None) => {
                Err(format!("a HAR file of more than {} MB; save fewer calls", har::LONGEST >> 20))
            }
            Err(error) => Err(error.to_string()),
        };
        match read {
            Ok(records) => {
                for (at, record) in (1..).zip(records) {
                    let facts = &record.facts;
                    let told =
                        [facts.net_error.as_deref(), facts.url.as_deref(), facts.body.as_deref()];
                    let status = facts.status.map(|status| status.to_string());
                    let text: Vec<_> =
                        status.as_deref().into_iter().chain(told.into_iter().flatten()).collect();
                    let text = text.join(" ");
                    self.record(record, at, &text);
                }
            }
            Err(error) => {
                if let Some(notes) = self.files.last_mut() {
                    notes.broken = Some(error);
                }
            }
        }
    }

    fn entry(&mut self, entry: Entry) {
        let Entry { text, stamp, level, line, .. } = entry;
        if self.only.as_deref().is_some_and(|only| !text.contains(only)) {
            return;
        }
        for record in format::read(&text, stamp, level, &self.clock) {
            self.record(record, line, &text);
        }
    }

    fn record(&mut self, mut record: Record, line: u64, text: &str) {
        let file = self.files.len() - 1;
        let ms = record.stamp.map(|stamp| stamp.ms);
        self.note_time(&record);
        let ended = ending(&mut record);
        let place = Place { file, line };
        if let Some(followed) = &mut self.followed
            && (record.ids.iter().any(|id| id.text == followed.id()) || followed.is_in(text))
        {
            let ended = match &ended {
                Ending::Failed(diagnosis) => Some(diagnosis.cause.id()),
                Ending::Answered => Some("answered"),
                Ending::Untold => None,
            };
            let step = Step { place: place.clone(), ms, ended, text: whole_words(text).to_owned() };
            followed.push(step, &record.ids);
        }
        let Record { ids, facts, .. } = record;
        let id = ids.iter().find(|id| id.of_ask).or(ids.first());
        let (source, cause) = match &ended {
            Ending::Failed(diagnosis) => (source(&facts, Some(diagnosis)), Some(diagnosis.cause)),
            Ending::Answered => (source(&facts, None), None),
            Ending::Untold => return,
        };
        match &ended {
            Ending::Failed(diagnosis) => {
                self.tally.fail(diagnosis.cause, diagnosis.confidence, ms, &source, place, text);
            }
            _ => self.tally.answered += 1,
        }
        let id = id.map(|id| (id.text.as_str(), id.of_ask));
        self.calls.push(&End { ms: ms.unwrap_or(0), source: &source, cause, file, id });
    }

    fn note_time(&mut self, record: &Record) {
        let (Some(stamp), Some(notes)) = (record.stamp, self.files.last_mut()) else { return };
        notes.unzoned += u64::from(!stamp.zoned);
        notes.undated += u64::from(!stamp.dated);
        let back_ms = notes.last_ms.map_or(0, |last| last - stamp.ms);
        if back_ms > LATE_MS {
            notes.back += 1;
            notes.back_ms = notes.back_ms.max(back_ms);
        }
        notes.last_ms = Some(stamp.ms);
    }
}
