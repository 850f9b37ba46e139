//! Hiding the launcher of a site from its card.

use super::{FrameRef, HiddenSite, Settings, State};
use unstuck_diagnose::workspace::{Address, Url};

/// How long "for an hour" is, in milliseconds.
const HOUR_MS: u64 = 3_600_000;

impl Settings {
    /// The switched-on site that has the card of this frame, where the launcher can be hidden.
    fn site_of(&self, origin: &str) -> Option<String> {
        let Address { scheme, host, .. } = Url::read(origin).and_then(Url::address)?;
        let site = [&scheme, "://", &*host].concat();
        self.sites.contains(&site).then_some(site)
    }
}

impl State {
    /// The site on which the launcher can be hidden from the card of this frame.
    #[must_use]
    pub fn can_hide(&self, frame: &FrameRef) -> Option<String> {
        self.settings.site_of(&self.card(frame)?.site)
    }
}

/// Hides the launcher on the site of this card; none where it cannot be hidden.
pub(super) fn hide(
    state: &mut State,
    now_ms: u64,
    frame: &FrameRef,
    for_an_hour: bool,
) -> Option<HiddenSite> {
    let site = state.can_hide(frame)?;
    let until_ms = for_an_hour.then(|| now_ms.saturating_add(HOUR_MS));
    let hidden = HiddenSite { site, until_ms };
    state.settings.hidden.retain(|known| known.site != hidden.site);
    state.settings.hidden.push(hidden.clone());
    Some(hidden)
}
