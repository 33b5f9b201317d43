use std::collections::HashMap;

use domain::recommendation::{ItemNumber, MAX_BASKET_ITEMS};
use jiff::Timestamp;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::history::{CustomerNumber, History, PastOrder};

/// More questions than this are thinned out by chance: they only narrow the intervals.
const MAX_QUESTIONS: usize = 50_000;
/// Items of a basket that is asked about.
const BASKET_ITEMS: std::ops::RangeInclusive<usize> = 2..=MAX_BASKET_ITEMS;
/// What a customer bought longest ago is not looked at beyond this many things.
const MAX_SEQUENCE_ITEMS: usize = 100;

/// What is known, and what is hidden.
#[derive(Debug, Clone)]
pub(super) struct Question {
    /// Distinct; the latest stands last.
    pub(super) shown: Vec<ItemNumber>,
    pub(super) hidden: ItemNumber,
    pub(super) customer: Option<CustomerNumber>,
    pub(super) asked_at: Timestamp,
    /// Whether what is shown can be the answer as well.
    pub(super) may_repeat: bool,
}

/// Hides one item of each basket from the day on.
pub(super) fn of_baskets(history: &History, from: Timestamp, seed: u64) -> Vec<Question> {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let later = &history.orders()[history.before(from).len()..];
    let hide = |order: &PastOrder| {
        let mut shown = order.items.clone();
        let hidden = shown.remove(chance.random_range(0..shown.len()));
        Question { shown, hidden, customer: order.customer, asked_at: order.placed_at, may_repeat: false }
    };
    let questions = later.iter().filter(|order| BASKET_ITEMS.contains(&order.items.len())).map(hide).collect();
    thinned(questions, seed)
}

/// Hides the last thing that each customer bought, where that was on the day or later. All items
/// are ranked; those bought before as well, unless nobody buys a thing twice.
pub(super) fn of_sequences(history: &History, from: Timestamp, seed: u64) -> Vec<Question> {
    let mut sequences: HashMap<CustomerNumber, (Vec<ItemNumber>, Timestamp)> = HashMap::new();
    let mut customers = Vec::new();
    for order in history.orders() {
        let Some(customer) = order.customer else { continue };
        let (items, last_at) = sequences.entry(customer).or_insert_with(|| {
            customers.push(customer);
            (Vec::new(), order.placed_at)
        });
        items.extend(&order.items);
        *last_at = order.placed_at;
    }
    let may_repeat = repeats(history.before(from));
    let questions = customers.into_iter().filter_map(|customer| {
        let (mut items, asked_at) = sequences.remove(&customer)?;
        let hidden = items.pop()?;
        let shown = latest(&items);
        let asked = asked_at >= from && !shown.is_empty();
        asked.then_some(Question { shown, hidden, customer: Some(customer), asked_at, may_repeat })
    });
    thinned(questions.collect(), seed)
}

/// The latest different items, each where it was bought last.
fn latest(items: &[ItemNumber]) -> Vec<ItemNumber> {
    let mut latest: Vec<ItemNumber> = Vec::new();
    for item in items.iter().rev() {
        if latest.len() == MAX_SEQUENCE_ITEMS {
            break;
        }
        if !latest.contains(item) {
            latest.push(*item);
        }
    }
    latest.reverse();
    latest
}

/// Whether customers come back for what they bought before: for one in a hundred lines at least.
fn repeats(past: &[PastOrder]) -> bool {
    const ONE_IN: usize = 100;
    let mut bought = std::collections::HashSet::new();
    let (mut lines, mut again) = (0, 0);
    for order in past {
        let Some(customer) = order.customer else { continue };
        lines += order.items.len();
        again += order.items.iter().filter(|item| !bought.insert((customer, **item))).count();
    }
    again * ONE_IN >= lines
}

fn thinned(mut questions: Vec<Question>, seed: u64) -> Vec<Question> {
    if questions.len() > MAX_QUESTIONS {
        questions.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
        questions.truncate(MAX_QUESTIONS);
    }
    questions
}
