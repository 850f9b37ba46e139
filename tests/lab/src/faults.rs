//! The catalogue of faults: each a name, what it imitates, the cause to expect and what happens on the wire.

mod inband;
mod status;
mod stream;
mod transport;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::openai::Draft;
use crate::wire::Step;

/// The name that stands for no fault at all.
pub(crate) const HEALTHY: &str = "healthy";

/// The family of a fault, for people who look for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Group {
    /// Keys, sessions, plans and places.
    Account,
    /// What was asked.
    Request,
    /// The service behind the address.
    Provider,
    /// Something between that answers in its stead.
    Gateway,
    /// The connection and the framing.
    Connection,
    /// A reply that begins and goes wrong.
    Stream,
}

/// One way to misbehave.
#[derive(Debug, Serialize)]
pub(crate) struct Fault {
    /// How it is asked for.
    pub(crate) name: &'static str,
    pub(crate) group: Group,
    /// The id of the cause that a good diagnosis names.
    pub(crate) cause: &'static str,
    /// One sentence for people.
    pub(crate) about: &'static str,
    #[serde(skip)]
    pub(crate) effect: Effect,
}

/// What happens on the wire.
#[derive(Debug)]
pub(crate) enum Effect {
    /// A complete HTTP reply.
    Reply(Reply),
    /// The healthy reply, later.
    Late,
    /// Raw bytes and silences on the socket.
    Script(fn(&Draft, &Knobs) -> Vec<Step>),
}

/// A complete HTTP reply; `{retry_after}`, `{resets_at}`, `{model}`, `{serial}` and `{path}` are filled in.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// Who wrote the reply: decides the headers that come with it.
    pub(crate) locus: Locus,
    pub(crate) headers: Headers,
    pub(crate) body: &'static str,
}

/// Headers beside those of the locus.
pub(crate) type Headers = &'static [(&'static str, &'static str)];

/// The machine that a reply comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Locus {
    /// The API itself, behind its edge.
    Api,
    /// The back end of a web app, behind its edge.
    WebApp,
    /// The edge in front of the provider, with a page of HTML.
    Edge,
    /// A plain gateway with a page of HTML.
    Gateway,
    /// An unknown box that writes plain text.
    Text,
}

/// What a test may turn on a fault.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Knobs {
    /// Value of Retry-After: a number, or any text at all.
    pub(crate) retry_after: Value,
    /// Length of the silence of slow faults.
    pub(crate) delay_ms: u64,
}

impl Default for Knobs {
    fn default() -> Self {
        Self { retry_after: Value::from(2), delay_ms: 5_000 }
    }
}

impl Knobs {
    /// Retry-After as it goes into the header.
    pub(crate) fn retry_after(&self) -> String {
        self.retry_after.as_str().map_or_else(|| self.retry_after.to_string(), str::to_owned)
    }
}

/// Every fault, in the order of the catalogue.
pub(crate) fn all() -> impl Iterator<Item = &'static Fault> {
    status::FAULTS.into_iter().chain([transport::FAULTS, stream::FAULTS, inband::FAULTS]).flatten()
}

/// The fault of this name.
pub(crate) fn find(name: &str) -> Option<&'static Fault> {
    all().find(|fault| fault.name == name)
}

/// Writes a fault as its name alone.
pub(crate) fn name_only<S: Serializer>(fault: &Fault, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(fault.name)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use unstuck_diagnose::Cause;

    use super::*;

    #[test]
    fn fault_names_are_unique_paths() {
        let mut seen = HashSet::new();
        for fault in all() {
            assert!(seen.insert(fault.name), "{} twice", fault.name);
            assert!(
                fault
                    .name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
            );
            assert_ne!(fault.name, HEALTHY);
        }
    }

    #[test]
    fn every_expected_cause_exists() {
        for fault in all() {
            assert!(Cause::from_id(fault.cause).is_some(), "{}: {}", fault.name, fault.cause);
        }
    }

    #[test]
    fn expected_causes_of_ports_exist() {
        for (name, cause, _) in crate::server::PORTS {
            assert!(Cause::from_id(cause).is_some(), "{name}: {cause}");
        }
    }

    #[test]
    fn json_bodies_are_valid_json() {
        for fault in all() {
            let Effect::Reply(reply) = &fault.effect else { continue };
            if reply.body.starts_with('{') && fault.cause != "unexpected_reply" {
                let body = reply.body.replace("{resets_at}", "1");
                serde_json::from_str::<Value>(&body).expect(fault.name);
            }
        }
    }
}
