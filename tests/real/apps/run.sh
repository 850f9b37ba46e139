#!/usr/bin/env bash
# Real web apps of AI alone, with the extension and the lab that are built: './build.sh build' and 'cargo build -p unstuck-lab'.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
venv=$CARGO_TARGET_DIR/real/gradio

if ! "$venv/bin/python" -c 'import gradio' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet gradio==6.31.0
fi

exec node --test --test-concurrency=1 tests/real/apps/*.test.mjs
