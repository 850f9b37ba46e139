//! What a press in the options wants done.

use serde::Serialize;
use unstuck_engine::Settings;

/// What the shell has to do. Performed in order.
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionsEffect {
    /// Keep these settings and tell the engine.
    KeepSettings {
        /// All of them.
        #[cfg_attr(feature = "types", ts(type = "object"))]
        settings: Box<Settings>,
    },
    /// Keep this key, encrypted.
    KeepKey {
        /// Id of its source.
        source: String,
        /// The key.
        key: String,
    },
    /// Forget the key of a source.
    ForgetKey {
        /// Id of the source.
        source: String,
    },
    /// Give the browser's leave to reach these hosts back.
    GiveBack {
        /// Match patterns.
        origins: Vec<String>,
    },
    /// Keep all keys as they are now, sealed and aside, until they are put back or dropped.
    SetKeysAside,
    /// Forget what lies aside.
    DropKeysAside,
    /// Make what lies aside the keys again.
    PutKeysBack,
    /// Show the launcher, and watch, on exactly the sites of the settings.
    RegisterSites,
    /// Open this page in a new tab.
    OpenPage {
        /// Its address, from our own tables.
        url: &'static str,
    },
    /// Save the settings as they are kept as a file.
    Export {
        /// What the file calls itself.
        format: &'static str,
        /// Of which version it is.
        version: u64,
    },
    /// Delete everything that is kept anywhere.
    Erase,
    /// Erase all drafts that are kept.
    EraseDrafts,
}
