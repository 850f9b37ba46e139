//! The answer of Elasticsearch's bulk interface: 200, and a status for each record.

use unstuck_source::json::{find, items};

use super::verdict::Verdict;

/// Reads it. What it does not mention, because it was cut, is sent again: each record has its own id, and one that is there
/// already (409) has arrived.
pub(super) fn read(body: &str, sent: usize) -> Verdict {
    if find(body, &["errors"]) == Some("false") {
        return Verdict::Accepted;
    }
    let list = body.find("\"items\"").and_then(|at| body[at..].find('[').map(|from| at + from));
    let Some(from) = list else { return Verdict::Unknown("sink_unexpected") };
    let (mut again, mut refused) = (Vec::new(), 0);
    let answered = items(&body[from..]);
    for (at, item) in answered.iter().enumerate() {
        match find(item, &["create", "status"]).and_then(|status| status.parse().ok()) {
            Some(200..300 | 409) => {}
            Some(429 | 500..) | None => again.push(at),
            Some(_) => refused += 1,
        }
    }
    again.extend(answered.len()..sent);
    match (again.is_empty(), refused) {
        (true, 0) => Verdict::Accepted,
        (false, 0) => Verdict::Partly { again, refused, why: "sink_too_many" },
        _ => Verdict::Partly { again, refused, why: "sink_partly" },
    }
}
