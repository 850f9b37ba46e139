//! Finds files that need each other: such files cannot be read, tested or moved one at a time.
//!
//! A file needs another when it names something that stands there. A parent that only gives on what stands in its children does
//! not need them. Methods are not seen: they have no path.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, helpers included")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const CRATES: [&str; 8] =
    ["diagnose", "redact", "source", "health", "engine", "app", "wasm", "cli"];

/// A module by the names on the way to it; none for the root of its crate.
type Module = Vec<String>;

/// The modules of a crate, each with its code, tests left out.
type Crate = BTreeMap<Module, String>;

/// What each module imports, by the name that it has there.
type Imports = BTreeMap<Module, BTreeMap<String, Module>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(name: &str) -> Crate {
    let folder = root().join("src").join(name);
    let mut modules = Crate::new();
    let mut folders = vec![folder.clone()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let way = path.strip_prefix(&folder).unwrap().with_extension("");
                let way = way.iter().map(|part| part.to_str().unwrap().to_owned());
                let module: Module = way.filter(|part| part != "lib" && part != "main").collect();
                if !module.contains(&"tests".to_owned()) {
                    modules.insert(module, code(&fs::read_to_string(path).unwrap()));
                }
            }
        }
    }
    modules
}

/// A file without its comments and tests, and as if it had no modules within.
fn code(text: &str) -> String {
    let mut code = String::new();
    // The line at which what is left out or stands in a module within ends, and whether it is left out.
    let (mut inner, mut of_test): (Option<(String, bool)>, bool) = (None, false);
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or_default();
        let line = &line.replace("pub(in crate::", "(");
        let is_module = line.trim_start().starts_with("mod ") && line.ends_with('{');
        if let Some((end, left_out)) = &inner {
            if !left_out {
                let up = line.replace("super::super::", "\0").replace("super::", "self::");
                code.extend([&up.replace('\0', "super::"), "\n"]);
            }
            if line == end {
                inner = None;
            }
        } else if is_module || of_test && !line.ends_with(';') {
            let end = [&line[..line.len() - line.trim_start().len()], "}"].concat();
            inner = Some((end, of_test));
        } else if !of_test {
            code.extend([line, "\n"]);
        }
        of_test = line.trim() == "#[cfg(test)]";
    }
    code
}

/// Every path of a tree as `use` has it.
fn paths(tree: &str) -> Vec<String> {
    let Some((before, list)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap_or_default().trim().to_owned()];
    };
    let list = list.rsplit_once('}').unwrap().0;
    let (mut found, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, byte) in list.bytes().chain([b',']).enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b',' if depth == 0 => {
                found.extend(paths(&list[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.retain(|path: &String| !path.is_empty());
    found.iter().map(|path| [before.trim(), path].concat()).collect()
}

/// The path from the root of the crate; `None` where it leads out of it.
fn whole(modules: &Crate, module: &Module, path: &str) -> Option<Module> {
    let mut parts = path.split("::").peekable();
    let mut way = module.clone();
    match parts.next()? {
        "crate" => way.clear(),
        "self" => {}
        "super" => {
            way.pop();
            while parts.next_if_eq(&"super").is_some() {
                way.pop();
            }
        }
        child => {
            way.push(child.to_owned());
            modules.get(&way)?;
        }
    }
    way.extend(parts.map(str::to_owned));
    way.pop_if(|last| last == "self");
    Some(way)
}

/// The module in which something stands, after all the imports that give it on.
fn home(modules: &Crate, imports: &Imports, path: &[String]) -> Module {
    let depth = (0..=path.len()).rev().find(|&end| modules.contains_key(&path[..end])).unwrap();
    let (module, rest) = path.split_at(depth);
    let given_on = rest.first().and_then(|name| imports.get(module)?.get(name));
    match given_on.filter(|from| *from != path) {
        Some(from) => home(modules, imports, &[from, &rest[1..]].concat()),
        None => module.to_vec(),
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b':'
}

/// Which modules each one needs. What it only gives on, it does not need.
fn needs(modules: &Crate) -> BTreeMap<Module, BTreeSet<Module>> {
    let (mut imports, mut named) = (Imports::new(), Vec::new());
    for (module, code) in modules {
        let mut rest = code.as_str();
        let mut plain = String::new();
        while let Some(at) = rest.find("use ") {
            let (before, after) = rest.split_at(at);
            plain.push_str(before);
            let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
            let is_import = line.is_empty() || line.starts_with("pub") && !line.contains(';');
            let end = if is_import { after.find(';').unwrap() } else { 4 };
            rest = &after[end..];
            for path in is_import.then(|| paths(&after[4..end])).into_iter().flatten() {
                let Some(way) = whole(modules, module, &path) else { continue };
                let names = imports.entry(module.clone()).or_default();
                names.insert(way.last().cloned().unwrap_or_default(), way.clone());
                if line.is_empty() {
                    named.push((module, way));
                }
            }
        }
        plain.push_str(rest);
        for word in plain.split(|letter: char| !letter.is_ascii() || !is_word(letter as u8)) {
            if word.contains("::") && !word.starts_with("::") {
                named.extend(whole(modules, module, word).map(|way| (module, way)));
            }
        }
    }
    let mut needs: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (module, way) in named {
        needs.entry(module.clone()).or_default().insert(home(modules, &imports, &way));
    }
    needs
}

fn reach(needs: &BTreeMap<Module, BTreeSet<Module>>, from: &Module) -> BTreeSet<Module> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(module) = open.pop() {
        for next in needs.get(module).into_iter().flatten().filter(|next| *next != module) {
            if seen.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    seen
}

fn file(name: &str, module: &Module) -> String {
    let place = module.join("/");
    let root = if name == "cli" { "main" } else { "lib" };
    format!("src/{name}/{}.rs", if place.is_empty() { root } else { &place })
}

/// What closes a circle: each file with another that it needs and that needs it, if by detours.
fn circles(name: &str, modules: &Crate) -> Vec<String> {
    let needs = needs(modules);
    let reached: BTreeMap<_, _> = modules.keys().map(|one| (one, reach(&needs, one))).collect();
    let pairs = needs.iter().flat_map(|(one, nexts)| nexts.iter().map(move |next| (one, next)));
    pairs
        .filter(|(one, next)| one != next && reached[next].contains(*one))
        .map(|(one, next)| [file(name, one), file(name, next)].join(" needs "))
        .collect()
}

#[test]
fn files_do_not_need_each_other() {
    let found: Vec<_> = CRATES.iter().flat_map(|name| circles(name, &read(name))).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn circle_is_found_through_imports() {
    let modules = |files: [(&str, &str); 3]| -> Crate {
        let module = |way: &str| way.split_terminator("::").map(str::to_owned).collect();
        files.map(|(way, text)| (module(way), code(text))).into()
    };
    let given_on = "mod a;\nmod b;\npub use b::{B, self};\npub use a::A;\n";
    let ring = modules([
        ("", given_on),
        ("a", "use super::{\n    B,\n};\nstruct A(B);\n"),
        ("b", "fn f() -> crate::A {}\n"),
    ]);
    assert_eq!(circles("x", &ring), ["src/x/a.rs needs src/x/b.rs", "src/x/b.rs needs src/x/a.rs"]);
    let tested = "struct B; // crate::A\n#[cfg(test)]\nmod tests {\n    use crate::A;\n}\n";
    let line = modules([("", given_on), ("a", "use crate::B;\n"), ("b", tested)]);
    assert!(circles("x", &line).is_empty());
}
