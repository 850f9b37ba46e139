//! The house rules that a machine can check.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, helpers included")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Longest source file, in lines; a longer one does more than one thing.
const LINES: usize = 400;

/// Longest name of a test, in words; what needs more is told in the line above the test.
const WORDS: usize = 6;

/// Where the workspace is: two folders above the command.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has no .{ending}");
    found
}

#[test]
fn only_src_wasm_knows_the_browser() {
    for path in files("src", "rs") {
        let inside = path.components().any(|part| part.as_os_str() == "wasm");
        let text = fs::read_to_string(&path).unwrap();
        for name in ["wasm_bindgen", "JsValue", "web_sys", "js_sys", "gloo"] {
            assert!(inside || !text.contains(name), "{} names {name}", path.display());
        }
    }
}

#[test]
fn files_are_short_and_introduced() {
    for folder in ["src", "tests"] {
        for path in files(folder, "rs") {
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.starts_with("//! "), "{} does not begin with //!", path.display());
            let lines = text.lines().count();
            assert!(lines <= LINES, "{} has {lines} lines", path.display());
        }
    }
}

/// The names of the tests in a Rust source, those of properties included.
fn rust_tests(source: &str) -> Vec<String> {
    let mut lines = source.lines().map(str::trim);
    let mut names = Vec::new();
    while lines.any(|line| line == "#[test]") {
        let function = lines.find_map(|line| line.split_once("fn ")).unwrap().1;
        names.push(function.split('(').next().unwrap().replace('_', " "));
    }
    names
}

/// The names of the tests in a script; each computed part of a name counts as one word.
fn script_tests(source: &str) -> Vec<String> {
    let calls = ["test(", "describe("].into_iter().flat_map(|call| source.split(call).skip(1));
    calls
        .filter_map(|rest| {
            let quote = rest.chars().next().filter(|first| "'\"`".contains(*first))?;
            let name = rest[1..].split(quote).next()?;
            let mut parts = name.split("${");
            let mut plain = parts.next()?.to_owned();
            for part in parts {
                plain.push('_');
                plain.push_str(part.split_once('}')?.1);
            }
            Some(plain)
        })
        .collect()
}

#[test]
fn test_names_have_few_words() {
    let mut counts = [0; 2];
    let paths = [files("src", "rs"), files("tests", "rs"), files("tests", "mjs")].concat();
    for path in paths {
        let source = fs::read_to_string(&path).unwrap();
        let is_script = path.extension().is_some_and(|extension| extension == "mjs");
        let names = if is_script { script_tests(&source) } else { rust_tests(&source) };
        counts[usize::from(is_script)] += names.len();
        for name in names {
            let words = name.split_whitespace().count();
            assert!(words <= WORDS, "{}: “{name}” has {words} words", path.display());
        }
    }
    assert!(counts[0] > 600 && counts[1] > 200, "{counts:?}");
}

/// The paths of the repository that a text names in backticks.
fn named_paths(text: &str) -> impl Iterator<Item = &str> {
    const FOLDERS: [&str; 6] = ["src/", "tests/", "extension/", "build/", "docs/", "www/"];
    let is_path = |name: &&str| {
        FOLDERS.iter().any(|folder| name.starts_with(folder))
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-./".contains(&byte))
    };
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).filter(is_path)
}

#[test]
fn named_paths_exist() {
    let root = root();
    let documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"];
    let mut texts: Vec<_> = documents.iter().map(|name| root.join(name)).collect();
    texts.extend(files("docs", "md"));
    texts.extend(files("src", "rs"));
    let mut count = 0;
    for path in texts {
        for named in named_paths(&fs::read_to_string(&path).unwrap()) {
            assert!(root.join(named).exists(), "{} names {named}", path.display());
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}

#[test]
fn scripts_paint_text_and_never_markup() {
    for path in files("extension", "js") {
        let text = fs::read_to_string(&path).unwrap();
        for name in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ] {
            assert!(!text.contains(name), "{} uses {name}", path.display());
        }
    }
}

#[test]
fn every_permission_has_its_sentence() {
    let root = root();
    let manifest = fs::read_to_string(root.join("extension/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let sentences = fs::read_to_string(root.join("docs/permissions.md")).unwrap();
    let asked =
        ["permissions", "optional_permissions", "host_permissions", "optional_host_permissions"];
    let asked: Vec<&str> = asked
        .iter()
        .filter_map(|key| manifest[key].as_array())
        .flatten()
        .filter_map(serde_json::Value::as_str)
        .collect();
    for permission in &asked {
        assert!(sentences.contains(&format!("`{permission}`")), "{permission} has no sentence");
    }
    let told = sentences.split('`').skip(1).step_by(2).filter(|name| !asked.contains(name));
    assert_eq!(told.count(), 0, "docs/permissions.md tells of a permission that is not asked for");
    let only_the_card = serde_json::json!([{
        "resources": ["card.html"],
        "matches": ["https://*/*", "http://*/*"],
        "use_dynamic_url": true
    }]);
    assert_eq!(manifest["web_accessible_resources"], only_the_card);
}

/// The public names at the root of a library that an outsider sees: what only the workspace shares does not count.
fn public_names(library: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(library)).unwrap();
    let shared = "#[cfg(feature = \"workspace\")]\npub ";
    let outside = text.replace(shared, "");
    let items = outside.split('\n').collect::<Vec<_>>().join(" ");
    let mut names = Vec::new();
    for exported in items.split(" pub use ").skip(1) {
        let (path, _) = exported.split_once(';').unwrap();
        let list = path.rsplit("::").next().unwrap();
        names.extend(list.split([',', '{', '}']).map(str::trim).map(String::from));
    }
    for line in outside.lines() {
        let words: Vec<_> = line.split([' ', '(', '<', ';', ':']).collect();
        if let ["pub", "fn" | "struct" | "enum" | "trait" | "mod" | "const" | "type", name, ..] =
            words[..]
        {
            names.push(name.to_owned());
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn libraries_keep_their_public_names_few() {
    for (library, known, most) in [("diagnose", "classify", 25), ("redact", "redact", 8)] {
        let names = public_names(&format!("src/{library}/lib.rs"));
        assert!(names.iter().any(|name| name == known), "{names:?}");
        assert!(!names.iter().any(|name| name == "*"), "a glob hides its names");
        assert!(names.len() <= most, "{library} gives out {}: {names:?}", names.len());
    }
}
