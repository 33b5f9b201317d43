//! The file of synonyms that operators may put into the data folder: `synonyms.txt`, one group to a
//! line, words apart by commas. It takes the place of those that the store begins with until it is removed,
//! and works a few seconds after it was saved.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::ensure;

use super::engine::Engine;

const FILE: &str = "synonyms.txt";
/// Longer files are a mistake.
const MAX_BYTES: u64 = 1024 * 1024;

#[derive(Debug, Clone)]
pub(super) struct Vocabulary {
    file: PathBuf,
    /// What the engine has, as far as that is known.
    given: Option<Groups>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Groups {
    BuiltIn,
    /// Those of the file as it was saved at a moment.
    Saved(SystemTime),
}

impl Vocabulary {
    pub(super) fn within(data: &Path) -> Self {
        Self { file: data.join(FILE), given: None }
    }

    /// Gives the engine the file, or what the store begins with where there is none, unless it has it.
    pub(super) fn give_to(&mut self, engine: &Engine) {
        let groups = match std::fs::metadata(&self.file).and_then(|file| file.modified()) {
            Ok(saved) => Groups::Saved(saved),
            Err(error) if error.kind() == ErrorKind::NotFound => Groups::BuiltIn,
            // What can't be looked at now is looked at again.
            Err(_) => return,
        };
        if self.given == Some(groups) {
            return;
        }
        self.given = Some(groups);
        match groups {
            Groups::BuiltIn => engine.set_built_in_synonyms(),
            Groups::Saved(_) => match self.read() {
                Ok(text) => engine.set_synonyms(&text),
                Err(fault) => tracing::warn!("{} is left out: {fault:#}", self.file.display()),
            },
        }
    }

    fn read(&self) -> anyhow::Result<String> {
        ensure!(std::fs::metadata(&self.file)?.len() <= MAX_BYTES, "it must be a text of at most {MAX_BYTES} bytes");
        Ok(std::fs::read_to_string(&self.file)?)
    }
}
