use serde::{Deserialize, Serialize};

use crate::pricing::{Currency, Money, Price};

/// First digits of the prices that divide a histogram, in tenths: the rounded series R″10 of
/// preferred numbers (ISO 497:1973). Its steps look alike on the scale that prices are felt on, and
/// each of them is a price that a person would say.
const FIRST_DIGITS: [i64; 10] = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80];

/// Bars of one histogram; wider ones take their place where prices lie further apart.
const MAX_BARS: usize = 40;
/// With fewer bars there is nothing to see.
const MIN_BARS: usize = 3;
/// Ranges that are offered in words.
const OFFERED_RANGES: usize = 4;

/// Products by their price: neighbouring bars, the cheapest first; none where all cost about the
/// same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceHistogram {
    bars: Vec<PriceBar>,
}

/// Products of one range of prices, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceBar {
    pub from: Money,
    pub to: Money,
    pub count: u32,
}

impl PriceHistogram {
    /// Counts prices of one currency, each as often as it is said to occur, in minor units. The
    /// lowest and the highest may come from elsewhere, such as an index that knows them.
    pub fn new(currency: Currency, range: (i64, i64), prices: impl IntoIterator<Item = (i64, u32)>) -> Self {
        let edges = edges(range);
        if edges.len() <= MIN_BARS {
            return Self::default();
        }
        let mut bars: Vec<PriceBar> = edges
            .windows(2)
            .map(|pair| PriceBar {
                from: Money::new(pair[0], currency),
                to: Money::new(pair[1] - 1, currency),
                count: 0,
            })
            .collect();
        for (minor_units, count) in prices {
            let place = edges.partition_point(|edge| *edge <= minor_units);
            if let Some(bar) = place.checked_sub(1).and_then(|place| bars.get_mut(place)) {
                bar.count = bar.count.saturating_add(count);
            }
        }
        Self { bars }
    }

    /// Counts the prices of a list; those in another currency than the first are left out.
    pub fn of_prices(prices: impl Iterator<Item = Price> + Clone) -> Self {
        let Some(currency) = prices.clone().next().map(Price::currency) else { return Self::default() };
        let minor_units = prices.filter(|price| price.currency() == currency).map(Price::minor_units);
        let lowest = minor_units.clone().min().unwrap_or_default();
        let highest = minor_units.clone().max().unwrap_or_default();
        Self::new(currency, (lowest, highest), minor_units.map(|price| (price, 1)))
    }

    pub fn bars(&self) -> &[PriceBar] {
        &self.bars
    }

    /// The products of the fullest bar.
    pub fn highest_count(&self) -> u32 {
        self.bars.iter().map(|bar| bar.count).max().unwrap_or_default()
    }

    /// A few ranges with about as many products each, to be offered in words.
    pub fn ranges(&self) -> Vec<PriceBar> {
        let total: u64 = self.bars.iter().map(|bar| u64::from(bar.count)).sum();
        let share = total.div_ceil(OFFERED_RANGES as u64).max(1);
        let mut ranges: Vec<PriceBar> = Vec::new();
        let mut is_full = true;
        for bar in self.bars.iter().skip_while(|bar| bar.count == 0) {
            match ranges.last_mut() {
                Some(range) if !is_full => {
                    range.to = bar.to;
                    range.count = range.count.saturating_add(bar.count);
                }
                _ => ranges.push(*bar),
            }
            is_full = ranges.last().is_some_and(|range| u64::from(range.count) >= share);
        }
        ranges.retain(|range| range.count > 0);
        ranges
    }
}

/// The preferred number at or below an amount, for who counts amounts before it knows their range:
/// every amount from it up to the next one is in the same bar, in any unit that is a tenth, a
/// hundredth and so on of another.
pub fn price_step(amount: u64) -> u64 {
    let mut magnitude: u64 = 1;
    while amount / magnitude >= 100 {
        magnitude *= 10;
    }
    let leading = i64::try_from(amount / magnitude).unwrap_or_default();
    if leading < FIRST_DIGITS[0] {
        return amount;
    }
    let place = FIRST_DIGITS.partition_point(|digits| *digits <= leading);
    FIRST_DIGITS[place - 1].unsigned_abs() * magnitude
}

/// The prices that divide a range into bars: the last one not above the lowest price, those
/// between, and the first one above the highest.
fn edges((lowest, highest): (i64, i64)) -> Vec<i64> {
    let mut edges = Vec::new();
    let mut magnitude: i64 = 1;
    'decades: loop {
        for digits in FIRST_DIGITS {
            // Below ten minor units the tenths of a step are no amount.
            let Some(edge) = digits.checked_mul(magnitude).map(|tenths| tenths / 10) else { break 'decades };
            if edges.last().is_none_or(|last| edge > *last) {
                edges.push(edge);
            }
            if edge > highest {
                break 'decades;
            }
        }
        match magnitude.checked_mul(10) {
            Some(next) => magnitude = next,
            None => break,
        }
    }
    let first = edges.partition_point(|edge| *edge <= lowest).saturating_sub(1);
    let mut edges = edges.split_off(first);
    while edges.len() > MAX_BARS + 1 {
        // Every other edge goes; the last one stays, for it is above everything.
        let last = edges.len() - 1;
        let mut place = 0;
        edges.retain(|_| {
            let stays = place % 2 == 0 || place == last;
            place += 1;
            stays
        });
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn histogram(prices: &[i64]) -> PriceHistogram {
        PriceHistogram::of_prices(
            prices.iter().map(|minor| Price::try_from(Money::new(*minor, Currency::GBP)).unwrap()),
        )
    }

    #[test]
    fn bars_stand_at_prices_that_a_person_would_say() {
        let shown: Vec<_> =
            histogram(&[950, 1_000, 2_999, 3_000]).bars().iter().map(|bar| (bar.from.decimal(), bar.count)).collect();
        let expected =
            [("8.00", 1), ("10.00", 1), ("12.00", 0), ("15.00", 0), ("20.00", 0), ("25.00", 1), ("30.00", 1)];
        assert_eq!(shown, expected.map(|(from, count)| (from.to_owned(), count)));
    }

    #[test]
    fn prices_that_are_alike_have_no_histogram() {
        assert_eq!(histogram(&[]), PriceHistogram::default());
        assert_eq!(histogram(&[1_000, 1_050]), PriceHistogram::default());
        assert!(histogram(&[1, Price::MAX_MINOR_UNITS]).bars().len() <= MAX_BARS);
    }

    #[test]
    fn a_step_is_the_preferred_number_below() {
        let steps = [0, 9, 10, 11, 12, 99, 100, 119, 1_199, 9_999, 10_000, u64::MAX].map(price_step);
        let expected = [0, 9, 10, 10, 12, 80, 100, 100, 1_000, 8_000, 10_000, 15_000_000_000_000_000_000];
        assert_eq!(steps, expected);
    }

    proptest! {
        #[test]
        fn prices_counted_by_their_steps_are_in_the_same_bars(prices in prop::collection::vec(10..=Price::MAX_MINOR_UNITS, 1..60)) {
            let steps: Vec<i64> = prices.iter().map(|price| price_step(price.unsigned_abs()).cast_signed()).collect();
            let range = (*steps.iter().min().unwrap(), *steps.iter().max().unwrap());
            let counted = PriceHistogram::new(Currency::GBP, range, steps.into_iter().map(|step| (step, 1)));
            prop_assert_eq!(counted, histogram(&prices));
        }

        #[test]
        fn every_price_is_in_one_bar_and_in_one_range(prices in prop::collection::vec(1..=Price::MAX_MINOR_UNITS, 1..60)) {
            let histogram = histogram(&prices);
            let bars = histogram.bars();
            prop_assert!(bars.windows(2).all(|pair| pair[0].to.minor_units() + 1 == pair[1].from.minor_units()));
            prop_assert!(bars.len() <= MAX_BARS);
            let ranges = histogram.ranges();
            prop_assert!(ranges.len() <= OFFERED_RANGES);
            for counted in [bars, &ranges] {
                for bar in counted {
                    let within = bar.from.minor_units()..=bar.to.minor_units();
                    let expected = prices.iter().filter(|price| within.contains(price)).count();
                    prop_assert_eq!(bar.count as usize, expected);
                }
                let total: u32 = counted.iter().map(|bar| bar.count).sum();
                prop_assert!(bars.is_empty() || total as usize == prices.len());
            }
        }
    }
}
