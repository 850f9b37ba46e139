//! The contents of the reference: every code by where it is met, and every cause by whose side it is on.

use maud::{Markup, html};
use unstuck_diagnose::{Cause, Fault};

use super::{
    layout::{self, Page},
    library::{Edition, Library, group},
};

const FAULTS: [Fault; 6] = [
    Fault::Network,
    Fault::Browser,
    Fault::Account,
    Fault::Request,
    Fault::Provider,
    Fault::Unknown,
];

pub(crate) fn page(library: &Library) -> Page {
    let intro = library.get("reference_intro");
    let body = html! {
        p.lead { (intro) }
        // Without a script, as in the extension, there is nothing to search with.
        @if library.edition == Edition::Site { (search(library)) }
        section {
            h2 #codes { (library.get("reference_by_code")) }
            (codes(library))
        }
        section {
            h2 #causes { (library.get("reference_by_side")) }
            @for fault in FAULTS {
                h3 id=(fault.id()) { (library.get(&format!("reference_side_{}", fault.id()))) }
                (layout::cause_links(&causes_of(fault), library))
            }
        }
    };
    Page {
        id: "index".into(),
        title: library.get("reference_title"),
        description: intro,
        part: None,
        body,
    }
}

fn search(library: &Library) -> Markup {
    html! {
        search #search {
            label for="query" { (library.get("reference_search")) }
            input #query type="search" autocomplete="off" spellcheck="false" aria-describedby="found";
            p #found .hint role="status" data-none=(library.get("reference_found_none"))
                data-some=(library.say_with("reference_found", "{count}")) {}
        }
    }
}

fn codes(library: &Library) -> Markup {
    html! {
        @for place in ["chatgpt", "api", "other"] {
            h3 id=(place) { (library.get(&format!("reference_group_{place}"))) }
            ul.chips {
                @for code in library.codes.iter().filter(|code| group(code) == place) {
                    li data-words=[layout::searched(library, &[&format!("reference_{}_means", code.id)])] {
                        a dir="ltr" href=(library.link(code.id)) { (code.label) }
                    }
                }
            }
        }
    }
}

fn causes_of(fault: Fault) -> Vec<Cause> {
    Cause::ALL.iter().copied().filter(|cause| cause.fault() == fault).collect()
}
