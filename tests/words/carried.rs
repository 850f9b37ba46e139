//! The words that the library carries are those of the catalogue.

use std::fs;

use serde_json::Value;
use unstuck_diagnose::workspace::is_told;

use super::catalogue::ENGLISH;

const CARRIED: &str = "src/diagnose/messages/en.json";

#[test]
fn library_carries_every_telling_unchanged() {
    let read = |path: &str| -> serde_json::Map<String, Value> {
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    let mut told = read(ENGLISH);
    told.retain(|key, _| is_told(key));
    for message in told.values_mut().filter_map(Value::as_object_mut) {
        message.remove("description");
        let placeholders = message.get_mut("placeholders").and_then(Value::as_object_mut);
        for placeholder in placeholders.into_iter().flat_map(|all| all.values_mut()) {
            placeholder.as_object_mut().unwrap().remove("example");
        }
    }
    let carried = read(&format!("{}/../../{CARRIED}", env!("CARGO_MANIFEST_DIR")));
    assert!(
        carried == told,
        "cargo xtask words extension/_locales/en/messages.json {CARRIED} writes them anew"
    );
}
