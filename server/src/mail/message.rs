use anyhow::Context;
use domain::mail::Letter;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Body, Mailbox};
use lettre::{Address, Message};

/// Who writes the letters of a store, at its host.
const USER: &str = "no-reply";
/// Longest line of a message, without its end (RFC 5322, section 2.1.1).
const MAX_LINE_BYTES: usize = 998;
const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");

/// Whom the messages of a store come from.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub(super) sender: Mailbox,
    /// The right side of message ids.
    pub(super) host: String,
}

impl Origin {
    /// A store, by its name and its public address.
    pub(super) fn new(store_name: &str, base_url: &str) -> Self {
        // A number is no name that mail comes from.
        let host = url::Url::parse(base_url).ok().and_then(|url| url.domain().map(str::to_owned));
        let host = host.filter(|host| Address::new(USER, host).is_ok()).unwrap_or_else(|| "localhost".to_owned());
        // Not dangerous: it has just been read, or is a constant.
        let address = Address::new_dangerous(USER, &host);
        Self { sender: Mailbox::new(Some(store_name.to_owned()), address), host }
    }

    /// A letter in the form that every mail program opens (RFC 5322). `id` is the left side of its message id.
    /// Its text is as it is, in UTF-8, or in ASCII: for a mail server that takes nothing else, and for long lines.
    ///
    /// # Errors
    /// Where the letter goes to what is no address of a mailbox.
    pub(super) fn message(
        &self,
        letter: &Letter,
        id: &str,
        encoding: ContentTransferEncoding,
    ) -> anyhow::Result<Message> {
        let to: Address = letter.to.as_str().parse().context("reading an address that a letter goes to")?;
        let text: String = letter.text.as_str().lines().flat_map(|line| [line, "\r\n"]).collect();
        let is_plain =
            encoding == ContentTransferEncoding::EightBit && text.lines().all(|line| line.len() <= MAX_LINE_BYTES);
        let body = if is_plain {
            Body::dangerous_pre_encoded(text.into_bytes(), encoding)
        } else {
            Body::new_with_encoding(text, ContentTransferEncoding::Base64).unwrap_or_else(Body::new)
        };
        Message::builder()
            .from(self.sender.clone())
            .to(to.into())
            .subject(letter.subject.as_str())
            .message_id(Some(format!("<{id}@{}>", self.host)))
            // Nobody's holiday notice answers a link (RFC 3834, section 5).
            .raw_header(HeaderValue::new(AUTO_SUBMITTED, "auto-generated".to_owned()))
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN)
            .body(body)
            .context("writing a letter down")
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    fn letter(to: &str, text: &str) -> Letter {
        Letter { to: to.parse().unwrap(), subject: "Größe".parse().unwrap(), text: text.parse().unwrap() }
    }

    fn written(letter: &Letter, encoding: ContentTransferEncoding) -> String {
        let origin = Origin::new("Müller & Co", "https://shop.example");
        String::from_utf8(origin.message(letter, "1", encoding).unwrap().formatted()).unwrap()
    }

    fn text_in_base64(message: &str) -> String {
        let (_, body) = message.split_once("\r\n\r\n").unwrap();
        String::from_utf8(STANDARD.decode(body.replace("\r\n", "")).unwrap()).unwrap()
    }

    #[test]
    fn a_message_is_text_in_either_encoding() {
        let letter = letter("ada@example.com", &format!("Café\n{}", "long ".repeat(40)));
        let plain = written(&letter, ContentTransferEncoding::EightBit);
        assert!(plain.starts_with("From: =?utf-8?b?TcO8bGxlciAmIENv?= <no-reply@shop.example>\r\n"), "{plain}");
        assert!(plain.contains("\r\nSubject: =?utf-8?b?R3LDtsOfZQ==?=\r\n"), "{plain}");
        assert!(plain.contains("\r\nMessage-ID: <1@shop.example>\r\n") && plain.contains("\r\n\r\nCafé\r\nlong"));
        let encoded = written(&letter, ContentTransferEncoding::Base64);
        assert!(encoded.is_ascii() && encoded.lines().all(|line| line.len() <= 76), "{encoded}");
        assert_eq!(text_in_base64(&encoded), plain.split_once("\r\n\r\n").unwrap().1);
    }

    #[test]
    fn no_line_is_longer_than_mail_servers_take() {
        let longest = "é".repeat(MAX_LINE_BYTES / 2);
        let message = written(&letter("ada@example.com", &longest), ContentTransferEncoding::EightBit);
        assert!(message.ends_with(&format!("\r\n\r\n{longest}\r\n")), "{message}");
        let longer = longest + "e";
        let message = written(&letter("ada@example.com", &longer), ContentTransferEncoding::EightBit);
        assert!(message.lines().all(|line| line.len() <= MAX_LINE_BYTES), "{message}");
        assert_eq!(text_in_base64(&message), format!("{longer}\r\n"));
    }

    #[test]
    fn a_store_without_a_name_that_mail_comes_from_writes_from_this_machine() {
        for (base_url, host) in [
            ("https://shop.example/", "shop.example"),
            ("http://127.0.0.1:3000", "localhost"),
            ("no address", "localhost"),
        ] {
            assert_eq!(Origin::new("Cartograph", base_url).sender.email.to_string(), format!("no-reply@{host}"));
        }
    }

    #[test]
    fn what_is_no_mailbox_gets_no_letter() {
        let origin = Origin::new("Cartograph", "https://shop.example");
        for no_mailbox in ["ada..lovelace@example.com", "<ada>@example.com", "ada@-example.com"] {
            let letter = letter(no_mailbox, "Good day");
            assert!(origin.message(&letter, "1", ContentTransferEncoding::EightBit).is_err(), "{no_mailbox}");
        }
    }
}
