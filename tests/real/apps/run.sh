#!/usr/bin/env bash
# Real web apps of AI alone, with the extension and the lab that are built: './build.sh build' and 'cargo build -p unstuck-lab'.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}

# Puts a framework at its version, and what else its chat needs, into an environment of its own.
need() {
  local name=$1 version=$2 venv=$CARGO_TARGET_DIR/real/$1
  shift 2
  "$venv/bin/python" -c "import importlib.metadata as m; assert m.version('$name') == '$version'" 2>/dev/null && return
  python3 -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet "$name==$version" "$@"
}

need gradio 6.31.0
need streamlit 1.67.0 openai==3.57.0
need chainlit 2.12.0 openai==3.57.0
# Of what Open WebUI needs, what its slim edition does, by the list in its package: the rest is gigabytes of libraries for models.
need open-webui 0.12.4 --no-deps
"$CARGO_TARGET_DIR/real/open-webui/bin/python" -m pip install --quiet --requirement "$CARGO_TARGET_DIR"/real/open-webui/lib/python3*/site-packages/requirements-slim.txt

exec node --test --test-concurrency=1 tests/real/apps/*.test.mjs
