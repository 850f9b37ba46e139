//! The lab as a program of its own, and the command against it.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// A run of the lab. It ends with the test.
pub(crate) struct Lab {
    child: Child,
    ports: Value,
    folder: PathBuf,
}

impl Lab {
    pub(crate) fn start() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let beside = Path::new(env!("CARGO_BIN_EXE_unstuck")).with_file_name("unstuck-lab");
        let program = std::env::var_os("UNSTUCK_LAB").map_or(beside, PathBuf::from);
        let mut child = Command::new(&program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("{}: {error}; cargo build -p unstuck-lab", program.display())
            });
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("probe-{}-{number}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).unwrap();
        Self { child, ports: serde_json::from_str(&line).unwrap(), folder }
    }

    pub(crate) fn port(&self, name: &str) -> u64 {
        self.ports[name].as_u64().unwrap()
    }

    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port("http"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a file of settings and gives its path.
    pub(crate) fn config(&self, text: &str) -> String {
        let path = self.path("unstuck.toml");
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The settings of one probe of the lab; `more` are further lines of it.
    pub(crate) fn probe(&self, path: &str, more: &str) -> String {
        let url = format!("{}{path}", self.base());
        probe("lab", &url, more)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> String {
        let body = body.to_string();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: lab\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        exchange(self.port("http"), &head)
    }

    pub(crate) fn get(&self, path: &str) -> String {
        get(self.port("http"), path)
    }

    /// Makes the lab fail until it is told otherwise.
    pub(crate) fn fail(&self, fault: &str) {
        self.post("/lab/fault", &json!({"name": fault, "times": -1}));
    }

    pub(crate) fn heal(&self) {
        self.post("/lab/fault", &json!({"name": "healthy"}));
    }

    /// What a receiver of alerts was sent, oldest first.
    pub(crate) fn received(&self, kind: &str) -> Vec<Value> {
        let answer = self.get(&format!("/sinks/{kind}/received"));
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        let body = &body[body.find('{').unwrap()..=body.rfind('}').unwrap()];
        let memory: Value = serde_json::from_str(body).unwrap();
        memory["received"].as_array().cloned().unwrap_or_default()
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ended = self.child.wait();
        let _removed = fs::remove_dir_all(&self.folder);
    }
}

pub(crate) fn probe(name: &str, url: &str, more: &str) -> String {
    format!(
        "[[probe]]\nname = \"{name}\"\nsource = \"openrouter\"\nbase_url = \"{url}\"\nmodel = \"lab-small\"\n\
         key = \"env:LAB_KEY\"\ntimeout = \"2s\"\n{more}\n"
    )
}

/// The command, with what the settings of the tests name in its environment.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unstuck"));
    command
        .arg("probe")
        .args(arguments)
        .env("LAB_KEY", "lab-key")
        .env("PAGER_KEY", "0123456789abcdef0123456789abcdef")
        .env_remove("HTTP_PROXY")
        .env_remove("http_proxy");
    command
}

pub(crate) fn once(config: &str, more: &[&str]) -> Output {
    command(&["--once", "--config", config]).args(more).output().unwrap()
}

pub(crate) fn told(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub(crate) fn get(port: u64, path: &str) -> String {
    exchange(port, &format!("GET {path} HTTP/1.1\r\nhost: lab\r\nconnection: close\r\n\r\n"))
}

fn exchange(port: u64, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", u16::try_from(port).unwrap())).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Waits until something holds, at most twenty seconds.
pub(crate) fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(20), "{what}");
        thread::sleep(Duration::from_millis(50));
    }
}
