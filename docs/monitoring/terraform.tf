# Monitors for the numbers of `unstuck probe`, made by `unstuck export terraform`.
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

resource "datadog_monitor" "probe1openai" {
  name              = "openai does not answer as expected"
  type              = "metric alert"
  query             = "max(last_10m):max:unstuck.unstuck_probe_consecutive_failures{source:openai} >= 3"
  message           = "{{#is_no_data}}Its probe does not run.{{/is_no_data}} See docs/playbook.md. @pagerduty-AI-sources"
  notify_no_data    = true
  no_data_timeframe = 20

  monitor_thresholds {
    critical = 3
  }
}

resource "datadog_monitor" "probe2supportbot" {
  name              = "support bot does not answer as expected"
  type              = "metric alert"
  query             = "max(last_30m):max:unstuck.unstuck_probe_consecutive_failures{source:support_bot} >= 3"
  message           = "{{#is_no_data}}Its probe does not run.{{/is_no_data}} See docs/playbook.md. @pagerduty-AI-sources"
  notify_no_data    = true
  no_data_timeframe = 60

  monitor_thresholds {
    critical = 3
  }
}
