use std::cmp::Reverse;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::spread::spread;
use super::{Basket, Percent, Scope, Tiers};
use crate::pricing::{Money, Price};

/// What a promotion does for what is in its scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    Percent(Percent),
    /// Off the sum, in one currency; at most the sum.
    Amount(Price),
    Bundle(Bundle),
    /// The sum decides the percentage.
    Tiers(Tiers),
    /// Standard delivery costs nothing for a cart with anything in scope.
    FreeDelivery,
}

/// Buy some units and get some more free, whatever they are. The dearest come first: each of the
/// groups that they make in this order gives its cheapest units, which is the most that any grouping
/// can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(u32, u32)", into = "(u32, u32)")]
pub struct Bundle {
    buy: u32,
    free: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must look like 2+1, with at most {max} units on each side", max = Bundle::MAX_UNITS)]
pub struct BundleError;

impl Bundle {
    pub const MAX_UNITS: u32 = 99;

    /// # Errors
    /// [`BundleError`] for nothing to buy or to get, and for too much.
    pub fn new(buy: u32, free: u32) -> Result<Self, BundleError> {
        (buy, free).try_into()
    }

    /// How many of the first `units` are free, when `all` are in whole groups or left over.
    fn free_among(self, units: u64, all: u64) -> u64 {
        let (buy, group) = (u64::from(self.buy), u64::from(self.buy) + u64::from(self.free));
        let grouped = units.min(all / group * group);
        grouped / group * u64::from(self.free) + (grouped % group).saturating_sub(buy)
    }
}

impl TryFrom<(u32, u32)> for Bundle {
    type Error = BundleError;

    fn try_from((buy, free): (u32, u32)) -> Result<Self, Self::Error> {
        let fits = |units: u32| (1..=Self::MAX_UNITS).contains(&units);
        if fits(buy) && fits(free) { Ok(Self { buy, free }) } else { Err(BundleError) }
    }
}

impl From<Bundle> for (u32, u32) {
    fn from(bundle: Bundle) -> Self {
        (bundle.buy, bundle.free)
    }
}

impl FromStr for Bundle {
    type Err = BundleError;

    /// `2+1`.
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let units = |raw: &str| raw.trim().parse::<u32>().map_err(|_| BundleError);
        let (buy, free) = raw.split_once('+').ok_or(BundleError)?;
        Self::new(units(buy)?, units(free)?)
    }
}

/// What an effect by itself takes off, in minor units: at most what each line and delivery cost.
#[derive(Debug, Clone)]
pub(super) struct Saving {
    pub(super) lines: Vec<i64>,
    pub(super) delivery: i64,
}

impl Saving {
    pub(super) fn is_nothing(&self) -> bool {
        self.total() == 0
    }

    /// At most what the basket costs, which fits.
    pub(super) fn total(&self) -> i64 {
        self.delivery + self.lines.iter().sum::<i64>()
    }
}

impl Effect {
    /// Counts from the prices before any discount, whatever other promotions do.
    pub(super) fn on(&self, basket: &Basket<'_>, scope: &Scope) -> Saving {
        let covered: Vec<bool> = basket.items.iter().map(|item| scope.covers(item)).collect();
        let costs = basket.costs.iter().zip(&covered).map(|(cost, covered)| if *covered { *cost } else { 0 });
        let costs: Vec<i64> = costs.collect();
        let sum: i64 = costs.iter().sum();
        let off_the_sum = |amount: i64| Saving { lines: spread(amount.min(sum), &costs), delivery: 0 };
        match self {
            Self::Percent(percent) => off_the_sum(percent.of(sum)),
            Self::Amount(amount) if amount.currency() == basket.currency => off_the_sum(amount.minor_units()),
            Self::Amount(_) => off_the_sum(0),
            Self::Bundle(bundle) => Saving { lines: free_units(*bundle, basket, &covered), delivery: 0 },
            Self::Tiers(tiers) => {
                let percent = tiers.of(Money::new(sum, basket.currency));
                off_the_sum(percent.map_or(0, |percent| percent.of(sum)))
            }
            Self::FreeDelivery => {
                let delivery = if covered.contains(&true) { basket.delivery } else { 0 };
                Saving { lines: vec![0; basket.items.len()], delivery }
            }
        }
    }
}

/// What the free units of each line cost.
fn free_units(bundle: Bundle, basket: &Basket<'_>, covered: &[bool]) -> Vec<i64> {
    let units = |line: usize| u64::from(basket.items[line].quantity.get());
    let mut dearest_first: Vec<usize> = (0..basket.items.len()).filter(|line| covered[*line]).collect();
    dearest_first.sort_by_key(|line| Reverse(basket.items[*line].price.minor_units()));
    let all: u64 = dearest_first.iter().map(|line| units(*line)).sum();
    let (mut before, mut saved) = (0, vec![0; basket.items.len()]);
    for line in dearest_first {
        let after = before + units(line);
        let free = bundle.free_among(after, all) - bundle.free_among(before, all);
        // At most the units of the line, whose cost fits.
        saved[line] = i64::try_from(free).unwrap_or_default() * basket.items[line].price.minor_units();
        before = after;
    }
    saved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Seller;
    use crate::pricing::promotion::Item;

    fn saved(effect: &Effect, lines: &[(&str, u32)]) -> Vec<i64> {
        let (sku, product, category) = ("S".parse().unwrap(), "P".parse().unwrap(), "home".parse().unwrap());
        let seller = Seller::default();
        let item = |(price, units): &(&str, u32)| Item {
            sku: &sku,
            product: &product,
            category: &category,
            seller: &seller,
            price: price.parse().unwrap(),
            quantity: (*units).try_into().unwrap(),
        };
        let delivery = "3.95 GBP".parse().unwrap();
        let basket = Basket::new(lines.iter().map(item).collect(), delivery).unwrap();
        effect.on(&basket, &Scope::Everything).lines
    }

    #[test]
    fn a_bundle_keeps_its_limits() {
        assert_eq!("2+1".parse(), Bundle::new(2, 1));
        let max = Bundle::MAX_UNITS;
        assert!(Bundle::new(1, 1).is_ok() && Bundle::new(max, max).is_ok());
        for (buy, free) in [(0, 1), (1, 0), (max + 1, 1), (1, max + 1)] {
            assert_eq!(Bundle::new(buy, free), Err(BundleError), "{buy}+{free}");
        }
        assert_eq!("3 for 2".parse::<Bundle>(), Err(BundleError));
    }

    #[test]
    fn three_for_two_gives_the_cheapest_of_each_three() {
        let three_for_two = Effect::Bundle(Bundle::new(2, 1).unwrap());
        let of = |lines: &[(&str, u32)]| saved(&three_for_two, lines);
        assert_eq!(of(&[("4.99 GBP", 2)]), [0]);
        assert_eq!(of(&[("4.99 GBP", 3)]), [4_99]);
        assert_eq!(of(&[("4.99 GBP", 7)]), [2 * 4_99]);
        assert_eq!(of(&[("1.00 GBP", 3), ("10.00 GBP", 3)]), [1_00, 10_00]);
        assert_eq!(of(&[("3.00 GBP", 1), ("2.00 GBP", 1), ("1.00 GBP", 2)]), [0, 0, 1_00]);
    }

    #[test]
    fn an_amount_is_divided_by_what_the_lines_cost_and_is_never_more() {
        let off = |amount: &str| Effect::Amount(amount.parse().unwrap());
        assert_eq!(saved(&off("1.00 GBP"), &[("5.00 GBP", 2), ("5.00 GBP", 1)]), [67, 33]);
        assert_eq!(saved(&off("50.00 GBP"), &[("5.00 GBP", 2), ("5.00 GBP", 1)]), [10_00, 5_00]);
        assert_eq!(saved(&off("1.00 USD"), &[("5.00 GBP", 2)]), [0]);
    }

    #[test]
    fn a_percentage_is_rounded_once_for_all_lines() {
        let tenth = Effect::Percent("10".parse().unwrap());
        assert_eq!(saved(&tenth, &[("0.05 GBP", 1), ("0.05 GBP", 1), ("0.05 GBP", 1)]), [1, 1, 0]);
        let tiers = Effect::Tiers("10.00 GBP=10".parse().unwrap());
        assert_eq!(saved(&tiers, &[("9.99 GBP", 1)]), [0]);
        assert_eq!(saved(&tiers, &[("5.00 GBP", 2)]), [1_00]);
    }
}
