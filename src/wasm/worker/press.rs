//! What a card sends: a press, and what stands in its fields.

use wasm_bindgen::prelude::*;

use crate::{
    convert::number,
    field::{field, flag, text},
};
use unstuck_engine::{PagePress, Press, Typed, assistant::Task};

pub(super) fn press(value: &JsValue) -> Option<Press> {
    if let Some(task) = field(value, "task") {
        return Some(Press::Task { task: Task::from_id(&text(&task, "task")?)? });
    }
    if let Some(open) = field(value, "open") {
        return Some(Press::Open { action: number(&open, "action")? as usize });
    }
    if let Some(switch) = field(value, "switch") {
        let always = flag(&switch, "always").unwrap_or_default();
        return Some(Press::Switch { source: text(&switch, "source")?, always });
    }
    if let Some(steps) = field(value, "troubleshooter") {
        return Some(Press::Troubleshooter { step: text(&steps, "step")? });
    }
    if let Some(hide) = field(value, "hide") {
        return Some(Press::Hide { for_an_hour: flag(&hide, "for_an_hour")? });
    }
    if let Some(on_page) = field(value, "on_page") {
        return Some(Press::OnPage { then: page_press(&field(&on_page, "then")?)? });
    }
    Some(match value.as_string()?.as_str() {
        "ask" => Press::Ask,
        "read" => Press::Read,
        "agree" => Press::Agree,
        "decline" => Press::Decline,
        "leave_out" => Press::LeaveOut,
        "retry" => Press::Retry,
        "continue" => Press::Continue,
        "use_address" => Press::UseAddress,
        "go_back" => Press::GoBack,
        "undo_go_back" => Press::UndoGoBack,
        "schedule" => Press::Schedule,
        "edit" => Press::Edit,
        "cancel" => Press::Cancel,
        "insert" => Press::Insert,
        "copy_draft" => Press::CopyDraft,
        "copy_report" => Press::CopyReport,
        "see_report" => Press::SeeReport,
        "learn_more" => Press::LearnMore,
        "regenerate" => Press::Regenerate,
        "options" => Press::Options,
        "notify" => Press::Notify,
        "close" => Press::Close,
        _ => return None,
    })
}

fn page_press(value: &JsValue) -> Option<PagePress> {
    if let Some(open) = field(value, "open") {
        return Some(PagePress::Open { action: number(&open, "action")? as usize });
    }
    if let Some(steps) = field(value, "troubleshooter") {
        return Some(PagePress::Troubleshooter { step: text(&steps, "step")? });
    }
    Some(match value.as_string()?.as_str() {
        "reload" => PagePress::Reload,
        "learn_more" => PagePress::LearnMore,
        "copy_report" => PagePress::CopyReport,
        "close" => PagePress::Close,
        _ => return None,
    })
}

/// The fields of a card as far as it shows them.
pub(super) fn typed(value: &JsValue) -> Typed {
    Typed {
        prompt: text(value, "prompt"),
        text: text(value, "text"),
        messages: text(value, "messages"),
        tone: text(value, "tone"),
        language: text(value, "language"),
    }
}
