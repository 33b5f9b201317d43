use std::fs;
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::real_data::left_out;

const SOURCE: &str = include_str!("clock.c");

/// The clock of a store, which is set back and forward while the store is open.
#[derive(Debug)]
pub(crate) struct Clock {
    folder: TempDir,
}

impl Clock {
    /// A clock that is right; where nothing compiles C, the test says that it is left out.
    pub(crate) fn new() -> Option<Self> {
        let clock = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(clock.ahead(), 0_i64.to_ne_bytes()).unwrap();
        let source = clock.folder.path().join("clock.c");
        fs::write(&source, SOURCE).unwrap();
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(clock.library()).arg(source).stdin(Stdio::null());
        if compiler.status().is_ok_and(|status| status.success()) {
            return Some(clock);
        }
        left_out("a compiler of C");
        None
    }

    fn ahead(&self) -> PathBuf {
        self.folder.path().join("ahead")
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("clock.so")
    }

    /// What a store goes by this clock with.
    pub(crate) fn environment(&self) -> [(&'static str, String); 2] {
        [("LD_PRELOAD", self.library().display().to_string()), ("CLOCK_AHEAD", self.ahead().display().to_string())]
    }

    /// Sets it so many seconds ahead of the right time, or behind it.
    pub(crate) fn set_ahead(&self, seconds: i64) {
        // The store has the file mapped: it is written over and never cut.
        let file = fs::OpenOptions::new().write(true).open(self.ahead()).unwrap();
        file.write_all_at(&seconds.to_ne_bytes(), 0).unwrap();
    }
}
