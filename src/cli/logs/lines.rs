//! Bytes to lines: compressed or not, whatever their ends, never more than one line in memory.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};

use flate2::read::MultiGzDecoder;

/// So much of a line is kept, in bytes; the rest is passed over and counted.
pub(super) const LONGEST: usize = 1 << 20;

const GZIP: [u8; 2] = [0x1f, 0x8b];

/// What was odd about the bytes of a file.
#[derive(Debug, Clone, Default)]
pub(super) struct Oddities {
    /// Lines longer than [`LONGEST`].
    pub(super) cut: u64,
    /// NUL bytes, which were left out.
    pub(super) nul: u64,
    /// The last line has no end.
    pub(super) unended: bool,
    /// Why the rest could not be read.
    pub(super) broken: Option<String>,
}

/// The lines of one input.
pub(super) struct Lines<'a> {
    input: Box<dyn BufRead + 'a>,
    pub(super) oddities: Oddities,
    pub(super) number: u64,
    pub(super) bytes: u64,
}

impl<'a> Lines<'a> {
    /// Looks at the first bytes to tell whether they are compressed.
    pub(super) fn new(input: impl Read + 'a) -> io::Result<Self> {
        let mut input = BufReader::with_capacity(1 << 18, input);
        let start = input.fill_buf()?;
        let input: Box<dyn BufRead> = if start.starts_with(&GZIP) {
            Box::new(BufReader::with_capacity(1 << 18, MultiGzDecoder::new(input)))
        } else {
            Box::new(input)
        };
        Ok(Self { input, oddities: Oddities::default(), number: 0, bytes: 0 })
    }

    /// The beginning, as far as it is there already.
    pub(super) fn peek(&mut self) -> &[u8] {
        self.input.fill_buf().unwrap_or_default()
    }

    /// The rest as one text, if it is not longer than so many bytes.
    pub(super) fn whole(&mut self, most: u64) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        self.input.by_ref().take(most + 1).read_to_end(&mut bytes)?;
        self.bytes = bytes.len() as u64;
        Ok((self.bytes <= most).then_some(bytes))
    }

    /// The next line without its end; `false` at the end of the input.
    pub(super) fn next(&mut self, line: &mut Vec<u8>) -> bool {
        line.clear();
        let (mut read, mut ended) = (0_u64, false);
        while !ended {
            let part = match self.input.fill_buf() {
                Ok(part) => part,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.oddities.broken = Some(error.to_string());
                    break;
                }
            };
            if part.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', part);
            let taken = end.map_or(part.len(), |at| at + 1);
            let room = LONGEST.saturating_sub(line.len());
            line.extend_from_slice(&part[..taken.min(room)]);
            read += taken as u64;
            ended = end.is_some();
            self.input.consume(taken);
        }
        if read == 0 {
            return false;
        }
        self.number += 1;
        self.bytes += read;
        self.oddities.cut += u64::from(read > LONGEST as u64);
        self.oddities.unended = !ended;
        self.clean(line);
        true
    }

    fn clean(&mut self, line: &mut Vec<u8>) {
        if self.number == 1 {
            for mark in [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"] {
                if line.starts_with(mark) {
                    line.drain(..mark.len());
                }
            }
        }
        if memchr::memchr(0, line).is_some() {
            let before = line.len();
            line.retain(|byte| *byte != 0);
            self.oddities.nul += (before - line.len()) as u64;
        }
        while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            line.pop();
        }
    }
}
