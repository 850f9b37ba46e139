//! The live demo: a scripted chat and a scripted service, with the core of the extension between them.

use maud::{Markup, html};

use super::{
    chat,
    layout::{self, Site},
    library::Library,
};

/// What can be made to go wrong; `www/demo/faults.js` says how.
const FAULTS: [&str; 12] = [
    "credit", "key", "busy", "break", "offline", "cut", "session", "bot", "portal", "cors", "long",
    "unknown",
];

pub(crate) fn page(library: &Library) -> Markup {
    let get = |key: &str| library.get(key);
    let body = html! {
        h1 { (get("site_demo_heading")) }
        p.lead { (get("site_demo_intro")) }
        p #framed .note hidden {
            (get("site_framed")) " "
            a href="demo.html" target="_blank" rel="noopener" { (get("site_framed_open")) }
        }
        noscript { p.note { (get("site_noscript")) } }
        div #bench .demo {
            section aria-labelledby="faults-title" {
                h2 #faults-title { (get("site_demo_faults")) }
                ul #faults .faults {
                    @for fault in FAULTS {
                        li {
                            button type="button" value=(fault) aria-pressed="false" {
                                (get(&format!("site_fault_{fault}")))
                            }
                        }
                    }
                }
                button #network .switch type="button" role="switch" aria-checked="true" {
                    (get("site_demo_network"))
                }
            }
            section.chat aria-label=(get("site_demo_chat")) {
                (chat::messages(library))
                div.over {
                    div #stage {}
                    div #opened .note role="status" data-told=(library.say_with("site_demo_opened", "{page}")) hidden {
                        p {}
                        button #back .small type="button" { (get("site_demo_back")) }
                    }
                }
                form #compose .box {
                    textarea #box rows="1" aria-label=(get("site_chat_box")) placeholder=(get("site_chat_box")) {}
                    button #launch .launch type="button" aria-label=(get("site_demo_launch")) {}
                    button .small type="submit" { (get("site_chat_send")) }
                }
            }
            section.wire aria-labelledby="wire-title" {
                h2 #wire-title { (get("site_demo_wire")) }
                p.hint { (get("site_demo_wire_hint")) }
                ol #wire data-prompt=(get("site_chat_prompt")) data-answer=(get("site_chat_answer"))
                    data-long=(get("site_chat_long")) {}
            }
        }
    };
    let site =
        Site { here: "demo", scripts: &["parts.js", "words.js", "demo.js"], class: "demo-page" };
    layout::site(&site, &get("site_demo_page_title"), &get("site_demo_intro"), &body, library)
}
