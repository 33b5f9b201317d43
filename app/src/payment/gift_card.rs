//! Gift cards and store credit: the form of the payment step that takes their codes, and what they pay wherever
//! amounts are shown. A code that a card was found by is never shown again, and none is part of an address.

use domain::checkout::{CheckoutStep, CheckoutView};
use domain::order::Order;
use domain::payment::gift_card::{GiftCard, GiftCardCode, GiftCardError, GiftCardPart, GiftCardParts};
use domain::pricing::{Currency, Money};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::checkout::api::{ApplyGiftCard, KeepGiftCards, RemoveGiftCard};
use crate::form::{Field, sentence};
use crate::icon::{Glyph, Icon};
use crate::payment::store_credit::OfferedCredit;

/// What pays which part of a total: each gift card, and what is paid otherwise.
pub type Tenders = Vec<(String, Money)>;

/// What pays which part of a `total`: gift cards, and the rest `otherwise`, where there is any.
pub fn tenders(gift_cards: &GiftCardParts, total: Money, otherwise: Option<String>) -> Tenders {
    let otherwise = otherwise.filter(|_| !gift_cards.cover(total)).map(|label| (label, gift_cards.rest_of(total)));
    gift_cards.iter().map(|part| (part.tail.in_words(), part.amount)).chain(otherwise).collect()
}

/// What pays which part of an order.
pub fn tenders_of(order: &Order) -> Tenders {
    tenders(&order.gift_cards, order.totals.total(), Some(order.paid_with.to_string()))
}

/// Who pays a total: `Card ending in 4242`, or where there are several, each with its part:
/// `Gift card ···· 7K4M £20.00, Card ending in 4242 £8.45`.
pub fn paid_with(tenders: &[(String, Money)]) -> String {
    match tenders {
        [(label, _)] => label.clone(),
        many => many.iter().map(|(label, amount)| format!("{label} {amount}")).collect::<Vec<_>>().join(", "),
    }
}

/// What each gift card pays of a total, and what is left, called as `rest`. Nothing where no card pays.
#[component]
pub fn TenderLines(
    gift_cards: GiftCardParts,
    total: Money,
    rest: &'static str,
    /// Whether it is paid already: then the rest is told only where there is one.
    #[prop(optional)]
    is_paid: bool,
) -> impl IntoView {
    if gift_cards.is_empty() {
        return ().into_any();
    }
    let left = gift_cards.rest_of(total);
    let sum = (!is_paid || left.minor_units() > 0).then(|| {
        view! {
            <div class="totals__sum">
                <dt>{rest}</dt>
                <dd>{left.to_string()}</dd>
            </div>
        }
    });
    let line = |part: &GiftCardPart| {
        view! {
            <div>
                <dt>{part.tail.in_words()}</dt>
                <dd>{format!("−{}", part.amount)}</dd>
            </div>
        }
    };
    view! {
        <dl class="totals tenders">
            {gift_cards.iter().map(line).collect_view()}
            {sum}
        </dl>
    }
    .into_any()
}

/// The cards that were applied, each with a way to remove it, and the form for another code; `refused` says why the
/// last one was not taken, which stays in its field as it was `typed` where that helps.
#[component]
pub fn GiftCards(
    view: CheckoutView,
    /// What is offered of store credit.
    credit: Option<GiftCard>,
    refused: Option<GiftCardError>,
    typed: String,
) -> impl IntoView {
    let (parts, totals) = (view.parts(), view.cart.totals);
    let currency = totals.map(|totals| totals.total().currency());
    let row = |card: GiftCard| {
        let pays = parts.iter().find(|part| part.id == card.id).map(|part| part.amount);
        view! { <Applied card pays currency /> }
    };
    let is_open = refused.is_some() || credit.is_some() || !view.gift_cards.is_empty();
    let credit = credit.map(|credit| view! { <OfferedCredit credit /> });
    let applied = view.gift_cards.into_iter().map(row).collect_view();
    let error = refused.map(|refused| sentence(&refused.to_string()));
    let is_wrong = error.is_some();
    // What is paid for needs no other card, unless somebody has to be told why theirs was not taken.
    let asks = is_wrong || totals.is_none_or(|totals| !parts.cover(totals.total()));
    let form = asks.then(|| {
        view! {
            <form class="gift-cards__form" method="post" action=ApplyGiftCard::url()>
                <Field
                    id="gift_card"
                    label="Gift card code"
                    hint="16 letters and digits".to_owned()
                    error
                    value=typed
                    autocomplete="off"
                    max_chars=GiftCardCode::MAX_TYPED_CHARS
                    autofocus=is_wrong
                />
                <button class="button" type="submit">
                    "Apply"
                </button>
            </form>
        }
    });
    view! {
        <details class="panel panel--flat gift-cards" id="gift-cards" open=is_open>
            <summary>"Gift card or store credit"</summary>
            {applied}
            {credit}
            {form}
        </details>
    }
    .into_any()
}

/// A card that was applied: what it pays, or why it pays nothing.
#[component]
fn Applied(card: GiftCard, pays: Option<Money>, currency: Option<Currency>) -> impl IntoView {
    let words = card.tail.in_words();
    let refusal = currency.and_then(|currency| card.usable(currency).err());
    let said = match (pays, refusal) {
        (Some(amount), _) => format!(" pays {amount} of {} left on it", card.balance),
        (None, Some(_)) => String::new(),
        (None, None) => " is not needed: nothing is left to pay".to_owned(),
    };
    view! {
        <div class="gift-cards__applied">
            <p>
                {refusal.is_none().then(|| view! { <Icon glyph=Glyph::Check class="icon icon--small" /> })}
                <span>
                    <b>{words.clone()}</b>
                    {said}
                </span>
            </p>
            <form method="post" action=RemoveGiftCard::url()>
                <input type="hidden" name="gift_card" value=card.id.to_string() />
                <button class="link-button" type="submit">
                    "Remove"
                    <span class="visually-hidden">" " {words}</span>
                </button>
            </form>
            {refusal
                .map(|refusal| {
                    view! {
                        <p class="field__error">
                            <Icon glyph=Glyph::Warning class="icon icon--small" />
                            {sentence(&refusal.to_string())}
                        </p>
                    }
                })}
        </div>
    }
    .into_any()
}

/// The way on where gift cards pay for everything: no card is asked for.
#[component]
pub fn Covered() -> impl IntoView {
    view! {
        <form class="stack" method="post" action=KeepGiftCards::url()>
            <p>"Nothing is left to pay. No card is needed."</p>
            <div class="form__actions">
                <button class="button button--signal button--large" type="submit">
                    "Continue to review"
                </button>
                <a href=CheckoutStep::Delivery.path()>"Back to delivery"</a>
            </div>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tender_is_told_with_its_part() {
        let (total, pounds) = ("28.45 GBP".parse().unwrap(), |raw: &str| raw.parse::<Money>().unwrap());
        let told = |on_card: &str| {
            let card = GiftCard {
                id: "00000000000000000000000000000007".parse().unwrap(),
                tail: "7K4M".parse().unwrap(),
                issued: pounds("50.00 GBP"),
                balance: pounds(on_card),
                is_blocked: false,
            };
            paid_with(&tenders(&GiftCardParts::of(total, &[card]), total, Some("Card ending in 4242".to_owned())))
        };
        assert_eq!(told("0.00 GBP"), "Card ending in 4242");
        assert_eq!(told("20.00 GBP"), "Gift card ···· 7K4M £20.00, Card ending in 4242 £8.45");
        assert_eq!(told("50.00 GBP"), "Gift card ···· 7K4M");
    }
}
