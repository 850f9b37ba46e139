//! Response headers: few, so a list is enough (a map would cost the wasm 5 KB). The browser takes 256 KB of them.

use serde::{Deserialize, Serialize};

use crate::cut::head;

/// Names in lower case, each once, with their values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(String, String)>", into = "Vec<(String, String)>")]
pub struct Headers {
    list: Vec<(String, String)>,
    /// The marks of the names, a bit each: most headers that are asked for are not there, which shows here.
    marks: u64,
}

/// So many are kept of an answer, and as many again of those that tell something.
const MOST: usize = 128;
/// So much is kept of a value, in bytes.
const LONGEST_VALUE: usize = 4 * 1024;
/// A longer name is no name that anybody looks for, in bytes.
const LONGEST_NAME: usize = 128;
/// They tell the wait, the kind of answer and where it leads; limits of a service do, too.
const FIRST: [&str; 7] = [
    "retry-after",
    "retry-after-ms",
    "x-ms-retry-after-ms",
    "content-type",
    "location",
    "date",
    "cf-mitigated",
];

impl Headers {
    /// Those of an answer, within limits; names in lower case.
    #[must_use]
    pub fn of_answer(pairs: Vec<(String, String)>) -> Self {
        let mut headers = Self::default();
        for (name, value) in pairs {
            let tells = FIRST.contains(&name.as_str()) || name.contains("ratelimit");
            let most = if tells { 2 * MOST } else { MOST };
            if name.len() > LONGEST_NAME || headers.len() >= most {
                continue;
            }
            headers.insert(name, head(&value, LONGEST_VALUE).to_owned());
        }
        headers
    }

    /// The value of a header; `name` in lower case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        if self.marks & mark(name) == 0 {
            return None;
        }
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Sets a header; an earlier value of the same name is replaced.
    pub fn insert(&mut self, name: String, value: String) {
        self.marks |= mark(&name);
        match self.list.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => self.list.push((name, value)),
        }
    }

    /// Every header, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// The bit of a name: its length, its first and its last letter tell most names apart.
const fn mark(name: &str) -> u64 {
    match name.as_bytes() {
        [first, .., last] => 1 << ((name.len() + 5 * *first as usize + 11 * *last as usize) % 64),
        _ => 1,
    }
}

impl From<Vec<(String, String)>> for Headers {
    fn from(pairs: Vec<(String, String)>) -> Self {
        pairs.into_iter().collect()
    }
}

impl From<Headers> for Vec<(String, String)> {
    fn from(headers: Headers) -> Self {
        headers.list
    }
}

impl FromIterator<(String, String)> for Headers {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        let mut headers = Self::default();
        pairs.into_iter().for_each(|(name, value)| headers.insert(name, value));
        headers
    }
}

impl<const N: usize> From<[(String, String); N]> for Headers {
    fn from(pairs: [(String, String); N]) -> Self {
        pairs.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_hides_no_wait() {
        let junk = (0..5_000).map(|n| (format!("a-{n:04}"), "é".repeat(9_000)));
        let wait = ("retry-after".to_owned(), "30".to_owned());
        let long = ("b".repeat(10_000), String::new());
        let limit = ("x-ratelimit-reset".to_owned(), "1".to_owned());
        let headers = Headers::of_answer(junk.chain([long, limit, wait]).collect());
        assert_eq!((headers.len(), headers.get("retry-after")), (MOST + 2, Some("30")));
        assert_eq!(headers.get("x-ratelimit-reset"), Some("1"));
        assert!(headers.iter().all(|(name, value)| name.len() + value.len() <= 5_000));
    }
}
