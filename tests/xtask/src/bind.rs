//! What the `wasm-bindgen` command does, by its library: a few crates instead of a whole command, in Cargo.lock's version.

use std::path::Path;

use anyhow::Result;
use wasm_bindgen_cli_support::Bindgen;

/// Writes `unstuck.js`, its types and `unstuck_bg.wasm` into `directory`.
pub(crate) fn bind(compiled: &Path, directory: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .out_name("unstuck")
        .web(true)?
        .typescript(true)
        .generate(directory)
}
