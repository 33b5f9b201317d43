/// `SplitMix64` by Guy Steele, Doug Lea and Christine Flood, after Sebastiano Vigna's
/// <https://prng.di.unimi.it/splitmix64.c> (public domain).
#[derive(Debug)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a bound; slightly uneven, which does no harm here.
    pub(super) const fn below(&mut self, bound: u8) -> u8 {
        self.next().to_be_bytes()[0] % bound
    }

    pub(super) const fn percent(&mut self, percent: u8) -> bool {
        self.below(100) < percent
    }

    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> Option<T> {
        let bound = u8::try_from(choices.len()).ok().filter(|len| *len > 0)?;
        choices.get(usize::from(self.below(bound))).copied()
    }
}
