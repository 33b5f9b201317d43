//! The rows of one shopper: what they looked at and bought, and what the edges lead to from there.

use std::collections::{HashMap, HashSet};

use domain::account::AccountId;
use domain::browsing::{View, Viewer};
use domain::catalog::{CategoryId, ProductId, Sku};
use domain::order::OrderQuery;
use domain::recommendation::ports::{Known, PersonalShelf, Recommended};
use domain::recommendation::{Interest, Seed, ShelfKind, Step, middles, walk};
use domain::shipment::store_day;
use jiff::{SignedDuration, Timestamp};

use super::GraphRecommendations;
use super::candidate::{Candidate, Why, pick};
use super::edges::Leaving;
use super::shelves::distinct;

/// Cards of a row.
const SHELF_CARDS: usize = 10;
/// Pages of orders that are looked at, the newest first.
const ORDER_PAGES: usize = 2;
/// Of what was looked at last so many are asked what goes with them.
const MAX_ASKED: usize = 5;
/// Categories in which somebody looked around, the last ones.
const MAX_CATEGORIES: usize = 4;
/// Cards of a category that are looked through for new ones.
const MAX_COMPARED: u32 = 400;
const NEW_HOURS: i64 = 60 * 24;

/// What somebody bought of a product.
#[derive(Debug, Clone, Copy)]
struct Purchases {
    orders: u32,
    last_at: Timestamp,
}

/// All that is known of somebody.
#[derive(Default)]
struct Past {
    /// The last first.
    views: Vec<View>,
    bought: HashMap<ProductId, Purchases>,
    /// What stands on their lists, the last first.
    saved: Vec<View>,
}

impl GraphRecommendations {
    pub(super) async fn find_personal(
        &self,
        known: &Known,
        hidden: &[ProductId],
    ) -> anyhow::Result<Vec<PersonalShelf>> {
        let past = self.past(known).await?;
        if past.views.is_empty() && past.bought.is_empty() && past.saved.is_empty() {
            return Ok(Vec::new());
        }
        let mut seen: HashSet<ProductId> = hidden.iter().cloned().collect();
        let mut shelves = Vec::new();
        let mut put = |kind, recommended: Vec<Recommended>| {
            if !recommended.is_empty() {
                shelves.push(PersonalShelf { kind, recommended });
            }
        };
        put(ShelfKind::KeepLooking, self.pick(past.left(), &mut seen).await?);
        put(ShelfKind::BuyAgain, self.pick(past.to_buy_again(), &mut seen).await?);
        // What is known already is no discovery.
        let known_already = past.views.iter().chain(&past.saved).map(|view| view.product.clone());
        seen.extend(past.bought.keys().cloned().chain(known_already));
        put(ShelfKind::BuyNext, self.buy_next(&past, known.now, &mut seen).await?);
        put(ShelfKind::ForYou, self.for_you(&past, known.now, &mut seen).await?);
        if let Some((kind, recommended)) = self.because(&past, &mut seen).await? {
            put(kind, recommended);
        }
        put(ShelfKind::New, self.new_ones(&past, known.now, &mut seen).await?);
        Ok(shelves)
    }

    async fn pick(
        &self,
        candidates: Vec<Candidate>,
        seen: &mut HashSet<ProductId>,
    ) -> anyhow::Result<Vec<Recommended>> {
        pick(&*self.catalog, candidates, seen, SHELF_CARDS).await
    }

    async fn past(&self, known: &Known) -> anyhow::Result<Past> {
        let views = match known.history {
            Some(viewer) => self.browsing.history(viewer, known.now).await?.views().to_vec(),
            None => Vec::new(),
        };
        let (bought, saved) = match known.account {
            Some(account) => (self.bought_by(account).await?, self.edges.saved_by(Viewer::Account(account)).await?),
            None => (HashMap::new(), Vec::new()),
        };
        Ok(Past { views, bought, saved })
    }

    async fn bought_by(&self, account: AccountId) -> anyhow::Result<HashMap<ProductId, Purchases>> {
        let (mut query, mut orders) = (OrderQuery::default(), Vec::new());
        for _ in 0..ORDER_PAGES {
            let page = self.orders.list(account, &query).await?;
            orders.extend(page.orders.into_iter().filter(|order| order.state.is_bought()));
            query.older_than = page.next;
            if query.older_than.is_none() {
                break;
            }
        }
        let skus = distinct(orders.iter().flat_map(|order| &order.lines).map(|line| line.sku.clone()), Sku::clone);
        let owners = self.catalog.products_of(&skus).await?;
        let mut bought: HashMap<ProductId, Purchases> = HashMap::new();
        for order in &orders {
            let products =
                order.lines.iter().filter_map(|line| owners.get(&line.sku)).map(|product| product.id.clone());
            for product in distinct(products, ProductId::clone) {
                let known = bought.entry(product).or_insert(Purchases { orders: 0, last_at: order.placed_at });
                known.orders += 1;
                known.last_at = known.last_at.max(order.placed_at);
            }
        }
        Ok(bought)
    }

    /// What others bought later than what somebody bought.
    async fn buy_next(
        &self,
        past: &Past,
        now: Timestamp,
        seen: &mut HashSet<ProductId>,
    ) -> anyhow::Result<Vec<Recommended>> {
        let mut seeds = past.seeds(now);
        seeds.retain(|seed| seed.interest == Interest::Bought);
        let asked: Vec<ProductId> = seeds.iter().map(|seed| seed.product.clone()).collect();
        let leaving = self.edges.leaving(&asked).await?;
        // No way goes through a middle: one purchase that follows is told, not one that follows on that.
        let ways = walk(&seeds, &[], &|product| leaving.get(product).map_or(&[][..], |leaving| &leaving.next));
        let next = ways.into_iter().map(|way| {
            let why = Why::BoughtAfter { from: way.from, customers: way.orders };
            Candidate { product: way.into, why }
        });
        self.pick(next.collect(), seen).await
    }

    async fn for_you(
        &self,
        past: &Past,
        now: Timestamp,
        seen: &mut HashSet<ProductId>,
    ) -> anyhow::Result<Vec<Recommended>> {
        let seeds = past.seeds(now);
        let asked: Vec<ProductId> = seeds.iter().map(|seed| seed.product.clone()).collect();
        let mut leaving = self.edges.leaving(&asked).await?;
        let reached = middles(&seeds, &|product| steps(leaving.get(product).map(AsRef::as_ref)));
        leaving.extend(self.edges.leaving(&reached).await?);
        let ways = walk(&seeds, &reached, &|product| steps(leaving.get(product).map(AsRef::as_ref)));
        self.pick(ways.into_iter().map(Candidate::by_way).collect(), seen).await
    }

    /// What others bought or looked at with the last product for which that is known.
    async fn because(
        &self,
        past: &Past,
        seen: &mut HashSet<ProductId>,
    ) -> anyhow::Result<Option<(ShelfKind, Vec<Recommended>)>> {
        let asked: Vec<ProductId> = past.views.iter().take(MAX_ASKED).map(|view| view.product.clone()).collect();
        let cards = self.catalog.cards(&asked).await?;
        let leaving = self.edges.leaving(&asked).await?;
        for product in &asked {
            let (Some(card), Some(leaving)) = (cards.get(product), leaving.get(product)) else { continue };
            let bought = leaving.bought.iter().map(|step| Candidate::bought_with(product, step));
            let viewed = leaving.viewed.iter().map(|step| Candidate::viewed_with(product, step));
            let recommended = self.pick(bought.chain(viewed).collect(), seen).await?;
            if !recommended.is_empty() {
                return Ok(Some((ShelfKind::BecauseViewed { product: card.title.clone() }, recommended)));
            }
        }
        Ok(None)
    }

    /// What is new where somebody looked around or bought last.
    async fn new_ones(
        &self,
        past: &Past,
        now: Timestamp,
        seen: &mut HashSet<ProductId>,
    ) -> anyhow::Result<Vec<Recommended>> {
        let since = now - SignedDuration::from_hours(NEW_HOURS);
        let tree = self.catalog.categories().await?;
        let mut found = Vec::new();
        for category in self.categories_of(past).await? {
            let Some(shelf) = tree.get(&category) else { continue };
            let cards = self.catalog.shelf(&category, MAX_COMPARED).await?;
            let new = cards.into_iter().filter(|card| card.added_at >= since && card.in_stock);
            found.extend(new.map(|card| (card.added_at, card.id.clone(), shelf.name.clone())));
        }
        found.sort_by(|(one, a, _), (other, b, _)| other.cmp(one).then_with(|| a.cmp(b)));
        let new = |(_, product, shelf)| Candidate { product, why: Why::NewOn { shelf } };
        self.pick(found.into_iter().map(new).collect(), seen).await
    }

    async fn categories_of(&self, past: &Past) -> anyhow::Result<Vec<CategoryId>> {
        let known: Vec<ProductId> = past.lately().into_iter().take(3 * MAX_CATEGORIES).collect();
        let cards = self.catalog.cards(&known).await?;
        let categories = known.iter().filter_map(|product| cards.get(product)).map(|card| card.category.clone());
        let mut categories = distinct(categories, CategoryId::clone);
        categories.truncate(MAX_CATEGORIES);
        Ok(categories)
    }
}

impl Past {
    /// What was looked at and not bought.
    fn left(&self) -> Vec<Candidate> {
        let left = self.views.iter().filter(|view| !self.bought.contains_key(&view.product));
        left.map(|view| Candidate { product: view.product.clone(), why: Why::Viewed { on: store_day(view.at) } })
            .collect()
    }

    /// What was bought, that most often bought first.
    fn to_buy_again(&self) -> Vec<Candidate> {
        let mut bought: Vec<_> = self.bought.iter().collect();
        bought.sort_by(|(one, a), (other, b)| {
            (b.orders, b.last_at).cmp(&(a.orders, a.last_at)).then_with(|| one.cmp(other))
        });
        let again = |(product, purchases): (&ProductId, &Purchases)| Candidate {
            product: product.clone(),
            why: Why::Bought { orders: purchases.orders, on: store_day(purchases.last_at) },
        };
        bought.into_iter().map(again).collect()
    }

    fn seeds(&self, now: Timestamp) -> Vec<Seed> {
        let viewed = self.views.iter().map(|view| Seed::new(view.product.clone(), Interest::Viewed, view.at, now));
        let bought = self.bought.iter();
        let bought = bought.map(|(product, past)| Seed::new(product.clone(), Interest::Bought, past.last_at, now));
        let saved = self.saved.iter().map(|view| Seed::new(view.product.clone(), Interest::Saved, view.at, now));
        // Of equals the first is kept: what took more to do.
        Seed::strongest(bought.chain(saved).chain(viewed).collect())
    }

    /// What was looked at or bought, the last first.
    fn lately(&self) -> Vec<ProductId> {
        let viewed = self.views.iter().map(|view| (view.at, view.product.clone()));
        let bought = self.bought.iter().map(|(product, past)| (past.last_at, product.clone()));
        let mut all: Vec<_> = viewed.chain(bought).collect();
        all.sort_by(|one, other| other.cmp(one));
        distinct(all.into_iter().map(|(_, product)| product), ProductId::clone)
    }
}

fn steps(leaving: Option<&Leaving>) -> &[Step] {
    leaving.map_or(&[][..], |leaving| &leaving.bought)
}
