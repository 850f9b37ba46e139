//! How much one finding says, in nats: with two causes in play, a lead of 1 is about 3 to 1, of 3 about 20 to 1.

/// Settles the matter unless something just as strong contradicts it.
pub(crate) const DECISIVE: f32 = 9.0;
/// A specific sentence.
pub(crate) const STRONG: f32 = 6.0;
/// A machine code. Less than a specific sentence: relays lie in codes.
pub(crate) const CODE: f32 = 5.5;
/// Names a family of failures.
pub(crate) const USUAL: f32 = 4.4;
/// Usually right.
pub(crate) const FAIR: f32 = 3.5;
/// A single word that usually belongs to one cause: a guess that is better than none.
pub(crate) const HINT: f32 = 2.3;
/// Tips the scale when nothing else speaks.
pub(crate) const WEAK: f32 = 1.5;
