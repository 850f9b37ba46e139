//! Where a secret stands. The file of settings names the place and never holds the secret.

use std::{env, fmt, fs};

use serde::{Deserialize, Deserializer, de};

/// What is told of a secret that stands in the file itself.
pub(super) const LITERAL: &str = "a secret in the file, expected env:NAME or file:PATH";

/// A secret that was read. It is never shown.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret(String);

impl Secret {
    pub(super) fn open(&self) -> &str {
        &self.0
    }
}

/// Of an address that is no secret.
impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(••••)")
    }
}

/// The place of a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A variable of the environment.
    Env(String),
    /// A file, without the line break at its end.
    File(String),
}

impl Place {
    pub(super) fn read(text: &str) -> Option<Self> {
        let is_name = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        match text.split_once(':') {
            Some(("env", name)) if !name.is_empty() && is_name(name) => {
                Some(Self::Env(name.to_owned()))
            }
            Some(("file", path)) if !path.is_empty() => Some(Self::File(path.to_owned())),
            _ => None,
        }
    }

    /// Reads the secret.
    ///
    /// # Errors
    ///
    /// The place, where nothing stands that a header can carry.
    pub(super) fn open(&self) -> Result<Secret, String> {
        let found = match self {
            Self::Env(name) => env::var(name).ok(),
            Self::File(path) => fs::read_to_string(path).ok(),
        };
        let text = found.map(|text| text.trim_end_matches(['\r', '\n']).to_owned());
        text.filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()))
            .map(Secret)
            .ok_or_else(|| self.to_string())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "env:{name}"),
            Self::File(path) => write!(f, "file:{path}"),
        }
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        // Whatever stands there is not repeated: it may be the secret.
        let text = String::deserialize(input)?;
        Self::read(&text).ok_or_else(|| de::Error::custom(LITERAL))
    }
}
