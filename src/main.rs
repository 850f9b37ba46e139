//! The command `unstuck`.

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    command::run()
}
