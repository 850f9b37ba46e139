//! What counts as a plain machine value, and what is told of the machine: browser and family of the system, no more.

use unstuck_diagnose::{Evidence, workspace::is_request_id};

/// Longest machine value that is let in, in bytes.
const VALUE_LIMIT: usize = 64;

/// Browser and system as the browser names them, without what could tell one machine from another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Machine {
    /// Name and main version, such as `Chromium 140`.
    pub browser: String,
    /// `Linux`, `Windows`, `macOS`, …
    pub system: String,
}

impl Machine {
    /// From the brands of `navigator.userAgentData`, each with its main version, and its platform. Among the brands is one that
    /// stands for nothing, and the engine that several browsers share.
    #[must_use]
    pub fn new(brands: &[(String, String)], platform: &str) -> Self {
        let is_short = |text: &str| text.len() <= 32;
        let real = brands.iter().filter(|(name, version)| {
            let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ');
            letters && is_short(name) && version.bytes().all(|byte| byte.is_ascii_digit())
        });
        let browser = real.max_by_key(|(name, _)| name != "Chromium");
        Self {
            browser: browser.map_or_else(String::new, |(name, version)| {
                [name.as_str(), version.as_str()].join(" ")
            }),
            system: if is_short(platform) { platform.to_owned() } else { String::new() },
        }
    }
}

/// Whether a finding holds nothing but Unstuck's own words and machine values.
pub(super) fn is_plain(finding: &Evidence) -> bool {
    match finding {
        Evidence::Phrase { .. } | Evidence::Culprit { .. } => false,
        Evidence::Code { code } => is_machine_value(code),
        Evidence::Header { value, .. } => is_machine_value(value),
        Evidence::NetError { name } => is_machine_value(name),
        Evidence::Exception { name } => {
            is_machine_value(name) && (name.ends_with("Error") || name.ends_with("Exception"))
        }
        Evidence::Redirect { host } => is_machine_value(host),
        Evidence::Status { host, .. } => host.as_deref().is_none_or(is_machine_value),
        _ => true,
    }
}

/// A code, a number, a host: short, without blanks, and not shaped like a key.
pub(super) fn is_machine_value(value: &str) -> bool {
    let plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.:[]/".contains(&b));
    let key =
        ["sk-", "sess-", "AIza", "AQ.", "gsk_", "xai-", "pplx-", "hf_", "r8_", "nvapi-", "eyJ"];
    plain && value.len() <= VALUE_LIMIT && !key.iter().any(|prefix| value.contains(prefix))
}

/// An id that a service made, and no key.
pub(super) fn is_id(value: &str) -> bool {
    is_machine_value(value) && is_request_id(value)
}

/// Sixteen hexadecimal digits and the code of an airport.
pub(super) fn is_ray(value: &str) -> bool {
    let (id, airport) = value.split_once('-').unwrap_or((value, "AAA"));
    id.len() == 16
        && id.bytes().all(|byte| byte.is_ascii_hexdigit())
        && airport.len() == 3
        && airport.bytes().all(|byte| byte.is_ascii_uppercase())
}
