//! What every page draws on: the words, the specimens by code, and which causes and codes belong together.

use unstuck_diagnose::{Cause, Diagnosis, Explanation, Messages, Retry, When, explain};

use super::{
    language::Language,
    specimens::{SHELVES, Shelf, Specimen},
};

/// How many causes that look alike a page names.
const NEIGHBOURS: usize = 5;

/// Where the pages are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edition {
    /// On the site, beside the playground.
    Site,
    /// In the extension, without it, in words that are put in when a page is read.
    Extension,
}

pub(crate) struct Library {
    pub(crate) edition: Edition,
    /// What its words are in.
    pub(crate) language: &'static Language,
    /// The codes that have a page each.
    pub(crate) codes: Vec<&'static Shelf>,
    /// What the playground offers to try.
    pub(crate) examples: Vec<&'static Shelf>,
    /// Specimens of causes that no code stands for.
    more: Vec<&'static Shelf>,
    pub(crate) messages: Box<dyn Messages>,
}

impl Library {
    pub(crate) fn new(
        edition: Edition,
        language: &'static Language,
        messages: impl Messages + 'static,
    ) -> Self {
        let (examples, rest): (Vec<_>, _) = SHELVES.iter().partition(|shelf| shelf.id == "example");
        let (more, codes) = rest.into_iter().partition(|shelf| shelf.id == "more");
        Self { edition, language, codes, examples, more, messages: Box::new(messages) }
    }

    /// The address of a page of the reference from another one.
    pub(crate) fn link(&self, id: &str) -> String {
        match self.edition {
            Edition::Site => format!("{id}.html"),
            Edition::Extension => format!("?{id}"),
        }
    }

    pub(crate) fn get(&self, key: &str) -> String {
        self.messages.get(key, &[])
    }

    pub(crate) fn say_with(&self, key: &str, argument: &str) -> String {
        self.messages.get(key, &[argument])
    }

    /// A part of what is told of a cause: `name`, `means`, …
    pub(crate) fn of_cause(&self, cause: Cause, part: &str) -> String {
        self.get(&format!("{}_{part}", cause.id()))
    }

    /// What the page of a code is called.
    pub(crate) fn name(&self, code: &Shelf) -> String {
        self.say_with(&format!("reference_name_{}", group(code)), code.label)
    }

    /// The specimens that are diagnosed as this cause.
    pub(crate) fn specimens(&self, cause: Cause) -> impl Iterator<Item = &'static Specimen> {
        let shelves = self.codes.iter().chain(&self.more).copied();
        shelves
            .flat_map(|shelf| &shelf.specimens)
            .filter(move |specimen| specimen.diagnosis.cause == cause)
    }

    /// The codes behind which this cause stands.
    pub(crate) fn codes_of(&self, cause: Cause) -> impl Iterator<Item = &'static Shelf> {
        self.codes.iter().copied().filter(move |code| causes_of(code).contains(&cause))
    }

    /// The causes that look most like this one: its runners-up, then those behind the same codes.
    pub(crate) fn neighbours(&self, cause: Cause) -> Vec<Cause> {
        let runners_up = self.specimens(cause).flat_map(|specimen| &specimen.diagnosis.also);
        let mut neighbours: Vec<_> = runners_up.map(|other| other.cause).collect();
        neighbours.extend(self.codes_of(cause).flat_map(causes_of));
        let mut distinct = Vec::new();
        for neighbour in neighbours {
            if neighbour != cause && !distinct.contains(&neighbour) {
                distinct.push(neighbour);
            }
        }
        distinct.truncate(NEIGHBOURS);
        distinct
    }

    /// When trying again makes sense with this cause, when the service names no time.
    pub(crate) fn retry(&self, cause: Cause) -> Option<When> {
        let mut retries = self.specimens(cause).map(|specimen| specimen.diagnosis.retry);
        let first = retries.next()?;
        let plain = |retry: &Retry| retry.after_ms.is_none();
        Some(Some(first).filter(plain).or_else(|| retries.find(plain)).unwrap_or(first).when)
    }

    /// The cause in words, for no service in particular.
    pub(crate) fn explain(&self, cause: Cause) -> Explanation {
        let diagnosis = Diagnosis {
            cause,
            confidence: 1.0,
            retry: Retry::when(self.retry(cause).unwrap_or(When::AfterFix)),
            evidence: Vec::new(),
            also: Vec::new(),
            provider: None,
            host: None,
            request_id: None,
            opens_at_ms: None,
            actions: Vec::new(),
        };
        explain(&diagnosis, &*self.messages)
    }

    /// What Unstuck goes by in a specimen.
    pub(crate) fn evidence(&self, specimen: &Specimen) -> Vec<String> {
        explain(&specimen.diagnosis, &*self.messages).evidence
    }
}

/// The causes behind a code, each once, in the order of its specimens.
pub(crate) fn causes_of(code: &Shelf) -> Vec<Cause> {
    let mut causes = Vec::new();
    for specimen in &code.specimens {
        if !causes.contains(&specimen.diagnosis.cause) {
            causes.push(specimen.diagnosis.cause);
        }
    }
    causes
}

/// Where a code is met: `chatgpt`, `api` or `other`.
pub(crate) fn group(code: &Shelf) -> &'static str {
    match code.id.split_once('_') {
        Some(("chatgpt", _)) => "chatgpt",
        Some(("api", _)) => "api",
        _ => "other",
    }
}
