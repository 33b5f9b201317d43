use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::recommendation::{Basket, CoBuying, Faded, Habit, ItemNumber, PullTable, Shoppers};
use jiff::Timestamp;

use super::history::{CustomerNumber, PastOrder};
use super::question::Question;

/// What orders the items of a list.
pub(super) trait Ranker: Sync {
    fn name(&self) -> &'static str;

    /// Adds to the score of each item that it knows; 0 means unknown.
    fn score(&self, question: &Question, scores: &mut [f32]);
}

/// What scores nothing else is ordered by popularity, below everything that scores.
const TIE: f32 = 1e-6;
/// Pairs of an item that plain cosine keeps: as good as all of them.
const MAX_PLAIN_PAIRS: usize = 8_192;

/// Everybody gets what sells most, all orders counted alike.
struct Popularity(Vec<f32>);

impl Popularity {
    fn of(past: &[PastOrder]) -> Self {
        let mut counts = Vec::new();
        for item in past.iter().flat_map(|order| &order.items) {
            if counts.len() <= item.index() {
                counts.resize(item.index() + 1, 0.0);
            }
            counts[item.index()] += 1.0;
        }
        let most = counts.iter().copied().fold(1.0, f32::max);
        Self(counts.into_iter().map(|count| count / most).collect())
    }

    fn add(&self, factor: f32, scores: &mut [f32]) {
        scores.iter_mut().zip(&self.0).for_each(|(score, share)| *score += factor * share);
    }
}

impl Ranker for Popularity {
    fn name(&self) -> &'static str {
        "popularity"
    }

    fn score(&self, _: &Question, scores: &mut [f32]) {
        self.add(1.0, scores);
    }
}

/// Linden, Smith and York's item-to-item filtering with the cosine, every basket counted alike.
struct Cosine {
    counts: CoBuying,
    popularity: Popularity,
}

impl Cosine {
    fn of(past: &[PastOrder], baskets: impl Iterator<Item = Basket>) -> Self {
        let mut counts = CoBuying::new(MAX_PLAIN_PAIRS);
        baskets.for_each(|basket| counts.count(&basket, Faded::NEVER, Shoppers::UNKNOWN));
        Self { counts, popularity: Popularity::of(past) }
    }
}

impl Ranker for Cosine {
    fn name(&self) -> &'static str {
        "item-to-item cosine"
    }

    fn score(&self, question: &Question, scores: &mut [f32]) {
        self.popularity.add(TIE, scores);
        for neighbour in question.shown.iter().flat_map(|item| self.counts.neighbours(*item)) {
            scores[neighbour.item.index()] += neighbour.cosine;
        }
    }
}

/// The store's own: pulls, and where it may know the customer, their habits.
struct Ours {
    name: &'static str,
    learnt: Arc<Learnt>,
    habits: Option<HashMap<CustomerNumber, Habit>>,
    /// How much less each step back counts.
    fading_by_step: f32,
}

struct Learnt {
    counts: CoBuying,
    pulls: PullTable,
    popularity: Popularity,
}

impl Ranker for Ours {
    fn name(&self) -> &'static str {
        self.name
    }

    fn score(&self, question: &Question, scores: &mut [f32]) {
        let Learnt { counts, pulls, popularity } = &*self.learnt;
        popularity.add(TIE, scores);
        let mut factor = 1.0;
        for item in question.shown.iter().rev() {
            for neighbour in counts.neighbours(*item) {
                scores[neighbour.item.index()] += factor * pulls.strength(*item, neighbour.item);
            }
            factor *= self.fading_by_step;
        }
        let habit = self.habits.as_ref().zip(question.customer).and_then(|(habits, customer)| habits.get(&customer));
        for (item, strength) in habit.iter().flat_map(|habit| habit.strengths(Faded::at(question.asked_at))) {
            scores[item.index()] += strength;
        }
    }
}

/// The edges that the graph keeps, and shelves show: the strongest ones to each item, of which enough customers tell.
struct AsShown {
    /// The items that edges lead to from an item.
    edges: HashMap<ItemNumber, Vec<(ItemNumber, f32)>>,
    learnt: Arc<Learnt>,
}

impl AsShown {
    fn of(learnt: Arc<Learnt>) -> Self {
        let counts = &learnt.counts;
        let mut edges: HashMap<ItemNumber, Vec<(ItemNumber, f32)>> = HashMap::new();
        for into in (0..).map(ItemNumber).take(counts.items()) {
            for link in counts.links(into) {
                edges.entry(link.from).or_default().push((into, link.strength));
            }
        }
        Self { edges, learnt }
    }
}

impl Ranker for AsShown {
    fn name(&self) -> &'static str {
        "ours, as shelves show"
    }

    fn score(&self, question: &Question, scores: &mut [f32]) {
        self.learnt.popularity.add(TIE, scores);
        for (into, strength) in question.shown.iter().filter_map(|item| self.edges.get(item)).flatten() {
            scores[into.index()] += strength;
        }
    }
}

impl Learnt {
    fn of(past: &[PastOrder], baskets: impl Iterator<Item = (Basket, Faded, Shoppers)>) -> Self {
        let mut counts = CoBuying::default();
        for (basket, weight, shopper) in baskets {
            counts.count(&basket, weight.times(basket.evidence()), shopper);
        }
        Self { pulls: PullTable::of(&counts), counts, popularity: Popularity::of(past) }
    }
}

/// Rankers that complete a basket.
pub(super) fn for_baskets(past: &[PastOrder]) -> Vec<Box<dyn Ranker>> {
    let learnt = Arc::new(Learnt::of(past, past.iter().filter_map(faded_basket)));
    let ours = |name, habits| Ours { name, learnt: learnt.clone(), habits, fading_by_step: 1.0 };
    vec![
        Box::new(Popularity::of(past)),
        Box::new(Cosine::of(past, past.iter().filter_map(|order| Basket::new(order.items.iter().copied()).ok()))),
        Box::new(AsShown::of(learnt.clone())),
        Box::new(ours("ours, the basket alone", None)),
        Box::new(ours("ours", Some(habits(past)))),
    ]
}

fn faded_basket(order: &PastOrder) -> Option<(Basket, Faded, Shoppers)> {
    let basket = Basket::new(order.items.iter().copied()).ok()?;
    let shopper = order.customer.map_or(Shoppers::UNKNOWN, |customer| Shoppers::one(customer.into()));
    Some((basket, Faded::at(order.placed_at), shopper))
}

fn habits(past: &[PastOrder]) -> HashMap<CustomerNumber, Habit> {
    let mut habits: HashMap<CustomerNumber, Habit> = HashMap::new();
    for order in past {
        if let (Some(customer), Some((basket, weight, _))) = (order.customer, faded_basket(order)) {
            habits.entry(customer).or_default().count(&basket, weight);
        }
    }
    habits
}

/// Rankers that go on with what a customer bought.
pub(super) fn for_sequences(past: &[PastOrder]) -> Vec<Box<dyn Ranker>> {
    let sequences = sequences(past);
    let whole = sequences.iter().filter_map(|sequence| Basket::new(sequence.iter().map(|(item, _)| *item)).ok());
    let baskets = past.iter().filter_map(faded_basket).chain(windows(&sequences));
    let learnt = Arc::new(Learnt::of(past, baskets));
    let ours = |name, habits| Ours { name, learnt: learnt.clone(), habits, fading_by_step: FADING_BY_STEP };
    vec![
        Box::new(Popularity::of(past)),
        Box::new(Cosine::of(past, whole)),
        Box::new(ours("ours, without habits", None)),
        Box::new(ours("ours", Some(habits(past)))),
    ]
}

/// How much less what was bought a step earlier says about what comes next.
const FADING_BY_STEP: f32 = 0.7;
/// Things bought one after the other that say something about each other, even in several orders.
const WINDOW_ITEMS: usize = 12;

type Sequence = Vec<(ItemNumber, Timestamp)>;

/// What each customer bought, in time.
fn sequences(past: &[PastOrder]) -> Vec<Sequence> {
    let mut sequences: BTreeMap<CustomerNumber, Sequence> = BTreeMap::new();
    for order in past {
        if let Some(customer) = order.customer {
            let items = order.items.iter().map(|item| (*item, order.placed_at));
            sequences.entry(customer).or_default().extend(items);
        }
    }
    sequences.into_values().collect()
}

/// Parts of the sequences as if each were a basket; a part begins in the middle of the one before.
fn windows(sequences: &[Sequence]) -> impl Iterator<Item = (Basket, Faded, Shoppers)> {
    sequences.iter().flat_map(|sequence| {
        let starts = (0..sequence.len()).step_by(WINDOW_ITEMS / 2);
        starts.filter_map(|start| {
            let window = &sequence[start..(start + WINDOW_ITEMS).min(sequence.len())];
            let (_, last_at) = window.last()?;
            let basket = Basket::new(window.iter().map(|(item, _)| *item)).ok()?;
            Some((basket, Faded::at(*last_at), Shoppers::UNKNOWN))
        })
    })
}
