//! A misbehaving AI provider on loopback, for browser tests and the demo.
//!
//! It speaks the dialects of all sources well (key `lab-key`), fails by name on request, and serves the demo pages. Once
//! it listens it prints one line of JSON with its addresses; it ends when its input closes or on SIGTERM or SIGINT.
//!
//! A fault is chosen for a run (`POST /lab/fault {"name":"rate_limited","times":1,"retry_after":2}`) or for one call
//! (header `x-lab-fault: NAME`, or base URL `/fault/NAME/v1`). `GET /lab/faults` lists them, `GET /lab/log` tells what
//! was asked, `GET /lab/sent` what the demo messenger sent, and `POST /lab/reset` forgets everything. `POST /lab/stage` puts
//! any answer at any host and path. Below `/sinks/` are receivers of alerts and numbers (`sinks.rs`).

mod app_socket;
mod apps;
mod control;
mod dialect;
mod faults;
mod log;
mod openai;
mod pages;
mod server;
mod sinks;
mod stage;
mod state;
mod tls;
mod wire;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser;
use tokio::io::AsyncReadExt;
use tokio::signal::unix::{SignalKind, signal};

use crate::pages::Pages;
use crate::server::Ports;
use crate::state::Lab;

/// A misbehaving AI provider on loopback.
#[derive(Debug, Parser)]
#[command(name = "unstuck-lab", version)]
struct Options {
    /// Port of the plain HTTP server; 0 takes any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Serve the pages from this folder instead of the ones built in.
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,
    /// Serve the pages of this folder, too, below `/fixtures/`.
    #[arg(long, value_name = "DIR")]
    fixtures: Option<PathBuf>,
    /// Keep serving after the standard input has closed.
    #[arg(long)]
    detached: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let options = Options::parse();
    let lab = Arc::new(Lab::new(Pages::new(options.pages, options.fixtures)));
    let ports = Ports::open(options.port, server::router(lab)).await?;
    println!("{}", ports.ready_line());
    tokio::select! {
        () = input_closed(), if !options.detached => Ok(()),
        ended = stop_signal() => ended,
    }
}

async fn input_closed() {
    let mut input = tokio::io::stdin();
    let mut scratch = [0; 256];
    while matches!(input.read(&mut scratch).await, Ok(read) if read > 0) {}
}

async fn stop_signal() -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        _ = interrupt.recv() => Ok(()),
    }
}
