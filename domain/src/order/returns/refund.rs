use super::{Order, Return, ReturnState, units_of};
use crate::order::OrderLine;
use crate::order::exchange::{Exchange, ExchangeState};
use crate::pricing::Money;
use crate::shipment::{Delivery, Zone};

impl Order {
    /// What its shopper gets back for a return, beside those that came back before, in the order's currency: their
    /// share of what was charged for the goods, after discounts and with its tax. Shares are rounded down so that
    /// those of all units are together all that was charged for the goods. For what an exchange brings only the part
    /// of the share goes back by which it costs less: who paid half of a price gets back half of the difference.
    /// Who has sent back everything for money gets back delivery as well, as Article 13 of Directive 2011/83/EU asks:
    /// what was paid for it, or what standard delivery would have cost where that is less. A part of an order is
    /// returned without any of it. What was given back for other reasons is not looked at: see
    /// [`crate::payment::Tally`].
    pub fn refund_for(&self, returns: &[Return], found: &Return) -> Money {
        Money::new(self.shares_of(returns, found).back, self.totals.total().currency())
    }

    /// What a return leaves of what was charged, in the order's currency: it pays for what is sent instead.
    pub fn kept_for_exchanges(&self, returns: &[Return], found: &Return) -> Money {
        Money::new(self.shares_of(returns, found).kept, self.totals.total().currency())
    }

    /// What of an order's money pays for all that was sent in exchange, and for what a return that was received sends
    /// now, in the order's currency.
    pub fn pays_to_send(&self, returns: &[Return], found: &Return) -> Money {
        let is_sent = |one: &Return| one.id == found.id || one.has_exchange_in(ExchangeState::Sent);
        let received = self.received(returns).into_iter().filter(|(one, _)| is_sent(one));
        Money::new(received.map(|(_, shares)| shares.kept).sum(), self.totals.total().currency())
    }

    /// What goes back to its shopper, in the order's currency, when nothing of what a return that was received waits
    /// to send is sent: all that was to pay for it, and delivery where everything came back for money then. With it
    /// goes what was to be given back for the return and was not.
    pub fn refund_for_ending(&self, returns: &[Return], found: &Return) -> Money {
        let ended = |one: &Return| if one.id == found.id { one.for_money() } else { one.clone() };
        let ended: Vec<Return> = returns.iter().map(ended).collect();
        let back = |returns: &[Return]| self.received(returns).iter().map(|(_, shares)| shares.back).sum::<i64>();
        let owed = found.refund.filter(|_| found.state == ReturnState::Received).map_or(0, Money::minor_units);
        let more = back(&ended).saturating_sub(back(returns));
        Money::new(more.saturating_add(owed), self.totals.total().currency())
    }

    /// What was received of some returns, each with its shares.
    fn received<'a>(&self, returns: &'a [Return]) -> Vec<(&'a Return, Shares)> {
        let mut received: Vec<&Return> = returns.iter().filter(|one| one.state.is_received()).collect();
        // As they came in: what is rounded is in the share of the one behind.
        received.sort_by_key(|one| (one.decided_at, one.id));
        let mut before = Vec::with_capacity(received.len());
        let shares = |one: &'a Return| {
            let shares = self.shares_of(&before, one);
            before.push(one.clone());
            (one, shares)
        };
        received.into_iter().map(shares).collect()
    }

    fn shares_of(&self, returns: &[Return], found: &Return) -> Shares {
        let received = || returns.iter().filter(|other| other.state.is_received());
        let (goods, mut shares, mut all_back) = (Goods::of(self), Shares::default(), true);
        for (place, line) in self.lines.iter().enumerate() {
            let (before, now) = (units_of(received(), &line.sku), units_of(std::iter::once(found), &line.sku));
            let after = before.saturating_add(now).min(line.quantity.get());
            let share = goods.share_up_to(place, after) - goods.share_up_to(place, before.min(after));
            let back = found.exchange_of(&line.sku).map_or(share, |exchange| difference(share, line, exchange));
            shares.back += back;
            shares.kept += share - back;
            let is_exchanged = received().chain(std::iter::once(found)).any(|one| one.exchange_of(&line.sku).is_some());
            all_back &= after == line.quantity.get() && !is_exchanged;
        }
        if all_back {
            shares.back += self.delivery_back(goods.charged);
        }
        shares
    }

    /// What its shopper gets back for a return: what was noted when it was received and when its exchanges ended, or
    /// by now what would be, which is at most what is left of what was charged once what is sent instead is paid.
    pub fn expected_refund(&self, returns: &[Return], found: &Return) -> Money {
        let currency = self.totals.total().currency();
        if let Some(refund) = found.refund {
            let first = found.first_refund.map_or(0, Money::minor_units);
            return Money::new(refund.minor_units().saturating_add(first), currency);
        }
        let Shares { back, kept } = self.shares_of(returns, found);
        Money::new(back.min(self.left_minor_units().saturating_sub(kept).max(0)), currency)
    }

    /// What goes back to its shopper when an operator ends the exchanges of a return that was received: as
    /// [`Self::refund_for_ending`] says, and at most what is left of what was charged.
    pub fn expected_end(&self, returns: &[Return], found: &Return) -> Money {
        let more = self.refund_for_ending(returns, found).minor_units();
        Money::new(more.min(self.left_minor_units()), self.totals.total().currency())
    }

    /// What is left of what was charged.
    fn left_minor_units(&self) -> i64 {
        self.captured_minor_units.saturating_sub(self.refunded_minor_units).max(0)
    }

    /// What of the price of delivery goes back with everything, when this much of what was charged is for the goods.
    fn delivery_back(&self, goods: i64) -> i64 {
        let paid = self.totals.delivery().minor_units();
        let standard = Delivery::standard(Zone::of(self.contact.address.country));
        let standard = standard.charge(self.totals.items_to_pay()).minor_units().min(paid);
        part(self.captured_minor_units - goods, standard, paid)
    }
}

/// What becomes of the share that a return has of what was charged, in minor units.
#[derive(Default)]
struct Shares {
    /// With delivery.
    back: i64,
    kept: i64,
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

/// What of the share of a line goes back to whoever gets something else for it that costs less.
fn difference(share: i64, line: &OrderLine, exchange: &Exchange) -> i64 {
    let paid = line.unit_price.minor_units();
    part(share, paid.saturating_sub(exchange.unit_price.minor_units()).max(0), paid)
}

/// A part of an amount in proportion, rounded down; nothing of nothing. The part is at most the whole.
fn part(amount: i64, of: i64, whole: i64) -> i64 {
    let exact = i128::from(amount) * i128::from(of);
    exact.checked_div(i128::from(whole)).and_then(|share| i64::try_from(share).ok()).unwrap_or_default()
}
