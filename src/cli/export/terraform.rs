//! Monitors of Datadog and a service of `PagerDuty`, as Terraform has them.

use std::fmt::Write as _;

use super::threshold::{Threshold, quoted};

const HEAD: &str = r#"# Monitors for the numbers of `unstuck probe`, made by `unstuck export terraform`.
# NOT VERIFIED beyond its format and its references (Terraform 1.15). The providers never saw it: no plan and no apply was made.
# The Datadog agent has to scrape /metrics (its OpenMetrics check, namespace "unstuck", metrics "unstuck_probe_.*").
# What to do when one fires: docs/playbook.md.
terraform {
  required_providers {
    datadog = {
      source = "DataDog/datadog"
    }
    pagerduty = {
      source = "PagerDuty/pagerduty"
    }
  }
}

variable "escalation_policy" {
  type        = string
  description = "The id of the PagerDuty escalation policy that is called"
}

resource "pagerduty_service" "ai_sources" {
  name                    = "AI sources"
  description             = "What unstuck probe watches"
  escalation_policy       = var.escalation_policy
  auto_resolve_timeout    = "null"
  acknowledgement_timeout = "null"
}
"#;

pub(super) fn write(thresholds: &[Threshold]) -> String {
    let mut text = HEAD.to_owned();
    for (at, threshold) in thresholds.iter().enumerate() {
        let Threshold { name, failures, .. } = threshold;
        let identifier = threshold.identifier(at).to_lowercase();
        let minutes = (threshold.interval_s * 2).div_ceil(60);
        let tag: String = name.to_lowercase().chars().map(tagged).collect();
        let query = format!(
            "max(last_{minutes}m):max:unstuck.unstuck_probe_consecutive_failures{{source:{tag}}} >= {failures}"
        );
        let silent = threshold.silent_s().div_ceil(60).max(10);
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            "
resource \"datadog_monitor\" \"{identifier}\" {{
  name              = {}
  type              = \"metric alert\"
  query             = {}
  message           = \"{{{{#is_no_data}}}}Its probe does not run.{{{{/is_no_data}}}} See docs/playbook.md. @pagerduty-AI-sources\"
  notify_no_data    = true
  no_data_timeframe = {silent}

  monitor_thresholds {{
    critical = {failures}
  }}
}}
",
            hcl(&format!("{name} does not answer as expected")),
            hcl(&query)
        );
    }
    text
}

/// What Datadog makes of the value of a tag.
fn tagged(letter: char) -> char {
    if letter.is_alphanumeric() || "_-./:".contains(letter) { letter } else { '_' }
}

/// A string of HCL, in which nothing is a template.
fn hcl(text: &str) -> String {
    quoted(text).replace("${", "$${").replace("%{", "%%{")
}
