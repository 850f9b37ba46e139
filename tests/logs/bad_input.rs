//! Logs as they are after crashes, on disks that are full, out of other systems.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};

use crate::command::{Folder, causes, notes, report, run};

const FAILED: &str =
    "2026-11-28T10:00:00Z ERROR openai.RateLimitError: Error code: 429 - Rate limit reached\n";

fn limited(count: u64) -> Vec<(String, u64)> {
    vec![("rate_limited".to_owned(), count)]
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(text).unwrap();
    out.finish().unwrap()
}

#[test]
fn half_a_line_is_said() {
    let told = report(format!("{FAILED}{{\"time\":\"2026-11-28T10:00:01Z\",\"lev"));
    assert_eq!(causes(&told), limited(1));
    assert!(notes(&told).contains("the last line has no end"), "{told}");
    assert!(!notes(&report(FAILED)).contains("no end"));
}

/// What rsyslog made of two entries of Python: the space of its older format, and line ends as numbers.
#[test]
fn syslog_escapes_are_undone() {
    let entry = |host: &str, error: &str| {
        format!(
            "<11>1 2026-11-29T23:15:26.275034+00:00 {host} assistant - - -  ERROR asking failed#012Traceback (most recent call last):#012  File \"/app/openai/_base_client.py\", line 500, in request#012    raise self._make_status_error_from_response(err.response) from None#012openai.{error}\n"
        )
    };
    let text = entry("vm-1", "PermissionDeniedError: Error code: 403")
        + &entry("vm-2", "RateLimitError: Error code: 429");
    let mut counted = causes(&report(&text));
    counted.sort();
    assert_eq!(counted, [("access_denied".to_owned(), 1), ("rate_limited".to_owned(), 1)]);
    let older = text.replace("<11>1 2026-11-29T23:15:26.275034+00:00", "Nov 29 23:15:26");
    let mut counted = causes(&report(older.replace(" - - - ", ":")));
    counted.sort();
    assert_eq!(counted, [("access_denied".to_owned(), 1), ("rate_limited".to_owned(), 1)]);
}

#[test]
fn clients_that_leave_fail_nothing() {
    let line = |said: &str| {
        format!(
            "2026/11/29 23:15:23 [error] 9530#9530: *140 {said}, client: 10.0.0.7, server: , request: \"POST /v1/chat/completions HTTP/1.1\", upstream: \"http://10.0.0.9/v1/chat/completions\", host: \"ai.example\"\n"
        )
    };
    let upstream = line("readv() failed (104: Connection reset by peer) while reading upstream");
    assert_eq!(causes(&report(&upstream)), [("bad_gateway".to_owned(), 1)]);
    let client = line("client timed out (110: Connection timed out) while sending to client");
    assert!(!causes(&report(&client)).iter().any(|(cause, _)| cause == "gateway_timeout"));
}

#[test]
fn nul_bytes_are_left_out() {
    let wide: Vec<u8> = FAILED.bytes().flat_map(|byte| [byte, 0]).collect();
    for input in
        [FAILED.replace("Rate", "\0Ra\0te").into_bytes(), [&b"\xff\xfe"[..], &wide].concat()]
    {
        let told = report(input);
        assert_eq!(causes(&told), limited(1));
        assert!(notes(&told).contains("NUL byte"), "{told}");
    }
}

#[test]
fn mark_and_line_ends_are_dropped() {
    let line = r#"{"time":"2026-11-28T10:00:00Z","level":"error","msg":"Rate limit reached","status":429}"#;
    let told = report(format!("\u{feff}{line}\r\n{line}\r\n\r\n"));
    assert_eq!(causes(&told), limited(2));
    assert_eq!(told["causes"][0]["first_ms"], 1_795_860_000_000_u64);
    assert_eq!(notes(&told), "");
}

/// What comes after the first megabyte is passed over, and the next line is read.
#[test]
fn long_line_is_cut_and_counted() {
    let long = format!("{}{}\n", FAILED.trim_end(), "x".repeat(50 << 20));
    let told = report(format!("{long}{FAILED}"));
    assert_eq!((causes(&told), told["lines"].as_u64()), (limited(2), Some(2)));
    assert!(notes(&told).contains("1 line longer than 1 MB"), "{told}");
}

#[test]
fn gzip_is_told_by_its_bytes() {
    let parts = [gzip(FAILED.as_bytes()), gzip(FAILED.as_bytes())].concat();
    assert_eq!(causes(&report(parts)), limited(2));
}

#[test]
fn short_gzip_counts_what_came() {
    let text: String =
        (0..20_000).map(|at| FAILED.replace("10:00:00Z", &format!("10:00:00.{at:05}Z"))).collect();
    let whole = gzip(text.as_bytes());
    let told = run(&["--json", "-"], &whole[..whole.len() / 2]);
    let report = told.json();
    let count = report["failing"].as_u64().unwrap();
    assert!((5_000..15_000).contains(&count), "{count}");
    assert_eq!((told.code, causes(&report)), (2, limited(count)));
    assert!(notes(&report).contains("read up to line"), "{}", notes(&report));
}

#[test]
fn two_time_zones_meet_in_one() {
    let told = report(format!("{FAILED}{}", FAILED.replace("10:00:00Z", "12:00:00+02:00")));
    let cause = &told["causes"][0];
    assert_eq!((&cause["first_ms"], &cause["count"]), (&cause["last_ms"], &2.into()));
    assert_eq!(notes(&told), "");
}

#[test]
fn missing_zone_is_said_aloud() {
    let line = FAILED.replace("T10:00:00Z", " 10:00:00,000");
    let first = |arguments: &[&str]| {
        let told = run(&[arguments, &["--json", "-"]].concat(), line.as_bytes()).json();
        (told["causes"][0]["first_ms"].as_u64().unwrap(), notes(&told))
    };
    let (utc, said) = first(&[]);
    assert!(said.contains("1 time without a time zone, read as UTC; --tz"), "{said}");
    let (berlin, said) = first(&["--tz", "Europe/Berlin"]);
    assert!(said.contains("read as Europe/Berlin"), "{said}");
    assert_eq!((utc, utc - berlin), (1_795_860_000_000, 3_600_000));
    assert_eq!(run(&["--tz", "Middle/Earth", "-"], b"").code, 2);
}

#[test]
fn time_that_goes_back_is_told() {
    let told = report([FAILED, &FAILED.replace("10:00", "09:58"), FAILED].concat());
    assert!(notes(&told).contains("goes back 1 time, by 120 s at most"), "{}", notes(&told));
    assert_eq!(causes(&told), limited(3));
}

#[test]
fn differing_clocks_are_told() {
    let folder = Folder::new();
    let lines = |minute: u32| -> String {
        (0..5)
            .map(|at| {
                FAILED
                    .replace("10:00:00Z", &format!("10:{minute:02}:{at:02}Z"))
                    .replace("ERROR", &format!("ERROR trace_id=abcdef{at}"))
            })
            .collect()
    };
    let files = [folder.file("app.log", lines(0)), folder.file("gateway.log", lines(5))];
    let told = run(&["--json", &files[0], &files[1]], b"").json();
    let said = notes(&told);
    assert!(
        said.contains("gateway.log is about 300 s ahead of that of")
            && said.contains("median of 5"),
        "{said}"
    );
}

#[test]
fn big_har_is_refused_clearly() {
    let har = format!(r#"{{"log":{{"entries":[],"comment":"{}"}}}}"#, "x".repeat(49 << 20));
    let told = run(&["-"], har.as_bytes());
    assert_eq!(told.code, 2);
    assert!(told.out.contains("a HAR file of more than 48 MB"), "{}", told.out);
}

#[test]
fn unreadable_file_leaves_the_others() {
    let folder = Folder::new();
    let file = folder.file("app.log", FAILED);
    let told = run(&["--json", "/no/such/file", &file, "/tmp"], b"");
    assert_eq!((told.code, causes(&told.json())), (2, limited(1)));
    let said = notes(&told.json());
    assert!(
        said.contains("/no/such/file: cannot be read") && said.contains("/tmp: cannot be read"),
        "{said}"
    );
}
