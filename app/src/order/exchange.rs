//! Exchanges: what a shopper may have instead of the money for a line, how they choose it, and how it stands.

use std::collections::HashMap;
use std::sync::Arc;

use domain::catalog::ports::Catalog;
use domain::catalog::{Product, Sku};
use domain::inventory::OnSale;
use domain::inventory::ports::Inventory;
use domain::order::OrderLine;
use domain::order::exchange::{Exchange, ExchangeState, kept_until, replacements};
use domain::order::returns::{Return, ReturnForm};
use domain::pricing::Money;
use domain::shipment::spoken_day;
use jiff::Timestamp;
use leptos::prelude::*;

use crate::error::WireError;
use crate::port::port;

/// What can be had for lines now.
#[derive(Debug, Default)]
pub(super) struct Replacements {
    products: HashMap<Sku, Arc<Product>>,
    on_sale: HashMap<Sku, OnSale>,
}

/// Something that can be had for a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    sku: Sku,
    choices: String,
    /// What one of it costs less than one of the line did.
    less: Money,
}

impl Replacements {
    /// Looks for what can be had for some lines. Where the catalog can't be reached it is nothing: everything can
    /// still be sent back for its money.
    pub(super) async fn of(lines: &[&OrderLine]) -> Result<Self, WireError> {
        let skus: Vec<Sku> = lines.iter().map(|line| line.sku.clone()).collect();
        let Ok(products) = port::<dyn Catalog>()?.products_of(&skus).await else { return Ok(Self::default()) };
        let variants = |line: &&OrderLine| {
            let product = products.get(&line.sku);
            let variants = product.map(|product| replacements(line, product).map(|variant| variant.sku.clone()));
            variants.into_iter().flatten().collect::<Vec<_>>()
        };
        let wanted: Vec<Sku> = lines.iter().flat_map(variants).collect();
        let on_sale = port::<dyn Inventory>()?.on_sale(&wanted).await.unwrap_or_default();
        Ok(Self { products, on_sale })
    }

    /// What lies there of what can be had for a line.
    pub(super) fn for_line(&self, line: &OrderLine) -> Vec<Instead> {
        let Some(product) = self.products.get(&line.sku) else { return Vec::new() };
        let lies_there =
            |sku: &Sku| self.on_sale.get(sku).is_some_and(|on_sale| on_sale.on_shelf() > 0 && !on_sale.is_bundle);
        let offered = replacements(line, product).filter(|variant| lies_there(&variant.sku)).map(|variant| Instead {
            sku: variant.sku.clone(),
            choices: variant.label(),
            less: less(line, variant.price.money()),
        });
        offered.collect()
    }
}

/// What something costs less than one of a line did; it costs no more.
fn less(line: &OrderLine, price: Money) -> Money {
    let paid = line.unit_price.money();
    paid.minus(price).unwrap_or(Money::zero(paid.currency()))
}

/// Chooses between the money for a line and what can be had for it.
#[component]
pub(super) fn ExchangeField(
    place: usize,
    title: String,
    offers: Vec<Instead>,
    /// The SKU that was chosen before.
    chosen: String,
) -> impl IntoView {
    if offers.is_empty() {
        return ().into_any();
    }
    let field = ReturnForm::exchange_field(place);
    let options = offers.into_iter().map(|Instead { sku, choices, less }| {
        let is_chosen = sku.as_str() == chosen;
        let difference = if less.minor_units() > 0 { format!(" ({less} less)") } else { String::new() };
        view! {
            <option value=sku.to_string() selected=is_chosen>
                {format!("In exchange: {choices}{difference}")}
            </option>
        }
    });
    let options = options.collect_view();
    view! {
        <div class="field exchange">
            <label class="field__label" for=field.clone()>
                "What do you want for it?"
                <span class="visually-hidden">{format!(" {title}")}</span>
            </label>
            <select class="field__input" id=field.clone() name=field>
                <option value="">"My money"</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// The rule of exchanges, where something can be had.
pub(super) fn rule(now: Timestamp) -> String {
    format!(
        "What you want in exchange is kept for you until {}, and sent to the address of the order when what you send \
         back is here. If that comes later, it is a return and you get your money. Nothing is ever charged for an \
         exchange: only what costs the same or less by now than what you bought can be had, and of what costs less you \
         get back the difference, as you paid it. With an exchange, delivery is not refunded. If it does not suit you \
         either, write to us.",
        spoken_day(kept_until(now))
    )
}

/// What becomes of a line that comes back, behind its name; nothing where it brings its money.
pub(crate) fn line_in_words(found: &Return, line: &Sku) -> Option<String> {
    let exchange = found.exchanges.iter().find(|exchange| exchange.line == *line)?;
    let Exchange { choices, .. } = exchange;
    let until = spoken_day(found.kept_until());
    Some(match exchange.state {
        ExchangeState::Reserved => format!("in exchange for {choices}, which is kept until {until}"),
        ExchangeState::Allocated => format!("in exchange for {choices}, which will be packed next"),
        ExchangeState::Sent => format!("in exchange for {choices}, which is on its way"),
        ExchangeState::Released => format!("was to be exchanged for {choices}"),
        ExchangeState::Lapsed => format!("for its money: {choices} is not kept any more"),
    })
}

/// What its shopper gets when what comes back is here: something else, money, or both.
pub(super) fn brings(found: &Return, refund: Money) -> String {
    match (found.has_exchange_in(ExchangeState::Reserved), refund.minor_units() > 0) {
        (false, _) => format!("you get back {refund}"),
        (true, false) => "we send what you want in exchange, and nothing is charged".to_owned(),
        (true, true) => format!("we send what you want in exchange, and you get back {refund}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::order::returns::{ReturnId, ReturnLine, ReturnReason, ReturnState};

    fn found(state: Option<ExchangeState>) -> Return {
        let line = ReturnLine { sku: "SHIRT-M".parse().unwrap(), quantity: 1_u32.try_into().unwrap() };
        let exchange = |state| Exchange {
            line: line.sku.clone(),
            sku: "SHIRT-L".parse().unwrap(),
            choices: "Blue, L".to_owned(),
            quantity: line.quantity,
            unit_price: "20.00 GBP".parse().unwrap(),
            state,
        };
        Return {
            id: "0197b2c4d5e67f8091a2b3c4d5e6f708".parse::<ReturnId>().unwrap(),
            exchanges: state.map(exchange).into_iter().collect(),
            lines: vec![line],
            reason: ReturnReason::default(),
            note: None,
            state: ReturnState::Requested,
            asked_at: "2026-12-01T12:00:00Z".parse().unwrap(),
            decided_at: None,
            refusal: None,
            exchange_end: None,
            refund: None,
            movement: None,
            first_refund: None,
        }
    }

    #[test]
    fn whoever_exchanges_hears_what_they_get() {
        let pounds = |raw: &str| raw.parse::<Money>().unwrap();
        let (kept, lapsed) = (found(Some(ExchangeState::Reserved)), found(Some(ExchangeState::Lapsed)));
        assert_eq!(brings(&kept, pounds("0.00 GBP")), "we send what you want in exchange, and nothing is charged");
        assert_eq!(brings(&kept, pounds("5.00 GBP")), "we send what you want in exchange, and you get back £5.00");
        for money in [&lapsed, &found(None)] {
            assert_eq!(brings(money, pounds("20.00 GBP")), "you get back £20.00");
        }
    }

    #[test]
    fn a_line_says_what_is_sent_for_it() {
        let said = |state| line_in_words(&found(state), &"SHIRT-M".parse().unwrap());
        assert_eq!(said(None), None);
        let kept = said(Some(ExchangeState::Reserved)).unwrap();
        assert_eq!(kept, "in exchange for Blue, L, which is kept until Tuesday 22 December");
        let lapsed = said(Some(ExchangeState::Lapsed)).unwrap();
        assert_eq!(lapsed, "for its money: Blue, L is not kept any more");
        assert_eq!(line_in_words(&found(Some(ExchangeState::Sent)), &"OTHER".parse().unwrap()), None);
    }
}
