//! What a person can press after a failure.

use serde::{Deserialize, Serialize};

macro_rules! action_kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:literal;)+) => {
        /// Something a person can press. The shell performs it; the core only names it.
        #[cfg_attr(not(feature = "workspace"), non_exhaustive)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ActionKind {
            $($(#[doc = $doc])+ #[serde(rename = $id)] $variant,)+
        }

        impl ActionKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable id; the label's message key is `action_` and this id.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }
        }
    };
}

action_kinds! {
    /// Try the same ask again.
    Retry = "retry";
    /// Ask for the rest of an answer that was cut.
    Continue = "continue";
    /// Edit what was asked (shorten it, reword it) and ask again.
    Edit = "edit";
    /// Open the service's sign-in page.
    OpenLogin = "open_login";
    /// Open the service itself, for instance to pass a bot check.
    OpenSite = "open_site";
    /// Open an address that a network which wants a sign-in answers with its own page.
    OpenPortal = "open_portal";
    /// Open the page where keys are made.
    OpenKeys = "open_keys";
    /// Open the billing page.
    OpenBilling = "open_billing";
    /// Open the page of limits and usage.
    OpenLimits = "open_limits";
    /// Open the status page.
    OpenStatus = "open_status";
    /// Open the service's support page.
    OpenSupport = "open_support";
    /// Open a guide for this very problem (for instance Ollama's origins).
    OpenGuide = "open_guide";
    /// Put the address that this one leads to into the source's settings, and try again.
    UseAddress = "use_address";
    /// Open this source's settings: address, key.
    OpenSettings = "open_settings";
    /// Choose another model of this source.
    ChooseModel = "choose_model";
    /// Answer with another source.
    SwitchSource = "switch_source";
    /// Ask the browser for access to the host.
    GrantAccess = "grant_access";
    /// Reload the page, the draft kept.
    ReloadPage = "reload_page";
    /// Look closer: gather more evidence and diagnose again.
    CheckAgain = "check_again";
    /// Copy the redacted report.
    CopyReport = "copy_report";
}

/// An action with what it needs to be carried out.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What pressing it does.
    pub kind: ActionKind,
    /// The page it opens, for the kinds that open one.
    pub url: Option<String>,
}
