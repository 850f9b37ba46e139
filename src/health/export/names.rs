//! The one table of names: metrics, their units and bounds, the keys of attributes, and the closed lists of their values.
//!
//! Source: OpenTelemetry semantic conventions, tag v1.41.0 (`gen-ai-metrics.md`, `http-metrics.md`), and the repository
//! `semantic-conventions-genai`, which renames them. What the conventions do not know has the prefix `unstuck.`

use serde::{Deserialize, Serialize};
use unstuck_diagnose::Provider;

/// Which edition of the conventions gives the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Semconv {
    /// Tag v1.41.0, the last edition of the main repository that names calls of AI services.
    #[default]
    #[serde(rename = "1.41.0")]
    V1_41_0,
    /// The unreleased names of the repository of their own.
    #[serde(rename = "genai-dev")]
    GenAiDev,
}

impl Semconv {
    /// The address by which an engine finds the edition.
    #[must_use]
    pub const fn schema_url(self) -> &'static str {
        match self {
            Self::V1_41_0 => "https://opentelemetry.io/schemas/1.41.0",
            Self::GenAiDev => "https://opentelemetry.io/schemas/gen-ai/1.42.0",
        }
    }
}

/// Everything that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// A whole ask with all its tries: seconds.
    Duration,
    /// From the ask to the first chunk of its answer: seconds.
    FirstChunk,
    /// Tokens that went in, as the provider counted them.
    InputTokens,
    /// Tokens that came out, as the provider counted them.
    OutputTokens,
    /// One try over HTTP: seconds.
    HttpDuration,
    /// Tries after the first one.
    Retries,
    /// How long an ask waited before a try: seconds.
    Wait,
    /// Asks that another source answered.
    Failovers,
    /// Whether a source answers: 1 or 0.
    SourceUp,
    /// The share of the allowance that is left, 0 to 1, as the provider's headers say: it shows a limit before it is hit.
    RateLimitRemaining,
    /// A check that the person switched on: seconds.
    Probe,
    /// What was measured and did not arrive.
    ExportDropped,
}

/// What an engine is told of a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Naming {
    /// Its name.
    pub name: &'static str,
    /// Its unit, in the notation of UCUM. Empty for a state: a gauge of unit `1` becomes a ratio in Prometheus.
    pub unit: &'static str,
    /// How its values are told.
    pub shape: Shape,
    /// An attribute that the metric itself stands for.
    pub fixed: Option<(&'static str, &'static str)>,
}

/// How the values of a metric are told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// A sum that only grows.
    Counter,
    /// The value of the moment.
    Gauge,
    /// How many values lie between these bounds.
    Histogram(&'static [f64]),
}

/// Bounds of the duration of an ask, seconds (`gen-ai-metrics.md`).
const ASK: &[f64] =
    &[0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

/// Bounds of the duration of a try, seconds (`http-metrics.md`).
const TRY: &[f64] =
    &[0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

/// Bounds of tokens: powers of four (`gen-ai-metrics.md`).
const TOKENS: &[f64] = &[
    1.0, 4.0, 16.0, 64.0, 256.0, 1024.0, 4096.0, 16384.0, 65536.0, 262144.0, 1048576.0, 4194304.0,
    16777216.0, 67108864.0,
];

impl Metric {
    /// The bounds between which the values of this metric are counted; none for what is no histogram.
    #[must_use]
    pub const fn bounds(self) -> &'static [f64] {
        match self {
            Self::Duration | Self::FirstChunk | Self::Wait | Self::Probe => ASK,
            Self::HttpDuration => TRY,
            Self::InputTokens | Self::OutputTokens => TOKENS,
            _ => &[],
        }
    }

    /// How an edition calls it.
    #[must_use]
    pub const fn naming(self, semconv: Semconv) -> Naming {
        const fn naming(name: &'static str, unit: &'static str, shape: Shape) -> Naming {
            Naming { name, unit, shape, fixed: None }
        }
        let histogram = Shape::Histogram(self.bounds());
        let is_dev = matches!(semconv, Semconv::GenAiDev);
        match self {
            Self::Duration if is_dev => naming("gen_ai.client.inference.duration", "s", histogram),
            Self::Duration => naming("gen_ai.client.operation.duration", "s", histogram),
            Self::FirstChunk if is_dev => {
                naming("gen_ai.client.inference.time_to_first_chunk", "s", histogram)
            }
            Self::FirstChunk => {
                naming("gen_ai.client.operation.time_to_first_chunk", "s", histogram)
            }
            Self::InputTokens if is_dev => {
                naming("gen_ai.client.inference.usage.input_tokens", "{token}", Shape::Counter)
            }
            Self::OutputTokens if is_dev => {
                naming("gen_ai.client.inference.usage.output_tokens", "{token}", Shape::Counter)
            }
            Self::InputTokens | Self::OutputTokens => {
                let of_type = if matches!(self, Self::InputTokens) { "input" } else { "output" };
                Naming {
                    fixed: Some((TOKEN_TYPE, of_type)),
                    ..naming("gen_ai.client.token.usage", "{token}", histogram)
                }
            }
            Self::HttpDuration => naming("http.client.request.duration", "s", histogram),
            Self::Retries => naming("unstuck.retries", "{retry}", Shape::Counter),
            Self::Wait => naming("unstuck.wait.duration", "s", histogram),
            Self::Failovers => naming("unstuck.failovers", "{failover}", Shape::Counter),
            Self::SourceUp => naming("unstuck.source.up", "", Shape::Gauge),
            Self::RateLimitRemaining => naming("unstuck.ratelimit.remaining", "1", Shape::Gauge),
            Self::Probe => naming("unstuck.probe.duration", "s", histogram),
            Self::ExportDropped => naming("unstuck.export.dropped", "{item}", Shape::Counter),
        }
    }
}

/// What an ask was: the only operation there is.
pub const OPERATION: (&str, &str) = ("gen_ai.operation.name", "chat");
/// Who was asked.
pub const PROVIDER: &str = "gen_ai.provider.name";
/// Which model was asked for.
pub const MODEL: &str = "gen_ai.request.model";
/// Why it failed; only on failures.
pub const ERROR: &str = "error.type";
/// The host of the provider.
pub const ADDRESS: &str = "server.address";
/// The status of the answer.
pub const STATUS: &str = "http.response.status_code";
/// How a try was sent: the only method there is.
pub const METHOD: (&str, &str) = ("http.request.method", "POST");
/// Why an ask waited.
pub const WAIT_REASON: &str = "unstuck.wait.reason";
/// Which probe of the command ran.
pub const PROBE: &str = "unstuck.probe.name";
/// Which tokens were counted.
pub const TOKEN_TYPE: &str = "gen_ai.token.type";
/// What is told instead of a value beyond the limits.
pub const OTHER: &str = "_OTHER";
/// Who or what is told of a service that is in no list.
pub const CUSTOM: &str = "custom";

/// Why an ask waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitReason {
    /// The provider asked for it.
    Asked,
    /// The pause between two tries.
    Backoff,
    /// The source had failed too often.
    Breaker,
    /// There was no network.
    Offline,
}

impl WaitReason {
    /// Its value as an attribute.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Backoff => "backoff",
            Self::Breaker => "breaker",
            Self::Offline => "offline",
        }
    }
}

/// The id that the conventions give a provider, its own id where they have none.
#[must_use]
pub const fn provider_id(provider: Option<Provider>) -> &'static str {
    match provider {
        None => CUSTOM,
        Some(Provider::Gemini) => "gcp.gemini",
        Some(Provider::Azure) => "azure.ai.openai",
        Some(Provider::Bedrock) => "aws.bedrock",
        Some(Provider::Mistral) => "mistral_ai",
        Some(Provider::Moonshot) => "moonshot_ai",
        Some(Provider::Xai) => "x_ai",
        Some(own) => own.id(),
    }
}

/// Hosts that say nothing of who asks. An address with a name of somebody's own in it, as Azure's have, is not among them.
const HOSTS: [&str; 14] = [
    "api.openai.com",
    "api.anthropic.com",
    "generativelanguage.googleapis.com",
    "openrouter.ai",
    "api.mistral.ai",
    "api.groq.com",
    "api.deepseek.com",
    "api.x.ai",
    "api.cohere.com",
    "api.together.xyz",
    "api.moonshot.ai",
    "api.z.ai",
    "dashscope.aliyuncs.com",
    "api.perplexity.ai",
];

/// A host as it may be told: one of the known ones, or `custom`.
#[must_use]
pub fn address(host: &str) -> &'static str {
    HOSTS.into_iter().find(|known| *known == host).unwrap_or(CUSTOM)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Metric; 12] = [
        Metric::Duration,
        Metric::FirstChunk,
        Metric::InputTokens,
        Metric::OutputTokens,
        Metric::HttpDuration,
        Metric::Retries,
        Metric::Wait,
        Metric::Failovers,
        Metric::SourceUp,
        Metric::RateLimitRemaining,
        Metric::Probe,
        Metric::ExportDropped,
    ];

    #[test]
    fn each_edition_has_its_names() {
        let names = |semconv| ALL.map(|metric| metric.naming(semconv).name).join(" ");
        assert_eq!(
            names(Semconv::V1_41_0),
            "gen_ai.client.operation.duration gen_ai.client.operation.time_to_first_chunk \
             gen_ai.client.token.usage gen_ai.client.token.usage http.client.request.duration \
             unstuck.retries unstuck.wait.duration unstuck.failovers unstuck.source.up \
             unstuck.ratelimit.remaining unstuck.probe.duration unstuck.export.dropped"
        );
        let dev = names(Semconv::GenAiDev);
        assert!(dev.starts_with("gen_ai.client.inference.duration gen_ai.client.inference.time_"));
        assert!(dev.contains("inference.usage.input_tokens gen_ai.client.inference.usage.output"));
        assert!(!dev.contains("operation") && !dev.contains("token.usage"));
        assert_eq!(serde_json::to_string(&Semconv::default()).unwrap(), "\"1.41.0\"");
    }

    #[test]
    fn bounds_rise() {
        for metric in ALL {
            assert!(metric.bounds().is_sorted_by(|one, next| one < next), "{metric:?}");
            let is_histogram = matches!(metric.naming(Semconv::V1_41_0).shape, Shape::Histogram(_));
            assert_eq!(is_histogram, metric.bounds().len() == 14, "{metric:?}");
        }
    }

    #[test]
    fn unknown_hosts_are_custom() {
        assert_eq!(address("api.openai.com"), "api.openai.com");
        for host in ["me.openai.azure.com", "api.openai.com.evil.test", "10.0.0.1", ""] {
            assert_eq!(address(host), CUSTOM, "{host}");
        }
        assert_eq!(provider_id(None), CUSTOM);
        for &provider in Provider::ALL {
            let id = provider_id(Some(provider));
            assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b"._".contains(&b)), "{id}");
        }
    }
}
