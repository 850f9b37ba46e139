//! Takes secrets and personal data out of text before it leaves the core: reports, logs, kept history, alerts.
//!
//! One round looks at the text twice: *peeled* (JSON, percent and HTML escapes undone) and *plain*. Each look runs
//!
//! ```text
//! own secrets ─▶ command lines ─▶ fields ─▶ vendor tokens ─▶ (request ids set aside) ─▶ personal data ─▶ random-looking rest
//! ```
//!
//! and every find becomes a placeholder such as `[OPENAI_KEY#1]`; all other bytes stay as they were. Own secrets go
//! first, so that no guess can break one apart and let its tail through. Rounds repeat until one finds nothing: that
//! last round is the re-scan of the very text that is given out, and it makes redacting twice the same as redacting
//! once. A text that does not come to rest is not given out at all.

mod bank;
mod chat_link;
mod command_line;
mod email;
mod escape;
mod field;
mod fold;
mod folder;
mod national_id;
mod network;
mod numbers;
mod own;
mod pem;
mod personal;
mod phone;
mod placeholder;
mod random;
mod randomness;
mod secret_names;
mod secret_words;
mod split_key;
mod vendor;
mod view;

#[cfg(doctest)]
#[doc = include_str!("README.md")]
struct Readme;

use std::collections::BTreeMap;
use std::fmt;

use own::OwnSecrets;
use placeholder::placeholder;
use view::{Find, View};

/// Rounds before the text is held back. Ordinary text needs two: one that finds and one that finds nothing.
const MAX_ROUNDS: u32 = 8;

/// A text that is safe to hand on.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The text with every find replaced by its placeholder, else byte for byte as it was.
    pub text: String,
    /// How many places were replaced, by class. Counts only: a list of what was found would itself leak.
    pub counts: Counts,
}

/// Numbers by class, in the order in which the classes were first met. A handful: a list is enough.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts(pub Vec<(&'static str, u32)>);

impl Counts {
    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: &Self) {
        for (class, count) in &other.0 {
            *self.of(class) += count;
        }
    }

    fn of(&mut self, class: &'static str) -> &mut u32 {
        let at = self.0.iter().position(|(known, _)| *known == class).unwrap_or_else(|| {
            self.0.push((class, 0));
            self.0.len() - 1
        });
        &mut self.0[at].1
    }
}

/// Redaction did not come to rest, so there is no text to hand on. Names the class still found, never the find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// The class of the first thing that the re-scan still found.
    pub class: &'static str,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "text held back: {} still found after redaction", self.class)
    }
}

impl std::error::Error for Leak {}

/// Replaces secrets and personal data in `text`, and every secret of `own_secrets` in any usual encoding.
///
/// ```
/// let out = unstuck_redact::redact("401 for jane@example.org, password=hunter2hunter2", &[])?;
/// assert_eq!(out.text, "401 for [EMAIL#1], password=[SECRET#1]");
/// assert_eq!(out.counts.0, [("EMAIL", 1), ("SECRET", 1)]);
/// # Ok::<(), unstuck_redact::Leak>(())
/// ```
///
/// Own secrets too short to be told from words (see `MIN_LENGTH` in `own`) are not swept.
///
/// # Errors
///
/// [`Leak`] if the result would still hold a find. There is no partial result: without an `Ok` nothing may go out.
pub fn redact(text: &str, own_secrets: &[&str]) -> Result<Redacted, Leak> {
    Redactor::new(own_secrets).redact(text)
}

/// Redacts the parts of one paper: a secret has the same placeholder in all of them.
///
/// ```
/// let mut redactor = unstuck_redact::Redactor::new(&["correct horse battery"]);
/// let first = redactor.redact("the key is correct horse battery")?.text;
/// let second = redactor.redact("correct horse battery was refused")?.text;
/// assert_eq!(first, "the key is [OWN_SECRET#1]");
/// assert_eq!(second, "[OWN_SECRET#1] was refused");
/// # Ok::<(), unstuck_redact::Leak>(())
/// ```
pub struct Redactor {
    own: OwnSecrets,
    ledger: Ledger,
}

impl Redactor {
    /// Every secret of `own_secrets` is swept for, in any usual encoding.
    #[must_use]
    pub fn new(own_secrets: &[&str]) -> Self {
        Self { own: OwnSecrets::new(own_secrets), ledger: Ledger::default() }
    }

    /// As [`redact`], with what was found counted for this text alone.
    ///
    /// # Errors
    ///
    /// [`Leak`] if the result would still hold a find.
    pub fn redact(&mut self, text: &str) -> Result<Redacted, Leak> {
        let Self { own, ledger } = self;
        ledger.go_on_after(text);
        let mut text = text.to_owned();
        for _ in 0..MAX_ROUNDS {
            let Some(class) = round(&mut text, own, ledger) else {
                return Ok(Redacted { text, counts: std::mem::take(&mut ledger.counts) });
            };
            ledger.last_class = class;
        }
        Err(Leak { class: ledger.last_class })
    }
}

/// Replaces what one look at each view finds, and returns the class of the first find.
fn round(text: &mut String, own: &OwnSecrets, ledger: &mut Ledger) -> Option<&'static str> {
    let mut first = None;
    let mut settle = |text: &mut String, finds: Vec<Find>| {
        if let Some(find) = finds.first() {
            first.get_or_insert(find.class);
            *text = ledger.replace(text, finds);
        }
    };
    let finds = own.find_encoded(text);
    settle(text, finds);
    let finds = look(View::peeled(text), own);
    settle(text, finds);
    if text.contains('\\') {
        let finds = look(View::plain(text), own);
        settle(text, finds);
    }
    first
}

/// Everything to be replaced in one view, in the order of the text.
fn look(mut view: View, own: &OwnSecrets) -> Vec<Find> {
    own.scan(&mut view);
    command_line::scan(&mut view);
    field::scan(&mut view);
    secret_words::scan(&mut view);
    vendor::scan(&mut view);
    random::set_aside_ids(&mut view);
    personal::scan(&mut view);
    random::scan(&mut view);
    view.into_finds()
}

/// Who got which placeholder.
#[derive(Default)]
struct Ledger {
    numbers: BTreeMap<String, (&'static str, u32)>,
    /// The highest number given per class.
    last: Counts,
    counts: Counts,
    last_class: &'static str,
}

impl Ledger {
    /// Numbers go on after those of placeholders that `text` already holds, so old and new never look the same.
    fn go_on_after(&mut self, text: &str) {
        for (at, _) in text.match_indices('[') {
            if let Some((_, class, number)) = placeholder(&text[at..]) {
                let highest = self.last.of(class);
                *highest = number.max(*highest);
            }
        }
    }

    fn replace(&mut self, text: &str, finds: Vec<Find>) -> String {
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        for Find { place, class, value } in finds {
            let (class, number) = *self.numbers.entry(value).or_insert_with(|| {
                let number = self.last.of(class);
                *number += 1;
                (class, *number)
            });
            *self.counts.of(class) += 1;
            out.push_str(&text[copied..place.start]);
            out.extend(["[", class, "#", &number.to_string(), "]"]);
            copied = place.end;
        }
        out.push_str(&text[copied..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers go on after those already in the text.
    #[test]
    fn numbering_continues_from_the_text() {
        let redacted = redact("[EMAIL#3] a@b.example c@d.example a@b.example", &[]).unwrap();
        assert_eq!(redacted.text, "[EMAIL#3] [EMAIL#4] [EMAIL#5] [EMAIL#4]");
        assert_eq!(redacted.counts, Counts(vec![("EMAIL", 3)]));
    }

    #[test]
    fn irremovable_secret_withholds_the_text() {
        // The own secret is a part of the placeholder that would replace it.
        let own = "OWN_SECRET";
        assert_eq!(redact("says OWN_SECRET here", &[own]), Err(Leak { class: "OWN_SECRET" }));
    }
}
