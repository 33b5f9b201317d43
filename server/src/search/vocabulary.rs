//! The file of synonyms that operators may put into the data folder: `synonyms.txt`, one group to a
//! line, words apart by commas. It takes the place of those that the store begins with, and works a
//! few seconds after it was saved.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::engine::Engine;

const FILE: &str = "synonyms.txt";
/// Longer files are a mistake.
const MAX_BYTES: u64 = 1024 * 1024;

#[derive(Debug, Clone)]
pub(super) struct Vocabulary {
    file: PathBuf,
    /// When the file that the engine has was saved.
    taken: Option<SystemTime>,
}

impl Vocabulary {
    pub(super) fn within(data: &Path) -> Self {
        Self { file: data.join(FILE), taken: None }
    }

    /// Gives the engine the file, where there is one that it does not have yet.
    pub(super) fn give_to(&mut self, engine: &Engine) {
        let Ok(file) = std::fs::metadata(&self.file) else { return };
        let Ok(saved) = file.modified() else { return };
        if self.taken == Some(saved) {
            return;
        }
        self.taken = Some(saved);
        let text = if file.len() > MAX_BYTES { None } else { std::fs::read_to_string(&self.file).ok() };
        match text {
            Some(text) => engine.set_synonyms(&text),
            None => {
                tracing::warn!("{} is left out: it must be a text of at most {MAX_BYTES} bytes", self.file.display());
            }
        }
    }
}
