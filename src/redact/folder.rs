//! Finds the names of people in paths: home folders, on this machine and on a server.

use super::view::{FOUND, View, found};

/// Folders that hold a folder for each person.
const HOMES: &[&str] = &[
    "users",
    "home",
    "homes",
    "documents and settings",
    "users$",
    "home$",
    "homes$",
    "profiles",
    "profiles$",
    "userdata$",
    "userhomes",
    "redirected$",
    "benutzer",
    "usuarios",
    "utilisateurs",
];

/// Shares that are the machine's, not a person's.
const SHARED: &str = "public,default,shared,me,all users,defaultuser0,runner,root,app,user,node,ubuntu,username,\
    ec2-user";
const MACHINE_SHARES: &str = "admin$ ipc$ print$ c$ d$ e$ netlogon sysvol";

/// The name of a home folder.
pub(super) fn home(view: &mut View, at: usize) -> Option<usize> {
    let first = view.at(at + 1).to_ascii_lowercase();
    let mut homes = HOMES.iter().filter(|folder| folder.as_bytes().first() == Some(&first));
    let folder = homes.find_map(|folder| {
        let end = at + 1 + folder.len();
        let slashed = matches!(view.at(end), b'/' | b'\\') && view.has_word(at + 1, folder);
        slashed.then(|| view.run(end, |byte| matches!(byte, b'/' | b'\\')))
    });
    let Some(start) = folder else { return share(view, at) };
    let stop = |byte: u8| b"/\\\"'`<>:|?*\r\n\t,;)&".contains(&byte);
    let mut end = view.run(start, |byte| !stop(byte) && byte != b' ').min(start + 64);
    // `C:\Users\Ann Lee\…`: a name may hold a space if the folder goes on after it.
    let spaced = view.run(start, |byte| !stop(byte));
    if view.at(at) == b'\\' && view.at(spaced) == b'\\' && spaced - start <= 32 {
        end = spaced;
    }
    let end = view.run_back(end, end - start, |byte| byte == b'.');
    let name = &view.bytes()[start..end];
    let shared = SHARED.split(',').any(|known| name.eq_ignore_ascii_case(known.as_bytes()));
    let named = name.iter().any(|byte| byte.is_ascii_alphanumeric() || *byte < FOUND);
    (named && !shared).then(|| found(view, start..end, "USER"))?
}

/// `\\server\jane$`: a share of one person.
fn share(view: &mut View, at: usize) -> Option<usize> {
    let name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    // One backslash is left of two where escapes were undone.
    let slashes = view.run_within(at, 3, |byte| byte == b'\\');
    let twice = slashes - at == 2 || view.width(at) > 1;
    if view.before(at) == b'\\' || !twice || slashes - at > 2 {
        return None;
    }
    let server = view.run_within(slashes, 64, name);
    let start = server + 1;
    let end = view.run_within(start, 64, name);
    let whole = &view.bytes()[start.min(view.len())..(end + 1).min(view.len())];
    let personal = server > slashes
        && view.at(server) == b'\\'
        && end > start
        && view.at(end) == b'$'
        && !HOMES
            .iter()
            .copied()
            .chain(MACHINE_SHARES.split(' '))
            .any(|share| whole.eq_ignore_ascii_case(share.as_bytes()));
    personal.then(|| found(view, start..end, "USER"))?
}
