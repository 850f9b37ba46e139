//! Starts a lab and speaks to it byte by byte, so that nothing hides what is on the wire.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Long enough for any script of the lab, short enough to wait out a silence.
const PATIENCE: Duration = Duration::from_millis(1500);

/// One running lab; it ends with this value.
pub(crate) struct Lab {
    child: Child,
    /// The line it printed when ready.
    pub(crate) ready: Value,
}

/// How a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Closed,
    Reset,
    Silent,
}

/// Everything that came back on one connection.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) bytes: Vec<u8>,
    pub(crate) end: End,
    pub(crate) took: Duration,
}

impl Lab {
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    pub(crate) fn start_with(options: &[&OsStr]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_unstuck-lab"))
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, ready: serde_json::from_str(&line).unwrap() }
    }

    pub(crate) fn port(&self, name: &str) -> u16 {
        self.ready[name].as_u64().and_then(|port| port.try_into().ok()).unwrap()
    }

    /// Asks for a draft, streamed, with the good key.
    pub(crate) fn ask(&self) -> Answer {
        self.ask_at("/v1/chat/completions")
    }

    /// The same question, spoiled by a fault that the address names.
    pub(crate) fn ask_with_fault(&self, name: &str) -> Answer {
        self.ask_at(&format!("/fault/{name}/v1/chat/completions"))
    }

    pub(crate) fn ask_at(&self, path: &str) -> Answer {
        let body = json!({
            "model": "lab-small", "stream": true, "stream_options": {"include_usage": true},
            "messages": [{"role": "user", "content": "Shall we meet?"}],
        });
        self.request("POST", path, "authorization: Bearer lab-key\r\n", &body.to_string())
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.request("GET", path, "", "")
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.request("POST", path, "content-type: application/json\r\n", &body.to_string())
    }

    pub(crate) fn log(&self) -> Vec<Value> {
        self.get("/lab/log").json()["calls"].as_array().unwrap().clone()
    }

    pub(crate) fn request(&self, method: &str, path: &str, headers: &str, body: &str) -> Answer {
        self.request_bytes(method, path, headers, body.as_bytes())
    }

    pub(crate) fn request_bytes(
        &self,
        method: &str,
        path: &str,
        headers: &str,
        body: &[u8],
    ) -> Answer {
        let length = body.len();
        let text = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n{headers}\
             content-length: {length}\r\n\r\n"
        );
        exchange(self.port("http"), &[text.as_bytes(), body].concat())
    }

    /// Closes the lab's input and says whether it ended well within five seconds.
    pub(crate) fn ends_with_its_input(mut self) -> bool {
        drop(self.child.stdin.take());
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(5) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        // It may have ended already; both calls only make sure of that.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn status(&self) -> u16 {
        let text = self.text();
        text.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0)
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let text = self.text();
        let head = text.split("\r\n\r\n").next()?;
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then(|| value.to_owned())
        })
    }

    pub(crate) fn body(&self) -> String {
        self.text().split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body()).unwrap()
    }
}

/// Sends bytes and reads until the connection ends or falls silent.
pub(crate) fn exchange(port: u16, request: &[u8]) -> Answer {
    let start = Instant::now();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    // A reset may overtake the request; the read that follows tells.
    let _overtaken = stream.write_all(request);
    let mut bytes = Vec::new();
    let end = match stream.read_to_end(&mut bytes) {
        Ok(_) => End::Closed,
        Err(error) if error.kind() == ErrorKind::ConnectionReset => End::Reset,
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            End::Silent
        }
        Err(error) => panic!("{error}"),
    };
    Answer { bytes, end, took: start.elapsed() }
}
