#!/usr/bin/env bash
# Breaks real servers, proxies and gateways on the way from the real extension to the lab, and holds docs/tried.md against what
# came of it. 'check.sh --write' writes the table anew.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}

# Installs a package with this program into a folder of its own, as it needs other versions than its neighbour.
install() {
  local program=$target/real/$1/bin/$2 package=$3
  [[ ! -x $program ]] || return 0
  python3 -m venv "$target/real/$1"
  "$target/real/$1/bin/python" -m pip install --quiet "$package"
}

install mitmproxy mitmdump mitmproxy==11.0.2
install litellm litellm 'litellm[proxy]==1.74.9.post1'
install llmock llmock llmock==0.2.2
[[ -e $target/real/aimock/node_modules ]] || npm install --prefix "$target/real/aimock" --no-audit --no-fund --loglevel=error @copilotkit/aimock@1.43.0
rm -f "$target/real/tried.jsonl"
failed=0
node --test --test-concurrency=1 tests/real/*.test.mjs || failed=1
node tests/real/tried.mjs "$@"
exit "$failed"
