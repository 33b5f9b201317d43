/// Solves `(gram + ridge · 1) x = right` for a symmetric, positive semidefinite matrix by a Cholesky
/// decomposition. `gram` holds `right.len()` rows one after the other, of which the lower left
/// half is read and overwritten; the answer stands in `right`.
pub(super) fn solve(gram: &mut [f64], ridge: f64, right: &mut [f64]) {
    let size = right.len();
    for column in 0..size {
        for row in column..size {
            let (upper, lower) = gram.split_at_mut(row * size);
            let own = &mut lower[..size];
            // Rounding, and pairs that were forgotten, may leave less than nothing on the diagonal.
            if row == column {
                let rest = own[column] + ridge - dot(&own[..column], &own[..column]);
                own[column] = rest.max(ridge * SMALLEST_PIVOT).sqrt();
            } else {
                let other = &upper[column * size..][..=column];
                own[column] = (own[column] - dot(&own[..column], &other[..column])) / other[column];
            }
        }
    }
    for row in 0..size {
        let own = &gram[row * size..][..=row];
        right[row] = (right[row] - dot(&own[..row], &right[..row])) / own[row];
    }
    for row in (0..size).rev() {
        let below = (row + 1..size).map(|other| gram[other * size + row] * right[other]).sum::<f64>();
        right[row] = (right[row] - below) / gram[row * size + row];
    }
}

/// The smallest square on the diagonal, as a share of the ridge.
const SMALLEST_PIVOT: f64 = 0.1;

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_answer_solves_the_equation(
            rows in prop::collection::vec(prop::array::uniform5(0.0..1.0_f64), 1..12),
            wanted in prop::array::uniform5(-1.0..1.0_f64),
            ridge in 0.01..10.0_f64,
        ) {
            const SIZE: usize = 5;
            let entry = |a: usize, b: usize| rows.iter().map(|row| row[a] * row[b]).sum::<f64>();
            let mut gram: Vec<f64> = (0..SIZE * SIZE).map(|at| entry(at / SIZE, at % SIZE)).collect();
            let with_ridge = |a: usize, b: usize| entry(a, b) + if a == b { ridge } else { 0.0 };
            let mut right: Vec<f64> =
                (0..SIZE).map(|a| (0..SIZE).map(|b| with_ridge(a, b) * wanted[b]).sum()).collect();
            solve(&mut gram, ridge, &mut right);
            for (found, wanted) in right.iter().zip(wanted) {
                prop_assert!((found - wanted).abs() < 1e-6, "{} instead of {}", found, wanted);
            }
        }
    }

    #[test]
    fn nothing_is_solved_by_nothing() {
        solve(&mut [], 1.0, &mut []);
    }
}
