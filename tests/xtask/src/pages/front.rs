//! The front page of the site: the playground, what Unstuck is, how to install it, and the way to the reference.

use maud::{Markup, html};

use super::{
    layout::{self, Rules},
    library::{Library, group},
};

pub(crate) fn page(library: &Library) -> Markup {
    let get = |key: &str| library.get(key);
    let body = html! {
        (layout::skip(library))
        header.top {
            (layout::brand("", library))
            nav aria-label=(get("reference_path")) {
                a href="reference/index.html" { (get("reference_title")) }
            }
        }
        main #text .front {
            h1 { (get("site_tagline")) }
            (playground(library))
            section.about {
                div {
                    h2 { (get("site_about")) }
                    @for n in 1..=3 { p { (get(&format!("site_about_{n}"))) } }
                }
                div {
                    h2 { (get("site_install")) }
                    ol.steps { @for n in 1..=3 { li { (get(&format!("site_install_{n}"))) } } }
                }
            }
            (reference(library))
        }
    };
    layout::document(&Rules::Live, "", &get("site_page_title"), &get("site_tagline"), &body)
}

fn playground(library: &Library) -> Markup {
    let get = |key: &str| library.get(key);
    html! {
        p #framed .note hidden {
            (get("site_framed")) " "
            a href="index.html" target="_blank" rel="noopener" { (get("site_framed_open")) }
        }
        div #bench .bench {
            div.ask {
                label for="paste" { (get("site_paste_label")) }
                textarea #paste rows="9" spellcheck="false" autocomplete="off" autocapitalize="off"
                    aria-describedby="paste-hint" {}
                p #paste-hint .hint { (get("site_paste_hint")) }
                h2 { (get("site_example")) }
                ul.examples {
                    @for shelf in &library.examples {
                        @for specimen in &shelf.specimens {
                            li { button type="button" value=(specimen.text) { (shelf.label) } }
                        }
                    }
                }
            }
            section #answer aria-label=(get("site_result")) {
                p #empty .hint { (get("site_result_empty")) }
                noscript { p.hint { (get("site_noscript")) } }
                p #trouble .note hidden { (get("site_trouble")) }
                div #stage {}
                div #after hidden {
                    a #more href="reference/index.html" { (get("site_learn_more")) }
                    div.actions {
                        button #link type="button" aria-describedby="link-hint"
                            data-copied=(get("site_link_copied")) data-shown=(get("site_link_shown")) {
                            (get("site_copy_link"))
                        }
                        button #clear .quiet type="button" { (get("site_clear")) }
                    }
                    p #told .hint role="status" {}
                    p #link-hint .hint { (get("site_link_hint")) }
                }
            }
        }
    }
}

fn reference(library: &Library) -> Markup {
    html! {
        section.doors {
            h2 { (library.get("site_reference")) }
            p { (library.get("reference_intro")) }
            @for place in ["chatgpt", "api", "other"] {
                h3 { (library.get(&format!("reference_group_{place}"))) }
                ul.chips {
                    @for code in library.codes.iter().filter(|code| group(code) == place) {
                        li { a href={ "reference/" (code.id) ".html" } { (code.label) } }
                    }
                }
            }
            p { a href="reference/index.html" { (library.get("site_to_reference")) } }
        }
    }
}
