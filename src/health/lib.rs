//! How AI sources have been doing, sans-IO: calls go in as plain data with their time, and counts, percentiles, incidents and
//! messages come out. It names no clock, no network and no storage.

mod incident;

pub use incident::{CauseSpan, Deed, Incident, Kind};
