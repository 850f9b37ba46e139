//! The way from a page to the same page in another language.

use maud::{Markup, html};

use super::{
    language::{self, Language},
    library::Library,
};

/// Where a page of the site stands.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Its path below the pages of its language.
    pub(crate) path: &'a str,
    pub(crate) language: &'a Language,
}

impl Place<'_> {
    /// The way to the first page of its language: empty or `../`.
    pub(crate) fn home(self) -> String {
        "../".repeat(self.path.matches('/').count())
    }

    /// The way to the root of the site, where the styles are.
    pub(crate) fn root(self) -> String {
        let folder = self.language.folder();
        self.home() + &"../".repeat(folder.matches('/').count())
    }

    fn in_language(self, language: &Language) -> String {
        format!("{}{}{}", self.root(), language.folder(), self.path)
    }
}

/// For search engines: the page in each language, and the one for all other readers.
pub(crate) fn alternates(place: Place<'_>) -> Markup {
    let name = place.path.rsplit('/').next().unwrap_or_default();
    html! {
        link rel="canonical" href=(name);
        @for language in language::all() {
            link rel="alternate" hreflang=(language.tag) href=(place.in_language(language));
        }
        link rel="alternate" hreflang="x-default"
            href=(format!("{}{}", place.root(), place.path));
    }
}

/// A button with the name of this language, and what it opens: the names of all.
pub(crate) fn switch(place: Place<'_>, library: &Library) -> Markup {
    html! {
        button .languages type="button" popovertarget="languages" {
            span { (library.get("site_language")) ": " }
            (place.language.name)
        }
        ul #languages popover {
            @for language in language::all() {
                li {
                    a hreflang=(language.tag) lang=(language.tag) href=(place.in_language(language))
                        aria-current=[(language.tag == place.language.tag).then_some("true")] {
                        (language.name)
                    }
                }
            }
        }
    }
}
