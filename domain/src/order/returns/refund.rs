use super::{Order, Return, ReturnLine, units_of};
use crate::order::OrderLine;
use crate::pricing::Money;
use crate::shipment::{Delivery, Zone};

impl Order {
    /// What its shopper gets back for some of its units, beside those that came back before, in the order's
    /// currency: their share of what was charged for the goods, after discounts and with its tax. Shares are
    /// rounded down so that those of all units are together all that was charged for the goods. Who has sent
    /// back everything gets back delivery as well, as Article 13 of Directive 2011/83/EU asks: what was paid for
    /// it, or what standard delivery would have cost where that is less. A part of an order is returned without
    /// any of it. What was given back for other reasons is not looked at: see [`crate::payment::Tally`].
    pub fn refund_for(&self, returns: &[Return], lines: &[ReturnLine]) -> Money {
        let received = || returns.iter().filter(|found| found.state.is_received());
        let (goods, mut minor_units, mut all_back) = (Goods::of(self), 0, true);
        for (place, line) in self.lines.iter().enumerate() {
            let before = units_of(received(), &line.sku);
            let now = lines.iter().filter(|back| back.sku == line.sku).map(|back| back.quantity.get()).sum::<u32>();
            let after = before.saturating_add(now).min(line.quantity.get());
            minor_units += goods.share_up_to(place, after) - goods.share_up_to(place, before.min(after));
            all_back &= after == line.quantity.get();
        }
        if all_back {
            minor_units += self.delivery_back(goods.charged);
        }
        Money::new(minor_units, self.totals.total().currency())
    }

    /// What its shopper gets back for a return: what was noted when it was received, or by now what would be, which
    /// is at most what is left of what was charged.
    pub fn expected_refund(&self, returns: &[Return], found: &Return) -> Money {
        let left = self.captured_minor_units.saturating_sub(self.refunded_minor_units).max(0);
        let share = self.refund_for(returns, &found.lines);
        found.refund.unwrap_or(Money::new(share.minor_units().min(left), share.currency()))
    }

    /// What of the price of delivery goes back with everything, when this much of what was charged is for the goods.
    fn delivery_back(&self, goods: i64) -> i64 {
        let paid = self.totals.delivery().minor_units();
        let standard = Delivery::standard(Zone::of(self.contact.address.country));
        let standard = standard.charge(self.totals.items_to_pay()).minor_units().min(paid);
        part(self.captured_minor_units - goods, standard, paid)
    }
}

/// What was charged for the goods of an order.
struct Goods<'a> {
    lines: &'a [OrderLine],
    /// In minor units; without delivery. Tax that comes on top of prices, or is taken off them, is shared out as
    /// the prices are.
    charged: i64,
    /// What all lines cost after discounts, in minor units.
    prices: i64,
}

impl<'a> Goods<'a> {
    fn of(order: &'a Order) -> Self {
        let (items, delivery) = (order.totals.items_to_pay().minor_units(), order.totals.delivery().minor_units());
        let charged = part(order.captured_minor_units, items, items.saturating_add(delivery));
        Self { lines: &order.lines, charged, prices: order.lines.iter().map(price_of).sum() }
    }

    /// What was charged for the first units of the line at a place.
    fn share_up_to(&self, place: usize, units: u32) -> i64 {
        let Some(line) = self.lines.get(place) else { return 0 };
        // Of the sums up to a line and with it, so that nothing is lost between lines.
        let before: i64 = self.lines.iter().take(place).map(price_of).sum();
        let line_charged =
            part(self.charged, before + price_of(line), self.prices) - part(self.charged, before, self.prices);
        part(line_charged, units.into(), line.quantity.get().into())
    }
}

/// What a line costs after its discounts, in minor units. An order's sums are within the range of money.
fn price_of(line: &OrderLine) -> i64 {
    let full = line.unit_price.money().times(line.quantity.get()).map_or(0, Money::minor_units);
    let off: i64 = line.discounts.iter().map(|discount| discount.amount.minor_units()).sum();
    (full - off).max(0)
}

/// A part of an amount in proportion, rounded down; nothing of nothing. The part is at most the whole.
fn part(amount: i64, of: i64, whole: i64) -> i64 {
    let exact = i128::from(amount) * i128::from(of);
    exact.checked_div(i128::from(whole)).and_then(|share| i64::try_from(share).ok()).unwrap_or_default()
}
