use std::fs::{DirBuilder, File, OpenOptions, rename};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::Context;
use async_trait::async_trait;
use domain::mail::ports::{Mail, MailUnavailable, NotSent};
use domain::mail::{Letter, LetterKey};
use lettre::message::header::ContentTransferEncoding;
use tokio::task::spawn_blocking;
use uuid::Uuid;

use super::message::Origin;
use crate::fault::at_boundary;

const FOLDER: &str = "mail";
/// Letters that are written together wait for one look of the disk at their folder.
const MOST_TOGETHER: u16 = 256;
/// So few letters wait for the disk one by one: of more, a power cut may take the last ones.
const MOST_SYNCED: usize = 8;

/// Writes letters to a folder.
#[derive(Debug)]
pub(crate) struct FolderMail {
    folder: PathBuf,
    origin: Origin,
}

impl FolderMail {
    /// Mail of a store, by its name and its public address.
    pub(crate) fn new(data: &Path, store_name: &str, base_url: &str) -> Self {
        Self { folder: data.join(FOLDER), origin: Origin::new(store_name, base_url) }
    }

    /// Writes messages to files by their names, without waiting on this thread.
    async fn write(&self, messages: Vec<(String, Vec<u8>)>) -> anyhow::Result<()> {
        let folder = self.folder.clone();
        spawn_blocking(move || write_all(&folder, &messages)).await.context("writing letters")?
    }

    /// A message by its name.
    fn message(&self, letter: &Letter, id: String) -> anyhow::Result<(String, Vec<u8>)> {
        let message = self.origin.message(letter, &id, ContentTransferEncoding::EightBit)?;
        Ok((id, message.formatted()))
    }
}

fn write_all(folder: &Path, messages: &[(String, Vec<u8>)]) -> anyhow::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).context("making the folder of letters")?;
    for (name, message) in messages {
        // Whoever delivers from the folder never sees half a letter.
        let unfinished = folder.join(format!(".{name}"));
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&unfinished)
            .context("opening the file of a letter")?;
        file.write_all(message).context("writing a letter")?;
        if messages.len() <= MOST_SYNCED {
            file.sync_all().context("writing a letter")?;
        }
        rename(&unfinished, folder.join(format!("{name}.eml"))).context("handing a letter over")?;
    }
    File::open(folder).and_then(|folder| folder.sync_all()).context("writing the folder of letters")
}

#[async_trait]
impl Mail for FolderMail {
    async fn send(&self, letter: &Letter) -> Result<(), MailUnavailable> {
        let written = async {
            // Names are in order of time.
            self.write(vec![self.message(letter, Uuid::now_v7().to_string())?]).await
        };
        at_boundary(written.await, MailUnavailable)
    }

    async fn send_all(&self, letters: &[(LetterKey, Letter)]) -> Vec<Result<(), NotSent>> {
        let (mut messages, mut answers) = (Vec::new(), Vec::new());
        for (id, letter) in letters {
            let message = at_boundary(self.message(letter, id.to_string()), NotSent::Refused);
            answers.push(message.map(|message| messages.push(message)));
        }
        // What was written before the fault is written over.
        let written = at_boundary(self.write(messages).await, NotSent::Unavailable);
        answers.into_iter().map(|answer| answer.and(written)).collect()
    }

    fn most_together(&self) -> u16 {
        MOST_TOGETHER
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{read_dir, read_to_string};
    use std::os::unix::fs::PermissionsExt;

    use domain::order::OrderId;
    use domain::order::letter::{LetterId, LetterKind};

    use super::*;

    fn letter() -> Letter {
        Letter {
            to: "ada@example.com".parse().unwrap(),
            subject: "Choose a new password".parse().unwrap(),
            text: "Good day,\n\nhttps://shop.example/x\n".parse().unwrap(),
        }
    }

    fn files(data: &Path) -> Vec<PathBuf> {
        read_dir(data.join(FOLDER)).unwrap().map(|file| file.unwrap().path()).collect()
    }

    #[tokio::test]
    async fn a_letter_is_a_file_that_only_its_owner_reads() {
        let data = tempfile::tempdir().unwrap();
        let mail = FolderMail::new(data.path(), "Müller & Co", "https://shop.example");
        mail.send(&letter()).await.unwrap();
        let files = files(data.path());
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let message = read_to_string(&files[0]).unwrap();
        assert!(
            message
                .starts_with("From: =?utf-8?b?TcO8bGxlciAmIENv?= <no-reply@shop.example>\r\nTo: ada@example.com\r\n"),
            "{message}"
        );
        assert!(message.contains("Subject: Choose a new password\r\n"), "{message}");
        assert!(message.ends_with("\r\n\r\nGood day,\r\n\r\nhttps://shop.example/x\r\n"), "{message}");
    }

    #[tokio::test]
    async fn a_letter_about_an_order_that_is_written_twice_is_one_file() {
        let data = tempfile::tempdir().unwrap();
        let mail = FolderMail::new(data.path(), "Cartograph", "https://shop.example");
        let id =
            |order| LetterKey::from(LetterId { order: OrderId::new(Uuid::from_u128(order)), kind: LetterKind::Sent });
        let letters: Vec<_> = (1..=20).map(|order| (id(order), letter())).collect();
        for _ in 0..2 {
            assert_eq!(mail.send_all(&letters).await, vec![Ok(()); 20]);
        }
        assert_eq!(files(data.path()).len(), 20);
        assert!(mail.send_all(&[]).await.is_empty());
    }

    #[tokio::test]
    async fn a_letter_to_no_mailbox_is_refused_and_holds_up_no_other() {
        let data = tempfile::tempdir().unwrap();
        let mail = FolderMail::new(data.path(), "Cartograph", "https://shop.example");
        let id =
            |order| LetterKey::from(LetterId { order: OrderId::new(Uuid::from_u128(order)), kind: LetterKind::Sent });
        let nobody = Letter { to: "ada..@example.com".parse().unwrap(), ..letter() };
        let answers = mail.send_all(&[(id(1), nobody), (id(2), letter())]).await;
        assert_eq!(answers, [Err(NotSent::Refused), Ok(())]);
        assert_eq!(files(data.path()).len(), 1);
    }
}
