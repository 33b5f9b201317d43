use std::io;
use std::path::PathBuf;

/// Why an import stopped. Each names the thing and the way on; a refused row is none of these.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    #[error("{path} can't be opened: {fault}; check the name and that you may read it", path = .path.display())]
    Open { path: PathBuf, fault: io::Error },
    #[error("{path} is not a file; an import may read it more than once, so save it as a file first", path = .path.display())]
    NotAFile { path: PathBuf },
    #[error("{path} is empty; a table needs at least a line with the names of its columns", path = .path.display())]
    Empty { path: PathBuf },
    #[error("{path} is {found}; save it as {wanted} in UTF-8, plain or packed with gzip or xz", path = .path.display())]
    UnknownFormat { path: PathBuf, found: &'static str, wanted: &'static str },
    #[error("{path} has no column {missing}; its first line names {found}. Add what is missing and import again", path = .path.display())]
    MissingColumn { path: PathBuf, missing: String, found: String },
    #[error(
        "{path} can't be read after line {line}: {fault}; it is damaged or cut short; get the whole file and import it again",
        path = .path.display()
    )]
    Read { path: PathBuf, line: u64, fault: io::Error },
    #[error("{path} has more than {max_rows} rows; split it", path = .path.display())]
    TooManyRows { path: PathBuf, max_rows: usize },
    #[error("the report {path} can't be written: {fault}; choose a place with room that you may write to", path = .path.display())]
    Report { path: PathBuf, fault: io::Error },
    #[error("the store could not take what was read: {fault:#}; nothing is lost, run the import again")]
    Sink { fault: anyhow::Error },
    #[error("reading stopped unexpectedly: {fault}; run the import again")]
    Stopped { fault: String },
}
