//! The listening ports and the routes behind them.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpStream as StdTcpStream};
use std::sync::Arc;

use axum::Router;
use axum::extract::Extension;
use axum::middleware;
use axum::routing::{any, get, post};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use serde_json::json;
use socket2::{Domain, Socket, Type};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};

use crate::state::Lab;
use crate::wire::{self, Wire};
use crate::{apps, control, openai, pages, sinks, stage, tls};

/// Larger than any browser's own limit, so that the answer of the lab decides.
const READ_BUFFER: usize = 1 << 20;

/// Ports of the ready line that fail by themselves: name, expected cause, what happens.
pub(crate) const PORTS: [(&str, &str, &str); 5] = [
    ("https", "tls_certificate", "TLS with a certificate that nobody vouches for."),
    ("refused", "connection_refused", "Nobody listens."),
    ("reset", "connection_lost", "Each connection is reset as soon as it is there."),
    ("closed", "connection_lost", "Each connection is closed as soon as it is there."),
    ("unanswered", "timeout", "Connecting gets no answer."),
];

/// Every route of the lab.
pub(crate) fn router(lab: Arc<Lab>) -> Router {
    Router::new()
        .route("/v1/{*rest}", any(openai::call))
        .route("/v1beta/{*rest}", any(openai::call))
        .route("/openai/{*rest}", any(openai::call))
        .route("/api/{*rest}", any(openai::call))
        .route("/fault/{name}/{*rest}", any(openai::call))
        .route("/lab/app", post(apps::wish))
        .route("/lab/health", get(control::health))
        .route("/lab/fault", get(control::armed).post(control::arm))
        .route("/lab/faults", get(control::catalogue))
        .route("/lab/reset", post(control::reset))
        .route("/lab/log", get(control::log))
        .route("/lab/sent", get(control::sent).post(control::send))
        .route("/lab/stage", post(stage::put))
        .route("/lab/asked", get(stage::asked))
        .route("/lab/sinks", get(sinks::list))
        .route("/lab/sinks/{kind}", post(sinks::arm))
        .route("/sinks/{kind}/{*path}", any(sinks::call))
        .route("/", get(pages::front))
        .route("/fixtures/{name}", get(pages::fixture))
        .fallback(pages::page)
        .layer(middleware::from_fn_with_state(lab.clone(), stage::first))
        .layer(middleware::from_fn_with_state(lab.clone(), apps::by_host))
        .with_state(lab)
}

/// The ports of one run. Dropping it frees those that only have to stay silent.
#[derive(Debug)]
pub(crate) struct Ports {
    http: u16,
    https: u16,
    reset: u16,
    closed: u16,
    refused: Socket,
    unanswered: Unanswered,
}

impl Ports {
    /// Opens every port on loopback and serves those that serve.
    pub(crate) async fn open(http_port: u16, router: Router) -> io::Result<Self> {
        let http = listen(http_port).await?;
        let https = listen(0).await?;
        let reset = listen(0).await?;
        let closed = listen(0).await?;
        let ports = Self {
            http: http.local_addr()?.port(),
            https: https.local_addr()?.port(),
            reset: reset.local_addr()?.port(),
            closed: closed.local_addr()?.port(),
            refused: bound()?,
            unanswered: Unanswered::open()?,
        };
        tokio::spawn(serve_plain(http, router.clone()));
        tokio::spawn(serve_tls(https, tls::self_signed()?, router));
        tokio::spawn(drop_each(reset, wire::reset_on_close));
        tokio::spawn(drop_each(closed, |_| Ok(())));
        Ok(ports)
    }

    /// One line of JSON: where everything is.
    pub(crate) fn ready_line(&self) -> String {
        let plain = format!("http://127.0.0.1:{}", self.http);
        json!({
            "http": self.http,
            "https": self.https,
            "refused": port_of(&self.refused),
            "reset": self.reset,
            "closed": self.closed,
            "unanswered": port_of(&self.unanswered.listener),
            "base_url": format!("{plain}/v1"),
            "messenger": format!("{plain}/messenger"),
            "panel": format!("{plain}/panel"),
        })
        .to_string()
    }
}

/// A listener that never accepts and whose queue is full: a connect to it gets no answer at all.
#[derive(Debug)]
struct Unanswered {
    listener: Socket,
    _queue: Vec<StdTcpStream>,
}

impl Unanswered {
    fn open() -> io::Result<Self> {
        let listener = bound()?;
        listener.listen(0)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port_of(&listener)));
        // A queue of length 0 still takes one connection; it is held open here.
        let queue = vec![StdTcpStream::connect(address)?];
        Ok(Self { listener, _queue: queue })
    }
}

/// A port that is ours and on which nobody listens: connections to it are refused.
fn bound() -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
    Ok(socket)
}

fn port_of(socket: &Socket) -> u16 {
    let address = socket.local_addr().ok().and_then(|address| address.as_socket());
    address.map_or(0, |address| address.port())
}

async fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await
}

async fn serve_plain(listener: TcpListener, router: Router) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let router = router.clone();
        tokio::spawn(async move {
            if let Ok(wire) = Wire::beside(&stream) {
                serve(stream, wire, router).await;
            }
        });
    }
}

async fn serve_tls(listener: TcpListener, acceptor: tokio_rustls::TlsAcceptor, router: Router) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let (acceptor, router) = (acceptor.clone(), router.clone());
        tokio::spawn(async move {
            let Ok(wire) = Wire::beside(&stream) else { return };
            // A handshake that fails is what this port is for.
            if let Ok(stream) = acceptor.accept(stream).await {
                serve(stream, wire, router).await;
            }
        });
    }
}

/// Serves one connection until it ends, or until a script has ended it.
async fn serve<S>(stream: S, wire: Wire, router: Router)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let wire = Arc::new(wire);
    let service = TowerToHyperService::new(router.layer(Extension(Arc::clone(&wire))));
    let connection = http1::Builder::new()
        .max_buf_size(READ_BUFFER)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::select! {
        _ = connection => {}
        () = wire.ended() => {}
    }
}

/// Takes each connection and drops it at once, after `farewell`.
async fn drop_each(listener: TcpListener, farewell: fn(&TcpStream) -> io::Result<()>) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            // A client that is gone already has had its farewell.
            let _gone = farewell(&stream);
        }
    }
}
