//! A code or phrase that gives a cause away: how it has to stand in the text, and how much it says.

use crate::classify::weight;

/// How a pattern has to stand in the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Words, in lower case; `*` stands for anything short on the same line.
    Words,
    /// A machine code, anywhere, as a word of its own.
    Code,
    /// A machine code that is also an ordinary word: only as the whole value of a code field.
    Leaf,
}

/// How much a pattern says.
#[derive(Clone, Copy)]
enum Strength {
    Sure,
    Strong,
    Code,
    Usual,
    Fair,
    Hint,
    Weak,
}

impl Strength {
    const ALL: [Self; 8] = [
        Self::Sure,
        Self::Strong,
        Self::Code,
        Self::Usual,
        Self::Fair,
        Self::Hint,
        Self::Weak,
        Self::Weak,
    ];
}

/// The statuses with which a pattern means what it says. An unknown status vetoes nothing.
#[derive(Clone, Copy)]
pub(crate) enum On {
    /// Every status.
    Any,
    /// The service calls the request itself wrong.
    Refused,
    /// The edge cannot speak to the servers behind it.
    Handshake,
    /// The service or a gateway before it failed.
    Failed,
}

/// A code or phrase that gives a cause away, and how much it says.
#[derive(Clone, Copy)]
pub(crate) struct Pattern {
    pub(crate) text: &'static str,
    pub(crate) form: Form,
    strength: Strength,
    on: On,
}

impl Pattern {
    const fn new(text: &'static str, form: Form, strength: Strength) -> Self {
        Self { text, form, strength, on: On::Any }
    }

    /// Form, strength and statuses in one byte.
    pub(crate) const fn traits(&self) -> u8 {
        self.form as u8 | (self.strength as u8) << 2 | (self.on as u8) << 5
    }

    /// The pattern that was packed as its text and its [`Pattern::traits`].
    pub(crate) const fn unpacked(text: &'static str, traits: u8) -> Self {
        Self {
            text,
            form: [Form::Words, Form::Code, Form::Leaf, Form::Leaf][(traits & 3) as usize],
            strength: Strength::ALL[(traits >> 2 & 7) as usize],
            on: [On::Any, On::Refused, On::Handshake, On::Failed][(traits >> 5 & 3) as usize],
        }
    }

    /// Restricts the pattern to these statuses.
    pub(crate) const fn on(mut self, on: On) -> Self {
        self.on = on;
        self
    }

    /// How much it says, in nats.
    pub(crate) const fn weight(&self) -> f32 {
        match self.strength {
            Strength::Sure => weight::DECISIVE,
            Strength::Strong => weight::STRONG,
            Strength::Code => weight::CODE,
            Strength::Usual => weight::USUAL,
            Strength::Fair => weight::FAIR,
            Strength::Hint => weight::HINT,
            Strength::Weak => weight::WEAK,
        }
    }

    /// Whether this status contradicts it.
    pub(crate) const fn is_vetoed_by(&self, status: u16) -> bool {
        let fits = match self.on {
            On::Any => true,
            On::Refused => matches!(status, 400 | 404 | 406 | 409 | 413..=415 | 417 | 422),
            On::Handshake => matches!(status, 525 | 526),
            On::Failed => matches!(status, 500 | 502..=504),
        };
        !fits && status >= 300
    }
}

/// Words that leave no doubt, whatever code comes with them.
pub(crate) const fn sure(text: &'static str) -> Pattern {
    Pattern::new(text, Form::Words, Strength::Sure)
}

/// A specific sentence.
pub(crate) const fn strong(text: &'static str) -> Pattern {
    Pattern::new(text, Form::Words, Strength::Strong)
}

/// Words that name a family of failures and give way to a more specific sentence.
pub(crate) const fn usual(text: &'static str) -> Pattern {
    Pattern::new(text, Form::Words, Strength::Usual)
}

/// Words that are usually right.
pub(crate) const fn fair(text: &'static str) -> Pattern {
    Pattern::new(text, Form::Words, Strength::Fair)
}

/// A single word: better than no guess, and never sure.
pub(crate) const fn hint(text: &'static str) -> Pattern {
    Pattern::new(text, Form::Words, Strength::Hint)
}

/// A machine code that names this cause.
pub(crate) const fn code(text: &'static str) -> Pattern {
    Pattern::new(text, Form::Code, Strength::Code)
}

/// A machine code that names a family of failures and gives way to a more specific finding.
pub(crate) const fn usual_code(text: &'static str) -> Pattern {
    Pattern::new(text, Form::Code, Strength::Usual)
}

/// A machine code that is also an ordinary word.
pub(crate) const fn leaf(text: &'static str) -> Pattern {
    Pattern::new(text, Form::Leaf, Strength::Code)
}

/// A machine code that several causes share and that only tips the scale.
pub(crate) const fn vague(text: &'static str) -> Pattern {
    Pattern::new(text, Form::Leaf, Strength::Weak)
}
