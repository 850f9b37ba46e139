//! The ids that a diagnosis names, as types of TypeScript.

use std::{fs, path::Path};

use anyhow::Result;
use unstuck_diagnose::{ActionKind, Cause, Provider};

/// Writes them into a file of declarations.
pub(crate) fn write(file: &Path) -> Result<()> {
    let types = [
        union("Why a call failed", "Cause", Cause::ALL.iter().map(|cause| cause.id())),
        union("What can be done", "ActionKind", ActionKind::ALL.iter().map(|kind| kind.id())),
        union("Who was called", "Provider", Provider::ALL.iter().map(|provider| provider.id())),
    ];
    Ok(fs::write(file, types.join("\n"))?)
}

fn union(meaning: &str, name: &str, ids: impl Iterator<Item = &'static str>) -> String {
    let lines: String = ids.map(|id| format!("\n  | '{id}'")).collect();
    format!(
        "/** {meaning}; there may be more of them in a later version. */\nexport type {name} ={lines};\n"
    )
}
