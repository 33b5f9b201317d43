//! Rows of tables. Written by hand and not with a library's reader for one reason: a quote that is
//! never closed must cost its own line and not the rest of the file, in memory that stays flat.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::ops::Range;

use super::report::Rejection;
use super::source::Format;
use super::{MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROW_BYTES, MAX_ROW_LINES};

/// The cells of one row.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// The line that the row begins on, counted from 1.
    pub(super) line: u64,
    text: String,
    ranges: Vec<Range<usize>>,
}

impl Cells {
    /// The cell of a column; empty where the row is shorter than the header.
    pub(super) fn get(&self, column: usize) -> &str {
        self.ranges.get(column).and_then(|range| self.text.get(range.clone())).unwrap_or_default()
    }

    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }
}

#[derive(Debug)]
pub(super) struct Table<R> {
    reader: R,
    format: Format,
    header: Vec<String>,
    /// Lines that were read ahead in search of a closing quote.
    ahead: VecDeque<Line>,
    lines: u64,
    splitter: Splitter,
}

#[derive(Debug)]
struct Line {
    /// Without its end.
    bytes: Vec<u8>,
    overlong: bool,
}

impl<R: BufRead> Table<R> {
    /// Reads the header. A header that can't be read is one without columns.
    pub(super) fn new(reader: R, format: Format) -> io::Result<Self> {
        let (header, ahead, splitter) = (Vec::new(), VecDeque::new(), Splitter::default());
        let mut table = Self { reader, format, header, ahead, lines: 0, splitter };
        if let Some(Ok(cells)) = table.next_row()? {
            table.header = (0..cells.ranges.len()).map(|column| cells.get(column).trim().to_owned()).collect();
        }
        Ok(table)
    }

    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// Lines read so far.
    pub(super) const fn lines(&self) -> u64 {
        self.lines
    }

    /// The next row that is not empty, or why it is refused; `None` at the end.
    pub(super) fn next_row(&mut self) -> io::Result<Option<Result<Cells, Rejection>>> {
        loop {
            let Some(line) = self.next_line()? else { return Ok(None) };
            self.lines += 1;
            let number = self.lines;
            if line.overlong {
                return Ok(Some(Err(too_long(number, &line.bytes))));
            }
            if line.bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            self.splitter.clear();
            match self.format {
                Format::Csv if line.bytes.contains(&b'"') => {
                    if !self.split_quoted(&line.bytes)? {
                        let reason = "has a quote that is never closed";
                        return Ok(Some(Err(Rejection::new(number, "row", lossy(&line.bytes), reason))));
                    }
                }
                Format::Csv => self.splitter.split_plain(&line.bytes, b','),
                Format::Tsv | Format::Xml => self.splitter.split_plain(&line.bytes, b'\t'),
            }
            return Ok(Some(self.cells(number)));
        }
    }

    /// Splits a row whose quoted cells may go on over the next lines. `false` gives those lines
    /// back, because the quote that began here was never closed.
    fn split_quoted(&mut self, first: &[u8]) -> io::Result<bool> {
        self.splitter.push_quoted(first);
        let mut taken = Vec::new();
        while self.splitter.is_open() && !self.splitter.has_stray_quote {
            let Some(line) = self.next_line()? else { break };
            let fits = !line.overlong
                && taken.len() < MAX_ROW_LINES
                && self.splitter.text.len() + line.bytes.len() < MAX_ROW_BYTES;
            if fits {
                self.splitter.push_quoted(b"\n");
                self.splitter.push_quoted(&line.bytes);
            }
            taken.push(line);
            if !fits {
                break;
            }
        }
        if self.splitter.is_open() || (self.splitter.has_stray_quote && !taken.is_empty()) {
            taken.into_iter().rev().for_each(|line| self.ahead.push_front(line));
            return Ok(false);
        }
        self.lines += taken.len() as u64;
        self.splitter.end_cell();
        Ok(true)
    }

    fn next_line(&mut self) -> io::Result<Option<Line>> {
        if let Some(line) = self.ahead.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = Vec::new();
        let mut limited = self.reader.by_ref().take(MAX_ROW_BYTES as u64 + 1);
        if limited.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        let overlong = bytes.len() > MAX_ROW_BYTES;
        if overlong && bytes.last() != Some(&b'\n') {
            self.reader.skip_until(b'\n')?;
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        Ok(Some(Line { bytes, overlong }))
    }

    /// Checks what was split. The buffer moves into the answer.
    fn cells(&mut self, line: u64) -> Result<Cells, Rejection> {
        let Splitter { text, ranges, .. } = std::mem::take(&mut self.splitter);
        let name = |column: usize| self.header.get(column).cloned().unwrap_or_else(|| format!("column {}", column + 1));
        let columns = if self.header.is_empty() { MAX_COLUMNS } else { self.header.len() };
        if let Some(surplus) = ranges.iter().skip(columns).find(|range| !text[(*range).clone()].trim_ascii().is_empty())
        {
            let reason = format!("has {} cells where the header has {columns}", ranges.len());
            return Err(Rejection::new(line, "row", lossy(&text[surplus.clone()]), reason));
        }
        if let Some(column) = ranges.iter().position(|range| range.len() > MAX_CELL_BYTES) {
            let reason = format!("is longer than {MAX_CELL_BYTES} bytes");
            return Err(Rejection::new(line, name(column), lossy(&text[ranges[column].clone()]), reason));
        }
        match String::from_utf8(text) {
            Ok(text) => Ok(Cells { line, text, ranges }),
            Err(broken) => {
                let (at, text) = (broken.utf8_error().valid_up_to(), broken.into_bytes());
                let column = ranges.iter().position(|range| at < range.end).unwrap_or_default();
                let value = ranges.get(column).map(|range| lossy(&text[range.clone()])).unwrap_or_default();
                Err(Rejection::new(line, name(column), value, "is not valid UTF-8"))
            }
        }
    }
}

pub(super) fn too_long(line: u64, bytes: &[u8]) -> Rejection {
    let reason = format!("is longer than {MAX_ROW_BYTES} bytes");
    Rejection::new(line, "row", lossy(bytes), reason)
}

/// The beginning of what can't be read, for the report.
pub(super) fn lossy(bytes: &[u8]) -> String {
    const SHOWN_BYTES: usize = 400;
    String::from_utf8_lossy(&bytes[..bytes.len().min(SHOWN_BYTES)]).into_owned()
}

/// Takes the quotes off cells and remembers where each begins and ends.
#[derive(Debug, Default)]
struct Splitter {
    text: Vec<u8>,
    ranges: Vec<Range<usize>>,
    cell_start: usize,
    place: Place,
    /// Over several lines a quote that neither ends its cell nor is doubled opens a cell of
    /// another row: the quote before it was never closed.
    has_stray_quote: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    CellStart,
    Bare,
    Quoted,
    /// After a quote inside a quoted cell and so many spaces: the cell's end if a comma or the
    /// line's end follows. Anything else shows that the quote belonged to the text: `"17" screen"`.
    AfterQuote {
        spaces: usize,
    },
}

impl Splitter {
    fn clear(&mut self) {
        *self = Self::default();
    }

    fn split_plain(&mut self, line: &[u8], separator: u8) {
        for cell in line.split(|byte| *byte == separator) {
            self.push_unquoted(cell);
            self.end_cell();
        }
    }

    /// A cell in quotes whose inner quotes are all doubled loses them; other quotes are text.
    fn push_unquoted(&mut self, cell: &[u8]) {
        let inner = cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\""));
        let is_quoting = |inner: &[u8]| inner.split(|byte| *byte != b'"').all(|quotes| quotes.len().is_multiple_of(2));
        match inner {
            Some(inner) if is_quoting(inner) => {
                let mut doubled = false;
                for byte in inner {
                    doubled = *byte == b'"' && !doubled;
                    if !doubled {
                        self.text.push(*byte);
                    }
                }
            }
            _ => self.text.extend_from_slice(cell),
        }
    }

    fn push_quoted(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.push(*byte);
        }
    }

    fn push(&mut self, byte: u8) {
        match (self.place, byte) {
            (Place::CellStart, b'"') => self.place = Place::Quoted,
            (Place::CellStart | Place::Bare | Place::AfterQuote { .. }, b',') => self.end_cell(),
            (Place::CellStart | Place::Bare, _) => {
                self.place = Place::Bare;
                self.text.push(byte);
            }
            (Place::Quoted, b'"') => self.place = Place::AfterQuote { spaces: 0 },
            (Place::Quoted, _) => self.text.push(byte),
            (Place::AfterQuote { spaces: 0 }, b'"') => {
                self.place = Place::Quoted;
                self.text.push(b'"');
            }
            (Place::AfterQuote { spaces }, b' ') => self.place = Place::AfterQuote { spaces: spaces + 1 },
            (Place::AfterQuote { spaces }, _) => {
                self.place = Place::Quoted;
                self.has_stray_quote = true;
                self.text.push(b'"');
                self.text.resize(self.text.len() + spaces, b' ');
                self.push(byte);
            }
        }
    }

    fn is_open(&self) -> bool {
        self.place == Place::Quoted
    }

    fn end_cell(&mut self) {
        self.ranges.push(self.cell_start..self.text.len());
        // Keeps broken characters of neighbouring cells from joining into a whole one.
        self.text.push(b'\n');
        self.cell_start = self.text.len();
        self.place = Place::CellStart;
    }
}

#[cfg(test)]
mod tests;
