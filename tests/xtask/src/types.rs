//! What the core and the scripts of the extension hand each other, as types of TypeScript.

use std::{fs, path::Path};

use anyhow::Result;
use ts_rs::{Config, TS};
use unstuck_app::{
    history::HistoryEffect,
    options::OptionsEffect,
    report::ReportEffect,
    troubleshooter::TroubleshooterEffect,
    view::{Element, Node, View, popup::PopupPress},
};
use unstuck_engine::{AttemptId, Effect, FrameRef, HiddenSite};

/// Writes the types into `file`, for every script without an import.
pub(crate) fn write(file: &Path) -> Result<()> {
    // What goes to JavaScript are numbers.
    let config = Config::new().with_large_int("number");
    let types = [
        FrameRef::decl(&config),
        AttemptId::decl(&config),
        HiddenSite::decl(&config),
        Effect::decl(&config),
        OptionsEffect::decl(&config),
        TroubleshooterEffect::decl(&config),
        ReportEffect::decl(&config),
        HistoryEffect::decl(&config),
        PopupPress::decl(&config),
        View::decl(&config),
        Node::decl(&config),
        Element::decl(&config),
    ];
    Ok(fs::write(file, types.join("\n\n") + "\n")?)
}
