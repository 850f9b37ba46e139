//! Why a call to an AI service failed, whose move it is and what to do.
//!
//! ```text
//! Failure ─▶ classify ─▶ Diagnosis ─▶ explain ─▶ Explanation
//! (facts)     (pure)      (plain data)  (pure)    (in the person's language)
//! ```
//!
//! Nothing here knows the time, a network or a browser: what is known of a failure is given, and the same facts always
//! give the same diagnosis.
//!
//! ```
//! use unstuck_diagnose::{Catalogue, Cause, Failure, When, classify, explain};
//!
//! let mut failure = Failure::from_message("Rate limit reached for gpt-4o. Please try again in 20s.");
//! failure.status = Some(429);
//! let diagnosis = classify(&failure);
//! assert_eq!(diagnosis.cause, Cause::RateLimited);
//! assert_eq!((diagnosis.retry.when, diagnosis.retry.after_ms), (When::After, Some(20_000)));
//! println!("{}", explain(&diagnosis, &Catalogue::english()).headline);
//! ```
//!
//! # Features
//!
//! - `json`, on by default: [`Failure::from_json`], [`Failure::from_pasted`] and [`Catalogue`], with `serde_json`.
//! - `workspace`: what Unstuck's other crates share with this one, and closed lists in place of `#[non_exhaustive]`. No
//!   promise is made for it.

#![cfg_attr(
    not(feature = "workspace"),
    expect(
        dead_code,
        unreachable_pub,
        unused_imports,
        reason = "parts that only `workspace` gives out"
    )
)]

mod action;
mod cause;
mod causes;
mod checksum;
mod classify;
mod cut;
mod diagnosis;
mod explain;
mod failure;
mod host;
mod letter_case;
mod messages;
mod provider;
mod text;
mod url;
#[cfg(feature = "workspace")]
pub mod workspace;

#[cfg(all(doctest, feature = "json"))]
#[doc = include_str!("README.md")]
struct Readme;

pub use action::{Action, ActionKind};
pub use cause::{Cause, Fault};
pub use classify::classify;
pub use diagnosis::{Alternative, Diagnosis, Evidence, Retry, When};
pub use explain::{Explanation, LabelledAction, explain};
pub use failure::{Context, Failure, Headers, Limit, Probes, Reach, Received, Stage};
#[cfg(feature = "json")]
pub use messages::Catalogue;
pub use messages::Messages;
pub use provider::Provider;
