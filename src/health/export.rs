//! What the health of sources looks like to the engines that a team already has: metrics as OTLP, incidents for Splunk and
//! Elasticsearch. Nothing but closed lists, counts and times goes out as a metric.

pub mod elastic;
pub mod names;
pub mod otlp;
pub mod points;
mod record;
pub mod splunk;
mod tally;

pub use record::Record;
pub(crate) use tally::Tally;
