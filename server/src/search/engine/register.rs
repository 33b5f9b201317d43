//! What products are counted by: every brand, shelf, seller and fact of the index has a number, the same in
//! all its segments.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use domain::catalog::{AttributeName, AttributeText, Brand, CategoryId, Seller};
use domain::text::folded;

use super::schema::FACT_SEPARATOR;

/// What a number stands for, read once.
#[derive(Debug)]
pub(super) enum Value {
    Brand(Brand),
    /// The shelf and those above it, the nearest first.
    Category(Vec<CategoryId>),
    Seller(Seller),
    Fact {
        /// The index of its name, see [`Register::fact_name`].
        name: usize,
        text: AttributeText,
    },
    /// Nothing that can be chosen, such as the brand of what has none.
    Nothing,
}

/// All values of the index. Numbers are never used again, so a question may go on with the ones it has
/// while new values come.
#[derive(Debug, Default)]
pub(super) struct Register {
    values: Vec<Value>,
    /// By what is compared of a brand, for "SONY" is who "Sony" is; see [`folded`].
    brands: HashMap<Box<str>, u32>,
    /// Products with each spelling of a brand, roughly: what was written again is counted again.
    spellings: HashMap<Box<str>, u32>,
    categories: HashMap<Box<str>, u32>,
    sellers: HashMap<Box<str>, u32>,
    facts: HashMap<Box<str>, u32>,
    fact_names: Vec<AttributeName>,
    index_of_names: HashMap<AttributeName, usize>,
}

pub(super) type SharedRegister = Arc<RwLock<Register>>;

impl Register {
    /// The number of a brand that so many products spell like this; it is shown as most of its products spell it.
    pub(super) fn brand(&mut self, raw: &str, products: u32) -> u32 {
        let read = || raw.parse().ok().map(Value::Brand);
        let number = numbered(&mut self.brands, &mut self.values, &folded(raw), read);
        let spelt = self.spellings.entry(raw.into()).or_default();
        *spelt = spelt.saturating_add(products);
        let spelt = *spelt;
        if let Some(Value::Brand(shown)) = self.values.get_mut(number as usize)
            && self.spellings.get(shown.as_str()).is_none_or(|most| *most < spelt)
            && let Ok(spelling) = raw.parse()
        {
            *shown = spelling;
        }
        number
    }

    pub(super) fn category(&mut self, raw: &str) -> u32 {
        let read = || Some(Value::Category(raw.parse::<CategoryId>().ok()?.lineage().collect()));
        numbered(&mut self.categories, &mut self.values, raw, read)
    }

    pub(super) fn seller(&mut self, raw: &str) -> u32 {
        numbered(&mut self.sellers, &mut self.values, raw, || raw.parse().ok().map(Value::Seller))
    }

    pub(super) fn fact(&mut self, raw: &str) -> u32 {
        let (names, index_of_names) = (&mut self.fact_names, &mut self.index_of_names);
        numbered(&mut self.facts, &mut self.values, raw, || {
            let (name, text) = raw.split_once(FACT_SEPARATOR)?;
            let (name, text) = (name.parse::<AttributeName>().ok()?, text.parse().ok()?);
            let name = *index_of_names.entry(name.clone()).or_insert_with(|| {
                names.push(name);
                names.len() - 1
            });
            Some(Value::Fact { name, text })
        })
    }

    pub(super) fn find_brand(&self, brand: &Brand) -> Option<u32> {
        self.brands.get(folded(brand.as_str()).as_str()).copied()
    }

    pub(super) fn find_seller(&self, seller: &Seller) -> Option<u32> {
        self.sellers.get(seller.as_str()).copied()
    }

    pub(super) fn find_fact(&self, name: &AttributeName, text: &AttributeText) -> Option<u32> {
        self.facts.get(format!("{name}{FACT_SEPARATOR}{text}").as_str()).copied()
    }

    pub(super) fn find_fact_name(&self, name: &AttributeName) -> Option<usize> {
        self.index_of_names.get(name).copied()
    }

    pub(super) fn fact_name(&self, index: usize) -> Option<&AttributeName> {
        self.fact_names.get(index)
    }

    pub(super) fn fact_names(&self) -> usize {
        self.fact_names.len()
    }

    pub(super) fn value(&self, number: u32) -> &Value {
        self.values.get(number as usize).unwrap_or(&Value::Nothing)
    }

    pub(super) fn values(&self) -> &[Value] {
        &self.values
    }
}

/// The number of a value, which is read where it is new.
fn numbered(
    known: &mut HashMap<Box<str>, u32>,
    values: &mut Vec<Value>,
    raw: &str,
    read: impl FnOnce() -> Option<Value>,
) -> u32 {
    if let Some(number) = known.get(raw) {
        return *number;
    }
    let number = u32::try_from(values.len()).unwrap_or(u32::MAX);
    values.push(read().unwrap_or(Value::Nothing));
    known.insert(raw.into(), number);
    number
}
