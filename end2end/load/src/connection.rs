use std::io::{Error, ErrorKind, Result};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::Answer;

/// Longer than the store itself lets anybody wait.
const PATIENCE: Duration = Duration::from_secs(30);

/// One connection, as lean as it can be: the driver runs on the machine that it measures.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub async fn open(host: &str) -> Result<Self> {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(4096) })
    }

    /// Sends a whole request, and waits for the whole answer.
    pub async fn send(&mut self, request: &str) -> Result<Answer> {
        self.stream.write_all(request.as_bytes()).await?;
        timeout(PATIENCE, self.read()).await.map_err(|_| Error::new(ErrorKind::TimedOut, "no answer"))?
    }

    /// The body of the last answer.
    pub fn body(&self, last: &Answer) -> &[u8] {
        self.buffer.get(last.head_bytes..).unwrap_or_default()
    }

    async fn read(&mut self) -> Result<Answer> {
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(Error::new(ErrorKind::UnexpectedEof, "the store hung up"));
            }
            if let Some(answer) = Answer::read(&self.buffer) {
                return Ok(answer);
            }
        }
    }
}
