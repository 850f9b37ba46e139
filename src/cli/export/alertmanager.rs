//! Routes and receivers of Alertmanager, for the rules of `prometheus_rules`.

/// Secrets stand in files of their own.
const TEXT: &str = "\
# Routes for the alerts of `unstuck export prometheus-rules`, made by `unstuck export alertmanager`.
# Tried with amtool 0.25 (check-config). Not tried: the real Slack and PagerDuty.
# Put the two secrets into the files named below, readable for Alertmanager alone. What to do when one fires: docs/playbook.md.
route:
  receiver: chat
  group_by: [alertname, source]
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 4h
  routes:
    - matchers: ['severity=\"page\"']
      receiver: on-call
      continue: true
    - matchers: ['severity=~\"page|ticket|warning\"']
      receiver: chat
inhibit_rules:
  # A source that does not answer need not be called late or unstable as well.
  - source_matchers: ['alertname=\"UnstuckSourceFailing\"']
    target_matchers: ['alertname=~\"UnstuckSourceUnstable|UnstuckSourceDegraded\"']
    equal: [source]
receivers:
  - name: on-call
    pagerduty_configs:
      - routing_key_file: /etc/alertmanager/pagerduty_routing_key
        send_resolved: true
        description: '{{ .CommonAnnotations.summary }}'
  - name: chat
    slack_configs:
      - api_url_file: /etc/alertmanager/slack_webhook_url
        send_resolved: true
        title: '{{ if eq .Status \"firing\" }}{{ .CommonAnnotations.summary }}{{ else }}Over: {{ .CommonAnnotations.summary }}{{ end }}'
        text: '{{ .CommonAnnotations.description }}'
";

pub(super) fn write() -> String {
    TEXT.to_owned()
}
