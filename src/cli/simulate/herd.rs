//! `unstuck simulate --clients N`: the table and the drawing of the herd.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    path::Path,
    time::Duration,
};

use unstuck_engine::simulate::{self, CATCH_UP_S, Herd, OVERLOAD_HINT_MS, PAUSE_MS};

use super::super::{Outcome, Stop};

pub(super) fn run(clients: u32, outage: Duration, folder: &Path) -> Result<Outcome, Stop> {
    let herd = Herd { clients, outage_ms: outage.as_millis() as u64 };
    let outcomes = herd.run();
    let table = table(herd, &outcomes);
    fs::create_dir_all(folder)?;
    fs::write(folder.join("herd.md"), &table)?;
    fs::write(folder.join("herd.svg"), simulate::svg(herd, &outcomes))?;
    let mut out = io::stdout().lock();
    write!(out, "{table}")?;
    writeln!(out, "\nWritten to {}: herd.md and herd.svg.", folder.display())?;
    Ok(Outcome::Done)
}

fn table(herd: Herd, outcomes: &[simulate::Outcome]) -> String {
    let mut out = format!(
        "{} people ask once each while a service is down for {} s. Every refusal names the end of the outage; afterwards the \
         service can answer {} calls a second, and asks the others to wait for {} s. Whoever's client gives up presses again \
         after about {} s. Two calls each are the least that is possible.\n\n\
         | Policy | Busiest second | Calls each | Calls too early | Presses more, each | Served | 99 % served after the outage |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
        herd.clients,
        herd.outage_ms / 1_000,
        u64::from(herd.clients).div_ceil(CATCH_UP_S),
        OVERLOAD_HINT_MS / 1_000,
        PAUSE_MS / 1_000.0,
    );
    let each = |count: u64| count as f64 / f64::from(herd.clients);
    for outcome in outcomes {
        let done =
            outcome.done_ms.map_or("never".into(), |ms| format!("{:.0} s", ms as f64 / 1_000.0));
        let _ = writeln!(
            out,
            "| {} | {} | {:.2} | {} | {:.2} | {:.1} % | {done} |",
            outcome.policy,
            outcome.peak(),
            each(outcome.calls),
            outcome.early,
            each(outcome.presses),
            each(u64::from(outcome.served)) * 100.0,
        );
    }
    out
}
