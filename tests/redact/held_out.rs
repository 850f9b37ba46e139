//! A second set of formats, written before the rules were tuned, so that recall is not only measured on what the rules
//! were written for. Values are assembled here and belong to nobody.

use super::{Sample, leaks};

fn filler(length: usize) -> String {
    "qX7vB2mK9sLd4TzR8wYc1HnJ6gPf3".chars().cycle().take(length).collect()
}

fn hex(length: usize) -> String {
    "9f3a07c2e5b81d64".chars().cycle().take(length).collect()
}

fn digits(length: usize) -> String {
    "5550173942680".chars().cycle().take(length).collect()
}

fn held_out() -> Vec<Sample> {
    let sample = |id: &str, carrier: &str, secret: String| Sample {
        id: id.to_owned(),
        context: carrier.replace("{}", &secret),
        secret,
    };
    vec![
        sample("stripe", "charged with {}", format!("sk_{}_{}", "live", filler(24))),
        sample("sendgrid", "{}", format!("SG.{}.{}", filler(22), filler(43))),
        sample("twilio", "using {} now", format!("SK{}", hex(32))),
        sample("npm", "//registry.test/:_authToken={}", format!("npm_{}", filler(36))),
        sample("pypi", "{}", format!("pypi-AgEIc{}", filler(60))),
        sample("gitlab", "remote: {}", format!("glpat-{}", filler(20))),
        sample("digitalocean", "{}", format!("dop_v1_{}", hex(64))),
        sample("shopify", "{}", format!("shpat_{}", hex(32))),
        sample("mailgun", "{}", format!("key-{}", hex(32))),
        sample("notion", "{}", format!("ntn_{}", filler(46))),
        sample("linear", "{}", format!("lin_api_{}", filler(40))),
        sample("databricks", "{}", format!("dapi{}", hex(32))),
        sample("cerebras", "Wrong API Key {}", format!("csk-{}", "k4w8m2x9".repeat(6))),
        sample("fireworks", "{}", format!("fw_{}", filler(22))),
        sample("together", "{}", format!("tgp_v1_{}", filler(43))),
        sample("pinecone", "{}", format!("pcsk_{}_{}", filler(6), filler(63))),
        sample("tavily", "{}", format!("tvly-dev-{}", filler(32))),
        sample("supabase", "{}", format!("sbp_{}", hex(40))),
        sample("vault", "{}", format!("hvs.{}", filler(90))),
        sample(
            "age",
            "{}",
            format!(
                "AGE-SECRET-KEY-1{}",
                "QPZRY9X8GF2TVDW0".repeat(4).get(..58).unwrap_or_default()
            ),
        ),
        sample("github_fine_grained", "{}", format!("github_pat_{}_{}", filler(22), filler(59))),
        sample(
            "azure_storage",
            "DefaultEndpointsProtocol=https;AccountName=x;AccountKey={};EndpointSuffix=y",
            format!("{}+/{}==", filler(40), filler(44)),
        ),
        sample(
            "postgres_url",
            "could not connect to postgres://app:{}@db.internal:5432/x",
            "s3cr3t-hunter-two".to_owned(),
        ),
        sample("curl_header", "curl -H 'Authorization: Bearer {}' https://x.test", filler(32)),
        sample("har_header", "{\"name\":\"x-api-key\",\"value\":\"{}\"}", hex(32)),
        sample("cli_flag", "llm --api-key {} --model m", format!("abcd{}", digits(20))),
        sample(
            "password_with_spaces",
            "{\"password\": \"{}\"}",
            "correct horse battery staple".to_owned(),
        ),
        sample("signed_url", "https://b.s3.test/o?X-Amz-Signature={}&x=1", hex(64)),
        sample("phone_us", "call {} now", "(415) 555-0173".to_owned()),
        sample("phone_key", "\"phone\":\"{}\"", "02079460958".to_owned()),
        sample("mac_home", "at file:///Users/{}/dev/app.js:3:1", "janet.roe.longname".to_owned()),
        sample("card_dashes", "card {}", "5555-5555-5555-4444".to_owned()),
        sample("iban", "account {}", "GB82 WEST 1234 5698 7654 32".to_owned()),
        sample("unlabelled_hex", "key rejected: {}", hex(32)),
        sample("telegram_login", "wa.me link https://wa.me/{}", "15555550173".to_owned()),
        sample("elevenlabs", "xi-api-key: {}", format!("sk_{}", hex(48))),
        sample("csrf_cookie_line", "document.cookie = \"csrftoken={}\"", filler(32)),
        sample(
            "bearer_escaped",
            "{\\\"headers\\\":{\\\"Authorization\\\":\\\"Bearer {}\\\"}}",
            filler(24),
        ),
    ]
}

#[test]
fn held_out_formats_vanish_too() {
    let samples = held_out();
    let leaks = leaks(&samples);
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
}
