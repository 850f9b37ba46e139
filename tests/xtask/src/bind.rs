//! What the `wasm-bindgen` command does, by its library: a few crates instead of a whole command, in Cargo.lock's version.

use std::{ffi::OsStr, path::Path};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

/// Writes the glue of `NAME.wasm`, its types and `NAME_bg.wasm` into `directory`.
pub(crate) fn bind(compiled: &Path, directory: &Path) -> Result<()> {
    let name = compiled.file_stem().and_then(OsStr::to_str).context("the wasm has no name")?;
    Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .generate(directory)
}
