//! What the other crates of the workspace share with the diagnosis: hosts, times, ids and the packed phrases.

#[cfg(target_arch = "wasm32")]
pub use crate::classify::learn;
#[cfg(not(target_arch = "wasm32"))]
pub use crate::classify::packed_phrases;
pub use crate::{
    checksum::checksum,
    classify::{Left, http_date, is_request_id, rfc3339, scarcest, shared_trouble},
    cut::head,
    explain::{
        clock_in_words, end_in_words, is_told, iso_time, moment_in_words, tell, wait_in_words,
    },
    failure::{Moment, Timeline},
    host::{canonical, is_loopback},
    letter_case::{capitalised, lowered},
    messages::place,
    provider::is_web_host,
    url::{Address, Url, origin, percent_encoded, same_site, without_fragment, without_query},
};
