//! No secret of a log comes out, whatever field it stands in.

use serde_json::{Value, json};

use crate::command::{Folder, run};

/// Made up for this test, each of a kind that the redaction knows.
fn canaries() -> Vec<String> {
    let random = "Zq7Rk2Vx9Lm4Tn8Wp3Yc6Hd1Jf5Sg0Bb".repeat(2);
    vec![
        ["sk-", "proj-", &random[..48]].concat(),
        ["sk-ant-", "api03-", &random].concat(),
        ["ghp", "_", &random[..36]].concat(),
        "canary.person@example.test".to_owned(),
        ["AIza", &random[..35]].concat(),
    ]
}

/// Every string of the value with the secret in it, in turn and all at once.
fn spoiled(value: &Value, secret: &str) -> Vec<Value> {
    fn strings(value: &Value, path: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                map.iter().for_each(|(key, value)| strings(value, &format!("{path}/{key}"), found))
            }
            Value::String(_) => found.push(path.to_owned()),
            _ => {}
        }
    }
    let mut paths = Vec::new();
    strings(value, "", &mut paths);
    let mut all = value.clone();
    let mut lines: Vec<_> = paths
        .iter()
        .map(|path| {
            let mut one = value.clone();
            for value in [one.pointer_mut(path), all.pointer_mut(path)].into_iter().flatten() {
                let text = value.as_str().unwrap().to_owned();
                *value = format!("{text} {secret}").into();
            }
            one
        })
        .collect();
    // The field is nothing but the secret.
    lines.extend(paths.iter().map(|path| {
        let mut one = value.clone();
        *one.pointer_mut(path).unwrap() = secret.into();
        one
    }));
    lines.push(all);
    lines
}

#[test]
fn no_canary_leaves_the_logs() {
    let plain = json!({
        "time": "2026-11-28T10:00:00Z", "level": "error", "msg": "draft failed", "request_id": "abcd1234", "trace_id": "feed5678",
        "url": "https://api.openai.com/v1/chat/completions", "provider": "openai", "model": "gpt-4o", "cf_ray": "8a1b2c3d4e5f",
        "server.address": "api.openai.com", "authorization": "Bearer x",
        "err": { "type": "RateLimitError", "message": "Rate limit reached", "code": "rate_limit", "stack": "Error\n at x" },
        "response": { "body": "{\"error\":{\"message\":\"Rate limit reached\"}}", "headers": { "x-request-id": "req_1", "set-cookie": "a=b" } },
    });
    let folder = Folder::new();
    for secret in canaries() {
        let mut lines: Vec<String> =
            spoiled(&plain, &secret).iter().map(Value::to_string).collect();
        lines.extend([
            format!("2026-11-28 10:00:00,000 ERROR app: refused {secret}\nTraceback (most recent call last):\n  File \"{secret}\", line 1\nopenai.RateLimitError: Error code: 429 - {secret}"),
            format!("10.0.0.7 - {secret} [28/Nov/2026:10:00:00 +0000] \"POST /v1/x?key={secret} HTTP/1.1\" 502 1 \"https://x.example/{secret}\" \"{secret}\" request_id=abcd1234"),
            format!("2026/11/28 10:00:00 [error] 31#31: *5 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.7, request: \"POST /v1?key={secret} HTTP/1.1\", upstream: \"http://{secret}/v1\""),
            format!("<27>Nov 28 10:00:00 {secret} app[31]: ERROR status 503 {secret}"),
            format!("time=2026-11-28T10:00:00Z level=error msg=\"{secret}\" status=500 provider={secret} trace_id={secret}"),
        ]);
        let text = lines.join("\n");
        let har = json!({ "log": { "entries": [{ "startedDateTime": "2026-11-28T10:00:00Z", "time": 1,
            "request": { "method": "POST", "url": format!("https://u:{secret}@x.example/v1?key={secret}"), "headers": [{ "name": "x-request-id", "value": secret }] },
            "response": { "status": 500, "headers": [{ "name": "x", "value": secret }], "content": { "text": secret } } }] } });
        let files = [
            folder.file("app.log", text),
            folder.file("call.har", har.to_string()),
            folder.file(&format!("{secret}.log"), "status 503\n"),
        ];
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        for arguments in [
            &[][..],
            &["--json"],
            &["--incidents"],
            &["--json", "--incidents"],
            &["--post-mortem"],
            &["--request", "abcd1234"],
            &["--json", "--request", "abcd1234"],
            &["--request", &secret],
            &["--json", "--request", &secret],
        ] {
            let told = run(&[arguments, &files].concat(), b"");
            assert!(told.code == 1, "{arguments:?}: {}", told.err);
            let shown = &secret[secret.len() / 3..];
            for out in [&told.out, &told.err] {
                let line = out.lines().find(|line| line.contains(shown));
                assert_eq!(line, None, "{arguments:?}");
            }
        }
    }
}
