use anyhow::Context;
use domain::account::AccountId;
use domain::cart::{Cart, CartId, PricedCart};
use domain::checkout::ports::Checkout as _;
use domain::checkout::saga::{Outcome, Purchase};
use domain::checkout::{CheckoutStep, CheckoutView, IdempotencyKey, PlaceError, Placed, Reviewed, TotalsChange};
use domain::order::{OrderId, OrderLine, OrderNumber, OrderState};
use domain::payment::{ChallengeUrl, PaymentMethod, may_pay_on_invoice};
use domain::pricing::Money;
use domain::shipment::store_day;
use jiff::Timestamp;
use uuid::Uuid;

use super::SqlCheckout;
use super::begin::{Beginning, find_purchase};
use super::run::{PATIENCE, Told};
use crate::fault::at_boundary;

impl SqlCheckout {
    pub(super) async fn place_order(
        &self,
        cart: CartId,
        buyer: Option<AccountId>,
        key: IdempotencyKey,
        seen: Money,
        reviewed: Reviewed,
    ) -> Result<Placed, PlaceError> {
        let (view, looked_at) = self.look_or_recall(cart, buyer, reviewed).await?;
        let purchase = match purchase_of(cart, buyer, key, seen, reviewed, view) {
            Ok(purchase) => purchase,
            // A twin of this request may have bought before and emptied the cart.
            Err(refused) => return self.answer_known(cart, key).await?.ok_or(refused),
        };
        let (order, payment) = (purchase.order, purchase.payment.clone());
        let beginning = match self.begin.write(purchase.clone()).await {
            Ok(beginning) => beginning,
            Err(fault) => {
                // A twin that came to another server may have bought at the same moment.
                let known = self.answer_known(cart, key).await?;
                return known.map_or_else(|| at_boundary(Err(fault), PlaceError::Unavailable), Ok);
            }
        };
        match beginning {
            Beginning::Short { shortages } => Err(PlaceError::short(shortages)),
            Beginning::BundleChanged => Err(PlaceError::BundleChanged),
            Beginning::UsedUp => Err(self.used_up(cart, buyer, seen).await),
            Beginning::GiftCardsShort => Err(PlaceError::GiftCardsChanged),
            Beginning::Known { purchase } => self.answer_again(cart, &purchase).await,
            Beginning::Begun => {
                self.parts.published.notify_one();
                let driving = self.drive(purchase, looked_at);
                let told = tokio::time::timeout(PATIENCE, driving).await.unwrap_or(Told::Later);
                self.tell(cart, order, &payment, told).await
            }
        }
    }

    /// The checkout as it is; where it can't be looked at, as its shopper saw it.
    async fn look_or_recall(
        &self,
        cart: CartId,
        buyer: Option<AccountId>,
        reviewed: Reviewed,
    ) -> Result<(CheckoutView, Cart), PlaceError> {
        match self.look(cart, buyer).await {
            Ok(looked) => Ok(looked),
            Err(fault) => match self.held.recall(cart, reviewed).await {
                Some(held) => {
                    tracing::warn!("an order is placed as its shopper saw it: {fault:#}");
                    Ok(held)
                }
                None => at_boundary(Err(fault), PlaceError::Unavailable),
            },
        }
    }

    /// What the shopper of a cart is told of their order, which was to be paid in some way.
    pub(super) async fn tell(
        &self,
        cart: CartId,
        order: OrderId,
        payment: &PaymentMethod,
        told: Told,
    ) -> Result<Placed, PlaceError> {
        match told {
            Told::Ended(Outcome::Confirmed) => self.placed(order, OrderState::Confirmed, None),
            Told::Ended(Outcome::Declined { reason }) => {
                // The shopper hears it in any case: a card that is offered once more may be declined once more.
                if let Err(fault) = self.parts.drafts.forget_payment(cart, payment).await {
                    tracing::warn!("forgetting a card that was declined: {fault:#}");
                }
                Err(PlaceError::Declined { reason })
            }
            Told::Ended(Outcome::Short { shortages }) => Err(PlaceError::short(shortages)),
            Told::Ended(Outcome::Cancelled) => self.placed(order, OrderState::Cancelled, None),
            Told::Ended(Outcome::Refunded) => self.placed(order, OrderState::Refunded, None),
            Told::Challenged(challenge) => self.placed(order, OrderState::Pending, Some(challenge.url)),
            Told::Later => self.placed(order, OrderState::Pending, None),
        }
    }

    /// A promotion was used up between pricing and placing: the cart costs something else now, which
    /// the shopper has to see first.
    async fn used_up(&self, cart: CartId, buyer: Option<AccountId>, seen: Money) -> PlaceError {
        match at_boundary(self.look(cart, buyer).await, PlaceError::Unavailable) {
            Ok((view, _)) => match view.cart.totals {
                Some(totals) => PlaceError::TotalsChanged { change: TotalsChange { seen, now: totals.total() } },
                None => PlaceError::CartChanged,
            },
            Err(unavailable) => unavailable,
        }
    }

    /// The answer to a key that bought something before.
    async fn answer_known(&self, cart: CartId, key: IdempotencyKey) -> Result<Option<Placed>, PlaceError> {
        match at_boundary(find_purchase(&self.parts.sql, key).await, PlaceError::Unavailable)? {
            Some(purchase) => self.answer_again(cart, &purchase).await.map(Some),
            None => Ok(None),
        }
    }

    /// The same answer to the same key, for the cart that it belongs to: somebody else who learnt of
    /// a key learns nothing of its order.
    async fn answer_again(&self, cart: CartId, purchase: &Purchase) -> Result<Placed, PlaceError> {
        if purchase.cart != cart {
            return Err(PlaceError::Incomplete { step: CheckoutStep::Review });
        }
        let found =
            self.parts.orders.load(purchase.order).await.and_then(|found| found.context("a key without its order"));
        let order = at_boundary(found, PlaceError::Unavailable)?;
        let challenge = match order.state {
            OrderState::Pending => {
                self.wait_on(order.id).await;
                at_boundary(self.challenge_of(order.id).await, PlaceError::Unavailable)?
            }
            _ => None,
        };
        self.placed(order.id, order.state, challenge)
    }

    fn placed(&self, order: OrderId, state: OrderState, challenge: Option<ChallengeUrl>) -> Result<Placed, PlaceError> {
        let number = OrderNumber::from(order);
        let access = at_boundary(self.parts.access.access(number), PlaceError::Unavailable)?;
        Ok(Placed { number, access, state, challenge })
    }
}

/// Checks that the shopper saw what would be bought, and makes a purchase of it.
fn purchase_of(
    cart: CartId,
    account: Option<AccountId>,
    key: IdempotencyKey,
    seen: Money,
    reviewed: Reviewed,
    view: CheckoutView,
) -> Result<Purchase, PlaceError> {
    let now = view.reviewed();
    let (step, gift_cards, charged, is_covered) = (view.next_step(), view.parts(), view.charged(), view.is_covered());
    let CheckoutView { draft, cart: priced, .. } = view;
    let (Some(totals), Some(charged), false) = (priced.totals, charged, priced.lines.is_empty()) else {
        return Err(PlaceError::EmptyCart);
    };
    let contact = draft.contact.parse().map_err(|_| PlaceError::Incomplete { step: CheckoutStep::Address })?;
    let (Some(delivery), Some(payment)) = (draft.chosen_delivery(), draft.payment) else {
        return Err(PlaceError::Incomplete { step });
    };
    if draft.key != key {
        return Err(PlaceError::Incomplete { step: CheckoutStep::Review });
    }
    // What gift cards pay for altogether is charged nowhere else.
    let payment = if is_covered { covered()? } else { payment };
    let is_lacking = payment.token.is_gift_cards() && !is_covered;
    if is_lacking || payment.token.is_invoice() && !may_pay_on_invoice(account, charged) {
        return Err(PlaceError::Incomplete { step: CheckoutStep::Payment });
    }
    if !priced.is_ready() {
        return Err(PlaceError::CartChanged);
    }
    if totals.total() != seen {
        return Err(PlaceError::TotalsChanged { change: TotalsChange { seen, now: totals.total() } });
    }
    if now.differs_by_bundles(reviewed) {
        return Err(PlaceError::BundleChanged);
    }
    if now != reviewed {
        let by_gift_cards = now.differs_by_gift_cards(reviewed);
        return Err(if by_gift_cards { PlaceError::GiftCardsChanged } else { PlaceError::ReviewOutdated });
    }
    let placed_at = Timestamp::now();
    let ships_from = priced.ships_from(store_day(placed_at));
    let coupon = priced.coupon.as_ref().map(|coupon| coupon.code.clone());
    let delivery_discount = priced.delivery_discount.clone();
    Ok(Purchase {
        order: OrderId::new(Uuid::now_v7()),
        cart,
        account,
        key,
        contact,
        lines: lines_of(priced)?,
        totals,
        coupon,
        delivery: delivery.option(),
        delivery_discount,
        arrives_on: delivery.arrives_on(ships_from),
        payment,
        gift_cards,
        placed_at,
    })
}

fn covered() -> Result<PaymentMethod, PlaceError> {
    at_boundary(PaymentMethod::on_gift_cards().map_err(Into::into), PlaceError::Unavailable)
}

fn lines_of(cart: PricedCart) -> Result<Vec<OrderLine>, PlaceError> {
    cart.lines
        .into_iter()
        .map(|line| {
            let expected_on = line.availability().waits_until();
            let facts = line.facts.ok_or(PlaceError::CartChanged)?;
            Ok(OrderLine {
                sku: line.sku,
                seller: facts.seller,
                slug: facts.slug,
                title: facts.title,
                choices: facts.choices,
                picture: facts.picture,
                unit_price: facts.price,
                quantity: line.quantity,
                discounts: line.discounts,
                tax: line.tax,
                expected_on,
                parts: facts.parts.into_iter().map(|part| part.part).collect(),
            })
        })
        .collect()
}
