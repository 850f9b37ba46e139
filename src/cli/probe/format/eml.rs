//! A mail (RFC 5322), plain text, for `sendmail -t` or `msmtp -t`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use unstuck_diagnose::Messages;

use super::{
    super::{config::Mail, report::Report},
    text,
};

/// Longest line of a body in base64 (RFC 2045).
const LINE: usize = 76;
/// So many bytes go into one encoded word, so that its line has at most 76 characters with the name of the header (RFC 2047).
const WORD: usize = 39;

pub(super) fn write(report: &Report<'_>, mail: &Mail, words: &dyn Messages) -> Vec<u8> {
    let failing = report.rows.iter().max_by_key(|row| row.finding.verdict);
    let subject = failing.map_or_else(String::new, |row| {
        let headline = row.tell(words).headline;
        format!("{}: {headline}", row.probe.name)
    });
    let body = STANDARD.encode(text::write(report, words).replace('\n', "\r\n"));
    let body: Vec<_> = body.as_bytes().chunks(LINE).map(String::from_utf8_lossy).collect();
    let head = [
        ("From", mail.from.clone()),
        ("To", mail.to.clone()),
        ("Subject", header(&subject)),
        ("Date", date(report.at_ms)),
        ("MIME-Version", "1.0".to_owned()),
        ("Content-Type", "text/plain; charset=utf-8".to_owned()),
        ("Content-Transfer-Encoding", "base64".to_owned()),
        // Whoever answers mails by themselves leaves this one alone.
        ("Auto-Submitted", "auto-generated".to_owned()),
    ];
    let mut lines: Vec<_> = head.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    lines.push(String::new());
    lines.extend(body.into_iter().map(std::borrow::Cow::into_owned));
    lines.push(String::new());
    lines.join("\r\n").into_bytes()
}

/// A text that is not plain ASCII, or long, goes in encoded words.
fn header(text: &str) -> String {
    let is_plain = text.len() <= 60 && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if is_plain && !text.contains("=?") {
        return text.to_owned();
    }
    let (mut words, mut word) = (Vec::new(), String::new());
    for letter in text.chars() {
        if word.len() + letter.len_utf8() > WORD {
            words.push(std::mem::take(&mut word));
        }
        word.push(letter);
    }
    words.push(word);
    let words = words.iter().map(|word| format!("=?UTF-8?B?{}?=", STANDARD.encode(word)));
    words.collect::<Vec<_>>().join("\r\n ")
}

/// A moment as mails have it, in UTC. The day of the week may be left out.
fn date(ms: u64) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let iso = unstuck_diagnose::workspace::iso_time(ms);
    let part = |from: usize, to: usize| iso.get(from..to).unwrap_or_default();
    let month =
        part(5, 7).parse::<usize>().ok().and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    format!("{} {} {} {} +0000", part(8, 10), month.unwrap_or(&"Jan"), part(0, 4), part(11, 19))
}
