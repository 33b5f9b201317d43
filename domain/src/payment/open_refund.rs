use crate::pricing::{Money, part};

/// What of an order can still be given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenRefund {
    pub amount: Money,
    /// The tax of it that the store owes to the state; at most the amount.
    pub tax: Money,
}

impl OpenRefund {
    /// The tax in an amount of it that goes back next: its own where that is known, and else a share in proportion,
    /// rounded down. What is left is worth at least its tax, and with the last of it the last of the tax goes back:
    /// all refunds together give back exactly the tax of what was captured.
    #[must_use]
    pub fn tax_in(self, amount: Money, own: Option<Money>) -> Money {
        let (open, tax, amount) = (self.amount.minor_units(), self.tax.minor_units(), amount.minor_units());
        let share = own.map_or_else(|| part(tax, amount, open), Money::minor_units);
        let least = tax.saturating_sub(open.saturating_sub(amount)).max(0);
        Money::new(share.max(least).min(tax.min(amount)), self.amount.currency())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::Currency;
    use proptest::prelude::*;

    fn pounds(minor_units: i64) -> Money {
        Money::new(minor_units, Currency::GBP)
    }

    fn open(amount: i64, tax: i64) -> OpenRefund {
        OpenRefund { amount: pounds(amount), tax: pounds(tax) }
    }

    #[test]
    fn what_has_its_own_tax_takes_that_and_anything_else_a_share() {
        // A lamp for £24.00 with £4.00 of tax, and a book for £10.00 without any.
        let both = open(34_00, 4_00);
        assert_eq!(both.tax_in(pounds(10_00), Some(pounds(0))), pounds(0));
        assert_eq!(both.tax_in(pounds(24_00), Some(pounds(4_00))), pounds(4_00));
        assert_eq!(both.tax_in(pounds(17_00), None), pounds(2_00));
        assert_eq!(both.tax_in(pounds(10_00), None), pounds(1_17), "rounded down");
    }

    #[test]
    fn the_last_of_it_takes_the_last_of_the_tax() {
        // Somebody gave back the price of the lamp without saying what for.
        let book = open(10_00, 1_18);
        assert_eq!(book.tax_in(pounds(10_00), Some(pounds(0))), pounds(1_18));
        assert_eq!(book.tax_in(pounds(9_00), Some(pounds(0))), pounds(18), "the rest is worth its tax");
        assert_eq!(book.tax_in(pounds(8_82), Some(pounds(0))), pounds(0));
        assert_eq!(open(10_00, 0).tax_in(pounds(5_00), Some(pounds(1_00))), pounds(0), "no more than there is");
        assert_eq!(open(0, 0).tax_in(pounds(0), None), pounds(0));
    }

    proptest! {
        #[test]
        fn all_refunds_give_back_the_tax_and_none_more_than_it_is_worth(
            amount in 1_i64..1_000_000,
            tax in 0_i64..1_000_000,
            steps in prop::collection::vec((1_i64..300_000, prop::option::of(0_i64..300_000)), 0..12),
        ) {
            let tax = tax.min(amount);
            let mut left = open(amount, tax);
            let mut given = 0;
            for (step, own) in steps.into_iter().chain([(amount, None)]) {
                let step = step.min(left.amount.minor_units());
                let back = left.tax_in(pounds(step), own.map(pounds)).minor_units();
                prop_assert!((0..=step).contains(&back));
                given += back;
                left = open(left.amount.minor_units() - step, left.tax.minor_units() - back);
                prop_assert!(left.tax.minor_units() <= left.amount.minor_units());
            }
            prop_assert_eq!((given, left), (tax, open(0, 0)));
        }
    }
}
