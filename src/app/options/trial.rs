//! The test of a source: its list of models costs nothing and proves address and key.

use super::Page;
use unstuck_diagnose::{Diagnosis, Failure, Provider, classify};
use unstuck_source::{Dialect, Request, presets};

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
    /// The browser's own model has to be downloaded first.
    Download,
    /// It is being downloaded; this share of it, in percent, is there.
    Downloading(u8),
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

impl Page {
    /// More of the browser's own model is there.
    pub fn downloading(&mut self, percent: u8) {
        if matches!(self.test, Test::Downloading(_)) {
            self.test = Test::Downloading(percent.min(100));
        }
    }

    /// The download of it ended, with an exception or well.
    pub fn downloaded(&mut self, error_name: Option<String>, message: Option<String>) {
        if !matches!(self.test, Test::Downloading(_)) {
            return;
        }
        let provider = Some(Provider::BuiltIn.id().to_owned());
        self.test = if error_name.is_some() {
            let failure = Failure { provider, error_name, message, ..Failure::default() };
            Test::Failed(Box::new(classify(&failure)))
        } else {
            Test::Passed(vec![presets::BUILT_IN_MODEL.to_owned()])
        };
    }
}

impl Trial {
    /// The request for its models, with the typed key or else the stored one.
    #[must_use]
    pub fn request(&self, stored_key: Option<String>) -> Request {
        let key = Some(self.key.clone()).filter(|key| !key.is_empty()).or(stored_key);
        unstuck_source::list_models(self.dialect, &self.base_url, key.as_deref())
    }

    /// What came of it: an answer that is no list of models is a failure too.
    #[must_use]
    pub fn outcome(&self, answer: Result<String, Box<Failure>>) -> Test {
        let failure = match answer {
            Ok(text) => match unstuck_source::models(self.dialect, &text) {
                Some(models) => return Test::Passed(models),
                None if unstuck_source::json::find(&text, &["download"]).is_some() => {
                    return Test::Download;
                }
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
