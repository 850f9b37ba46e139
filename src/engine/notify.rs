//! That an ask which took long is over is told to a person who may have turned to something else.

use super::{Effect, Effects, FrameRef, Phase, State};

/// Who asks stays for so long, in milliseconds.
pub const LONG_ASK_MS: u64 = 60_000;

/// Tells of the call of this frame, if it is over and took long.
pub(super) fn over(state: &State, now_ms: u64, frame: &FrameRef, effects: &mut Effects) {
    if !state.settings.notify {
        return;
    }
    let Some(call) = state.card(frame).and_then(|card| card.call.as_ref()) else { return };
    let answered = match call.phase {
        Phase::Done => true,
        Phase::Failed => false,
        _ => return,
    };
    if now_ms.saturating_sub(call.asked_at_ms) >= LONG_ASK_MS {
        effects.push(Effect::Notify { frame: frame.clone(), answered });
    }
}
