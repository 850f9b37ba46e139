//! What a sentence says, in any language: words are read as concepts, and concepts are what the rules speak of.
//!
//! ```text
//! text ─▶ fold ─▶ lexicon ─▶ clauses of concepts
//! ```

mod clause;
pub(crate) mod concept;
mod fold;
mod letters;
mod lexicon;
#[cfg(not(all(target_arch = "wasm32", feature = "workspace")))]
mod pack;
mod source;

#[cfg(test)]
mod tests;

pub(crate) use clause::{Clause, clauses};
#[cfg(not(all(target_arch = "wasm32", feature = "workspace")))]
pub(crate) use pack::pack as pack_lexicons;
pub(crate) use source::LEXICONS;
