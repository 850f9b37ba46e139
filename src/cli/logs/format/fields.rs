//! Fields of a JSON object by any of the names that log libraries give them.

use serde_json::{Map, Value};

/// Objects in which libraries put the fields that a program adds.
const ROOMS: [&str; 12] = [
    "attributes",
    "Attributes",
    "extra",
    "fields",
    "record",
    "record.extra",
    "metadata",
    "context",
    "labels",
    "data",
    "resource",
    "meta",
];

/// The fields of one entry.
pub(super) struct Fields<'a> {
    rooms: Vec<Room<'a>>,
}

/// An object and the marks of its names, a bit each: most names that are asked for are not there, which shows here.
struct Room<'a> {
    fields: &'a Map<String, Value>,
    marks: u64,
}

impl<'a> Room<'a> {
    fn new(fields: &'a Map<String, Value>) -> Self {
        Self { fields, marks: fields.keys().fold(0, |marks, name| marks | mark(name)) }
    }

    fn get(&self, path: &str) -> Option<&'a Value> {
        let first = path.split('.').next().unwrap_or_default();
        let may_have = self.marks & (mark(path) | mark(first)) != 0;
        if may_have { descend(self.fields, path) } else { None }
    }
}

/// The bit of a name, of its length, its first and its last letter.
const fn mark(name: &str) -> u64 {
    match name.as_bytes() {
        [first, .., last] => 1 << ((name.len() + 5 * *first as usize + 11 * *last as usize) % 64),
        _ => 1,
    }
}

impl<'a> Fields<'a> {
    pub(super) fn new(root: &'a Map<String, Value>) -> Self {
        let first = Room::new(root);
        let inner: Vec<_> = ROOMS
            .into_iter()
            .filter_map(|path| Some(Room::new(first.get(path)?.as_object()?)))
            .collect();
        Self { rooms: std::iter::once(first).chain(inner).collect() }
    }

    /// The value of the first of these paths that is there, in the order given.
    pub(super) fn first(&self, paths: &[&str]) -> Option<&'a Value> {
        paths.iter().find_map(|path| {
            let values = self.rooms.iter().filter_map(|room| room.get(path));
            values.map(plain).find(|value| !value.is_null())
        })
    }

    /// The same as a text that is not empty; numbers and objects are written out.
    pub(super) fn text(&self, paths: &[&str]) -> Option<String> {
        self.first(paths).map(as_text).filter(|text| !text.is_empty())
    }

    /// The first of these paths whose value is a number within the range, or a text that is one.
    pub(super) fn number(&self, paths: &[&str], range: std::ops::Range<f64>) -> Option<f64> {
        paths.iter().find_map(|path| {
            let number = match self.first(&[path])? {
                Value::Number(number) => number.as_f64(),
                Value::String(text) => text.trim().parse().ok(),
                _ => None,
            };
            number.filter(|number| range.contains(number))
        })
    }
}

/// A field by its whole name, dots included, or by the way through the objects.
fn descend<'a>(room: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    room.get(path).or_else(|| {
        let (first, rest) = path.split_once('.')?;
        descend(room.get(first)?.as_object()?, rest)
    })
}

/// The value in the envelope of OTLP, such as `{"stringValue": …}`.
fn plain(value: &Value) -> &Value {
    const ENVELOPES: [&str; 4] = ["stringValue", "intValue", "doubleValue", "boolValue"];
    let inner = value.as_object().filter(|object| object.len() == 1);
    inner.and_then(|object| ENVELOPES.iter().find_map(|name| object.get(*name))).unwrap_or(value)
}

pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        // The journal writes a text with control characters as an array of bytes.
        Value::Array(bytes) if !bytes.is_empty() && bytes.iter().all(is_byte) => {
            let bytes: Vec<u8> =
                bytes.iter().filter_map(|byte| u8::try_from(byte.as_u64()?).ok()).collect();
            String::from_utf8_lossy(&bytes).into_owned()
        }
        other => other.to_string(),
    }
}

fn is_byte(value: &Value) -> bool {
    value.as_u64().is_some_and(|number| number < 256)
}
