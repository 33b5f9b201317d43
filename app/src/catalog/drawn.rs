//! Pages of products that were drawn lately: who sees the same is shown the same page. Drawing takes
//! several times what reading from memory takes.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use domain::catalog::{CategoryTree, Product, ProductId};
use domain::recommendation::ports::{Around, Recommended};
use domain::review::ports::About;
use jiff::civil::Date;

use super::product::Available;
use crate::inventory::bundle::PartsOf;

/// Some 60 kB each.
const MAX_DRAWN: usize = 100;

/// All that the page of a product shows to somebody who asks for nothing more. What was read anew is not
/// taken for the same.
#[derive(Debug)]
pub(super) struct Sight {
    pub(super) product: Arc<Product>,
    pub(super) tree: Arc<CategoryTree>,
    pub(super) available: Available,
    pub(super) parts: PartsOf,
    pub(super) around: Around,
    pub(super) about: Arc<About>,
    pub(super) today: Date,
    /// Whether a guest agreed to a history of what they look at; `None` while they did not say.
    pub(super) keeps_history: Option<bool>,
}

impl Sight {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.product, &other.product)
            && Arc::ptr_eq(&self.tree, &other.tree)
            && Arc::ptr_eq(&self.about, &other.about)
            && (self.today, self.keeps_history) == (other.today, other.keeps_history)
            && self.available == other.available
            && self.parts == other.parts
            && shelves(&self.around).iter().zip(shelves(&other.around)).all(|(one, other)| are_same(one, other))
    }
}

fn shelves(around: &Around) -> [&[Recommended]; 4] {
    [&around.together, &around.also_bought, &around.also_viewed, &around.similar]
}

fn are_same(one: &[Recommended], other: &[Recommended]) -> bool {
    let same =
        |(one, other): (&Recommended, &Recommended)| Arc::ptr_eq(&one.card, &other.card) && one.reason == other.reason;
    one.len() == other.len() && one.iter().zip(other).all(same)
}

/// The first to be kept is the first to go.
#[derive(Default)]
struct Drawn {
    pages: HashMap<ProductId, (Sight, Arc<str>)>,
    order: VecDeque<ProductId>,
}

static DRAWN: Mutex<Option<Drawn>> = Mutex::new(None);

pub(super) fn find(sight: &Sight) -> Option<Arc<str>> {
    let drawn = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    let (known, html) = drawn.as_ref()?.pages.get(&sight.product.id)?;
    known.is(sight).then(|| html.clone())
}

pub(super) fn keep(sight: Sight, html: Arc<str>) {
    let mut drawn = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    let Drawn { pages, order } = drawn.get_or_insert_default();
    let id = sight.product.id.clone();
    if pages.insert(id.clone(), (sight, html)).is_none() {
        order.push_back(id);
    }
    if pages.len() > MAX_DRAWN
        && let Some(first) = order.pop_front()
    {
        pages.remove(&first);
    }
}
