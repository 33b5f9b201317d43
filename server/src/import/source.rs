use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use liblzma::bufread::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};

use super::ImportError;
use super::progress::Counted;

const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b];
const XZ_MAGIC: &[u8] = &[0xfd, b'7', b'z', b'X', b'Z', 0];
const UTF8_MARK: &[u8] = &[0xef, 0xbb, 0xbf];
/// What is looked at to tell the format: the header line fits.
const HEAD_BYTES: u64 = 64 * 1024;
const BUFFER_BYTES: usize = 64 * 1024;
/// Memory that unpacking xz may take; its highest preset takes 65 MiB.
const XZ_MEMORY_BYTES: u64 = 128 * 1024 * 1024;

/// How rows are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// One row per line, cells apart by tabs.
    Tsv,
    /// Cells apart by commas, quoted where they hold commas, quotes or line ends.
    Csv,
    /// RSS or Atom.
    Xml,
}

pub(super) type Unpacked = Box<dyn BufRead + Send>;

/// A file to import, which can be opened again for another pass.
#[derive(Debug, Clone)]
pub(super) struct Source {
    path: PathBuf,
    bytes: u64,
    /// For the error about a file of another kind.
    wanted: &'static str,
}

impl Source {
    pub(super) fn new(path: &Path, wanted: &'static str) -> Result<Self, ImportError> {
        let metadata = std::fs::metadata(path).map_err(|fault| ImportError::Open { path: path.to_owned(), fault })?;
        if !metadata.is_file() {
            return Err(ImportError::NotAFile { path: path.to_owned() });
        }
        Ok(Self { path: path.to_owned(), bytes: metadata.len(), wanted })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the file from its start, unpacked and without a byte order mark.
    pub(super) fn open(&self, task: Option<&'static str>) -> Result<(Format, Unpacked), ImportError> {
        let file = File::open(&self.path).map_err(|fault| ImportError::Open { path: self.path.clone(), fault })?;
        let packed = BufReader::with_capacity(BUFFER_BYTES, Counted::new(file, self.bytes, task));
        let cut_short = |fault| ImportError::Read { path: self.path.clone(), line: 0, fault };
        let mut unpacked = unpack(packed).map_err(cut_short)?;
        let mut head = Vec::new();
        unpacked.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(cut_short)?;
        if head.starts_with(UTF8_MARK) {
            head.drain(..UTF8_MARK.len());
        }
        let format = self.format(&head)?;
        Ok((format, Box::new(Cursor::new(head).chain(unpacked))))
    }

    fn format(&self, head: &[u8]) -> Result<Format, ImportError> {
        let Some(start) = head.iter().position(|byte| !byte.is_ascii_whitespace()) else {
            return Err(ImportError::Empty { path: self.path.clone() });
        };
        let text = &head[start..];
        if text[0] == b'<' {
            return Ok(Format::Xml);
        }
        if let Some(found) = foreign(head, text) {
            return Err(self.unknown_format(found));
        }
        let header = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
        Ok(if header.contains(&b'\t') { Format::Tsv } else { Format::Csv })
    }

    pub(super) fn unknown_format(&self, found: &'static str) -> ImportError {
        ImportError::UnknownFormat { path: self.path.clone(), found, wanted: self.wanted }
    }
}

/// What the file is, where it is surely neither a table nor XML.
fn foreign(head: &[u8], text: &[u8]) -> Option<&'static str> {
    match text {
        [b'P', b'K', 3, 4, ..] => Some("a ZIP archive or an Excel file"),
        [b'{' | b'[', ..] => Some("JSON"),
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF document"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("text in UTF-16"),
        _ if head.contains(&0) => Some("a binary file"),
        _ => None,
    }
}

fn unpack<R: BufRead + Send + 'static>(mut packed: R) -> io::Result<Unpacked> {
    let magic = packed.fill_buf()?;
    if magic.starts_with(GZIP_MAGIC) {
        return Ok(buffered(MultiGzDecoder::new(packed)));
    }
    if magic.starts_with(XZ_MAGIC) {
        let decoder = Stream::new_stream_decoder(XZ_MEMORY_BYTES, CONCATENATED)?;
        return Ok(buffered(XzDecoder::new_stream(packed, decoder)));
    }
    Ok(Box::new(packed))
}

fn buffered<R: Read + Send + 'static>(reader: R) -> Unpacked {
    Box::new(BufReader::with_capacity(BUFFER_BYTES, reader))
}
