/// Divides an amount among lines in proportion to what they cost, without losing a unit: what rounding
/// down leaves over goes to the lines that lost most by it, among equals to the first. (The method of
/// the largest remainder; `allocate` of the pattern Money in M. Fowler, Patterns of Enterprise
/// Application Architecture, 2002.) The amount is at most the sum of the weights, so that no share is
/// more than its weight.
pub(super) fn spread(amount: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i128 = weights.iter().copied().map(i128::from).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: &i64| i128::from(*weight) * i128::from(amount);
    // A share is at most the amount, which fits.
    let mut shares: Vec<i64> = weights.iter().map(|w| i64::try_from(exact(w) / sum).unwrap_or_default()).collect();
    let left_over = usize::try_from(amount - shares.iter().sum::<i64>()).unwrap_or_default();
    let mut losers: Vec<usize> = (0..weights.len()).collect();
    losers.sort_by_key(|&line| std::cmp::Reverse(exact(&weights[line]) % sum));
    for line in losers.into_iter().take(left_over) {
        shares[line] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_left_over_goes_to_who_lost_most() {
        assert_eq!(spread(100, &[1_000, 1_000, 1_000]), [34, 33, 33]);
        assert_eq!(spread(5, &[1, 7, 2]), [1, 3, 1]);
        assert_eq!(spread(0, &[0, 0]), [0, 0]);
        assert_eq!(spread(0, &[]), [0; 0]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nobody_gets_more_than_it_costs(
            weights in prop::collection::vec(0_i64..1_000_000_000_000_000, 1..40),
            part in 0_i128..=1_000,
        ) {
            let sum: i64 = weights.iter().sum();
            let amount = i64::try_from(i128::from(sum) * part / 1_000).unwrap();
            let shares = spread(amount, &weights);
            prop_assert_eq!(shares.iter().sum::<i64>(), amount);
            prop_assert!(shares.iter().zip(&weights).all(|(share, weight)| (0..=*weight).contains(share)));
        }
    }
}
