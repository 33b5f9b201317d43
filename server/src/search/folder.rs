//! Where indexes lie: `search/index-<number>` in the data folder, and beside them `search/current`,
//! which names the one that is read. An index is built beside it and comes into its place with one
//! rename. Who makes indexes here, or writes to one, has the lock on `search.lock` beside the folder.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use domain::search::ports::Embedder;

use super::engine::Engine;
use super::feeding::Position;
use super::meaning;

const POINTER: &str = "current";
const PREFIX: &str = "index-";
const LOCK: &str = "search.lock";

/// The right to make indexes in a folder and to write to them, until it is dropped or its process ends.
#[derive(Debug)]
pub(super) struct Claim {
    _locked: File,
}

#[derive(Debug, Clone)]
pub(super) struct IndexFolder {
    root: PathBuf,
    lock: PathBuf,
    embedder: Option<Arc<dyn Embedder>>,
}

impl IndexFolder {
    pub(super) fn within(data: &Path) -> Self {
        Self { root: data.join("search"), lock: data.join(LOCK), embedder: meaning::within(data) }
    }

    /// Claims the folder; `None` while another store or command has it.
    ///
    /// # Errors
    /// Where the data folder can't be written to.
    pub(super) fn claim(&self) -> anyhow::Result<Option<Claim>> {
        let open = File::options().create(true).truncate(false).write(true).open(&self.lock);
        let file = open.with_context(|| format!("opening {}", self.lock.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            // Nobody else on a disk without locks is told from nobody else at all.
            Err(TryLockError::Error(error)) => {
                tracing::warn!("{} can't be locked: {error}", self.lock.display());
            }
        }
        Ok(Some(Claim { _locked: file }))
    }

    /// The index that is read; `None` where there is none.
    pub(super) fn current(&self) -> anyhow::Result<Option<PathBuf>> {
        let pointer = self.root.join(POINTER);
        match fs::read_to_string(&pointer) {
            Ok(name) if name.starts_with(PREFIX) && !name.contains(['/', '\\']) => {
                Ok(Some(self.root.join(name.trim())))
            }
            Ok(_) => Ok(None),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("reading {}", pointer.display())),
        }
    }

    /// Opens the index that is read.
    pub(super) fn open(&self) -> anyhow::Result<Arc<Engine>> {
        let current = self.current()?.context("there is no search index")?;
        let engine = Arc::new(Engine::open(&current, self.embedder.clone())?);
        // Without its position an index may have missed anything.
        engine.mark()?.parse::<Position>()?;
        Ok(engine)
    }

    /// Makes an empty index beside the one that is read.
    pub(super) fn begin(&self) -> anyhow::Result<(PathBuf, Arc<Engine>)> {
        fs::create_dir_all(&self.root).with_context(|| format!("making {}", self.root.display()))?;
        let folder = self.root.join(format!("{PREFIX}{}", jiff::Timestamp::now().as_millisecond()));
        let made = Engine::create(&folder, self.embedder.clone()).inspect_err(|_| remove(&folder));
        let engine = made.with_context(|| format!("making {}", folder.display()))?;
        Ok((folder, Arc::new(engine)))
    }

    /// Makes an index the one that is read, and removes all others: who still reads one of them has
    /// its files open.
    pub(super) fn put_in_place(&self, index: &Path) -> anyhow::Result<()> {
        let name = index.file_name().and_then(|name| name.to_str()).context("an index has a name")?;
        // Nobody ever reads half of the name.
        let (pointer, draft) = (self.root.join(POINTER), self.root.join("current.draft"));
        let written = fs::write(&draft, name).and_then(|()| fs::rename(&draft, &pointer));
        written.inspect_err(|_| remove(index)).with_context(|| format!("writing {}", pointer.display()))?;
        for entry in fs::read_dir(&self.root)?.flatten() {
            let is_other = entry.path() != index && entry.file_name().to_string_lossy().starts_with(PREFIX);
            if is_other {
                remove(&entry.path());
            }
        }
        Ok(())
    }
}

/// Removes an index that is read no more, or that can't be finished: attempts must not fill the disk.
pub(super) fn remove(index: &Path) {
    if let Err(error) = fs::remove_dir_all(index)
        && error.kind() != ErrorKind::NotFound
    {
        tracing::warn!("a search index of no use stays at {}: {error}", index.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_comes_into_its_place_at_once_and_the_others_go() {
        let data = tempfile::tempdir().unwrap();
        let folder = IndexFolder::within(data.path());
        assert_eq!(folder.current().unwrap(), None);
        let old = folder.root.join("index-1");
        fs::create_dir_all(&old).unwrap();
        folder.put_in_place(&old).unwrap();
        let (new, _) = folder.begin().unwrap();
        assert_eq!(folder.current().unwrap(), Some(old.clone()));
        folder.put_in_place(&new).unwrap();
        assert_eq!(folder.current().unwrap(), Some(new));
        assert!(!old.exists());
        assert!(folder.open().is_err(), "it was never committed to");
    }

    #[test]
    fn one_at_a_time_may_write() {
        let data = tempfile::tempdir().unwrap();
        let folder = IndexFolder::within(data.path());
        let claim = folder.claim().unwrap();
        assert!(claim.is_some());
        assert!(IndexFolder::within(data.path()).claim().unwrap().is_none());
        drop(claim);
        assert!(folder.claim().unwrap().is_some());
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_no_index() {
        let data = tempfile::tempdir().unwrap();
        let folder = IndexFolder::within(data.path());
        fs::create_dir_all(&folder.root).unwrap();
        for name in ["", "..", "index-/../../elsewhere", "elsewhere"] {
            fs::write(folder.root.join(POINTER), name).unwrap();
            assert_eq!(folder.current().unwrap(), None, "{name}");
        }
    }
}
