//! Words from a `messages.json`, for everything that is not a browser.

use serde_json::{Map, Value};

use super::{Messages, fill};

/// The messages of one language, read from the browser's own format.
///
/// ```
/// use unstuck_diagnose::{Catalogue, Messages};
///
/// let german = r#"{ "action_retry": { "message": "Erneut versuchen" } }"#;
/// assert_eq!(Catalogue::parse(german)?.get("action_retry", &[]), "Erneut versuchen");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    messages: Map<String, Value>,
}

impl Catalogue {
    /// Reads a `messages.json`.
    ///
    /// # Errors
    /// When the text is not JSON or not in the format of `chrome.i18n`.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        Ok(Self { messages: serde_json::from_str(json)? })
    }

    /// These messages in another language, given as a `messages.json` that needs no placeholders: each has those of the
    /// message that it translates, and the form of a plural category those of its plain key. What is not translated stays
    /// as it is.
    ///
    /// # Errors
    /// When the text is not JSON or not in the format of `chrome.i18n`.
    pub fn translated(mut self, json: &str) -> Result<Self, serde_json::Error> {
        for (key, mut message) in serde_json::from_str::<Map<String, Value>>(json)? {
            let plain = || key.rsplit_once('_').and_then(|(plain, _)| self.messages.get(plain));
            let own = self.messages.get(&key).filter(|own| own.get("placeholders").is_some());
            let placeholders = own.or_else(plain).and_then(|own| own.get("placeholders"));
            if let (Some(placeholders), Some(message)) = (placeholders, message.as_object_mut()) {
                message.insert("placeholders".to_owned(), placeholders.clone());
            }
            self.messages.insert(key, message);
        }
        Ok(self)
    }

    /// The English words of every explanation.
    #[must_use]
    pub fn english() -> Self {
        Self::parse(include_str!("en.json")).unwrap_or_default()
    }

    /// The keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.messages.keys().map(String::as_str)
    }
}

impl Messages for Catalogue {
    fn find(&self, key: &str, arguments: &[&str]) -> Option<String> {
        let entry = self.messages.get(key)?;
        let content =
            |name: &str| Some(entry["placeholders"][name]["content"].as_str()?.to_owned());
        Some(fill(entry["message"].as_str()?, &content, arguments))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_fill_as_in_the_browser() {
        let json = r#"{
            "wait": {"message": "$PROVIDER$ asked for $Wait$.", "placeholders": {"provider": {"content": "$1"}, "wait": {"content": "$2"}}},
            "price": {"message": "It costs $$5, $1!"}
        }"#;
        let messages = Catalogue::parse(json).unwrap();
        assert_eq!(messages.get("wait", &["OpenAI", "20 s"]), "OpenAI asked for 20 s.");
        assert_eq!(messages.get("wait", &["OpenAI"]), "OpenAI asked for .");
        assert_eq!(messages.get("price", &["friend"]), "It costs $5, friend!");
        assert_eq!(messages.find("none", &[]), None);
        assert_eq!(messages.get("none", &[]), "none");
    }

    #[test]
    fn translations_borrow_placeholders_and_gaps() {
        let english = r#"{
            "language_tag": {"message": "en"},
            "hours": {"message": "$COUNT$ hours", "placeholders": {"count": {"content": "$1"}}},
            "hours_one": {"message": "1 hour"},
            "retry": {"message": "Try again"}
        }"#;
        let russian = r#"{
            "language_tag": {"message": "ru"},
            "hours": {"message": "$COUNT$ часа"},
            "hours_one": {"message": "$COUNT$ час"},
            "hours_few": {"message": "$COUNT$ часа"},
            "hours_many": {"message": "$COUNT$ часов"}
        }"#;
        let english = Catalogue::parse(english).unwrap();
        let messages = english.clone().translated(russian).unwrap();
        let told = [1, 2, 5, 21].map(|hours| messages.count("hours", hours));
        assert_eq!(told, ["1 час", "2 часа", "5 часов", "21 час"]);
        assert_eq!(messages.get("retry", &[]), "Try again");
        assert_eq!([1, 2].map(|hours| english.count("hours", hours)), ["1 hour", "2 hours"]);
    }
}
