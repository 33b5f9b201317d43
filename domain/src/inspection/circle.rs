/// A point of the picture, in its own units from the middle: to the right and down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// Neighbours on the first circle; more stand on wider ones, in turn.
const FIRST_CIRCLE: u32 = 14;

/// The places of some neighbours around the middle, `half_width` and `half_height` at most away from it.
/// Those of a fuller picture stand on up to three circles in turn, so that names find room.
// Neighbours are few: exact.
pub fn places(count: u32, half_width: f64, half_height: f64) -> Vec<Point> {
    let circles = count.div_ceil(FIRST_CIRCLE).clamp(1, 3);
    let place = |number: u32| {
        let angle = f64::from(number) / f64::from(count) * std::f64::consts::TAU - std::f64::consts::FRAC_PI_2;
        let reach = 1.0 - 0.24 * f64::from(number % circles);
        Point { x: angle.cos() * half_width * reach, y: angle.sin() * half_height * reach }
    };
    (0..count).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn everybody_has_a_place_of_their_own_within_the_picture(count in 0_u32..110) {
            let places = places(count, 400.0, 300.0);
            prop_assert_eq!(places.len(), count as usize);
            for (number, one) in places.iter().enumerate() {
                prop_assert!(one.x.abs() <= 400.0 && one.y.abs() <= 300.0);
                prop_assert!(one.x.hypot(one.y) > 100.0, "nobody stands on the middle");
                for other in &places[..number] {
                    prop_assert!((one.x - other.x).hypot(one.y - other.y) > 5.0);
                }
            }
        }
    }
}
