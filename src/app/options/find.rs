//! The AI servers that answer on this computer, at the ports that their makers chose.

use unstuck_diagnose::{Diagnosis, Failure, classify};
use unstuck_source::{
    Dialect, Request,
    presets::{self, Preset},
};

/// What is known of the servers on this computer.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Find {
    /// Nobody looked.
    #[default]
    NotAsked,
    /// They are being asked.
    Running,
    /// These answered.
    Over(Vec<Found>),
}

/// A server that answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The service.
    pub service: &'static Preset,
    /// Its models, or why it does not tell them.
    pub models: Result<Vec<String>, Box<Diagnosis>>,
}

impl Find {
    /// The models of a server that was found.
    #[must_use]
    pub fn models_of(&self, service: &str) -> Option<&[String]> {
        let Self::Over(found) = self else { return None };
        let found = found.iter().find(|found| found.service.id == service)?;
        found.models.as_deref().ok()
    }
}

/// The services that may run here, each with the request that finds it.
pub fn candidates() -> impl Iterator<Item = (&'static Preset, Request)> {
    let local = presets::ALL
        .iter()
        .filter(|preset| preset.is_local() && preset.dialect != Dialect::BuiltIn);
    local.map(|preset| (preset, unstuck_source::list_models(preset.dialect, preset.base_url, None)))
}

/// What an answer tells: a list of models, a server that turns callers away, or nothing of the kind.
#[must_use]
pub fn identify(service: &'static Preset, answer: Result<String, Box<Failure>>) -> Option<Found> {
    let models = match answer {
        Ok(text) => Ok(unstuck_source::models(service.dialect, &text)?),
        Err(failure) if matches!(failure.status, Some(401 | 403)) => {
            Err(Box::new(classify(&Failure { provider: Some(service.id.into()), ..*failure })))
        }
        Err(_) => return None,
    };
    Some(Found { service, models })
}

#[cfg(test)]
mod tests {
    use super::*;
    use unstuck_diagnose::Cause;

    fn of(id: &str) -> &'static Preset {
        presets::find(id).unwrap()
    }

    /// Each known local server is asked for its models, without a key.
    #[test]
    fn local_servers_are_queried_without_key() {
        let asked: Vec<_> = candidates().map(|(_, request)| request.url).collect();
        assert_eq!(
            asked,
            [
                "http://localhost:11434/api/tags",
                "http://localhost:1234/v1/models",
                "http://localhost:8080/v1/models",
                "http://localhost:8000/v1/models",
            ]
        );
        assert!(candidates().all(|(_, request)| request.method == "GET"));
    }

    /// A list of models is a find; anything else that answers at the port is not.
    #[test]
    fn only_a_model_list_identifies_server() {
        let answer = r#"{"models":[{"name":"llama3.2:latest"}]}"#;
        let found = identify(of("ollama"), Ok(answer.into())).unwrap();
        assert_eq!(found.models, Ok(vec!["llama3.2:latest".into()]));
        assert_eq!(identify(of("llamacpp"), Ok("<!doctype html>Jenkins".into())), None);
        assert_eq!(identify(of("vllm"), Err(Box::default())), None);
        let missing = Failure { status: Some(404), ..Failure::default() };
        assert_eq!(identify(of("vllm"), Err(Box::new(missing))), None);
    }

    /// A local server that turns the extension away is found all the same, with the cause.
    #[test]
    fn refusing_local_server_reports_its_cause() {
        let refused = Failure {
            status: Some(403),
            url: Some("http://localhost:11434/api/tags".into()),
            ..Failure::default()
        };
        let found = identify(of("ollama"), Err(Box::new(refused))).unwrap();
        assert_eq!(found.models.unwrap_err().cause, Cause::OriginNotAllowed);
    }
}
