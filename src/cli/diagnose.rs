//! `unstuck diagnose`: failures in, diagnoses out, for a person, a program or a stream of lines.

use std::{
    fs,
    io::{self, BufRead, IsTerminal, Read, Write},
    time::{SystemTime, UNIX_EPOCH},
};

use clap::{Args, value_parser};
use serde_json::json;
use unstuck_diagnose::{Failure, Messages, classify, explain};

use super::{Outcome, Stop, json::read_failure, page::Page};

/// Says why an AI request failed, whose move it is and what to do.
///
/// Reads the failure from the arguments or from standard input: a pasted text, the body of an answer, or one failure
/// as a JSON object.
#[derive(Debug, Args)]
#[command(after_help = "  unstuck diagnose \"Failed to fetch\"
  unstuck diagnose --provider openai --status 429 --header 'Retry-After: 20' --body answer.json
  curl -s https://… | unstuck diagnose
  unstuck diagnose --jsonl < failures.jsonl > diagnoses.jsonl")]
pub(super) struct Arguments {
    #[command(flatten)]
    facts: Facts,

    /// Write the diagnosis as one JSON object
    #[arg(long, conflicts_with = "jsonl")]
    json: bool,

    /// Read one failure per line as JSON, write one diagnosis per line, in the same order
    #[arg(long, conflicts_with = "Facts")]
    jsonl: bool,
}

#[derive(Debug, Args)]
struct Facts {
    /// The error text, in any wording or language
    text: Vec<String>,

    /// The status of the answer
    #[arg(long, value_name = "CODE", value_parser = value_parser!(u16).range(100..=599))]
    status: Option<u16>,

    /// The service that was called, such as openai, anthropic, gemini, ollama
    #[arg(long, value_name = "ID")]
    provider: Option<String>,

    /// The address that was called
    #[arg(long)]
    url: Option<String>,

    /// The browser's network error, such as net::ERR_NAME_NOT_RESOLVED
    #[arg(long, value_name = "NAME")]
    net_error: Option<String>,

    /// The name of the exception, such as TypeError
    #[arg(long, value_name = "NAME")]
    error_name: Option<String>,

    /// A header of the answer; can be repeated
    #[arg(long = "header", value_name = "NAME: VALUE", value_parser = header)]
    headers: Vec<(String, String)>,

    /// The file with the body of the answer, `-` for standard input
    #[arg(long, value_name = "FILE")]
    body: Option<String>,

    /// The browser was online
    #[arg(long, conflicts_with = "offline")]
    online: bool,

    /// The browser was offline
    #[arg(long)]
    offline: bool,

    /// The caller cancelled the request
    #[arg(long)]
    aborted: bool,

    /// A proxy was set up
    #[arg(long)]
    proxy: bool,

    /// Milliseconds from the request to the failure
    #[arg(long, value_name = "MS")]
    elapsed_ms: Option<u64>,
}

pub(super) fn run(arguments: Arguments, messages: &dyn Messages) -> Result<Outcome, Stop> {
    if arguments.jsonl {
        return stream(io::stdin().lock(), io::stdout().lock(), messages);
    }
    let failure = if arguments.facts.are_given() {
        arguments.facts.into_failure()?
    } else {
        if io::stdin().is_terminal() {
            eprintln!("{}", messages.get("command_paste", &[]));
        }
        pasted(&text(io::stdin().lock())?)
    };
    let explanation = explain(&classify(&failure), messages);
    let mut out = io::stdout().lock();
    if arguments.json {
        write_line(&mut out, &explanation)?;
    } else {
        write!(out, "{}", Page::new(&explanation, messages, wants_colour(&out)))?;
        out.flush()?;
    }
    Ok(Outcome::Done)
}

/// One failure a line in, one diagnosis a line out, each written before the next line is awaited.
fn stream(
    mut lines: impl BufRead,
    mut out: impl Write,
    messages: &dyn Messages,
) -> Result<Outcome, Stop> {
    let mut outcome = Outcome::Done;
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        if lines.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            continue;
        }
        match read_failure(text, messages) {
            Ok(failure) => write_line(&mut out, &explain(&classify(&failure), messages))?,
            Err(error) => {
                outcome = Outcome::PartOfInputUnread;
                write_line(&mut out, &json!({ "error": error, "line": number }))?;
            }
        }
    }
    Ok(outcome)
}

fn write_line(out: &mut impl Write, value: &impl serde::Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    out.write_all(&line)?;
    out.flush()
}

/// A failure as JSON is taken as it is, any other JSON object as the body of an answer, and the rest as words.
fn pasted(text: &str) -> Failure {
    let text = text.trim_start_matches('\u{feff}').trim();
    let failure = Failure::from_pasted(text);
    let told_all = failure.body.is_none() && failure.message.as_deref() != Some(text);
    // A failure given as JSON is taken as it is; a text was seen just now.
    if told_all { failure } else { Failure { now_ms: now_ms(), ..failure } }
}

impl Facts {
    fn are_given(&self) -> bool {
        let Self { text, status, provider, url, net_error, error_name, headers, body, .. } = self;
        let said = [provider, url, net_error, error_name, body].into_iter().any(Option::is_some);
        let flagged = self.online || self.offline || self.aborted || self.proxy;
        said || flagged
            || !(text.is_empty() && headers.is_empty())
            || status.is_some()
            || self.elapsed_ms.is_some()
    }

    fn into_failure(self) -> Result<Failure, Stop> {
        Ok(Failure {
            provider: self.provider,
            url: self.url,
            status: self.status,
            headers: self.headers.into_iter().collect(),
            body: self.body.map(read_body).transpose()?,
            error_name: self.error_name,
            message: (!self.text.is_empty()).then(|| self.text.join(" ")),
            net_error: self.net_error,
            aborted: self.aborted.then_some(true),
            online: (self.online || self.offline).then_some(self.online),
            proxy: self.proxy.then_some(true),
            elapsed_ms: self.elapsed_ms,
            now_ms: now_ms(),
            ..Failure::default()
        })
    }
}

fn read_body(path: String) -> Result<String, Stop> {
    if path == "-" {
        return Ok(text(io::stdin().lock())?);
    }
    match fs::read(&path) {
        Ok(bytes) => Ok(lossy(bytes)),
        Err(error) => Err(Stop::Unreadable { path, error }),
    }
}

fn text(mut input: impl Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    Ok(lossy(bytes))
}

fn lossy(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn header(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once(':') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        }
        _ => Err("command_wrong_header"),
    }
}

fn now_ms() -> Option<u64> {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since_1970.as_millis()).ok()
}

/// Colour is for a terminal, and for a person who has not declined it (<https://no-color.org>).
fn wants_colour(out: &impl IsTerminal) -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    out.is_terminal() && set("NO_COLOR").is_none() && set("TERM").is_some_and(|term| term != "dumb")
}
