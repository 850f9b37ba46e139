//! When an AI call inside a chat fails, Unstuck says what happened, whose move it is and what to press.
//!
//! A failure takes one way through this crate, and nothing points back:
//!
//! ```text
//! Failure ─▶ classify ─▶ Diagnosis ─▶ retry::plan ─▶ engine::State ─▶ view ─▶ tree of nodes
//! (facts)     (pure)      (plain data)   (pure)        (sans-IO)       (pure)   (painted by the shell)
//! ```
//!
//! Everything outside `browser` is plain Rust that compiles and is tested on the host.

pub mod assistant;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod cause;
mod causes;
pub mod classify;
mod cut;
pub mod diagnosis;
pub mod drafts;
pub mod engine;
pub mod explain;
pub mod failure;
pub mod fields;
pub mod host;
mod letter_case;
pub mod managed;
pub mod messages;
pub mod messengers;
pub mod options;
pub mod provider;
pub mod redact;
pub mod report;
pub mod retry;
#[cfg(not(target_arch = "wasm32"))]
pub mod simulate;
pub mod site_policy;
pub mod source;
pub mod troubleshooter;
pub mod view;
pub mod watch;

pub use cause::{Cause, Fault};
pub use classify::{classify, net_error_names};
pub use diagnosis::{Action, ActionKind, Alternative, Diagnosis, Evidence, Retry, When};
pub use explain::{Explanation, explain};
pub use failure::Failure;
pub use provider::Provider;
