use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::catalog::listing::ProductCard;
use domain::catalog::ports::Catalog;
use domain::catalog::{AttributeText, CategoryName, ProductId};
use domain::recommendation::ports::Recommended;
use domain::recommendation::{Reason, Step, Way};
use jiff::civil::Date;

/// Of the best so many are looked up at once for each that is shown: some are sold out.
const SPARE: usize = 2;
/// How often further ones are looked up where too many of the best are sold out.
const MAX_LOOKS: usize = 8;

/// Something that may be shown, and why; products are not looked up yet.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) product: ProductId,
    pub(super) why: Why,
}

#[derive(Debug, Clone)]
pub(super) enum Why {
    BoughtWith { with: ProductId, orders: u32 },
    ViewedWith { with: ProductId, visits: u32 },
    BoughtAfter { from: ProductId, customers: u32 },
    Way(Way),
    Viewed { on: Date },
    Bought { orders: u32, on: Date },
    Alike { to: ProductId, shared: Vec<AttributeText> },
    Trending { orders: u32 },
    NewOn { shelf: CategoryName },
}

type Cards = HashMap<ProductId, Arc<ProductCard>>;

impl Candidate {
    pub(super) fn bought_with(with: &ProductId, step: &Step) -> Self {
        let why = Why::BoughtWith { with: with.clone(), orders: step.orders };
        Self { product: step.into.clone(), why }
    }

    pub(super) fn viewed_with(with: &ProductId, step: &Step) -> Self {
        let why = Why::ViewedWith { with: with.clone(), visits: step.orders };
        Self { product: step.into.clone(), why }
    }

    /// The product that was asked about is no part of a shopper's history: what lies on the way is told.
    pub(super) fn by_way(way: Way) -> Self {
        Self { product: way.into.clone(), why: Why::Way(way) }
    }

    /// The products that the reason names.
    fn named(&self) -> impl Iterator<Item = &ProductId> {
        let (first, second) = match &self.why {
            Why::BoughtWith { with, .. } | Why::ViewedWith { with, .. } => (Some(with), None),
            Why::Alike { to: named, .. } | Why::BoughtAfter { from: named, .. } => (Some(named), None),
            Why::Way(way) => (Some(&way.from), way.via.as_ref()),
            Why::Viewed { .. } | Why::Bought { .. } | Why::Trending { .. } | Why::NewOn { .. } => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// The reason in words; none where it names what is no longer sold.
    fn reason(self, cards: &Cards) -> Option<Reason> {
        let title = |product: &ProductId| cards.get(product).map(|card| card.title.clone());
        Some(match self.why {
            Why::BoughtWith { with, orders } => Reason::BoughtTogether { with: title(&with)?, orders },
            Why::ViewedWith { with, visits } => Reason::ViewedTogether { with: title(&with)?, visits },
            Why::BoughtAfter { from, customers } => Reason::BoughtAfter { from: title(&from)?, customers },
            Why::Alike { to, shared } => Reason::Alike { to: title(&to)?, shared },
            Why::Way(Way { from, interest, via, orders, .. }) => {
                let via = match via {
                    Some(via) => Some(title(&via)?),
                    None => None,
                };
                Reason::way(interest, title(&from)?, via, orders)
            }
            Why::Viewed { on } => Reason::Viewed { on },
            Why::Bought { orders, on } => Reason::Bought { orders, on },
            Why::Trending { orders } => Reason::Trending { orders },
            Why::NewOn { shelf } => Reason::NewOn { shelf },
        })
    }
}

/// Looks candidates up, the first ones first, and keeps at most `limit` that are in stock and not `seen` yet;
/// those are seen from then on.
pub(super) async fn pick(
    catalog: &dyn Catalog,
    candidates: impl IntoIterator<Item = Candidate>,
    seen: &mut HashSet<ProductId>,
    limit: usize,
) -> anyhow::Result<Vec<Recommended>> {
    let unseen: Vec<Candidate> =
        candidates.into_iter().filter(|candidate| !seen.contains(&candidate.product)).collect();
    let mut left = unseen.into_iter();
    let mut picked = Vec::with_capacity(limit);
    for _ in 0..MAX_LOOKS {
        let next: Vec<Candidate> = left.by_ref().take(limit.saturating_mul(SPARE)).collect();
        if picked.len() == limit || next.is_empty() {
            break;
        }
        let cards = cards_of(catalog, &next).await?;
        for candidate in next {
            if picked.len() == limit {
                break;
            }
            let Some(card) = cards.get(&candidate.product).filter(|card| card.in_stock).cloned() else { continue };
            let Some(reason) = candidate.reason(&cards) else { continue };
            if seen.insert(card.id.clone()) {
                picked.push(Recommended { card, reason });
            }
        }
    }
    Ok(picked)
}

/// Candidates, and what their reasons name.
async fn cards_of(catalog: &dyn Catalog, candidates: &[Candidate]) -> anyhow::Result<Cards> {
    let named = candidates.iter().flat_map(Candidate::named);
    let wanted: HashSet<&ProductId> = candidates.iter().map(|candidate| &candidate.product).chain(named).collect();
    let wanted: Vec<ProductId> = wanted.into_iter().cloned().collect();
    Ok(catalog.cards(&wanted).await?)
}
