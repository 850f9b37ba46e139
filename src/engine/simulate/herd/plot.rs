//! The herd as a drawing: a small chart for each policy, all on the same axes.

use std::fmt::Write;

use super::{CATCH_UP_S, Herd, Outcome};

/// Seconds after the outage that are drawn.
const AFTERMATH_S: usize = 300;
const WIDTH: f64 = 430.0;
const HEIGHT: f64 = 96.0;
const COLUMN: f64 = 480.0;
const ROW: f64 = 172.0;
const MARGIN: f64 = 40.0;
const TOP: f64 = 96.0;

const STYLE: &str = "\
text{font:13px system-ui,sans-serif;fill:#5a6172}.name{font-size:15px;font-weight:600;fill:#1b1f2a}.ours .name{fill:#3b4fd8}\
.load{fill:#c9ccd3}.ours .load{fill:#5d6eea}.line{stroke:#9aa3b0;stroke-dasharray:3 4;fill:none}.base{stroke:#9aa3b0}\
.paper{fill:#fff}@media(prefers-color-scheme:dark){.paper{fill:#1b1e27}text{fill:#a7aec0}.name{fill:#eceef5}\
.ours .name{fill:#a5b4ff}.load{fill:#454d5a}.ours .load{fill:#5d6eea}.line,.base{stroke:#657082}}";

/// Draws the load that each policy puts on the service, second by second, on a logarithmic scale.
#[must_use]
pub fn svg(herd: Herd, outcomes: &[Outcome]) -> String {
    let chart = Chart::new(herd, outcomes);
    let height = TOP + ROW * outcomes.len().div_ceil(2) as f64;
    let width = MARGIN + 2.0 * COLUMN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\">\
         <title>What {} clients do to a service that was down for {} s</title><style>{STYLE}</style>\
         <rect class=\"paper\" width=\"100%\" height=\"100%\"/>\
         <text class=\"name\" x=\"{MARGIN}\" y=\"36\">Calls a second from {} clients, on a logarithmic scale</text>\
         <text x=\"{MARGIN}\" y=\"58\">Down until the upright line; afterwards it answers as many as the level line says.</text>",
        herd.clients,
        herd.outage_ms / 1_000,
        herd.clients,
    );
    for (index, outcome) in outcomes.iter().enumerate() {
        let left = MARGIN + COLUMN * (index % 2) as f64;
        let top = TOP + ROW * (index / 2) as f64;
        chart.draw(&mut out, outcome, left, top, index + 1 == outcomes.len());
    }
    out.push_str("</svg>\n");
    out
}

struct Chart {
    seconds: usize,
    outage_s: f64,
    capacity: f64,
    highest: f64,
}

impl Chart {
    fn new(herd: Herd, outcomes: &[Outcome]) -> Self {
        let outage_s = herd.outage_ms as f64 / 1_000.0;
        let highest = outcomes.iter().map(Outcome::peak).max().unwrap_or_default();
        Self {
            seconds: outage_s as usize + AFTERMATH_S,
            outage_s,
            capacity: f64::from(herd.clients) / CATCH_UP_S as f64,
            highest: f64::from(highest.max(10)),
        }
    }

    fn x(&self, second: f64) -> f64 {
        WIDTH * second / self.seconds as f64
    }

    fn y(&self, calls: f64) -> f64 {
        HEIGHT * (1.0 - calls.max(1.0).ln() / self.highest.ln())
    }

    fn draw(&self, out: &mut String, outcome: &Outcome, left: f64, top: f64, ours: bool) {
        let class = if ours { "ours" } else { "other" };
        let done = outcome.done_ms.map_or("never done".into(), |ms| {
            format!("99 % served {:.0} s after", ms as f64 / 1_000.0)
        });
        let mut path = format!("M0 {HEIGHT}");
        for second in 0..self.seconds {
            let calls = outcome.load.get(second).copied().unwrap_or_default();
            let (x, y) = (self.x(second as f64), self.y(f64::from(calls)));
            let _ = write!(path, "L{x:.1} {y:.1}");
        }
        let (end, level) = (self.x(self.outage_s), self.y(self.capacity));
        let _ = write!(
            out,
            "<g class=\"{class}\" transform=\"translate({left} {top})\"><text class=\"name\" y=\"0\">{}</text>\
             <text y=\"18\">at most {} a second · {done}</text><g transform=\"translate(0 28)\">\
             <path class=\"load\" d=\"{path}L{WIDTH} {HEIGHT}Z\"/><path class=\"base\" d=\"M0 {HEIGHT}H{WIDTH}\"/>\
             <path class=\"line\" d=\"M{end:.1} 0V{HEIGHT}M0 {level:.1}H{WIDTH}\"/></g></g>",
            outcome.policy,
            outcome.peak(),
        );
    }
}
