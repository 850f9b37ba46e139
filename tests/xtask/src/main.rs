//! The steps of `build.sh` that are written in Rust; `cargo xtask` runs one of them.

mod bind;
mod pages;

use std::{env, fs, path::Path};

use anyhow::{Result, bail};

const HELP: &str = "cargo xtask STEP
  bind COMPILED DIRECTORY              the wasm and its glue, from what the compiler wrote
  pages site|extension DIRECTORY       the error reference; for the site, its front page too
  phrases FILE                         the phrases that the wasm is given when it starts";

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["bind", compiled, directory] => bind::bind(Path::new(compiled), Path::new(directory)),
        ["pages", "site", directory] => pages::write(Path::new(directory), pages::Edition::Site),
        ["pages", "extension", directory] => {
            pages::write(Path::new(directory), pages::Edition::Extension)
        }
        ["phrases", file] => Ok(fs::write(file, unstuck_diagnose::classify::packed_phrases())?),
        _ => bail!(HELP),
    }
}
