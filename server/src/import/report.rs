use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::ImportError;
use super::words::{in_one_line, shortened};

/// Longest value that the report repeats, in characters.
const MAX_VALUE_CHARS: usize = 80;

/// One row, or one field of it, that the store does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rejection {
    /// The line that the row begins on, counted from 1.
    pub(super) line: u64,
    pub(super) field: Cow<'static, str>,
    pub(super) value: String,
    pub(super) reason: String,
}

impl Rejection {
    pub(super) fn new(
        line: u64,
        field: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
        reason: impl fmt::Display,
    ) -> Self {
        Self { line, field: field.into(), value: value.into(), reason: reason.to_string() }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = shortened(&in_one_line(&self.value), MAX_VALUE_CHARS).into_owned();
        write!(f, "line {}: {} \"{value}\" {}", self.line, self.field, self.reason)
    }
}

/// What was changed to fit without losing the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Note {
    TitleCut,
    DescriptionCut,
    BrandLeftOut,
    SellerLeftOut,
    NumberLeftOut,
    PictureLeftOut,
    AttributeLeftOut,
    CategoryLeftOut,
    SaleLeftOut,
    ExpirationLeftOut,
    TaxCategoryLeftOut,
    Expired,
}

impl Note {
    const fn words(self) -> &'static str {
        match self {
            Self::TitleCut => "titles cut to the longest that fits",
            Self::DescriptionCut => "descriptions cut to the longest that fits",
            Self::BrandLeftOut => "brands left out, too long",
            Self::SellerLeftOut => "sellers left out, too long",
            Self::NumberLeftOut => "gtin or mpn left out, not valid",
            Self::PictureLeftOut => "picture addresses left out, not usable",
            Self::AttributeLeftOut => "attributes left out, unreadable or too many",
            Self::CategoryLeftOut => "products filed under another shelf, category not readable",
            Self::SaleLeftOut => "sale prices left out, the period of the sale is not readable",
            Self::ExpirationLeftOut => "expiration dates left out, not readable",
            Self::TaxCategoryLeftOut => "tax categories left out, not standard, reduced, super_reduced or zero",
            Self::Expired => "rows past their expiration date, not sold",
        }
    }
}

/// How often each note was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Notes(BTreeMap<Note, u64>);

impl Notes {
    pub(super) fn add(&mut self, note: Note) {
        *self.0.entry(note).or_default() += 1;
    }

    #[cfg(test)]
    pub(super) fn count(&self, note: Note) -> u64 {
        self.0.get(&note).copied().unwrap_or_default()
    }
}

/// What came into the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Products {
        products: u64,
        variants: u64,
    },
    Orders {
        orders: u64,
        lines: u64,
    },
    Promotions {
        promotions: u64,
    },
    Bundles {
        bundles: u64,
    },
    /// SKUs whose stock differs from what was counted, and those where it agrees. A preview writes nothing.
    Counts {
        changed: u64,
        same: u64,
        preview: bool,
    },
}

/// How an import went; its `Display` is what a person reads at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Summary {
    /// Rows of the file, without the header.
    pub(crate) rows: u64,
    pub(crate) rejected: u64,
    /// What was wrong with the first of them.
    pub(crate) first_rejected: Option<Rejection>,
    /// Created or replaced; a second import of the same file writes the same.
    pub(crate) written: Written,
    pub(crate) notes: Notes,
    /// Where the rejected rows are listed; `None` when there are none.
    pub(crate) report: Option<PathBuf>,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows read: ", self.rows)?;
        match self.written {
            Written::Products { products, variants } => write!(f, "{products} products with {variants} variants")?,
            Written::Orders { orders, lines } => write!(f, "{orders} orders with {lines} lines")?,
            Written::Promotions { promotions } => write!(f, "{promotions} promotions")?,
            Written::Bundles { bundles } => write!(f, "{bundles} bundles")?,
            Written::Counts { changed, same, .. } => write!(f, "{same} SKUs as counted, {changed} others")?,
        }
        let is_preview = matches!(self.written, Written::Counts { preview: true, .. });
        f.write_str(if is_preview { " would be written" } else { " written" })?;
        if let Some(report) = &self.report {
            write!(f, ", {} rows rejected (see {})", self.rejected, report.display())?;
        }
        for (note, count) in &self.notes.0 {
            write!(f, "\n  {}: {count}", note.words())?;
        }
        Ok(())
    }
}

/// The file of rejected rows: `line,field,value,reason`. It is created with the first of them, and one
/// that an earlier import left in its place is taken away.
#[derive(Debug)]
pub(super) struct Report {
    /// Where it goes; `None` counts only.
    path: Option<PathBuf>,
    file: Option<csv::Writer<File>>,
    rejected: u64,
    first: Option<Rejection>,
}

impl Report {
    pub(super) fn at(path: &Path) -> Result<Self, ImportError> {
        take_away(path).map_err(|fault| ImportError::Report { path: path.to_owned(), fault })?;
        Ok(Self { path: Some(path.to_owned()), file: None, rejected: 0, first: None })
    }

    pub(super) const fn nowhere() -> Self {
        Self { path: None, file: None, rejected: 0, first: None }
    }

    pub(super) fn add(&mut self, rejection: &Rejection) -> Result<(), ImportError> {
        self.rejected += 1;
        self.first.get_or_insert_with(|| rejection.clone());
        self.try_add(rejection).map_err(|fault| self.fault(fault))
    }

    /// Ends the file, and tells how an import of so many rows went.
    pub(super) fn finish(mut self, rows: u64, written: Written, notes: Notes) -> Result<Summary, ImportError> {
        let report = match self.file.as_mut().map(csv::Writer::flush) {
            None => None,
            Some(Ok(())) => self.path,
            Some(Err(fault)) => return Err(self.fault(fault)),
        };
        Ok(Summary { rows, rejected: self.rejected, first_rejected: self.first, written, notes, report })
    }

    fn try_add(&mut self, rejection: &Rejection) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let mut file = csv::Writer::from_path(path)?;
                file.write_record(["line", "field", "value", "reason"])?;
                none.insert(file)
            }
        };
        let value = shortened(&in_one_line(&rejection.value), MAX_VALUE_CHARS).into_owned();
        let line = rejection.line.to_string();
        file.write_record([line.as_str(), &rejection.field, &value, &rejection.reason])?;
        Ok(())
    }

    fn fault(&self, fault: io::Error) -> ImportError {
        ImportError::Report { path: self.path.clone().unwrap_or_default(), fault }
    }
}

/// Removes what an earlier import left. What is no file, such as `/dev/null`, stays.
fn take_away(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => fs::remove_file(path),
        Err(fault) if fault.kind() != ErrorKind::NotFound => Err(fault),
        _ => Ok(()),
    }
}
