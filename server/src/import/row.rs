use std::io;

use super::ImportError;
use super::report::Rejection;
use super::rss::Items;
use super::source::{Format, Source, Unpacked};
use super::tabular::{Cells, Table};

macro_rules! columns {
    ($($column:ident = $name:literal $(| $other:literal)*),+ $(,)?) => {
        /// The attributes of the Merchant Center product data specification that the store reads.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Column { $($column),+ }

        impl Column {
            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$column => $name),+ }
            }

            fn from_name(name: &str) -> Option<Self> {
                match name { $($name $(| $other)* => Some(Self::$column),)+ _ => None }
            }
        }
    };
}

columns! {
    Id = "id",
    ItemGroupId = "item_group_id",
    Title = "title",
    Description = "description" | "summary" | "content",
    ImageLink = "image_link",
    AdditionalImageLink = "additional_image_link",
    Availability = "availability",
    AvailabilityDate = "availability_date",
    Price = "price",
    SalePrice = "sale_price",
    SalePriceEffectiveDate = "sale_price_effective_date",
    Brand = "brand",
    Seller = "external_seller_id",
    Gtin = "gtin",
    Mpn = "mpn",
    ProductType = "product_type",
    GoogleProductCategory = "google_product_category",
    Colour = "color" | "colour",
    Size = "size",
    Material = "material",
    Pattern = "pattern",
    Gender = "gender",
    AgeGroup = "age_group",
    SizeSystem = "size_system",
    ProductDetail = "product_detail",
    ProductHighlight = "product_highlight",
    Condition = "condition",
    ExpirationDate = "expiration_date",
    TaxCategory = "tax_category",
    Quantity = "quantity" | "sell_on_google_quantity",
}

impl Column {
    /// Columns without which a table can't become a catalog.
    const REQUIRED: [Self; 4] = [Self::Id, Self::Title, Self::Availability, Self::Price];
    /// Columns without which a product can't be searched for.
    pub(super) const NAMING: [Self; 2] = [Self::Id, Self::Title];

    /// Reads `image_link`, `Image link`, `g:image_link` and
    /// `product_detail(section_name:attribute_name:attribute_value)`.
    pub(super) fn from_header(raw: &str) -> Option<Self> {
        let name = raw.split('(').next().unwrap_or_default().trim().to_ascii_lowercase().replace(' ', "_");
        Self::from_name(name.strip_prefix("g:").unwrap_or(&name))
    }
}

/// One row of a feed: what its known columns hold, in the order of the file.
#[derive(Debug)]
pub(super) struct Row {
    /// The line that it begins on, counted from 1.
    pub(super) line: u64,
    pub(super) values: Vec<(Column, String)>,
    /// What it takes in the file.
    pub(super) bytes: usize,
}

impl Row {
    /// The first value of a column that is not empty; else nothing, as `""`.
    pub(super) fn get(&self, column: Column) -> &str {
        self.all(column).next().unwrap_or_default()
    }

    pub(super) fn all(&self, column: Column) -> impl Iterator<Item = &str> {
        let of_column = self.values.iter().filter(move |(found, _)| *found == column);
        of_column.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The key of the product that the row belongs to.
    pub(super) fn group(&self) -> &str {
        match self.get(Column::ItemGroupId) {
            "" => self.get(Column::Id),
            group => group,
        }
    }
}

/// The rows of a product feed, whatever its format.
pub(super) struct Rows<'a> {
    source: &'a Source,
    kind: Kind,
}

enum Kind {
    Table { table: Table<Unpacked>, columns: Vec<Option<Column>> },
    Items(Items<Unpacked>),
}

impl<'a> Rows<'a> {
    /// `task` is shown beside the progress; `None` shows none.
    pub(super) fn open(source: &'a Source, task: Option<&'static str>) -> Result<Self, ImportError> {
        Self::open_with(source, task, &Column::REQUIRED)
    }

    /// Opens a table that has at least these columns.
    pub(super) fn open_with(
        source: &'a Source,
        task: Option<&'static str>,
        required: &[Column],
    ) -> Result<Self, ImportError> {
        let (format, reader) = source.open(task)?;
        let kind = if format == Format::Xml {
            Kind::Items(Items::new(reader))
        } else {
            let table = open_table(source, reader, format)?;
            let columns: Vec<_> = table.header().iter().map(|name| Column::from_header(name)).collect();
            let missing = required.iter().filter(|column| !columns.contains(&Some(**column)));
            require(source, table.header(), missing.map(|column| column.name()))?;
            Kind::Table { table, columns }
        };
        Ok(Self { source, kind })
    }

    /// The next row, or why it is refused; `None` at the end.
    pub(super) fn next_row(&mut self) -> Result<Option<Result<Row, Rejection>>, ImportError> {
        let (read, lines) = match &mut self.kind {
            Kind::Table { table, columns } => {
                let read = table.next_row().map(|next| next.map(|cells| cells.map(|cells| row(&cells, columns))));
                (read, table.lines())
            }
            Kind::Items(items) => (items.next_row(), items.lines()),
        };
        let next = read.map_err(|fault| read_fault(self.source, lines, fault))?;
        match &self.kind {
            Kind::Items(items) if next.is_none() && items.count() == 0 => {
                Err(self.source.unknown_format("XML without <item> or <entry>"))
            }
            _ => Ok(next),
        }
    }
}

fn row(cells: &Cells, columns: &[Option<Column>]) -> Row {
    let known = columns.iter().enumerate().filter_map(|(index, column)| Some(((*column)?, cells.get(index))));
    let values = known.filter(|(_, value)| !value.is_empty()).map(|(column, value)| (column, value.to_owned()));
    Row { line: cells.line, values: values.collect(), bytes: cells.bytes() }
}

/// Reads a table up to its header.
fn open_table(source: &Source, reader: Unpacked, format: Format) -> Result<Table<Unpacked>, ImportError> {
    Table::new(reader, format).map_err(|fault| read_fault(source, 0, fault))
}

/// That a file can't be read any further.
fn read_fault(source: &Source, line: u64, fault: io::Error) -> ImportError {
    ImportError::Read { path: source.path().to_owned(), line, fault }
}

/// What was made of a row, with the line that it begins on, or why it is refused.
type Numbered<T> = Result<(u64, T), Rejection>;

/// A table of which certain columns are read, by their names in any order.
pub(super) struct Columns<'a, const N: usize> {
    source: &'a Source,
    table: Table<Unpacked>,
    names: [&'static str; N],
    /// `None` of a column that is missing and may be.
    places: [Option<usize>; N],
}

impl<'a, const N: usize> Columns<'a, N> {
    /// Opens a file, with a progress bar of this title; refuses one that is no table or misses a column.
    pub(super) fn open(
        source: &'a Source,
        title: Option<&'static str>,
        names: [&'static str; N],
    ) -> Result<Self, ImportError> {
        Self::open_with(source, title, names, &[])
    }

    /// As [`Self::open`] does; some of the columns may be missing, and are empty then.
    pub(super) fn open_with(
        source: &'a Source,
        title: Option<&'static str>,
        names: [&'static str; N],
        optional: &[&str],
    ) -> Result<Self, ImportError> {
        let (format, reader) = source.open(title)?;
        if format == Format::Xml {
            return Err(source.unknown_format("XML"));
        }
        let table = open_table(source, reader, format)?;
        let header = table.header();
        let places = names.map(|name| header.iter().position(|found| found.eq_ignore_ascii_case(name)));
        let is_missing = |(name, place): &(&&str, Option<usize>)| place.is_none() && !optional.contains(*name);
        let missing = names.iter().zip(places).filter(is_missing).map(|(name, _)| *name);
        require(source, header, missing)?;
        Ok(Self { source, table, names, places })
    }

    /// The next row with the line that it begins on, as `read` makes it of the columns, or why it is
    /// refused: the field that `read` names, and a reason. `None` at the end.
    pub(super) fn next_row<T>(
        &mut self,
        read: impl FnOnce([&str; N]) -> Result<T, (&'static str, String)>,
    ) -> Result<Option<Numbered<T>>, ImportError> {
        let next = self.table.next_row().map_err(|fault| read_fault(self.source, self.table.lines(), fault))?;
        let Some(next) = next else { return Ok(None) };
        Ok(Some(next.and_then(|cells| {
            let fields = self.places.map(|place| place.map_or("", |place| cells.get(place)));
            let refused = |(field, reason)| {
                let value = self.names.iter().zip(fields).find(|(name, _)| **name == field);
                Rejection::new(cells.line, field, value.map_or("", |(_, value)| value), reason)
            };
            read(fields).map(|read| (cells.line, read)).map_err(refused)
        })))
    }
}

/// Refuses the file when its header misses a column.
fn require<'a>(source: &Source, header: &[String], missing: impl Iterator<Item = &'a str>) -> Result<(), ImportError> {
    const SHOWN_COLUMNS: usize = 20;
    let missing: Vec<&str> = missing.collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut found = header.iter().take(SHOWN_COLUMNS).cloned().collect::<Vec<_>>().join(", ");
    if found.is_empty() {
        found.push_str("nothing readable");
    }
    Err(ImportError::MissingColumn { path: source.path().to_owned(), missing: missing.join(" and no column "), found })
}
