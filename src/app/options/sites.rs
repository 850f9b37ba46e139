//! The sites on which the launcher is shown.

use serde::{Deserialize, Serialize};

use super::{Fields, Page, site_origin};
use unstuck_engine::Settings;

/// What can be pressed among the sites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SitePress {
    /// Show the launcher on the site that is typed.
    AddSite,
    /// Show it on the site of a messenger that is offered by name.
    AddMessenger {
        /// Its origin.
        site: String,
    },
    /// No longer show it there.
    RemoveSite {
        /// Its origin.
        site: String,
    },
    /// Show the launcher there again.
    ShowAgain {
        /// Its origin.
        site: String,
    },
}

impl Page {
    pub(super) fn press_site(
        &mut self,
        settings: &mut Settings,
        press: SitePress,
        fields: &Fields,
    ) {
        match press {
            SitePress::AddSite => self.add_site(settings, fields),
            SitePress::AddMessenger { site } => {
                let typed = vec![("site".to_owned(), site)];
                self.add_site(settings, &Fields { typed, granted: fields.granted });
            }
            SitePress::RemoveSite { site } => {
                settings.sites.retain(|known| *known != site);
                settings.hidden.retain(|hidden| hidden.site != site);
            }
            SitePress::ShowAgain { site } => settings.hidden.retain(|hidden| hidden.site != site),
        }
    }

    fn add_site(&mut self, settings: &mut Settings, fields: &Fields) {
        let Some(site) = self.site(fields) else { return };
        settings.sites.retain(|known| *known != site);
        settings.hidden.retain(|hidden| hidden.site != site);
        settings.sites.push(site);
    }

    fn site(&mut self, fields: &Fields) -> Option<String> {
        let site = site_origin(fields.get("site"));
        match site {
            None => self.note("site", "options_bad_site", ""),
            Some(site) if !self.managed.allows(&site) => {
                self.note("site", "options_site_forbidden", "");
            }
            Some(_) if !fields.granted => self.note("site", "options_no_access", ""),
            Some(site) => return Some(site),
        }
        None
    }
}
