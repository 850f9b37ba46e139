//! The pages and the life of the process.

use std::fs;

use serde_json::json;

use crate::client::Lab;

#[test]
fn pages_keep_to_the_strict_policy() {
    let lab = Lab::start();
    for path in ["/messenger", "/messenger?box=textarea", "/panel", "/plain", "/portal"] {
        let answer = lab.get(path);
        assert_eq!(answer.status(), 200, "{path}");
        let policy = answer.header("content-security-policy").unwrap();
        let rules = [
            "default-src 'none'",
            "script-src 'self';",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ];
        for rule in rules {
            assert!(policy.contains(rule), "{path}: {rule}");
        }
        let body = answer.body();
        assert!(!body.contains(" style=") && !body.contains("<style"), "{path} has inline style");
        assert!(!body.contains("https://"), "{path} loads from elsewhere");
    }
}

#[test]
fn every_named_page_part_is_served() {
    let lab = Lab::start();
    for path in ["/base.css", "/messenger.css", "/messenger.js", "/panel.css", "/panel.js"] {
        let answer = lab.get(path);
        assert_eq!(answer.status(), 200, "{path}");
        assert!(!answer.body().is_empty(), "{path}");
    }
    assert_eq!(lab.get("/messenger.wasm").status(), 404);
}

#[test]
fn folder_pages_are_reread_each_time() {
    let folder = std::env::temp_dir().join(format!("unstuck-lab-pages-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let lab = Lab::start_with(&["--pages".as_ref(), folder.as_os_str()]);
    assert_eq!(lab.get("/plain").status(), 404);
    for text in ["first", "second"] {
        fs::write(folder.join("plain.html"), text).unwrap();
        let answer = lab.get("/plain");
        assert_eq!(answer.body(), text);
        assert!(answer.header("content-security-policy").is_some());
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn sent_messages_are_kept_in_order() {
    let lab = Lab::start();
    for text in ["one", "two"] {
        assert_eq!(lab.post("/lab/sent", &json!({"to": "Mara Lind", "text": text})).status(), 201);
    }
    let sent = lab.get("/lab/sent").json();
    assert_eq!(
        (&sent["sent"][0]["text"], &sent["sent"][1]["text"]),
        (&json!("one"), &json!("two"))
    );
}

#[test]
fn lab_ends_with_its_input() {
    let lab = Lab::start();
    assert_eq!(lab.get("/lab/health").status(), 200);
    assert!(lab.ends_with_its_input());
}
