# shellcheck shell=bash
# The npm package in dist/npm/unstuck-diagnose: the diagnosis alone, as wasm inside of ES modules.

build_npm_package() {
  local mark language
  mark=$(fingerprint target/pkg target/pages/phrases.bin npm extension/_locales Cargo.toml LICENSE-MIT LICENSE-APACHE tests/xtask/src package-lock.json build/npm.sh build/npm.mjs build/words.mjs)
  is_done npm_package "$mark" dist/npm/unstuck-diagnose/package.json && return
  say "Assembling the npm package in dist/npm"
  rm -rf target/npm dist/npm
  mkdir -p target/npm/words
  for language in extension/_locales/*/; do
    "$xtask" words "$language/messages.json" "target/npm/words/$(basename "$language").json"
  done
  "$xtask" ids target/npm/ids.d.ts
  node build/npm.mjs dist/npm/unstuck-diagnose "$(crate_version)"
  mark_done npm_package "$mark"
}

# The archive as a registry takes it.
pack_npm_package() {
  npm pack --silent --pack-destination dist/npm ./dist/npm/unstuck-diagnose
}
