//! What is done after an order was bought: its cart forgets what was bought, and its draft begins anew.

use domain::cart::ports::Carts as _;
use domain::cart::{Cart, CartChange, CartLine};
use domain::checkout::saga::{Outcome, Purchase};
use domain::order::OrderLine;

use super::SqlCheckout;
use super::draft::{Drafts, Renewal};
use crate::cart::{GraphCarts, TakenOut};
use crate::gathered::Gathered;

/// Takes what was bought out of the carts of many shoppers at once; `false` for a cart that was changed
/// meanwhile, which stays as it is with its draft.
pub(super) type ClearUp = Gathered<TakenOut, bool>;

/// Where shoppers wait for it.
pub(super) fn clear_up_together(carts: GraphCarts, drafts: Drafts) -> ClearUp {
    Gathered::start(move |all: Vec<TakenOut>| {
        let (carts, drafts) = (carts.clone(), drafts.clone());
        async move {
            let taken_out = carts.take_out(&all).await?;
            let renewals = all.iter().zip(&taken_out).filter(|(_, is_out)| **is_out);
            let renewals: Vec<Renewal> = renewals.map(|(out, _)| Renewal { cart: out.cart, bought: out.key }).collect();
            drafts.start_over(&renewals).await?;
            Ok(taken_out)
        }
    })
}

impl SqlCheckout {
    /// Clears up after an order that was bought, also if it was cancelled or refunded before that was done; `false`
    /// when there is nothing to be cleared up. The cart is what the order was made from.
    pub(super) async fn clear_up(
        &self,
        purchase: &Purchase,
        cart: Option<Cart>,
        outcome: Option<&Outcome>,
    ) -> anyhow::Result<bool> {
        if !matches!(outcome, Some(Outcome::Confirmed | Outcome::Cancelled | Outcome::Refunded)) {
            return Ok(false);
        }
        let line = |line: &OrderLine| CartLine { sku: line.sku.clone(), quantity: line.quantity };
        let (lines, coupon) = (purchase.lines.iter().map(line).collect(), purchase.coupon.clone());
        let bought = CartChange::Bought { key: purchase.key, lines, coupon };
        if let Some(before) = cart
            && let Ok(next) = before.apply(&bought)
        {
            let out = TakenOut { cart: purchase.cart, key: purchase.key, from: before.version(), next };
            if self.clearing_up.ask(out).await? {
                return Ok(true);
            }
        }
        self.empty_cart(purchase, &bought).await?;
        Ok(true)
    }

    /// Takes what was bought out of the cart, and renews the draft. A draft that has another key was
    /// renewed before, and its cart is a new one; a cart that was emptied before remembers it.
    async fn empty_cart(&self, purchase: &Purchase, bought: &CartChange) -> anyhow::Result<()> {
        let parts = &self.parts;
        if parts.drafts.read(purchase.cart).await?.key == purchase.key {
            parts.carts.change(purchase.cart, None, None, bought).await?;
            parts.drafts.start_over(&[Renewal { cart: purchase.cart, bought: purchase.key }]).await?;
        }
        Ok(())
    }
}
