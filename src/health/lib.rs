//! How AI sources have been doing, sans-IO: calls go in as plain data with their time, and counts, percentiles, incidents and
//! messages come out. It names no clock, no network and no storage.

mod allowance;
mod batch;
mod buckets;
mod call;
pub mod channel;
mod counts;
mod detect;
pub mod export;
mod feeds;
mod health;
mod incident;
mod outbox;
mod past;
pub mod post_mortem;
mod ring;
mod sketch;
mod varint;
mod window;

pub use allowance::Allowance;
pub use batch::Batch;
pub use buckets::{Buckets, GEN_AI, HTTP};
pub use call::{Call, Waits};
pub use counts::{Counts, Times};
pub use detect::{Advice, Change, Detector, Rules, Standing};
pub use feeds::Feed;
pub use health::{Health, Outcome, Parcel};
pub use incident::{CauseSpan, Deed, Incident, Kind};
pub use outbox::{Answer, Channel, Effect, Loss, Message, Outbox, Post};
pub use past::{Past, Telling};
pub use sketch::Sketch;
pub use window::{OTHER, Part, Span, Windows};
