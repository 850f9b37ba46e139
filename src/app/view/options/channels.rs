//! Who else is told that a source is down, and where numbers go.

use super::{Element, Node, button, el, field, input};
use crate::options::{ChannelOpen, ChannelPress, ChannelTest, Page};
use unstuck_diagnose::{Messages, workspace::Url};
use unstuck_engine::{Channel, ChannelKind, Settings};
use unstuck_health::channel::sink::Sink;

/// Where PagerDuty takes events, outside Europe.
const PAGERDUTY: &str = "https://events.pagerduty.com/v2/enqueue";

/// Those by which people are told.
pub(super) fn show(settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    if !page.may_tell() {
        return el("section").child(hint("options_channels_managed", messages));
    }
    let below = match page.channel {
        ChannelOpen::Kinds => kinds(&ChannelKind::PEOPLE, messages),
        ChannelOpen::Form(kind) if !kind.is_engine() => form(kind, settings, page, messages),
        _ => opener("options_channel_add", ChannelPress::AddChannel, messages),
    };
    section("options_channels_hint", false, settings, page, messages).child(below)
}

/// The engines that get numbers and records. Where the organisation has given them, they can be tried and not changed.
pub(super) fn exports(settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    if !page.may_tell() {
        let given = settings.channels.iter().any(|channel| channel.kind.is_engine());
        let said = if given { "options_exports_managed" } else { "options_channels_managed" };
        return section(said, true, settings, page, messages);
    }
    let below = match page.channel {
        ChannelOpen::Engines => kinds(&ChannelKind::ENGINES, messages),
        ChannelOpen::Form(kind) if kind.is_engine() => form(kind, settings, page, messages),
        _ => opener("options_export_add", ChannelPress::AddExport, messages),
    };
    section("options_exports_hint", true, settings, page, messages).child(below)
}

fn hint(key: &str, messages: &dyn Messages) -> Element {
    el("p").class("hint").child(messages.get(key, &[]))
}

fn opener(label: &str, press: ChannelPress, messages: &dyn Messages) -> Element {
    el("div").class("actions").child(button(messages.get(label, &[]), "plain", press))
}

/// Those that are there, below what is said of them.
fn section(
    said: &str,
    engines: bool,
    settings: &Settings,
    page: &Page,
    messages: &dyn Messages,
) -> Element {
    let shown = settings.channels.iter().filter(|channel| channel.kind.is_engine() == engines);
    let rows = shown.map(|channel| {
        let tested = tested(channel, page, messages);
        el("li")
            .with("data-key", channel.id.clone())
            .child(entry(channel, page, messages))
            .children(tested.map(|(class, told)| el("p").class(class).child(told)))
    });
    el("section").child(hint(said, messages)).child(el("ul").class("prompts").children(rows))
}

/// What came of the last test, and whether it arrived.
pub(super) fn outcome(
    settings: &Settings,
    page: &Page,
    messages: &dyn Messages,
) -> Option<(String, bool)> {
    let ChannelTest::Over { channel, key, status, arrived } = &page.channel_test else {
        return None;
    };
    let known = settings.channels.iter().find(|known| known.id == *channel)?;
    let receiver = receiver(known.kind, messages);
    Some((messages.get(key, &[&receiver, &status.to_string()]), *arrived))
}

/// What is said of a test below the channel that it is of.
fn tested(
    channel: &Channel,
    page: &Page,
    messages: &dyn Messages,
) -> Option<(&'static str, String)> {
    match &page.channel_test {
        ChannelTest::Running(id) if *id == channel.id => {
            let receiver = receiver(channel.kind, messages);
            Some(("working", messages.get("options_testing", &[&receiver])))
        }
        ChannelTest::Over { channel: id, key, status, arrived } if *id == channel.id => {
            let receiver = receiver(channel.kind, messages);
            let told = messages.get(key, &[&receiver, &status.to_string()]);
            Some((if *arrived { "note" } else { "problem" }, told))
        }
        _ => None,
    }
}

/// What a kind is called.
fn receiver(kind: ChannelKind, messages: &dyn Messages) -> String {
    match kind {
        ChannelKind::OtlpDelta => messages.get("options_export_delta", &[]),
        kind => {
            let name = kind.sink().map(|sink| Sink::name(sink).to_owned());
            name.unwrap_or_else(|| messages.get("options_channel_mail", &[]))
        }
    }
}

/// A channel: what it is, and what can be done with it.
fn entry(channel: &Channel, page: &Page, messages: &dyn Messages) -> Element {
    let kind = receiver(channel.kind, messages);
    let name = if channel.name.is_empty() { &kind } else { &channel.name };
    let host = Url::read(&channel.origin).map_or(&*channel.origin, Url::host);
    let kind = if channel.name.is_empty() { "" } else { &kind };
    let parts = [kind, host, &channel.ending].into_iter().filter(|part| !part.is_empty());
    let parts = parts.collect::<Vec<_>>().join(" · ");
    let known = el("div")
        .class("known")
        .child(el("bdi").child(name.clone()))
        .child(el("small").class("hint").child(el("bdi").child(parts)));
    let id = || channel.id.clone();
    let test = messages.get("options_channel_test", &[]);
    let test = button(test, "quiet", ChannelPress::TestChannel { channel: id() })
        .with("aria-label", messages.get("options_channel_test_label", &[name]))
        .with_if(
            channel.kind != ChannelKind::Mail,
            "data-origins",
            [&channel.origin, "/*"].concat(),
        );
    let remove = messages.get("options_remove", &[]);
    let remove = button(remove, "quiet", ChannelPress::RemoveChannel { channel: id() })
        .with("aria-label", messages.get("options_remove_label", &[name]));
    let actions =
        el("div").class("actions").child(test).children(page.may_tell().then_some(remove));
    el("div").class("prompt").child(known).child(actions)
}

/// The kinds to choose from.
fn kinds(kinds: &[ChannelKind], messages: &dyn Messages) -> Element {
    let offers = kinds.iter().map(|&kind| {
        let press = ChannelPress::ChooseChannel { kind: kind.id().to_owned() };
        el("li").child(button(receiver(kind, messages), "plain", press))
    });
    el("div")
        .class("form")
        .with("data-key", "kinds")
        .child(el("ul").class("services").children(offers))
        .child(el("div").class("actions").child(close(messages)))
}

fn close(messages: &dyn Messages) -> Element {
    button(messages.get("options_cancel", &[]), "quiet", ChannelPress::CloseChannel)
}

/// The form of a new channel. It says first what is sent there.
fn form(kind: ChannelKind, settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    let is_mail = kind == ChannelKind::Mail;
    let name = receiver(kind, messages);
    let sends = match kind {
        ChannelKind::Mail => "options_channel_sends_mail",
        kind if kind.temporality().is_some() => "options_export_sends_numbers",
        kind if kind.is_engine() => "options_export_sends_records",
        _ => "options_channel_sends",
    };
    let place = ["options_channel_at_", kind.id()].concat();
    let label = if is_mail { "options_channel_to" } else { "options_channel_address" };
    let starts = if kind == ChannelKind::PagerDuty { PAGERDUTY } else { "" };
    let text = |field_name: &'static str, kind, labels, value: &str| {
        field(page, messages, field_name, kind, labels, value)
    };
    let mut address =
        text("channel_url", if is_mail { "email" } else { "url" }, [label, &place], starts);
    let key = match kind {
        ChannelKind::PagerDuty => Some(["options_channel_key", "options_channel_key_hint"]),
        ChannelKind::Alertmanager | ChannelKind::Webhook => {
            Some(["options_channel_token", "options_channel_token_hint"])
        }
        ChannelKind::Otlp | ChannelKind::OtlpDelta => {
            Some(["options_channel_token", "options_export_token_hint"])
        }
        ChannelKind::Datadog | ChannelKind::Splunk | ChannelKind::Elastic => {
            Some(["options_channel_token", "options_export_secret_hint"])
        }
        ChannelKind::Slack | ChannelKind::Teams | ChannelKind::Mail => None,
    };
    let mut key = key.map(|labels| text("channel_key", "password", labels, ""));
    let first = if starts.is_empty() { Some(&mut address) } else { key.as_mut() };
    if let Some(input) = first.and_then(input) {
        input.attributes.push(("data-focus", String::new()));
    }
    let labels = ["options_channel_name", "options_channel_name_hint"];
    let add =
        button(messages.get("options_channel_save", &[]), "primary", ChannelPress::SaveChannel);
    let add = if is_mail {
        add.with("data-permission", "notifications")
    } else {
        add.with("data-grant", "channel_url")
    };
    // The fields of the next one are others: nothing that was typed comes back.
    let own_key = [kind.id(), &settings.channels.len().to_string()].concat();
    let mut nodes: Vec<Node> = vec![
        el("h3").child(name.clone()).into(),
        el("p").class("hint").child(messages.get(sends, &[&name])).into(),
        address.into(),
    ];
    nodes.extend(key.map(Node::from));
    nodes.push(text("channel_name", "text", labels, "").into());
    nodes.push(el("div").class("actions").child(add).child(close(messages)).into());
    el("div").class("form").with("data-key", own_key).children(nodes)
}
