//! The steps of `build.sh` that are written in Rust; `cargo xtask` runs one of them.

mod bind;
mod ids;
mod pages;
mod types;
mod words;

use std::{env, fs, path::Path};

use anyhow::{Result, bail};
use unstuck_diagnose::workspace::packed_phrases;

const HELP: &str = "cargo xtask STEP
  ids FILE                             causes, actions and providers as types of TypeScript
  bind COMPILED DIRECTORY              the wasm and its glue, from what the compiler wrote
  reference FILE                       the error reference of the extension
  site DIRECTORY                       the pages of the site, in every language
  phrases FILE                         the phrases that the wasm is given when it starts
  types FILE                           what the core and the scripts hand each other, for TypeScript
  words MESSAGES FILE                  of a messages.json, what an explanation is told with";

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["bind", compiled, directory] => bind::bind(Path::new(compiled), Path::new(directory)),
        ["ids", file] => ids::write(Path::new(file)),
        ["phrases", file] => Ok(fs::write(file, packed_phrases())?),
        ["reference", file] => pages::write_reference(Path::new(file)),
        ["site", directory] => pages::write_site(Path::new(directory)),
        ["types", file] => types::write(Path::new(file)),
        ["words", messages, file] => words::write(Path::new(messages), Path::new(file)),
        _ => bail!(HELP),
    }
}
