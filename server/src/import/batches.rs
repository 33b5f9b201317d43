use tokio::sync::mpsc;

use super::ImportError;

/// Batches that may wait for the writer before the reader does.
const WAITING_BATCHES: usize = 4;

/// Where a reader puts what it read; full batches go to the writer.
#[derive(Debug)]
pub(super) struct Batches<T> {
    sender: mpsc::Sender<Vec<T>>,
    batch: Vec<T>,
    batch_size: usize,
}

impl<T> Batches<T> {
    /// # Errors
    /// [`ImportError::Stopped`] when nobody writes any more.
    pub(super) fn push(&mut self, item: T) -> Result<(), ImportError> {
        self.batch.push(item);
        if self.batch.len() < self.batch_size { Ok(()) } else { self.send() }
    }

    /// Sends what is left.
    pub(super) fn finish(mut self) -> Result<(), ImportError> {
        if self.batch.is_empty() { Ok(()) } else { self.send() }
    }

    fn send(&mut self) -> Result<(), ImportError> {
        let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(self.batch_size));
        self.sender.blocking_send(batch).map_err(|_| ImportError::Stopped { fault: "the writer is gone".to_owned() })
    }
}

/// Reads on a thread of its own while batches are written, so that both go on at once.
pub(super) async fn read_and_write<T: Send + 'static, S: Send + 'static>(
    batch_size: usize,
    read: impl FnOnce(Batches<T>) -> Result<S, ImportError> + Send + 'static,
    write: impl AsyncFn(Vec<T>) -> anyhow::Result<()>,
) -> Result<S, ImportError> {
    let (sender, mut waiting) = mpsc::channel(WAITING_BATCHES);
    let reading = tokio::task::spawn_blocking(move || read(Batches { sender, batch: Vec::new(), batch_size }));
    while let Some(batch) = waiting.recv().await {
        if let Err(fault) = write(batch).await {
            // The reader ends when it finds nobody to send to.
            return Err(ImportError::Sink { fault });
        }
    }
    reading.await.map_err(|fault| ImportError::Stopped { fault: fault.to_string() })?
}
