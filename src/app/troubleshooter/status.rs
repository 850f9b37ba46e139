//! A service's status page: where to read it, what it tells, and whether that is about what was called.
//!
//! Two kinds of JSON are read (Statuspage's, and incident.io's own), a feed where there is neither. A page may lie, lag,
//! or be no status page at all: what was seen of the call always counts for more.

use serde::{Deserialize, Serialize};

use super::{Line, Standing};
use unstuck_diagnose::{
    Diagnosis, Provider,
    workspace::{Url, http_date, rfc3339},
};
use unstuck_source::json::{find, items, text};

/// As many addresses of a page are read at once; more of them only when none of these told anything.
pub(super) const AT_ONCE: usize = 2;
/// As many incidents are told.
const MAX_SHOWN: usize = 4;
/// As many entries of a list are read.
const READ: usize = 200;
/// Longest name of an incident or a part, in characters.
const NAME_LIMIT: usize = 120;
/// An entry of a feed that is older is over, in milliseconds.
const FEED_SPAN_MS: u64 = 24 * 3_600_000;

/// What a status page tells.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Report {
    /// Incidents and maintenance that are not over.
    pub incidents: Vec<Incident>,
    /// Parts of the service that are not well, with their state.
    pub parts: Vec<(String, String)>,
}

/// An incident, or a maintenance that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Incident {
    /// Its title.
    pub name: String,
    /// How it stands, in the page's own word.
    pub state: String,
    /// Its own page.
    pub url: Option<String>,
    /// The parts of the service that it names.
    pub parts: Vec<String>,
    /// Whether it was planned.
    pub planned: bool,
}

/// Words by which a service's parts name what was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Called<'a> {
    parts: &'static [&'static str],
    host: &'a str,
}

impl<'a> Called<'a> {
    /// What was called, told from its provider and host.
    #[must_use]
    pub fn of(provider: Option<Provider>, host: Option<&'a str>) -> Self {
        let parts: &[&str] = match provider {
            Some(Provider::ChatGptWeb) => &["chatgpt", "conversations", "login", "web"],
            Some(Provider::ClaudeWeb) => &["claude ai"],
            Some(Provider::GeminiWeb) => &["gemini"],
            Some(Provider::OpenAi) => &["api", "apis", "chat completions", "responses", "models"],
            _ => &["api", "apis", "inference", "chat completions", "models", "completions"],
        };
        Self { parts, host: host.unwrap_or_default() }
    }

    fn is(self, name: &str) -> bool {
        let plain = spaced(name);
        let host = spaced(self.host);
        (host.len() > 2 && plain.contains(&host))
            || self.parts.iter().any(|part| plain.contains(&[" ", part, " "].concat()))
    }
}

/// The addresses that are read of a page, the likeliest first.
#[must_use]
pub fn addresses(page: &str) -> Vec<String> {
    let page = page.trim_end_matches('/');
    let host = Url::read(page).map_or("", Url::host);
    let feed = if host == "status.x.ai" { "/feed.xml" } else { "/history.atom" };
    ["/api/v2/summary.json", "/api/v2/incidents/unresolved.json", &["/proxy/", host].concat(), feed]
        .iter()
        .map(|path| [page, path].concat())
        .collect()
}

/// What the answers tell; `None` when none of them is a status page's.
#[must_use]
pub fn read(page: &str, answers: &[Option<String>], now_ms: u64) -> Option<Report> {
    let mut report: Option<Report> = None;
    for answer in answers.iter().flatten() {
        let found = if answer.trim_start().starts_with('{') {
            json(page, answer)
        } else if report.is_none() {
            feed(page, answer, now_ms)
        } else {
            None
        };
        let Some(found) = found else { continue };
        let known = report.get_or_insert_default();
        for incident in found.incidents {
            if !known.incidents.iter().any(|other| other.name == incident.name) {
                known.incidents.push(incident);
            }
        }
        for part in found.parts {
            if !known.parts.contains(&part) {
                known.parts.push(part);
            }
        }
    }
    report
}

fn json(page: &str, answer: &str) -> Option<Report> {
    let list = |path: &[&str]| {
        let list = items(find(answer, path).filter(|list| list.starts_with('['))?);
        Some(list.into_iter().take(READ).collect::<Vec<_>>())
    };
    let own = list(&["summary", "ongoing_incidents"]);
    let incidents = own.clone().or_else(|| list(&["incidents"]));
    let components = list(&["components"]);
    if incidents.is_none()
        && components.is_none()
        && find(answer, &["status", "indicator"]).is_none()
    {
        return None;
    }
    let planned = list(&["scheduled_maintenances"])
        .or_else(|| list(&["summary", "in_progress_maintenances"]))
        .unwrap_or_default();
    let planned = planned.into_iter().filter(|one| {
        own.is_some() || matches!(word(one, "status").as_str(), "in_progress" | "verifying")
    });
    let incidents = incidents.unwrap_or_default().into_iter();
    let incidents =
        incidents.map(|one| incident(page, one, false)).filter(|one| !is_over(&one.state));
    let planned = planned.map(|one| incident(page, one, true));
    let unwell = |one: &&str| {
        find(one, &["group"]) != Some("true")
            && !matches!(word(one, "status").as_str(), "operational" | "")
    };
    let parts = components.unwrap_or_default().into_iter().filter(unwell);
    let mut parts: Vec<_> = parts.map(|one| (word(one, "name"), word(one, "status"))).collect();
    for hit in list(&["summary", "affected_components"]).unwrap_or_default() {
        let id = word(hit, "component_id");
        let all = list(&["summary", "components"]).unwrap_or_default();
        if let Some(part) = all.into_iter().find(|part| word(part, "id") == id) {
            parts.push((word(part, "name"), word(hit, "status")));
        }
    }
    Some(Report { incidents: incidents.chain(planned).collect(), parts })
}

fn incident(page: &str, one: &str, planned: bool) -> Incident {
    let named = |list: &str| {
        let list = find(one, &[list]).map(items).unwrap_or_default();
        list.into_iter().map(|part| word(part, "name")).collect::<Vec<_>>()
    };
    let link = [word(one, "shortlink"), word(one, "url")];
    Incident {
        name: word(one, "name"),
        state: word(one, "status"),
        url: link.into_iter().find(|link| leads_there(page, link)),
        parts: [named("components"), named("affected_components")].concat(),
        planned,
    }
}

/// Whether a link stays with the page that names it, or with the shortener of Statuspage.
fn leads_there(page: &str, link: &str) -> bool {
    let below = |root: &str| {
        link.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    link.bytes().all(|b| b.is_ascii_graphic()) && (below(page) || below("https://stspg.io"))
}

fn is_over(state: &str) -> bool {
    matches!(state, "resolved" | "postmortem" | "completed")
}

fn word(json: &str, key: &str) -> String {
    clipped(&find(json, &[key]).and_then(text).unwrap_or_default())
}

fn clipped(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(NAME_LIMIT).collect()
}

/// The entries of an Atom or RSS feed of the last day that do not say that they are over.
fn feed(page: &str, answer: &str, now_ms: u64) -> Option<Report> {
    let mut end = answer.len().min(2_048);
    while !answer.is_char_boundary(end) {
        end -= 1;
    }
    let head = &answer[..end];
    let mark = if head.contains("<feed") {
        "<entry"
    } else if head.contains("<rss") {
        "<item"
    } else {
        return None;
    };
    let incidents = answer.split(mark).skip(1).filter_map(|entry| {
        let date = inside(entry, "updated").or_else(|| inside(entry, "pubDate"))?;
        let at_ms = rfc3339(date).or_else(|| http_date(date))?;
        let plain = spaced(entry);
        let over = ["resolved", "completed", "operational"];
        if now_ms.saturating_sub(at_ms) > FEED_SPAN_MS
            || over.iter().any(|word| plain.contains(word))
        {
            return None;
        }
        Some(Incident {
            name: clipped(inside(entry, "title")?),
            url: inside(entry, "link").filter(|link| leads_there(page, link)).map(str::to_owned),
            ..Incident::default()
        })
    });
    Some(Report { incidents: incidents.collect(), parts: Vec::new() })
}

/// What stands between a tag and its end.
fn inside<'a>(entry: &'a str, tag: &str) -> Option<&'a str> {
    let (_, rest) = entry.split_once(&["<", tag].concat())?;
    let (_, rest) = rest.split_once('>')?;
    let (inside, _) = rest.split_once("</")?;
    let inside = inside.trim();
    Some(inside.strip_prefix("<![CDATA[").map_or(inside, |text| text.trim_end_matches("]]>")))
}

/// Lower case, with a blank for whatever is neither letter nor digit, and one at each end.
fn spaced(text: &str) -> String {
    let plain =
        |letter: char| if letter.is_alphanumeric() { letter.to_ascii_lowercase() } else { ' ' };
    [" ".to_owned(), text.chars().map(plain).collect(), " ".to_owned()].concat()
}

/// What the page tells, in lines. Trouble with what was called comes first; trouble elsewhere is no finding.
#[must_use]
pub(super) fn tell(
    report: Option<&Report>,
    page: &str,
    at_ms: u64,
    called: &Called<'_>,
    diagnosis: &Diagnosis,
) -> (Standing, Vec<Line>) {
    let Some(report) = report else {
        return (Standing::CouldNot, vec![Line::new("step_status_unreadable").to(page)]);
    };
    let concerns = |incident: &&Incident| {
        called.is(&incident.name) || incident.parts.iter().any(|part| called.is(part))
    };
    let (ours, others): (Vec<_>, Vec<_>) = report.incidents.iter().partition(concerns);
    let parts = report.parts.iter().filter(|(name, _)| called.is(name));
    let line = |key: &'static str, incident: &Incident| {
        let state = incident.state.replace('_', " ");
        let link = incident.url.clone().unwrap_or_else(|| page.to_owned());
        Line::new(key).with(incident.name.clone()).with(state).to(link)
    };
    let key = |incident: &Incident| match (incident.planned, incident.state.is_empty()) {
        (true, _) => "step_status_maintenance",
        (false, true) => "step_status_entry",
        (false, false) => "step_status_incident",
    };
    let mut lines: Vec<_> =
        ours.iter().take(MAX_SHOWN).map(|incident| line(key(incident), incident)).collect();
    lines.extend(parts.take(MAX_SHOWN).map(|(name, state)| {
        Line::new("step_status_part").with(name.clone()).with(state.replace('_', " "))
    }));
    let standing = if lines.is_empty() { Standing::Nothing } else { Standing::Found };
    if standing == Standing::Nothing {
        let all_well = others.is_empty() && report.parts.is_empty();
        lines.push(if all_well {
            Line::new("step_status_well").to(page)
        } else {
            Line::new("step_status_elsewhere")
        });
        if matches!(diagnosis.cause.fault(), unstuck_diagnose::Fault::Provider) {
            lines.push(Line::new("step_status_lag"));
        }
    }
    lines.extend(others.iter().take(MAX_SHOWN).map(|other| line("step_status_other", other)));
    lines.push(Line::new("step_status_as_of").at(at_ms));
    (standing, lines)
}
