use std::collections::HashMap;

use domain::cart::{Cart, LineFacts, PricedCart, PricedLine, price};
use domain::catalog::ports::Catalog;
use domain::checkout::Country;
use domain::checkout::ports::Checkout;
use domain::inventory::ports::Inventory;
use domain::pricing::ports::Promotions;
use domain::pricing::promotion::Shopper;
use domain::shipment::{Delivery, Zone, spoken_day};
use jiff::civil::Date;

use crate::account::buyer;
use crate::error::WireError;
use crate::inventory::bundle::parts_of;
use crate::port::port;
use crate::visitor::Visitor;

/// What a cart promises: standard delivery to the country that the shopper gave, or else to the
/// country of the store.
#[derive(Debug, Clone)]
pub struct Promise {
    destination: Option<Country>,
    today: Date,
}

impl Promise {
    /// The promise to whoever asks.
    ///
    /// # Errors
    /// [`WireError::Unavailable`] when the checkout does not answer.
    pub(super) async fn current() -> Result<Self, WireError> {
        let Visitor { cart, today, .. } = Visitor::current()?;
        let destination = match cart {
            Some(id) => port::<dyn Checkout>()?.destination(id).await?,
            None => None,
        };
        Ok(Self { destination, today })
    }

    /// The day that a line arrives when it is ordered now: `Wednesday 2 December`.
    pub(super) fn arrival_of(&self, line: &PricedLine) -> String {
        let ships_from = line.availability().waits_until().map_or(self.today, |day| day.max(self.today));
        spoken_day(self.delivery().arrives_on(ships_from))
    }

    /// The day that all of a cart arrives when it is ordered now.
    pub(super) fn arrival_of_all(&self, cart: &PricedCart) -> String {
        spoken_day(self.delivery().arrives_on(cart.ships_from(self.today)))
    }

    pub(super) fn delivery(&self) -> Delivery {
        Delivery::standard(Zone::of_address(self.destination))
    }

    pub(super) fn country(&self) -> Country {
        self.destination.unwrap_or(Country::HOME)
    }

    /// Whether the shopper said where it goes.
    pub(super) const fn is_to_an_address(&self) -> bool {
        self.destination.is_some()
    }
}

/// Prices a cart by what the store knows now about everything in it, with the delivery that is
/// promised.
///
/// # Errors
/// [`WireError::Unavailable`] when catalog, stock or promotions don't answer.
pub(super) async fn look_up(cart: &Cart, promise: &Promise) -> Result<PricedCart, WireError> {
    let skus = cart.skus();
    let (catalog, inventory) = (port::<dyn Catalog>()?, port::<dyn Inventory>()?);
    let (products, on_sale) = if skus.is_empty() {
        (HashMap::new(), HashMap::new())
    } else {
        (catalog.products_of(&skus).await?, inventory.on_sale(&skus).await?)
    };
    // Of a guest nobody knows yet who buys: their limits are looked at in the checkout.
    let shopper = Shopper { account: buyer(), ..Shopper::default() };
    let terms = port::<dyn Promotions>()?.terms(cart.coupon(), &shopper).await?;
    let mut facts = LineFacts::of_all(cart, &products, &on_sale);
    for (sku, parts) in parts_of(&on_sale).await? {
        if let Some(facts) = facts.get_mut(&sku) {
            facts.parts = parts;
        }
    }
    // A full cart of the dearest things is far from the end of money's range.
    Ok(price(cart, &facts, &terms, promise.delivery()).unwrap_or_default())
}
