# shellcheck shell=bash
# From the Rust library to four files, each with its glue: target/pkg/{worker,pages,diagnose,library}{.js,_bg.wasm}.

wasm_parts=(worker pages diagnose library)

build_wasm() {
  need_wasm_target
  # Its last step, the optimisation across crates, keeps one core busy: the rest is compiled on the others.
  compile_wasm &
  local compiling=$!
  need_xtask
  wait "$compiling"
  bind_wasm
}

compile_wasm() {
  local part
  mkdir -p target/wasm
  for part in "${wasm_parts[@]}"; do
    say "Compiling the library to wasm: $part"
    # Cargo leaves out link-time optimisation for a library that is built as an rlib too.
    cargo_wasm rustc --quiet --profile wasm --crate-type cdylib --features "$part"
    cp target/wasm32-unknown-unknown/wasm/unstuck_wasm.wasm "target/wasm/$part.wasm"
  done
}

# Clippy on the host skips what only the browser compiles. Debian's route has no Clippy for it.
lint_browser_code() {
  need_wasm_target
  [[ $wasm_route == target ]] || return 0
  say "Linting what only the browser compiles"
  local part
  for part in "${wasm_parts[@]}"; do
    cargo_wasm clippy --quiet --features "$part" -- -D warnings
  done
}

cargo_wasm() {
  local subcommand=$1
  shift
  # No path of the machine gets into the wasm: it is the same wherever it is built.
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo --remap-path-prefix=$HOME=home"
  set -- "$subcommand" --package unstuck-wasm --lib --target wasm32-unknown-unknown "$@"
  case $wasm_route in
    target) cargo "$@" ;;
    debian)
      RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22 \
        /usr/bin/cargo "$@" -Zbuild-std=std,panic_abort
      ;;
  esac
}

bind_wasm() {
  local mark part
  mark=$(fingerprint target/wasm src/engine src/app Cargo.lock tests/xtask/src/bind.rs tests/xtask/src/types.rs package-lock.json build/wasm.sh)
  is_done wasm "$mark" target/pkg/worker_bg.wasm && return
  say "Making the wasm and its glue small"
  rm -rf target/pkg
  for part in "${wasm_parts[@]}"; do
    "$xtask" bind "target/wasm/$part.wasm" target/pkg
    shrink_wasm "target/pkg/${part}_bg.wasm"
  done
  "$xtask" types target/pkg/types.d.ts
  mark_done wasm "$mark"
}

# The features are listed one by one: '--all-features' makes wasm that Chromium refuses.
shrink_wasm() {
  node_modules/.bin/wasm-opt -Oz --converge --strip-producers --strip-target-features \
    --enable-bulk-memory --enable-sign-ext --enable-mutable-globals \
    --enable-nontrapping-float-to-int --enable-reference-types --enable-multivalue \
    "$1" --output "$1.small"
  mv "$1.small" "$1"
}
