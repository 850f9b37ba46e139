//! What `--watch --listen` serves: `/metrics` for Prometheus, and `/-/healthy`.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

/// What is served to whoever scrapes.
pub(super) type Page = Arc<Mutex<String>>;

/// A request is no longer, in bytes.
const LONGEST: u64 = 8 * 1024;
/// Whoever asks has so long to say what, and to take the answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// The type of the numbers.
const NUMBERS: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Listens at an address and serves from then on. Gives the address, with the port that was taken.
pub(super) fn serve(address: SocketAddr, page: Page) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(address)?;
    let taken = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let page = page.clone();
            thread::spawn(move || {
                // Who hangs up before the answer wants none.
                let _gone = answer(&stream, &page);
            });
        }
    });
    Ok(taken)
}

fn answer(mut stream: &TcpStream, page: &Page) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.take(LONGEST));
    let mut asked = String::new();
    reader.read_line(&mut asked)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut words = asked.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = path.split('?').next().unwrap_or_default();
    let (status, kind, body) = match (method, path) {
        ("GET" | "HEAD", "/metrics") => {
            ("200 OK", NUMBERS, page.lock().unwrap_or_else(PoisonError::into_inner).clone())
        }
        ("GET" | "HEAD", "/-/healthy") => ("200 OK", "text/plain", "OK\n".to_owned()),
        ("GET" | "HEAD", _) => ("404 Not Found", "text/plain", "Not found\n".to_owned()),
        _ => ("405 Method Not Allowed", "text/plain", "Only GET\n".to_owned()),
    };
    let length = body.len();
    let body = if method == "HEAD" { "" } else { &body };
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )?;
    stream.flush()
}
