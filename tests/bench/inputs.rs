//! The answers that the benches measure with, built from `inputs.json`.

use serde_json::Value;
use unstuck_diagnose::Failure;

type Cases = Vec<(String, Failure)>;

/// Each kind of answer in every size, and the hostile ones.
pub(crate) fn groups() -> Vec<(String, Cases)> {
    let inputs: Value =
        serde_json::from_str(include_str!("inputs.json")).expect("inputs.json is JSON");
    let call = Failure::from_json(&inputs["call"]).expect("`call` is an object");
    let mut groups: Vec<(String, Cases)> = entries(&inputs["kinds"])
        .map(|(kind, parts)| {
            let failure = |bytes| Failure {
                status: parts["status"].as_u64().and_then(|status| u16::try_from(status).ok()),
                body: Some(filled(parts, bytes)),
                ..call.clone()
            };
            let sized = |(name, bytes): (&String, &Value)| (name.clone(), failure(count(bytes)));
            (kind.clone(), entries(&inputs["sizes"]).map(sized).collect())
        })
        .collect();
    let hostile = entries(&inputs["hostile"]).map(|(name, parts)| {
        let middle = text(&parts["repeat"]).repeat(count(&parts["times"]));
        let body = format!("{}{middle}{}", text(&parts["before"]), text(&parts["after"]));
        (name.clone(), Failure { status: Some(400), body: Some(body), ..call.clone() })
    });
    groups.push(("hostile".to_owned(), hostile.collect()));
    groups
}

/// As many bytes as asked for, or a character less: the filler is repeated and cut.
fn filled(parts: &Value, bytes: usize) -> String {
    let (before, after) = (text(&parts["before"]), text(&parts["after"]));
    let rule = bytes.saturating_sub(before.len() + after.len());
    let filler = text(&parts["filler"]);
    let mut filler = filler.repeat(rule / filler.len() + 1);
    filler.truncate((0..=rule).rev().find(|&at| filler.is_char_boundary(at)).unwrap_or(0));
    format!("{before}{filler}{after}")
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().expect("an object").iter()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn count(value: &Value) -> usize {
    value.as_u64().expect("a number") as usize
}
