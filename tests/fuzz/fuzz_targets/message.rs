//! Any bytes as what a person pasted, which may be a failure as JSON.
#![no_main]

mod checked;

use libfuzzer_sys::fuzz_target;
use unstuck_diagnose::Failure;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    checked::classify(&Failure::from_message(text.as_ref()));
    checked::classify(&Failure::from_pasted(&text));
});
