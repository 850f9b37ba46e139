# shellcheck shell=bash
# Checks the scripts without running them. The types of the core are there once its glue is built.

lint_scripts() {
  say "Linting the JavaScript"
  node_modules/.bin/biome lint --error-on-warnings
  say "Checking the types of the JavaScript"
  node_modules/.bin/tsc
}
