//! What outlives a run: the health of the sources, what is still to be told, and counts. On disk it is one file of JSON.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions, TryLockError},
    hash::{BuildHasher, RandomState},
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use unstuck_health::Health;

use super::tally::Tally;

/// The shape of the file. One of another shape is not read.
const VERSION: u32 = 1;

/// What outlives a run.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct State {
    version: u32,
    /// A random name. Numbers that are counted from run to run carry it: they have one writer.
    #[serde(default = "random")]
    pub(super) instance: String,
    pub(super) health: Health,
    /// By the name of the probe.
    pub(super) tallies: BTreeMap<String, Tally>,
}

/// Why there is no state.
#[derive(Debug)]
pub(super) enum Denied {
    /// Another run uses the file.
    InUse,
    /// It is no state, or that of another version.
    NotOurs,
    /// It cannot be read or written.
    Io(io::Error),
}

impl From<io::Error> for Denied {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The file of the state; nobody else uses it as long as this lives.
#[derive(Debug)]
pub(super) struct Store {
    path: PathBuf,
    _lock: File,
}

impl State {
    /// A state in which nothing is known.
    pub(super) fn fresh() -> Self {
        let (instance, health) = (random(), Health::new(&random()));
        Self { version: VERSION, instance, health, tallies: BTreeMap::new() }
    }
}

fn random() -> String {
    format!("{:016x}", RandomState::new().hash_one(std::process::id()))
}

impl Store {
    /// Takes the file for this run alone, and reads it. What is locked is a file beside it, since the file itself is replaced at
    /// each save.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub(super) fn open(path: &Path) -> Result<(Self, State), Denied> {
        let lock = private().create(true).truncate(false).write(true).open(beside(path, "lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Denied::InUse),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let state = match fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| Denied::NotOurs)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => State::fresh(),
            Err(error) => return Err(error.into()),
        };
        if state.version != VERSION {
            return Err(Denied::NotOurs);
        }
        Ok((Self { path: path.to_owned(), _lock: lock }, state))
    }

    /// Writes the state. It is on the disk when this returns.
    pub(super) fn save(&self, state: &State) -> io::Result<()> {
        replace(&self.path, &serde_json::to_vec(state)?, private())
    }
}

/// Replaces a file as a whole: whoever reads it sees the old one or the new one.
pub(super) fn replace(path: &Path, bytes: &[u8], mut options: OpenOptions) -> io::Result<()> {
    let new = beside(path, "new");
    let mut file = options.create(true).truncate(true).write(true).open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => sync_folder(folder),
        None => sync_folder(Path::new(".")),
    }
}

/// The new name is on the disk, too. Windows has no such thing for a folder.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

/// For this person alone: the names of sources and what is told of them are nobody else's matter.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
