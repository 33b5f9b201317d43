use std::io::{self, IsTerminal, Read};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

/// How often a run without a terminal says how far it is.
const PAUSE_BETWEEN_LINES: Duration = Duration::from_secs(10);

/// Counts the bytes read from a file, as they lie on the disk, and shows how far that is.
#[derive(Debug)]
pub(super) struct Counted<R> {
    inner: R,
    read_bytes: u64,
    total_bytes: u64,
    shown: Shown,
}

#[derive(Debug)]
enum Shown {
    Nothing,
    Bar(ProgressBar),
    Lines { task: &'static str, last: Instant },
}

impl<R: Read> Counted<R> {
    /// `task` is what the reader is at, in words; `None` shows nothing.
    pub(super) fn new(inner: R, total_bytes: u64, task: Option<&'static str>) -> Self {
        let shown = match task {
            None => Shown::Nothing,
            Some(task) if io::stderr().is_terminal() => Shown::Bar(bar(task, total_bytes)),
            Some(task) => Shown::Lines { task, last: Instant::now() },
        };
        Self { inner, read_bytes: 0, total_bytes, shown }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read_bytes += count as u64;
        match &mut self.shown {
            Shown::Nothing => {}
            Shown::Bar(bar) => bar.set_position(self.read_bytes),
            Shown::Lines { task, last } => {
                if last.elapsed() >= PAUSE_BETWEEN_LINES {
                    *last = Instant::now();
                    tracing::info!("{task}: {} % read", self.read_bytes * 100 / self.total_bytes.max(1));
                }
            }
        }
        Ok(count)
    }
}

fn bar(task: &'static str, total_bytes: u64) -> ProgressBar {
    let bar = ProgressBar::new(total_bytes).with_finish(ProgressFinish::AndClear).with_message(task);
    match ProgressStyle::with_template("{msg} {wide_bar} {bytes} of {total_bytes}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
