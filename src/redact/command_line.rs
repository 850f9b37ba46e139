//! Finds secrets on command lines: what a tool takes after a flag or in a place of its own.

use std::ops::Range;

use super::field::{self, has_substance};
use super::view::{View, is_quote};

/// Where a tool takes a secret.
enum Place {
    /// After the flag, apart or joined to it: `-p secret`, `-psecret`.
    After(&'static str),
    /// Only joined to the flag: `-psecret`. Apart, the next word is something else.
    Joined(&'static str),
    /// After the flag, with a user before a colon, a percent sign or a comma: `-u user:secret`.
    Pair(&'static str),
    /// The word at this place, flags not counted.
    Word(usize),
    /// The word after one with a backslash.
    Share,
    /// A word `user/secret@…`.
    Slash,
}

use Place::{After, Joined, Pair, Share, Slash, Word};

const TOOLS: &[(&str, &[Place])] = &[
    (
        "curl",
        &[
            Pair("-u"),
            Pair("--user"),
            Pair("-U"),
            Pair("--proxy-user"),
            Pair("-b"),
            Pair("--cookie"),
            After("--pass"),
            After("--oauth2-bearer"),
        ],
    ),
    ("wget", &[After("--password"), After("--http-passwd"), After("--ftp-password")]),
    ("http", &[Pair("-a"), Pair("--auth")]),
    ("https", &[Pair("-a"), Pair("--auth")]),
    ("xh", &[Pair("-a"), Pair("--auth")]),
    ("mysql", &[Joined("-p")]),
    ("mysqldump", &[Joined("-p")]),
    ("mysqladmin", &[Joined("-p")]),
    ("mysqlimport", &[Joined("-p")]),
    ("mysqlsh", &[Joined("-p")]),
    ("mariadb", &[Joined("-p")]),
    ("mariadb-dump", &[Joined("-p")]),
    ("sshpass", &[After("-p")]),
    ("docker login", &[After("-p")]),
    ("podman login", &[After("-p")]),
    ("helm registry login", &[After("-p")]),
    ("az login", &[After("-p")]),
    ("oc login", &[After("-p")]),
    ("cf login", &[After("-p")]),
    ("twine upload", &[After("-p")]),
    ("redis-cli", &[After("-a"), After("--pass")]),
    ("valkey-cli", &[After("-a"), After("--pass")]),
    ("mongo", &[After("-p")]),
    ("mongosh", &[After("-p")]),
    ("mongodump", &[After("-p")]),
    ("mongorestore", &[After("-p")]),
    ("cqlsh", &[After("-p")]),
    ("sqlcmd", &[After("-P")]),
    ("bcp", &[After("-P")]),
    ("tsql", &[After("-P")]),
    ("sqlplus", &[Slash]),
    ("sqlldr", &[Slash]),
    ("rman", &[Slash]),
    ("expdp", &[Slash]),
    ("impdp", &[Slash]),
    ("ldapsearch", &[After("-w")]),
    ("ldapadd", &[After("-w")]),
    ("ldapmodify", &[After("-w")]),
    ("ldapwhoami", &[After("-w")]),
    ("smbclient", &[Pair("-U"), Pair("--user")]),
    ("rpcclient", &[Pair("-U")]),
    ("lftp", &[Pair("-u")]),
    ("ncftp", &[After("-p")]),
    ("plink", &[After("-pw")]),
    ("pscp", &[After("-pw")]),
    ("psftp", &[After("-pw")]),
    ("putty", &[After("-pw")]),
    ("psexec", &[After("-p")]),
    ("xfreerdp", &[Joined("/p:"), Joined("/password:")]),
    ("rdesktop", &[After("-p")]),
    ("ipmitool", &[After("-P")]),
    ("snmpget", &[After("-A"), After("-X"), After("-c")]),
    ("snmpwalk", &[After("-A"), After("-X"), After("-c")]),
    ("openssl", &[Joined("pass:"), After("-k"), After("-K")]),
    ("7z", &[Joined("-p")]),
    ("7za", &[Joined("-p")]),
    ("rar", &[Joined("-p"), Joined("-hp")]),
    ("unrar", &[Joined("-p")]),
    ("unzip", &[After("-P")]),
    ("zip", &[After("-P"), After("--password")]),
    ("mosquitto_pub", &[After("-P")]),
    ("mosquitto_sub", &[After("-P")]),
    ("keytool", &[After("-storepass"), After("-keypass")]),
    ("jarsigner", &[After("-storepass"), After("-keypass")]),
    ("cmdkey", &[Joined("/pass:")]),
    ("net use", &[Share]),
    ("net user", &[Word(1)]),
    ("htpasswd", &[Word(2)]),
    ("vault login", &[Word(0)]),
    ("wpa_passphrase", &[Word(1)]),
    ("convertto-securestring", &[Word(0), After("-String")]),
    ("secret-tool", &[After("--secret")]),
    ("nmcli", &[After("password")]),
    ("wp", &[After("--user_pass")]),
];

/// How far a command is read.
const LONGEST: usize = 300;

pub(super) fn scan(view: &mut View) {
    let mut at = 0;
    let (mut last, mut read) = ("", 0);
    while at < view.len() {
        let starts = view.at(at).is_ascii_alphanumeric()
            && !view.before(at).is_ascii_alphanumeric()
            && !b"_-.@".contains(&view.before(at));
        if starts {
            if let Some((name, end, places)) = tool(view, at) {
                // A second call of the tool on the line was read with the first.
                if name != last || at >= read {
                    (last, read) = (name, arguments(view, end, places));
                }
            } else if view.has_word(at, "echo ") || view.has_word(at, "printf ") {
                piped(view, at);
            }
        }
        at += 1;
    }
}

/// The tool whose name stands at `at`, the end of the name, and where it takes secrets.
fn tool(view: &View, at: usize) -> Option<(&'static str, usize, &'static [Place])> {
    let first = view.at(at).to_ascii_lowercase();
    TOOLS.iter().filter(|(name, _)| name.as_bytes()[0] == first).find_map(|(name, places)| {
        let mut end = at;
        for (index, word) in name.split(' ').enumerate() {
            end = if index > 0 { view.run(end, field::is_blank) } else { end };
            if !view.has_word(end, word) {
                return None;
            }
            end += word.len();
        }
        let end = if view.has_word(end, ".exe") { end + 4 } else { end };
        field::is_blank(view.at(end)).then_some((*name, end, *places))
    })
}

/// The words of a command from `start`, without the quotes around them.
fn words(view: &View, start: usize) -> Vec<Range<usize>> {
    let blank = field::is_blank;
    let limit = (start + LONGEST).min(view.len());
    let mut words = Vec::new();
    let mut at = start;
    while at < limit && words.len() < 24 {
        at = view.run(at, |byte| blank(byte) || byte == b'\\');
        // A backslash at the end of a line carries the command on.
        if view.before(at) == b'\\' {
            at = view.run(at, |byte| matches!(byte, b'\r' | b'\n') || blank(byte));
        }
        let quote = view.at(at);
        let (from, to) = if is_quote(quote) {
            let to = view.run(at + 1, |byte| byte != quote && byte != b'\n');
            (at + 1, to)
        } else {
            (at, view.run(at, |byte| !blank(byte) && !b"\r\n|;`<>".contains(&byte)))
        };
        if to == at || from > to || to > limit {
            break;
        }
        words.push(from..to);
        at = to + usize::from(is_quote(quote));
    }
    words
}

/// Takes the secrets among the words from `start`, and returns how far it read.
fn arguments(view: &mut View, start: usize, places: &[Place]) -> usize {
    let words = words(view, start);
    let is_flag = |view: &View, word: &Range<usize>| {
        // `/add` is a flag, `/etc/passwd` is none.
        let bytes = &view.bytes()[word.clone()];
        bytes.len() > 1 && (bytes[0] == b'-' || bytes[0] == b'/' && !bytes[1..].contains(&b'/'))
    };
    for place in places {
        match place {
            After(flag) | Joined(flag) | Pair(flag) => {
                for (index, word) in words.iter().enumerate() {
                    let bytes = &view.bytes()[word.clone()];
                    let Some(rest) = bytes.strip_prefix(flag.as_bytes()) else { continue };
                    let joined = word.start + flag.len()..word.end;
                    let value = match rest.first() {
                        None if matches!(place, Joined(_)) => continue,
                        None => words.get(index + 1).cloned(),
                        Some(b'=') => Some(joined.start + 1..joined.end),
                        // `--user-agent` is not `--user`.
                        Some(_) if flag.len() > 2 && flag.starts_with('-') => None,
                        Some(_) => Some(joined),
                    };
                    if let Some(value) = value {
                        take(view, value, matches!(place, Pair(_)));
                    }
                }
            }
            Word(place) => {
                let word = words.iter().filter(|word| !is_flag(view, word)).nth(*place);
                if let Some(word) = word {
                    take(view, word.clone(), false);
                }
            }
            Share => {
                let share =
                    words.iter().position(|word| view.bytes()[word.clone()].contains(&b'\\'));
                let word = share.and_then(|share| words.get(share + 1));
                if let Some(word) = word.filter(|word| !is_flag(view, word)) {
                    take(view, word.clone(), false);
                }
            }
            Slash => {
                for word in words.iter().filter(|word| !is_flag(view, word)) {
                    let bytes = &view.bytes()[word.clone()];
                    let Some(slash) = bytes.iter().position(|byte| *byte == b'/') else { continue };
                    let end = bytes.iter().rposition(|byte| *byte == b'@').unwrap_or(bytes.len());
                    if slash > 0 && slash + 1 < end {
                        take(view, word.start + slash + 1..word.start + end, false);
                        break;
                    }
                }
            }
        }
    }
    words.last().map_or(start, |word| word.end)
}

/// Takes a secret; of a `pair` only if there is more than a user's name.
fn take(view: &mut View, range: Range<usize>, pair: bool) {
    let end = view.run_back(range.end, range.len(), |byte| b",.)\"'`]}".contains(&byte));
    let range = range.start..end.max(range.start);
    let range = if is_quote(view.at(range.start)) { range.start + 1..range.end } else { range };
    let value = view.bytes().get(range.clone()).unwrap_or_default();
    let joined = value.iter().position(|byte| b":%,=".contains(byte));
    let bare =
        value.first() == Some(&b'-') || field::is_placeholder(value) || value.starts_with(b"$");
    let whole = !pair || joined.is_some_and(|at| at + 1 < value.len());
    let secret = pair
        && joined.is_some_and(|at| {
            field::is_placeholder(&value[at + 1..]) || value[at + 1..].starts_with(b"$")
        });
    if !bare && whole && !secret && has_substance(view, &range) {
        view.take(range, if pair { "CREDENTIAL" } else { "SECRET" });
    }
}

/// `echo secret | sudo -S …`, `echo user:secret | chpasswd`.
fn piped(view: &mut View, at: usize) {
    let words = words(view, at + 4);
    let Some(last) = words.last() else { return };
    let pipe = view.run(last.end, |byte| byte == b' ' || is_quote(byte));
    if view.at(pipe) != b'|' {
        return;
    }
    let line = view.run_within(pipe, 160, |byte| byte != b'\n');
    let rest = view.bytes()[pipe..line].to_ascii_lowercase();
    let reads = [
        "sudo -s",
        "--password-stdin",
        "passwd",
        "kinit",
        "--stdin",
        "--passphrase-fd",
        "--pass-file",
        "login",
        "-password -",
    ]
    .iter()
    .any(|reader| rest.windows(reader.len()).any(|bytes| bytes == reader.as_bytes()));
    if reads {
        take(view, last.clone(), false);
    }
}
