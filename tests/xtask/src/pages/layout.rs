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

/// What a page may load besides styles and pictures.
pub(crate) enum Rules<'a> {
    /// Nothing.
    Still,
    /// These scripts, and the wasm that they carry.
    Live(&'a [&'a str]),
}

impl Rules<'_> {
    const fn policy(&self) -> &'static str {
        match self {
            Self::Still => {
                "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
            }
            // Not even to the site itself is anything sent.
            Self::Live(_) => {
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                 base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
            }
        }
    }

    const fn scripts(&self) -> &[&str] {
        match self {
            Self::Still => &[],
            Self::Live(scripts) => scripts,
        }
    }
}

/// A whole page. `root` leads to the directory of the styles: empty or `../`.
fn document(
    rules: &Rules<'_>,
    (root, edition): (&str, Edition),
    title: &str,
    description: &str,
    body: &Markup,
) -> Markup {
    let styles: &[&str] = match edition {
        Edition::Site => &["view.css", "site.css", "front.css"],
        Edition::Extension => &["view.css", "site.css"],
    };
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
                @for style in styles { link rel="stylesheet" href={ (root) (style) }; }
                @for script in rules.scripts() { script defer src={ (root) (script) } {} }
            }
            body { (body) }
        }
    }
}

/// A page of the site that is none of the reference.
pub(crate) struct Site<'a> {
    /// Which one it is, for the way there: `home`, `demo`, `playground`.
    pub(crate) here: &'a str,
    /// What runs in it, in order.
    pub(crate) scripts: &'a [&'a str],
    /// How its main part is laid out.
    pub(crate) class: &'a str,
}

/// A page of the site in its frame.
pub(crate) fn site(
    site: &Site<'_>,
    title: &str,
    description: &str,
    body: &Markup,
    library: &Library,
) -> Markup {
    let framed = html! {
        (skip(library))
        header.top {
            (brand("", library))
            nav aria-label=(library.get("site_pages")) { (site_links("", site.here, library)) }
        }
        main #text class=(site.class) { (body) }
    };
    document(&Rules::Live(site.scripts), ("", Edition::Site), title, description, &framed)
}

/// The way to the other pages of the site.
fn site_links(root: &str, here: &str, library: &Library) -> Markup {
    const PAGES: [(&str, &str); 3] = [
        ("demo", "demo.html"),
        ("playground", "playground.html"),
        ("reference", "reference/index.html"),
    ];
    html! {
        @for (page, file) in PAGES {
            a href={ (root) (file) } aria-current=[(page == here).then_some("page")] {
                (library.get(&format!("site_{page}_title")))
            }
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
                @if library.edition == Edition::Site {
                    (site_links("../", if page.part.is_none() { "reference" } else { "" }, library))
                } @else if let Some(part) = &page.part {
                    a href={ "index.html#" (part) } { (library.get("reference_title")) }
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
    let searches = page.id == "index" && library.edition == Edition::Site;
    let rules = if searches { Rules::Live(&["search.js"]) } else { Rules::Still };
    document(&rules, ("../", library.edition), &title, &page.description, &body)
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
                li data-words=[searched(library, &[&format!("{}_means", cause.id())])] {
                    a href={ (cause.id()) ".html" } { (library.of_cause(cause, "name")) }
                    " " span { (library.explain(cause).headline) }
                }
            }
        }
    }
}

/// By what a link is found besides what it says, where there is a search.
pub(crate) fn searched(library: &Library, keys: &[&str]) -> Option<String> {
    let words = || keys.iter().map(|key| library.get(key)).collect::<Vec<_>>().join(" ");
    (library.edition == Edition::Site).then(words)
}

/// A specimen as it is met, and what gives it away.
pub(crate) fn specimen(specimen: &Specimen, library: &Library) -> Markup {
    html! {
        figure.specimen {
            pre tabindex="0" { code { (specimen.text) } }
            figcaption {
                ul { @for finding in library.evidence(specimen) { li { (finding) } } }
                @if library.edition == Edition::Site {
                    a href={ "../playground.html#paste=" (percent_encoded(specimen.text)) } {
                        (library.get("reference_try"))
                    }
                }
            }
        }
    }
}
