"""What VictoriaMetrics makes of the numbers of `unstuck probe`, pushed as OTLP and scraped; Prometheus scrapes the same.

Arguments: the folder of the programs, the dashboard, the golden list of names.
"""

import json
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

from world import World

BINARIES, DASHBOARD, GOLDEN = (Path(argument).resolve() for argument in sys.argv[1:])
RUNS = 3


def equal(what, told, expected):
    if told != expected:
        sys.exit(f"{what}: {told} instead of {expected}")


def set_up(world):
    probes = [("answers", "v1"), ("fails", "fault/server_error/v1"), ("is limited", "fault/rate_limited/v1")]
    world.write(
        "unstuck.toml",
        "".join(
            f"""
[[probe]]
name = "{name}"
source = "openrouter"
base_url = "http://{world.address("lab")}/{path}"
model = "lab-small"
key = "env:LAB_KEY"
check = "answer"
interval = "1s"
"""
            for name, path in probes
        ),
    )
    scrape = f"scrape_configs: [{{job_name: unstuck, scrape_interval: 1s, static_configs: [{{targets: ['{world.address('probe')}']}}]}}]"
    world.write("scrape.yml", scrape)
    world.start("lab", BINARIES / "unstuck-lab", "--port", world.ports["lab"], "--detached")
    # Without an offset of 0 a fresh number is invisible for half a minute.
    world.start(
        "victoria", "victoria-metrics", f"-httpListenAddr={world.address('victoria')}", "-storageDataPath=victoria",
        "-retentionPeriod=1", "-memory.allowedBytes=64MiB", "-search.latencyOffset=0s",
        "-opentelemetry.usePrometheusNaming", "-promscrape.config=scrape.yml",
    )
    world.start(
        "prometheus", "prometheus", "--config.file=scrape.yml", "--storage.tsdb.path=prometheus",
        f"--web.listen-address={world.address('prometheus')}",
    )
    world.wait_for("the lab answers", lambda: world.call("lab", "/lab/health"))
    world.wait_for("VictoriaMetrics answers", lambda: world.call("victoria", "/health"))
    world.wait_for("Prometheus answers", lambda: world.call("prometheus", "/-/ready"))


def ask(world, engine, path, **parameters):
    answer = json.loads(world.call(engine, f"/api/v1/{path}?{urllib.parse.urlencode(parameters)}"))
    return answer["data"]


def values(world, engine, query):
    """The values of a query, each by what tells its series from the others."""
    own = ("unstuck_probe_name", "source", "error_type", "cause", "le")
    found = ask(world, engine, "query", query=query)["result"]
    return {tuple(of["metric"][key] for key in own if key in of["metric"]): float(of["value"][1]) for of in found}


def names(world, engine):
    """The metrics that an engine knows, without those that it writes of its own scraping."""
    known = ask(world, engine, "label/__name__/values")
    return sorted(name for name in known if name != "up" and not name.startswith("scrape_"))


def pushed(world):
    for _ in range(RUNS):
        run = subprocess.run(
            [BINARIES / "unstuck", "probe", "--once", "--state", "state.json", "--format", "otlp-cumulative"],
            cwd=world.folder, env={"LAB_KEY": "lab-key"}, capture_output=True,
        )
        equal("The exit status", run.returncode, 1)
        # Anything but a 2xx is an error here; VictoriaMetrics says 200 with nothing more.
        equal("The answer", world.call("victoria", "/opentelemetry/v1/metrics", run.stdout, "application/x-protobuf"), b"")
    runs = "unstuck_probe_duration_seconds_count"
    expected = {("answers",): RUNS, ("fails", "server_error"): RUNS, ("is limited", "rate_limited"): RUNS}
    world.wait_for("all runs are counted", lambda: values(world, "victoria", runs) == expected)
    up = values(world, "victoria", "unstuck_source_up")
    equal("Who is up", up, {("answers",): 1, ("fails",): 0, ("is limited",): 0})
    longest = values(world, "victoria", "unstuck_probe_duration_seconds_bucket{le='81.92'}")
    equal("Runs below the highest bound", sum(longest.values()), 3 * RUNS)
    return names(world, "victoria")


def scraped(world):
    world.start("probe", BINARIES / "unstuck", "probe", "--watch", "--listen", world.address("probe"))
    queries = [target["expr"] for panel in json.loads(DASHBOARD.read_text())["panels"] for target in panel["targets"]]
    equal("The number of queries", len(queries), 8)
    for engine in ("victoria", "prometheus"):
        for query in queries:
            query = query.replace("$source", ".*")
            world.wait_for(f"{engine} answers {query}", lambda: values(world, engine, query))
        equal("What nobody measures", values(world, engine, "unstuck_probe_nothing"), {})
        sources = ask(world, engine, "label/source/values", **{"match[]": "unstuck_probe_success"})
        equal("What can be chosen", sorted(sources), ["answers", "fails", "is limited"])
        equal("Who answers", values(world, engine, "unstuck_probe_success"), {("answers",): 1, ("fails",): 0, ("is limited",): 0})
    return names(world, "prometheus")


with tempfile.TemporaryDirectory() as folder:
    world = World(folder, "lab", "probe", "victoria", "prometheus")
    try:
        set_up(world)
        by_push = pushed(world)
        by_scrape = scraped(world)
        equal("The names of both in VictoriaMetrics", names(world, "victoria"), sorted(by_push + by_scrape))
    finally:
        world.end()
told = [f"pushed {name}" for name in by_push] + [f"scraped {name}" for name in by_scrape]
equal("The names", told, GOLDEN.read_text().splitlines())
print(f"VictoriaMetrics counted {3 * RUNS} pushed runs, and answered every query of the dashboard, as Prometheus did.")
