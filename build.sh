#!/usr/bin/env bash
# The one way to build, try, test and pack Unstuck. It sets up what it needs and says what it does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export CARGO_TARGET_DIR=$PWD/target

source build/common.sh
source build/tools.sh
source build/messengers.sh
source build/wasm.sh
source build/pages.sh
source build/assemble.sh
source build/npm.sh
source build/lint.sh

main() {
  local command=${1:-help}
  [[ $# -eq 0 ]] || shift
  case $command in
    build) takes "$command" 0 "$@"; build ;;
    demo) demo "$@" ;;
    test) takes "$command" 1 "$@"; run_tests "${1:-all}" ;;
    bench) takes "$command" 1 "$@"; run_bench "${1:-all}" ;;
    pack) takes "$command" 1 "$@"; pack "$@" ;;
    help | -h | --help) help ;;
    *) stop "There is no command '$command'. './build.sh help' lists them." ;;
  esac
}

help() {
  cat <<'TEXT'
./build.sh COMMAND

  build    the extension in dist/unstuck/ (load it unpacked) and the site in dist/www/;
           prints the sizes and fails when one is over budget
  demo     a browser with the extension, a demo messenger and an AI that fails on demand
             --headless     take the tour without a window, screenshots in target/demo/
             --source URL   ask this OpenAI-compatible server instead
             --json         print one JSON object for each ask
  test     everything that has to pass; 'test rust' or 'test browser' for one half;
           'test real' breaks real servers, proxies and gateways instead
  bench    sizes and speed; 'bench soak' what 10,000 asks leave behind, in about 20 minutes
  pack     the zip for the store in dist/, the same bytes every time, its texts in each language in
           dist/store/, and the npm package in dist/npm/
             --pictures     the pictures for the store too, of the real card in each language
  help     this text

A browser other than the one found: CHROME=/path/to/chromium ./build.sh demo
TEXT
}

# Stops when a command got more words than it takes.
takes() {
  local command=$1 most=$2
  shift 2
  [[ $# -le $most ]] || stop "'./build.sh $command' does not take '${!#}'. './build.sh help' says what it takes."
}

build() {
  need_npm_packages
  build_wasm
  build_pages
  assemble_extension
  assemble_site
  build_npm_package
  node build/sizes.mjs
}

demo() {
  set_up_browser >&2
  exec node tests/e2e/demo.mjs "$@"
}

run_tests() {
  case $1 in
    rust) need_rust_tests; test_rust ;;
    browser) test_browser ;;
    real) test_real ;;
    all) test_all ;;
    *) stop "'./build.sh test' takes rust, browser, real or all, not '$1'." ;;
  esac
}

test_all() {
  need_rust_tests
  compiled_here=(--workspace --tests)
  set_up_browser
  test_rust
  lint_scripts
  run_browser_tests
}

need_rust_tests() {
  need_rust
  need_rust_component fmt rustfmt
  need_rust_component clippy clippy
  say "Checking the format of the Rust code"
  cargo fmt --all --check
}

test_rust() {
  say "Linting the Rust code"
  cargo clippy --quiet --workspace --all-targets -- -D warnings
  lint_browser_code
  say "Running the Rust tests"
  cargo test --workspace
  say "Reading numbers with the official types of Python"
  need_python
  tests/otlp/check.sh
  say "Letting Prometheus and Alertmanager see an outage"
  need_prometheus
  need_npm_packages
  need_curl
  tests/monitoring/check.sh
  say "Giving numbers to VictoriaMetrics"
  need_victoria_metrics
  tests/victoriametrics/check.sh
  say "Reading logs that real programs write"
  need_log_writers
  tests/logs_real/check.sh
  say "Simulating the engine: 2000 days of people, failing services and dying workers"
  "$CARGO_TARGET_DIR/debug/unstuck" simulate --seeds 0..2000 --hours 24
}

test_browser() {
  set_up_browser
  lint_scripts
  run_browser_tests
}

# The files are a queue that so many browsers at a time work off.
browsers=2

run_browser_tests() {
  need_chromium_languages
  need_victoria_metrics
  say "Running the browser tests, $browsers files at a time"
  local failed=0 beside file
  local -a files=()
  for file in tests/build/*.test.mjs tests/npm/*.test.mjs tests/site/*.test.mjs tests/e2e/*.test.mjs; do
    [[ $file == */unattended.test.mjs ]] || files+=("$file")
  done
  # A test that never ends fails with its file, and the others go on.
  local -a bounded=(--test --test-timeout=900000)
  # This one mostly waits, for minutes: it does so beside the others.
  node "${bounded[@]}" tests/e2e/unattended.test.mjs >target/unattended.log 2>&1 &
  beside=$!
  node "${bounded[@]}" --test-concurrency="$browsers" \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=./build/slowest.mjs --test-reporter-destination=target/slowest.txt "${files[@]}" || failed=1
  wait "$beside" || failed=1
  cat target/unattended.log target/slowest.txt
  return "$failed"
}

# Takes minutes and packages that nothing else needs, so it is no part of all tests.
test_real() {
  need_web_servers
  need_llama_server
  need_python
  set_up_browser
  local failed=0
  say "Breaking real servers, proxies and gateways"
  tests/real/check.sh || failed=1
  say "Drafting in real messengers"
  tests/real/messengers/run.sh || failed=1
  say "Watching real web apps of AI"
  tests/real/apps/run.sh || failed=1
  return "$failed"
}

# What the demo and the browser tests share: a browser, the extension, the lab, and where to find them.
set_up_browser() {
  need_chromium
  compiled_here+=(--package unstuck-lab --package unstuck --package unstuck-engine --bins --example month)
  build
  export UNSTUCK_DIST=$PWD/dist/unstuck UNSTUCK_LAB=$CARGO_TARGET_DIR/debug/unstuck-lab
}

run_bench() {
  case $1 in
    soak) bench_soak ;;
    all) bench ;;
    *) stop "'./build.sh bench' takes soak or all, not '$1'." ;;
  esac
}

bench_soak() {
  set_up_browser
  say "Soaking: a day of asks"
  node tests/soak/soak.mjs
}

bench() {
  set_up_browser
  local script
  for script in tests/bench/*.mjs; do
    [[ -e $script ]] || continue
    say "Measuring: $script"
    node "$script"
  done
  say "Setting a herd of clients on a service that was down"
  cargo run --quiet --release -- simulate --clients 100000 --outage 10m
  say "Running the Rust benchmarks"
  cargo bench --package unstuck-diagnose --package unstuck-redact --bench '*'
}

pack() {
  case ${1-} in
    '') build ;;
    --pictures) set_up_browser; need_chromium_languages ;;
    *) stop "'./build.sh pack' takes --pictures, not '$1'." ;;
  esac
  local zip
  zip=dist/unstuck-$(crate_version).zip
  say "Packing $zip"
  node build/pack.mjs dist/unstuck "$zip"
  say "Writing the texts for the store in dist/store"
  rm -rf dist/store
  node build/store.mjs dist/store
  if [[ ${1-} == --pictures ]]; then
    say "Taking the pictures for the store"
    node tests/e2e/store.mjs dist/store
  fi
  say "Packing the npm package"
  pack_npm_package
}

main "$@"
