#!/usr/bin/env bash
# The real messengers alone, with the extension and the lab that are built: './build.sh build' and 'cargo build -p unstuck-lab'.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
source build/common.sh
# What it sets for the other steps of the build is not used here.
# shellcheck source=/dev/null
source build/tools.sh
source build/messengers.sh
need_npm_packages
need_messengers
need_chromium
exec node --test --test-concurrency=1 tests/real/messengers/*.test.mjs
