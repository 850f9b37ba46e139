//! The page of one code: what it stands for, and which causes Unstuck tells apart behind it.

use maud::{Markup, html};
use unstuck_diagnose::Cause;

use super::{
    layout::{self, Page},
    library::{Library, causes_of, group},
    specimens::Shelf,
};

pub(crate) fn page(code: &Shelf, library: &Library) -> Page {
    let means = library.get(&format!("reference_{}_means", code.id));
    let body = html! {
        p.lead { (means) }
        section {
            h2 #apart { (library.get("reference_apart")) }
            p { (library.get("reference_apart_intro")) }
            @for cause in causes_of(code) { (behind(cause, code, library)) }
        }
    };
    Page {
        id: code.id.into(),
        title: library.name(code),
        description: means,
        part: Some(group(code).into()),
        body,
    }
}

/// One cause behind the code, with the specimens that show it.
fn behind(cause: Cause, code: &Shelf, library: &Library) -> Markup {
    let told = library.explain(cause);
    let shown = code.specimens.iter().filter(|specimen| specimen.diagnosis.cause == cause);
    html! {
        article.behind #(cause.id()) data-fault=(cause.fault().id()) {
            p.move { (told.whose_move) }
            h3 { a href=(library.link(cause.id())) { (library.of_cause(cause, "name")) } }
            p { (told.headline) }
            @for specimen in shown { (layout::specimen(specimen, library)) }
            @if let Some(step) = told.steps.first() { p { (step) } }
            p.hint { (told.retry_line) }
        }
    }
}
