//! Server-sent events, or lines of JSON, from bytes that arrive in any pieces.

use unstuck_diagnose::Limit;

/// One event: its name (empty when it has none) and its data lines joined by newlines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Event {
    /// The `event:` field.
    pub name: String,
    /// The `data:` fields.
    pub data: String,
}

/// Splits bytes into events, as the HTML standard describes. Bytes that are not UTF-8 become U+FFFD.
#[derive(Debug, Default)]
pub struct Decoder {
    line: Vec<u8>,
    event: Event,
    has_data: bool,
    after_cr: bool,
    bare: bool,
    /// Bytes since the last event was complete: lines, comments and whatever else a stream may hold.
    since_event: usize,
}

impl Decoder {
    /// A decoder for lines of JSON without any framing: each line is an event.
    #[must_use]
    pub fn of_lines() -> Self {
        Self { bare: true, ..Self::default() }
    }

    /// Whether more than [`Limit::Event`] has come without completing an event: nothing is kept from there on.
    #[must_use]
    pub const fn is_over_limit(&self) -> bool {
        self.since_event > Limit::Event.bytes()
    }

    /// Takes the next bytes and gives the events that they complete.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        for &byte in bytes {
            self.since_event += 1;
            if self.is_over_limit() {
                break;
            }
            let newline_of_crlf = byte == b'\n' && std::mem::take(&mut self.after_cr);
            if newline_of_crlf {
                continue;
            }
            match byte {
                b'\n' | b'\r' => {
                    self.after_cr = byte == b'\r';
                    let line = std::mem::take(&mut self.line);
                    if let Some(event) = self.take_line(&line) {
                        self.since_event = 0;
                        events.push(event);
                    }
                }
                _ => self.line.push(byte),
            }
        }
        events
    }

    fn take_line(&mut self, line: &[u8]) -> Option<Event> {
        let line = String::from_utf8_lossy(line);
        let line = line.strip_prefix('\u{feff}').unwrap_or(&line);
        if self.bare {
            let data = line.trim();
            return (!data.is_empty())
                .then(|| Event { name: String::new(), data: data.to_owned() });
        }
        if line.is_empty() {
            let event = std::mem::take(&mut self.event);
            return std::mem::take(&mut self.has_data).then_some(event);
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                if self.has_data {
                    self.event.data.push('\n');
                }
                self.has_data = true;
                self.event.data.push_str(value);
            }
            "event" => self.event.name = value.to_owned(),
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str = ": hi\r\nevent: delta\r\ndata: {\"a\":\r\ndata: \"é\"}\r\n\r\ndata:[DONE]\n\nid: 1\n\ndata: cut";

    /// Events are the same however the bytes are cut.
    #[test]
    fn events_survive_any_chunking() {
        let whole = Decoder::default().push(STREAM.as_bytes());
        assert_eq!(whole.len(), 2);
        assert_eq!((whole[0].name.as_str(), whole[0].data.as_str()), ("delta", "{\"a\":\n\"é\"}"));
        assert_eq!(whole[1].data, "[DONE]");
        for size in 1..STREAM.len() {
            let mut decoder = Decoder::default();
            let pieces: Vec<_> =
                STREAM.as_bytes().chunks(size).flat_map(|piece| decoder.push(piece)).collect();
            assert_eq!(pieces, whole, "pieces of {size}");
        }
    }

    #[test]
    fn garbage_is_survived() {
        let mut decoder = Decoder::default();
        assert!(decoder.push(b"\xff\xfe\n\n").is_empty());
        assert_eq!(decoder.push(b"data: \xff\n\n")[0].data, "\u{fffd}");
    }

    #[test]
    fn what_never_becomes_an_event_ends() {
        for endless in ["x", ": hi\n", "\n", "id: 1\n\n", "data: x\n", "event: e\n"] {
            let mut decoder = Decoder::default();
            let mut pushed = 0;
            while !decoder.is_over_limit() {
                assert!(decoder.push(endless.repeat(1000).as_bytes()).is_empty(), "{endless:?}");
                pushed += endless.len() * 1000;
                assert!(pushed < 2 << 20, "{endless:?}");
            }
            assert!(decoder.line.len() + decoder.event.data.len() <= Limit::Event.bytes());
        }
        let mut decoder = Decoder::default();
        for _ in 0..3 {
            let event = ["data: ", &"x".repeat(1_000_000), "\n\n"].concat();
            assert_eq!(decoder.push(event.as_bytes()).len(), 1, "each one fits");
        }
    }
}
