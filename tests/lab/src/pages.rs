//! The demo messenger and its sister pages, served under a policy as strict as real messengers have.

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;

use crate::state::Lab;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

/// One file of a page: its path on the server, its name on disk, its type and the copy built in.
type File = (&'static str, &'static str, &'static str, &'static str);

macro_rules! files {
    ($($path:literal = $name:literal, $kind:ident;)+) => {
        &[$(($path, $name, $kind, include_str!(concat!("../pages/", $name))),)+]
    };
}

const FILES: &[File] = files! {
    "/messenger" = "messenger.html", HTML;
    "/messenger.css" = "messenger.css", CSS;
    "/messenger.js" = "messenger.js", JS;
    "/panel" = "panel.html", HTML;
    "/panel.css" = "panel.css", CSS;
    "/panel.js" = "panel.js", JS;
    "/base.css" = "base.css", CSS;
    "/plain" = "plain.html", HTML;
    "/portal" = "portal.html", HTML;
    "/app.html" = "app.html", HTML;
    "/app.css" = "app.css", CSS;
    "/app.js" = "app.js", JS;
};

/// The policy of fixtures: as strict, but for what real editors do (they write HTML) and for frames of their own.
const FIXTURE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; form-action 'none'; base-uri 'none'; frame-src 'self'; frame-ancestors 'self'";

/// Where the pages come from: built in, or a folder that is read anew at each request. Fixtures have only a folder.
#[derive(Debug)]
pub(crate) struct Pages {
    folder: Option<PathBuf>,
    fixtures: Option<PathBuf>,
}

impl Pages {
    pub(crate) fn new(folder: Option<PathBuf>, fixtures: Option<PathBuf>) -> Self {
        Self { folder, fixtures }
    }

    /// A fixture of this plain name, with its type.
    fn fixture(&self, name: &str) -> Option<(&'static str, Vec<u8>)> {
        let (stem, ending) = name.split_once('.')?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let kind = match ending {
            "html" => HTML,
            "css" => CSS,
            "js" => JS,
            _ => return None,
        };
        let folder = self.fixtures.as_ref().filter(|_| stem.bytes().all(plain))?;
        Some((kind, std::fs::read(folder.join(name)).ok()?))
    }

    fn read(&self, name: &str, built_in: &'static str) -> std::io::Result<Bytes> {
        match &self.folder {
            Some(folder) => std::fs::read(folder.join(name)).map(Bytes::from),
            None => Ok(Bytes::from_static(built_in.as_bytes())),
        }
    }
}

/// The front page: the messenger, or what stands before it while the fault `guarded` waits.
pub(crate) async fn front(State(lab): State<Arc<Lab>>) -> Response {
    if lab.armed().is_some_and(|armed| armed.fault.name == "guarded") {
        let told = [(HeaderName::from_static("cf-mitigated"), "challenge"), (CONTENT_TYPE, HTML)];
        return (StatusCode::FORBIDDEN, told, "<title>Just a moment...</title>").into_response();
    }
    Redirect::temporary("/messenger").into_response()
}

/// Serves a page of the folder of fixtures.
pub(crate) async fn fixture(State(lab): State<Arc<Lab>>, Path(name): Path<String>) -> Response {
    match lab.pages.fixture(&name) {
        Some((kind, content)) => (headers(kind, FIXTURE_POLICY), content).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Serves the page or the part of a page at this path.
pub(crate) async fn page(State(lab): State<Arc<Lab>>, uri: Uri) -> Response {
    let Some((_, name, kind, built_in)) = FILES.iter().find(|file| file.0 == uri.path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Ok(content) = lab.pages.read(name, built_in) else {
        return (StatusCode::NOT_FOUND, format!("{name} is not in the folder of the pages"))
            .into_response();
    };
    (headers(kind, POLICY), content).into_response()
}

fn headers(kind: &'static str, policy: &'static str) -> [(HeaderName, &'static str); 5] {
    [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, policy),
        (HeaderName::from_static("x-content-type-options"), "nosniff"),
        (HeaderName::from_static("referrer-policy"), "no-referrer"),
    ]
}
