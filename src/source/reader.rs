//! The way of an answer's bytes, the same for every dialect: an event stream, lines of JSON, or one object.

use super::{
    Dialect, anthropic, gemini, ollama, openai, responses,
    said::{Said, Then, Tokens},
    sse,
    whole::{is_readable_event, is_whole_json},
};
use unstuck_diagnose::{Limit, workspace::head};

/// What a reader found in the bytes it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text of the answer.
    Text(String),
    /// The protocol's own end mark: the answer is complete.
    End,
    /// The answer went past this limit: what came before stands, and nothing more is read.
    Excess(Limit),
    /// A part of the answer could not be read: the raw text of it. What came before stands, and nothing more is read.
    Unreadable(String),
    /// The service reported an error inside the answer: the raw text, for the classifier.
    Error(String),
}

/// Reads an answer: an event stream, or one JSON object from a server that does not stream.
#[derive(Debug)]
pub struct Reader {
    dialect: Dialect,
    decoder: sse::Decoder,
    framed: bool,
    plain: Vec<u8>,
    tokens: Tokens,
    /// Whether an event could be read.
    begun: bool,
    /// Whether what came first is no answer: nothing of it is read.
    astray: bool,
    /// Whether no more bytes come.
    closed: bool,
    stopped: bool,
    finished: bool,
    /// Bytes that may still come, and those of text among them.
    room: usize,
    text_room: usize,
}

impl Reader {
    /// A reader for an answer in a dialect with this `content-type`, of which so many bytes of text have come before.
    #[must_use]
    pub fn new(dialect: Dialect, content_type: &str, begun: usize) -> Self {
        let events = content_type.to_ascii_lowercase().contains("text/event-stream");
        let lines = matches!(dialect, Dialect::Ollama | Dialect::BuiltIn) && !events;
        Self {
            dialect,
            decoder: if lines { sse::Decoder::of_lines() } else { sse::Decoder::default() },
            framed: events || lines,
            plain: Vec::new(),
            tokens: Tokens::default(),
            begun: false,
            astray: false,
            closed: false,
            stopped: false,
            finished: false,
            room: Limit::Answer.bytes(),
            text_room: Limit::Text.bytes().saturating_sub(begun),
        }
    }

    /// Takes the next bytes and gives what they complete, all text in a row as one piece. After anything but text there is
    /// nothing more.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if self.finished {
            return pieces;
        }
        let wanted = &bytes[..bytes.len().min(self.room)];
        self.room -= wanted.len();
        if self.framed {
            self.take_events(wanted, &mut pieces);
        } else {
            self.plain.extend_from_slice(wanted);
        }
        let limit = if self.decoder.is_over_limit() || self.plain.len() > Limit::Event.bytes() {
            Some(Limit::Event)
        } else {
            (wanted.len() < bytes.len()).then_some(Limit::Answer)
        };
        if let Some(limit) = limit.filter(|_| !self.finished) {
            self.exceed(limit, &mut pieces);
        }
        pieces
    }

    fn take_events(&mut self, bytes: &[u8], pieces: &mut Vec<Piece>) {
        for event in self.decoder.push(bytes) {
            if self.finished || self.astray {
                break;
            }
            if event.name != "error" && !is_readable_event(&event.data) {
                self.lose(event.data, pieces);
                continue;
            }
            self.begun = true;
            let Said { text, then } = self.read(&event);
            self.tokens.learn(self.tokens_in(&event.data));
            self.say(text.unwrap_or_default(), pieces);
            if self.finished {
                break;
            }
            match then {
                Then::More => continue,
                Then::Stopped => self.stopped = true,
                Then::Ended => pieces.push(Piece::End),
                Then::Failed => {
                    pieces.push(Piece::Error(format!("event: error\ndata: {}\n\n", event.data)));
                }
            }
            self.finished = then != Then::Stopped;
        }
    }

    /// An event that cannot be read. Before the first that can be, nothing is an answer; after the last word, and in the
    /// line at which the connection ended, nothing is missing but the end.
    fn lose(&mut self, data: String, pieces: &mut Vec<Piece>) {
        if !self.begun {
            self.astray = true;
        } else if !self.stopped && !self.closed {
            self.finished = true;
            pieces.push(Piece::Unreadable(format!("event: unreadable\ndata: {data}\n\n")));
        }
    }

    /// More of the text, as far as there is room for it.
    fn say(&mut self, mut text: String, pieces: &mut Vec<Piece>) {
        let excess = text.len() > self.text_room;
        text.truncate(head(&text, self.text_room).len());
        self.text_room -= text.len();
        match pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(before)) => before.push_str(&text),
            _ => pieces.push(Piece::Text(text)),
        }
        if excess {
            self.exceed(Limit::Text, pieces);
        }
    }

    fn exceed(&mut self, limit: Limit, pieces: &mut Vec<Piece>) {
        self.finished = true;
        pieces.push(Piece::Excess(limit));
    }

    /// The connection is over: what can still be made of the answer. Empty when it was cut off or is no answer.
    pub fn close(&mut self) -> Vec<Piece> {
        self.closed = true;
        // The last line may lack its end.
        let mut pieces = if matches!(self.dialect, Dialect::Ollama | Dialect::BuiltIn) {
            self.push(b"\n")
        } else {
            Vec::new()
        };
        if std::mem::replace(&mut self.finished, true) {
            return pieces;
        }
        if self.framed {
            pieces.extend(self.stopped.then_some(Piece::End));
            return pieces;
        }
        let answer = String::from_utf8_lossy(&std::mem::take(&mut self.plain)).into_owned();
        if !answer.trim_start().starts_with('{') || !is_whole_json(&answer) {
            return pieces;
        }
        self.tokens.learn(self.tokens_in(&answer));
        let Said { text, then } = self.whole(&answer);
        let answers = text.is_some() && then != Then::Failed;
        self.say(text.unwrap_or_default(), &mut pieces);
        if !matches!(pieces.last(), Some(Piece::Excess(_))) {
            pieces.push(if answers { Piece::End } else { Piece::Error(answer) });
        }
        pieces
    }

    /// Whether the model has said why it stopped: all text has arrived, however the connection ends.
    #[must_use]
    pub const fn has_stopped(&self) -> bool {
        self.stopped
    }

    /// How many tokens the ask and the answer took, where the source has told both.
    #[must_use]
    pub fn tokens(&self) -> Option<u64> {
        Some(self.tokens.input? + self.tokens.output?)
    }

    fn tokens_in(&self, event: &str) -> Tokens {
        match self.dialect {
            Dialect::OpenAi | Dialect::Azure => openai::tokens(event),
            Dialect::Responses => responses::tokens(event),
            Dialect::Anthropic => anthropic::tokens(event),
            Dialect::Gemini => gemini::tokens(event),
            Dialect::Ollama | Dialect::BuiltIn => ollama::tokens(event),
        }
    }

    fn read(&self, event: &sse::Event) -> Said {
        match self.dialect {
            _ if event.name == "error" => Then::Failed.into(),
            Dialect::OpenAi | Dialect::Azure => openai::read(&event.data),
            Dialect::Responses => responses::read(&event.data),
            Dialect::Anthropic => anthropic::read(&event.data),
            Dialect::Gemini => gemini::read(&event.data),
            Dialect::Ollama | Dialect::BuiltIn => ollama::read(&event.data),
        }
    }

    /// What an answer says that came in one piece. Without a text it is none; the text of one may be empty.
    fn whole(&self, answer: &str) -> Said {
        match self.dialect {
            Dialect::OpenAi | Dialect::Azure => openai::whole(answer),
            Dialect::Responses => responses::whole(answer),
            Dialect::Anthropic => anthropic::whole(answer),
            Dialect::Gemini => gemini::whole(answer),
            Dialect::Ollama | Dialect::BuiltIn => ollama::read(answer),
        }
    }
}

/// What a reader makes of a recorded answer that arrives in small pieces.
#[cfg(test)]
pub(super) fn read_all(dialect: Dialect, content_type: &str, answer: &str) -> Vec<Piece> {
    let mut reader = Reader::new(dialect, content_type, 0);
    let mut pieces: Vec<_> =
        answer.as_bytes().chunks(7).flat_map(|bytes| reader.push(bytes)).collect();
    pieces.extend(reader.close());
    pieces
}
