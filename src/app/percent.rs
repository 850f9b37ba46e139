//! Shares in whole hundredths.

/// A share as `97 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{} %", hundredths(share))
}

/// By whole numbers: printing floating-point ones costs the wasm 25 KB.
pub(crate) fn hundredths(share: f64) -> u32 {
    (share * 100.0).round() as u32
}
