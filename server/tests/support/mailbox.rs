use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinHandle;

/// Conversations that may wait to begin.
const MAX_CALLERS: u32 = 64;

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

/// What a mailbox heard.
#[derive(Debug, Default)]
struct Kept {
    taken: Vec<Taken>,
    /// The first words of all lines but those of letters.
    said: Vec<String>,
}

/// A mail server that keeps what it is handed, and knows nobody whose address begins with `nobody`.
#[derive(Debug)]
pub(crate) struct Mailbox {
    kept: Arc<Mutex<Kept>>,
    address: SocketAddr,
    serving: JoinHandle<()>,
}

/// A mail server that is away: who calls it is turned down, and nobody else gets its place.
#[derive(Debug)]
pub(crate) struct ShutMailbox(TcpSocket);

impl ShutMailbox {
    /// At an address of this machine.
    pub(crate) fn at(host: &str) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(format!("{host}:0").parse().unwrap()).unwrap();
        Self(socket)
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }

    /// Opens it; it says what it can do.
    pub(crate) fn open(self, abilities: &'static [&'static str]) -> Mailbox {
        let listener = self.0.listen(MAX_CALLERS).unwrap();
        let (address, kept) = (listener.local_addr().unwrap(), Arc::<Mutex<Kept>>::default());
        let serving = tokio::spawn(serve(listener, abilities, kept.clone()));
        Mailbox { kept, address, serving }
    }
}

async fn serve(listener: TcpListener, abilities: &'static [&'static str], kept: Arc<Mutex<Kept>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let kept = kept.clone();
        tokio::spawn(async move { converse(stream, abilities, &kept).await });
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Mailbox {
    /// Opens one that says what it can do.
    pub(crate) fn open(abilities: &'static [&'static str]) -> Self {
        ShutMailbox::at("127.0.0.1").open(abilities)
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// What was handed over, in the order that it came in.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.kept.lock().unwrap().taken.clone()
    }

    /// The first words of what it was told, letters apart, in the order that it came in.
    pub(crate) fn said(&self) -> Vec<String> {
        self.kept.lock().unwrap().said.clone()
    }
}

/// One conversation, until whoever began it says good-bye or hangs up.
async fn converse(stream: TcpStream, abilities: &[&str], kept: &Mutex<Kept>) {
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
        kept.lock().unwrap().said.push(line.split([' ', ':']).next().unwrap_or_default().to_owned());
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
            kept.lock().unwrap().taken.push(letter.clone());
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
