use crate::catalog::ProductId;

/// Why a result stands where it stands: the parts that its score is the sum of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    pub product: ProductId,
    pub parts: Vec<ScorePart>,
}

/// One part of a score: how far it is fulfilled, and what it brings when it is in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScorePart {
    pub name: &'static str,
    /// At most 1000.
    pub value_thousandths: u32,
    pub weight_thousandths: u32,
}

impl ScorePart {
    /// What the part brings, in thousandths.
    pub const fn score_thousandths(&self) -> u32 {
        self.value_thousandths.saturating_mul(self.weight_thousandths) / 1_000
    }
}

impl Explanation {
    /// The score, in thousandths.
    pub fn score_thousandths(&self) -> u32 {
        self.parts.iter().map(ScorePart::score_thousandths).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_the_sum_of_its_parts() {
        let part =
            |name, value_thousandths, weight_thousandths| ScorePart { name, value_thousandths, weight_thousandths };
        let parts = vec![part("words found", 750, 1_000), part("standing", 500, 50)];
        let explanation = Explanation { product: "lamp".parse().unwrap(), parts };
        assert_eq!(explanation.score_thousandths(), 775);
        assert_eq!(part("too much", u32::MAX, 2).score_thousandths(), u32::MAX / 1_000);
    }
}
