//! One run of a probe, from its first request to what came of it.

use std::time::{Duration, Instant};

use unstuck_diagnose::{Cause, Diagnosis, Failure, Received, Stage, classify};
use unstuck_source::{
    Ask, Endpoint, Piece, Reader, Request, ask,
    json::{find, text},
    list_models, models,
};

use super::{
    config::{Check, Probe},
    secret::Secret,
    verdict::{Breach, Verdict},
    wire::{Client, Reply},
};

/// Longer lists of models and status pages are not read.
const LONGEST: u64 = 4 << 20;
/// As much is read of a stream at a time.
const BUFFER: usize = 16 * 1024;

/// What came of one run.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) verdict: Verdict,
    /// Why it failed.
    pub(super) diagnosis: Option<Diagnosis>,
    /// How it fell short.
    pub(super) breaches: Vec<Breach>,
    pub(super) status: Option<u16>,
    pub(super) first_chunk_s: Option<f64>,
    pub(super) duration_s: f64,
    /// Requests that were sent.
    pub(super) tries: u32,
}

impl Finding {
    /// The cause as labels have it; empty when it answered.
    pub(super) fn cause(&self) -> &'static str {
        let failed = self.diagnosis.as_ref().map(|diagnosis| diagnosis.cause.id());
        failed.or_else(|| self.breaches.first().map(Breach::id)).unwrap_or_default()
    }

    /// What the detector counts as the cause of a failure. An answer that is late counts as one: whether a source has become slow
    /// is told by its usual time.
    pub(super) fn failure(&self) -> Option<Cause> {
        let missing = self.breaches.contains(&Breach::Missing).then_some(Cause::UnexpectedReply);
        self.diagnosis.as_ref().map(|diagnosis| diagnosis.cause).or(missing)
    }

    /// What the provider's status page says, where it was read.
    pub(super) fn status_words(&self) -> Option<&str> {
        self.breaches.iter().find_map(|breach| match breach {
            Breach::Status { words } => Some(words.as_str()),
            _ => None,
        })
    }
}

/// What is known while a run goes on.
struct Run<'a> {
    probe: &'a Probe,
    client: &'a Client,
    status: Option<u16>,
    tries: u32,
    first_chunk_s: Option<f64>,
    breaches: Vec<Breach>,
}

/// How an ask ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    /// With the end of the answer.
    End,
    /// With its first words: the connection is closed then.
    FirstWords,
}

/// Runs a probe once.
pub(super) fn run(probe: &Probe, client: &Client) -> Finding {
    let begun = Instant::now();
    let mut run =
        Run { probe, client, status: None, tries: 0, first_chunk_s: None, breaches: Vec::new() };
    let ended = match probe.check {
        Check::Models => run.models(),
        Check::Answer => run.ask(Until::End),
        Check::Chat => run.chat(),
        Check::Status => run.status_page(),
    };
    let duration_s = begun.elapsed().as_secs_f64();
    if probe.check == Check::Models && ended.is_ok() {
        run.in_time(duration_s);
    }
    let Run { status, tries, first_chunk_s, breaches, .. } = run;
    let diagnosis = ended.err().map(|failure| classify(&failure));
    let verdict = match &diagnosis {
        Some(diagnosis) => Verdict::of(diagnosis.cause.fault()),
        None if breaches.is_empty() => Verdict::Answered,
        None => Verdict::Degraded,
    };
    Finding { verdict, diagnosis, breaches, status, first_chunk_s, duration_s, tries }
}

impl Run<'_> {
    fn key(&self) -> Option<&str> {
        self.probe.key.as_ref().map(Secret::open)
    }

    fn send(&mut self, request: &Request) -> Result<Reply, Box<Failure>> {
        self.tries += 1;
        let sent = self.client.send(request, self.probe.timeout.0);
        self.status = match &sent {
            Ok(reply) => Some(reply.status),
            Err(failure) => failure.status,
        };
        sent
    }

    fn models(&mut self) -> Result<(), Box<Failure>> {
        let request = list_models(self.probe.dialect, &self.probe.base_url, self.key());
        let mut reply = self.send(&request)?;
        let body = reply.text(LONGEST)?;
        match models(self.probe.dialect, &body) {
            Some(_) => Ok(()),
            None => Err(Box::new(reply.into_failure(Some(body)))),
        }
    }

    /// A synthetic transaction: what a person does, as far as an API has it.
    fn chat(&mut self) -> Result<(), Box<Failure>> {
        self.models()?;
        self.ask(Until::End)?;
        self.ask(Until::FirstWords)?;
        self.ask(Until::End)
    }

    fn ask(&mut self, until: Until) -> Result<(), Box<Failure>> {
        let Probe { dialect, base_url, model, prompt, .. } = self.probe;
        let endpoint = Endpoint { dialect: *dialect, base_url, model };
        let request = ask(endpoint, self.key(), &Ask { prompt, begun: "" });
        let begun = Instant::now();
        let mut reply = self.send(&request)?;
        let kind = reply.facts.header("content-type").unwrap_or_default().to_owned();
        let mut reader = Reader::new(*dialect, &kind, 0);
        let (mut said, mut raw) = (String::new(), Vec::new());
        let mut buffer = vec![0; BUFFER];
        loop {
            let read = match reply.read(&mut buffer) {
                Ok(read) => read,
                // The model has said why it stopped: all text has arrived.
                Err(_) if reader.has_stopped() => 0,
                Err(failure) => {
                    return Err(Box::new(Failure { stream: received(&said), ..*failure }));
                }
            };
            if raw.len() < BUFFER * 4 {
                raw.extend_from_slice(&buffer[..read]);
            }
            let pieces = if read == 0 { reader.close() } else { reader.push(&buffer[..read]) };
            for piece in pieces {
                match piece {
                    Piece::Text(text) => {
                        said.push_str(&text);
                        let first = begun.elapsed();
                        self.first_chunk_s.get_or_insert(first.as_secs_f64());
                        if until == Until::FirstWords {
                            return Ok(());
                        }
                    }
                    Piece::End => return self.validate(&said, begun.elapsed()),
                    Piece::Excess(limit) => {
                        let failure = reply.into_failure(None);
                        let stream = received(&said);
                        return Err(Box::new(Failure { limit: Some(limit), stream, ..failure }));
                    }
                    Piece::Unreadable(raw) | Piece::Error(raw) => {
                        let failure = reply.into_failure(Some(raw));
                        let (stage, stream) = (Some(Stage::Stream), received(&said));
                        return Err(Box::new(Failure { stage, stream, ..failure }));
                    }
                }
            }
            if read == 0 {
                let body = String::from_utf8_lossy(&raw).into_owned();
                let failure = reply.into_failure(Some(body));
                let stage = if said.is_empty() { failure.stage } else { Some(Stage::Stream) };
                return Err(Box::new(Failure { stage, stream: received(&said), ..failure }));
            }
        }
    }

    /// Whether an answer is as expected. One that stopped for its length, or says nothing, is an answer, too.
    fn validate(&mut self, said: &str, took: Duration) -> Result<(), Box<Failure>> {
        let wanted = self.probe.expect.contains.as_ref().map(|text| text.to_lowercase());
        let is_missing = wanted.is_some_and(|wanted| !said.to_lowercase().contains(&wanted));
        if is_missing && !self.breaches.contains(&Breach::Missing) {
            self.breaches.push(Breach::Missing);
        }
        if let (Some(took_s), Some(limit)) = (self.first_chunk_s, self.probe.expect.max_first_chunk)
        {
            let limit_s = limit.0.as_secs_f64();
            let is_told = self.breaches.iter().any(|one| matches!(one, Breach::FirstChunk { .. }));
            if took_s > limit_s && !is_told {
                self.breaches.push(Breach::FirstChunk { took_s, limit_s });
            }
        }
        self.in_time(took.as_secs_f64());
        Ok(())
    }

    fn in_time(&mut self, took_s: f64) {
        let limit_s = self.probe.expect.max_duration.map(|limit| limit.0.as_secs_f64());
        let is_told = self.breaches.iter().any(|one| matches!(one, Breach::Duration { .. }));
        if let Some(limit_s) = limit_s.filter(|limit_s| took_s > *limit_s && !is_told) {
            self.breaches.push(Breach::Duration { took_s, limit_s });
        }
    }

    /// Statuspage's `status.json`: an indicator, and a description in the provider's words.
    fn status_page(&mut self) -> Result<(), Box<Failure>> {
        let request = Request {
            url: self.probe.base_url.clone(),
            method: "GET",
            headers: vec![("accept", "application/json".to_owned())],
            body: None,
            provider: self.probe.dialect.provider(),
        };
        let mut reply = self.send(&request)?;
        let body = reply.text(LONGEST)?;
        let told = |name| find(&body, &["status", name]).and_then(text);
        let Some(indicator) = told("indicator") else {
            return Err(Box::new(reply.into_failure(Some(body))));
        };
        if indicator != "none" {
            let words = told("description").unwrap_or(indicator);
            self.breaches.push(Breach::Status { words });
        }
        Ok(())
    }
}

fn received(said: &str) -> Option<Received> {
    (!said.is_empty()).then(|| Received { chars: said.chars().count() as u64, ended: false })
}
