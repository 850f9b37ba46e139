//! The browser or the machine ran out of something: memory, sockets, disk, quota of a store. Closing tabs helps; the
//! service has nothing to do with it.

use super::{CauseRule, Pattern, code, hint, strong};
use crate::{ActionKind, Cause, When};

pub(super) static RULE: CauseRule = CauseRule {
    cause: Cause::BrowserResources,
    retry: When::AfterFix,
    actions: &[ActionKind::ReloadPage, ActionKind::Retry, ActionKind::CopyReport],
    score: None,
};

pub(super) const PATTERNS: &[Pattern] = &[
    strong("insufficient resources"),
    strong("err_insufficient_resources"),
    strong("err_out_of_memory"),
    code("emfile"),
    code("enfile"),
    code("enomem"),
    code("enospc"),
    strong("too many open files"),
    strong("no space left on device"),
    strong("cannot allocate memory"),
    strong("javascript heap out of memory"),
    strong("array buffer allocation failed"),
    strong("quotaexceedederror"),
    strong("quota_bytes quota exceeded"),
    strong("setting the value * exceeded the quota"),
    strong("webassembly.memory"),
    strong("maximum call stack size exceeded"),
    strong("invalid string length"),
    strong("aw, snap"),
    strong("内存不足"),
    strong("磁盘空间不足"),
    hint("out of disk"),
    hint("disk full"),
    hint("memory limit"),
];

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::Cause;

    #[test]
    fn the_machine_is_full() {
        check(
            Cause::BrowserResources,
            &[
                ("browser", 0, "net::ERR_INSUFFICIENT_RESOURCES"),
                ("other", 0, "EMFILE: too many open files"),
            ],
        );
    }

    #[test]
    fn full_browser_storage() {
        check(
            Cause::BrowserResources,
            &[
                (
                    "browser",
                    0,
                    "QuotaExceededError: Failed to execute 'setItem' on 'Storage': Setting the value exceeded the quota.",
                ),
                ("browser", 0, "Array buffer allocation failed"),
            ],
        );
    }
}
