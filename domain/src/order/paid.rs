use std::ops::{Add, Sub};

use super::{Order, OrderLine};
use crate::payment::Proceeds;
use crate::pricing::part;
use crate::pricing::tax::Treatment;

/// Something that was paid, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Paid {
    /// With its tax.
    pub(super) amount: i64,
    /// What of it the store owes to the state, as far as the order keeps it.
    pub(super) tax: i64,
}

impl Paid {
    /// What is paid for something of a price.
    const fn of(price: i64, tax: i64, treatment: Treatment) -> Self {
        match treatment {
            Treatment::Included => Self { amount: price, tax },
            Treatment::Added => Self { amount: price + tax, tax },
            Treatment::ReverseCharged => Self { amount: price - tax, tax: 0 },
        }
    }

    pub(super) const fn without_tax(self) -> i64 {
        self.amount - self.tax
    }

    /// A part of it in proportion, rounded down.
    pub(super) fn part(self, of: i64, whole: i64) -> Self {
        Self { amount: part(self.amount, of, whole), tax: part(self.tax, of, whole) }
    }

    /// What it has of something else's share, where that is all of `whole`: the amounts by themselves, and the taxes.
    fn shared(self, of: Self, whole: Self) -> Self {
        Self { amount: part(self.amount, of.amount, whole.amount), tax: part(self.tax, of.tax, whole.tax) }
    }
}

// An order's sums are within the range of money.
impl Add for Paid {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { amount: self.amount + other.amount, tax: self.tax + other.tax }
    }
}

impl Sub for Paid {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { amount: self.amount - other.amount, tax: self.tax - other.tax }
    }
}

/// The taxes that an order keeps apart, in minor units.
pub(super) struct KeptTaxes {
    treatment: Treatment,
    /// Of each line, in order.
    lines: Vec<i64>,
    delivery: i64,
}

impl Order {
    /// Whose its taxes are; `None` where none were counted, or it was written before that was kept.
    pub(super) fn kept_taxes(&self) -> Option<KeptTaxes> {
        let taxes = self.totals.taxes()?;
        let lines = self.lines.iter().map(|line| Some(line.tax?.minor_units())).collect::<Option<_>>()?;
        Some(KeptTaxes { treatment: taxes.treatment(), lines, delivery: taxes.of_delivery()?.minor_units() })
    }

    /// What of its total is each seller's: what is paid for their goods, without tax. Delivery is the store's.
    pub fn proceeds(&self) -> Proceeds {
        let mut proceeds = Proceeds::default();
        for (line, price) in self.lines.iter().zip(Goods::of(self).prices) {
            proceeds.add(&line.seller, price.without_tax());
        }
        proceeds
    }
}

/// What was charged for the goods of an order, and for each line of them.
pub(super) struct Goods<'a> {
    lines: &'a [OrderLine],
    /// What is paid for each line where all is charged, in order: its price after discounts with its own tax. Where the
    /// order does not keep that, its price, and what is charged is shared out as the prices are.
    prices: Vec<Paid>,
    all: Paid,
    /// What was charged for all lines, and for delivery.
    charged: Paid,
    for_delivery: Paid,
}

impl<'a> Goods<'a> {
    pub(super) fn of(order: &'a Order) -> Self {
        let (lines, delivery) = (order.lines.iter().map(price_of), order.totals.delivery().minor_units());
        let untaxed = |amount| Paid { amount, tax: 0 };
        let (prices, delivery): (Vec<Paid>, Paid) = match order.kept_taxes() {
            Some(KeptTaxes { treatment, lines: taxes, delivery: tax }) => (
                lines.zip(taxes).map(|(price, tax)| Paid::of(price, tax, treatment)).collect(),
                Paid::of(delivery, tax, treatment),
            ),
            None => (lines.map(untaxed).collect(), untaxed(delivery)),
        };
        let all = sum(&prices);
        let whole = all + delivery;
        // As the ledger has captured it: see `Totals::tax_in`.
        let captured = order.captured_minor_units;
        let captured = Paid { amount: captured, tax: part(whole.tax, captured, whole.amount) };
        let charged = captured.shared(all, whole);
        Self { lines: &order.lines, prices, all, charged, for_delivery: captured - charged }
    }

    pub(super) const fn charged_for_delivery(&self) -> Paid {
        self.for_delivery
    }

    /// What was charged for the first units of the line at a place.
    pub(super) fn share_up_to(&self, place: usize, units: u32) -> Paid {
        let (Some(line), Some(prices)) = (self.lines.get(place), self.prices.get(..=place)) else {
            return Paid::default();
        };
        // Of the sums up to a line and with it, so that nothing is lost between lines.
        let up_to = |prices: &[Paid]| self.charged.shared(sum(prices), self.all);
        let line_charged = up_to(prices) - up_to(prices.get(..place).unwrap_or_default());
        line_charged.part(units.into(), line.quantity.get().into())
    }
}

fn sum(all: &[Paid]) -> Paid {
    all.iter().fold(Paid::default(), |sum, one| sum + *one)
}

/// What a line costs after its discounts, in minor units.
fn price_of(line: &OrderLine) -> i64 {
    let full = line.unit_price.money().times(line.quantity.get()).map_or(0, crate::pricing::Money::minor_units);
    let off: i64 = line.discounts.iter().map(|discount| discount.amount.minor_units()).sum();
    (full - off).max(0)
}
