use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::MAX_ASKED_PRODUCTS;
use super::counts::ordered;
use crate::catalog::ProductId;

/// Why a walk begins where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Interest {
    Viewed,
    Bought,
    /// It is on a wish list.
    Saved,
}

impl Interest {
    /// How long it takes until an interest is half as strong: what was looked at is soon past.
    const fn half_life_days(self) -> f64 {
        match self {
            Self::Viewed => 7.0,
            Self::Bought | Self::Saved => 60.0,
        }
    }
}

/// A product from which a walk begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Seed {
    pub product: ProductId,
    pub interest: Interest,
    /// Between 0 and 1.
    pub weight: f32,
}

impl Seed {
    pub fn new(product: ProductId, interest: Interest, at: Timestamp, now: Timestamp) -> Self {
        const DAY_S: f64 = 86_400.0;
        // Seconds of this era are exact in `f64`, and a weight needs no more digits than `f32` has.
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
        let weight = {
            let days = now.duration_since(at).as_secs().max(0) as f64 / DAY_S;
            (-days / interest.half_life_days()).exp2() as f32
        };
        Self { product, interest, weight }
    }

    /// The strongest seeds of each interest, each product once: no more than [`MAX_ASKED_PRODUCTS`] each.
    pub fn strongest(mut seeds: Vec<Self>) -> Vec<Self> {
        seeds.sort_by_key(|seed| Reverse(ordered(seed.weight)));
        let mut kept: Vec<Self> = Vec::new();
        for seed in seeds {
            let is_full = kept.iter().filter(|other| other.interest == seed.interest).count() >= MAX_ASKED_PRODUCTS;
            if !is_full && kept.iter().all(|other| other.product != seed.product) {
                kept.push(seed);
            }
        }
        kept
    }
}

/// An edge that leaves a product, such as `product->bought_with->into`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub into: ProductId,
    /// As of [`super::Pull`].
    pub strength: f32,
    /// Orders with both; of what was bought later, customers.
    pub orders: u32,
}

/// The strongest way to a product, with the sum of all ways as its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    pub into: ProductId,
    pub score: f32,
    pub from: ProductId,
    pub interest: Interest,
    /// The product in between, on a way of two steps.
    pub via: Option<ProductId>,
    /// Orders of the last step.
    pub orders: u32,
    strength: f32,
}

/// Products in the middle of ways of two steps, the strongest.
pub const MAX_MIDDLES: usize = 24;
/// What a second step keeps of the strength of the first.
const SECOND_STEP: f32 = 0.3;

/// The edges that leave some products.
pub type Steps<'a> = dyn Fn(&ProductId) -> &'a [Step] + 'a;

/// The products to which the strongest edges of the seeds lead: from those a walk goes on.
pub fn middles(seeds: &[Seed], steps: &Steps<'_>) -> Vec<ProductId> {
    let mut reached: HashMap<&ProductId, f32> = HashMap::new();
    for seed in seeds {
        for step in steps(&seed.product) {
            *reached.entry(&step.into).or_default() += seed.weight * step.strength;
        }
    }
    let mut reached: Vec<_> = reached.into_iter().collect();
    reached.sort_by(|(one, a), (other, b)| b.total_cmp(a).then_with(|| one.cmp(other)));
    reached.into_iter().take(MAX_MIDDLES).map(|(product, _)| product.clone()).collect()
}

/// Walks one and two steps from the seeds, and answers where the ways lead, the best first; never back to
/// a seed.
pub fn walk(seeds: &[Seed], middles: &[ProductId], steps: &Steps<'_>) -> Vec<Way> {
    let mut ways: HashMap<ProductId, Way> = HashMap::new();
    for seed in seeds {
        for first in steps(&seed.product) {
            let strength = seed.weight * first.strength;
            take(&mut ways, way(seed, first, None, strength));
            if !middles.contains(&first.into) {
                continue;
            }
            for second in steps(&first.into) {
                let strength = strength * SECOND_STEP * second.strength;
                take(&mut ways, way(seed, second, Some(&first.into), strength));
            }
        }
    }
    let mut ways: Vec<Way> =
        ways.into_values().filter(|way| seeds.iter().all(|seed| seed.product != way.into)).collect();
    ways.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| one.into.cmp(&other.into)));
    ways
}

fn way(seed: &Seed, last: &Step, via: Option<&ProductId>, strength: f32) -> Way {
    Way {
        into: last.into.clone(),
        score: strength,
        from: seed.product.clone(),
        interest: seed.interest,
        via: via.cloned(),
        orders: last.orders,
        strength,
    }
}

/// Adds up the ways to one product, and keeps the strongest to be told.
fn take(ways: &mut HashMap<ProductId, Way>, found: Way) {
    let Some(known) = ways.get_mut(&found.into) else {
        ways.insert(found.into.clone(), found);
        return;
    };
    let score = known.score + found.score;
    if found.strength > known.strength {
        *known = found;
    }
    known.score = score;
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use proptest::prelude::*;

    fn id(number: u32) -> ProductId {
        format!("p-{number}").parse().unwrap()
    }

    fn seed(number: u32, interest: Interest, weight: f32) -> Seed {
        Seed { product: id(number), interest, weight }
    }

    fn graph(edges: &[(u32, u32, f32)]) -> HashMap<ProductId, Vec<Step>> {
        let mut graph: HashMap<_, Vec<Step>> = HashMap::new();
        for (from, into, strength) in edges {
            graph.entry(id(*from)).or_default().push(Step { into: id(*into), strength: *strength, orders: 5 + into });
        }
        graph
    }

    fn walked(seeds: &[Seed], graph: &HashMap<ProductId, Vec<Step>>) -> Vec<Way> {
        let steps = |product: &ProductId| graph.get(product).map_or(&[][..], Vec::as_slice);
        walk(seeds, &middles(seeds, &steps), &steps)
    }

    #[test]
    fn an_interest_fades_and_a_bought_thing_is_remembered_longer() {
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        let weight = |interest, days: i64| Seed::new(id(1), interest, now - (days * 24).hours(), now).weight;
        assert!((weight(Interest::Viewed, 0) - 1.0).abs() < 1e-6);
        assert!((weight(Interest::Viewed, 7) - 0.5).abs() < 1e-6);
        assert!((weight(Interest::Bought, 60) - 0.5).abs() < 1e-6);
        assert!((weight(Interest::Viewed, -3) - 1.0).abs() < 1e-6, "a clock that is ahead");
    }

    #[test]
    fn the_strongest_way_is_the_reason_and_all_ways_are_the_score() {
        let graph = graph(&[(1, 3, 0.4), (2, 3, 0.5), (3, 4, 0.5)]);
        let seeds = [seed(1, Interest::Viewed, 1.0), seed(2, Interest::Bought, 0.5)];
        let ways = walked(&seeds, &graph);
        let [lamp, shade] = &ways[..] else { panic!("{ways:?}") };
        assert_eq!(
            (lamp.into.clone(), lamp.from.clone(), lamp.interest, lamp.via.clone()),
            (id(3), id(1), Interest::Viewed, None)
        );
        assert!((lamp.score - 0.65).abs() < 1e-6);
        assert_eq!((shade.into.clone(), shade.via.clone(), shade.orders), (id(4), Some(id(3)), 9));
        assert!((shade.score - 0.65 * 0.3 * 0.5).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn a_walk_never_leads_back_and_is_bounded(
            edges in prop::collection::vec((0_u32..30, 0_u32..30, 0.01_f32..1.0), 0..200),
            seeds in prop::collection::vec((0_u32..30, 0_usize..3, 0.01_f32..1.0), 0..90),
        ) {
            let interest = |kind: usize| [Interest::Viewed, Interest::Bought, Interest::Saved][kind];
            let seeds = Seed::strongest(seeds.into_iter().map(|(n, kind, w)| seed(n, interest(kind), w)).collect());
            prop_assert!(seeds.len() <= 3 * MAX_ASKED_PRODUCTS);
            let graph = graph(&edges);
            let ways = walked(&seeds, &graph);
            prop_assert!(ways.is_sorted_by(|one, next| one.score >= next.score));
            for way in &ways {
                prop_assert!(seeds.iter().all(|seed| seed.product != way.into));
                prop_assert!(way.score >= way.strength && way.score.is_finite() && way.strength > 0.0);
                // The way that is told is there.
                let last = way.via.as_ref().unwrap_or(&way.from);
                prop_assert!(graph[last].iter().any(|step| step.into == way.into && step.orders == way.orders));
                prop_assert!(seeds.iter().any(|seed| seed.product == way.from && seed.interest == way.interest));
            }
        }
    }
}
