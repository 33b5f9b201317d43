//! What is read of many documents at once: columns of numbers, opened once for each segment.

use std::sync::{Arc, PoisonError};

use tantivy::SegmentReader;
use tantivy::columnar::{Column, ColumnValues, StrColumn};

use super::ids::Ids;
use super::likeness::Meanings;
use super::register::{Register, SharedRegister};
use super::schema::{Fields, Shown};

/// What is counted of every result, document after document in plain memory: a row is what [`Shown`]
/// packs, and the numbers of the brand, the category, the seller and the facts in the [`Register`].
/// Waiting for memory is most of counting, so rows are as short as can be: a number that fits takes one
/// word, others three.
#[derive(Debug)]
pub(super) struct Rows {
    words: Vec<u16>,
    /// Where each document's row begins, and where the last one ends.
    begins: Vec<u32>,
}

/// The row of one document.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Row<'a> {
    shown: u16,
    names: &'a [u16],
}

/// Comes before a number of two words, the higher one first.
const LONG: u16 = u16::MAX;
/// Stands beside what [`Shown`] packs where a row has such a number.
const HAS_LONG: u16 = 1 << 15;

impl Rows {
    fn new(segment: &SegmentReader, register: &mut Register) -> tantivy::Result<Self> {
        let fields = segment.fast_fields();
        let shown = fields.u64("shown")?.first_or_default_col(0);
        let brands = fields.str("brand")?;
        let mut spelt = uses(brands.as_ref(), segment.max_doc()).into_iter();
        let brands = Named::open(brands, |name| register.brand(name, spelt.next().unwrap_or_default()))?;
        let categories = Named::open(fields.str("category")?, |name| register.category(name))?;
        let sellers = Named::open(fields.str("seller")?, |name| register.seller(name))?;
        let facts = Named::open(fields.str("facts")?, |name| register.fact(name))?;
        let mut rows = Self { words: Vec::new(), begins: Vec::with_capacity(segment.max_doc() as usize + 1) };
        for doc in 0..segment.max_doc() {
            rows.begin();
            rows.words.push(u16::try_from(shown.get_val(doc)).unwrap_or_default());
            rows.push(brands.of(doc).next().unwrap_or(u32::MAX));
            rows.push(categories.of(doc).next().unwrap_or(u32::MAX));
            rows.push(sellers.of(doc).next().unwrap_or(u32::MAX));
            // An attribute may say the same as a variant, and the product counts once.
            let mut said: Vec<u32> = facts.of(doc).collect();
            said.sort_unstable();
            said.dedup();
            for fact in said {
                rows.push(fact);
            }
        }
        rows.begin();
        rows.words.shrink_to_fit();
        Ok(rows)
    }

    fn begin(&mut self) {
        self.begins.push(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
    }

    fn push(&mut self, number: u32) {
        match u16::try_from(number) {
            Ok(word) if word != LONG => self.words.push(word),
            _ => {
                let [a, b, c, d] = number.to_be_bytes();
                self.words.extend([LONG, u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])]);
                let row = self.begins.last().and_then(|begin| self.words.get_mut(*begin as usize));
                if let Some(shown) = row {
                    *shown |= HAS_LONG;
                }
            }
        }
    }

    #[inline]
    pub(super) fn of(&self, doc: u32) -> Row<'_> {
        let at = |doc: usize| self.begins.get(doc).copied().unwrap_or_default() as usize;
        match self.words.get(at(doc as usize)..at(doc as usize + 1)) {
            Some([shown, names @ ..]) => Row { shown: *shown, names },
            _ => Row::default(),
        }
    }
}

impl<'a> Row<'a> {
    pub(super) fn shown(self) -> Shown {
        Shown::unpacked(self.packed())
    }

    /// As [`Shown`] packs it.
    pub(super) fn packed(self) -> u16 {
        self.shown & !HAS_LONG
    }

    /// Of the brand, the category, the seller, and each fact.
    pub(super) fn numbers(self) -> Numbered<'a> {
        Numbered(self.names.iter())
    }

    /// Hands over each of the numbers: where all are short, they are read without a look at each.
    #[inline]
    pub(super) fn each_number(self, mut take: impl FnMut(usize)) {
        if self.shown & HAS_LONG == 0 {
            self.names.iter().for_each(|word| take(usize::from(*word)));
        } else {
            self.numbers().for_each(|number| take(number as usize));
        }
    }

    pub(super) fn brand(self) -> u32 {
        self.numbers().next().unwrap_or(u32::MAX)
    }

    pub(super) fn category(self) -> u32 {
        self.numbers().nth(1).unwrap_or(u32::MAX)
    }

    pub(super) fn seller(self) -> u32 {
        self.numbers().nth(2).unwrap_or(u32::MAX)
    }

    pub(super) fn facts(self) -> impl Iterator<Item = u32> + 'a {
        self.numbers().skip(3)
    }
}

/// The numbers of a row.
#[derive(Debug)]
pub(super) struct Numbered<'a>(std::slice::Iter<'a, u16>);

impl Iterator for Numbered<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let word = *self.0.next()?;
        if word != LONG {
            return Some(word.into());
        }
        let (high, low) = (*self.0.next()?, *self.0.next()?);
        Some(u32::from(high) << u16::BITS | u32::from(low))
    }
}

/// How many documents have each name of a column, by the column's own ordinals.
fn uses(column: Option<&StrColumn>, docs: u32) -> Vec<u32> {
    let Some(column) = column else { return Vec::new() };
    let mut uses = vec![0; column.num_terms()];
    for ordinal in (0..docs).flat_map(|doc| column.ords().values_for_doc(doc)) {
        if let Some(count) = usize::try_from(ordinal).ok().and_then(|ordinal| uses.get_mut(ordinal)) {
            *count += 1;
        }
    }
    uses
}

/// A column of names, with the number of each of its own ordinals.
struct Named {
    column: Option<StrColumn>,
    of_ordinals: Vec<u32>,
}

impl Named {
    fn open(column: Option<StrColumn>, mut number: impl FnMut(&str) -> u32) -> tantivy::Result<Self> {
        let mut of_ordinals = Vec::new();
        if let Some(column) = &column {
            let mut terms = column.dictionary().stream()?;
            while terms.advance() {
                of_ordinals.push(number(std::str::from_utf8(terms.key()).unwrap_or_default()));
            }
        }
        Ok(Self { column, of_ordinals })
    }

    fn of(&self, doc: u32) -> impl Iterator<Item = u32> + '_ {
        let ordinals = self.column.iter().flat_map(move |column| column.ords().values_for_doc(doc));
        ordinals.filter_map(|ordinal| self.of_ordinals.get(usize::try_from(ordinal).ok()?).copied())
    }
}

/// A small number of each document, in plain memory.
#[derive(Debug)]
pub(super) struct SmallColumn(Vec<u16>);

impl SmallColumn {
    fn new(numbers: &Numbers) -> Self {
        let small = |doc| u16::try_from(numbers.get_val(doc)).unwrap_or(u16::MAX);
        Self((0..numbers.num_vals()).map(small).collect())
    }

    pub(super) fn of(&self, doc: u32) -> u16 {
        self.0.get(doc as usize).copied().unwrap_or_default()
    }
}

type Numbers = Arc<dyn ColumnValues<u64>>;

/// The columns of one segment.
pub(super) struct Columns {
    pub(super) tokens: Column<u64>,
    pub(super) ids: Ids,
    /// Documents stand in its order, the highest first.
    pub(super) standing: SmallColumn,
    pub(super) price: Numbers,
    pub(super) rating: Numbers,
    pub(super) trusted: Numbers,
    pub(super) added: Numbers,
    pub(super) popularity: Numbers,
    pub(super) rows: Rows,
    pub(super) meanings: Meanings,
}

impl Columns {
    pub(super) fn open(segment: &SegmentReader, fields: &Fields, register: &SharedRegister) -> tantivy::Result<Self> {
        let ids = Ids::new(segment, fields.id)?;
        let fields = segment.fast_fields();
        let numbers = |name: &str| fields.u64(name).map(|column| column.first_or_default_col(0));
        let mut register = register.write().unwrap_or_else(PoisonError::into_inner);
        Ok(Self {
            tokens: fields.u64("tokens")?,
            ids,
            standing: SmallColumn::new(&numbers("standing")?),
            price: numbers("price")?,
            rating: numbers("rating")?,
            trusted: numbers("trusted")?,
            added: numbers("added")?,
            popularity: numbers("popularity")?,
            rows: Rows::new(segment, &mut register)?,
            meanings: Meanings::new(fields.column_opt("meaning")?, fields.column_opt("told")?),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_row_is_read_as_it_was_written(
            written in prop::collection::vec(
                prop::collection::vec(prop_oneof![0..9_u32, 65_533..65_538_u32, Just(u32::MAX), any::<u32>()], 3..9),
                1..5,
            ),
        ) {
            let mut rows = Rows { words: Vec::new(), begins: Vec::new() };
            for numbers in &written {
                rows.begin();
                rows.words.push(9);
                for number in numbers {
                    rows.push(*number);
                }
            }
            rows.begin();
            for (doc, numbers) in (0..).zip(&written) {
                let row = rows.of(doc);
                prop_assert_eq!(row.packed(), 9);
                prop_assert_eq!(&row.numbers().collect::<Vec<_>>(), numbers);
                let mut each = Vec::new();
                row.each_number(|number| each.push(u32::try_from(number).unwrap()));
                prop_assert_eq!(&each, numbers);
                prop_assert_eq!([row.brand(), row.category(), row.seller()], &numbers[..3]);
                prop_assert_eq!(row.facts().collect::<Vec<_>>(), &numbers[3..]);
            }
            prop_assert_eq!(rows.of(u32::try_from(written.len()).unwrap()).numbers().count(), 0);
        }
    }
}
