//! What all pages share: the head with its rules for the browser, the way back, and the links to turn the page.

use maud::{DOCTYPE, Markup, html};
use unstuck_diagnose::{Cause, workspace::percent_encoded};

use super::{
    library::{Edition, Library},
    specimens::Specimen,
};

/// A page of the reference without its frame.
pub(crate) struct Page {
    /// Its file, without the ending.
    pub(crate) id: String,
    /// Its heading.
    pub(crate) title: String,
    /// One sentence for search engines.
    pub(crate) description: String,
    /// The part of the contents in which it stands: an anchor there.
    pub(crate) part: Option<String>,
    pub(crate) body: Markup,
}

/// What a page may load.
pub(crate) enum Rules {
    /// Styles and pictures.
    Still,
    /// The core too, which nothing but itself may script.
    Live,
}

impl Rules {
    const fn policy(&self) -> &'static str {
        match self {
            Self::Still => {
                "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
            }
            Self::Live => {
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; \
                 img-src 'self' data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
                 trusted-types 'none'"
            }
        }
    }
}

/// A whole page. `root` leads to the directory of the styles: empty or `../`.
pub(crate) fn document(
    rules: &Rules,
    root: &str,
    title: &str,
    description: &str,
    body: &Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(rules.policy());
                meta name="viewport" content="width=device-width";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (title) }
                meta name="description" content=(description);
                link rel="icon" href={ (root) "icons/icon-32.png" };
                link rel="stylesheet" href={ (root) "view.css" };
                link rel="stylesheet" href={ (root) "site.css" };
                @if matches!(rules, Rules::Live) {
                    @for part in ["diagnose_bg.wasm", "_locales/en/messages.json"] {
                        link rel="preload" as="fetch" crossorigin href=(part);
                    }
                    script defer src="playground.js" {}
                }
            }
            body { (body) }
        }
    }
}

/// A page of the reference in its frame.
pub(crate) fn reference(
    page: &Page,
    previous: Option<&Page>,
    next: Option<&Page>,
    library: &Library,
) -> Markup {
    let body = html! {
        (skip(library))
        header.top {
            (brand("../", library))
            nav aria-label=(library.get("reference_path")) {
                @if let Some(part) = &page.part {
                    a href={ "index.html#" (part) } { (library.get("reference_title")) }
                }
                @if library.edition == Edition::Site {
                    a href="../index.html" { (library.get("reference_home")) }
                }
            }
        }
        main #text .reference {
            h1 { (page.title) }
            (page.body)
            @if page.id != "steps" {
                p.stuck { a href="steps.html" { (library.get("reference_stuck")) } }
            }
        }
        nav.turn aria-label=(library.get("reference_turn")) {
            @for (page, rel) in [(previous, "previous"), (next, "next")] {
                @if let Some(page) = page {
                    a class=(rel) href={ (page.id) ".html" } {
                        small { (library.get(&format!("reference_{rel}"))) }
                        span { (page.title) }
                    }
                }
            }
        }
    };
    let title = library.say_with("reference_page_title", &page.title);
    document(&Rules::Still, "../", &title, &page.description, &body)
}

/// The link that takes the keyboard past the header.
pub(crate) fn skip(library: &Library) -> Markup {
    html! { a.skip href="#text" { (library.get("reference_skip")) } }
}

/// Icon and name; a link to where the edition begins.
pub(crate) fn brand(root: &str, library: &Library) -> Markup {
    let home = match library.edition {
        Edition::Site => format!("{root}index.html"),
        Edition::Extension => "index.html".into(),
    };
    html! {
        a.brand href=(home) {
            img src={ (root) "icons/icon-48.png" } alt="" width="24" height="24";
            (library.get("site_title"))
        }
    }
}

/// Links to causes, each with its headline.
pub(crate) fn cause_links(causes: &[Cause], library: &Library) -> Markup {
    html! {
        ul.links {
            @for &cause in causes {
                li {
                    a href={ (cause.id()) ".html" } { (library.of_cause(cause, "name")) }
                    " " span { (library.explain(cause).headline) }
                }
            }
        }
    }
}

/// A specimen as it is met, and what gives it away.
pub(crate) fn specimen(specimen: &Specimen, library: &Library) -> Markup {
    html! {
        figure.specimen {
            pre tabindex="0" { code { (specimen.text) } }
            figcaption {
                ul { @for finding in library.evidence(specimen) { li { (finding) } } }
                @if library.edition == Edition::Site {
                    a href={ "../index.html#paste=" (percent_encoded(specimen.text)) } {
                        (library.get("reference_try"))
                    }
                }
            }
        }
    }
}
