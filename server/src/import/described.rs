use std::collections::HashMap;
use std::io::BufRead;
use std::path::Path;

use domain::catalog::{Attribute, Brand, CategoryPath, Description, Mpn, ProductId, Title};
use domain::pricing::Price;

use super::ImportError;
use super::feed::{OPTIONS, attribute, attributes, category, description, optional, title};
use super::report::{Note, Notes};
use super::row::{Column, Row, Rows};
use super::source::Source;
use super::words::plain_line;

/// A product as a feed describes it, whether or not it could be sold: only id and title are needed.
#[derive(Debug, Clone)]
pub(crate) struct Described {
    pub(crate) id: ProductId,
    pub(crate) title: Title,
    pub(crate) description: Option<Description>,
    pub(crate) brand: Option<Brand>,
    pub(crate) path: CategoryPath,
    pub(crate) attributes: Vec<Attribute>,
    /// The ids of its rows, and the numbers that its makers know it by.
    pub(crate) codes: Vec<String>,
    pub(crate) price: Option<Price>,
    pub(crate) available: bool,
}

/// Reads the products of a feed as [`super::products`] reads it, for looking at and not for selling.
/// Rows of one group are one product, described by the first of them; also says how many rows could
/// not be read.
pub(crate) fn described(path: &Path) -> Result<(Vec<Described>, u64), ImportError> {
    let source = Source::new(path, "a product feed as TSV, CSV, RSS or Atom")?;
    let mut rows = Rows::open_with(&source, None, &Column::NAMING)?;
    let mut products: Vec<Described> = Vec::new();
    let mut places: HashMap<ProductId, usize> = HashMap::new();
    let mut refused = 0;
    while let Some(row) = rows.next_row()? {
        let Some(read) = row.ok().and_then(|row| read(&row)) else {
            refused += 1;
            continue;
        };
        if let Some(place) = places.get(&read.id) {
            fold(&mut products[*place], read);
        } else {
            places.insert(read.id.clone(), products.len());
            products.push(read);
        }
    }
    Ok((products, refused))
}

/// Opens any text file, plain or packed.
pub(crate) fn unpacked(path: &Path, wanted: &'static str) -> Result<Box<dyn BufRead + Send>, ImportError> {
    Source::new(path, wanted)?.open(None).map(|(_, reader)| reader)
}

fn read(row: &Row) -> Option<Described> {
    let notes = &mut Notes::default();
    let mut facts = attributes(row, notes);
    let options = OPTIONS.iter().map(|(column, name)| (name, plain_line(row.get(*column))));
    facts.extend(options.filter(|(_, value)| !value.is_empty()).filter_map(|(name, value)| attribute(name, &value)));
    let mut codes = vec![row.get(Column::Id).to_owned()];
    codes.extend(optional::<Mpn>(&plain_line(row.get(Column::Mpn)), Note::NumberLeftOut, notes).map(String::from));
    codes.extend(Some(row.get(Column::Gtin)).filter(|gtin| !gtin.is_empty()).map(str::to_owned));
    Some(Described {
        id: row.group().parse().ok()?,
        title: title(row, notes).ok()?,
        description: description(row, notes),
        brand: optional(&plain_line(row.get(Column::Brand)), Note::BrandLeftOut, notes),
        path: category(row, notes),
        attributes: facts,
        codes,
        price: row.get(Column::Price).parse().ok(),
        available: !row.get(Column::Availability).to_ascii_lowercase().starts_with("out"),
    })
}

fn fold(product: &mut Described, variant: Described) {
    for fact in variant.attributes {
        if !product.attributes.contains(&fact) {
            product.attributes.push(fact);
        }
    }
    for code in variant.codes {
        if !product.codes.contains(&code) {
            product.codes.push(code);
        }
    }
    product.available |= variant.available;
    let lower =
        variant.price.filter(|price| product.price.is_none_or(|known| price.minor_units() < known.minor_units()));
    product.price = lower.or(product.price);
}
