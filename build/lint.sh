# shellcheck shell=bash
# Checks the scripts without running them. The types of the core are there once its glue is built.

lint_scripts() {
  need_shellcheck
  say "Linting the scripts of the build"
  shellcheck --external-sources --check-sourced build.sh .ci/run tests/*/*.sh tests/*/*/*.sh
  say "Linting the JavaScript"
  node_modules/.bin/biome lint --error-on-warnings
  say "Checking the types of the JavaScript"
  node_modules/.bin/tsc
}
