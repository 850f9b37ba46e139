//! `unstuck probe`: asks the sources that a file names, and tells how they are doing.

mod alarm;
mod check;
mod clock;
mod compare;
mod config;
mod format;
mod report;
mod secret;
mod server;
mod span;
mod state;
mod statistics;
mod tally;
mod verdict;
mod watch;
mod wire;

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
    thread,
    time::{Duration, Instant},
};

use clap::Args;
use serde_json::Value;
use signal_hook::consts::{SIGINT, SIGTERM};
use unstuck_diagnose::Messages;

use self::{
    alarm::Alarm,
    config::{Config, Wrong},
    format::Format,
    report::{Report, Row},
    server::Page,
    state::{Denied, State, Store},
    wire::{Client, now_ms},
};
use super::{Outcome, Stop};

/// A message that has to wait for its turn at a receiver gets so long before the command ends.
const LINGER: Duration = Duration::from_secs(8);

/// Asks your AI sources and tells how they are doing, for cron, pipelines and monitoring.
///
/// What is asked stands in unstuck.toml. docs/probe.md has examples.
#[derive(Debug, Args)]
#[command(after_help = "  unstuck probe --once
  unstuck probe --once --state /var/lib/unstuck/state.json --alertmanager http://127.0.0.1:9093
  unstuck probe --once --format junit --out report.xml
  unstuck probe --watch --listen 127.0.0.1:9464
  unstuck probe --compare today tomorrow --runs 50")]
pub(super) struct Arguments {
    /// Ask each source once and end
    #[arg(long, conflicts_with = "watch")]
    once: bool,

    /// Ask each source at its interval, until SIGTERM or Ctrl-C
    #[arg(long, conflicts_with_all = ["format", "out"])]
    watch: bool,

    /// Let two probes of the file take turns, and say whether the new one is worse: 1 when it fails more, 3 when it is slower
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], conflicts_with_all = ["once", "watch", "state", "alertmanager", "format", "out"])]
    compare: Vec<String>,

    /// How often each of the two is run
    #[arg(long, value_name = "N", default_value_t = 50, requires = "compare", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    runs: u32,

    /// Serve /metrics and /-/healthy at this address
    #[arg(long, value_name = "HOST:PORT", requires = "watch", conflicts_with = "once")]
    listen: Option<SocketAddr>,

    /// What is asked, and who is told
    #[arg(long, value_name = "FILE", default_value = "unstuck.toml")]
    config: PathBuf,

    /// What is remembered from run to run; alerts need it
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,

    /// Tell this Alertmanager, too; can be repeated
    #[arg(long, value_name = "URL")]
    alertmanager: Vec<String>,

    /// How the run is told
    #[arg(long, value_enum, default_value_t)]
    format: Format,

    /// Write to this file, replaced as a whole, instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: Arguments, words: &dyn Messages) -> Result<Outcome, Stop> {
    let config = read(&arguments.config, &arguments.alertmanager, words)?;
    if let [old, new] = &arguments.compare[..] {
        return compare_two([old, new], arguments.runs, &config, words);
    }
    if arguments.once == arguments.watch {
        return Err(Stop::Usage(words.get("command_probe_how", &[])));
    }
    if arguments.format == Format::Eml && config.mail.is_none() {
        return Err(Stop::Usage(words.get("command_probe_mail", &[])));
    }
    if arguments.format == Format::OtlpCumulative && arguments.state.is_none() {
        return Err(Stop::Usage(words.get("command_probe_uncounted", &[])));
    }
    if arguments.once && !config.alerts.is_empty() && arguments.state.is_none() {
        return Err(Stop::Usage(words.get("command_probe_stateless", &[])));
    }
    if arguments.once {
        once(&arguments, &config, words)
    } else {
        watch_all(&arguments, &config, words)
    }
}

fn compare_two(
    names: [&String; 2],
    runs: u32,
    config: &Config,
    words: &dyn Messages,
) -> Result<Outcome, Stop> {
    let find = |name: &String| {
        let found = config.probes.iter().find(|probe| probe.name == *name);
        found.ok_or_else(|| Stop::Usage(words.get("command_compare_unknown", &[name])))
    };
    let [old, new] = [find(names[0])?, find(names[1])?];
    let (told, exit) = compare::run(old, new, runs, &Client::new(), words);
    io::stdout().lock().write_all(told.as_bytes())?;
    Ok(Outcome::Status(exit))
}

/// Ends with the signal. Alerts that run stay open: whoever stops watching has not seen them end. Alertmanager ends its own.
fn watch_all(
    arguments: &Arguments,
    config: &Config,
    words: &dyn Messages,
) -> Result<Outcome, Stop> {
    let (store, state) = open(arguments.state.as_deref(), words)?;
    let is_over = Arc::new(AtomicBool::new(false));
    for signal in [SIGTERM, SIGINT] {
        signal_hook::flag::register(signal, is_over.clone())?;
    }
    let page = Page::default();
    if let Some(address) = arguments.listen {
        let taken = server::serve(address, page.clone()).map_err(|error| {
            Stop::Usage(
                words.get("command_probe_listen", &[&address.to_string(), &error.to_string()]),
            )
        })?;
        eprintln!("unstuck: http://{taken}/metrics");
    }
    let client = Client::new();
    let mut alarm = Alarm::start(config, &client, words, store, state)?;
    watch::watch(config, &client, &mut alarm, &page, &is_over)?;
    Ok(Outcome::Done)
}

fn read(path: &Path, alertmanagers: &[String], words: &dyn Messages) -> Result<Config, Stop> {
    let shown = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| {
        Stop::Usage(words.get("command_unreadable", &[&shown, &error.to_string()]))
    })?;
    Config::read(&text, alertmanagers)
        .map_err(|wrong| Stop::Usage([&shown, ": ", &told(&wrong, words)].concat()))
}

/// Name, failures, successes and interval in seconds of each probe that a file names; no secret is read.
///
/// # Errors
///
/// What is wrong with the file, in words.
pub(super) fn thresholds(
    text: &str,
    words: &dyn Messages,
) -> Result<Vec<(String, u32, u32, u64)>, String> {
    let probes = config::without_secrets(text).map_err(|wrong| told(&wrong, words))?;
    let told = probes.into_iter().map(|probe| {
        let interval_s = probe.interval.ms().div_ceil(1_000);
        (probe.name, probe.failures, probe.successes, interval_s)
    });
    Ok(told.collect())
}

/// The settings of each probe that a file names, by their names, as they stand there; no secret is read, and none stands there.
///
/// # Errors
///
/// What is wrong with the file, in words.
pub(super) fn settings(
    text: &str,
    words: &dyn Messages,
) -> Result<Vec<BTreeMap<String, Value>>, String> {
    config::without_secrets(text).map_err(|wrong| told(&wrong, words))?;
    let read = config::settings(text);
    read.ok_or_else(|| words.get("command_config_empty", &[]))
}

fn told(wrong: &Wrong, words: &dyn Messages) -> String {
    let arguments: Vec<_> = wrong.arguments.iter().map(String::as_str).collect();
    words.get(wrong.key, &arguments)
}

fn open(path: Option<&Path>, words: &dyn Messages) -> Result<(Option<Store>, State), Stop> {
    let Some(path) = path else { return Ok((None, State::fresh())) };
    let shown = path.display().to_string();
    match Store::open(path) {
        Ok((store, state)) => Ok((Some(store), state)),
        Err(Denied::InUse) => Err(Stop::Usage(words.get("command_state_in_use", &[&shown]))),
        Err(Denied::NotOurs) => Err(Stop::Usage(words.get("command_state_not_ours", &[&shown]))),
        Err(Denied::Io(error)) => {
            Err(Stop::Usage(words.get("command_unreadable", &[&shown, &error.to_string()])))
        }
    }
}

fn once(arguments: &Arguments, config: &Config, words: &dyn Messages) -> Result<Outcome, Stop> {
    let (store, state) = open(arguments.state.as_deref(), words)?;
    let client = Client::new();
    let mut alarm = Alarm::start(config, &client, words, store, state)?;
    // Each in a thread of its own: one that never answers keeps nobody waiting longer than its own time.
    let findings: Vec<_> = thread::scope(|scope| {
        let client = &client;
        let runs: Vec<_> = config
            .probes
            .iter()
            .map(|probe| scope.spawn(move || check::run(probe, client)))
            .collect();
        runs.into_iter().map(thread::ScopedJoinHandle::join).collect()
    });
    let mut rows = Vec::new();
    for (probe, finding) in config.probes.iter().zip(findings) {
        // It has said why on standard error.
        let finding = finding.map_err(|_| io::Error::other(probe.name.as_str()))?;
        alarm.note(probe, &finding)?;
        let tally = alarm.state.tallies.get(&probe.name).cloned().unwrap_or_default();
        rows.push(Row { probe, finding, tally });
    }
    linger(&mut alarm)?;
    for complaint in alarm.complaints() {
        eprintln!("unstuck: {complaint}");
    }
    let report = Report { rows, at_ms: now_ms(), instance: &alarm.state.instance };
    let bytes = format::bytes(arguments.format, &report, config.mail.as_ref(), words);
    match &arguments.out {
        Some(path) => state::replace(path, &bytes, fs::OpenOptions::new())?,
        None => {
            let mut out = io::stdout().lock();
            out.write_all(&bytes)?;
            out.flush()?;
        }
    }
    Ok(Outcome::Status(report.verdict().exit()))
}

/// Messages that only wait for their turn go out before the command ends; others are left to the next run.
fn linger(alarm: &mut Alarm<'_>) -> io::Result<()> {
    let until = Instant::now() + LINGER;
    while let Some(wake_ms) = alarm.wake_ms {
        let wait = Duration::from_millis(wake_ms.saturating_sub(now_ms()));
        if Instant::now() + wait > until {
            break;
        }
        thread::sleep(wait.max(Duration::from_millis(10)));
        alarm.tick()?;
    }
    Ok(())
}
