//! Sites on which the person does not want to see the launcher: for a while, or until they say so. The site stays switched on.

use serde::{Deserialize, Serialize};

use super::{Effect, Effects, FrameRef, Settings, State, press};
use unstuck_diagnose::workspace::{Address, Url};

/// How long "for an hour" is, in milliseconds.
const HOUR_MS: u64 = 3_600_000;

/// A site without the launcher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct HiddenSite {
    /// Its origin, without a port.
    pub site: String,
    /// Until when, in milliseconds since 1970; `None` until the person shows it again.
    #[cfg_attr(feature = "types", ts(type = "number | null"))]
    pub until_ms: Option<u64>,
}

impl HiddenSite {
    /// Whether that still holds.
    #[must_use]
    pub fn holds(&self, now_ms: u64) -> bool {
        self.until_ms.is_none_or(|until_ms| now_ms < until_ms)
    }
}

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

/// The card closes as by ×, and the launcher of its site goes.
pub(super) fn hide(
    state: &mut State,
    now_ms: u64,
    frame: &FrameRef,
    for_an_hour: bool,
    effects: &mut Effects,
) {
    let Some(site) = state.can_hide(frame) else { return };
    let until_ms = for_an_hour.then(|| now_ms.saturating_add(HOUR_MS));
    let hidden = HiddenSite { site, until_ms };
    state.settings.hidden.retain(|known| known.site != hidden.site);
    state.settings.hidden.push(hidden.clone());
    press::close(state, frame, effects);
    effects.push(Effect::KeepHidden { hidden });
}
