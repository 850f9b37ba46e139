//! Why a call to an AI service failed, whose move it is and what to do.
//!
//! ```text
//! Failure ─▶ classify ─▶ Diagnosis ─▶ explain ─▶ Explanation
//! (facts)     (pure)      (plain data)  (pure)    (in the person's language)
//! ```
//!
//! Nothing here knows the time, a network or a browser: what is known of a failure is given, and the same facts always
//! give the same diagnosis.

pub mod cause;
mod causes;
pub mod classify;
pub mod cut;
pub mod diagnosis;
pub mod explain;
pub mod failure;
pub mod host;
pub mod letter_case;
pub mod messages;
pub mod provider;

pub use cause::{Cause, Fault};
pub use classify::{classify, net_error_names};
pub use diagnosis::{Action, ActionKind, Alternative, Diagnosis, Evidence, Retry, When};
pub use explain::{Explanation, explain};
pub use failure::Failure;
pub use provider::Provider;
