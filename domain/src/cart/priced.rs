use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::lines::{Cart, CartLine, CartVersion};
use super::parts::{PartFacts, left_with_bundles};
use crate::catalog::listing::ProductCard;
use crate::catalog::{CategoryId, Picture, Product, ProductId, Seller, Sku, Slug, Title};
use crate::checkout::Totals;
use crate::inventory::{Availability, AvailableUnits, OnSale, PurchaseLimit, Quantity, SaleTerms};
use crate::pricing::promotion::{
    Basket, CouponCode, CouponRefusal, Discount, Discounts, Item, Offer, Terms, Trigger, by_promotion, discounts,
};
use crate::pricing::tax::{CustomerKind, Jurisdiction, TaxClass, TaxTable, Taxable, Taxed, TaxesError};
use crate::pricing::{Currency, Money, MoneyError, Price};
use crate::shipment::{Delivery, DeliveryOption};

/// What the store knows about a SKU now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFacts {
    pub product: ProductId,
    pub category: CategoryId,
    #[serde(default, skip_serializing_if = "Seller::is_store")]
    pub seller: Seller,
    pub slug: Slug,
    pub title: Title,
    /// The chosen options in a line, `Forest green, L`; empty without options.
    pub choices: String,
    pub picture: Option<Picture>,
    pub price: Price,
    pub list_price: Option<Price>,
    #[serde(default)]
    pub tax_class: TaxClass,
    pub available: AvailableUnits,
    #[serde(default)]
    pub terms: SaleTerms,
    /// What is in it, where it is a bundle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartFacts>,
}

impl LineFacts {
    /// The facts of one variant of a product, but for the parts of a bundle; `None` when the product has no such SKU.
    pub fn of(product: &Product, sku: &Sku, OnSale { available, terms, .. }: OnSale) -> Option<Self> {
        let variant = product.variant(sku)?;
        Some(Self {
            product: product.id.clone(),
            category: product.category.clone(),
            seller: product.seller.clone(),
            slug: product.slug.clone(),
            title: product.title.clone(),
            choices: variant.label(),
            picture: product.pictures_of(variant).first().map(|picture| (*picture).clone()),
            price: variant.price,
            list_price: variant.list_price,
            tax_class: product.tax_class,
            available,
            terms,
            parts: Vec::new(),
        })
    }

    /// What can be bought of it now, and how.
    pub const fn on_sale(&self) -> OnSale {
        OnSale { available: self.available, terms: self.terms, is_bundle: !self.parts.is_empty() }
    }

    /// Lets the texts that a line has in common with the card of its product share their memory.
    pub fn share_texts(&mut self, card: &ProductCard) {
        share(&mut self.product, [&card.id]);
        share(&mut self.slug, [&card.slug]);
        share(&mut self.title, [&card.title]);
        share(&mut self.category, [&card.category]);
        share(&mut self.seller, [&card.seller]);
        if let (Some(Picture::Drawn(own)), Some(Picture::Drawn(of_card))) = (&mut self.picture, &card.picture) {
            let colours = card.swatches.iter().map(|swatch| &swatch.colour);
            share(&mut own.motif, [&of_card.motif]);
            share(&mut own.colour, colours.chain([&of_card.colour]));
        }
    }

    /// The facts of all SKUs of a cart that are sold, by what catalog and stock answered.
    pub fn of_all(
        cart: &Cart,
        products: &HashMap<Sku, Arc<Product>>,
        on_sale: &HashMap<Sku, OnSale>,
    ) -> HashMap<Sku, Self> {
        let facts = cart.skus().into_iter().filter_map(|sku| {
            let on_sale = on_sale.get(&sku).copied().unwrap_or_default();
            let facts = Self::of(products.get(&sku)?, &sku, on_sale)?;
            Some((sku, facts))
        });
        facts.collect()
    }
}

/// Takes the memory of an equal one.
fn share<'a, T: Clone + PartialEq + 'a>(text: &mut T, known: impl IntoIterator<Item = &'a T>) {
    if let Some(equal) = known.into_iter().find(|known| *known == text) {
        *text = equal.clone();
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
    /// More than one customer may buy.
    OverLimit {
        limit: PurchaseLimit,
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
    /// What the units that can be bought cost before any discount; for a line that does not count, what
    /// all of it would cost.
    pub total: Option<Money>,
    pub discounts: Vec<Discount>,
    /// The tax of what is paid for it; nothing before it is known whose it is, or where none is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<Money>,
    pub problem: Option<CartProblem>,
}

impl PricedLine {
    /// What is said of as many units as the line asks for.
    pub fn availability(&self) -> Availability {
        self.facts.as_ref().map_or(Availability::SoldOut, |facts| {
            facts.on_sale().availability_of(self.buyable().unwrap_or(self.quantity))
        })
    }

    /// How many of its units can be bought, of one that is sold at all in this cart.
    fn buyable(&self) -> Option<Quantity> {
        match self.problem {
            None => Some(self.quantity),
            Some(CartProblem::OnlyLeft { units }) => units.try_into().ok(),
            Some(CartProblem::OverLimit { limit }) => Some(limit.units()),
            Some(CartProblem::NotSold | CartProblem::SoldOut | CartProblem::OtherCurrency { .. }) => None,
        }
    }

    /// What is known of a line that is part of the sum of the cart; `None` where it doesn't count.
    pub fn counted_facts(&self) -> Option<&LineFacts> {
        self.facts.as_ref().filter(|_| self.buyable().is_some())
    }

    /// What is taxed of a line that counts: what is paid for it.
    fn taxable(&self) -> Option<Result<Taxable, MoneyError>> {
        let (class, total) = (self.counted_facts()?.tax_class, self.total?);
        let amount = self.discounts.iter().try_fold(total, |rest, discount| rest.minus(discount.amount));
        Some(amount.map(|amount| Taxable { class, amount }))
    }

    /// What the line stands for in the sum of the cart; nothing for a line that doesn't count.
    fn counted(&self) -> Option<Item<'_>> {
        let (facts, quantity) = (self.counted_facts()?, self.buyable()?);
        let LineFacts { product, category, seller, price, .. } = facts;
        Some(Item { sku: &self.sku, product, category, seller, price: *price, quantity })
    }
}

/// The code that a shopper typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coupon {
    pub code: CouponCode,
    /// Why it saves nothing now.
    pub refusal: Option<CouponRefusal>,
    /// What it takes off now, delivery included.
    pub saving: Option<Money>,
}

/// A cart with everything the store knows about it now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedCart {
    pub version: CartVersion,
    pub lines: Vec<PricedLine>,
    pub saved: Vec<PricedLine>,
    /// Units in all lines together.
    pub units: u32,
    /// The sum of the units that can be bought, before any discount; `None` for a cart without any.
    pub subtotal: Option<Money>,
    pub coupon: Option<Coupon>,
    /// What a promotion takes off delivery.
    pub delivery_discount: Option<Discount>,
    /// With the delivery that it was priced with; `None` for a cart without anything that can be bought.
    pub totals: Option<Totals>,
}

impl PricedCart {
    /// Whether the cart can be checked out as it is.
    pub fn is_ready(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| line.problem.is_none())
    }

    /// The day that everything that counts can be sent on, ordered on a day: what waits for its stock holds up
    /// the rest.
    pub fn ships_from(&self, today: Date) -> Date {
        let counted = self.lines.iter().filter(|line| line.counted_facts().is_some());
        counted.filter_map(|line| line.availability().waits_until()).fold(today, Date::max)
    }

    /// Units that the amounts are made of: those that can be bought.
    pub fn counted_units(&self) -> u32 {
        self.lines.iter().filter_map(PricedLine::buyable).map(Quantity::get).sum()
    }

    /// What each promotion takes off the lines together.
    pub fn savings(&self) -> Vec<Discount> {
        // They were summed up before, when the cart was priced.
        by_promotion(self.lines.iter().flat_map(|line| &line.discounts)).unwrap_or_default()
    }

    /// The cart with the taxes of where it goes, which were not counted before.
    ///
    /// # Errors
    /// [`TaxesError::Money`] when the sum leaves the range of money.
    pub fn taxed(mut self, table: &TaxTable, place: &Jurisdiction, customer: CustomerKind) -> Result<Self, TaxesError> {
        let Some(totals) = self.totals else { return Ok(self) };
        let lines = self.lines.iter().filter_map(PricedLine::taxable).collect::<Result<Vec<_>, _>>()?;
        if let Some(Taxed { lines: of_lines, taxes }) = table.tax(place, customer, &lines, totals.delivery())? {
            self.totals = Some(totals.taxed(taxes)?);
            let counted = self.lines.iter_mut().filter(|line| line.taxable().is_some());
            counted.zip(of_lines).for_each(|(line, tax)| line.tax = Some(tax));
        }
        Ok(self)
    }

    /// Applies promotions to the lines that count and to what their delivery costs.
    fn discount(
        &mut self,
        items: Money,
        coupon: Option<&CouponCode>,
        terms: &Terms,
        delivery: Delivery,
    ) -> Result<(), MoneyError> {
        // What items cost before any discount decides about delivery: a discount never makes it dearer.
        let charge = delivery.charge(items);
        let standard =
            if delivery.option() == DeliveryOption::Standard { charge } else { Money::zero(items.currency()) };
        let counted: Vec<usize> =
            (0..self.lines.len()).filter(|line| self.lines[*line].counted_facts().is_some()).collect();
        let basket = Basket::new(self.lines.iter().filter_map(PricedLine::counted).collect(), standard)?;
        let Discounts { items: of_items, delivery: of_delivery, refusal } = discounts(&basket, coupon, terms);
        let mut taken = Money::zero(items.currency());
        for (line, found) in counted.into_iter().zip(of_items) {
            for discount in &found {
                taken = taken.plus(discount.amount)?;
            }
            self.lines[line].discounts = found;
        }
        let charge = of_delivery.as_ref().map_or(Ok(charge), |discount| charge.minus(discount.amount))?;
        self.delivery_discount = of_delivery;
        self.totals = Some(Totals::reduced(items, taken, charge)?);
        let saving = self.saved_by(coupon, terms, items.currency())?;
        if let Some(coupon) = &mut self.coupon {
            (coupon.refusal, coupon.saving) = (refusal, saving);
        }
        Ok(())
    }

    /// What the promotions that a code opens take off lines and delivery; `None` where that is nothing.
    fn saved_by(
        &self,
        coupon: Option<&CouponCode>,
        terms: &Terms,
        currency: Currency,
    ) -> Result<Option<Money>, MoneyError> {
        let is_opened = |discount: &Discount| {
            let offer = terms.offers.iter().find(|offer| offer.promotion.id == discount.promotion);
            offer.is_some_and(
                |Offer { promotion, .. }| matches!(&promotion.trigger, Trigger::Coupon(code) if Some(code) == coupon),
            )
        };
        let all = self.lines.iter().flat_map(|line| &line.discounts).chain(&self.delivery_discount);
        let mut amounts = all.filter(|discount| is_opened(discount)).map(|discount| discount.amount);
        let saved = amounts.try_fold(Money::zero(currency), Money::plus)?;
        Ok((saved.minor_units() > 0).then_some(saved))
    }
}

/// Prices a cart with the facts and under the terms of now. The first line that is sold decides the
/// currency.
///
/// # Errors
/// [`MoneyError::TooLarge`] when the sum leaves the range of money.
pub fn price<S: BuildHasher>(
    cart: &Cart,
    facts: &HashMap<Sku, LineFacts, S>,
    terms: &Terms,
    delivery: Delivery,
) -> Result<PricedCart, MoneyError> {
    let currency = cart.lines.iter().find_map(|line| facts.get(&line.sku)).map(|known| known.price.currency());
    let price_all = |lines: &[CartLine], left: &[AvailableUnits]| {
        let priced = lines.iter().enumerate().map(|(place, line)| {
            let facts = facts.get(&line.sku);
            price_line(line, facts, left.get(place).copied().or(facts.map(|facts| facts.available)), currency)
        });
        priced.collect::<Result<Vec<_>, _>>()
    };
    let lines = price_all(&cart.lines, &left_with_bundles(&cart.lines, facts))?;
    let mut subtotal = currency.map(Money::zero);
    for line in lines.iter().filter(|line| line.counted_facts().is_some()) {
        if let (Some(sum), Some(total)) = (subtotal, line.total) {
            subtotal = Some(sum.plus(total)?);
        }
    }
    let coupon = cart.coupon.as_ref();
    // A cart without anything to buy is no reason to refuse a code.
    let mut priced = PricedCart {
        version: cart.version,
        lines,
        saved: price_all(&cart.saved, &[])?,
        units: cart.units(),
        subtotal,
        coupon: coupon.map(|code| Coupon { code: code.clone(), refusal: None, saving: None }),
        delivery_discount: None,
        totals: None,
    };
    if let Some(items) = subtotal {
        priced.discount(items, coupon, terms, delivery)?;
    }
    Ok(priced)
}

/// `available` is what is left of its SKU for the line.
fn price_line(
    line: &CartLine,
    facts: Option<&LineFacts>,
    available: Option<AvailableUnits>,
    currency: Option<Currency>,
) -> Result<PricedLine, MoneyError> {
    let problem = match facts {
        None => Some(CartProblem::NotSold),
        Some(known) if currency.is_some_and(|currency| currency != known.price.currency()) => {
            Some(CartProblem::OtherCurrency { currency: known.price.currency() })
        }
        Some(LineFacts { terms, .. }) => {
            let AvailableUnits(units) = available.unwrap_or_default();
            let limit = terms.limit.filter(|limit| limit.units() < line.quantity && limit.units().get() <= units);
            let is_short = units < line.quantity.get();
            let problem = if units == 0 { CartProblem::SoldOut } else { CartProblem::OnlyLeft { units } };
            let short = is_short.then_some(problem);
            limit.map(|limit| CartProblem::OverLimit { limit }).or(short)
        }
    };
    let mut priced = PricedLine {
        sku: line.sku.clone(),
        quantity: line.quantity,
        facts: facts.cloned(),
        total: None,
        discounts: Vec::new(),
        tax: None,
        problem,
    };
    let units = priced.buyable().unwrap_or(line.quantity).get();
    priced.total = facts.map(|known| known.price.money().times(units)).transpose()?;
    Ok(priced)
}

#[cfg(test)]
mod tests;
