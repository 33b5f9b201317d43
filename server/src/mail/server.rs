use std::borrow::Cow;

use anyhow::{Context, ensure};
use percent_encoding::percent_decode_str;
use url::Url;

use crate::config::Secret;

const TLS_PORT: u16 = 465;
const SUBMISSION_PORT: u16 = 587;

/// How a conversation with a mail server is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Security {
    /// From its first byte (RFC 8314).
    Tls,
    /// From the moment that the server offers it (RFC 3207).
    StartTls,
    /// It never leaves this machine.
    Loopback,
}

/// A mail server that takes letters, and how the store signs in there.
#[derive(Debug, Clone)]
pub(crate) struct MailServer {
    pub(super) security: Security,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) login: Option<Login>,
}

#[derive(Debug, Clone)]
pub(super) struct Login {
    pub(super) user: String,
    pub(super) password: Secret,
}

impl MailServer {
    /// Reads `smtps://user:password@host:465`, or `smtp://…` for a server that begins in the clear; whatever is not a
    /// letter, digit or `-._~` in user and password is percent-encoded.
    ///
    /// # Errors
    /// What is wrong, without the address: it holds a password.
    pub(crate) fn parse(setting: &Secret) -> anyhow::Result<Self> {
        const ADVICE: &str = "invalid value for --mail-smtp: it must be an address like \
                              smtps://user:password@mail.example:465, with a percent sign and two digits for each \
                              special character of the password";
        let url = Url::parse(setting.reveal()).ok().context(ADVICE)?;
        let is_bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
        ensure!(matches!(url.scheme(), "smtp" | "smtps") && is_bare, ADVICE);
        let host = url.host_str().filter(|host| !host.is_empty()).context(ADVICE)?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let decoded = |raw: &str| percent_decode_str(raw).decode_utf8().map(Cow::into_owned);
        let login = match (url.username(), url.password()) {
            ("", None) => None,
            (user, Some(password)) if !user.is_empty() => {
                let (user, password) = (decoded(user).ok().context(ADVICE)?, decoded(password).ok().context(ADVICE)?);
                Some(Login { user, password: password.parse().ok().context(ADVICE)? })
            }
            _ => anyhow::bail!(ADVICE),
        };
        let is_loopback = matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1");
        let (security, port) = match url.scheme() {
            "smtps" => (Security::Tls, TLS_PORT),
            _ if is_loopback => (Security::Loopback, SUBMISSION_PORT),
            _ => (Security::StartTls, SUBMISSION_PORT),
        };
        Ok(Self { security, host, port: url.port().unwrap_or(port), login })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(raw: &str) -> anyhow::Result<MailServer> {
        MailServer::parse(&raw.parse().unwrap())
    }

    #[test]
    fn an_address_says_how_the_server_is_spoken_with() {
        let server = parse("smtps://ada:p%40ss%2F1@mail.example").unwrap();
        let login = server.login.as_ref().map(|login| (login.user.as_str(), login.password.reveal()));
        assert_eq!((server.security, server.host.as_str(), server.port), (Security::Tls, "mail.example", 465));
        assert_eq!(login, Some(("ada", "p@ss/1")));
        assert!(!format!("{server:?}").contains("p@ss"));
        let server = parse("smtp://mail.example").unwrap();
        assert_eq!((server.security, server.port, server.login.is_none()), (Security::StartTls, 587, true));
        for local in ["smtp://localhost:2525", "smtp://127.0.0.1:2525/", "smtp://[::1]:2525"] {
            let server = parse(local).unwrap();
            assert_eq!((server.security, server.port), (Security::Loopback, 2525), "{local}");
        }
    }

    #[test]
    fn a_wrong_address_is_refused_without_its_password() {
        for wrong in [
            "mail.example",
            "https://ada:hunter2@mail.example",
            "smtps://ada:hunter2@",
            "smtps://ada@mail.example",
            "smtps://:hunter2@mail.example",
            "smtps://ada:hunter2@mail.example/inbox",
            "smtps://ada:hunter2@mail.example?tls=no",
            "smtps://ada:hunter2@mail.example:99999",
        ] {
            let refused = format!("{:#}", parse(wrong).unwrap_err());
            assert!(
                refused.contains("--mail-smtp") && refused.contains("smtps://user:password@"),
                "{wrong}: {refused}"
            );
            assert!(!refused.contains("hunter2"), "{refused}");
        }
    }
}
