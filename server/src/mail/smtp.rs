//! The conversation with a mail server: RFC 5321, with TLS and a sign-in. What it answers is logged by its code alone.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::mail::ports::{Mail, MailUnavailable, NotSent};
use domain::mail::{Letter, LetterKey};
use futures::future::join_all;
use jiff::Timestamp;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use uuid::Uuid;

use super::message::{Encoding, Origin};
use super::server::{Login, MailServer, Security};
use crate::fault::at_boundary;

/// Letters that are handed over before it is noted that they were: after a crash so many may go twice.
const MOST_TOGETHER: u16 = 32;
/// Conversations at a time.
const CONVERSATIONS: usize = 4;
/// How long the server may take for a connection, and for each answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long it may take to accept a letter that was handed over to the end: what is given up then may come twice
/// (RFC 5321, section 4.5.3.2.6, asks for more).
const PATIENCE_FOR_A_LETTER: Duration = Duration::from_mins(2);
/// Longest line of an answer (RFC 5321, section 4.5.3.1.5, allows 512 bytes).
const MAX_LINE_BYTES: u64 = 2_000;
const MAX_ANSWER_LINES: usize = 100;

/// Hands letters to a mail server.
pub(crate) struct SmtpMail {
    server: MailServer,
    origin: Origin,
    tls: Arc<ClientConfig>,
}

impl fmt::Debug for SmtpMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpMail").field("server", &self.server).finish_non_exhaustive()
    }
}

/// How a letter fared that the server heard of.
type Heard = Result<(), NotSent>;

impl SmtpMail {
    /// Mail of a store, by its name and its public address.
    pub(crate) fn new(server: MailServer, store_name: &str, base_url: &str) -> anyhow::Result<Self> {
        let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .context("preparing TLS for the mail server")?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { server, origin: Origin::new(store_name, base_url), tls: Arc::new(tls) })
    }

    /// Hands letters over, each with the left side of its message id, in one conversation. Where that breaks off the
    /// rest is not sent.
    async fn converse(&self, letters: &[(String, &Letter)]) -> Vec<Heard> {
        let mut heard = Vec::with_capacity(letters.len());
        let told = async {
            let mut conversation = self.begin().await?;
            for (id, letter) in letters {
                heard.push(self.tell(&mut conversation, id, letter).await?);
            }
            conversation.end().await;
            anyhow::Ok(())
        };
        let broken = at_boundary(told.await.context("handing letters to the mail server"), NotSent::Unavailable);
        heard.resize(letters.len(), broken);
        heard
    }

    async fn begin(&self) -> anyhow::Result<Conversation> {
        let MailServer { security, host, port, login } = &self.server;
        let connecting = timeout(PATIENCE, TcpStream::connect((host.as_str(), *port)));
        let stream = connecting.await.context("connecting takes too long")?.context("connecting")?;
        let mut stream: Box<dyn Stream> = Box::new(stream);
        if *security == Security::Tls {
            stream = self.encrypted(stream).await?;
        }
        let mut conversation = Conversation::over(stream);
        conversation.hear().await?.must_be(220, "its greeting")?;
        let mut offers = conversation.greet(&self.origin.host).await?;
        if *security == Security::StartTls {
            ensure!(offers.has("STARTTLS"), "the mail server offers no encryption");
            conversation.ask("STARTTLS").await?.must_be(220, "STARTTLS")?;
            conversation = Conversation::over(self.encrypted(conversation.into_stream()?).await?);
            offers = conversation.greet(&self.origin.host).await?;
        }
        if let Some(login) = login {
            conversation.sign_in(login).await?;
        }
        conversation.takes_eight_bits = offers.has("8BITMIME");
        conversation.takes_any_address = offers.has("SMTPUTF8");
        Ok(conversation)
    }

    async fn encrypted(&self, stream: Box<dyn Stream>) -> anyhow::Result<Box<dyn Stream>> {
        let name = ServerName::try_from(self.server.host.clone()).context("naming the mail server")?;
        let shaking_hands = TlsConnector::from(self.tls.clone()).connect(name, stream);
        let shaken = timeout(PATIENCE, shaking_hands).await.context("beginning TLS takes too long")?;
        Ok(Box::new(shaken.context("beginning TLS")?))
    }

    /// Hands one letter over.
    ///
    /// # Errors
    /// Where the conversation broke off, or the server takes nothing from this store.
    async fn tell(&self, conversation: &mut Conversation, id: &str, letter: &Letter) -> anyhow::Result<Heard> {
        let (from, to) = (&self.origin.address, letter.to.as_str());
        let is_plain = from.is_ascii() && to.is_ascii();
        // Whoever has an address like that may have meant to add words to the conversation.
        if to.contains(['<', '>', '"', '\\']) || !(is_plain || conversation.takes_any_address) {
            tracing::warn!(letter = id, "the mail server can't reach such an address");
            return Ok(Err(NotSent::Refused));
        }
        let mut sender = format!("MAIL FROM:<{from}>");
        if conversation.takes_eight_bits {
            sender.push_str(" BODY=8BITMIME");
        }
        if !is_plain {
            sender.push_str(" SMTPUTF8");
        }
        conversation.ask(&sender).await?.must_be(250, "the sender of letters")?;
        let answer = conversation.ask(&format!("RCPT TO:<{to}>")).await?;
        if !answer.is_good() {
            conversation.ask("RSET").await?.must_be(250, "RSET")?;
            return Ok(Err(answer.refusal_of(id)));
        }
        conversation.ask("DATA").await?.must_be(354, "a letter")?;
        let encoding = if conversation.takes_eight_bits { Encoding::EightBit } else { Encoding::Base64 };
        let message = self.origin.message(letter, Timestamp::now(), id, encoding);
        let answer = conversation.ask_within(&format!("{}.", stuffed(&message)), PATIENCE_FOR_A_LETTER).await?;
        Ok(if answer.is_good() { Ok(()) } else { Err(answer.refusal_of(id)) })
    }
}

/// A message whose lines don't end it: one that begins with a dot gets another (RFC 5321, section 4.5.2).
fn stuffed(message: &str) -> String {
    let dot = |line: &str| if line.starts_with('.') { "." } else { "" };
    message.split_inclusive("\r\n").flat_map(|line| [dot(line), line]).collect()
}

#[async_trait]
impl Mail for SmtpMail {
    async fn send(&self, letter: &Letter) -> Result<(), MailUnavailable> {
        let heard = self.converse(&[(Uuid::now_v7().to_string(), letter)]).await;
        if heard == [Ok(())] { Ok(()) } else { Err(MailUnavailable) }
    }

    async fn send_all(&self, letters: &[(LetterKey, Letter)]) -> Vec<Result<(), NotSent>> {
        let named: Vec<_> = letters.iter().map(|(id, letter)| (id.to_string(), letter)).collect();
        let shares = named.chunks(named.len().div_ceil(CONVERSATIONS).max(1));
        let conversations: Vec<_> = shares.map(|share| self.converse(share)).collect();
        join_all(conversations).await.concat()
    }

    fn most_together(&self) -> u16 {
        MOST_TOGETHER
    }
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

struct Conversation {
    stream: BufReader<Box<dyn Stream>>,
    takes_eight_bits: bool,
    /// Also one with letters beyond ASCII.
    takes_any_address: bool,
}

/// What the server answered.
struct Answer {
    code: u16,
    lines: Vec<String>,
}

impl Conversation {
    fn over(stream: Box<dyn Stream>) -> Self {
        Self { stream: BufReader::new(stream), takes_eight_bits: false, takes_any_address: false }
    }

    /// What is under the conversation, to be encrypted from now on.
    fn into_stream(self) -> anyhow::Result<Box<dyn Stream>> {
        // What somebody said in the clear would count as said in secret (CVE-2011-0411).
        ensure!(self.stream.buffer().is_empty(), "the mail server said more than it was asked");
        Ok(self.stream.into_inner())
    }

    async fn greet(&mut self, host: &str) -> anyhow::Result<Answer> {
        let answer = self.ask(&format!("EHLO {host}")).await?;
        answer.must_be(250, "EHLO")?;
        Ok(answer)
    }

    async fn sign_in(&mut self, login: &Login) -> anyhow::Result<()> {
        let words = STANDARD.encode(format!("\0{}\0{}", login.user, login.password.reveal()));
        self.ask(&format!("AUTH PLAIN {words}")).await?.must_be(235, "the user and password of --mail-smtp")
    }

    async fn ask(&mut self, line: &str) -> anyhow::Result<Answer> {
        self.ask_within(line, PATIENCE).await
    }

    async fn ask_within(&mut self, line: &str, patience: Duration) -> anyhow::Result<Answer> {
        let saying = async {
            self.stream.write_all(format!("{line}\r\n").as_bytes()).await?;
            self.stream.flush().await
        };
        timeout(PATIENCE, saying).await.context("it does not listen")?.context("speaking")?;
        self.hear_within(patience).await
    }

    async fn hear(&mut self) -> anyhow::Result<Answer> {
        self.hear_within(PATIENCE).await
    }

    async fn hear_within(&mut self, patience: Duration) -> anyhow::Result<Answer> {
        timeout(patience, self.hear_all()).await.context("it does not answer in time")?
    }

    async fn hear_all(&mut self) -> anyhow::Result<Answer> {
        let mut lines = Vec::new();
        while lines.len() < MAX_ANSWER_LINES {
            let mut line = Vec::new();
            (&mut self.stream).take(MAX_LINE_BYTES).read_until(b'\n', &mut line).await.context("listening")?;
            ensure!(line.ends_with(b"\n"), "it hung up, or its answer has no end");
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            let code = line.get(..3).and_then(|code| code.parse().ok()).context("its answer has no code")?;
            let is_last = line.get(3..4) != Some("-");
            lines.push(line.get(4..).unwrap_or_default().to_owned());
            if is_last {
                return Ok(Answer { code, lines });
            }
        }
        bail!("its answer has too many lines")
    }

    /// Says good-bye; what was handed over is handed over, whatever it answers.
    async fn end(mut self) {
        if let Err(fault) = self.ask("QUIT").await {
            tracing::debug!("ending a conversation with the mail server: {fault:#}");
        }
    }
}

impl Answer {
    const fn is_good(&self) -> bool {
        matches!(self.code, 200..=299)
    }

    fn must_be(&self, code: u16, what: &str) -> anyhow::Result<()> {
        ensure!(self.code == code, "the mail server answers {} to {what}", self.code);
        Ok(())
    }

    /// Whether a server that was greeted can do something.
    fn has(&self, ability: &str) -> bool {
        self.lines.iter().any(|line| line.split(' ').next().is_some_and(|word| word.eq_ignore_ascii_case(ability)))
    }

    fn refusal_of(&self, id: &str) -> NotSent {
        tracing::warn!(letter = id, code = self.code, "the mail server does not take a letter");
        if self.code >= 500 { NotSent::Refused } else { NotSent::Unavailable }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_message_ends_it() {
        assert_eq!(stuffed("a\r\n.\r\n..b\r\nc.\r\n"), "a\r\n..\r\n...b\r\nc.\r\n");
    }
}
