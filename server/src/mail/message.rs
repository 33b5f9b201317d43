use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::mail::Letter;
use jiff::Timestamp;

/// Characters of encoded text in a line (RFC 2045, section 6.8).
const ENCODED_LINE_CHARS: usize = 76;

/// How the text of a message is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// As it is, in UTF-8.
    EightBit,
    /// In ASCII, for a mail server that takes nothing else.
    Base64,
}

/// Whom the messages of a store come from.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    /// The header `From`.
    sender: String,
    pub(super) address: String,
    /// The right side of message ids.
    pub(super) host: String,
}

impl Origin {
    /// A store, by its name and its public address.
    pub(super) fn new(store_name: &str, base_url: &str) -> Self {
        // A number is no name that mail comes from.
        let host = url::Url::parse(base_url).ok().and_then(|url| url.domain().map(str::to_owned));
        let host = host.unwrap_or_else(|| "localhost".to_owned());
        let address = format!("no-reply@{host}");
        Self { sender: format!("{} <{address}>", header_text(store_name)), address, host }
    }

    /// A letter in the form that every mail program opens (RFC 5322). `id` is the left side of its message id.
    pub(super) fn message(&self, letter: &Letter, now: Timestamp, id: &str, encoding: Encoding) -> String {
        let mut message = String::new();
        let mut header = |name: &str, value: &str| {
            let _ = write!(message, "{name}: {value}\r\n");
        };
        header("From", &self.sender);
        header("To", letter.to.as_str());
        header("Subject", &header_text(letter.subject.as_str()));
        header("Date", &now.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string());
        header("Message-ID", &format!("<{id}@{}>", self.host));
        header("MIME-Version", "1.0");
        header("Content-Type", "text/plain; charset=utf-8");
        header("Content-Transfer-Encoding", if encoding == Encoding::EightBit { "8bit" } else { "base64" });
        // Nobody's holiday notice answers a link (RFC 3834, section 5).
        header("Auto-Submitted", "auto-generated");
        message.push_str("\r\n");
        let text: String = letter.text.as_str().lines().flat_map(|line| [line, "\r\n"]).collect();
        match encoding {
            Encoding::EightBit => message.push_str(&text),
            Encoding::Base64 => message.push_str(&in_lines(&STANDARD.encode(text))),
        }
        message
    }
}

fn in_lines(encoded: &str) -> String {
    let mut lines = String::with_capacity(encoded.len() + encoded.len() / ENCODED_LINE_CHARS * 2 + 2);
    for (place, c) in encoded.chars().enumerate() {
        if place > 0 && place % ENCODED_LINE_CHARS == 0 {
            lines.push_str("\r\n");
        }
        lines.push(c);
    }
    lines.push_str("\r\n");
    lines
}

/// A text as it may stand in a header: as it is, or encoded where it has letters beyond ASCII or signs
/// that mean something there (RFC 2047, section 2).
fn header_text(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.' | '\'' | '!' | '?');
    if text.chars().all(is_plain) { text.to_owned() } else { format!("=?utf-8?B?{}?=", STANDARD.encode(text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_text_in_either_encoding() {
        let letter = Letter {
            to: "ada@example.com".parse().unwrap(),
            subject: "Größe".parse().unwrap(),
            text: format!("Café\n{}", "long ".repeat(40)).parse().unwrap(),
        };
        let origin = Origin::new("Müller & Co", "https://shop.example");
        let written = |encoding| origin.message(&letter, Timestamp::UNIX_EPOCH, "1", encoding);
        let plain = written(Encoding::EightBit);
        assert!(plain.starts_with("From: =?utf-8?B?TcO8bGxlciAmIENv?= <no-reply@shop.example>\r\n"), "{plain}");
        assert!(plain.contains("\r\nSubject: =?utf-8?B?R3LDtsOfZQ==?=\r\n"), "{plain}");
        assert!(plain.contains("\r\nMessage-ID: <1@shop.example>\r\n") && plain.contains("\r\n\r\nCafé\r\nlong"));
        let encoded = written(Encoding::Base64);
        assert!(encoded.is_ascii() && encoded.lines().all(|line| line.len() <= ENCODED_LINE_CHARS), "{encoded}");
        let (_, body) = encoded.split_once("\r\n\r\n").unwrap();
        let decoded = STANDARD.decode(body.replace("\r\n", "")).unwrap();
        assert_eq!(String::from_utf8(decoded).unwrap(), plain.split_once("\r\n\r\n").unwrap().1);
    }
}
