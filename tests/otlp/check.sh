#!/usr/bin/env bash
# Reads 10,000 random pushes with Python's official types, and writes them again at the same length.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}/otlp
mkdir -p "$target"
python=$target/venv/bin/python

if ! "$python" -c 'import opentelemetry.proto.metrics' 2>/dev/null; then
  python3 -m venv "$target/venv"
  "$python" -m pip install --quiet opentelemetry-proto==1.45.2
fi

rm -f "$target/pushes"
UNSTUCK_PUSHES=$target/pushes cargo test --quiet --package unstuck-health official_types_read_every_push
"$python" tests/otlp/check.py "$target/pushes"
rm "$target/pushes"
