//! A site as people type it.

use unstuck_diagnose::workspace::{Address, Url};

/// The origin of a site that was typed as an address or as a bare host, without its port: the browser matches hosts.
#[must_use]
pub fn site_origin(site: &str) -> Option<String> {
    let url = Url::typed(site)?;
    let Address { scheme, host, .. } = url.address()?;
    // A single word is more likely a slip than a host, unless it was written as an address.
    let meant = host.contains('.') || host == "localhost" || !url.scheme.is_empty();
    (meant && matches!(scheme.as_str(), "http" | "https")).then(|| [&scheme, "://", &host].concat())
}
