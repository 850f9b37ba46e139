//! What the evidence says about a failure: plain data, no words. `explain` adds the words.

use serde::{Deserialize, Serialize};

use crate::{Action, Cause, Provider, failure::Limit};

/// When trying the same call again makes sense.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// At once: the request was not processed.
    Now,
    /// After a growing, jittered wait of our own.
    Backoff,
    /// After the time the server named.
    After,
    /// When the browser is back online.
    Online,
    /// After the person has changed something.
    AfterFix,
    /// Never: the same request fails again.
    Never,
}

impl When {
    /// The id as JSON and markup have it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Backoff => "backoff",
            Self::After => "after",
            Self::Online => "online",
            Self::AfterFix => "after_fix",
            Self::Never => "never",
        }
    }
}

/// The retry verdict.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Retry {
    /// When to try again.
    pub when: When,
    /// The wait that the server named, in milliseconds. With [`When::AfterFix`] or [`When::Never`] it is the
    /// time until a quota or cap opens again: a time to tell the person, not one to sleep.
    pub after_ms: Option<u64>,
}

impl Retry {
    /// A verdict without a wait named by the server.
    #[must_use]
    pub const fn when(when: When) -> Self {
        Self { when, after_ms: None }
    }

    /// Whether a program may repeat the request without the person.
    #[must_use]
    pub const fn is_automatic(self) -> bool {
        matches!(self.when, When::Now | When::Backoff | When::After | When::Online)
    }
}

/// A finding that speaks for the diagnosis; the message key is `evidence_` and the tag.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// An HTTP status, and who answered with it.
    Status {
        /// The status.
        code: u16,
        /// The host that answered.
        host: Option<String>,
    },
    /// The browser's true network error.
    NetError {
        /// The name after `net::`.
        name: String,
    },
    /// A machine-readable code in the answer.
    Code {
        /// The code, type or reason as the service wrote it.
        code: String,
    },
    /// Words in the answer or message that name the cause.
    Phrase {
        /// The words as they were found, at most 80 characters.
        text: String,
    },
    /// Sentences that mean the cause, in whatever words and language.
    Meaning {
        /// The cause that they speak of.
        cause: Cause,
    },
    /// A response header.
    Header {
        /// Its name, lower case.
        name: String,
        /// Its value, at most 80 characters.
        value: String,
    },
    /// The wait that the server asked for.
    Wait {
        /// Milliseconds.
        ms: u64,
    },
    /// The time at which the limit opens again.
    Reset {
        /// Milliseconds since 1970.
        at_ms: u64,
    },
    /// The name of the exception.
    Exception {
        /// For instance `TypeError`.
        name: String,
    },
    /// The address sends the call on.
    Redirect {
        /// The host that it leads to, with its port if it names one.
        host: String,
    },
    /// The answer went past one of our own limits, and was ended there.
    OverLimit {
        /// Which.
        limit: Limit,
    },
    /// The answer is a web page where data belongs.
    HtmlReply,
    /// The answer is empty.
    EmptyReply,
    /// The answer ended without its end mark.
    NoEndMark {
        /// Characters that had arrived.
        chars: u64,
    },
    /// A part of the answer could not be read.
    UnreadablePart,
    /// The caller cancelled.
    Aborted,
    /// The browser says that it is offline.
    Offline,
    /// The extension has no permission for the host.
    NoSiteAccess,
    /// A proxy is configured.
    Proxy,
    /// Headers arrived, and the browser then refused the answer to the caller (CORS).
    HeadersThenRefused,
    /// The CORS preflight was refused.
    PreflightRefused,
    /// The call never left the browser.
    NeverSent,
    /// It had taken this long.
    Elapsed {
        /// Milliseconds.
        ms: u64,
    },
    /// A look at the host afterwards: it answers.
    HostAnswers,
    /// A look at the host afterwards: it does not answer, and other hosts do.
    OnlyThisHost,
    /// A look at several hosts afterwards: none of them answers.
    NoHostAnswers,
    /// A look at the host afterwards: somebody else answers in its place.
    AnsweredElsewhere,
    /// A look at the host afterwards: it asks for a bot check.
    HostChallenges,
    /// A look at the web app afterwards: it sends the person to its sign-in.
    SignedOut,
    /// The browser stopped the worker that ran the call.
    WorkerStopped,
    /// The service's own status page tells of trouble that fits.
    StatusPage,
    /// Switching off an extension let the call through.
    Culprit {
        /// Its name.
        name: String,
    },
    /// The clock of this machine is off.
    ClockOff {
        /// By so many milliseconds.
        ms: u64,
    },
    /// The source answered last under another address.
    AddressChanged {
        /// The address then.
        before: String,
        /// The address now.
        after: String,
    },
    /// The source answered last with another model.
    ModelChanged {
        /// The model then.
        before: String,
        /// The model now.
        after: String,
    },
    /// The source answered last in another dialect.
    DialectChanged {
        /// The dialect then.
        before: String,
        /// The dialect now.
        after: String,
    },
    /// The source answered last under other rules for waits and retries.
    RulesChanged,
    /// The source answered last with another key.
    KeyChanged,
}

/// Another cause that the evidence leaves open.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The cause.
    pub cause: Cause,
    /// Its share of the belief, 0 to 1.
    pub confidence: f64,
}

/// The verdict on one failure.
#[cfg_attr(not(feature = "workspace"), non_exhaustive)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The most likely cause.
    pub cause: Cause,
    /// How sure that is, 0 to 1, calibrated: of the diagnoses at 0.9, nine in ten are right.
    pub confidence: f64,
    /// When trying again makes sense.
    pub retry: Retry,
    /// What spoke for it, strongest first.
    pub evidence: Vec<Evidence>,
    /// The runners-up, likeliest first, at most three.
    pub also: Vec<Alternative>,
    /// Who was called.
    pub provider: Option<Provider>,
    /// The host that was called.
    pub host: Option<String>,
    /// The service's id of the request, for its support.
    pub request_id: Option<String>,
    /// When a quota or cap opens again, milliseconds since 1970, if the answer names a time.
    pub opens_at_ms: Option<u64>,
    /// What can be pressed, the primary one first.
    pub actions: Vec<Action>,
}

impl Diagnosis {
    /// When the same ask can succeed again, if the service named a time or a wait. Both times in milliseconds since 1970.
    #[must_use]
    pub fn opens_at(&self, failed_at_ms: u64) -> Option<u64> {
        let after = self.retry.after_ms.map(|wait_ms| failed_at_ms.saturating_add(wait_ms));
        self.opens_at_ms.filter(|&at_ms| at_ms > failed_at_ms).or(after)
    }
}
