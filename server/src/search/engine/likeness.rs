//! Products by their meaning: the signs of a product's embedding are compared with the query's, bit by
//! bit, for all products; the cosine is taken of the few that agree in most of them (Charikar 2002).

use domain::search::embedding::Embedding;
use tantivy::columnar::Column;

const MAX_PACKED: usize = Embedding::MAX_NUMBERS / Embedding::NUMBERS_IN_ONE;

/// An embedding as the numbers of the column.
pub(super) fn packed(embedding: &Embedding) -> impl Iterator<Item = u64> + '_ {
    embedding.numbers().as_chunks().0.iter().map(|numbers| u64::from_le_bytes(numbers.map(i8::cast_unsigned)))
}

/// What the products of one segment mean.
pub(super) struct Meanings {
    column: Option<Column<u64>>,
    /// The key of the text that each was made of.
    told: Option<Column<u64>>,
    /// The signs of each product's embedding, one after the other.
    signs: Vec<u64>,
    /// Numbers of `signs` that one product has; 0 where none has an embedding.
    width: usize,
}

impl Meanings {
    pub(super) fn new(column: Option<Column<u64>>, told: Option<Column<u64>>) -> Self {
        let docs = column.as_ref().map_or(0, Column::num_docs);
        let mut meanings = Self { signs: Vec::new(), width: 0, column, told };
        let first = (0..docs).find_map(|doc| meanings.of(doc));
        if let Some(first) = first {
            meanings.width = signs(&first).count();
            meanings.signs.reserve_exact(docs as usize * meanings.width);
            for doc in 0..docs {
                let embedding = meanings.of(doc);
                let before = meanings.signs.len();
                meanings.signs.extend(embedding.iter().flat_map(signs).take(meanings.width));
                meanings.signs.resize(before + meanings.width, 0);
            }
        }
        meanings
    }

    pub(super) fn of(&self, doc: u32) -> Option<Embedding> {
        let column = self.column.as_ref()?;
        let mut buffer = [0; MAX_PACKED];
        let rows = column.index.value_row_ids(doc);
        let count = rows.len().min(MAX_PACKED);
        column.values.get_range(rows.start.into(), &mut buffer[..count]);
        let bytes = buffer[..count].iter().flat_map(|packed| packed.to_le_bytes());
        Embedding::of_numbers(bytes.map(u8::cast_signed).collect())
    }

    /// The same, where it was made of the text with a key.
    pub(super) fn of_text(&self, doc: u32, key: u64) -> Option<Embedding> {
        self.told.as_ref()?.first(doc).filter(|told| *told == key)?;
        self.of(doc)
    }

    /// In how many signs each product agrees with a query.
    pub(super) fn agreeing(&self, query: &Embedding) -> impl Iterator<Item = (u32, u64)> + '_ {
        let query: Vec<u64> = signs(query).collect();
        let is_same_space = self.width > 0 && query.len() == self.width;
        let products = if is_same_space { self.signs.as_slice() } else { &[] };
        (0..).zip(
            products
                .chunks_exact(self.width.max(1))
                .map(move |product| product.iter().zip(&query).map(|(a, b)| u64::from((!(a ^ b)).count_ones())).sum()),
        )
    }
}

/// One bit for each number: whether it is above zero.
fn signs(embedding: &Embedding) -> impl Iterator<Item = u64> + '_ {
    embedding.numbers().chunks(u64::BITS as usize).map(|numbers| {
        numbers.iter().enumerate().fold(0, |signs, (place, number)| signs | u64::from(*number > 0) << place)
    })
}
