//! The meaning of a text as a place among others.

/// A direction in a space of meanings: texts that mean the same point nearly the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedding(Vec<i8>);

impl Embedding {
    /// Numbers of the longest one.
    pub const MAX_NUMBERS: usize = 1_024;
    /// So many numbers, or some times as many, has every one: eight are kept in one word.
    pub const NUMBERS_IN_ONE: usize = 8;
    /// What the greatest number is among those that are kept.
    const GREATEST: f32 = 127.0;

    /// The direction of a vector; `None` where it has none, is longer than [`Embedding::MAX_NUMBERS`] or no
    /// multiple of [`Embedding::NUMBERS_IN_ONE`]. A byte for each number is exact enough: the cosine of two is off by
    /// less than a hundredth, unless one number is far greater than all others.
    pub fn of(vector: &[f32]) -> Option<Self> {
        let greatest = vector.iter().map(|number| number.abs()).fold(0.0, f32::max);
        let is_direction = greatest.is_normal() && vector.iter().all(|number| number.is_finite());
        if !is_direction || !Self::is_length(vector.len()) {
            return None;
        }
        // None is greater than the greatest. A direction does not depend on its length.
        #[allow(clippy::cast_possible_truncation)]
        let numbers = vector.iter().map(|number| (number / greatest * Self::GREATEST).round() as i8).collect();
        Some(Self(numbers))
    }

    /// The direction that [`Embedding::numbers`] told.
    pub fn of_numbers(numbers: Vec<i8>) -> Option<Self> {
        (Self::is_length(numbers.len()) && numbers.iter().any(|number| *number != 0)).then_some(Self(numbers))
    }

    pub const fn is_length(numbers: usize) -> bool {
        numbers <= Self::MAX_NUMBERS && numbers.is_multiple_of(Self::NUMBERS_IN_ONE)
    }

    pub fn numbers(&self) -> &[i8] {
        &self.0
    }

    /// How alike two are, from -1 to 1; of different spaces not at all.
    pub fn cosine(&self, other: &Self) -> f32 {
        if self.0.len() != other.0.len() {
            return 0.0;
        }
        let product = |(a, b): (&i8, &i8)| i32::from(*a) * i32::from(*b);
        let dot = |a: &[i8], b: &[i8]| a.iter().zip(b).map(product).sum::<i32>();
        let length = f64::from(dot(&self.0, &self.0)).sqrt() * f64::from(dot(&other.0, &other.0)).sqrt();
        // Between -1 and 1.
        #[allow(clippy::cast_possible_truncation)]
        let cosine = (f64::from(dot(&self.0, &other.0)) / length) as f32;
        cosine.clamp(-1.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_has_no_direction_is_none() {
        assert_eq!(Embedding::of(&[]), None);
        assert_eq!(Embedding::of(&[0.0; 8]), None);
        assert_eq!(Embedding::of(&[f32::NAN; 8]), None);
        assert_eq!(Embedding::of(&[1.0; Embedding::MAX_NUMBERS + 8]), None);
        assert_eq!(Embedding::of(&[1.0; 9]), None);
        assert!(Embedding::of(&[1.0; Embedding::MAX_NUMBERS]).is_some());
        assert_eq!(Embedding::of_numbers(vec![0; 8]), None);
        assert_eq!(Embedding::of_numbers(vec![1; Embedding::MAX_NUMBERS + 8]), None);
    }

    #[test]
    fn directions_of_different_spaces_are_not_alike() {
        let cosine = Embedding::of(&[1.0; 8]).unwrap().cosine(&Embedding::of(&[1.0; 16]).unwrap());
        assert!(cosine.abs() < f32::EPSILON);
    }

    proptest! {
        #[test]
        fn the_cosine_is_nearly_that_of_the_vectors(
            a in prop::collection::vec(-1.0_f32..1.0, 384),
            b in prop::collection::vec(-1.0_f32..1.0, 384),
        ) {
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
            let exact = dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt();
            let near = Embedding::of(&a).unwrap().cosine(&Embedding::of(&b).unwrap());
            prop_assert!((exact - near).abs() < 0.01, "{} {}", exact, near);
        }
    }
}
