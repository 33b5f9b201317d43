use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::lines::CartLine;
use super::priced::LineFacts;
use crate::catalog::{Product, Sku};
use crate::inventory::{AvailableUnits, Bundle, BundlePart, OnSale, SoldPart, StockLine, left_for_each};

/// A part of a bundle, and how many of it there are for all that needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartFacts {
    pub part: SoldPart,
    pub available: AvailableUnits,
}

impl PartFacts {
    /// The parts of some bundles, by what catalog and stock answered of them.
    pub fn of_all(
        bundles: &HashMap<Sku, Bundle>,
        products: &HashMap<Sku, Arc<Product>>,
        on_sale: &HashMap<Sku, OnSale>,
    ) -> HashMap<Sku, Vec<Self>> {
        let facts = |part: &BundlePart| Self {
            part: SoldPart::new(part, products.get(&part.sku).map(AsRef::as_ref)),
            available: on_sale.get(&part.sku).copied().unwrap_or_default().available,
        };
        bundles.iter().map(|(sku, bundle)| (sku.clone(), bundle.parts().iter().map(facts).collect())).collect()
    }
}

/// How many of each line there are when the lines before it have taken theirs: those with bundles may need the same
/// parts. Nothing without a bundle, for then no line needs what another one does.
pub(super) fn left_with_bundles<S: BuildHasher>(
    lines: &[CartLine],
    facts: &HashMap<Sku, LineFacts, S>,
) -> Vec<AvailableUnits> {
    if facts.values().all(|facts| facts.parts.is_empty()) {
        return Vec::new();
    }
    let mut available: HashMap<&Sku, AvailableUnits> = HashMap::new();
    for (sku, facts) in facts {
        available.extend(facts.parts.iter().map(|part| (&part.part.sku, part.available)));
        available.entry(sku).or_insert(facts.available);
    }
    let lines: Vec<StockLine<'_>> = lines.iter().map(|line| stock_line(line, facts.get(&line.sku))).collect();
    left_for_each(&lines, |sku| available.get(sku).copied().unwrap_or_default())
}

fn stock_line<'a>(line: &'a CartLine, facts: Option<&'a LineFacts>) -> StockLine<'a> {
    let parts = facts
        .map_or(&[][..], |facts| facts.parts.as_slice())
        .iter()
        .map(|PartFacts { part, .. }| (&part.sku, part.quantity));
    StockLine { sku: &line.sku, quantity: line.quantity, parts: parts.collect() }
}
