//! A failure that was pasted, as the site shows it: the banner of the card, without a call behind it.

use super::{
    View,
    banner::{Banner, Offer, Offers},
};
use unstuck_diagnose::{ActionKind, Explanation, LabelledAction, Messages, When};
use unstuck_engine::Press;

/// The banner with what the card would offer. A press is [`Press::Open`] with the index of the action.
#[must_use]
pub fn view(explanation: &Explanation, messages: &dyn Messages) -> View {
    let banner = Banner {
        explanation,
        changed: None,
        running: None,
        body: Vec::new(),
        offers: offers(explanation),
        last: Vec::new(),
        messages,
    };
    let root = banner.show("section").with("aria-label", messages.get("banner_region", &[]));
    View::new(Some(root.into()), messages).announcing(explanation.headline.clone(), false)
}

/// Where the card tries again by itself, trying again is not the thing to press.
fn offers(explanation: &Explanation) -> Offers {
    let by_itself =
        matches!(explanation.retry.when, When::Now | When::Backoff | When::After | When::Online);
    let offered = explanation.actions.iter().enumerate();
    let (loud, quiet): (Vec<_>, Vec<_>) = offered.partition(|(_, action)| match action.kind {
        ActionKind::CheckAgain | ActionKind::SwitchSource | ActionKind::CopyReport => false,
        ActionKind::Retry => !by_itself,
        _ => true,
    });
    let named = |(action, told): (usize, &LabelledAction)| -> Offer<Press> {
        (told.label.clone(), Press::Open { action })
    };
    let (loud, quiet) = (loud.into_iter().map(named), quiet.into_iter().map(named));
    if by_itself {
        Offers::beside_a_wait(loud.collect(), quiet.collect())
    } else {
        Offers::ranked(loud.collect(), quiet.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::tests::{all, text};
    use unstuck_diagnose::{Failure, classify, explain};

    /// The buttons in order: what each says, and how loud it is.
    fn buttons(pasted: &str) -> Vec<(String, &'static str)> {
        let words = crate::english();
        let explanation = explain(&classify(&Failure::from_pasted(pasted)), &words);
        let root = view(&explanation, &words).root.unwrap();
        let buttons = all(&root, &|element| element.tag == "button");
        buttons.iter().map(|it| (it.children.iter().map(text).collect(), it.class)).collect()
    }

    #[test]
    fn the_mending_action_is_primary() {
        let shown = buttons("ChatGPT error 401: invalid_api_key");
        assert_eq!(shown[0], ("Fix the key".into(), "primary"), "{shown:?}");
        assert!(shown.contains(&("Copy report".into(), "item")), "{shown:?}");
    }

    #[test]
    fn a_wait_has_no_primary() {
        for pasted in ["429 Too Many Requests. Retry after 20 s", "net::ERR_INTERNET_DISCONNECTED"]
        {
            let shown = buttons(pasted);
            assert!(shown.iter().all(|(_, class)| *class != "primary"), "{shown:?}");
            assert!(!shown.is_empty(), "{pasted}");
        }
    }
}
