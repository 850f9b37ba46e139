//! Finds tokens by the shape that their issuer gave them: a table of prefixes, and the few shapes a prefix cannot tell.

use super::view::View;
use super::{pem, split_key};

/// What may follow a prefix. Wider than the issuers' own grammars, so that keys set back to back go together.
#[derive(Clone, Copy)]
enum Alphabet {
    /// Letters, digits, `_`, `-`.
    Word,
    /// The same and `.`, for tokens in parts.
    Dotted,
    /// The same and `+`, `/`, `=`, for base64.
    Base64,
    /// Capitals and digits.
    Upper,
    /// The path of an address.
    Path,
}

impl Alphabet {
    fn has(self, byte: u8) -> bool {
        let word = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        match self {
            Self::Word => word,
            Self::Dotted => word || byte == b'.',
            Self::Base64 => word || matches!(byte, b'+' | b'/' | b'='),
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Path => word || b"./%?=&:".contains(&byte),
        }
    }
}

/// A prefix, the class it stands for, what follows, and how much of it at least.
struct Shape(&'static str, &'static str, Alphabet, usize);

use Alphabet::{Base64, Dotted, Path, Upper, Word};

/// Longer prefixes before those that they begin with.
const SHAPES: &[Shape] = &[
    Shape("sk-ant-", "ANTHROPIC_KEY", Word, 8),
    Shape("sk-or-", "OPENROUTER_KEY", Word, 8),
    Shape("sk-proj-", "OPENAI_KEY", Word, 8),
    Shape("sk-svcacct-", "OPENAI_KEY", Word, 8),
    Shape("sk-admin-", "OPENAI_KEY", Word, 8),
    Shape("sk-lf-", "VENDOR_KEY", Word, 16),
    Shape("pk-lf-", "VENDOR_KEY", Word, 16),
    Shape("sk-", "OPENAI_KEY", Word, 16),
    Shape("sess-", "OPENAI_KEY", Word, 16),
    Shape("org-", "ORG_ID", Word, 16),
    Shape("AIza", "GOOGLE_KEY", Word, 20),
    Shape("AQ.", "GOOGLE_KEY", Dotted, 20),
    Shape("ya29.", "GOOGLE_KEY", Dotted, 16),
    Shape("1//0", "GOOGLE_KEY", Word, 20),
    Shape("gsk_", "VENDOR_KEY", Word, 16),
    Shape("xai-", "VENDOR_KEY", Word, 20),
    Shape("pplx-", "VENDOR_KEY", Word, 16),
    Shape("hf_", "VENDOR_KEY", Word, 16),
    Shape("api_org_", "VENDOR_KEY", Word, 16),
    Shape("r8_", "VENDOR_KEY", Word, 20),
    Shape("nvapi-", "VENDOR_KEY", Word, 16),
    Shape("AKIA", "AWS_KEY", Upper, 16),
    Shape("ASIA", "AWS_KEY", Upper, 16),
    Shape("ABIA", "AWS_KEY", Upper, 16),
    Shape("ACCA", "AWS_KEY", Upper, 16),
    Shape("A3T", "AWS_KEY", Upper, 17),
    Shape("ABSK", "AWS_KEY", Base64, 40),
    Shape("bedrock-api-key-", "AWS_KEY", Base64, 16),
    Shape("lsv2_", "VENDOR_KEY", Word, 20),
    Shape("eyJ", "JWT", Dotted, 17),
    Shape("xoxa-", "SLACK_TOKEN", Word, 10),
    Shape("xoxb-", "SLACK_TOKEN", Word, 10),
    Shape("xoxc-", "SLACK_TOKEN", Word, 10),
    Shape("xoxd-", "SLACK_TOKEN", Base64, 10),
    Shape("xoxe", "SLACK_TOKEN", Dotted, 10),
    Shape("xoxo-", "SLACK_TOKEN", Word, 10),
    Shape("xoxp-", "SLACK_TOKEN", Word, 10),
    Shape("xoxr-", "SLACK_TOKEN", Word, 10),
    Shape("xoxs-", "SLACK_TOKEN", Word, 10),
    Shape("xapp-", "SLACK_TOKEN", Word, 10),
    Shape("xwfp-", "SLACK_TOKEN", Word, 10),
    Shape("https://hooks.slack.com/", "WEBHOOK", Path, 10),
    Shape("https://discord.com/api/webhooks/", "WEBHOOK", Path, 10),
    Shape("https://discordapp.com/api/webhooks/", "WEBHOOK", Path, 10),
    Shape("webhook.office.com/", "WEBHOOK", Path, 10),
    Shape("glsa_", "VENDOR_KEY", Word, 16),
    Shape("glc_", "VENDOR_KEY", Base64, 20),
    Shape("ghp_", "GITHUB_TOKEN", Word, 16),
    Shape("gho_", "GITHUB_TOKEN", Word, 16),
    Shape("ghu_", "GITHUB_TOKEN", Word, 16),
    Shape("ghs_", "GITHUB_TOKEN", Word, 16),
    Shape("ghr_", "GITHUB_TOKEN", Word, 16),
    Shape("github_pat_", "GITHUB_TOKEN", Word, 16),
    Shape("glpat-", "VENDOR_KEY", Dotted, 16),
    Shape("gldt-", "VENDOR_KEY", Dotted, 16),
    Shape("glrt-", "VENDOR_KEY", Dotted, 16),
    Shape("glptt-", "VENDOR_KEY", Dotted, 16),
    Shape("glcbt-", "VENDOR_KEY", Dotted, 16),
    Shape("ATATT3", "VENDOR_KEY", Base64, 20),
    Shape("ATCTT3", "VENDOR_KEY", Base64, 20),
    Shape("ATBB", "VENDOR_KEY", Base64, 24),
    Shape("dckr_pat_", "VENDOR_KEY", Word, 16),
    Shape("dckr_oat_", "VENDOR_KEY", Word, 16),
    Shape("figd_", "VENDOR_KEY", Word, 16),
    Shape("figu_", "VENDOR_KEY", Word, 16),
    Shape("EAAC", "VENDOR_KEY", Word, 30),
    Shape("EAAB", "VENDOR_KEY", Word, 30),
    Shape("PMAK-", "VENDOR_KEY", Word, 20),
    Shape("rnd_", "VENDOR_KEY", Word, 20),
    Shape("sntrys_", "VENDOR_KEY", Base64, 20),
    Shape("sntryu_", "VENDOR_KEY", Word, 20),
    Shape("NRAK-", "VENDOR_KEY", Word, 16),
    Shape("xkeysib-", "VENDOR_KEY", Word, 20),
    Shape("pscale_", "VENDOR_KEY", Dotted, 20),
    Shape("dp.pt.", "VENDOR_KEY", Dotted, 20),
    Shape("dp.st.", "VENDOR_KEY", Dotted, 20),
    Shape("tskey-", "VENDOR_KEY", Word, 16),
    Shape("FlyV1 ", "VENDOR_KEY", Base64, 20),
    Shape("fm2_", "VENDOR_KEY", Base64, 20),
    Shape("CFPAT-", "VENDOR_KEY", Word, 20),
    Shape("phx_", "VENDOR_KEY", Word, 20),
    Shape("sb_secret_", "VENDOR_KEY", Word, 16),
    Shape("jina_", "VENDOR_KEY", Word, 20),
    Shape("pat-na1-", "VENDOR_KEY", Word, 20),
    Shape("pat-eu1-", "VENDOR_KEY", Word, 20),
    Shape("rubygems_", "VENDOR_KEY", Word, 20),
    Shape("LTAI", "VENDOR_KEY", Word, 16),
    Shape("AKID", "VENDOR_KEY", Word, 30),
    Shape("sq0", "VENDOR_KEY", Word, 20),
    Shape("shpss_", "VENDOR_KEY", Word, 20),
    Shape("shpca_", "VENDOR_KEY", Word, 20),
    Shape("shppa_", "VENDOR_KEY", Word, 20),
    Shape("doo_v1_", "VENDOR_KEY", Word, 30),
    Shape("dor_v1_", "VENDOR_KEY", Word, 30),
    Shape("hvb.", "VENDOR_KEY", Word, 20),
    Shape("rk_test_", "VENDOR_KEY", Word, 10),
    Shape("nfp_", "VENDOR_KEY", Word, 20),
    Shape("ops_eyJ", "VENDOR_KEY", Dotted, 20),
    Shape("npm_", "VENDOR_KEY", Word, 30),
    Shape("pypi-", "VENDOR_KEY", Word, 30),
    Shape("sk_live_", "VENDOR_KEY", Word, 10),
    Shape("rk_live_", "VENDOR_KEY", Word, 10),
    Shape("sk_test_", "VENDOR_KEY", Word, 10),
    Shape("whsec_", "VENDOR_KEY", Base64, 16),
    Shape("SG.", "VENDOR_KEY", Dotted, 30),
    Shape("dop_v1_", "VENDOR_KEY", Word, 30),
    Shape("shpat_", "VENDOR_KEY", Word, 20),
    Shape("ntn_", "VENDOR_KEY", Word, 30),
    Shape("lin_api_", "VENDOR_KEY", Word, 20),
    Shape("csk-", "VENDOR_KEY", Word, 30),
    Shape("fw_", "VENDOR_KEY", Word, 20),
    Shape("tgp_v1_", "VENDOR_KEY", Word, 20),
    Shape("pcsk_", "VENDOR_KEY", Word, 20),
    Shape("tvly-", "VENDOR_KEY", Word, 16),
    Shape("sbp_", "VENDOR_KEY", Word, 20),
    Shape("hvs.", "VENDOR_KEY", Word, 20),
    Shape("AGE-SECRET-KEY-1", "PRIVATE_KEY", Upper, 30),
    // The reference that a WhatsApp pairing code shows.
    Shape("2@", "VENDOR_KEY", Base64, 30),
];

/// Without a digit, this much must follow a prefix: `sk-learn-pipeline` is a word, sixty letters are not.
const LONG_ENOUGH: usize = 30;

pub(super) fn scan(view: &mut View) {
    let mut at = 0;
    while at < view.len() {
        let end = match view.at(at) {
            b':' => telegram(view, at),
            b'-' => pem::block(view, at).or_else(|| pem::tail(view, at)),
            b'*' => masked(view, at),
            byte if byte.is_ascii_alphanumeric() && !view.before(at).is_ascii_alphanumeric() => {
                shape(view, at)
                    .or_else(|| bearer(view, at))
                    .or_else(|| pem::body(view, at))
                    .or_else(|| pem::block(view, at))
            }
            _ => None,
        };
        at = end.unwrap_or(at + 1);
    }
}

/// Takes the token of a known shape at `at`, and returns its end.
fn shape(view: &mut View, at: usize) -> Option<usize> {
    let rest = &view.bytes()[at..];
    // Most words differ from a prefix in the first byte, which is told sooner than a whole prefix is compared.
    let begins = |prefix: &[u8]| prefix.first() == rest.first() && rest.starts_with(prefix);
    let Shape(prefix, class, alphabet, least) =
        SHAPES.iter().find(|shape| begins(shape.0.as_bytes()))?;
    let start = at + prefix.len();
    let end = view.run(start, |byte| alphabet.has(byte) || byte == b'*');
    let end = view.run_back(end, end - start, |byte| b".:?&".contains(&byte));
    let body = &view.bytes()[start..end];
    let is_masked = body.windows(3).any(|three| three == b"***") || ellipsis(view, end);
    let is_token =
        body.len() >= *least && body.iter().any(u8::is_ascii_digit) || body.len() >= LONG_ENOUGH;
    if !is_token && !is_masked {
        return None;
    }
    let end = if is_masked { masked_end(view, end) } else { split_key::end(view, at, end) };
    view.take(at..end, class);
    Some(end)
}

/// Whether three dots at `at` stand for the hidden part of a key: `sk-ab...wxyz`.
fn ellipsis(view: &View, at: usize) -> bool {
    view.bytes()[at..].starts_with(b"...") && view.at(at + 3).is_ascii_alphanumeric()
}

fn masked_end(view: &View, end: usize) -> usize {
    let end = view.run(end, |byte| byte == b'.');
    let tail = view.run(end, |byte| Word.has(byte) || byte == b'*');
    if tail > end || view.before(end) != b'.' {
        tail
    } else {
        view.run_back(end, end, |byte| byte == b'.')
    }
}

/// `Bearer` and its like, with no header name before them.
fn bearer(view: &mut View, at: usize) -> Option<usize> {
    let scheme = ["bearer ", "basic ", "splunk ", "apikey "]
        .into_iter()
        .find(|scheme| view.has_word(at, scheme))?;
    let start = at + scheme.len();
    let end = view.run(start, |byte| Base64.has(byte) || matches!(byte, b'.' | b'~' | b'*'));
    let end = view.run_back(end, end - start, |byte| byte == b'.');
    let token = &view.bytes()[start..end];
    let digit = token.iter().any(u8::is_ascii_digit);
    let is_token = token.len() >= 12 && digit || token.len() >= LONG_ENOUGH;
    is_token.then(|| {
        view.take(start..end, "CREDENTIAL");
        end
    })
}

/// A bot's token: its number, a colon, 35 characters.
fn telegram(view: &mut View, at: usize) -> Option<usize> {
    let start = view.run_back(at, 12, |byte| byte.is_ascii_digit());
    let end = view.run(at + 1, |byte| Word.has(byte));
    let is_token = (8..=11).contains(&(at - start)) && (30..=200).contains(&(end - at - 1));
    is_token.then(|| {
        view.take(start..end, "VENDOR_KEY");
        end
    })
}

/// What a provider shows of a key that it hides: `****abcd`.
fn masked(view: &mut View, at: usize) -> Option<usize> {
    if !view.bytes()[at..].starts_with(b"***") {
        return None;
    }
    let stars = view.run(at, |byte| byte == b'*');
    let start = view.run_back(at, 64, |byte| Word.has(byte));
    let end = view.run(stars, |byte| Word.has(byte) || byte == b'*');
    let shown = (at - start)
        + view.bytes()[stars..end].iter().filter(|byte| byte.is_ascii_alphanumeric()).count();
    // `***bold***` is a word; a mask is longer, or shows a digit.
    let digit = view.bytes()[start..end].iter().any(u8::is_ascii_digit);
    if shown == 0 || !(stars - at >= 4 || digit) {
        return Some(end);
    }
    view.take(start..end, "MASKED_KEY");
    Some(end)
}
