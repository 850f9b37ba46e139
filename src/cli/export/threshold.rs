//! When a probe is in trouble, as other programs can know it.

/// When a probe is in trouble.
#[derive(Debug, Clone)]
pub(super) struct Threshold {
    /// The name of the probe, which is the label `source` of its numbers.
    pub(super) name: String,
    /// So many failures in a row are trouble.
    pub(super) failures: u32,
    /// So many answers in a row end it.
    pub(super) successes: u32,
    /// Seconds from one run to the next, at least one.
    pub(super) interval_s: u64,
}

impl Threshold {
    /// The name as a string of JSON, YAML, PromQL and HCL alike.
    pub(super) fn quoted(&self) -> String {
        quoted(&self.name)
    }

    /// The name in letters and digits, for what takes no others; its place in the file keeps two apart.
    pub(super) fn identifier(&self, at: usize) -> String {
        let plain = self.name.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        format!("Probe{}{plain}", at + 1)
    }

    /// A probe of which nothing was heard for so many seconds is silent.
    pub(super) fn silent_s(&self) -> u64 {
        self.interval_s * 4
    }
}

/// A text as a string of JSON, which YAML, PromQL and HCL read alike; HCL's own marks are doubled by whoever writes HCL.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
