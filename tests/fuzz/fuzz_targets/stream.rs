//! Any bytes as an event stream: through the reader, piece by piece, and as the body of a stream that broke off.
#![no_main]

mod checked;

use libfuzzer_sys::fuzz_target;
use unstuck_diagnose::{Failure, Received};
use unstuck_source::{Dialect, Reader};

fuzz_target!(|input: (u8, u64, &[u8])| {
    let (size, chars, bytes) = input;
    let mut reader = Reader::new(Dialect::OpenAi, "text/event-stream", 0);
    for piece in bytes.chunks(usize::from(size).max(1)) {
        drop(reader.push(piece));
    }
    drop(reader.close());
    let body = String::from_utf8_lossy(bytes).into_owned();
    checked::classify(&Failure {
        status: Some(200),
        headers: [("content-type".into(), "text/event-stream".into())].into(),
        body: Some(body),
        stream: Some(Received { chars, ended: size % 2 == 0 }),
        ..Failure::default()
    });
});
