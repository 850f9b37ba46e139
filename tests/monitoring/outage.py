"""An outage of the lab, seen by the real Prometheus and the real Alertmanager: each receiver hears of it twice.

The receivers are stand-ins: the lab's for Slack, PagerDuty and webhooks, and aiosmtpd for mail. All of it listens on loopback.
"""

import email
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from aiosmtpd.controller import Controller

from world import World

BINARIES = Path(sys.argv[1]).resolve()


class Mails:
    """Keeps the subject of every mail."""

    def __init__(self):
        self.subjects = []

    async def handle_DATA(self, server, session, envelope):
        self.subjects.append(email.message_from_bytes(envelope.content)["Subject"])
        return "250 OK"


class Outage(World):
    """The lab, the probe and those who hear of it."""

    def __init__(self, folder):
        super().__init__(folder, "lab", "alertmanager", "prometheus", "probe", "smtp")
        self.mails = Mails()
        self.smtp = Controller(self.mails, hostname="127.0.0.1", port=self.ports["smtp"])
        self.smtp.start()

    def tell(self):
        for kind in ("slack", "pagerduty", "webhook"):
            for call in self.received(kind, all_of_them=True):
                print(kind, call["status"], json.dumps(call["body"])[:400])
        print("mail", self.mails.subjects)
        super().tell()

    def received(self, kind, all_of_them=False):
        calls = json.loads(self.call("lab", f"/sinks/{kind}/received"))["received"]
        return [call for call in calls if all_of_them or 200 <= call["status"] < 300]

    def heard(self):
        """How often each receiver was told, of which alert and with what state."""
        told = {
            "webhook": [(call["body"]["groupLabels"]["alertname"], call["body"]["status"]) for call in self.received("webhook")],
            "pagerduty": [call["body"]["event_action"] for call in self.received("pagerduty")],
            "slack": [call["body"]["attachments"][0]["title"].split()[0] for call in self.received("slack")],
            "mail": [subject.split(":")[0] for subject in self.mails.subjects],
        }
        return told

    def end(self):
        super().end()
        self.smtp.stop()


def set_up(world):
    lab = f"http://127.0.0.1:{world.ports['lab']}"
    world.write(
        "unstuck.toml",
        f"""
[[probe]]
name = "openai"
source = "openrouter"
base_url = "{lab}/v1"
key = "env:LAB_KEY"
interval = "1s"
quiet = "2s"
""",
    )
    rules = subprocess.run([BINARIES / "unstuck", "export", "prometheus-rules"], cwd=world.folder, capture_output=True, check=True)
    world.write("rules.yml", rules.stdout.decode())
    world.write("slack", f"{lab}/sinks/slack/services/T/B/x")
    world.write(
        "alertmanager.yml",
        f"""
global: {{smtp_smarthost: '127.0.0.1:{world.ports["smtp"]}', smtp_from: 'a@example.org', smtp_require_tls: false, smtp_hello: localhost}}
route: {{receiver: all, group_by: [alertname, source], group_wait: 0s, group_interval: 1s, repeat_interval: 4h}}
receivers:
  - name: all
    webhook_configs: [{{url: '{lab}/sinks/webhook/hook', send_resolved: true}}]
    pagerduty_configs: [{{url: '{lab}/sinks/pagerduty/v2/enqueue', routing_key: '{"0" * 32}', send_resolved: true}}]
    slack_configs: [{{api_url_file: slack, send_resolved: true, title: '{{{{ .Status }}}} {{{{ .GroupLabels.alertname }}}}', text: '-'}}]
    email_configs: [{{to: 'b@example.org', send_resolved: true, headers: {{Subject: '{{{{ .Status }}}}: {{{{ .GroupLabels.alertname }}}}'}}}}]
""",
    )
    world.write(
        "prometheus.yml",
        f"""
global: {{scrape_interval: 1s, evaluation_interval: 1s}}
rule_files: [rules.yml]
scrape_configs: [{{job_name: unstuck, static_configs: [{{targets: ['127.0.0.1:{world.ports["probe"]}']}}]}}]
alerting: {{alertmanagers: [{{static_configs: [{{targets: ['127.0.0.1:{world.ports["alertmanager"]}']}}]}}]}}
""",
    )
    world.start("lab", BINARIES / "unstuck-lab", "--port", world.ports["lab"], "--detached")
    world.start(
        "alertmanager", "prometheus-alertmanager", "--config.file=alertmanager.yml", "--storage.path=alerts",
        f"--web.listen-address=127.0.0.1:{world.ports['alertmanager']}", "--cluster.listen-address=",
    )
    world.wait_for("the lab and Alertmanager listen", lambda: world.call("lab", "/lab/health") and world.call("alertmanager", "/-/ready"))


def outage(world, alert):
    """An outage whose cause changes midway: one trigger and one resolve each, of the same alert."""
    world.fault("server_error")
    world.wait_for("the trigger", lambda: all(len(told) == 1 for told in world.heard().values()))
    world.fault("overloaded")
    time.sleep(3)
    world.fault("healthy")
    world.wait_for("the end", lambda: all(len(told) == 2 for told in world.heard().values()))
    time.sleep(4)
    expected = {
        "webhook": [(alert, "firing"), (alert, "resolved")],
        "pagerduty": ["trigger", "resolve"],
        "slack": ["firing", "resolved"],
        "mail": ["firing", "resolved"],
    }
    if world.heard() != expected:
        world.tell()
        sys.exit(f"Told: {world.heard()}")
    keys = {call["body"]["dedup_key"] for call in world.received("pagerduty")}
    if len(keys) != 1:
        sys.exit(f"PagerDuty got {len(keys)} keys")


def forget(world):
    world.call("lab", "/lab/reset", {})
    world.mails.subjects.clear()


def through_alertmanager_alone(world):
    command = [BINARIES / "unstuck", "probe", "--watch", "--alertmanager", f"http://127.0.0.1:{world.ports['alertmanager']}"]
    world.start("probe", *command)
    outage(world, "UnstuckSource")
    # Killed in the middle of an outage, it can tell nothing more. Its alert ends by itself.
    forget(world)
    world.fault("server_error")
    world.wait_for("another trigger", lambda: len(world.heard()["webhook"]) == 1)
    world.kill("probe")
    world.wait_for("an end by itself", lambda: world.heard()["webhook"][1:] == [("UnstuckSource", "resolved")])
    world.fault("healthy")


def through_prometheus(world):
    world.start(
        "prometheus", "prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=numbers",
        f"--web.listen-address=127.0.0.1:{world.ports['prometheus']}",
    )
    world.start("probe", BINARIES / "unstuck", "probe", "--watch", "--listen", f"127.0.0.1:{world.ports['probe']}")
    query = "/api/v1/query?query=unstuck_probe_success"
    world.wait_for("a scrape", lambda: json.loads(world.call("prometheus", query))["data"]["result"])
    time.sleep(3)
    forget(world)
    outage(world, "UnstuckSourceFailing")
    # Killed, it is silent, and that does not pass for health.
    forget(world)
    world.kill("probe")
    world.wait_for("silence is told", lambda: world.heard()["webhook"] == [("UnstuckProbeSilent", "firing")])


with tempfile.TemporaryDirectory() as folder:
    world = Outage(folder)
    try:
        set_up(world)
        through_alertmanager_alone(world)
        forget(world)
        through_prometheus(world)
    finally:
        world.end()
print("Two outages were told twice to each of four receivers; a killed probe ended its alert, and was told to be silent.")
