//! The test of a source: its list of models costs nothing and proves address and key.

use crate::{
    Diagnosis, Failure, classify,
    source::{self, Dialect, Request},
};

/// How the last test went.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Test {
    /// None was made.
    #[default]
    None,
    /// The source is being asked.
    Running(Box<Trial>),
    /// The source answered with these models.
    Passed(Vec<String>),
    /// It did not.
    Failed(Box<Diagnosis>),
}

/// A source that is tested as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Id under which a stored key of it is kept.
    pub source: String,
    pub(super) dialect: Dialect,
    pub(super) base_url: String,
    pub(super) key: String,
}

impl Trial {
    /// The request for its models, with the typed key or else the stored one.
    #[must_use]
    pub fn request(&self, stored_key: Option<String>) -> Request {
        let key = Some(self.key.clone()).filter(|key| !key.is_empty()).or(stored_key);
        source::list_models(self.dialect, &self.base_url, key.as_deref())
    }

    /// What came of it: an answer that is no list of models is a failure too.
    #[must_use]
    pub fn outcome(&self, answer: Result<String, Box<Failure>>) -> Test {
        let failure = match answer {
            Ok(text) => match source::models(self.dialect, &text) {
                Some(models) => return Test::Passed(models),
                None => Box::new(Failure {
                    url: Some(self.base_url.clone()),
                    status: Some(200),
                    body: Some(text),
                    ..Failure::default()
                }),
            },
            Err(failure) => failure,
        };
        Test::Failed(Box::new(classify(&failure)))
    }
}
