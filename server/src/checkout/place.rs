use anyhow::Context;
use domain::cart::{CartId, PricedCart};
use domain::checkout::saga::{Outcome, Purchase};
use domain::checkout::{CheckoutStep, CheckoutView, IdempotencyKey, PlaceError, Placed, Reviewed, TotalsChange};
use domain::order::{OrderId, OrderLine, OrderNumber, OrderState};
use domain::pricing::Money;
use domain::shipment::store_day;
use jiff::Timestamp;
use uuid::Uuid;

use super::SqlCheckout;
use super::run::PATIENCE;
use super::saga_log::{Beginning, begin, find_purchase};
use crate::fault::at_boundary;

impl SqlCheckout {
    pub(super) async fn place_order(
        &self,
        cart: CartId,
        key: IdempotencyKey,
        seen: Money,
        reviewed: Reviewed,
    ) -> Result<Placed, PlaceError> {
        let known = at_boundary(find_purchase(&self.parts.sql, key).await, PlaceError::Unavailable)?;
        if let Some(purchase) = known {
            return self.answer_again(cart, &purchase).await;
        }
        let view = at_boundary(self.look(cart).await, PlaceError::Unavailable)?;
        let purchase = match purchase_of(cart, key, seen, reviewed, view) {
            Ok(purchase) => purchase,
            // A twin of this request may have bought meanwhile and emptied the cart.
            Err(refused) => {
                let known = at_boundary(find_purchase(&self.parts.sql, key).await, PlaceError::Unavailable)?;
                return match known {
                    Some(purchase) => self.answer_again(cart, &purchase).await,
                    None => Err(refused),
                };
            }
        };
        match at_boundary(begin(&self.parts.sql, self.parts.leases.server(), &purchase).await, PlaceError::Unavailable)?
        {
            Beginning::Short { shortages } => Err(PlaceError::Short { shortages }),
            Beginning::UsedUp => Err(self.used_up(cart, seen).await),
            Beginning::Known { purchase } => self.answer_again(cart, &purchase).await,
            Beginning::Begun { log } => {
                self.parts.published.notify_one();
                let order = purchase.order;
                let driving = self.drive(purchase, log);
                match tokio::time::timeout(PATIENCE, driving).await {
                    Ok(Some(Outcome::Confirmed)) => self.placed(order, OrderState::Confirmed),
                    Ok(Some(Outcome::Declined { reason })) => {
                        at_boundary(self.parts.drafts.forget_payment(cart).await, PlaceError::Unavailable)?;
                        Err(PlaceError::Declined { reason })
                    }
                    Ok(Some(Outcome::Short { shortages })) => Err(PlaceError::Short { shortages }),
                    Ok(Some(Outcome::Cancelled)) => self.placed(order, OrderState::Cancelled),
                    Ok(None) | Err(_) => self.placed(order, OrderState::Pending),
                }
            }
        }
    }

    /// A promotion was used up between pricing and placing: the cart costs something else now, which
    /// the shopper has to see first.
    async fn used_up(&self, cart: CartId, seen: Money) -> PlaceError {
        match at_boundary(self.look(cart).await, PlaceError::Unavailable) {
            Ok(view) => match view.cart.totals {
                Some(totals) => PlaceError::TotalsChanged { change: TotalsChange { seen, now: totals.total() } },
                None => PlaceError::CartChanged,
            },
            Err(unavailable) => unavailable,
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
        self.placed(order.id, order.state)
    }

    fn placed(&self, order: OrderId, state: OrderState) -> Result<Placed, PlaceError> {
        let number = OrderNumber::from(order);
        let access = at_boundary(self.parts.access.access(number), PlaceError::Unavailable)?;
        Ok(Placed { number, access, state })
    }
}

/// Checks that the shopper saw what would be bought, and makes a purchase of it.
fn purchase_of(
    cart: CartId,
    key: IdempotencyKey,
    seen: Money,
    reviewed: Reviewed,
    view: CheckoutView,
) -> Result<Purchase, PlaceError> {
    let is_as_reviewed = view.reviewed() == reviewed;
    let CheckoutView { draft, cart: priced, .. } = view;
    let (Some(totals), false) = (priced.totals, priced.lines.is_empty()) else { return Err(PlaceError::EmptyCart) };
    let step = draft.next_step();
    let contact = draft.contact.parse().map_err(|_| PlaceError::Incomplete { step: CheckoutStep::Address })?;
    let (Some(delivery), Some(payment)) = (draft.delivery, draft.payment) else {
        return Err(PlaceError::Incomplete { step });
    };
    if draft.key != key {
        return Err(PlaceError::Incomplete { step: CheckoutStep::Review });
    }
    if !priced.is_ready() {
        return Err(PlaceError::CartChanged);
    }
    if totals.total() != seen {
        return Err(PlaceError::TotalsChanged { change: TotalsChange { seen, now: totals.total() } });
    }
    if !is_as_reviewed {
        return Err(PlaceError::ReviewOutdated);
    }
    let placed_at = Timestamp::now();
    let coupon = priced.coupon.as_ref().map(|coupon| coupon.code.clone());
    let delivery_discount = priced.delivery_discount.clone();
    Ok(Purchase {
        order: OrderId::new(Uuid::now_v7()),
        cart,
        key,
        contact,
        lines: lines_of(priced)?,
        totals,
        coupon,
        delivery,
        delivery_discount,
        arrives_on: delivery.arrives_on(store_day(placed_at)),
        payment,
        placed_at,
    })
}

fn lines_of(cart: PricedCart) -> Result<Vec<OrderLine>, PlaceError> {
    cart.lines
        .into_iter()
        .map(|line| {
            let facts = line.facts.ok_or(PlaceError::CartChanged)?;
            Ok(OrderLine {
                sku: line.sku,
                slug: facts.slug,
                title: facts.title,
                choices: facts.choices,
                picture: facts.picture,
                unit_price: facts.price,
                quantity: line.quantity,
                discounts: line.discounts,
            })
        })
        .collect()
}
