//! State to a tree of plain nodes: the only place that decides what is shown and in which order.
//!
//! The painter creates elements, sets text and attributes, and hands presses back. It decides nothing.

pub mod badge;
mod banner;
pub mod card;
mod chart;
pub mod diagnosis;
pub mod drafts;
mod health;
pub mod history;
pub mod options;
mod outage;
pub mod page;
mod past;
pub mod pasted;
pub mod popup;
mod pressed;
pub mod report;
pub mod troubleshooter;

use serde::Serialize;

pub use pressed::Pressed;
use unstuck_diagnose::Messages;
use unstuck_engine::{Settings, TextSize, Theme};

/// A node of what is shown: text, or an element.
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[cfg_attr(feature = "types", ts(rename = "ViewNode"))]
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Node {
    /// Text, painted as text whatever it holds.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element. The painter knows a closed list of tags and attributes and drops all others.
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[cfg_attr(feature = "types", ts(rename = "ViewElement"))]
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Element {
    /// Tag name.
    pub tag: &'static str,
    /// Class names.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<String>"))]
    pub class: &'static str,
    /// Attributes in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "types", ts(optional, type = "[string, string][]"))]
    pub attributes: Vec<(&'static str, String)>,
    /// What a press on it sends back, together with the named fields around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional, type = "Press"))]
    pub press: Option<Pressed>,
    /// Children.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<Node>>"))]
    pub children: Vec<Node>,
}

/// What one frame shows.
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// The tree; nothing is shown when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", ts(optional))]
    pub root: Option<Node>,
    /// What a screen reader is told when it changes.
    pub announcement: String,
    /// Whether it is told at once, because the person has just acted or their work is concerned.
    pub urgent: bool,
    /// Language of the words.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// Light or dark.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub theme: Theme,
    /// How large its words are.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub text_size: TextSize,
    /// Whether something still moves by itself: the shell then keeps the line to the worker open.
    pub busy: bool,
}

impl View {
    fn new(root: Option<Node>, messages: &dyn Messages) -> Self {
        let or = |key, fallback: &str| {
            messages
                .find(key, &[])
                .filter(|found| !found.is_empty())
                .unwrap_or_else(|| fallback.into())
        };
        let lang = or("language_tag", "en");
        let runs = if ["ar", "he"].contains(&&*lang) { "rtl" } else { "ltr" };
        Self {
            root,
            announcement: String::new(),
            urgent: false,
            lang,
            dir: or("@@bidi_dir", runs),
            theme: Theme::System,
            text_size: TextSize::Normal,
            busy: false,
        }
    }

    /// In the colours and the size of text that the person chose.
    #[must_use]
    pub fn looking(mut self, settings: &Settings) -> Self {
        (self.theme, self.text_size) = (settings.theme, settings.text_size);
        self
    }

    fn announcing(mut self, text: impl Into<String>, urgent: bool) -> Self {
        self.announcement = text.into();
        self.urgent = urgent;
        self
    }
}

impl Element {
    fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    fn with_if(self, condition: bool, name: &'static str, value: impl Into<String>) -> Self {
        if condition { self.with(name, value) } else { self }
    }

    fn press(mut self, press: impl Into<Pressed>) -> Self {
        self.press = Some(press.into());
        self
    }

    fn child(mut self, child: impl Into<Node>) -> Self {
        self.children.push(child.into());
        self
    }

    fn children(mut self, children: impl IntoIterator<Item = impl Into<Node>>) -> Self {
        self.children.extend(children.into_iter().map(Into::into));
        self
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

fn el(tag: &'static str) -> Element {
    Element { tag, ..Element::default() }
}

/// A button. `style` is `primary`, `plain` or `quiet`.
fn button(label: String, style: &'static str, press: impl Into<Pressed>) -> Element {
    el("button").class(style).with("type", "button").press(press).child(label)
}

#[cfg(test)]
mod tests;
