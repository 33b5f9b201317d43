use std::fmt;
use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::str::FromStr;

use anyhow::{Context, ensure};

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(Box<str>);

impl Secret {
    /// A fresh one, as hard to guess as two random UUIDs are.
    pub(crate) fn random() -> Self {
        Self(format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple()).into())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl FromStr for Secret {
    type Err = anyhow::Error;

    /// A line left empty in a file of the environment sets nothing, and nobody would notice.
    fn from_str(raw: &str) -> anyhow::Result<Self> {
        ensure!(!raw.is_empty(), "it is empty; leave the setting out or give it a value");
        Ok(Self(raw.into()))
    }
}

const SECRET_BYTES: usize = 64;
const MIN_SECRET_CHARS: usize = 32;

/// Checks a secret that somebody chose, without repeating it.
pub(crate) fn check_length(secret: &Secret) -> anyhow::Result<()> {
    let characters = secret.reveal().chars().count();
    anyhow::ensure!(
        characters >= MIN_SECRET_CHARS,
        "invalid value for --secret: it has {characters} characters and must have at least {MIN_SECRET_CHARS}, \
         like the output of `openssl rand -hex 32`"
    );
    Ok(())
}

/// What signs cookies and order addresses: the setting, or a random secret that is made once and
/// kept in the data folder, readable by its owner only.
pub(crate) fn signing_secret(setting: Option<&Secret>, data: &Path) -> anyhow::Result<Vec<u8>> {
    if let Some(secret) = setting {
        return Ok(blake3::hash(secret.reveal().as_bytes()).as_bytes().repeat(2));
    }
    let path = data.join("secret");
    match fs::read(&path) {
        Ok(kept) => {
            ensure!(
                kept.len() == SECRET_BYTES,
                "{} is not the secret that the store kept there: it has {} bytes and not {SECRET_BYTES}. Put the right \
                 one back; without the file a new one is made, and every cart and every link to an order is lost",
                path.display(),
                kept.len()
            );
            return Ok(kept);
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).with_context(|| format!("reading the secret in {}", path.display())),
    }
    let fresh: Vec<u8> = (0..SECRET_BYTES / 16).flat_map(|_| uuid::Uuid::new_v4().into_bytes()).collect();
    keep(&fresh, &path).with_context(|| format!("keeping a secret in {}", path.display()))?;
    Ok(fresh)
}

/// Writes a secret beside its place first, so that in its place there is all of it or none.
fn keep(secret: &[u8], path: &Path) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(secret)?;
    file.sync_all()?;
    fs::rename(beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_kept_and_never_printed() {
        let folder = tempfile::tempdir().unwrap();
        let first = signing_secret(None, folder.path()).unwrap();
        assert_eq!(first.len(), SECRET_BYTES);
        assert_eq!(signing_secret(None, folder.path()).unwrap(), first);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        let secret: Secret = "hunter2".parse().unwrap();
        assert!(!format!("{secret:?}").contains("hunter2"));
    }

    #[test]
    fn a_secret_that_is_not_the_kept_one_is_refused_and_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        fs::write(&path, "half of it").unwrap();
        let refused = signing_secret(None, folder.path()).unwrap_err().to_string();
        assert!(refused.contains("has 10 bytes and not 64"), "{refused}");
        assert_eq!(fs::read(&path).unwrap(), b"half of it");

        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        let unreadable = signing_secret(None, folder.path()).unwrap_err().to_string();
        assert!(unreadable.contains("reading the secret"), "{unreadable}");
    }
}
