//! What answers on this computer: the browser's own model, and AI servers at the ports that their makers chose.

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
    /// Takes what was found while nobody asked for it: only what can be used at once, and only as long as nobody asked.
    /// The answer is whether there is anything.
    pub fn glanced(&mut self, mut found: Vec<Found>) -> bool {
        found.retain(|found| found.models.as_ref().is_ok_and(|models| !models.is_empty()));
        let news = *self == Self::NotAsked && !found.is_empty();
        if news {
            *self = Self::Over(found);
        }
        news
    }
}

/// What may run here, each with the request that finds it: the browser's own model, which is asked nothing over any network,
/// and if `servers` may be asked, those at the ports that their makers chose.
pub fn candidates(servers: bool) -> impl Iterator<Item = (&'static Preset, Request)> {
    let local = presets::ALL
        .iter()
        .filter(move |preset| preset.is_local() && (servers || preset.dialect == Dialect::BuiltIn));
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
        let asked: Vec<_> = candidates(true).map(|(_, request)| request.url).collect();
        let own = unstuck_source::list_models(Dialect::BuiltIn, presets::BUILT_IN, None).url;
        assert_eq!(
            asked,
            [
                own.as_str(),
                "http://localhost:11434/api/tags",
                "http://localhost:1234/v1/models",
                "http://localhost:8080/v1/models",
                "http://localhost:8000/v1/models",
            ]
        );
        assert!(candidates(true).all(|(_, request)| request.method == "GET"));
        let unasked: Vec<_> = candidates(false).map(|(service, _)| service.id).collect();
        assert_eq!(unasked, ["built_in"], "without leave no server is asked");
    }

    /// What is found by a glance is usable, and overrules nobody who looks.
    #[test]
    fn a_glance_tells_only_usable_finds() {
        let list = |text: &str| identify(of("ollama"), Ok(text.into()));
        let refused = Failure { status: Some(403), ..Failure::default() };
        let useless = [list(r#"{"models":[]}"#), identify(of("vllm"), Err(Box::new(refused)))];
        let mut find = Find::NotAsked;
        assert!(!find.glanced(useless.into_iter().flatten().collect()));
        assert_eq!(find, Find::NotAsked);
        let usable = || list(r#"{"models":[{"name":"llama3.2"}]}"#).into_iter().collect();
        assert!(find.glanced(usable()) && find == Find::Over(usable()));
        let mut find = Find::Running;
        assert!(!find.glanced(usable()) && find == Find::Running);
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
