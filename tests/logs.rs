//! The contract of `unstuck logs`, kept by the built command itself.
#![expect(clippy::unwrap_used, reason = "in a test, an unwrap is an assertion")]

#[path = "logs/bad_input.rs"]
mod bad_input;
#[path = "logs/command.rs"]
mod command;
#[path = "logs/faults.rs"]
mod faults;
#[path = "logs/formats.rs"]
mod formats;
#[path = "logs/lab.rs"]
mod lab;
#[path = "logs/reports.rs"]
mod reports;
#[path = "logs/sdk.rs"]
mod sdk;
#[path = "logs/secrets.rs"]
mod secrets;
