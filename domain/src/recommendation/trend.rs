use jiff::Timestamp;

use super::basket::{Basket, ItemNumber};
use super::link::MIN_CUSTOMERS_TOLD;
use super::shoppers::Shoppers;

/// What many buy now. Orders of the last [`Trend::PERIOD_DAYS`] days and of as many before count; each is
/// counted by the period that it falls into, so that nothing has to be touched as time goes by.
#[derive(Debug, Clone, Default)]
pub struct Trend(Vec<Sold>);

/// What was sold of an item in the last period with a sale, and in the one before that.
#[derive(Debug, Clone, Copy, Default)]
struct Sold {
    period: i64,
    now: Orders,
    before: Orders,
}

#[derive(Debug, Clone, Copy, Default)]
struct Orders {
    count: u32,
    shoppers: Shoppers,
}

/// An item that many buy now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trending {
    pub item: ItemNumber,
    /// Of this period and the one before.
    pub orders: u32,
}

impl Trend {
    pub const PERIOD_DAYS: i64 = 14;
    /// Orders of the period before weigh so much less.
    const FADING: u32 = 2;

    /// Takes an order of somebody in, whenever it was placed.
    pub fn count(&mut self, basket: &Basket, placed_at: Timestamp, shopper: Shoppers) {
        let period = period_of(placed_at);
        for item in basket.items() {
            if self.0.len() <= item.index() {
                self.0.resize_with(item.index() + 1, Sold::default);
            }
            self.0[item.index()].count(period, shopper);
        }
    }

    /// Takes an order of somebody out that was taken in.
    pub fn uncount(&mut self, basket: &Basket, placed_at: Timestamp, shopper: Shoppers) {
        let period = period_of(placed_at);
        for item in basket.items() {
            if let Some(orders) = self.0.get_mut(item.index()).and_then(|sold| sold.of_period(period)) {
                orders.count = orders.count.saturating_sub(1);
                orders.shoppers = orders.shoppers.without(shopper);
            }
        }
    }

    /// What most orders of the last two periods had, faded, the most first; what fewer than
    /// [`MIN_CUSTOMERS_TOLD`] customers bought is not told.
    pub fn top(&self, now: Timestamp, limit: usize) -> Vec<Trending> {
        let period = period_of(now);
        let items = (0_u32..).map(ItemNumber).zip(&self.0);
        let mut top: Vec<(u32, Trending)> = items
            .filter_map(|(item, sold)| {
                let (now, before) = sold.seen_from(period);
                let orders = now.count.saturating_add(before.count);
                let customers = now.shoppers.and(before.shoppers).at_least().min(orders);
                let weight = now.count.saturating_mul(Self::FADING).saturating_add(before.count);
                (customers >= MIN_CUSTOMERS_TOLD).then_some((weight, Trending { item, orders }))
            })
            .collect();
        top.sort_by_key(|(weight, trending)| (std::cmp::Reverse(*weight), trending.item));
        top.truncate(limit);
        top.into_iter().map(|(_, trending)| trending).collect()
    }
}

impl Sold {
    fn count(&mut self, period: i64, shopper: Shoppers) {
        if period > self.period {
            (self.now, self.before) = self.seen_from(period);
            self.period = period;
        }
        let Some(orders) = self.of_period(period) else { return };
        orders.count = orders.count.saturating_add(1);
        orders.shoppers = orders.shoppers.and(shopper);
    }

    /// Where the orders of a period are counted; an order that comes late is past.
    const fn of_period(&mut self, period: i64) -> Option<&mut Orders> {
        match self.period - period {
            0 => Some(&mut self.now),
            1 => Some(&mut self.before),
            _ => None,
        }
    }

    /// The orders of a period that is not before the last one with a sale, and of the one before.
    fn seen_from(self, period: i64) -> (Orders, Orders) {
        match period - self.period {
            0 => (self.now, self.before),
            1 => (Orders::default(), self.now),
            _ => (Orders::default(), Orders::default()),
        }
    }
}

fn period_of(moment: Timestamp) -> i64 {
    const DAY_S: i64 = 86_400;
    moment.as_second().div_euclid(Trend::PERIOD_DAYS * DAY_S)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use proptest::prelude::*;

    fn now() -> Timestamp {
        "2026-11-25T12:00:00Z".parse().unwrap()
    }

    fn trend(orders: impl IntoIterator<Item = (u32, i64, u64)>) -> Trend {
        let mut trend = Trend::default();
        for (item, days_ago, customer) in orders {
            let basket = Basket::new([ItemNumber(item)]).unwrap();
            trend.count(&basket, now() - (24 * days_ago).hours(), Shoppers::one(customer));
        }
        trend
    }

    fn top(trend: &Trend) -> Vec<(u32, u32)> {
        trend.top(now(), 10).into_iter().map(|Trending { item, orders }| (item.0, orders)).collect()
    }

    #[test]
    fn what_few_bought_is_not_told() {
        let bought_by = |customers: u64| top(&trend((0..customers).map(|customer| (0, 0, customer))));
        assert_eq!(bought_by(u64::from(MIN_CUSTOMERS_TOLD) - 1), []);
        assert_eq!(bought_by(u64::from(MIN_CUSTOMERS_TOLD)), [(0, MIN_CUSTOMERS_TOLD)]);
        assert_eq!(top(&trend((0..90).map(|order| (0, 0, order % 4)))), [], "four who come often are four");
    }

    #[test]
    fn who_took_an_order_back_is_not_told_of() {
        let loyal = u64::from(MIN_CUSTOMERS_TOLD) - 1;
        let mut trend = trend((0..20).map(|order| (0, 0, order % loyal)));
        let (basket, other) = (Basket::new([ItemNumber(0)]).unwrap(), Shoppers::one(loyal));
        trend.count(&basket, now(), other);
        assert_eq!(top(&trend), [(0, 21)]);
        trend.uncount(&basket, now(), other);
        assert_eq!(top(&trend), [], "four are left, however often they came");
    }

    #[test]
    fn the_newer_counts_twice_and_the_old_not_at_all() {
        let newer = (0..6).map(|customer| (1, 0, customer));
        let older = (0..9).map(|customer| (2, 14, customer));
        let past = (0..30).map(|customer| (3, 60, customer));
        assert_eq!(top(&trend(past.chain(older).chain(newer))), [(1, 6), (2, 9)]);
    }

    proptest! {
        #[test]
        fn it_does_not_matter_in_which_order_orders_come(
            mut orders in prop::collection::vec((0_u32..4, 0_i64..80, 0_u64..12), 0..80),
        ) {
            let there = top(&trend(orders.iter().copied()));
            orders.reverse();
            prop_assert_eq!(there, top(&trend(orders)));
        }
    }
}
