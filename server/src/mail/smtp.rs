//! Letters on their way to a mail server, by lettre, which speaks SMTP. What the server answers is logged by its code
//! alone: it may name whom a letter goes to.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use anyhow::{Context, anyhow, ensure};
use async_trait::async_trait;
use domain::mail::ports::{Mail, MailUnavailable, NotSent};
use domain::mail::{Letter, LetterKey};
use futures::future::join_all;
use lettre::message::header::ContentTransferEncoding;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use tokio::time::timeout;
use uuid::Uuid;

use super::message::Origin;
use super::server::{MailServer, Security};
use crate::fault::at_boundary;

/// Letters that are handed over before it is noted that they were: after a crash so many may go twice.
const MOST_TOGETHER: u16 = 32;
/// Conversations at a time.
const CONVERSATIONS: usize = 4;
/// How long the server may take for a connection, and for each answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// Beginning is asked for in steps of at most so many answers.
const PATIENCE_FOR_A_STEP: Duration = PATIENCE.saturating_mul(3);
/// How long it may take to accept a letter that was handed over to the end: what is given up then may come twice
/// (RFC 5321, section 4.5.3.2.6, asks for more).
const PATIENCE_FOR_A_LETTER: Duration = Duration::from_mins(2);
/// What may answer a good-bye, and little else (RFC 5321, section 4.3.2).
const GOOD_BYES: [u16; 2] = [221, 421];

/// Hands letters to a mail server.
pub(crate) struct SmtpMail {
    server: MailServer,
    origin: Origin,
    /// What the store calls itself there.
    name: ClientId,
    tls: TlsParameters,
}

impl fmt::Debug for SmtpMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpMail").field("server", &self.server).finish_non_exhaustive()
    }
}

/// Who answers before the encryption begins to what is asked after it would speak for the server (CVE-2011-0411).
#[derive(Debug, thiserror::Error)]
#[error("the mail server answers something else than it was asked")]
struct OutOfStep;

/// How a letter fared that the server heard of.
type Heard = Result<(), NotSent>;

impl SmtpMail {
    /// Mail of a store, by its name and its public address.
    pub(crate) fn new(server: MailServer, store_name: &str, base_url: &str) -> anyhow::Result<Self> {
        let tls = TlsParameters::new(server.host.clone()).context("preparing TLS for the mail server")?;
        let origin = Origin::new(store_name, base_url);
        let name = ClientId::Domain(origin.host.clone());
        Ok(Self { server, origin, name, tls })
    }

    /// Hands letters over, each with the left side of its message id, in one conversation. Where that breaks off the
    /// rest is not sent.
    async fn converse(&self, letters: &[(String, &Letter)]) -> Vec<Heard> {
        let mut heard = Vec::with_capacity(letters.len());
        let told = async {
            let mut connection = self.begin().await?;
            for (id, letter) in letters {
                heard.push(self.tell(&mut connection, id, letter).await?);
            }
            self.end(connection).await
        };
        let told = told.await.context("handing letters to the mail server");
        if told.as_ref().is_err_and(anyhow::Error::is::<OutOfStep>) {
            heard.clear();
        }
        let broken = at_boundary(told, NotSent::Unavailable);
        heard.resize(letters.len(), broken);
        heard
    }

    async fn begin(&self) -> anyhow::Result<AsyncSmtpConnection> {
        let MailServer { security, host, port, login } = &self.server;
        let wrapping = (*security == Security::Tls).then(|| self.tls.clone());
        let address = (host.as_str(), *port);
        let connecting = AsyncSmtpConnection::connect_tokio1(address, Some(PATIENCE), &self.name, wrapping, None);
        let mut connection = asked(PATIENCE_FOR_A_STEP, connecting).await.context("connecting")?;
        if *security == Security::StartTls {
            let upgrading = connection.starttls(self.tls.clone(), &self.name);
            asked(PATIENCE_FOR_A_STEP, upgrading).await.context("beginning TLS")?;
        }
        if let Some(login) = login {
            let credentials = Credentials::new(login.user.clone(), login.password.reveal().to_owned());
            let signing_in = connection.auth(DEFAULT_MECHANISMS, &credentials);
            asked(PATIENCE_FOR_A_STEP, signing_in).await.context("signing in with what --mail-smtp says")?;
        }
        Ok(connection)
    }

    /// Hands one letter over.
    ///
    /// # Errors
    /// Where the conversation broke off, or the server takes nothing from this store.
    async fn tell(&self, connection: &mut AsyncSmtpConnection, id: &str, letter: &Letter) -> anyhow::Result<Heard> {
        let offers = connection.server_info();
        let takes_eight_bits = offers.supports_feature(Extension::EightBitMime);
        let takes_any_address = offers.supports_feature(Extension::SmtpUtfEight);
        let is_plain = letter.to.as_str().is_ascii();
        let (encoding, mut parameters) = if takes_eight_bits {
            (ContentTransferEncoding::EightBit, vec![MailParameter::Body(MailBodyParameter::EightBitMime)])
        } else {
            (ContentTransferEncoding::Base64, Vec::new())
        };
        if !is_plain {
            parameters.push(MailParameter::SmtpUtfEight);
        }
        let message = at_boundary(self.origin.message(letter, id, encoding), NotSent::Refused);
        let message = match message {
            Ok(message) if is_plain || takes_any_address => message,
            _ => {
                tracing::warn!(letter = id, "the mail server can't reach such an address");
                return Ok(Err(NotSent::Refused));
            }
        };
        let naming_sender = connection.command(MailFrom::new(message.envelope().from().cloned(), parameters));
        asked(PATIENCE, naming_sender).await.context("naming the sender of letters")?;
        for to in message.envelope().to() {
            let naming_reader = connection.command(Rcpt::new(to.clone(), Vec::new()));
            if let Err(fault) = in_time(PATIENCE, naming_reader).await? {
                let refusal = refusal(fault, id)?;
                asked(PATIENCE, connection.command(Rset)).await.context("letting go of a letter")?;
                return Ok(Err(refusal));
            }
        }
        asked(PATIENCE, connection.command(Data)).await.context("beginning a letter")?;
        let message = message.formatted();
        match in_time(PATIENCE_FOR_A_LETTER, connection.message(&message)).await? {
            Ok(_) => Ok(Ok(())),
            Err(fault) => Ok(Err(refusal(fault, id)?)),
        }
    }

    /// Says good-bye. What was handed over is handed over, whatever it answers, or nothing.
    ///
    /// # Errors
    /// [`OutOfStep`] where this is no answer to a good-bye: then those before it were none to what was asked either.
    async fn end(&self, mut connection: AsyncSmtpConnection) -> anyhow::Result<()> {
        let code = match in_time(PATIENCE, connection.command(Quit)).await {
            Ok(Ok(answer)) => Some(answer.code()),
            Ok(Err(fault)) => fault.status(),
            Err(_) => None,
        };
        let is_in_step = code.is_none_or(|code| GOOD_BYES.contains(&code.into()));
        ensure!(is_in_step || self.server.security != Security::StartTls, OutOfStep);
        Ok(())
    }
}

/// What the server does with something, or whether it takes too long.
async fn in_time<T>(
    patience: Duration,
    asking: impl Future<Output = Result<T, Error>>,
) -> anyhow::Result<Result<T, Error>> {
    timeout(patience, asking).await.context("it does not answer in time")
}

/// [`in_time`], where only one answer is good.
async fn asked<T>(patience: Duration, asking: impl Future<Output = Result<T, Error>>) -> anyhow::Result<T> {
    in_time(patience, asking).await?.map_err(without_words)
}

/// What went wrong, but not what the server said.
fn without_words(fault: Error) -> anyhow::Error {
    match fault.status() {
        Some(code) => anyhow!("the mail server answers {code}"),
        None if fault.is_response() => anyhow!("the mail server hung up, or its answer can't be read"),
        None => fault.into(),
    }
}

/// Whether a letter that the server did not take may be tried again.
///
/// # Errors
/// Where it said nothing of it.
fn refusal(fault: Error, id: &str) -> anyhow::Result<NotSent> {
    let Some(code) = fault.status() else { return Err(without_words(fault)) };
    tracing::warn!(letter = id, code = u16::from(code), "the mail server does not take a letter");
    Ok(if fault.is_permanent() { NotSent::Refused } else { NotSent::Unavailable })
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
