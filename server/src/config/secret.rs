use std::fmt;
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::str::FromStr;

use anyhow::Context;

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(Box<str>);

impl Secret {
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
    type Err = std::convert::Infallible;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
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

/// Checks the address of the SQL database. It is repeated only where it holds no password.
pub(crate) fn sql_url(setting: &Secret) -> anyhow::Result<&str> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    let url = setting.reveal();
    let shown = if url.contains(['@', '?']) { "…" } else { url };
    anyhow::ensure!(
        known.iter().any(|scheme| url.starts_with(scheme) && url.len() > scheme.len()),
        "invalid value {shown} for --sql-url: it must be like sqlite://data/store.sqlite or postgres://cartograph@127.0.0.1/store"
    );
    Ok(url)
}

/// What signs cookies and order addresses: the setting, or a random secret that is made once and
/// kept in the data folder, readable by its owner only.
pub(crate) fn signing_secret(setting: Option<&Secret>, data: &Path) -> anyhow::Result<Vec<u8>> {
    if let Some(secret) = setting {
        return Ok(blake3::hash(secret.reveal().as_bytes()).as_bytes().repeat(2));
    }
    let path = data.join("secret");
    if let Ok(kept) = fs::read(&path)
        && kept.len() == SECRET_BYTES
    {
        return Ok(kept);
    }
    let fresh: Vec<u8> = (0..SECRET_BYTES / 16).flat_map(|_| uuid::Uuid::new_v4().into_bytes()).collect();
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&path)
        .with_context(|| format!("keeping a secret in {}", path.display()))?;
    file.write_all(&fresh)?;
    Ok(fresh)
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
        let secret: Secret = "hunter2".parse().unwrap();
        assert!(!format!("{secret:?}").contains("hunter2"));
    }
}
