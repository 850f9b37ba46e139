//! The raw socket under one HTTP connection: faults that no HTTP library would send are written straight to it.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use socket2::SockRef;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::{Mutex, Notify};

/// One thing that a scripted connection does. After the last step the connection is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Put these bytes on the wire as they are.
    Send(Bytes),
    /// Say nothing for this long.
    Pause(Duration),
    /// Tear the connection down with a TCP reset.
    Reset,
    /// Say nothing until the other side goes away.
    Hang,
}

/// A second handle on a connection's socket, and the way to end that connection.
#[derive(Debug)]
pub(crate) struct Wire {
    socket: Mutex<Option<TcpStream>>,
    ended: Notify,
}

impl Wire {
    /// Takes a second handle on `stream`'s socket.
    pub(crate) fn beside(stream: &TcpStream) -> io::Result<Self> {
        let copy = SockRef::from(stream).try_clone()?;
        let socket = TcpStream::from_std(copy.into())?;
        Ok(Self { socket: Mutex::new(Some(socket)), ended: Notify::new() })
    }

    /// Plays a script and ends the connection; the caller's future never completes.
    pub(crate) async fn play(&self, script: Vec<Step>) -> std::convert::Infallible {
        // A client that left early is no failure of the lab: the script just ends there.
        let _left_early = self.perform(script).await;
        self.socket.lock().await.take();
        self.ended.notify_one();
        std::future::pending().await
    }

    /// Completes when a script has run out, so that the connection's owner can drop it.
    pub(crate) async fn ended(&self) {
        self.ended.notified().await;
    }

    async fn perform(&self, script: Vec<Step>) -> io::Result<()> {
        let mut guard = self.socket.lock().await;
        let Some(socket) = guard.as_mut() else { return Ok(()) };
        for step in script {
            match step {
                Step::Send(bytes) => socket.write_all(&bytes).await?,
                Step::Pause(time) => tokio::time::sleep(time).await,
                Step::Reset => return reset_on_close(socket),
                Step::Hang => std::future::pending().await,
            }
        }
        Ok(())
    }
}

/// Makes the coming close of this socket a TCP reset.
pub(crate) fn reset_on_close(socket: &TcpStream) -> io::Result<()> {
    SockRef::from(socket).set_linger(Some(Duration::ZERO))
}
