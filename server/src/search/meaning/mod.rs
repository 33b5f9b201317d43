//! The meaning of texts as places: texts that mean the same lie near each other, whatever their words.
//!
//! Optional: who puts a folder `search-model` into the data folder, as sentence-transformers writes them
//! (`config.json`, `vocab.txt`, `model.safetensors` of a BERT encoder whose last layer's mean is the
//! place), for instance all-MiniLM-L6-v2, has products found by what they mean as well. Without it
//! nothing here runs. Who may call it is the engine, through [`Embedder`].
//!
//! The forward pass is written down in `encoder.rs` on the matrices that the graph database brings
//! along: a library of networks changes the features of a dozen crates below that database, which costs
//! everybody an hour of compiling for an option that few turn on.

mod encoder;
mod tokens;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use domain::search::embedding::Embedding;
use domain::search::ports::Embedder;

use encoder::Encoder;
use tokens::Tokens;

/// A sentence encoder in memory.
struct Model {
    name: String,
    tokens: Tokens,
    encoder: Encoder,
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Where the model lies in the data folder.
const FOLDER: &str = "search-model";

/// The model in a store's data folder. Without one that can be read, search goes by words alone.
pub(super) fn within(data: &Path) -> Option<Arc<dyn Embedder>> {
    let folder = data.join(FOLDER);
    if !folder.exists() {
        return None;
    }
    match read(&folder) {
        Ok(model) => Some(model),
        Err(fault) => {
            tracing::warn!("search goes by words alone: {fault:#}");
            None
        }
    }
}

/// Reads the model in a folder.
///
/// # Errors
/// Names the file that is missing or isn't what a BERT encoder needs.
pub(super) fn read(folder: &Path) -> anyhow::Result<Arc<dyn Embedder>> {
    let read = |file: &str| {
        let path = folder.join(file);
        std::fs::read(&path).with_context(|| format!("reading {} of the search model", path.display()))
    };
    let weights = read("model.safetensors")?;
    let tokens = Tokens::read(&read("vocab.txt")?).context("reading the words of the search model")?;
    let encoder = Encoder::read(&read("config.json")?, &weights).context("reading the search model")?;
    let name = blake3::hash(&weights).to_hex().chars().take(NAME_CHARS).collect();
    Ok(Arc::new(Model { name, tokens, encoder }))
}

/// Of the hash that names a model; enough to tell models apart.
const NAME_CHARS: usize = 16;

impl Embedder for Model {
    fn name(&self) -> &str {
        &self.name
    }

    fn embed(&self, text: &str) -> Option<Embedding> {
        let ids = self.tokens.of(text);
        if ids.is_empty() {
            return None;
        }
        Embedding::of(&self.encoder.mean(&ids))
    }
}

#[cfg(test)]
mod tests;
