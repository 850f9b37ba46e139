#!/usr/bin/env bash
# Gives the numbers of `unstuck probe` to the real VictoriaMetrics, pushed and scraped, and asks it and Prometheus the queries of the
# dashboard. Then those of a thousand browsers, which it adds up.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
PYTHONPATH=tests/monitoring python3 -B tests/victoriametrics/check.py "$target/debug" docs/monitoring/grafana.json tests/victoriametrics/names.txt
PYTHONPATH=tests/monitoring python3 -B tests/victoriametrics/herd.py "$target/debug" docs/monitoring/aggregation.yml
