//! The way of an answer's bytes, the same for every dialect: an event stream, lines of JSON, or one object.

use super::{Dialect, anthropic, gemini, json::find, ollama, openai, responses, sse};

/// Longest unframed answer that is kept, in bytes.
const PLAIN_LIMIT: usize = 1 << 20;

/// What a reader found in the bytes it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text of the answer.
    Text(String),
    /// The protocol's own end mark: the answer is complete.
    End,
    /// The service reported an error inside the answer: the raw text, for the classifier.
    Error(String),
}

/// What one event of an answer says. An event that is not known says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Said {
    /// Text of the answer.
    pub(super) text: Option<String>,
    /// What follows.
    pub(super) then: Then,
}

/// What follows an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Then {
    /// More, or a cut.
    #[default]
    More,
    /// The model said why it stopped: all text has arrived, whether or not an end mark follows.
    Stopped,
    /// Nothing: this was the end mark.
    Ended,
    /// Nothing: this was an error.
    Failed,
}

impl From<Then> for Said {
    fn from(then: Then) -> Self {
        Self { text: None, then }
    }
}

/// What is known of the tokens of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tokens {
    /// Those of the ask.
    pub(super) input: Option<u64>,
    /// Those of the answer.
    pub(super) output: Option<u64>,
}

impl Tokens {
    /// Both as an object tells them under these keys.
    pub(super) fn of(usage: &str, input: &str, output: &str) -> Self {
        Self { input: count(usage, input), output: count(usage, output) }
    }

    /// What a later event tells is the better knowledge.
    fn learn(&mut self, later: Self) {
        self.input = later.input.or(self.input);
        self.output = later.output.or(self.output);
    }
}

/// A whole number under a key of an object.
pub(super) fn count(object: &str, key: &str) -> Option<u64> {
    find(object, &[key])?.parse().ok()
}

/// Whether an object has an `error`, or is one: vLLM's and Mistral's have no envelope.
pub(super) fn has_error(json: &str) -> bool {
    find(json, &["error"]).is_some_and(|error| error != "null")
        || find(json, &["object"]) == Some("\"error\"")
}

/// Reads an answer: an event stream, or one JSON object from a server that does not stream.
#[derive(Debug)]
pub struct Reader {
    dialect: Dialect,
    decoder: sse::Decoder,
    framed: bool,
    plain: Vec<u8>,
    tokens: Tokens,
    stopped: bool,
    finished: bool,
}

impl Reader {
    /// A reader for an answer in a dialect with this `content-type`.
    #[must_use]
    pub fn new(dialect: Dialect, content_type: &str) -> Self {
        let events = content_type.to_ascii_lowercase().contains("text/event-stream");
        let lines = matches!(dialect, Dialect::Ollama | Dialect::BuiltIn) && !events;
        Self {
            dialect,
            decoder: if lines { sse::Decoder::of_lines() } else { sse::Decoder::default() },
            framed: events || lines,
            plain: Vec::new(),
            tokens: Tokens::default(),
            stopped: false,
            finished: false,
        }
    }

    /// Takes the next bytes and gives what they complete. After [`Piece::End`] or [`Piece::Error`] there is nothing more.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Piece> {
        if !self.framed {
            let room = PLAIN_LIMIT.saturating_sub(self.plain.len());
            self.plain.extend_from_slice(&bytes[..bytes.len().min(room)]);
            return Vec::new();
        }
        let mut pieces = Vec::new();
        for event in self.decoder.push(bytes) {
            if self.finished {
                break;
            }
            let Said { text, then } = self.read(&event);
            self.tokens.learn(self.tokens_in(&event.data));
            pieces.extend(text.filter(|text| !text.is_empty()).map(Piece::Text));
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
        pieces
    }

    /// The connection is over: what can still be made of the answer. Empty when it was cut off or is no answer.
    pub fn close(&mut self) -> Vec<Piece> {
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
        let answer = String::from_utf8_lossy(&self.plain);
        if !answer.trim_start().starts_with('{') || !answer.trim_end().ends_with('}') {
            return pieces;
        }
        self.tokens.learn(self.tokens_in(&answer));
        match self.whole(&answer).filter(|text| !text.is_empty()) {
            Some(text) => pieces.extend([Piece::Text(text), Piece::End]),
            None => pieces.push(Piece::Error(answer.into_owned())),
        }
        pieces
    }

    /// The unframed answer so far, for the classifier.
    #[must_use]
    pub fn plain(&self) -> &[u8] {
        &self.plain
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

    /// The text of an answer that came in one piece.
    fn whole(&self, answer: &str) -> Option<String> {
        match self.dialect {
            Dialect::OpenAi | Dialect::Azure => openai::whole(answer),
            Dialect::Responses => responses::whole(answer),
            Dialect::Anthropic => anthropic::whole(answer),
            Dialect::Gemini => gemini::read(answer).text,
            Dialect::Ollama | Dialect::BuiltIn => ollama::read(answer).text,
        }
    }
}

/// What a reader makes of a recorded answer that arrives in small pieces.
#[cfg(test)]
pub(super) fn read_all(dialect: Dialect, content_type: &str, answer: &str) -> Vec<Piece> {
    let mut reader = Reader::new(dialect, content_type);
    let mut pieces: Vec<_> =
        answer.as_bytes().chunks(7).flat_map(|bytes| reader.push(bytes)).collect();
    pieces.extend(reader.close());
    pieces
}
