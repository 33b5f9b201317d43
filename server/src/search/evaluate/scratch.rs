use std::path::{Path, PathBuf};

use anyhow::Context;

/// A temporary folder, removed when it is dropped.
#[derive(Debug)]
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new() -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("cartograph-evaluate-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&folder).context("making a temporary folder")?;
        Ok(Self(folder))
    }

    pub(super) fn folder(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    #[cfg(test)]
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(fault) = std::fs::remove_dir_all(Path::new(&self.0)) {
            tracing::warn!("{} was left behind: {fault}", self.0.display());
        }
    }
}
