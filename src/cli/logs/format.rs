//! Which format an entry has, told from itself: one file may hold several.

mod access;
mod fields;
pub(super) mod har;
mod json;
mod logfmt;
mod sdk;
mod server_error;
pub(super) mod text;
pub(super) mod wrapper;

use serde_json::Value;

use super::{
    ids,
    record::{Level, Record},
    time::{Clock, Stamp},
};

/// So many formats can be within each other: a runtime's, the journal's, a shipper's, the program's.
const DEPTH: u8 = 4;

/// Everything that an entry tells.
pub(super) fn read(text: &str, stamp: Option<Stamp>, level: Level, clock: &Clock) -> Vec<Record> {
    within(text, stamp, level, clock, DEPTH)
}

fn within(text: &str, stamp: Option<Stamp>, level: Level, clock: &Clock, depth: u8) -> Vec<Record> {
    let text = text.trim();
    let records = match object(text) {
        Some(object) => match json::read(&object, clock) {
            json::Found::Records(records) => records,
            json::Found::Inner { text: inner, stamp: outer, level: said, ids: outer_ids }
                if depth > 0 =>
            {
                let wrapped = wrapper::Wrapped::new(&inner, clock);
                let mut records =
                    within(&wrapped.text, wrapped.stamp, wrapped.level, clock, depth - 1);
                for record in &mut records {
                    *record = std::mem::take(record).within(outer, said);
                    outer_ids.iter().for_each(|id| ids::add(&mut record.ids, Some(id.clone())));
                }
                records
            }
            json::Found::Inner { .. } => vec![json::record(&object, clock)],
        },
        None => vec![line(text, clock)],
    };
    let settled = |mut record: Record| {
        sdk::settle(&mut record.facts);
        record.within(stamp, level)
    };
    records.into_iter().map(settled).collect()
}

fn object(text: &str) -> Option<serde_json::Map<String, Value>> {
    if !text.starts_with('{') {
        return None;
    }
    match crate::json::parse(text) {
        Ok(Value::Object(object)) => Some(object),
        _ => None,
    }
}

fn line(text: &str, clock: &Clock) -> Record {
    access::read(text, clock)
        .or_else(|| server_error::read(text, clock))
        .or_else(|| logfmt::read(text).map(|object| json::record(&object, clock)))
        .unwrap_or_else(|| text::read(text, clock))
}
