//! What the command line offers: its tasks, and one exit status for each way they can end.

mod diagnose;
mod export;
mod help;
mod json;
mod language;
mod logs;
mod outcome;
mod page;
mod probe;
mod redact;
mod simulate;
mod snapshot;
mod usage;

use std::{env, ffi::OsString, fmt, io, process::ExitCode};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use language::Language;
use outcome::{Outcome, Stop};
use unstuck_diagnose::Messages;

/// Says why an AI request failed, whose move it is and what to do.
#[derive(Debug, Parser)]
#[command(name = "unstuck", version, arg_required_else_help = true)]
struct Arguments {
    /// The language of the answer, such as de or zh-CN; else that of the environment
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = language::named)]
    lang: Option<Language>,
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    Diagnose(diagnose::Arguments),
    Export(export::Arguments),
    Logs(logs::Arguments),
    Probe(probe::Arguments),
    Redact(redact::Arguments),
    Simulate(simulate::Arguments),
    Snapshot(snapshot::Arguments),
}

fn main() -> ExitCode {
    let call: Vec<OsString> = env::args_os().collect();
    let messages = language::asked_for(&call).unwrap_or_else(Language::of_environment).words();
    let task = match understood(call, &messages) {
        Ok(Arguments { task, .. }) => task,
        Err(error) => {
            let Some(told) = usage::complaint(&error, &messages) else { error.exit() };
            eprintln!("unstuck: {told}");
            return ExitCode::from(2);
        }
    };
    let ended = match task {
        Task::Diagnose(arguments) => diagnose::run(arguments, &messages),
        Task::Export(arguments) => export::run(arguments, &messages),
        Task::Logs(arguments) => logs::run(arguments, &messages),
        Task::Probe(arguments) => probe::run(arguments, &messages),
        Task::Redact(arguments) => redact::run(arguments),
        Task::Simulate(arguments) => simulate::run(arguments),
        Task::Snapshot(arguments) => snapshot::run(arguments, &messages),
    };
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Status(status)) => ExitCode::from(status),
        Ok(Outcome::FailuresFound) => ExitCode::FAILURE,
        Ok(Outcome::PartOfInputUnread) => ExitCode::from(2),
        // Whoever read the output has seen enough.
        Err(Stop::Broken(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Stop::LawBroken) => ExitCode::FAILURE,
        Err(stop) => {
            eprintln!("unstuck: {}", StopMessage { stop: &stop, messages: &messages });
            if matches!(stop, Stop::Usage(_)) { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

/// `unstuck help TASK` is `unstuck TASK --help`.
fn understood(mut call: Vec<OsString>, messages: &dyn Messages) -> Result<Arguments, clap::Error> {
    if call.get(1).is_some_and(|word| word == "help") {
        call.remove(1);
        call.push("--help".into());
    }
    let matches = help::spoken(Arguments::command(), messages).try_get_matches_from(call)?;
    Arguments::from_arg_matches(&matches)
}

struct StopMessage<'a> {
    stop: &'a Stop,
    messages: &'a dyn Messages,
}

impl fmt::Display for StopMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self.stop {
            Stop::Unreadable { path, error } => {
                self.messages.get("command_unreadable", &[path, &error.to_string()])
            }
            Stop::Unsafe(leak) => self.messages.get("command_unsafe", &[leak.class]),
            Stop::Broken(error) => self.messages.get("command_broken", &[&error.to_string()]),
            Stop::Usage(words) => words.clone(),
            Stop::LawBroken => String::new(),
        })
    }
}
