//! What a person sees and presses, as plain data: the engine's state becomes a tree of nodes, and a press becomes an event.

pub mod fields;
pub mod history;
pub mod kept;
pub mod managed;
pub mod messengers;
pub mod options;
mod percent;
pub mod report;
mod site_origin;
pub mod troubleshooter;
pub mod view;
pub mod watch;

/// Every word of the project in English.
#[cfg(test)]
fn english() -> unstuck_diagnose::Catalogue {
    let messages = include_str!("../../extension/_locales/en/messages.json");
    unstuck_diagnose::Catalogue::parse(messages).unwrap()
}
