//! The page of one cause: what it means, how it comes about, what to do, what will not help, what it looks like.

use maud::{Markup, html};
use unstuck_diagnose::Cause;

use super::{
    layout::{self, Page},
    library::Library,
};

/// How many specimens a page shows.
const SHOWN: usize = 3;

/// What a cause is told in, and under which heading.
const PARTS: [(&str, &str); 4] =
    [("about", "means"), ("origin", "arises"), ("remedy", "do"), ("no_remedy", "futile")];

pub(crate) fn page(cause: Cause, library: &Library) -> Page {
    let told = library.explain(cause);
    let body = html! {
        p.lead { (told.headline) }
        (facts(cause, library))
        @for (heading, part) in PARTS {
            section {
                h2 id=(heading) { (library.get(&format!("reference_{heading}"))) }
                p { (library.of_cause(cause, part)) }
                @if heading == "remedy" {
                    ol.steps { @for step in &told.steps { li { (step) } } }
                }
            }
        }
        @if let Some(check) = &told.next_check {
            section {
                h2 #decide { (library.get("reference_decide")) }
                p { (check) }
            }
        }
        (specimens(cause, library))
        (relations(cause, library))
    };
    Page {
        id: cause.id().into(),
        title: library.of_cause(cause, "name"),
        description: told.headline,
        part: Some(cause.fault().id().into()),
        body,
    }
}

/// Whose side, whose move, trying again, and the name that programs use.
fn facts(cause: Cause, library: &Library) -> Markup {
    let told = library.explain(cause);
    let side = library.get(&format!("reference_side_{}", cause.fault().id()));
    html! {
        dl.facts data-fault=(cause.fault().id()) {
            div { dt { (library.get("reference_side")) } dd { (side) } }
            div { dt { (library.get("reference_move")) } dd { (told.whose_move) } }
            @if library.retry(cause).is_some() {
                div { dt { (library.get("reference_retry")) } dd { (told.retry_line) } }
            }
            div { dt { (library.get("reference_id")) } dd { code { (cause.id()) } } }
        }
    }
}

fn specimens(cause: Cause, library: &Library) -> Markup {
    let specimens: Vec<_> = library.specimens(cause).take(SHOWN).collect();
    html! {
        @if !specimens.is_empty() {
            section {
                h2 #specimens { (library.get("reference_specimens")) }
                @for specimen in specimens { (layout::specimen(specimen, library)) }
            }
        }
    }
}

fn relations(cause: Cause, library: &Library) -> Markup {
    let codes: Vec<_> = library.codes_of(cause).collect();
    let neighbours = library.neighbours(cause);
    html! {
        @if !codes.is_empty() {
            section {
                h2 #codes { (library.get("reference_codes")) }
                ul.chips {
                    @for code in codes {
                        li { a href={ (library.link(code.id)) "#" (cause.id()) } { (library.name(code)) } }
                    }
                }
            }
        }
        @if !neighbours.is_empty() {
            section {
                h2 #neighbours { (library.get("reference_neighbours")) }
                (layout::cause_links(&neighbours, library))
            }
        }
    }
}
