//! What returns are decided by: an order as its shopper sees it, and the product that it is of.

use jiff::Timestamp;
use uuid::Uuid;

use super::goods::Goods;
use super::process::{Process, money};
use super::shelves::{address_at, home_of, quantity_of, sku_of};
use super::store::StoredOrder;
use crate::catalog::{Choice, Product, ProductDraft, ProductOption, Seller, Variant};
use crate::checkout::{Contact, ContactForm, Totals};
use crate::inventory::SoldPart;
use crate::order::{Order, OrderId, OrderLine, OrderNumber, OrderState};
use crate::payment::Tally;
use crate::pricing::tax::TaxClass;
use crate::shipment::{DeliveryOption, store_day};

const WORD: &str = "thing";

/// All SKUs that are no bundles, as variants of one product. A unit of each costs one minor unit more than one of
/// the SKU before.
pub(super) fn product_of(goods: &Goods) -> Option<Product> {
    let variants: Vec<Variant> = (1..).zip(0..goods.skus).filter_map(variant).collect();
    let values = variants.iter().flat_map(|variant| &variant.choices).map(|choice| choice.value.clone()).collect();
    let draft = ProductDraft {
        id: WORD.parse().ok()?,
        slug: WORD.parse().ok()?,
        title: WORD.parse().ok()?,
        description: None,
        brand: None,
        seller: Seller::default(),
        category: WORD.parse().ok()?,
        tax_class: TaxClass::Standard,
        attributes: Vec::new(),
        options: vec![ProductOption { name: WORD.parse().ok()?, values }],
        variants,
        pictures: Vec::new(),
        rating: None,
        added_at: Timestamp::UNIX_EPOCH,
        withdrawn: false,
    };
    draft.try_into().ok()
}

fn variant((price_minor, number): (i64, usize)) -> Option<Variant> {
    let choice = Choice { name: WORD.parse().ok()?, value: number.to_string().parse().ok()? };
    Some(Variant {
        sku: sku_of(number)?,
        choices: vec![choice],
        price: money(price_minor).try_into().ok()?,
        list_price: None,
        gtin: None,
        mpn: None,
        pictures: Vec::new(),
    })
}

/// The order of a process, of which so much had moved; nothing before it was sent.
pub(super) fn order_of(process: &Process<'_>, stored: &StoredOrder, goods: &Goods, tally: &Tally) -> Option<Order> {
    let moment = |ms: i64| Timestamp::from_millisecond(ms).ok();
    let (shopper, sent_at) = (process.shopper, moment(stored.sent_at_ms?)?);
    let lines = (1..).zip(shopper.wanted.iter().enumerate());
    let line = |(price_minor, (number, units)): (i64, (usize, &i64))| line_of(goods, number, price_minor, *units);
    let total = money(shopper.amount_minor());
    let id = OrderId::new(Uuid::nil());
    Some(Order {
        id,
        number: OrderNumber::from(id),
        state: stored.state,
        contact: contact_of(process)?,
        lines: lines.filter_map(line).collect(),
        totals: Totals::reduced(total, money(0), money(0)).ok()?,
        delivery: DeliveryOption::default(),
        delivery_discount: None,
        arrives_on: store_day(sent_at),
        paid_with: WORD.parse().ok()?,
        gift_cards: stored.on_gift_card.clone(),
        placed_at: moment(stored.reserved_at_ms)?,
        readdressed_at: Vec::new(),
        reached: vec![(OrderState::Shipped, sent_at)],
        captured_minor_units: tally.captured_minor_units(),
        refunded_minor_units: tally.refunded_minor_units(),
        unreached_minor_units: 0,
    })
}

fn contact_of(process: &Process<'_>) -> Option<Contact> {
    let address = address_at(home_of(process.request.shopper))?;
    let (email, name) = ("ada@example.com".to_owned(), "Ada Lovelace".to_owned());
    ContactForm { email, name, ..ContactForm::from(&address) }.parse().ok()
}

/// A line of a SKU or of a bundle; nothing where none of it is wanted.
fn line_of(goods: &Goods, number: usize, price_minor: i64, units: i64) -> Option<OrderLine> {
    let part = |(number, units): (usize, &i64)| {
        Some(SoldPart { sku: sku_of(number)?, quantity: quantity_of(*units)?, product: None })
    };
    let bundle = number.checked_sub(goods.skus).and_then(|number| goods.bundles.get(number));
    Some(OrderLine {
        sku: sku_of(number)?,
        seller: Seller::default(),
        slug: WORD.parse().ok()?,
        title: WORD.parse().ok()?,
        choices: String::new(),
        picture: None,
        unit_price: money(price_minor).try_into().ok()?,
        quantity: quantity_of(units)?,
        discounts: Vec::new(),
        expected_on: None,
        tax: None,
        parts: bundle.into_iter().flatten().enumerate().filter_map(part).collect(),
    })
}
