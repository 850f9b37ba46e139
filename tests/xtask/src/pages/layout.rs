//! What all pages share: the head with its rules for the browser, the way back, and the links to turn the page.

use maud::{DOCTYPE, Markup, html};
use unstuck_diagnose::{Cause, workspace::percent_encoded};

use super::{
    library::{Edition, Library},
    specimens::Specimen,
    switch::{self, Place},
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

/// The page before and the page behind one of the reference.
#[derive(Clone, Copy)]
pub(crate) struct Turn<'a> {
    pub(crate) previous: Option<&'a Page>,
    pub(crate) next: Option<&'a Page>,
}

/// What a page may load besides styles and pictures.
enum Rules {
    /// Scripts, which do nothing but change the page.
    Still,
    /// Scripts, and the wasm that they carry.
    Live,
}

impl Rules {
    /// Not even to the site itself is anything sent.
    const fn policy(&self) -> &'static str {
        match self {
            Self::Still => {
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
                 form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
            }
            Self::Live => {
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                 base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
            }
        }
    }
}

/// The scripts that each language has its own of.
const OWN: [&str; 2] = ["picture.js", "words.js"];

/// A whole page of the site.
fn document(
    place: Place<'_>,
    (rules, scripts): (&Rules, &[&str]),
    (title, description): (&str, &str),
    body: &Markup,
) -> Markup {
    let (home, root) = (place.home(), place.root());
    html! {
        (DOCTYPE)
        html lang=(place.language.tag) dir=(place.language.direction()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(rules.policy());
                meta name="viewport" content="width=device-width";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (title) }
                meta name="description" content=(description);
                (switch::alternates(place))
                link rel="icon" href={ (root) "icons/icon-32.png" };
                @for style in ["view.css", "site.css", "front.css"] {
                    link rel="stylesheet" href={ (root) (style) };
                }
                script defer src={ (root) "language.js" } {}
                @for script in scripts {
                    script defer src={ (if OWN.contains(script) { &home } else { &root }) (script) } {}
                }
            }
            body { (body) }
        }
    }
}

/// A page of the site that is none of the reference.
pub(crate) struct Site<'a> {
    /// Which one it is, for the way there: `index`, `demo`, `playground`.
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
    let place = Place { path: &format!("{}.html", site.here), language: library.language };
    let framed = html! {
        (skip(library))
        header.top {
            (brand(place))
            nav aria-label=(library.get("site_pages")) { (site_links("", site.here, library)) }
            (switch::switch(place, library))
        }
        main #text class=(site.class) { (body) }
    };
    document(place, (&Rules::Live, site.scripts), (title, description), &framed)
}

/// The way to the other pages of the site.
fn site_links(home: &str, here: &str, library: &Library) -> Markup {
    const PAGES: [(&str, &str); 3] = [
        ("demo", "demo.html"),
        ("playground", "playground.html"),
        ("reference", "reference/index.html"),
    ];
    html! {
        @for (page, file) in PAGES {
            a href={ (home) (file) } aria-current=[(page == here).then_some("page")] {
                (library.get(&format!("site_{page}_title")))
            }
        }
    }
}

/// A page of the reference on the site, in its frame.
pub(crate) fn reference(page: &Page, turn: Turn<'_>, library: &Library) -> Markup {
    let place = Place { path: &format!("reference/{}.html", page.id), language: library.language };
    let here = if page.part.is_none() { "reference" } else { "" };
    let body = html! {
        (skip(library))
        header.top {
            (brand(place))
            nav aria-label=(library.get("reference_path")) { (site_links("../", here, library)) }
            (switch::switch(place, library))
        }
        (text(page, turn, library))
    };
    let title = library.say_with("reference_page_title", &page.title);
    let scripts: &[&str] = if page.id == "index" { &["search.js"] } else { &[] };
    document(place, (&Rules::Still, scripts), (&title, &page.description), &body)
}

/// The reference of the extension: a file with a template for each page, of which its script shows the one that is asked for.
pub(crate) fn templates(pages: &[(&Page, Turn<'_>)], library: &Library) -> Markup {
    html! {
        (DOCTYPE)
        html {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta name="color-scheme" content="light dark";
                title { "Unstuck" }
                link rel="icon" href="icons/icon-32.png";
                @for style in ["view.css", "site.css"] { link rel="stylesheet" href=(style); }
                script defer src="reference.js" {}
            }
            body {
                @for (page, turn) in pages {
                    template data-page=(page.id) title=(library.say_with("reference_page_title", &page.title)) {
                        (skip(library))
                        header.top {
                            a.brand href=(library.link("index")) { (name("")) }
                            nav aria-label=(library.get("reference_path")) {
                                @if let Some(part) = &page.part {
                                    a href={ (library.link("index")) "#" (part) } { (library.get("reference_title")) }
                                }
                            }
                        }
                        (text(page, *turn, library))
                    }
                }
            }
        }
    }
}

fn text(page: &Page, turn: Turn<'_>, library: &Library) -> Markup {
    html! {
        main #text .reference {
            h1 { (page.title) }
            (page.body)
            @if page.id != "steps" {
                p.stuck { a href=(library.link("steps")) { (library.get("reference_stuck")) } }
            }
        }
        nav.turn aria-label=(library.get("reference_turn")) {
            @for (page, rel) in [(turn.previous, "previous"), (turn.next, "next")] {
                @if let Some(page) = page {
                    a class=(rel) href=(library.link(&page.id)) {
                        small { (library.get(&format!("reference_{rel}"))) }
                        span { (page.title) }
                    }
                }
            }
        }
    }
}

/// The link that takes the keyboard past the header.
fn skip(library: &Library) -> Markup {
    html! { a.skip href="#text" { (library.get("reference_skip")) } }
}

/// Icon and name; a link to the front page.
fn brand(place: Place<'_>) -> Markup {
    html! { a.brand href={ (place.home()) "index.html" } { (name(&place.root())) } }
}

fn name(root: &str) -> Markup {
    html! {
        img src={ (root) "icons/icon-48.png" } alt="" width="24" height="24";
        "Unstuck"
    }
}

/// Links to causes, each with its headline.
pub(crate) fn cause_links(causes: &[Cause], library: &Library) -> Markup {
    html! {
        ul.links {
            @for &cause in causes {
                li data-words=[searched(library, &[&format!("{}_means", cause.id())])] {
                    a href=(library.link(cause.id())) { (library.of_cause(cause, "name")) }
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
            pre tabindex="0" dir="ltr" { code { (specimen.text) } }
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
