//! Other extensions: which of them could stand in the way of a call, and who among them does.

use serde::{Deserialize, Serialize};

use super::{
    Line, Standing,
    bisect::{Bisection, Verdict},
};
use unstuck_diagnose::workspace::Url;

/// As many names are told.
const NAMES: usize = 6;

/// An extension as the browser tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Extension {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub permissions: Vec<String>,
    /// Where it may do it, as match patterns.
    pub hosts: Vec<String>,
}

impl Extension {
    /// Whether it could stand in the way of a call to this host. Calls of our own go past other extensions, unless one of them
    /// leads all calls through a proxy; a page's calls pass all that may change what the page sends or hears.
    #[must_use]
    pub fn could_interfere(&self, host: &str, of_page: bool) -> bool {
        let may = |names: &[&str]| self.permissions.iter().any(|one| names.contains(&one.as_str()));
        let all_calls = may(&["proxy", "vpnProvider", "debugger"]);
        let reaches = self.hosts.iter().any(|pattern| covers(pattern, host));
        let everywhere = may(&["declarativeNetRequest"]);
        all_calls || of_page && (reaches || everywhere)
    }
}

/// Whether a match pattern covers a host.
fn covers(pattern: &str, host: &str) -> bool {
    if pattern == "<all_urls>" {
        return true;
    }
    let Some(wanted) = Url::read(pattern).map(Url::host) else { return false };
    match wanted.strip_prefix("*.") {
        Some(parent) => {
            host.strip_suffix(parent).is_some_and(|left| left.is_empty() || left.ends_with('.'))
        }
        None => wanted == "*" || wanted == host,
    }
}

/// The search for the one that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// Those that could.
    pub suspects: Vec<Extension>,
    /// How far it is; nothing as long as the person has not asked for it.
    pub bisection: Option<Bisection>,
    /// Those that are off because of it when it is over.
    pub left_off: Vec<Extension>,
}

impl Search {
    /// Those among all that could interfere. Our own is not among them, nor are themes and what the person may not switch.
    #[must_use]
    pub fn among(all: &[Extension], host: &str, of_page: bool) -> Self {
        let suspects = all.iter().filter(|one| one.could_interfere(host, of_page)).cloned();
        Self { suspects: suspects.collect(), bisection: None, left_off: Vec::new() }
    }

    /// Ids to be on and off for the next test call.
    #[must_use]
    pub fn next(&self) -> Option<(Vec<String>, Vec<String>)> {
        let on = self.bisection.as_ref()?.next()?;
        let all = self.suspects.iter().enumerate();
        let (on, off): (Vec<_>, Vec<_>) = all.partition(|(at, _)| on.contains(at));
        let ids = |list: Vec<(usize, &Extension)>| {
            list.into_iter().map(|(_, one)| one.id.clone()).collect::<Vec<_>>()
        };
        Some((ids(on), ids(off)))
    }

    /// A search that did not come to its end.
    pub(super) fn forget_unfinished(&mut self) {
        if self.verdict().is_none() {
            self.bisection = None;
        }
    }

    pub(super) fn culprits(&self) -> Vec<&Extension> {
        let found = self.bisection.as_ref().map(Bisection::culprits).unwrap_or_default();
        found.iter().filter_map(|at| self.suspects.get(*at)).collect()
    }

    /// Those that stay off: one is enough, also where it takes several to break the call.
    pub(super) fn leave_off_one(&mut self) {
        self.left_off = self.culprits().into_iter().take(1).cloned().collect();
    }

    pub(super) fn verdict(&self) -> Option<Verdict> {
        self.bisection.as_ref()?.verdict()
    }

    /// What is known, in lines.
    pub(super) fn tell(&self) -> (Standing, Vec<Line>) {
        let names = |list: &[&Extension]| {
            let names: Vec<_> = list.iter().take(NAMES).map(|one| one.name.as_str()).collect();
            let more = if list.len() > NAMES { " …" } else { "" };
            [&names.join(", "), more].concat()
        };
        let tries = self.bisection.as_ref().map_or(0, Bisection::tries).to_string();
        let culprits = self.culprits();
        match self.verdict() {
            None if self.suspects.is_empty() => {
                (Standing::Nothing, vec![Line::new("step_extensions_none")])
            }
            None => {
                let all: Vec<_> = self.suspects.iter().collect();
                let count = self.suspects.len().to_string();
                let line = Line::new("step_extensions_suspects").with(count).with(names(&all));
                (Standing::Shown, vec![line])
            }
            Some(Verdict::Culprits) => {
                let key = if culprits.len() == 1 {
                    "step_extensions_culprit"
                } else {
                    "step_extensions_together"
                };
                let mut lines = vec![Line::new(key).with(names(&culprits)).with(tries)];
                let off: Vec<_> = self.left_off.iter().collect();
                lines.push(if off.is_empty() {
                    Line::new("step_extensions_restored")
                } else {
                    Line::new("step_extensions_left_off").with(names(&off))
                });
                (Standing::Found, lines)
            }
            Some(Verdict::NoneOfThem) => {
                let told = Line::new("step_extensions_not_them").with(tries);
                (Standing::Nothing, vec![told, Line::new("step_extensions_restored")])
            }
            Some(Verdict::Passed) => {
                let told = Line::new("step_extensions_passed").with(tries);
                (Standing::Nothing, vec![told, Line::new("step_extensions_restored")])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extension(permissions: &[&str], hosts: &[&str]) -> Extension {
        let owned = |list: &[&str]| list.iter().map(|&one| one.to_owned()).collect();
        Extension { permissions: owned(permissions), hosts: owned(hosts), ..Extension::default() }
    }

    /// Our own call can be disturbed by fewer extensions than a call of the page.
    #[test]
    fn suspects_depend_on_the_caller() {
        for (permissions, hosts, own, page) in [
            (&["proxy"][..], &[][..], true, true),
            (&["declarativeNetRequest"], &[], false, true),
            (&["webRequest"], &["<all_urls>"], false, true),
            (&["storage"], &["*://*.chatgpt.com/*"], false, true),
            (&["storage"], &["https://chatgpt.com/*"], false, true),
            (&["webRequest"], &["https://example.org/*"], false, false),
            (&["storage"], &["https://notchatgpt.com/*"], false, false),
            (&["tabs", "storage"], &[], false, false),
        ] {
            let one = extension(permissions, hosts);
            assert_eq!(one.could_interfere("chatgpt.com", false), own, "{one:?}");
            assert_eq!(one.could_interfere("chatgpt.com", true), page, "{one:?}");
        }
    }

    /// Two hundred extensions are searched in few calls and listed in short.
    #[test]
    fn two_hundred_extensions_stay_manageable() {
        let all: Vec<_> = (0..200)
            .map(|at| Extension {
                id: at.to_string(),
                name: at.to_string(),
                ..extension(&["proxy"], &[])
            })
            .collect();
        let mut search = Search::among(&all, "x", false);
        assert_eq!(search.tell().1[0].with, ["200", "0, 1, 2, 3, 4, 5 …"]);
        search.bisection = Some(Bisection::new(200));
        let mut tries = 0;
        while let Some((on, off)) = search.next() {
            assert_eq!(on.len() + off.len(), 200);
            let worked = !(on.contains(&"17".into()) && on.contains(&"140".into()));
            search.bisection.as_mut().unwrap().learn(worked);
            tries += 1;
        }
        assert!(tries <= 20, "{tries}");
        search.leave_off_one();
        let (standing, lines) = search.tell();
        assert_eq!(standing, Standing::Found);
        assert_eq!(lines[0].key, "step_extensions_together");
        assert_eq!(lines[0].with[0], "140, 17");
        assert_eq!(search.left_off[0].name, "140");
    }
}
