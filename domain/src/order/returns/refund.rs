use super::{Order, Return, ReturnState, units_of};
use crate::order::OrderLine;
use crate::order::exchange::{Exchange, ExchangeState};
use crate::order::paid::{Goods, Paid};
use crate::payment::Proceeds;
use crate::pricing::{Money, part};
use crate::shipment::{Delivery, Zone};

impl Order {
    /// What its shopper gets back for a return, beside those that came back before, in the order's currency: what
    /// was charged for them, after discounts and with their own tax, or with a share of the tax where the order does not
    /// keep whose it is. Shares are rounded down so that those of all units are together all that was charged for the
    /// goods. For what an exchange brings only the part
    /// of the share goes back by which it costs less: who paid half of a price gets back half of the difference.
    /// Who has sent back everything for money gets back delivery as well, as Article 13 of Directive 2011/83/EU asks:
    /// what was paid for it, or what standard delivery would have cost where that is less. A part of an order is
    /// returned without any of it. What was given back for other reasons is not looked at: see
    /// [`crate::payment::Tally`].
    pub fn refund_for(&self, returns: &[Return], found: &Return) -> Money {
        Money::new(self.shares_of(returns, found).back.amount, self.totals.total().currency())
    }

    /// The tax in an amount that goes back for a return, which is at most what [`Self::refund_for`] answers: that of what
    /// comes back. `None` where the order does not keep it, or more goes back than that.
    pub fn tax_of_refund(&self, returns: &[Return], found: &Return, amount: Money) -> Option<Money> {
        self.kept_taxes()?;
        let Paid { amount: whole, tax } = self.shares_of(returns, found).back;
        (amount.minor_units() <= whole).then(|| Money::new(part(tax, amount.minor_units(), whole), amount.currency()))
    }

    /// What of an amount that goes back for a return, which is at most what [`Self::refund_for`] answers, its sellers give
    /// back: what they got for what comes back. `None` where more goes back than that.
    pub fn proceeds_of_refund(&self, returns: &[Return], found: &Return, amount: Money) -> Option<Proceeds> {
        let Shares { back, of_sellers, .. } = self.shares_of(returns, found);
        (amount.minor_units() <= back.amount).then(|| of_sellers.part(amount.minor_units(), back.amount))
    }

    /// What a return leaves of what was charged, in the order's currency: it pays for what is sent instead.
    pub fn kept_for_exchanges(&self, returns: &[Return], found: &Return) -> Money {
        Money::new(self.shares_of(returns, found).kept.amount, self.totals.total().currency())
    }

    /// What of an order's money pays for all that was sent in exchange, and for what a return that was received sends
    /// now, in the order's currency.
    pub fn pays_to_send(&self, returns: &[Return], found: &Return) -> Money {
        let is_sent = |one: &Return| one.id == found.id || one.has_exchange_in(ExchangeState::Sent);
        let received = self.received(returns).into_iter().filter(|(one, _)| is_sent(one));
        Money::new(received.map(|(_, shares)| shares.kept.amount).sum(), self.totals.total().currency())
    }

    /// What goes back to its shopper, in the order's currency, when nothing of what a return that was received waits
    /// to send is sent: all that was to pay for it, and delivery where everything came back for money then. With it
    /// goes what was to be given back for the return and was not.
    pub fn refund_for_ending(&self, returns: &[Return], found: &Return) -> Money {
        let ended = |one: &Return| if one.id == found.id { one.for_money() } else { one.clone() };
        let ended: Vec<Return> = returns.iter().map(ended).collect();
        let back =
            |returns: &[Return]| self.received(returns).iter().map(|(_, shares)| shares.back.amount).sum::<i64>();
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
        // What came in after it was not here when it was received.
        let came_before =
            |other: &&Return| found.decided_at.is_none_or(|at| (other.decided_at, other.id) < (Some(at), found.id));
        let received = || returns.iter().filter(|other| other.state.is_received()).filter(came_before);
        let (goods, mut shares, mut all_back) = (Goods::of(self), Shares::default(), true);
        for (place, line) in self.lines.iter().enumerate() {
            let (before, now) = (units_of(received(), &line.sku), units_of(std::iter::once(found), &line.sku));
            let after = before.saturating_add(now).min(line.quantity.get());
            let share = goods.share_up_to(place, after) - goods.share_up_to(place, before.min(after));
            let back = found.exchange_of(&line.sku).map_or(share, |exchange| difference(share, line, exchange));
            shares.back = shares.back + back;
            shares.kept = shares.kept + (share - back);
            shares.of_sellers.add(&line.seller, back.without_tax());
            let is_exchanged = received().chain(std::iter::once(found)).any(|one| one.exchange_of(&line.sku).is_some());
            all_back &= after == line.quantity.get() && !is_exchanged;
        }
        if all_back {
            shares.back = shares.back + self.delivery_back(goods.charged_for_delivery());
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
        let Shares { back, kept, .. } = self.shares_of(returns, found);
        Money::new(back.amount.min(self.left_minor_units().saturating_sub(kept.amount).max(0)), currency)
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

    /// What goes back with everything of what was charged for delivery.
    fn delivery_back(&self, charged: Paid) -> Paid {
        let price = self.totals.delivery().minor_units();
        let standard = Delivery::standard(Zone::of(self.contact.address.country));
        let standard = standard.charge(self.totals.items_to_pay()).minor_units().min(price);
        charged.part(standard, price)
    }
}

/// What becomes of the share that a return has of what was charged.
#[derive(Default)]
struct Shares {
    /// With delivery.
    back: Paid,
    kept: Paid,
    /// What of what goes back was each seller's.
    of_sellers: Proceeds,
}

/// What of the share of a line goes back to whoever gets something else for it that costs less.
fn difference(share: Paid, line: &OrderLine, exchange: &Exchange) -> Paid {
    let price = line.unit_price.minor_units();
    share.part(price.saturating_sub(exchange.unit_price.minor_units()).max(0), price)
}
