"""Follows "Ten minutes to the first alert" of docs/probe.md from nothing: runs its blocks as they stand, on free ports.

Argument: the folder of the programs, which are built already.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from world import free_port

ROOT = Path(__file__).resolve().parents[2]
BINARIES = Path(sys.argv[1]).resolve()
LONGEST_S = 120

section = (ROOT / "docs/probe.md").read_text().split("\n## Ten minutes to the first alert\n")[1].split("\n## ")[0]
script = "\n".join(re.findall(r"^```sh\n(.*?)^```$", section, re.DOTALL | re.MULTILINE))
script = script.replace("cargo build -p unstuck -p unstuck-lab\n", "").replace("$PWD/target/debug", str(BINARIES))
for port in sorted(set(re.findall(r"\b(?:8900|9\d{3})\b", script))):
    script = re.sub(rf"\b{port}\b", str(free_port()), script)

with tempfile.TemporaryDirectory() as home:
    began = time.monotonic()
    with subprocess.Popen(
        ["bash", "-euo", "pipefail", "-c", script], cwd=ROOT, env={**os.environ, "HOME": home},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    ) as shell:
        try:
            said, _ = shell.communicate(timeout=LONGEST_S)
        except subprocess.TimeoutExpired:
            os.killpg(shell.pid, signal.SIGKILL)
            said, _ = shell.communicate()
            logs = "".join(f"{log.name}: {log.read_text()[-1500:]}\n" for log in Path(home).glob("*/*.log"))
            sys.exit(f"No alert and its end within {LONGEST_S} s: {said}\n{logs}")
    took_s = time.monotonic() - began

if shell.returncode:
    sys.exit(f"The blocks end with {shell.returncode}: {said}")
line = next(line for line in said.splitlines() if '"resolved"' in line)
received = json.loads('{' + line[line.index('"received"') :])["received"]
told = [(call["body"]["groupLabels"]["alertname"], call["body"]["status"]) for call in received]
expected = [("UnstuckSourceFailing", "firing"), ("UnstuckSourceFailing", "resolved")]
if told != expected:
    sys.exit(f"The webhook heard {told}")
print(f"Whoever follows the documentation has the first alert, and its end, after {took_s:.0f} s and what the compiler takes.")
