//! Any bytes as the body of an answer; the first two give its status.
#![no_main]

mod checked;

use libfuzzer_sys::fuzz_target;
use unstuck_diagnose::Failure;

fuzz_target!(|input: (u16, &[u8])| {
    let (status, bytes) = input;
    let body = String::from_utf8_lossy(bytes).into_owned();
    checked::classify(&Failure {
        status: Some(100 + status % 500),
        body: Some(body),
        ..Failure::default()
    });
});
