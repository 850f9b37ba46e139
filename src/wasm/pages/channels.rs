//! Telling a channel of an incident, pushing numbers, and trying a channel.

use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::Pages;
use crate::{
    net::{
        attempt::{Attempt, may_call, reader_of},
        now_ms, resolved,
        timing::pause,
    },
    words::Words,
};
use unstuck_app::{
    managed::Export,
    options::{ChannelTest, channels::opened},
};
use unstuck_engine::{Channel, is_given};
use unstuck_health::{
    Answer, Batch, Incident, Parcel, Post,
    channel::{
        address::{check_key, check_url},
        answer::{self, READ},
        mail,
        message::{Message, Step, test_incident},
        request::{Header, Target, headers, request},
        sink::Sink,
        verdict::Verdict,
    },
};

/// A receiver has so long to answer, in milliseconds.
const PATIENCE_MS: u64 = 60_000;
/// The same while a person waits for it.
const TEST_PATIENCE_MS: u64 = 20_000;
/// Between the two messages of a test: Slack takes one a second.
const PACE_MS: u32 = 1_200;
/// Nothing renews an alert of Alertmanager from a browser: four of these after its last word, a day, it ends by itself.
const INTERVAL_MS: u64 = 6 * 3_600_000;

#[wasm_bindgen]
impl Pages {
    /// Posts what `Worker::post` gave, with the secret of its channel as it is kept. Gives what came of it, for `Worker::told`;
    /// nothing where the secret cannot be had.
    pub async fn tell(&self, parcel: Vec<u8>, kept: Option<String>) -> Vec<u8> {
        let Ok(parcel) = postcard::from_bytes::<Parcel>(&parcel) else { return Vec::new() };
        let id = match &parcel {
            Parcel::Message(post) => &post.channel,
            Parcel::Numbers(batch) => &batch.feed,
        };
        let Some(secret) = self.secret(id, kept) else { return Vec::new() };
        let channel = self.channel(id);
        let answer = match parcel {
            Parcel::Message(post) => tell(channel, post, &secret).await,
            Parcel::Numbers(batch) => match channel {
                Some(channel) => {
                    push(&channel, &batch, &secret, PATIENCE_MS).await.0.answer_to_numbers()
                }
                None => Answer::Refused,
            },
        };
        postcard::to_allocvec(&answer).unwrap_or_default()
    }

    /// The link that opens a ready mail about an incident, as `Worker::incident` gave it.
    #[must_use]
    pub fn mail(&self, incident: &[u8], secret: &str) -> Option<String> {
        let incident: Incident = postcard::from_bytes(incident).ok()?;
        let message = Message::new(Step::Trigger, &incident, now_ms(), &Words)?;
        Some(mail::link(&message, opened(secret).0))
    }
}

impl Pages {
    /// The channel with this id, unless it was taken away.
    fn channel(&self, id: &str) -> Option<Channel> {
        self.settings().channels.into_iter().find(|known| known.id == id)
    }

    /// The secret of a channel: as the organisation has set it, or as it is kept.
    fn secret(&self, id: &str, kept: Option<String>) -> Option<String> {
        let managed = self.managed.borrow();
        let given = managed.exports.iter().find(|export| export.channel.id == id);
        given.map(Export::secret).or(kept)
    }

    /// Id of the channel that is being tested.
    pub(super) fn tested_channel(&self, page: &str) -> Option<String> {
        self.with_page(page, None, |page| match &page.channel_test {
            ChannelTest::Running(id) => Some(id.clone()),
            _ => None,
        })
    }

    /// Tells a channel of the beginning and the end of a test. Gives a link that has to be opened.
    pub(super) async fn test_channel(
        &self,
        page: &str,
        id: &str,
        secret: Option<String>,
        salt: &str,
    ) -> Option<String> {
        let (key, status, arrived, link) = match (self.channel(id), self.secret(id, secret)) {
            (Some(channel), Some(secret)) => try_out(&channel, &secret, salt).await,
            _ => ("options_channel_no_key", 0, false, None),
        };
        self.with_page(page, None, |page| page.channel_tested(id, key, status, arrived));
        link
    }
}

async fn tell(channel: Option<Channel>, post: Post, secret: &str) -> Answer {
    let Some((sink, channel)) = channel.and_then(|known| Some((known.kind.sink()?, known))) else {
        return Answer::Refused;
    };
    let step = Step::from(post.message);
    match Message::new(step, &post.incident, now_ms(), &Words) {
        Some(message) => send(&channel, sink, secret, &message, PATIENCE_MS).await.0.answer(),
        None => Answer::Accepted,
    }
}

/// The key of what is said of a test, the status of the answer, whether it arrived, and a link to be opened.
async fn try_out(
    channel: &Channel,
    secret: &str,
    salt: &str,
) -> (&'static str, u16, bool, Option<String>) {
    if let Some(temporality) = channel.kind.temporality() {
        let batch = Batch::empty(temporality, now_ms());
        let (verdict, status) = push(channel, &batch, secret, TEST_PATIENCE_MS).await;
        return (verdict.key(), status, verdict == Verdict::Accepted, None);
    }
    let mut incident = test_incident(salt, now_ms());
    let trigger = Message::test(Step::Trigger, &incident, now_ms(), &Words);
    let Some(sink) = channel.kind.sink() else {
        let link = mail::link(&trigger, opened(secret).0);
        return ("options_channel_mailed", 0, true, Some(link));
    };
    let (mut verdict, mut status) = send(channel, sink, secret, &trigger, TEST_PATIENCE_MS).await;
    // What may have begun there is ended, too.
    if matches!(verdict, Verdict::Accepted | Verdict::Unknown(_)) {
        // It does not reject.
        let _ = resolved(pause(PACE_MS)).await;
        incident.ended_ms = Some(now_ms());
        let resolve = Message::test(Step::Resolve, &incident, now_ms(), &Words);
        let ended = send(channel, sink, secret, &resolve, TEST_PATIENCE_MS).await;
        if verdict == Verdict::Accepted {
            (verdict, status) = ended;
        }
    }
    (verdict.key(), status, verdict == Verdict::Accepted, None)
}

/// Pushes numbers; gives the verdict and the status of the answer.
async fn push(channel: &Channel, batch: &Batch, secret: &str, patience_ms: u64) -> (Verdict, u16) {
    let (url, key) = opened(secret);
    // An engine may let every page call it. A receiver that was given by policy has to: nobody presses there.
    if !is_given(&channel.id) && may_call(url).await == Some(false) {
        return (Verdict::Later { after_ms: None, why: "options_channel_no_access" }, 0);
    }
    let Some(sink) = channel.kind.sink() else { return (Verdict::Refused("sink_shape"), 0) };
    let checked = check_url(sink, url).and_then(|()| check_key(sink, key));
    if let Err(wrong) = checked {
        return (Verdict::Refused(wrong.key), 0);
    }
    let body = Uint8Array::from(batch.encode().as_slice());
    post(sink, url, &headers(sink, key), body.into(), patience_ms).await
}

/// Sends a message, once more and shorter where it was too long; gives the verdict and the status of the answer.
async fn send(
    channel: &Channel,
    sink: Sink,
    secret: &str,
    message: &Message<'_>,
    patience_ms: u64,
) -> (Verdict, u16) {
    let (url, key) = opened(secret);
    if !is_given(&channel.id) && may_call(url).await == Some(false) {
        return (Verdict::Later { after_ms: None, why: "options_channel_no_access" }, 0);
    }
    let mut seen = (Verdict::TooBig, 0);
    for is_short in [false, true] {
        let made = match request(Target { sink, url, key }, message, INTERVAL_MS, is_short) {
            Ok(Some(made)) => made,
            Ok(None) => return (Verdict::Accepted, 0),
            Err(wrong) => return (Verdict::Refused(wrong.key), 0),
        };
        let body = JsValue::from_str(&made.body);
        seen = post(sink, &made.url, &made.headers, body, patience_ms).await;
        if seen.0 != Verdict::TooBig {
            break;
        }
    }
    seen
}

async fn post(
    sink: Sink,
    url: &str,
    headers: &[Header],
    body: JsValue,
    patience_ms: u64,
) -> (Verdict, u16) {
    let request = unstuck_source::Request {
        url: url.to_owned(),
        method: "POST",
        headers: Vec::new(),
        body: None,
        provider: None,
    };
    let Ok(mut attempt) = Attempt::new(&request, 1, patience_ms, patience_ms) else {
        return (Verdict::Unknown("sink_no_answer"), 0);
    };
    let controller = attempt.controller.clone();
    let _limit = Timeout::new(patience_ms as u32, move || controller.abort());
    let headers = headers.iter().map(|(name, value)| (name.as_ref(), value.as_str()));
    if let Ok(response) = attempt.send_with(&request, headers, Some(body)).await
        && let Ok(body) = reader_of(&response)
    {
        // What came before a break is all there is.
        drop(attempt.read_rest(&body, READ).await);
    }
    let status = attempt.failure.status.unwrap_or(0);
    let retry_after = attempt.failure.header("retry-after");
    let answer = answer::Answer { status, retry_after, body: &attempt.kept };
    (answer::read(sink, &answer, 1, now_ms()), status)
}
