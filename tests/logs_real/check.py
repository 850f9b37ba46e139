"""Every fault of the lab in the logs of real programs, counted under its cause, and one request in three files.

Argument: the folder of the programs.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import otherwise
import programs

BINARIES = Path(sys.argv[1]).resolve()

# Servers write a status and no words: what shares its status with something more frequent is counted there.
OF_STATUS = {
    400: "invalid_request", 401: "invalid_api_key", 403: "access_denied", 404: "endpoint_not_found", 405: "endpoint_not_found",
    407: "proxy_failure", 408: "timeout", 409: "conflict", 413: "payload_too_large", 415: "invalid_request", 422: "invalid_request", 429: "rate_limited",
    500: "server_error", 502: "bad_gateway", 503: "service_unavailable", 504: "gateway_timeout", 520: "origin_unreachable",
    521: "origin_unreachable", 522: "origin_unreachable", 523: "origin_unreachable", 524: "origin_timeout",
    525: "origin_unreachable", 526: "origin_unreachable", 529: "model_overloaded",
}


def equal(what, told, expected):
    if told != expected:
        sys.exit(f"{what}: {told} instead of {expected}")


def report(world, *arguments):
    done = subprocess.run([BINARIES / "unstuck", "logs", "--json", *arguments], cwd=world.folder, capture_output=True, text=True)
    return json.loads(done.stdout)


def told(world, file):
    """What each call in a file is counted under."""
    lines = (world.folder / file).read_text(errors="replace").split("\n")
    causes = {}
    for step in report(world, "--request", programs.ALL, file)["steps"]:
        call = re.search(r"\bc\d{3}\b", lines[step["line"] - 1])[0]
        equal(f"{file}: entries of {call}", call in causes, False)
        causes[call] = step.get("ended")
    return causes


def counted(world, file):
    return {of["cause"]: of["count"] for of in report(world, file)["causes"]}


def check_programs(world, faults):
    """Both programs, and what rsyslog wrote of one of them."""
    named = {call: fault["name"] for call, fault in faults.items() if fault["name"] not in programs.ENDLESS}
    right = {}
    for file, own in (("python.log", otherwise.PYTHON), ("pino.log", otherwise.NODE)):
        other = otherwise.of(otherwise.BOTH, own)
        equal(f"{file}: exceptions that are no faults", set(other) - set(named.values()), set())
        expected = {call: other.get(name, faults[call]["cause"]) for call, name in named.items()}
        causes = told(world, file)
        wrong = {named[call]: (causes.get(call), cause) for call, cause in expected.items() if str(causes.get(call)) not in str(cause).split("|")}
        equal(f"{file}: wrong, with what was expected", wrong, {})
        right[file] = len(named) - len(other)
    for file in ("syslog-3164.log", "syslog-5424.log"):
        equal(file, told(world, file), told(world, "python.log"))
    return right


def check_nginx(world):
    """Its access log is counted by status. Its error log has what it answered itself, with 502 or 504, and answers that were cut."""
    causes, statuses = told(world, "access.log"), {}
    for line in (world.folder / "access.log").read_text().splitlines():
        call = re.search(r"call=(c\d{3})", line)
        if call:
            status = int(re.search(r'" (\d{3}) \d+ "', line)[1])
            statuses[call[1]] = status
            if status >= 400:
                equal(f"access.log: {line}", causes[call[1]], OF_STATUS[status])
    errors = [line for line in (world.folder / "nginx-error.log").read_text().splitlines() if "[error]" in line]
    late = sum("timed out" in line for line in errors)
    equal("nginx-error.log", counted(world, "nginx-error.log"), {"bad_gateway": len(errors) - late, "gateway_timeout": late})
    for line in errors:
        # What has no header at all nginx hands on as HTTP/0.9, under a status that is none.
        if "response header" in line and "no valid HTTP" not in line:
            status = 504 if "timed out" in line else 502
            equal(f"access.log, after {line}", statuses[re.search(r"call=(c\d{3})", line)[1]], status)
    equal("Whether both happened", {502, 504} <= set(statuses.values()) and 0 < late < len(errors), True)


def check_lab(world):
    calls = [json.loads(line) for line in (world.folder / "lab.log").read_text().splitlines()]
    failed = Counter(OF_STATUS[call["status"]] for call in calls if (call["status"] or 0) >= 400)
    equal("lab.log", counted(world, "lab.log"), dict(failed))


def check_one(world):
    files = ["one.log", "syslog-5424.log", "access.log"]
    steps = report(world, "--request", programs.ONE, *files)["steps"]
    equal("The files of one request", sorted(step["file"] for step in steps), sorted(files))
    equal("How it ended", {step["file"]: step["ended"] for step in steps}, {
        "access.log": "service_unavailable", "one.log": "model_overloaded", "syslog-5424.log": "model_overloaded",
    })
    times = [step["at_ms"] for step in steps]
    equal("The order of time", times, sorted(times))


with tempfile.TemporaryDirectory() as folder:
    world = programs.set_up(folder, BINARIES)
    try:
        catalogue = json.loads(world.call("lab", "/lab/faults"))["faults"]
        faults = {f"c{number:03}": fault for number, fault in enumerate(catalogue)}
        programs.ask_for_all(world, {call: fault["name"] for call, fault in faults.items()}, sys.executable)
        programs.follow_one(world, sys.executable)
        right = check_programs(world, faults)
        check_nginx(world)
        check_lab(world)
        check_one(world)
    finally:
        world.end()
print(f"Of {len(faults)} faults {right['python.log']} stand under their cause in Python's log and {right['pino.log']} in pino's, and rsyslog's files, nginx's, the lab's and one request in three files are read as expected.")
