//! What may be done, and who may be asked, without a question first.

use super::{Element, button, el, switch};
use crate::options::{Page, PrivacyPress, SetUpPress};
use unstuck_diagnose::Messages;
use unstuck_engine::Settings;

pub(super) fn show(settings: &Settings, page: &Page, messages: &dyn Messages) -> Element {
    let local = PrivacyPress::LocalFallback { on: !settings.local_fallback };
    let second = PrivacyPress::SecondHost { on: !settings.second_host };
    let pages = PrivacyPress::StatusPages { on: !settings.status_pages };
    let locked = |name| page.managed.locks(name);
    let agreed = settings.fallbacks.iter().filter_map(|fallback| {
        let cause = messages.get(&format!("{}_name", fallback.cause.id()), &[]);
        let source = &settings.source(&fallback.source)?.name;
        let told = messages.get("options_fallback", &[&cause, source]);
        let forget = PrivacyPress::ForgetFallback { cause: fallback.cause.id().into() };
        let forget = button(messages.get("options_fallback_forget", &[]), "quiet", forget)
            .with("aria-label", messages.get("options_fallback_forget_label", &[&cause]));
        Some(
            el("li")
                .with("data-key", fallback.cause.id())
                .child(el("bdi").child(told))
                .child(forget),
        )
    });
    let agree = SetUpPress::Agree { on: !settings.may_send() };
    el("section")
        .child(switch("options_agreed", settings.may_send(), false, agree, messages))
        .child(el("ul").class("list").children(agreed))
        .child(switch(
            "options_local",
            settings.local_fallback,
            locked("local_fallback"),
            local,
            messages,
        ))
        .child(switch(
            "options_second",
            settings.second_host,
            locked("second_host"),
            second,
            messages,
        ))
        .child(switch(
            "options_status_pages",
            settings.status_pages,
            locked("status_pages"),
            pages,
            messages,
        ))
        .child(el("p").class("hint").child(messages.get("options_privacy_hint", &[])))
}
