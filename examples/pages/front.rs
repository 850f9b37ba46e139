//! The front page of the site: the playground, what Unstuck is, how to install it, and the way to the reference.

use maud::{Markup, html};

use crate::{
    layout::{self, Rules},
    library::{Library, group},
};

pub(crate) fn page(library: &Library) -> Markup {
    let say = |key: &str| library.say(key);
    let body = html! {
        (layout::skip(library))
        header.top {
            (layout::brand("", library))
            nav aria-label=(say("reference_path")) {
                a href="reference/index.html" { (say("reference_title")) }
            }
        }
        main #text .front {
            h1 { (say("site_tagline")) }
            (playground(library))
            section.about {
                div {
                    h2 { (say("site_about")) }
                    @for n in 1..=3 { p { (say(&format!("site_about_{n}"))) } }
                }
                div {
                    h2 { (say("site_install")) }
                    ol.steps { @for n in 1..=3 { li { (say(&format!("site_install_{n}"))) } } }
                }
            }
            (reference(library))
        }
    };
    layout::document(&Rules::Live, "", &say("site_page_title"), &say("site_tagline"), &body)
}

fn playground(library: &Library) -> Markup {
    let say = |key: &str| library.say(key);
    html! {
        p #framed .note hidden {
            (say("site_framed")) " "
            a href="index.html" target="_blank" rel="noopener" { (say("site_framed_open")) }
        }
        div #bench .bench {
            div.ask {
                label for="paste" { (say("site_paste_label")) }
                textarea #paste rows="9" spellcheck="false" autocomplete="off" autocapitalize="off"
                    aria-describedby="paste-hint" {}
                p #paste-hint .hint { (say("site_paste_hint")) }
                h2 { (say("site_example")) }
                ul.examples {
                    @for shelf in &library.examples {
                        @for specimen in &shelf.specimens {
                            li { button type="button" value=(specimen.text) { (shelf.label) } }
                        }
                    }
                }
            }
            section #answer aria-label=(say("site_result")) {
                p #empty .hint { (say("site_result_empty")) }
                noscript { p.hint { (say("site_noscript")) } }
                p #trouble .note hidden { (say("site_trouble")) }
                div #stage {}
                div #after hidden {
                    a #more href="reference/index.html" { (say("site_learn_more")) }
                    div.actions {
                        button #link type="button" aria-describedby="link-hint"
                            data-copied=(say("site_link_copied")) data-shown=(say("site_link_shown")) {
                            (say("site_copy_link"))
                        }
                        button #clear .quiet type="button" { (say("site_clear")) }
                    }
                    p #told .hint role="status" {}
                    p #link-hint .hint { (say("site_link_hint")) }
                }
            }
        }
    }
}

fn reference(library: &Library) -> Markup {
    html! {
        section.doors {
            h2 { (library.say("site_reference")) }
            p { (library.say("reference_intro")) }
            @for place in ["chatgpt", "api", "other"] {
                h3 { (library.say(&format!("reference_group_{place}"))) }
                ul.chips {
                    @for code in library.codes.iter().filter(|code| group(code) == place) {
                        li { a href={ "reference/" (code.id) ".html" } { (code.label) } }
                    }
                }
            }
            p { a href="reference/index.html" { (library.say("site_to_reference")) } }
        }
    }
}
