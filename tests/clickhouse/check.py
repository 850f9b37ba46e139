"""Diagnoses rows inside ClickHouse, with `unstuck diagnose --jsonl` as an executable function, and compares with the direct run.

Arguments: the command, a folder to work in, how many rows.
"""

import json
import os
import subprocess
import sys
import time

from chdb import session

COMMAND, FOLDER, COUNT = sys.argv[1], os.path.abspath(sys.argv[2]), int(sys.argv[3])
KINDS = [
    {"status": 429, "provider": "openai", "body": '{"error":{"message":"Rate limit reached for gpt-4o","code":"rate_limit_exceeded"}}'},
    {"status": 503, "provider": "openai", "body": '{"error":{"message":"That model is currently overloaded with other requests."}}'},
    {"message": "connect ECONNREFUSED 127.0.0.1:11434"},
    {"status": 401, "provider": "anthropic", "body": '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}'},
]


def told(name, lines, began):
    print(f"{name}: {len(lines)} rows, {len(lines) / (time.time() - began):.0f} rows/s")
    return lines


rows = f"{FOLDER}/failures.jsonl"
scripts = f"{FOLDER}/user_scripts"
os.makedirs(scripts, exist_ok=True)
with open(rows, "w", encoding="utf-8") as out:
    for at in range(COUNT):
        out.write(json.dumps({**KINDS[at % len(KINDS)], "elapsed_ms": at}, separators=(",", ":")) + "\n")
with open(f"{scripts}/diagnose.sh", "w", encoding="utf-8") as out:
    out.write(f"#!/bin/sh\nexec {COMMAND} diagnose --jsonl\n")
os.chmod(f"{scripts}/diagnose.sh", 0o755)

began = time.time()
with open(rows, "rb") as lines:
    direct = subprocess.run([COMMAND, "diagnose", "--jsonl"], stdin=lines, capture_output=True, check=True).stdout
direct = told("direct", direct.decode().splitlines(), began)

database = session.Session(f"{FOLDER}/database?user_scripts_path={scripts}/")
began = time.time()
answer = database.query(
    f"""SELECT line FROM executable('diagnose.sh', LineAsString, 'line String',
        (SELECT line FROM file('{rows}', LineAsString, 'line String'))) SETTINGS max_threads = 1""",
    "LineAsString",
)
inside = told("in ClickHouse", answer.bytes().decode().splitlines(), began)
assert len(direct) == COUNT and sorted(inside) == sorted(direct), "the answers differ"
print("the answers are the same")
