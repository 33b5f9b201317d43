//! Keys of a file, told apart in memory of a fixed size.

/// Bits of a table, 4 MiB; with a million keys it claims one in 300 that it does not hold.
const TABLE_BITS: u64 = 1 << 25;

/// A hash that stays the same for ever (FNV-1a with the finalizer of `MurmurHash3`).
pub(super) fn stable_hash(text: &str) -> u64 {
    let mut hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// A set of hashes in memory of a fixed size, which may claim to hold one that it does not.
#[derive(Debug)]
pub(super) struct BitTable(Box<[u64]>);

impl BitTable {
    pub(super) fn new() -> Self {
        Self(std::iter::repeat_n(0, (TABLE_BITS / 64) as usize).collect())
    }

    fn places(hash: u64) -> [(usize, u64); 2] {
        [hash, hash >> 32].map(|bits| {
            let bit = bits % TABLE_BITS;
            ((bit / 64) as usize, 1 << (bit % 64))
        })
    }

    pub(super) fn insert(&mut self, hash: u64) {
        for (word, bit) in Self::places(hash) {
            self.0[word] |= bit;
        }
    }

    pub(super) fn contains(&self, hash: u64) -> bool {
        Self::places(hash).iter().all(|(word, bit)| self.0[*word] & bit != 0)
    }
}
