//! Alerting rules of Prometheus, for the numbers of `unstuck probe`.

use std::fmt::Write as _;

use super::threshold::{Threshold, quoted};

const HEAD: &str = "\
# Alerting rules for the numbers of `unstuck probe`, made by `unstuck export prometheus-rules`.
# Tried with promtool 2.42 (check rules, test rules). `keep_firing_for` needs Prometheus 2.42 or newer.
# What to do when one fires: docs/playbook.md.
";

pub(super) fn write(thresholds: &[Threshold]) -> String {
    let mut text = HEAD.to_owned();
    text.push_str("groups:\n");
    for threshold in thresholds {
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            "  - name: {}\n    rules:\n",
            quoted(&format!("unstuck {}", threshold.name))
        );
        for rule in rules(threshold) {
            rule.write(&mut text, threshold);
        }
    }
    text
}

/// One rule. Neither the cause nor a number is among its labels: a changed label would be another alert.
struct Rule {
    alert: &'static str,
    expr: String,
    wait_s: u64,
    keep_s: u64,
    severity: &'static str,
    summary: &'static str,
    description: &'static str,
}

fn rules(threshold: &Threshold) -> [Rule; 5] {
    let Threshold { failures, successes, interval_s, .. } = threshold;
    let source = threshold.quoted();
    let in_a_row = format!("unstuck_probe_consecutive_failures{{source={source}}} >= {failures}");
    let last_was = |verdicts: &str| {
        format!(
            "{in_a_row} and on (source) (max by (source) (unstuck_probe_verdict{{source={source},verdict=~\"{verdicts}\"}}) == 1)"
        )
    };
    let failed = |window: &str| {
        format!("(1 - avg_over_time(unstuck_probe_success{{source={source}}}[{window}]) > 0.288)")
    };
    let keep_s = u64::from(*successes) * interval_s;
    let silent_s = threshold.silent_s();
    [
        Rule {
            alert: "UnstuckSourceFailing",
            expr: last_was("provider|network"),
            wait_s: 0,
            keep_s,
            severity: "page",
            summary: "does not answer",
            description: "The last runs of its probe failed, and not by our own doing. The label cause of unstuck_probe_info says why.",
        },
        // A source that goes up and down never fails often enough in a row; its share of failures tells. One outage has two changes.
        Rule {
            alert: "UnstuckSourceUnstable",
            expr: format!(
                "{} and on (source) {} and on (source) (increase(unstuck_probe_attempts_total{{source={source}}}[1h]) >= 5) \
                 and on (source) (changes(unstuck_probe_success{{source={source}}}[1h]) >= 4) \
                 unless on (source) (max_over_time(unstuck_probe_verdict{{source={source},verdict=\"yours\"}}[1h]) == 1)",
                failed("1h"),
                failed("5m")
            ),
            wait_s: 0,
            keep_s: 900,
            severity: "page",
            summary: "goes up and down",
            description: "It went up and down at least twice within an hour, and more than 28.8 % of its runs failed in it and in the last five minutes.",
        },
        Rule {
            alert: "UnstuckSourceDegraded",
            expr: last_was("degraded"),
            wait_s: 0,
            keep_s,
            severity: "ticket",
            summary: "answers late or with something else",
            description: "The last runs of its probe went over a limit, or lacked the expected text.",
        },
        Rule {
            alert: "UnstuckProbeRefused",
            expr: last_was("yours"),
            wait_s: 0,
            keep_s,
            severity: "ticket",
            summary: "refuses our key, quota or request",
            description: "Only we can mend it: see the label cause of unstuck_probe_info.",
        },
        Rule {
            alert: "UnstuckProbeSilent",
            expr: format!(
                "(time() - unstuck_probe_last_run_timestamp_seconds{{source={source}}} > {silent_s}) \
                 or absent(unstuck_probe_last_run_timestamp_seconds{{source={source}}})"
            ),
            wait_s: *interval_s,
            keep_s: 0,
            severity: "page",
            summary: "is not watched",
            description: "Its probe does not run, so nobody knows how it is doing.",
        },
    ]
}

impl Rule {
    fn write(&self, text: &mut String, threshold: &Threshold) {
        let name = &threshold.name;
        let summary = quoted(&escaped(&format!("{name} {}", self.summary)));
        let _ =
            write!(text, "      - alert: {}\n        expr: {}\n", self.alert, quoted(&self.expr));
        for (field, seconds) in [("for", self.wait_s), ("keep_firing_for", self.keep_s)] {
            if seconds > 0 {
                let _ = writeln!(text, "        {field}: {seconds}s");
            }
        }
        let _ = write!(
            text,
            "        labels:\n          severity: {}\n          source: {}\n        annotations:\n          summary: {summary}\n          description: {}\n",
            self.severity,
            quoted(&escaped(name)),
            quoted(self.description)
        );
    }
}

/// Labels and annotations are templates.
fn escaped(text: &str) -> String {
    text.replace("{{", "{{\"{{\"}}")
}
