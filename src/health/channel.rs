//! What is told to whom about an incident, and what their answers mean. A channel is sans-IO, too: a request comes out, an
//! answer goes in. No text of a chat, no error text and no address of a source can get in: an [`Incident`](crate::Incident) has
//! no field for them.

pub mod address;
mod alert;
mod alertmanager;
pub mod answer;
mod bulk;
pub mod mail;
pub mod message;
mod object;
mod pagerduty;
pub mod request;
pub mod sink;
mod slack;
mod teams;
mod text;
pub mod verdict;
mod webhook;

pub(crate) use object::Object;
pub(crate) use text::{identity, line};

#[cfg(test)]
mod tests;
