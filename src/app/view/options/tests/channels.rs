//! What is said of channels before one is added.

use super::*;
use crate::{
    managed::Managed,
    options::{ChannelOpen, ChannelPress, ChannelTest},
};
use unstuck_engine::ChannelKind;

fn section(id: &str, page: &Page) -> Node {
    let root = shown(&Settings::default(), page);
    let found = all(&root, &|element| attribute(element, "id") == Some(id));
    Node::Element(found[0].clone())
}

/// The sentence stands above the press that switches it on, and that press asks the browser.
#[test]
fn each_form_says_what_is_sent() {
    for kind in ChannelKind::PEOPLE.into_iter().chain(ChannelKind::ENGINES) {
        let page = Page { channel: ChannelOpen::Form(kind), ..Page::default() };
        let section = section(if kind.is_engine() { "exports" } else { "channels" }, &page);
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
    let offers = |section: &Node| {
        let presses = presses(section).into_iter();
        presses.filter(|press| matches!(press, OptionsPress::Channel(_))).count()
    };
    for (id, open, kinds) in [
        ("channels", ChannelOpen::Kinds, ChannelKind::PEOPLE.len()),
        ("exports", ChannelOpen::Engines, ChannelKind::ENGINES.len()),
    ] {
        let mut page = Page { channel: open, ..Page::default() };
        assert_eq!(offers(&section(id, &page)), kinds + 1);
        page.managed = Managed::read(r#"{"max_tries":1}"#);
        assert_eq!(offers(&section(id, &page)), 0);
        assert!(text(&section(id, &page)).contains("Your organisation"));
    }
}

/// They are shown, with a way to try them, and cannot be taken away.
#[test]
fn given_exports_are_shown() {
    let policy =
        r#"{"exports":[{"kind":"otlp_delta","address":"https://sum.test/canary","key":"k"}]}"#;
    let mut page = Page { managed: Managed::read(policy), ..Page::default() };
    let exports = section("exports", &page);
    let said = text(&exports);
    assert!(said.contains("sum.test") && !said.contains("canary"), "{said}");
    let [OptionsPress::Channel(ChannelPress::TestChannel { channel })] = &presses(&exports)[..]
    else {
        panic!("one can be tried")
    };
    let fields = Fields { granted: true, ..Fields::default() };
    page.press(
        &Settings::default(),
        ChannelPress::TestChannel { channel: channel.clone() },
        &fields,
        "",
    );
    assert!(matches!(page.channel_test, ChannelTest::Running(_)));
    assert!(text(&section("channels", &page)).contains("nobody else"));
    let guided = Page { guided: true, ..page };
    assert!(text(&shown(&Settings::default(), &guided)).contains("Your organisation"));
}
