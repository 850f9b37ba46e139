//! Writes `phrases.bin`, which the wasm is given when it starts, to standard output.

use std::io::{Result, Write, stdout};

fn main() -> Result<()> {
    stdout().write_all(unstuck_diagnose::classify::packed_phrases())
}
