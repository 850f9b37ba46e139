//! What the lab remembers between requests: the fault set for this run, the log and the messages sent.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use serde_json::Value;

use crate::apps::Wishes;
use crate::faults::{Fault, Knobs};
use crate::log::Log;
use crate::pages::Pages;
use crate::sinks::Sinks;
use crate::stage::{Asked, Staged};

/// The lab's whole memory.
#[derive(Debug)]
pub(crate) struct Lab {
    /// Every API call so far.
    pub(crate) log: Log,
    /// Where the pages come from.
    pub(crate) pages: Pages,
    armed: Mutex<Option<Armed>>,
    /// How the web apps answer.
    pub(crate) apps: Wishes,
    /// The receivers of alerts and numbers.
    pub(crate) sinks: Sinks,
    sent: Mutex<Vec<Value>>,
    serial: AtomicU64,
    stage: Mutex<Vec<Staged>>,
    asked: Mutex<Vec<Asked>>,
}

/// A fault that waits for the next API calls.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Armed {
    #[serde(rename = "name", serialize_with = "crate::faults::name_only")]
    pub(crate) fault: &'static Fault,
    /// Calls still to be hit; negative means until cleared.
    pub(crate) times: i64,
    #[serde(flatten)]
    pub(crate) knobs: Knobs,
}

impl Lab {
    pub(crate) fn new(pages: Pages) -> Self {
        Self {
            log: Log::default(),
            pages,
            armed: Mutex::default(),
            apps: Wishes::default(),
            sinks: Sinks::default(),
            sent: Mutex::default(),
            serial: AtomicU64::new(1),
            stage: Mutex::default(),
            asked: Mutex::default(),
        }
    }

    /// Sets the fault for the next calls; `None` makes the provider healthy.
    pub(crate) fn arm(&self, armed: Option<Armed>) {
        *lock(&self.armed) = armed.filter(|armed| armed.times != 0);
    }

    /// Puts an answer on stage.
    pub(crate) fn put_on_stage(&self, staged: Staged) {
        let mut stage = lock(&self.stage);
        stage.retain(|old| !old.is_replaced_by(&staged));
        stage.push(staged);
    }

    /// The first answer on stage that fits.
    pub(crate) fn staged(&self, fits: impl Fn(&Staged) -> bool) -> Option<Staged> {
        lock(&self.stage).iter().find(|staged| fits(staged)).cloned()
    }

    /// Notes who asked for a staged answer.
    pub(crate) fn note_asked(&self, asked: Asked) {
        lock(&self.asked).push(asked);
    }

    /// Everyone who asked for a staged answer, oldest first.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        lock(&self.asked).clone()
    }

    /// The fault that waits, if any.
    pub(crate) fn armed(&self) -> Option<Armed> {
        lock(&self.armed).clone()
    }

    /// Takes one use of the waiting fault.
    pub(crate) fn take_fault(&self) -> Option<Armed> {
        let mut slot = lock(&self.armed);
        let hit = slot.clone()?;
        match slot.as_mut() {
            Some(armed) if armed.times > 1 => armed.times -= 1,
            Some(armed) if armed.times < 0 => {}
            _ => *slot = None,
        }
        Some(hit)
    }

    /// Keeps a message that the demo messenger sent.
    pub(crate) fn keep_sent(&self, message: Value) {
        lock(&self.sent).push(message);
    }

    /// Every message that the demo messenger sent, oldest first.
    pub(crate) fn sent(&self) -> Vec<Value> {
        lock(&self.sent).clone()
    }

    /// Forgets the fault, the log and the messages sent.
    pub(crate) fn reset(&self) {
        self.arm(None);
        lock(&self.stage).clear();
        lock(&self.asked).clear();
        self.log.clear();
        lock(&self.sent).clear();
        lock(&self.apps).clear();
        self.sinks.clear();
    }

    /// A number never given before in this run.
    pub(crate) fn next_serial(&self) -> u64 {
        self.serial.fetch_add(1, Ordering::Relaxed)
    }
}

/// Locks, also after a panic elsewhere: the lab's data stays usable.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Milliseconds since 1970.
pub(crate) fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
