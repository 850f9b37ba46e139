//! What a reader of the counts has to know of the files: odd bytes, times without a zone, clocks that differ.

use super::{calls::Asks, reading::FileNotes, safe::Safe};

/// One sentence for each thing that was odd.
pub(super) fn notes(
    files: &[FileNotes],
    untimed: u64,
    asks: &Asks,
    zone: Option<&str>,
    safe: &Safe,
) -> Vec<String> {
    let mut notes: Vec<String> = files.iter().flat_map(|file| of_file(file, safe)).collect();
    let sum = |count: fn(&FileNotes) -> u64| files.iter().map(count).sum::<u64>();
    let unzoned = sum(|file| file.unzoned);
    if unzoned > 0 {
        let read = zone.unwrap_or("UTC; --tz names another one");
        notes.push(format!(
            "{} without a time zone, read as {read}.",
            counted(unzoned, "time", "times")
        ));
    }
    let undated = sum(|file| file.undated);
    if undated > 0 {
        notes.push(format!(
            "{} without a year, read as the last twelve months.",
            counted(undated, "time", "times")
        ));
    }
    if untimed > 0 {
        notes.push(format!(
            "{} without a time: counted, and not in the table.",
            counted(untimed, "failing line", "failing lines")
        ));
    }
    let name =
        |at: usize| files.get(at).map_or_else(String::new, |file| safe.text(&file.name, 200));
    for skew in &asks.skews {
        let (first, second) = skew.files;
        let way = if skew.ms > 0 { "ahead of" } else { "behind" };
        notes.push(format!(
            "The clock of {} is about {} s {way} that of {} (median of {} requests in both). Nothing was corrected.",
            name(second),
            skew.ms.abs() / 1_000,
            name(first),
            skew.requests,
        ));
    }
    if asks.left_out > 0 {
        let left_out = counted(asks.left_out, "later call", "later calls");
        notes.push(format!("{left_out} not in retries and incidents: there was no room for more."));
    }
    notes
}

fn of_file(file: &FileNotes, safe: &Safe) -> Vec<String> {
    let name = safe.text(&file.name, 200);
    let mut notes = Vec::new();
    if let Some(error) = &file.broken {
        let read = if file.lines > 0 {
            format!("read up to line {}, then", file.lines)
        } else {
            "cannot be read:".into()
        };
        notes.push(format!("{name}: {read} {}.", safe.text(error, 200)));
    }
    if file.cut > 0 {
        notes.push(format!(
            "{name}: {} longer than 1 MB, cut there.",
            counted(file.cut, "line", "lines")
        ));
    }
    if file.nul > 0 {
        notes.push(format!("{name}: {} left out.", counted(file.nul, "NUL byte", "NUL bytes")));
    }
    if file.unended {
        notes.push(format!("{name}: the last line has no end; it may be half a line."));
    }
    if file.back > 0 {
        let back = counted(file.back, "time", "times");
        notes.push(format!(
            "{name}: the clock goes back {back}, by {} s at most. Nothing was corrected.",
            file.back_ms / 1_000
        ));
    }
    notes
}

/// A number and its noun.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A number with its thousands apart.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
