//! What the islands of one page know together about the cart.

use domain::cart::CartVersion;
use domain::catalog::{Sku, Title};
use domain::inventory::Quantity;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::CartView;
use super::api::add_line;
use crate::error::WireError;

/// Something that is being added to the cart, and what the server made of it.
#[derive(Debug, Clone)]
pub(super) struct Addition {
    pub sku: Sku,
    pub title: Title,
    pub quantity: Quantity,
    /// Missing until the server has answered.
    pub answer: Option<Result<CartView, WireError>>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct SharedCart {
    /// Units in the cart; missing until an island knows better than the page it came with.
    pub units: ArcRwSignal<Option<u32>>,
    /// The newest version that an answer had, so that a late answer does not bring back old units.
    version: ArcRwSignal<CartVersion>,
    /// What was added last on this page.
    pub addition: ArcRwSignal<Option<Addition>>,
}

/// The cart that the islands of this page share. On the server every island has one to itself.
#[cfg(feature = "ssr")]
pub(super) fn shared() -> SharedCart {
    SharedCart::default()
}

/// The cart that the islands of this page share.
#[cfg(not(feature = "ssr"))]
pub(super) fn shared() -> SharedCart {
    thread_local! {
        static SHARED: SharedCart = SharedCart::default();
    }
    SHARED.with(Clone::clone)
}

impl SharedCart {
    /// Takes over the units of an answer, unless a newer answer was there before.
    pub(super) fn settle(&self, view: &CartView) {
        if view.cart.version() >= self.version.get_untracked() {
            self.version.set(view.cart.version());
            self.units.set(Some(view.cart.units()));
        }
    }

    /// Adds to the cart: counts the units and shows the panel at once, then tells the server.
    pub(super) fn add(self, sku: Sku, title: Title, quantity: Quantity) {
        let before = self.units.get_untracked();
        self.units.set(before.map(|units| units.saturating_add(quantity.get())));
        self.addition.set(Some(Addition { sku: sku.clone(), title, quantity, answer: None }));
        spawn_local(async move {
            let answer = add_line(sku.clone(), quantity.to_string()).await;
            match &answer {
                Ok(view) => self.settle(view),
                Err(_) => self.units.update(|units| *units = units.map(|units| units.saturating_sub(quantity.get()))),
            }
            self.addition.update(|addition| {
                // Something else may have been added meanwhile; its own answer comes later.
                if let Some(addition) = addition.as_mut().filter(|addition| addition.sku == sku) {
                    addition.answer = Some(answer);
                }
            });
        });
    }
}
