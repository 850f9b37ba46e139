//! The settings as they are kept: only what was changed is written. What this version does not understand may be a newer
//! one's, and stays as it is.

use serde::Deserialize;
use serde_json::Value;

use unstuck_engine::{Fallback, HiddenSite, Settings, Source};

/// A change of the settings that a press on a card makes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// This source answers a failure of this cause from now on.
    Fallback(Fallback),
    /// A source is this from now on.
    Source(Source),
    /// Messages of chats may be read.
    LeaveToRead,
    /// The launcher is hidden on this site.
    Hidden(HiddenSite),
    /// The time is this, in milliseconds since 1970: what was hidden until then is shown again.
    ShownAgain(u64),
}

/// The settings with a change.
#[must_use]
pub fn changed(settings: &Settings, change: Change) -> Settings {
    let mut changed = settings.clone();
    match change {
        Change::Fallback(fallback) => {
            changed.fallbacks.retain(|known| known.cause != fallback.cause);
            changed.fallbacks.push(fallback);
        }
        Change::Source(source) => {
            let known = changed.sources.iter_mut().find(|known| known.id == source.id);
            if let Some(known) = known {
                *known = source;
            }
        }
        Change::LeaveToRead => changed.assistant.may_read = true,
        Change::Hidden(hidden) => {
            changed.hidden.retain(|known| known.site != hidden.site);
            changed.hidden.push(hidden);
        }
        Change::ShownAgain(now_ms) => changed.hidden.retain(|hidden| hidden.holds(now_ms)),
    }
    changed
}

/// What is to be kept: `kept` with what differs between what this version `understood` of it and what it is to be.
#[must_use]
pub fn merged(kept: Value, understood: &Value, ours: Value) -> Value {
    if *understood == ours {
        return kept;
    }
    match (kept, ours) {
        (Value::Null, ours) => ours,
        (Value::Object(mut kept), Value::Object(ours)) => {
            for (name, value) in ours {
                let before = kept.remove(&name).unwrap_or_default();
                let value = merged(before, &understood[&name], value);
                kept.insert(name, value);
            }
            Value::Object(kept)
        }
        (Value::Array(kept), Value::Array(ours)) => list(kept, understood, ours),
        (_, ours) => ours,
    }
}

/// Entries are told apart by their ids, fallbacks by their causes. One that this version does not understand is not in the list that it was shown, so it
/// was not taken out of it.
fn list(kept: Vec<Value>, understood: &Value, ours: Vec<Value>) -> Value {
    let understood = understood.as_array().map(Vec::as_slice).unwrap_or_default();
    let unknown = kept
        .iter()
        .filter(|item| key(item).is_some())
        .filter(|item| find(understood, item).is_none() && find(&ours, item).is_none());
    let unknown: Vec<_> = unknown.cloned().collect();
    let items = ours.into_iter().map(|item| match find(&kept, &item).cloned() {
        Some(known) => merged(known, find(understood, &item).unwrap_or(&Value::Null), item),
        None => item,
    });
    items.chain(unknown).collect()
}

fn find<'a>(list: &'a [Value], item: &Value) -> Option<&'a Value> {
    let wanted = key(item)?;
    list.iter().find(|known| key(known) == Some(wanted))
}

fn key(item: &Value) -> Option<&Value> {
    item.get("id").or_else(|| item.get("cause"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use unstuck_diagnose::Cause;

    fn after(kept: &Value, understood: &Value, ours: &Value) -> Value {
        merged(kept.clone(), understood, ours.clone())
    }

    #[test]
    fn unchanged_settings_stay_untouched() {
        let kept = json!({"theme": "sepia", "sites": [1]});
        let understood = json!({"theme": "system", "sites": []});
        assert_eq!(after(&kept, &understood, &understood), kept);
    }

    #[test]
    fn first_settings_are_kept_whole() {
        let ours = json!({"theme": "dark"});
        assert_eq!(after(&Value::Null, &json!({"theme": "system"}), &ours), ours);
    }

    #[test]
    fn newer_fields_survive_a_save() {
        let kept = json!({"theme": "sepia", "agreed": 1, "sources": [{"id": "a", "model": "m", "voice": "v"}]});
        let understood =
            json!({"theme": "system", "agreed": 1, "sources": [{"id": "a", "model": "m"}]});
        let ours = json!({"theme": "system", "agreed": 1, "sources": [{"id": "a", "model": "n"}]});
        let kept_now = after(&kept, &understood, &ours);
        assert_eq!(
            kept_now,
            json!({"theme": "sepia", "agreed": 1, "sources": [{"id": "a", "model": "n", "voice": "v"}]})
        );
    }

    // A source of a dialect that this version cannot speak is not shown, so nobody took it out.
    #[test]
    fn unreadable_sources_survive_a_save() {
        let kept =
            json!({"sources": [{"id": "a"}, {"id": "new", "dialect": "telepathy"}, {"id": "b"}]});
        let understood = json!({"sources": [{"id": "a"}, {"id": "b"}]});
        let ours = json!({"sources": [{"id": "b"}]});
        let left = json!({"sources": [{"id": "b"}, {"id": "new", "dialect": "telepathy"}]});
        assert_eq!(after(&kept, &understood, &ours), left);
    }

    #[test]
    fn newer_fallbacks_survive_a_save() {
        let old = json!({"cause": "server_error", "source": "a"});
        let newer = json!({"cause": "solar_flare", "source": "a"});
        let chosen = json!({"cause": "rate_limited", "source": "b"});
        let kept = json!({"fallbacks": [old, newer]});
        let understood = json!({"fallbacks": [old]});
        let added = after(&kept, &understood, &json!({"fallbacks": [old, chosen]}));
        assert_eq!(added, json!({"fallbacks": [old, chosen, newer]}));
        let forgotten = after(&kept, &understood, &json!({"fallbacks": []}));
        assert_eq!(forgotten, json!({"fallbacks": [newer]}));
    }

    #[test]
    fn lists_without_ids_are_replaced() {
        let ours = json!({"sites": ["https://b.test"]});
        assert_eq!(
            after(
                &json!({"sites": ["https://a.test"]}),
                &json!({"sites": ["https://a.test"]}),
                &ours
            ),
            ours
        );
    }

    #[test]
    fn one_fallback_for_each_cause() {
        let fallback = |cause, source: &str| Fallback { cause, source: source.into() };
        let before = Settings {
            fallbacks: vec![fallback(Cause::RateLimited, "a"), fallback(Cause::ServerError, "a")],
            ..Settings::default()
        };
        let after = changed(&before, Change::Fallback(fallback(Cause::RateLimited, "b")));
        let wanted = vec![fallback(Cause::ServerError, "a"), fallback(Cause::RateLimited, "b")];
        assert_eq!(after.fallbacks, wanted);
    }

    #[test]
    fn a_change_meets_one_source() {
        let source = |id: &str| Source {
            id: id.into(),
            base_url: "https://old.test/v1".into(),
            ..Source::default()
        };
        let before = Settings { sources: vec![source("a"), source("b")], ..Settings::default() };
        let moved = Source { base_url: "https://new.test/v1".into(), ..source("b") };
        let after = changed(&before, Change::Source(moved));
        let bases: Vec<_> = after.sources.iter().map(|source| source.base_url.as_str()).collect();
        assert_eq!(bases, ["https://old.test/v1", "https://new.test/v1"]);
    }
}
