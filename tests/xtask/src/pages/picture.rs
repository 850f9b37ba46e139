//! The moving picture on the site's front page: short stories told to the real engine, and the card after each event.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use maud::{Markup, PreEscaped};
use serde::Serialize;
use unstuck_app::view::{Element, Node, View, card};
use unstuck_diagnose::{Failure, Messages};
use unstuck_engine::{
    AttemptId, Effect, Event, FrameRef, Press, Settings, Source, State, Typed, step,
};

/// When the stories begin, in milliseconds since 1970.
const BEGIN_MS: u64 = 1_700_000_000_000;
/// How long a failure stands before it is gone on from, in milliseconds.
const READING_MS: u64 = 2_600;
/// How long a button looks pressed, in milliseconds.
const PRESSING_MS: u64 = 500;
/// The time between two words of an answer, in milliseconds.
const WORD_MS: u64 = 110;

/// What is seen for a while.
#[derive(Serialize)]
pub(crate) struct Picture {
    /// How long, in milliseconds.
    ms: u64,
    view: View,
    /// What a button says that looks pressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pressed: Option<String>,
    /// What stands in the message box.
    #[serde(skip_serializing_if = "Option::is_none")]
    typed: Option<String>,
}

/// Writes them in order, as the script that `home.js` finds them in.
pub(crate) fn write(file: &Path, pictures: &[Picture]) -> Result<()> {
    let json = serde_json::to_string(pictures)?;
    Ok(fs::write(file, format!("globalThis.unstuckPicture = {json};\n"))?)
}

/// The first one, to be seen before any script runs.
pub(crate) fn first(pictures: &[Picture]) -> Result<Markup> {
    let mut html = String::new();
    let root = pictures.first().and_then(|first| first.view.root.as_ref());
    paint(root.context("the card is empty")?, &mut html);
    Ok(PreEscaped(html))
}

/// All pictures, in order.
pub(crate) fn pictures(messages: &dyn Messages) -> Result<Vec<Picture>> {
    let mut all = Vec::new();
    for story in [spent_credit, short_break, no_connection] {
        let mut stage = Stage::new(messages);
        story(&mut stage)?;
        all.append(&mut stage.pictures);
    }
    Ok(all)
}

fn spent_credit(stage: &mut Stage<'_>) -> Result<()> {
    stage.ask()?;
    let body =
        r#"{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}"#;
    stage.fail(&Failure { status: Some(429), body: Some(body.into()), ..Failure::default() });
    stage.show(READING_MS);
    stage.press(Press::Switch { source: "claude".into(), always: false })?;
    stage.answer()
}

fn short_break(stage: &mut Stage<'_>) -> Result<()> {
    stage.ask()?;
    let mut failure = Failure { status: Some(429), ..Failure::default() };
    failure.headers.insert("retry-after".into(), "4".into());
    stage.fail(&failure);
    stage.wait()?;
    stage.answer()
}

fn no_connection(stage: &mut Stage<'_>) -> Result<()> {
    stage.ask()?;
    stage.fail(&Failure {
        net_error: Some("net::ERR_INTERNET_DISCONNECTED".into()),
        online: Some(false),
        ..Failure::default()
    });
    stage.show(READING_MS);
    stage.feed(Event::Online);
    stage.answer()
}

/// One card with its engine, and what was seen of it so far.
struct Stage<'a> {
    state: State,
    now_ms: u64,
    sent: AttemptId,
    wake_at_ms: Option<u64>,
    messages: &'a dyn Messages,
    pictures: Vec<Picture>,
}

impl<'a> Stage<'a> {
    fn new(messages: &'a dyn Messages) -> Self {
        let source = |id: &str, name: &str, base_url: &str| Source {
            id: id.into(),
            name: name.into(),
            base_url: base_url.into(),
            model: "m".into(),
            ..Source::default()
        };
        let sources = vec![
            source("openai", "OpenAI", "https://api.openai.com/v1"),
            source("claude", "Claude", "https://api.anthropic.com/v1"),
        ];
        let settings = Settings { sources, agreed: Settings::EDITION, ..Settings::default() };
        let sent = AttemptId { call: 0, attempt: 0 };
        let (state, pictures) = (State::default(), Vec::new());
        let mut stage =
            Self { state, now_ms: BEGIN_MS, sent, wake_at_ms: None, messages, pictures };
        stage.feed(Event::Started { seed: 7, damaged: false, inherited: None });
        stage.feed(Event::Configured { settings });
        stage.feed(Event::Opened { frame: frame(), site: "https://chat.example".into() });
        stage
    }

    fn feed(&mut self, event: Event) {
        for effect in step(&mut self.state, self.now_ms, event) {
            match effect {
                Effect::Send { attempt_id, .. } => self.sent = attempt_id,
                Effect::WakeAt { at_ms } => self.wake_at_ms = Some(at_ms),
                _ => {}
            }
        }
    }

    fn ask(&mut self) -> Result<()> {
        let typed = Typed::prompt(self.messages.get("site_chat_prompt", &[]));
        self.feed(Event::Pressed { frame: frame(), press: Press::Ask, typed, seq: 0 });
        (self.sent.call > 0).then_some(()).context("nothing was sent")
    }

    fn fail(&mut self, failure: &Failure) {
        let url = "https://api.openai.com/v1/chat/completions";
        let now_ms = Some(self.now_ms);
        let failure = Failure { url: Some(url.into()), now_ms, ..failure.clone() };
        self.feed(Event::Failed { attempt_id: self.sent, failure: Box::new(failure) });
    }

    /// Lets the engine wait until it sends again, second by second.
    fn wait(&mut self) -> Result<()> {
        let waited = self.sent;
        for _ in 0..30 {
            let wake = self.wake_at_ms.context("nothing is waited for")?;
            let second = 1_000.min(wake.saturating_sub(self.now_ms));
            if second > 0 {
                self.show(second);
            }
            self.feed(Event::Woke { online: true });
            if self.sent != waited {
                return Ok(());
            }
        }
        anyhow::bail!("it waits for too long")
    }

    fn press(&mut self, press: Press) -> Result<()> {
        let root = self.view().root.context("there is no card")?;
        let label = label_of(&root, &press).context("the card has no such button")?;
        self.show(PRESSING_MS);
        self.pictures.last_mut().context("nothing was shown")?.pressed = Some(label);
        self.feed(Event::Pressed { frame: frame(), press, typed: Typed::default(), seq: 0 });
        Ok(())
    }

    /// The answer comes word by word and goes into the message box.
    fn answer(&mut self) -> Result<()> {
        self.show(900);
        let answer = self.messages.get("site_chat_answer", &[]);
        for word in words(&answer) {
            self.feed(Event::Chunk { attempt_id: self.sent, text: word });
            self.show(WORD_MS);
        }
        self.feed(Event::Ended { attempt_id: self.sent, tokens: None });
        self.show(1_400);
        self.press(Press::Insert)?;
        self.feed(Event::Inserted { frame: frame(), done: true });
        self.show(1_800);
        self.pictures.last_mut().context("nothing was shown")?.typed = Some(answer);
        Ok(())
    }

    /// Shows what is there now for so many milliseconds.
    fn show(&mut self, ms: u64) {
        let mut view = self.view();
        view.announcement = String::new();
        view.root.iter_mut().for_each(|root| still(root, self.now_ms));
        self.pictures.push(Picture { ms, view, pressed: None, typed: None });
        self.now_ms += ms;
    }

    fn view(&self) -> View {
        card::view(&self.state, &frame(), self.now_ms, self.messages)
    }
}

/// The words of a text; of one without spaces, pieces as long as words.
fn words(text: &str) -> Vec<String> {
    if text.contains(' ') {
        return text.split_inclusive(' ').map(str::to_owned).collect();
    }
    let letters: Vec<_> = text.chars().collect();
    letters.chunks(3).map(|piece| piece.iter().collect()).collect()
}

fn frame() -> FrameRef {
    FrameRef { tab: 1, id: 0, document: "picture".into() }
}

fn label_of(node: &Node, press: &Press) -> Option<String> {
    let Node::Element(element) = node else { return None };
    if element.press.as_ref() == Some(&press.clone().into()) {
        return element.children.iter().find_map(|child| match child {
            Node::Text(text) => Some(text.clone()),
            Node::Element(_) => None,
        });
    }
    element.children.iter().find_map(|child| label_of(child, press))
}

/// A countdown as its number, and nothing of what is folded: nothing here moves by itself or can be pressed.
fn still(node: &mut Node, now_ms: u64) {
    let Node::Element(element) = node else { return };
    element.press = None;
    if let Some(number) = number(element, now_ms) {
        element.attributes.retain(|(name, _)| !name.starts_with("data-"));
        element.children = vec![Node::Text(number)];
    }
    if element.tag == "details" {
        element.children.truncate(1);
    }
    element.children.iter_mut().for_each(|child| still(child, now_ms));
}

/// What the painter would show of a countdown now.
fn number(element: &Element, now_ms: u64) -> Option<String> {
    let of = |name: &str| {
        let found = element.attributes.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    };
    let until: u64 = of("data-until")?.parse().ok()?;
    let unit_ms = 1_000 * of("data-unit").unwrap_or("1").parse::<u64>().ok()?;
    let left = until.saturating_sub(now_ms).div_ceil(unit_ms);
    Some(of("data-template")?.replace("{s}", &left.to_string()))
}

/// As `paint.js` makes it.
fn paint(node: &Node, html: &mut String) {
    let escaped = |text: &str| {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    };
    match node {
        Node::Text(text) => html.push_str(&escaped(text)),
        Node::Element(element) => {
            html.push_str(&format!("<{}", element.tag));
            if !element.class.is_empty() {
                html.push_str(&format!(" class=\"{}\"", element.class));
            }
            for (name, value) in &element.attributes {
                html.push_str(&format!(" {name}=\"{}\"", escaped(value)));
            }
            html.push('>');
            element.children.iter().for_each(|child| paint(child, html));
            html.push_str(&format!("</{}>", element.tag));
        }
    }
}
