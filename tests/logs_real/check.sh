#!/usr/bin/env bash
# Reads the logs that real programs write in this run: nginx before the lab, rsyslog, Python's logging, pino, the lab itself.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
python=$target/logs_real/bin/python

if ! "$python" -c 'import openai' 2>/dev/null; then
  python3 -m venv "$target/logs_real"
  "$python" -m pip install --quiet openai==3.57.0
fi

PYTHONPATH=tests/monitoring "$python" -B tests/logs_real/check.py "$target/debug"
