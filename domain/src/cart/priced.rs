use std::collections::HashMap;
use std::hash::BuildHasher;

use serde::{Deserialize, Serialize};

use super::lines::{Cart, CartLine, CartVersion};
use crate::catalog::{Picture, Product, Sku, Slug, Title};
use crate::inventory::{Availability, AvailableUnits, Quantity};
use crate::pricing::{Currency, Money, MoneyError, Price};

/// What the store knows about a SKU now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFacts {
    pub slug: Slug,
    pub title: Title,
    /// The chosen options in a line, `Forest green, L`; empty without options.
    pub choices: String,
    pub picture: Option<Picture>,
    pub price: Price,
    pub list_price: Option<Price>,
    pub available: AvailableUnits,
}

impl LineFacts {
    /// The facts of one variant of a product; `None` when the product has no such SKU.
    pub fn of(product: &Product, sku: &Sku, available: AvailableUnits) -> Option<Self> {
        let variant = product.variant(sku)?;
        Some(Self {
            slug: product.slug.clone(),
            title: product.title.clone(),
            choices: variant.label(),
            picture: product.pictures_of(variant).first().map(|picture| (*picture).clone()),
            price: variant.price,
            list_price: variant.list_price,
            available,
        })
    }
}

/// Why a line can't be bought as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CartProblem {
    NotSold,
    SoldOut,
    /// Fewer are left than asked for.
    OnlyLeft {
        units: u32,
    },
    /// Priced in another currency than the rest of the cart.
    OtherCurrency {
        currency: Currency,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedLine {
    pub sku: Sku,
    pub quantity: Quantity,
    /// Missing when the SKU is no longer sold.
    pub facts: Option<LineFacts>,
    pub total: Option<Money>,
    pub problem: Option<CartProblem>,
}

impl PricedLine {
    pub fn availability(&self) -> Availability {
        self.facts.as_ref().map_or(Availability::SoldOut, |facts| facts.available.into())
    }
}

/// A cart with everything the store knows about it now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedCart {
    pub version: CartVersion,
    pub lines: Vec<PricedLine>,
    pub saved: Vec<PricedLine>,
    pub units: u32,
    /// The sum of the lines that can be bought; `None` for a cart without any.
    pub subtotal: Option<Money>,
}

impl PricedCart {
    /// Whether the cart can be checked out as it is.
    pub fn is_ready(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| line.problem.is_none())
    }
}

/// Prices a cart with the facts of now. The first line that is sold decides the currency.
///
/// # Errors
/// [`MoneyError::TooLarge`] when the sum leaves the range of money.
pub fn price<S: BuildHasher>(cart: &Cart, facts: &HashMap<Sku, LineFacts, S>) -> Result<PricedCart, MoneyError> {
    let currency = cart.lines.iter().find_map(|line| facts.get(&line.sku)).map(|known| known.price.currency());
    let mut subtotal = currency.map(Money::zero);
    let mut lines = Vec::with_capacity(cart.lines.len());
    for line in &cart.lines {
        let priced = price_line(line, facts.get(&line.sku), currency)?;
        let countable = !matches!(priced.problem, Some(CartProblem::OtherCurrency { .. } | CartProblem::SoldOut));
        if let (Some(sum), Some(total), true) = (subtotal, priced.total, countable) {
            subtotal = Some(sum.plus(total)?);
        }
        lines.push(priced);
    }
    let saved = cart.saved.iter().map(|line| price_line(line, facts.get(&line.sku), currency));
    Ok(PricedCart {
        version: cart.version,
        lines,
        saved: saved.collect::<Result<_, _>>()?,
        units: cart.units(),
        subtotal,
    })
}

fn price_line(
    line: &CartLine,
    facts: Option<&LineFacts>,
    currency: Option<Currency>,
) -> Result<PricedLine, MoneyError> {
    let problem = match facts {
        None => Some(CartProblem::NotSold),
        Some(known) if currency.is_some_and(|currency| currency != known.price.currency()) => {
            Some(CartProblem::OtherCurrency { currency: known.price.currency() })
        }
        Some(LineFacts { available: AvailableUnits(0), .. }) => Some(CartProblem::SoldOut),
        Some(LineFacts { available: AvailableUnits(units), .. }) if *units < line.quantity.get() => {
            Some(CartProblem::OnlyLeft { units: *units })
        }
        Some(_) => None,
    };
    Ok(PricedLine {
        sku: line.sku.clone(),
        quantity: line.quantity,
        facts: facts.cloned(),
        total: facts.map(|known| known.price.money().times(line.quantity.get())).transpose()?,
        problem,
    })
}

#[cfg(test)]
mod tests {
    use super::super::CartChange;
    use super::*;
    use proptest::prelude::*;

    fn facts(price: &str, available: u32) -> LineFacts {
        LineFacts {
            slug: "lamp".parse().unwrap(),
            title: "Lamp".parse().unwrap(),
            choices: String::new(),
            picture: None,
            price: price.parse().unwrap(),
            list_price: None,
            available: AvailableUnits(available),
        }
    }

    fn cart(lines: &[(&str, u32)]) -> Cart {
        lines.iter().fold(Cart::default(), |cart, (sku, units)| {
            let add = CartChange::Add { sku: sku.parse().unwrap(), quantity: (*units).try_into().unwrap() };
            cart.apply(&add).unwrap()
        })
    }

    #[test]
    fn each_line_says_what_is_wrong_with_it() {
        let known = HashMap::from([
            ("a".parse().unwrap(), facts("2.50 GBP", 9)),
            ("b".parse().unwrap(), facts("1.00 GBP", 2)),
            ("c".parse().unwrap(), facts("1.00 GBP", 0)),
            ("d".parse().unwrap(), facts("1.00 USD", 9)),
        ]);
        let priced = price(&cart(&[("gone", 1), ("a", 2), ("b", 3), ("c", 1), ("d", 1)]), &known).unwrap();
        let problems: Vec<_> = priced.lines.iter().map(|line| line.problem.clone()).collect();
        assert_eq!(
            problems,
            [
                Some(CartProblem::NotSold),
                None,
                Some(CartProblem::OnlyLeft { units: 2 }),
                Some(CartProblem::SoldOut),
                Some(CartProblem::OtherCurrency { currency: Currency::USD }),
            ]
        );
        assert_eq!(priced.subtotal.map(|sum| sum.to_string()).as_deref(), Some("£8.00"));
        assert!(!priced.is_ready());
        assert!(price(&cart(&[("a", 2)]), &known).unwrap().is_ready());
        assert!(!price(&Cart::default(), &known).unwrap().is_ready());
    }

    proptest! {
        #[test]
        fn the_subtotal_is_the_sum_of_its_lines(lines in prop::collection::vec((1_u32..=999, 1_i64..1_000_000), 1..40)) {
            let names: Vec<String> = (0..lines.len()).map(|n| format!("s{n}")).collect();
            let known = lines.iter().zip(&names).map(|((_, minor), name)| {
                let price = Price::try_from(Money::new(*minor, Currency::GBP)).unwrap();
                (name.parse().unwrap(), LineFacts { price, ..facts("1 GBP", 1_000) })
            });
            let wanted: Vec<(&str, u32)> = lines.iter().zip(&names).map(|((units, _), name)| (name.as_str(), *units)).collect();
            let priced = price(&cart(&wanted), &known.collect::<HashMap<_, _>>()).unwrap();
            let expected: i64 = lines.iter().map(|(units, minor)| i64::from(*units) * minor).sum();
            prop_assert_eq!(priced.subtotal.map(Money::minor_units), Some(expected));
        }
    }
}
