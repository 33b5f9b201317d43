//! How `cartograph reindex` reaches the store that is open on its data folder. An embedded graph is open in one
//! process at a time, so the store makes the new index itself. Whoever connects to a socket in the data folder
//! asks for one, and is told over the connection how far it is: one [`Stage`] to a line. Only who may write to
//! the folder can ask.

use std::future::pending;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::watch;

use super::build::Progress;

const SOCKET: &str = "reindex.socket";
const FAULT_PAUSE: Duration = Duration::from_secs(2);

/// How far a new index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    /// The store has heard.
    Asked,
    /// So many products are in it, of so many.
    Filling {
        products: u64,
        of: u64,
    },
    /// All are in it, and it is put into its best shape.
    Merging,
    /// It is the one that is read.
    Done {
        products: u64,
    },
    Failed,
}

/// What hangs in the data folder of an open store, for others to ask for a new index.
#[derive(Debug)]
pub(super) struct Bell {
    socket: PathBuf,
    listener: Option<UnixListener>,
}

impl Bell {
    /// A folder that can't hold a socket is no reason to keep the store closed.
    pub(super) fn hang(data: &Path) -> Self {
        let socket = data.join(SOCKET);
        let listener = listen(&socket)
            .inspect_err(|error| tracing::warn!("`reindex` can't reach this store at {}: {error}", socket.display()))
            .ok();
        Self { socket, listener }
    }

    /// Waits until somebody asks for a new index.
    pub(super) async fn rung(&self) -> Asker {
        let Some(listener) = &self.listener else { return pending().await };
        loop {
            match listener.accept().await {
                Ok((stream, _)) => return Asker::over(stream),
                Err(error) => {
                    tracing::warn!("somebody who asked for a new search index was not heard: {error}");
                    tokio::time::sleep(FAULT_PAUSE).await;
                }
            }
        }
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        if self.listener.is_some() {
            // Who finds it there and nobody behind it knows that the store is closed.
            let _ = std::fs::remove_file(&self.socket);
        }
    }
}

fn listen(socket: &Path) -> io::Result<UnixListener> {
    // A store that ended all at once leaves its own behind.
    match std::fs::remove_file(socket) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => UnixListener::bind(socket),
    }
}

/// Who asked for a new index. They may have gone, and are told nothing then.
#[derive(Debug)]
pub(super) struct Asker(watch::Sender<Stage>);

impl Asker {
    fn over(stream: UnixStream) -> Self {
        let (stage, stages) = watch::channel(Stage::Asked);
        tokio::spawn(tell(stream, stages));
        Self(stage)
    }

    pub(super) fn tell(&self, stage: Stage) {
        self.0.send_replace(stage);
    }
}

impl Progress for Asker {
    fn begins(&self, products: u64) {
        self.tell(Stage::Filling { products: 0, of: products });
    }

    fn goes_on(&self, more: u64) {
        self.0.send_modify(|stage| {
            if let Stage::Filling { products, .. } = stage {
                *products += more;
            }
        });
    }

    fn ends(&self) {
        self.tell(Stage::Merging);
    }
}

/// Tells the newest stage until there is no other one. Who listens slowly misses some.
async fn tell(mut stream: UnixStream, mut stages: watch::Receiver<Stage>) {
    loop {
        let stage = *stages.borrow_and_update();
        let Ok(mut line) = serde_json::to_vec(&stage) else { return };
        line.push(b'\n');
        if stream.write_all(&line).await.is_err() || stages.changed().await.is_err() {
            return;
        }
    }
}

/// Asks the store that is open on a data folder for a new index, and passes on how far it is. Answers how many
/// products it holds; `None` where no store is open.
pub(crate) async fn ask(data: &Path, progress: &dyn Progress) -> anyhow::Result<Option<u64>> {
    let stream = match UnixStream::connect(data.join(SOCKET)).await {
        Ok(stream) => stream,
        Err(error) if is_nobody(error.kind()) => return Ok(None),
        Err(error) => return Err(error).context("asking the open store for a new search index"),
    };
    let (mut lines, mut known) = (BufReader::new(stream).lines(), 0);
    while let Some(line) = lines.next_line().await.context("listening to the open store")? {
        match serde_json::from_str::<Stage>(&line).context("listening to the open store")? {
            Stage::Asked => {}
            Stage::Filling { products, of } => {
                progress.begins(of);
                progress.goes_on(products.saturating_sub(known));
                known = products;
            }
            Stage::Merging => progress.ends(),
            Stage::Done { products } => return Ok(Some(products)),
            Stage::Failed => {
                bail!("the open store made no new search index and goes on with the one that it has; its log says why")
            }
        }
    }
    bail!("the store was closed, or began anew, before the index was there: please ask again")
}

/// Whether an error means that nobody listens: a path that is too long for a socket has none.
fn is_nobody(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::ConnectionRefused | ErrorKind::InvalidInput)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use futures::future::join;

    use super::*;

    /// What somebody was told: how many products there are, and how many came.
    #[derive(Default)]
    struct Heard(Mutex<(u64, u64)>);

    impl Progress for Heard {
        fn begins(&self, products: u64) {
            self.0.lock().unwrap().0 = products;
        }

        fn goes_on(&self, products: u64) {
            self.0.lock().unwrap().1 += products;
        }

        fn ends(&self) {}
    }

    #[tokio::test]
    async fn who_asks_is_told_how_far_the_index_is_until_it_is_there() {
        let data = tempfile::tempdir().unwrap();
        let (bell, heard) = (Bell::hang(data.path()), Heard::default());
        let making = async {
            let asker = bell.rung().await;
            asker.begins(5);
            asker.goes_on(2);
            asker.goes_on(3);
            // What is told next would take its place.
            while *heard.0.lock().unwrap() != (5, 5) {
                tokio::task::yield_now().await;
            }
            asker.ends();
            asker.tell(Stage::Done { products: 5 });
        };
        let (asked, ()) = join(ask(data.path(), &heard), making).await;
        assert_eq!(asked.unwrap(), Some(5));
        assert_eq!(*heard.0.lock().unwrap(), (5, 5));
    }

    #[tokio::test]
    async fn who_is_left_alone_is_told_so() {
        let data = tempfile::tempdir().unwrap();
        let bell = Bell::hang(data.path());
        let (asked, ()) = join(ask(data.path(), &()), async { drop(bell.rung().await) }).await;
        asked.unwrap_err();
    }

    #[tokio::test]
    async fn nobody_is_asked_where_no_store_is_open() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(ask(data.path(), &()).await.unwrap(), None);
        drop(Bell::hang(data.path()));
        assert_eq!(ask(data.path(), &()).await.unwrap(), None);
        // As a store leaves it that ends all at once.
        let socket = data.path().join(SOCKET);
        drop(UnixListener::bind(&socket).unwrap());
        assert!(socket.exists());
        assert_eq!(ask(data.path(), &()).await.unwrap(), None);
        let bell = Bell::hang(data.path());
        let (asked, ()) = join(ask(data.path(), &()), async {
            bell.rung().await.tell(Stage::Done { products: 1 });
        })
        .await;
        assert_eq!(asked.unwrap(), Some(1));
    }
}
