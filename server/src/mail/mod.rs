//! Mail: hands letters over. By default each one is a file in the folder `mail` of the data folder,
//! in the form that every mail program opens (RFC 5322); whoever runs the store delivers them from
//! there. A letter may hold a secret link: files and folder are readable by their owner only, and no
//! log says what is in them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::mail::Letter;
use domain::mail::ports::{Mail, MailUnavailable};
use jiff::Timestamp;
use tokio::fs::{DirBuilder, OpenOptions};
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::fault::at_boundary;

const FOLDER: &str = "mail";

/// Writes letters to a folder.
#[derive(Debug)]
pub(crate) struct FolderMail {
    folder: PathBuf,
    /// The header `From`.
    sender: String,
    /// The right side of message ids.
    host: String,
}

impl FolderMail {
    /// Mail of a store, by its name and its public address.
    pub(crate) fn new(data: &Path, store_name: &str, base_url: &str) -> Self {
        // A number is no name that mail comes from.
        let host = url::Url::parse(base_url).ok().and_then(|url| url.domain().map(str::to_owned));
        let host = host.unwrap_or_else(|| "localhost".to_owned());
        let sender = format!("{} <no-reply@{host}>", header_text(store_name));
        Self { folder: data.join(FOLDER), sender, host }
    }

    async fn write(&self, letter: &Letter) -> anyhow::Result<()> {
        let mut folder = DirBuilder::new();
        folder.recursive(true).mode(0o700).create(&self.folder).await.context("making the folder of letters")?;
        let (now, id) = (Timestamp::now(), Uuid::now_v7());
        let unfinished = self.folder.join(format!(".{id}"));
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&unfinished)
            .await
            .context("opening the file of a letter")?;
        file.write_all(self.message(letter, now, id).as_bytes()).await.context("writing a letter")?;
        file.sync_all().await.context("writing a letter")?;
        // Whoever delivers from the folder never sees half a letter. Names are in order of time.
        tokio::fs::rename(&unfinished, self.folder.join(format!("{id}.eml"))).await.context("handing a letter over")
    }

    fn message(&self, letter: &Letter, now: Timestamp, id: Uuid) -> String {
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
        header("Content-Transfer-Encoding", "8bit");
        // Nobody's holiday notice answers a link (RFC 3834, section 5).
        header("Auto-Submitted", "auto-generated");
        message.push_str("\r\n");
        for line in letter.text.as_str().lines() {
            message.push_str(line);
            message.push_str("\r\n");
        }
        message
    }
}

/// A text as it may stand in a header: as it is, or encoded where it has letters beyond ASCII or signs
/// that mean something there (RFC 2047, section 2).
fn header_text(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.' | '\'' | '!' | '?');
    if text.chars().all(is_plain) { text.to_owned() } else { format!("=?utf-8?B?{}?=", STANDARD.encode(text)) }
}

#[async_trait]
impl Mail for FolderMail {
    async fn send(&self, letter: &Letter) -> Result<(), MailUnavailable> {
        at_boundary(self.write(letter).await, MailUnavailable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_letter_is_a_file_that_only_its_owner_reads() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        let mail = FolderMail::new(data.path(), "Müller & Co", "https://shop.example");
        let letter = Letter {
            to: "ada@example.com".parse().unwrap(),
            subject: "Choose a new password".parse().unwrap(),
            text: "Good day,\n\nhttps://shop.example/x\n".parse().unwrap(),
        };
        mail.send(&letter).await.unwrap();
        let files: Vec<_> = std::fs::read_dir(data.path().join(FOLDER)).unwrap().map(|file| file.unwrap()).collect();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let message = std::fs::read_to_string(files[0].path()).unwrap();
        assert!(
            message
                .starts_with("From: =?utf-8?B?TcO8bGxlciAmIENv?= <no-reply@shop.example>\r\nTo: ada@example.com\r\n"),
            "{message}"
        );
        assert!(message.contains("Subject: Choose a new password\r\n"), "{message}");
        assert!(message.ends_with("\r\n\r\nGood day,\r\n\r\nhttps://shop.example/x\r\n"), "{message}");
    }
}
