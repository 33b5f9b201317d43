/// A pause before something is tried again, in milliseconds: it doubles with every time in a row, from
/// the first one to the longest.
pub(super) fn doubling_pause_ms(first_ms: u64, longest_ms: u64, times: u32) -> u64 {
    const MAX_DOUBLINGS: u32 = 20;
    first_ms.saturating_mul(1 << times.saturating_sub(1).min(MAX_DOUBLINGS)).min(longest_ms)
}
