//! What each fault of the lab looks like to a program that calls it.

use std::{
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

/// Longer than any pause of the lab that is not a fault, shorter than every silence that is one.
const PATIENCE: Duration = Duration::from_secs(2);
/// So much of an answer a program logs.
const MOST: usize = 64 << 10;

/// How the connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Closed,
    Reset,
    Silent,
    /// The program had seen enough.
    Left,
}

/// What a program saw of one fault.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) name: String,
    pub(crate) cause: String,
    /// 0 when no answer came.
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) end: End,
    /// Bytes that are no HTTP.
    pub(crate) junk: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the answer came to its end as HTTP has it.
    pub(crate) fn is_whole(&self) -> bool {
        let length = self.header("content-length").and_then(|length| length.parse::<usize>().ok());
        match length {
            Some(length) => self.body.len() >= length.min(MOST),
            None => self.end == End::Closed || self.end == End::Left,
        }
    }
}

struct Lab(Child);

impl Drop for Lab {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Asks the lab once for each of its faults.
pub(crate) fn all() -> Vec<Seen> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "unstuck-lab"])
        .current_dir(&root)
        .status()
        .unwrap();
    assert!(built.success());
    let program = Path::new(env!("CARGO_BIN_EXE_unstuck")).with_file_name("unstuck-lab");
    let mut lab =
        Lab(Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(lab.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let port = u16::try_from(ready["http"].as_u64().unwrap()).unwrap();
    let list = exchange(port, "GET", "/lab/faults", "");
    let list: Value = serde_json::from_str(&list.body).unwrap();
    let faults = list["faults"].as_array().unwrap().clone();
    let ask = json!({ "model": "lab-small", "stream": true, "messages": [{ "role": "user", "content": "Shall we meet?" }] }).to_string();
    let one = |fault: &Value| {
        let name = fault["name"].as_str().unwrap();
        let seen = exchange(port, "POST", &format!("/fault/{name}/v1/chat/completions"), &ask);
        let cause = fault["cause"].as_str().unwrap().to_owned();
        Seen { name: name.to_owned(), cause, ..seen }
    };
    // The lab takes its time over many of them; each call is on its own.
    thread::scope(|scope| {
        let asked: Vec<_> = faults
            .chunks(8)
            .map(|part| scope.spawn(|| part.iter().map(one).collect::<Vec<_>>()))
            .collect();
        asked.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

fn exchange(port: u16, method: &str, path: &str, body: &str) -> Seen {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\nauthorization: Bearer lab-key\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let (mut bytes, mut part) = (Vec::new(), [0; 16 << 10]);
    let end = loop {
        match stream.read(&mut part) {
            Ok(0) => break End::Closed,
            Ok(read) => bytes.extend_from_slice(&part[..read]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                break End::Silent;
            }
            Err(_) => break End::Reset,
        }
        if bytes.len() > 8 * MOST {
            break End::Left;
        }
    };
    seen(&bytes, end)
}

fn seen(bytes: &[u8], end: End) -> Seen {
    let nothing = Seen {
        name: String::new(),
        cause: String::new(),
        status: 0,
        headers: Vec::new(),
        body: String::new(),
        end,
        junk: String::new(),
    };
    let split = bytes.windows(4).position(|window| window == b"\r\n\r\n");
    let (Some(at), true) = (split, bytes.starts_with(b"HTTP/1.")) else {
        return Seen { junk: String::from_utf8_lossy(bytes).into_owned(), ..nothing };
    };
    let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let chunked =
        headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let raw = &bytes[at + 4..];
    let mut body = if chunked { unchunked(raw) } else { raw.to_vec() };
    body.truncate(MOST);
    Seen { status, headers, body: String::from_utf8_lossy(&body).into_owned(), ..nothing }
}

fn unchunked(mut raw: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = raw.windows(2).position(|window| window == b"\r\n") {
        let size = std::str::from_utf8(&raw[..end])
            .ok()
            .and_then(|size| usize::from_str_radix(size, 16).ok());
        let Some(size) = size.filter(|size| *size > 0) else { break };
        let data = &raw[end + 2..];
        body.extend_from_slice(&data[..size.min(data.len())]);
        raw = data.get(size + 2..).unwrap_or_default();
    }
    body
}
