//! A failure as the card, the popup and the page of a web app show it: whose move it is, what happened, what runs by itself,
//! at most two things to press, and the rest behind More.

use super::{Element, Node, Pressed, button, diagnosis, el, pressed::PopupPress};
use unstuck_diagnose::{ActionKind, Cause, Explanation, Fault, Messages};
use unstuck_engine::Press;

/// What a button says, and what pressing it does.
pub(super) type Offer<P> = (String, P);

/// What can be pressed.
pub(super) struct Offers {
    /// What ends the failure in one press, if anything does.
    primary: Option<Offer<Pressed>>,
    /// The other way on.
    second: Option<Offer<Pressed>>,
    /// The rest, in order.
    more: Vec<Offer<Pressed>>,
}

impl Offers {
    /// The first of these is the primary, the next stands beside it, the rest comes before what is for More anyway.
    pub(super) fn ranked<P: Into<Pressed>>(loud: Vec<Offer<P>>, quiet: Vec<Offer<P>>) -> Self {
        let mut all = offers(loud);
        let rest = all.split_off(all.len().min(2));
        let mut all = all.into_iter();
        let (primary, second) = (all.next(), all.next());
        Self { primary, second, more: rest.into_iter().chain(offers(quiet)).collect() }
    }

    /// Where something runs by itself nothing has to be pressed.
    pub(super) fn beside_a_wait<P: Into<Pressed>>(
        loud: Vec<Offer<P>>,
        quiet: Vec<Offer<P>>,
    ) -> Self {
        let mut all = offers(loud).into_iter();
        let second = all.next();
        Self { primary: None, second, more: all.chain(offers(quiet)).collect() }
    }
}

fn offers<P: Into<Pressed>>(offers: Vec<Offer<P>>) -> Vec<Offer<Pressed>> {
    offers.into_iter().map(|(label, press)| (label, press.into())).collect()
}

/// A failure, and what stands between its headline and what can be pressed.
pub(super) struct Banner<'a> {
    /// What happened.
    pub(super) explanation: &'a Explanation,
    /// What has changed since the source last answered, where that may well be why it fails.
    pub(super) changed: Option<String>,
    /// What runs by itself, if anything does.
    pub(super) running: Option<Running>,
    /// The answer so far, and what else is to be said.
    pub(super) body: Vec<Node>,
    /// What can be pressed.
    pub(super) offers: Offers,
    /// What is told of it besides, behind More.
    pub(super) last: Vec<Node>,
    /// The words.
    pub(super) messages: &'a dyn Messages,
}

/// What runs by itself.
pub(super) struct Running {
    /// What is told of it.
    pub(super) line: Element,
    /// What stops it.
    pub(super) stop: Pressed,
    /// Whether time has to pass; else it is the connection that has to come back.
    pub(super) is_time: bool,
    /// Why it takes so long, where the headline does not say so.
    pub(super) why: Option<String>,
}

impl Banner<'_> {
    /// The same, pressed in the popup.
    pub(super) fn in_popup(mut self, press: &dyn Fn(Press) -> PopupPress) -> Self {
        let there = |pressed: &mut Pressed| {
            if let Pressed::Card(then) = pressed {
                *pressed = press(then.clone()).into();
            }
        };
        let Offers { primary, second, more } = &mut self.offers;
        let offers = primary.iter_mut().chain(second).chain(more);
        offers.for_each(|(_, pressed)| there(pressed));
        self.running.iter_mut().for_each(|running| there(&mut running.stop));
        self
    }

    /// The whole, in the element that carries the ids.
    pub(super) fn show(self, tag: &'static str) -> Element {
        self.frame(tag).child(self.top()).children(self.rest())
    }

    /// The element that carries the ids, empty.
    pub(super) fn frame(&self, tag: &'static str) -> Element {
        diagnosis::frame(tag, self.explanation).with("data-standing", self.standing())
    }

    /// Whose move it is, and what happened.
    pub(super) fn top(&self) -> Element {
        let told = self.messages.find("move_waiting", &[]).filter(|_| self.waits_for_time());
        let whose_move = told.unwrap_or_else(|| self.explanation.whose_move.clone());
        el("div")
            .class("top")
            .child(
                el("span").class("icon").with("data-icon", self.icon()).with("aria-hidden", "true"),
            )
            .child(el("p").class("move").child(whose_move))
            .child(el("h2").child(self.explanation.headline.clone()))
    }

    /// All below that.
    pub(super) fn rest(self) -> Vec<Node> {
        let Self { explanation, changed, running, body, offers, last, messages } = self;
        let Offers { primary, second, more } = offers;
        // What runs or has arrived says it better.
        let why = match &running {
            Some(running) => running.why.clone(),
            None => body.is_empty().then(|| explanation.why.clone()),
        };
        let mut rest: Vec<Node> = Vec::new();
        rest.extend(why.map(|why| el("p").class("why").child(why).into()));
        rest.extend(changed.map(|changed| el("p").class("note changed").child(changed).into()));
        rest.extend(body);
        rest.extend(running.map(|running| run(running.line, running.stop, messages).into()));
        let loud = [(primary, "primary"), (second, "plain")].into_iter();
        let loud: Vec<_> = loud
            .filter_map(|(offer, style)| offer.map(|(label, press)| button(label, style, press)))
            .collect();
        if !loud.is_empty() {
            rest.push(el("div").class("actions").children(loud).into());
        }
        let menu = more.into_iter().map(|(label, press)| button(label, "item", press));
        let more = el("details")
            .class("more")
            .child(el("summary").child(messages.get("banner_more", &[])))
            .child(el("div").class("menu").children(menu))
            .child(el("h3").child(messages.get("banner_steps", &[])))
            .child(diagnosis::steps(explanation, messages))
            .children(diagnosis::basis(explanation, messages))
            .children(last);
        let safe = el("p").child(messages.get("banner_safe", &[]));
        rest.push(el("div").class("safe").child(safe).child(more).into());
        rest
    }

    fn waits_for_time(&self) -> bool {
        self.running.as_ref().is_some_and(|running| running.is_time)
    }

    /// Which colours it has.
    fn standing(&self) -> &'static str {
        let cause = self.explanation.cause;
        match self.explanation.fault {
            _ if self.waits_for_time() => "wait",
            _ if matches!(cause, Cause::RateLimited | Cause::UsageCapReached) => "wait",
            _ if is_unproven(cause) || cause == Cause::StreamInterrupted => "unclear",
            Fault::Network => "connection",
            Fault::Provider => "them",
            Fault::Unknown => "unclear",
            _ => "you",
        }
    }

    fn icon(&self) -> &'static str {
        let first = self.explanation.actions.first().map(|action| action.kind);
        match (self.explanation.cause, self.explanation.fault) {
            _ if self.waits_for_time() => "clock",
            (Cause::StreamInterrupted, _) => "cut",
            (Cause::UsageCapReached, _) => "calendar",
            (Cause::InvalidApiKey | Cause::MissingApiKey | Cause::KeyLacksPermission, _) => "key",
            (_, Fault::Network) => "network",
            (_, Fault::Provider) => "repeat",
            (_, Fault::Unknown) => "question",
            _ => match first {
                Some(ActionKind::OpenBilling) => "card",
                Some(ActionKind::OpenLogin | ActionKind::OpenSite) => "person",
                Some(ActionKind::Edit) => "pencil",
                Some(ActionKind::Retry | ActionKind::ReloadPage) => "repeat",
                _ => "settings",
            },
        }
    }
}

/// What runs by itself, and the way to stop it.
pub(super) fn run(line: Element, stop: impl Into<Pressed>, messages: &dyn Messages) -> Element {
    el("div")
        .class("run")
        .child(el("span").class("ring").with("aria-hidden", "true"))
        .child(line)
        .child(button(messages.get("panel_stop", &[]), "small", stop))
}

/// What the connection and the service can both be the cause of.
const fn is_unproven(cause: Cause) -> bool {
    use Cause::{ConnectionLost, NetworkUnknown, ProtocolError, Timeout};
    matches!(cause, ConnectionLost | NetworkUnknown | ProtocolError | Timeout)
}
