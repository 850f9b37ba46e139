//! The network: what the looks at the service and at other hosts tell apart.

use super::{Line, Standing};
use unstuck_diagnose::{
    Cause, Probes, Reach,
    workspace::{http_date, shared_trouble},
};

/// Answers everyone with nothing, in the open: whoever wants a sign-in answers in its place.
pub const OPEN: &str = "http://www.gstatic.com/generate_204";
/// What the browser grants so that the answer can be told.
pub const OPEN_ORIGIN: &str = "http://www.gstatic.com/*";

/// A clock that is off by less troubles nobody, in milliseconds.
const CLOCK_OFF_MS: i64 = 120_000;

/// What the looks came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Looks {
    /// Whether the browser says that it is online.
    pub online: bool,
    /// The host that was called.
    pub host: Option<Reach>,
    /// Another one.
    pub other: Option<Reach>,
    /// An address that answers everyone with nothing, called in the open.
    pub open: Option<Reach>,
    /// The `Date` of an answer, as it was sent.
    pub date: Option<String>,
    /// The clock of this machine at that time, milliseconds since 1970.
    pub now_ms: u64,
}

impl Looks {
    /// As facts of the failure.
    #[must_use]
    pub fn probes(&self) -> Probes {
        let Self { host, other, open, .. } = self.clone();
        Probes { host, other, open, signed_out: false }
    }

    /// By how much this machine's clock is ahead, in milliseconds, if it is worth telling.
    #[must_use]
    pub fn clock_is_off(&self) -> Option<i64> {
        let theirs = http_date(self.date.as_deref()?)?;
        let ahead = i64::try_from(self.now_ms).ok()?.checked_sub(i64::try_from(theirs).ok()?)?;
        (ahead.abs() > CLOCK_OFF_MS).then_some(ahead)
    }
}

/// What the looks tell, in lines.
#[must_use]
pub(super) fn tell(looks: &Looks, host: &str) -> (Standing, Vec<Line>) {
    let dead = |reach: &Option<Reach>| matches!(reach, Some(Reach::Silent | Reach::Failed(_)));
    let cause = |reach: &Option<Reach>| match reach {
        Some(Reach::Failed(name)) => Cause::of_net_error(name),
        _ => None,
    };
    let elsewhere = |reach: &Option<Reach>| *reach == Some(Reach::Elsewhere);
    let shared = match (&looks.host, &looks.other) {
        (Some(Reach::Failed(one)), Some(Reach::Failed(two))) => shared_trouble(one, two),
        _ => None,
    };
    let alone = cause(&looks.host).filter(|_| dead(&looks.host));
    let key = if !looks.online || alone == Some(Cause::Offline) {
        "step_network_offline"
    } else if elsewhere(&looks.open) || elsewhere(&looks.host) || elsewhere(&looks.other) {
        "step_network_portal"
    } else if shared == Some(Cause::DnsFailure) {
        "step_network_dns"
    } else if shared == Some(Cause::TlsCertificate) {
        "step_network_interception"
    } else if alone == Some(Cause::ProxyFailure) {
        "step_network_proxy"
    } else if dead(&looks.host) && dead(&looks.other) {
        "step_network_nothing"
    } else if dead(&looks.host) {
        match alone {
            Some(Cause::DnsFailure) => "step_network_name",
            Some(Cause::TlsCertificate) => "step_network_certificate",
            _ if looks.other.is_some() => "step_network_one_host",
            _ => "step_network_host_alone",
        }
    } else if looks.host == Some(Reach::Challenged) {
        "step_network_challenged"
    } else {
        "step_network_fine"
    };
    let mut lines = vec![Line::new(key).with(host)];
    if let Some(Reach::Failed(name)) = &looks.host {
        lines.push(Line::new("step_network_error").with(name.clone()));
    }
    let clock = looks.clock_is_off();
    lines.extend(clock.map(|ms| {
        let key = if ms > 0 { "step_network_clock_ahead" } else { "step_network_clock_behind" };
        Line::new(key).with((ms.unsigned_abs() / 60_000).to_string())
    }));
    let fine = key == "step_network_fine" && clock.is_none();
    (if fine { Standing::Nothing } else { Standing::Found }, lines)
}
