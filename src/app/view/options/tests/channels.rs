//! What is said of channels before one is added.

use super::*;
use crate::{
    managed::Managed,
    options::{ChannelOpen, ChannelPress},
};
use unstuck_engine::ChannelKind;

fn section(page: &Page) -> Node {
    let root = shown(&Settings::default(), page);
    let found = all(&root, &|element| attribute(element, "id") == Some("channels"));
    Node::Element(found[0].clone())
}

/// The sentence stands above the press that switches it on, and that press asks the browser.
#[test]
fn each_form_says_what_is_sent() {
    for kind in ChannelKind::ALL {
        let page = Page { channel: ChannelOpen::Form(kind), ..Page::default() };
        let section = section(&page);
        let is_mail = kind == ChannelKind::Mail;
        let says = if is_mail { "only you send it" } else { "nothing you wrote" };
        assert!(text(&section).contains(says), "{}", kind.id());
        let asks = if is_mail { "data-permission" } else { "data-grant" };
        let add = all(&section, &|element| {
            element.press == Some(Pressed::Options(ChannelPress::SaveChannel.into()))
        });
        assert!(attribute(add[0], asks).is_some(), "{}", kind.id());
    }
}

#[test]
fn managed_browsers_offer_no_channel() {
    let mut page = Page { channel: ChannelOpen::Kinds, ..Page::default() };
    let offers = |page: &Page| {
        let presses = presses(&section(page)).into_iter();
        presses.filter(|press| matches!(press, OptionsPress::Channel(_))).count()
    };
    assert_eq!(offers(&page), ChannelKind::ALL.len() + 1);
    page.managed = Managed::read(r#"{"max_tries":1}"#);
    assert_eq!(offers(&page), 0);
    assert!(text(&section(&page)).contains("Your organisation"));
}
