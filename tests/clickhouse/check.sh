#!/usr/bin/env bash
# Tries `unstuck diagnose --jsonl` as an executable function of ClickHouse, which PyPI has as a library (900 MB unpacked: not part
# of the tests). Takes the number of rows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
python=$target/clickhouse/venv/bin/python

if ! "$python" -c 'import chdb' 2>/dev/null; then
  python3 -m venv "$target/clickhouse/venv"
  "$python" -m pip install --quiet chdb==4.4.0
fi

cargo build --quiet --release --package unstuck
"$python" tests/clickhouse/check.py "$target/release/unstuck" "$target/clickhouse" "${1:-200000}"
