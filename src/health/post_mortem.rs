//! A draft of a post-mortem of one incident, in Markdown: what was counted here, and blanks for what nobody here can know. It has
//! the sections of the one that `unstuck logs --post-mortem` makes, and like that names no culprit.

use unstuck_diagnose::{Messages, workspace::wait_in_words};

use crate::{
    Incident, Loss, Telling,
    channel::message::{Message, Step, minute, told},
};

/// An incident that is over, and what became of the messages about it.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The incident.
    pub incident: &'a Incident,
    /// The messages about it that a channel took.
    pub told: &'a [Telling],
    /// The messages about it that never arrived.
    pub lost: &'a [Loss],
}

/// The draft; none while the incident lasts. Trouble on this side has one, too: it is for the person alone.
#[must_use]
pub fn draft(case: Case<'_>, words: &dyn Messages) -> Option<String> {
    let incident = case.incident;
    let ended_ms = incident.ended_ms?;
    let get = |key: &str| words.get(&["post_mortem_", key].concat(), &[]);
    let blank = ["_", &get("blank"), "_"].concat();
    let title = title(Step::WasDown, incident, words);
    let mut lines =
        vec![["# ", &words.get("post_mortem_title", &[&plain(&title)])].concat(), get("made")];
    let mut section = |name: &str, body: Vec<String>| {
        lines.push(["## ", &get(name)].concat());
        lines.push(body.join("\n"));
    };
    let times = [&*minute(incident.started_ms), &*minute(ended_ms)];
    section("summary", vec![words.get("post_mortem_times", &[&plain(&title), times[0], times[1]])]);
    section("impact", vec![impact(incident, words), bullet(&get("people"), &blank)]);
    section("timeline", timeline(case, words));
    let lasted = wait_in_words(ended_ms.saturating_sub(incident.started_ms), words);
    let detection = [("post_mortem_detected", &blank), ("post_mortem_lasted", &lasted)];
    section(
        "detection",
        detection.map(|(key, time)| ["- ", &words.get(key, &[time])].concat()).into(),
    );
    let mut causes = vec![row(&[&get("cause"), &get("failures"), &get("first"), &get("last")])];
    causes.push("|---|--:|---|---|".to_owned());
    causes.extend(incident.causes.iter().map(|span| {
        let name = words.get(&[span.cause.id(), "_name"].concat(), &[]);
        let cause = [&name, " (`", span.cause.id(), "`)"].concat();
        row(&[&cause, &span.count.to_string(), &minute(span.first_ms), &minute(span.last_ms)])
    }));
    causes.extend([String::new(), words.get("post_mortem_root", &[&blank])]);
    section("causes", causes);
    let deeds = incident.deeds.iter().map(|deed| ["- ", &plain(&told(deed, words))].concat());
    section("did", or(deeds.collect(), get("did_nothing")));
    section("whom", or(whom(case, words), get("nobody")));
    section("helped", vec![blank.clone()]);
    section(
        "questions",
        ["why", "how_many", "status"].map(|key| ["- ", &get(key)].concat()).into(),
    );
    let actions = row(&[&get("action"), &get("owner"), &get("due")]);
    section("actions", vec![actions, "|---|---|---|".to_owned(), "| | | |".to_owned()]);
    Some([&lines.join("\n\n"), "\n"].concat())
}

/// What an incident is called in one sentence, before or after its end.
#[must_use]
pub fn title(step: Step, incident: &Incident, words: &dyn Messages) -> String {
    let now_ms = incident.ended_ms.unwrap_or(incident.started_ms);
    Message::new(step, incident, now_ms, words)
        .map_or_else(|| words.get("post_mortem_local", &[]), |message| message.title)
}

fn impact(incident: &Incident, words: &dyn Messages) -> String {
    if incident.asks == 0 {
        return ["- ", &words.get("post_mortem_uncounted", &[])].concat();
    }
    let share = u64::from(incident.failures) * 100 / u64::from(incident.asks);
    let counts = [incident.failures, incident.asks].map(|count| count.to_string());
    let told = words.get("post_mortem_failed", &[&counts[0], &counts[1], &share.to_string()]);
    ["- ", &told].concat()
}

/// What happened, in the order in which it did.
fn timeline(case: Case<'_>, words: &dyn Messages) -> Vec<String> {
    let incident = case.incident;
    let mut events = vec![(incident.started_ms, title(Step::Trigger, incident, words))];
    events.extend(incident.causes.iter().map(|span| {
        let name = words.get(&[span.cause.id(), "_name"].concat(), &[]);
        (span.first_ms, words.get("post_mortem_seen", &[&name]))
    }));
    events.extend(
        case.told.iter().map(|told| (told.at_ms, words.get("post_mortem_told", &[&told.channel]))),
    );
    if let Some(ended_ms) = incident.ended_ms {
        events.push((ended_ms, title(Step::Resolve, incident, words)));
    }
    let get = |key: &str| words.get(&["post_mortem_", key].concat(), &[]);
    let mut rows = vec![row(&[&get("time"), &get("what")]), "|---|---|".to_owned()];
    // A sort would weigh more than the rest of this file.
    while let Some(first) = (0..events.len()).min_by_key(|&at| events[at].0) {
        let (ms, what) = events.remove(first);
        rows.push(row(&[&minute(ms), &plain(&what)]));
    }
    let says = if incident.status_words.is_empty() {
        ["_", &get("blank"), "_"].concat()
    } else {
        plain(&incident.status_words)
    };
    rows.push(row(&["", &words.get("post_mortem_says", &[&says])]));
    rows
}

fn whom(case: Case<'_>, words: &dyn Messages) -> Vec<String> {
    let told = case.told.iter().map(|told| ("post_mortem_took", &told.channel, told.at_ms));
    let lost = case.lost.iter().map(|lost| ("post_mortem_lost", &lost.channel, lost.at_ms));
    told.chain(lost)
        .map(|(key, channel, at_ms)| {
            ["- ", &words.get(key, &[&plain(channel), &minute(at_ms)])].concat()
        })
        .collect()
}

fn or(lines: Vec<String>, none: String) -> Vec<String> {
    if lines.is_empty() { vec![none] } else { lines }
}

fn bullet(name: &str, value: &str) -> String {
    ["- ", name, ": ", value].concat()
}

fn row(cells: &[&str]) -> String {
    ["| ", &cells.join(" | "), " |"].concat()
}

/// A text of somebody else in which Markdown finds nothing to do.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in crate::channel::line(text, 500).chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '!')
        {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::{CauseSpan, Deed, Kind, Message as Said};
    use unstuck_diagnose::{Catalogue, Cause};

    const START: u64 = 1_787_392_330_000;
    const MINUTE: u64 = 60_000;

    static WORDS: LazyLock<Catalogue> = LazyLock::new(|| {
        let path =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../extension/_locales/en/messages.json");
        Catalogue::parse(&std::fs::read_to_string(path).unwrap()).unwrap()
    });

    fn incident(ended_ms: Option<u64>) -> Incident {
        let span = |cause, first, last, count| CauseSpan {
            cause,
            first_ms: START + first * MINUTE,
            last_ms: START + last * MINUTE,
            count,
        };
        Incident {
            key: "salt:a".into(),
            source: "A|B".into(),
            kind: Kind::Failing,
            started_ms: START,
            ended_ms,
            causes: vec![span(Cause::ServerError, 0, 9, 5), span(Cause::BadGateway, 4, 8, 2)],
            asks: 9,
            failures: 7,
            status_words: "Elevated *error* rates".into(),
            deeds: vec![Deed::Retried(12)],
        }
    }

    fn draft_of(incident: &Incident) -> Option<String> {
        let at = |channel: &str, minutes| (channel.to_owned(), START + minutes * MINUTE);
        let ((slack, told_ms), (pager, lost_ms)) = (at("slack", 3), at("pager", 6));
        let key = incident.key.clone();
        let told = Telling {
            key: key.clone(),
            started_ms: START,
            channel: slack,
            message: Said::Trigger,
            at_ms: told_ms,
        };
        let lost =
            Loss { channel: pager, key, message: Said::Trigger, at_ms: lost_ms, refused: true };
        draft(Case { incident, told: &[told], lost: &[lost] }, &*WORDS)
    }

    #[test]
    fn tells_times_causes_counts_deeds() {
        let text = draft_of(&incident(Some(START + 20 * MINUTE))).unwrap();
        for part in [
            "# Post-mortem (draft): A\\|B did not answer for 20 minutes\n",
            "From 2026-08-22 09:52 UTC to 2026-08-22 10:12 UTC.",
            "- 7 of 9 requests failed (77 %).",
            "| 2026-08-22 09:56 UTC | First “",
            "| 2026-08-22 10:12 UTC | A\\|B answers again |",
            "(`server_error`) | 5 | 2026-08-22 09:52 UTC | 2026-08-22 10:01 UTC |",
            "Elevated \\*error\\* rates",
            "- Asked again: 12",
            "- slack took the message of 2026-08-22 09:55 UTC.",
            "- pager never took the message of 2026-08-22 09:58 UTC.",
            "_To be filled in_",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        let rows: Vec<_> = text.lines().filter(|line| line.starts_with("| 2026")).collect();
        assert!(rows.is_sorted(), "{text}");
    }

    #[test]
    fn running_incidents_have_no_draft() {
        assert_eq!(draft_of(&incident(None)), None);
    }

    #[test]
    fn own_trouble_has_a_draft() {
        let local = Incident {
            kind: Kind::Local,
            source: String::new(),
            asks: 0,
            failures: 0,
            causes: Vec::new(),
            deeds: Vec::new(),
            status_words: String::new(),
            ..incident(Some(START + MINUTE))
        };
        let text = draft(Case { incident: &local, told: &[], lost: &[] }, &*WORDS).unwrap();
        assert!(text.contains("Nobody was told."), "{text}");
        assert!(!text.contains("of 0"), "{text}");
    }
}
