use std::fmt;

use serde::{Deserialize, Serialize};

use super::{PromotionId, PromotionName};
use crate::catalog::{CategoryId, ProductId, Seller, Sku};
use crate::inventory::Quantity;
use crate::pricing::{Currency, Money, MoneyError, Price};

/// A line of a cart, as far as promotions look at it.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    pub sku: &'a Sku,
    pub product: &'a ProductId,
    pub category: &'a CategoryId,
    pub seller: &'a Seller,
    pub price: Price,
    pub quantity: Quantity,
}

/// What promotions apply to, all in one currency.
#[derive(Debug, Clone)]
pub struct Basket<'a> {
    pub(super) items: Vec<Item<'a>>,
    pub(super) currency: Currency,
    /// What each item costs before any discount, in minor units.
    pub(super) costs: Vec<i64>,
    pub(super) delivery: i64,
}

impl<'a> Basket<'a> {
    /// `delivery` is what standard delivery costs; nothing where another one was chosen.
    ///
    /// # Errors
    /// [`MoneyError::CurrenciesDiffer`], or [`MoneyError::TooLarge`] when the sum leaves `i64`.
    pub fn new(items: Vec<Item<'a>>, delivery: Money) -> Result<Self, MoneyError> {
        let (currency, mut sum, mut costs) = (delivery.currency(), delivery, Vec::with_capacity(items.len()));
        for item in &items {
            let cost = item.price.money().times(item.quantity.get())?;
            sum = sum.plus(cost)?;
            costs.push(cost.minor_units());
        }
        Ok(Self { items, currency, costs, delivery: delivery.minor_units().max(0) })
    }
}

/// What a promotion takes off a line or off delivery, above zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discount {
    pub promotion: PromotionId,
    pub name: PromotionName,
    pub amount: Money,
}

impl Discount {
    /// The amount as it stands in a sum: `−£4.99`.
    pub fn taken_off(&self) -> String {
        format!("−{}", self.amount)
    }
}

impl fmt::Display for Discount {
    /// What a shopper reads: `3 for 2: −£4.99`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.taken_off())
    }
}

/// What each promotion takes off all lines together, in the order of the lines.
///
/// # Errors
/// As [`Money::plus`].
pub fn by_promotion<'a>(discounts: impl IntoIterator<Item = &'a Discount>) -> Result<Vec<Discount>, MoneyError> {
    let mut sums: Vec<Discount> = Vec::new();
    for discount in discounts {
        match sums.iter_mut().find(|sum| sum.promotion == discount.promotion) {
            Some(sum) => sum.amount = sum.amount.plus(discount.amount)?,
            None => sums.push(discount.clone()),
        }
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_discount_is_explained_and_summed_up() {
        let discount = |id: &str, amount: &str| Discount {
            promotion: id.parse().unwrap(),
            name: "3 for 2".parse().unwrap(),
            amount: amount.parse().unwrap(),
        };
        assert_eq!(discount("a", "4.99 GBP").to_string(), "3 for 2: −£4.99");
        let lines = [discount("b", "1.00 GBP"), discount("a", "2.00 GBP"), discount("b", "0.50 GBP")];
        let sums = by_promotion(&lines).unwrap();
        assert_eq!(sums, [discount("b", "1.50 GBP"), discount("a", "2.00 GBP")]);
        assert!(by_promotion(&[discount("a", "1 GBP"), discount("a", "1 USD")]).is_err());
    }
}
