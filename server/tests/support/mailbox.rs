use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A message that was handed to a mailbox.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    /// What the store signed in with, as it was said.
    pub(crate) login: String,
    /// What was said after `MAIL FROM:`.
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) message: String,
}

/// A mail server that keeps what it is handed, and knows nobody whose address begins with `nobody`.
#[derive(Debug)]
pub(crate) struct Mailbox {
    address: SocketAddr,
    taken: Arc<Mutex<Vec<Taken>>>,
    serving: JoinHandle<()>,
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Mailbox {
    /// Opens one that says what it can do.
    pub(crate) async fn open(abilities: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, taken) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let kept = taken.clone();
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let kept = kept.clone();
                tokio::spawn(async move { converse(stream, abilities, &kept).await });
            }
        });
        Self { address, taken, serving }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// What was handed over, in the order that it came in.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }
}

/// One conversation, until whoever began it says good-bye or hangs up.
async fn converse(stream: TcpStream, abilities: &[&str], kept: &Mutex<Vec<Taken>>) {
    let mut stream = BufReader::new(stream);
    let mut letter = Taken::default();
    let mut answer = "220 mailbox ESMTP".to_owned();
    loop {
        if stream.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() || answer.starts_with("221") {
            return;
        }
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or_default() == 0 {
            return;
        }
        let line = line.strip_suffix("\r\n").expect("a line ends as RFC 5321 says");
        answer = if line.starts_with("EHLO ") {
            let lines = ["mailbox"].iter().chain(abilities).map(|ability| format!("250-{ability}\r\n"));
            lines.collect::<Vec<_>>().concat() + "250 HELP"
        } else if let Some(words) = line.strip_prefix("AUTH PLAIN ") {
            words.clone_into(&mut letter.login);
            "235 welcome".to_owned()
        } else if let Some(from) = line.strip_prefix("MAIL FROM:") {
            from.clone_into(&mut letter.from);
            "250 go on".to_owned()
        } else if line.starts_with("RCPT TO:<nobody") {
            "550 nobody of that name".to_owned()
        } else if let Some(to) = line.strip_prefix("RCPT TO:") {
            to.clone_into(&mut letter.to);
            "250 go on".to_owned()
        } else if line == "DATA" {
            stream.write_all(b"354 go on\r\n").await.unwrap();
            letter.message = message(&mut stream).await;
            kept.lock().unwrap().push(letter.clone());
            "250 taken".to_owned()
        } else if line == "RSET" {
            "250 forgotten".to_owned()
        } else if line == "QUIT" {
            "221 good-bye".to_owned()
        } else {
            "500 what?".to_owned()
        };
    }
}

/// Everything up to a line with one dot.
async fn message(stream: &mut BufReader<TcpStream>) -> String {
    let mut message = String::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        match line.strip_prefix('.') {
            Some("\r\n") => return message,
            Some(rest) => message.push_str(rest),
            None => message.push_str(&line),
        }
    }
}
