"""A thousand browsers push what they count since their last push to the real VictoriaMetrics, which adds it up; one more pushes what it
counted from its beginning. Browsers die, and answers are lost.

Arguments: the folder of the programs, the rules of the aggregation.
"""

import json
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

from world import World

BINARIES, RULES = (Path(argument).resolve() for argument in sys.argv[1:])
BROWSERS = 1000
MOST_SERIES = 20
DURATION = "gen_ai_client_operation_duration_seconds_count"


def start(world, name, *more):
    world.start(
        name, "victoria-metrics", f"-httpListenAddr={world.address(name)}", f"-storageDataPath={name}", "-retentionPeriod=1",
        "-memory.allowedBytes=64MiB", "-search.latencyOffset=0s", "-opentelemetry.usePrometheusNaming", *more,
    )
    world.wait_for(f"{name} answers", lambda: world.call(name, "/health"))


def ask(world, engine, path, **parameters):
    return json.loads(world.call(engine, f"/api/v1/{path}?{urllib.parse.urlencode(parameters)}"))["data"]


def number(world, engine, query):
    found = ask(world, engine, "query", query=query)["result"]
    return sum(float(of["value"][1]) for of in found)


def browsers(world, engine, temporality, count):
    run = subprocess.run(
        [BINARIES / "examples/browsers", world.address(engine), temporality, str(count)], capture_output=True, check=True, text=True,
    )
    return json.loads(run.stdout)


def herd(world):
    world.write("rules.yml", RULES.read_text().replace("interval: 1m", "interval: 1s"))
    start(world, "sums", "-streamAggr.config=rules.yml", "-streamAggr.dropInput")
    herd = browsers(world, "sums", "delta", BROWSERS)
    shown = lambda name, more="": number(world, "sums", f"sum(sum_over_time({{__name__='{name}:1s_sum_samples'{more}}}[1h]))")
    # What was pushed last is added up within a second.
    world.wait_for("all that is missing is told", lambda: shown("unstuck_export_dropped_total") == herd["dropped"])
    asks, failures = shown(DURATION), shown(DURATION, ", error_type='server_error'")
    missing = herd["asks"] - asks
    if not (0 <= missing <= herd["dropped"] and failures <= herd["failures"]):
        sys.exit(f"VictoriaMetrics shows {asks} asks and {failures} failures of {herd}")
    if herd["deaths"] < BROWSERS / 10 or not missing:
        sys.exit(f"Too little went wrong to show anything: {herd}, {missing} missing")
    series = ask(world, "sums", "series", **{"match[]": '{__name__!=""}'})
    if len(series) > MOST_SERIES or any("service_instance_id" in one for one in series):
        sys.exit(f"{len(series)} series: {series}")
    return f"{herd['asks']} asks of {BROWSERS} browsers, {herd['deaths']} deaths: {asks:.0f} are shown, {missing:.0f} are missing, \
{herd['dropped']} are said to be, in {len(series)} series"


def one_client(world):
    start(world, "client")
    client = browsers(world, "client", "cumulative", 1)
    shown = lambda query: number(world, "client", query)
    total = f"sum(last_over_time({DURATION}[1d]))"
    world.wait_for("all asks are counted", lambda: shown(total) == client["asks"])
    if not client["deaths"]:
        sys.exit(f"It never died: {client}")
    resets = shown(f"sum(resets({DURATION}[1d]))")
    instances = ask(world, "client", "label/service.instance.id/values") + ask(world, "client", "label/service_instance_id/values")
    if resets or len(instances) != 1 or shown("sum(last_over_time(unstuck_export_dropped_total[1d]))"):
        sys.exit(f"{resets} resets, {instances}, {client}")
    return f"one that died {client['deaths']} times: {client['asks']} of {client['asks']}, no reset"


with tempfile.TemporaryDirectory() as folder:
    world = World(folder, "sums", "client")
    try:
        print(f"VictoriaMetrics adds up {herd(world)}; and of {one_client(world)}.")
    finally:
        world.end()
