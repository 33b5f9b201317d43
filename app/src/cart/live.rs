//! The cart page's cart while somebody works on it: changes show at once and are sent one after
//! another; the server's answer has the last word.

use std::collections::VecDeque;

use domain::cart::{CartChange, CartVersion};
use domain::catalog::{Sku, Title};
use domain::inventory::Quantity;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::CartView;
use super::api::{add_line, move_to_cart, read_cart, remove_line, remove_saved, save_for_later, set_quantity};
use super::shared::shared;
use crate::error::WireError;

/// What the cart page tells about the last change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CartNotice {
    Added { title: Title },
    Removed { sku: Sku, title: Title, quantity: Quantity },
    Refused { error: WireError },
}

#[derive(Debug, Clone, Copy)]
pub struct LiveCart {
    pub shown: RwSignal<CartView>,
    pub notice: RwSignal<Option<CartNotice>>,
    /// Whether somebody changed something here, so that totals are worth announcing.
    pub was_changed: RwSignal<bool>,
    /// As the server last said it is.
    known: StoredValue<CartView>,
    /// Shown already, but not answered yet; the first one is on its way.
    waiting: StoredValue<VecDeque<CartChange>>,
}

impl LiveCart {
    pub fn new(view: CartView, notice: Option<CartNotice>) -> Self {
        Self {
            shown: RwSignal::new(view.clone()),
            notice: RwSignal::new(notice),
            was_changed: RwSignal::new(false),
            known: StoredValue::new(view),
            waiting: StoredValue::new(VecDeque::new()),
        }
    }

    pub fn refuse(self, error: impl Into<WireError>) {
        self.notice.set(Some(CartNotice::Refused { error: error.into() }));
    }

    /// Shows a change and sends it; one that breaks a limit is refused here already.
    pub fn change(self, change: CartChange) {
        match self.shown.with_untracked(|view| view.after(&change)) {
            Err(error) => self.refuse(error),
            Ok(next) => {
                self.notice.set(self.notice_of(&change));
                self.was_changed.set(true);
                self.show(next);
                let is_idle = self.waiting.with_value(VecDeque::is_empty);
                self.waiting.update_value(|waiting| enqueue(waiting, change));
                if is_idle {
                    spawn_local(self.send_waiting());
                }
            }
        }
    }

    fn show(self, view: CartView) {
        shared().units.set(Some(view.cart.units()));
        self.shown.set(view);
    }

    /// The notice of a change that is about to be shown: what is removed can be put back.
    fn notice_of(self, change: &CartChange) -> Option<CartNotice> {
        let CartChange::Remove { sku } = change else { return None };
        self.shown.with_untracked(|view| {
            let line = view.cart.lines().iter().find(|line| line.sku == *sku)?;
            let facts = view.facts.get(sku)?;
            Some(CartNotice::Removed { sku: sku.clone(), title: facts.title.clone(), quantity: line.quantity })
        })
    }

    async fn send_waiting(self) {
        while let Some(change) = self.waiting.with_value(|waiting| waiting.front().cloned()) {
            let seen = self.known.with_value(|view| view.cart.version());
            match send(change, seen).await {
                Ok(view) => self.settle(view),
                Err(error) => {
                    let now = read_cart().await;
                    self.settle(now.unwrap_or_else(|_| self.known.get_value()));
                    self.refuse(error);
                }
            }
        }
    }

    /// Takes over what the server said to the first waiting change, with the changes that it has
    /// not seen yet on top.
    fn settle(self, view: CartView) {
        self.waiting.update_value(|waiting| drop(waiting.pop_front()));
        let shown = self
            .waiting
            .with_value(|waiting| waiting.iter().fold(view.clone(), |view, change| view.after(change).unwrap_or(view)));
        self.known.set_value(view);
        self.show(shown);
    }
}

/// Appends a change. A quantity replaces a waiting quantity of the same line, unless that one is
/// on its way: somebody who presses + ten times does not wait for ten answers.
fn enqueue(waiting: &mut VecDeque<CartChange>, change: CartChange) {
    let is_on_its_way = waiting.len() < 2;
    match (waiting.back_mut(), &change) {
        (Some(CartChange::SetQuantity { sku, quantity }), CartChange::SetQuantity { sku: same, quantity: newer })
            if !is_on_its_way && sku == same =>
        {
            *quantity = *newer;
        }
        _ => waiting.push_back(change),
    }
}

async fn send(change: CartChange, seen: CartVersion) -> Result<CartView, WireError> {
    match change {
        CartChange::Add { sku, quantity } => add_line(sku, quantity.to_string()).await,
        CartChange::SetQuantity { sku, quantity } => set_quantity(sku, quantity.to_string(), 0, Some(seen)).await,
        CartChange::Remove { sku } => remove_line(sku).await,
        CartChange::SaveForLater { sku } => save_for_later(sku).await,
        CartChange::MoveToCart { sku } => move_to_cart(sku).await,
        CartChange::RemoveSaved { sku } => remove_saved(sku).await,
        // Only an order takes out what was bought, and the server does that by itself.
        CartChange::Bought { .. } => read_cart().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(sku: &str, units: u32) -> CartChange {
        CartChange::SetQuantity { sku: sku.parse().unwrap(), quantity: units.try_into().unwrap() }
    }

    #[test]
    fn a_newer_quantity_replaces_a_waiting_one_but_not_the_one_on_its_way() {
        let mut waiting = VecDeque::new();
        for change in [set("a", 2), set("a", 3), set("a", 4), set("b", 2), set("a", 5)] {
            enqueue(&mut waiting, change);
        }
        assert_eq!(waiting, [set("a", 2), set("a", 4), set("b", 2), set("a", 5)]);
    }
}
