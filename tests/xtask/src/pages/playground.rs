//! The playground: what a person saw goes in, the banner of the card comes out.

use maud::{Markup, html};

use super::{
    layout::{self, Site},
    library::Library,
};

pub(crate) fn page(library: &Library) -> Markup {
    let get = |key: &str| library.get(key);
    let body = html! {
        h1 { (get("site_tagline")) }
        p #framed .note hidden {
            (get("site_framed")) " "
            a href="playground.html" target="_blank" rel="noopener" { (get("site_framed_open")) }
        }
        div #bench .bench {
            (ask(library))
            (answer(library))
        }
    };
    let site = Site {
        here: "playground",
        scripts: &["parts.js", "words.js", "playground.js"],
        class: "front",
    };
    layout::site(&site, &get("site_playground_page_title"), &get("site_tagline"), &body, library)
}

fn ask(library: &Library) -> Markup {
    let get = |key: &str| library.get(key);
    html! {
        div.ask {
            label for="paste" { (get("site_paste_label")) }
            textarea #paste rows="9" spellcheck="false" autocomplete="off" autocapitalize="off"
                aria-describedby="paste-hint" {}
            p #paste-hint .hint { (get("site_paste_hint")) }
            h2 { (get("site_example")) }
            ul.examples {
                @for shelf in &library.examples {
                    @for specimen in &shelf.specimens {
                        li { button type="button" dir="ltr" value=(specimen.text) { (shelf.label) } }
                    }
                }
            }
        }
    }
}

fn answer(library: &Library) -> Markup {
    let get = |key: &str| library.get(key);
    html! {
        section #answer aria-label=(get("site_result")) {
            p #empty .hint { (get("site_result_empty")) }
            noscript { p.hint { (get("site_noscript")) } }
            p #trouble .note hidden { (get("site_trouble")) }
            div #stage {}
            p #pressed .note role="status" data-opens=(library.say_with("site_pressed_opens", "{address}"))
                data-does=(get("site_pressed_does")) hidden {}
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
