//! The chat in which the site shows the card.

use maud::{Markup, html};

use super::library::Library;

/// What was written so far.
pub(crate) fn messages(library: &Library) -> Markup {
    html! {
        div.with {
            span.face aria-hidden="true" {}
            (library.get("site_chat_name"))
        }
        div #said .said-so-far {
            p.theirs { (library.get("site_chat_1")) }
            p.mine { (library.get("site_chat_2")) }
            p.theirs { (library.get("site_chat_3")) }
        }
    }
}

/// The message box of the moving picture, in which nobody types.
pub(crate) fn still_box(library: &Library) -> Markup {
    html! {
        div.box {
            p #typed data-empty=(library.get("site_chat_box")) { (library.get("site_chat_box")) }
            span.launch {}
        }
    }
}
