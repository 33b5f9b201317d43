use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Chance that falls the same way on every machine: `ChaCha`, and integers only.
#[derive(Debug)]
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of one product of one store. Each product has a stream of its own, so that it
    /// does not matter how many products come before or after it.
    pub(super) fn of_product(store_seed: u64, number: u32) -> Self {
        Self::new(store_seed, 0, number.into())
    }

    /// The dice of one past order.
    pub(super) fn of_order(store_seed: u64, number: u32) -> Self {
        Self::new(store_seed, 1, number.into())
    }

    /// The dice of a product and one of its companions.
    pub(super) fn of_pair(store_seed: u64, product: u32, companion: u32) -> Self {
        Self::new(store_seed, 2, u64::from(product) << 32 | u64::from(companion))
    }

    /// The dice of the reviews of one product.
    pub(super) fn of_reviews(store_seed: u64, number: u32) -> Self {
        Self::new(store_seed, 3, number.into())
    }

    /// The dice of who sells one product.
    pub(super) fn of_seller(store_seed: u64, number: u32) -> Self {
        Self::new(store_seed, 4, number.into())
    }

    /// The dice of one bundle.
    pub(super) fn of_bundle(store_seed: u64, number: u32) -> Self {
        Self::new(store_seed, 5, number.into())
    }

    fn new(store_seed: u64, purpose: u8, stream: u64) -> Self {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&store_seed.to_le_bytes());
        seed[8] = purpose;
        let mut rng = ChaCha8Rng::from_seed(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// A number from 0 to `sides - 1`; 0 where there are no sides.
    pub(super) fn below(&mut self, sides: u32) -> u32 {
        let scaled = u64::from(self.0.next_u32()) * u64::from(sides);
        u32::try_from(scaled >> 32).unwrap_or(0)
    }

    /// A number between both, inclusive.
    pub(super) fn between(&mut self, lowest: u32, highest: u32) -> u32 {
        lowest + self.below(highest - lowest + 1)
    }

    pub(super) fn happens(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of several; the tables have no empty lists.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let sides = u32::try_from(from.len()).unwrap_or(u32::MAX);
        from[self.below(sides) as usize]
    }

    /// `count` neighbours of a list, in its order: sizes come in runs.
    pub(super) fn run<'a, T>(&mut self, from: &'a [T], count: usize) -> &'a [T] {
        let count = count.min(from.len());
        let spare = u32::try_from(from.len() - count).unwrap_or(0);
        let start = self.below(spare + 1) as usize;
        &from[start..start + count]
    }

    /// `count` different members of a list, in random order.
    pub(super) fn some<T: Copy>(&mut self, from: &[T], count: usize) -> Vec<T> {
        let mut left = from.to_vec();
        let mut drawn = Vec::with_capacity(count);
        while drawn.len() < count && !left.is_empty() {
            let sides = u32::try_from(left.len()).unwrap_or(u32::MAX);
            drawn.push(left.swap_remove(self.below(sides) as usize));
        }
        drawn
    }
}
