//! The front page of the site: what Unstuck is, its card in a moving picture, and how to install it.

use anyhow::Result;
use maud::{Markup, html};

use super::{
    chat,
    layout::{self, Site},
    library::Library,
    picture::{self, Picture},
};

pub(crate) fn page(pictures: &[Picture], library: &Library) -> Result<Markup> {
    let get = |key: &str| library.get(key);
    let first = picture::first(pictures)?;
    let body = html! {
        section.hero {
            div.pitch {
                h1 { (get("site_headline")) }
                p.lead { (get("site_promise")) }
                p.doors {
                    a.button.primary href="demo.html" { (get("site_try")) }
                    a.button href="#install" { (get("site_install_short")) }
                }
                p.hint { (get("site_honest")) }
            }
            div.moving {
                div #picture .chat role="img" aria-label=(get("site_picture")) inert {
                    (chat::messages(library))
                    div.over { div #stage .picture-stage { div.stage { (first) } } }
                    (chat::still_box(library))
                }
                button #pause .small type="button" data-play=(get("site_play")) { (get("site_pause")) }
            }
        }
        section.points aria-label=(get("site_about")) {
            @for n in 1..=3 {
                div {
                    span.icon data-icon=(["question", "repeat", "key"][n - 1]) aria-hidden="true" {}
                    h2 { (get(&format!("site_about_{n}_title"))) }
                    p { (get(&format!("site_about_{n}"))) }
                }
            }
        }
        section.ways aria-label=(get("site_ways")) {
            @for (page, name) in [("demo.html", "demo"), ("playground.html", "playground"), ("reference/index.html", "reference")] {
                a href=(page) {
                    strong { (get(&format!("site_{name}_title"))) }
                    span { (get(&format!("site_{name}_short"))) }
                }
            }
        }
        section #install .install {
            h2 { (get("site_install")) }
            p { (get("site_install_0")) }
            ol.steps { @for n in 1..=3 { li { (get(&format!("site_install_{n}"))) } } }
            p.hint { (get("site_needs")) }
        }
    };
    let site = Site { here: "index", scripts: &["picture.js", "home.js"], class: "home" };
    Ok(layout::site(&site, &get("site_page_title"), &get("site_promise"), &body, library))
}
