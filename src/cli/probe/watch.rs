//! `unstuck probe --watch`: each probe at its interval, until a signal ends it.

use std::{
    io,
    sync::{
        Arc, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    alarm::Alarm,
    check::{self, Finding},
    clock::Clock,
    config::{Config, Probe},
    format,
    report::{Report, Row},
    server::Page,
    wire::{Client, now_ms},
};

/// A signal is noticed within this time.
const BEAT: Duration = Duration::from_millis(100);

/// Watches until the flag is set. Each probe has a thread of its own; what they find is counted and told here, one after the other.
pub(super) fn watch(
    config: &Config,
    client: &Client,
    alarm: &mut Alarm<'_>,
    page: &Page,
    is_over: &Arc<AtomicBool>,
) -> io::Result<()> {
    let (found, findings) = mpsc::channel();
    for (at, probe) in config.probes.iter().enumerate() {
        let (probe, client) = (probe.clone(), client.clone());
        let (found, is_over) = (found.clone(), is_over.clone());
        thread::spawn(move || repeat(at, &probe, &client, &found, &is_over));
    }
    let mut last: Vec<Option<Finding>> = vec![None; config.probes.len()];
    let mut clock = Clock::start(now_ms());
    while !is_over.load(Ordering::Relaxed) {
        let next = findings.recv_timeout(BEAT);
        if clock.has_jumped(now_ms()) {
            alarm.woke()?;
        }
        if let Ok((at, finding)) = next {
            alarm.note(&config.probes[at], &finding)?;
            last[at] = Some(finding);
            *page.lock().unwrap_or_else(PoisonError::into_inner) = told(config, alarm, &last);
        }
        if alarm.wake_ms.is_some_and(|at_ms| at_ms <= now_ms()) {
            alarm.tick()?;
        }
        for complaint in alarm.complaints() {
            eprintln!("unstuck: {complaint}");
        }
    }
    Ok(())
}

/// Runs a probe again and again. One that takes longer than its interval begins anew when it is done.
fn repeat(
    at: usize,
    probe: &Probe,
    client: &Client,
    found: &mpsc::Sender<(usize, Finding)>,
    is_over: &AtomicBool,
) {
    let mut due = Instant::now();
    while !is_over.load(Ordering::Relaxed) {
        if found.send((at, check::run(probe, client))).is_err() {
            return;
        }
        due = (due + probe.interval.0).max(Instant::now());
        while Instant::now() < due && !is_over.load(Ordering::Relaxed) {
            thread::sleep(BEAT.min(due - Instant::now().min(due)));
        }
    }
}

/// The page of numbers: what ran at least once.
fn told(config: &Config, alarm: &Alarm<'_>, last: &[Option<Finding>]) -> String {
    let rows = config.probes.iter().zip(last).filter_map(|(probe, finding)| {
        let tally = alarm.state.tallies.get(&probe.name).cloned().unwrap_or_default();
        Some(Row { probe, finding: finding.clone()?, tally })
    });
    format::numbers(&Report {
        rows: rows.collect(),
        at_ms: now_ms(),
        instance: &alarm.state.instance,
    })
}
