use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalog::Seller;
use crate::pricing::{Money, part};

/// What of an amount is each seller's, without tax, in minor units of the amount's currency. What is nobody's here is
/// the store's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Proceeds(BTreeMap<Seller, i64>);

impl Proceeds {
    /// Adds what a seller gets: nothing where that is the store itself, or nothing.
    pub fn add(&mut self, seller: &Seller, minor_units: i64) {
        if seller.is_store() || minor_units <= 0 {
            return;
        }
        let sum = self.0.entry(seller.clone()).or_default();
        *sum = sum.saturating_add(minor_units);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each seller with what is theirs, above zero.
    pub fn iter(&self) -> impl Iterator<Item = (&Seller, i64)> {
        self.0.iter().map(|(seller, minor_units)| (seller, *minor_units))
    }

    pub fn total_minor_units(&self) -> i64 {
        self.0.values().fold(0, |sum, minor_units| sum.saturating_add(*minor_units))
    }

    /// What is left of them without others.
    #[must_use]
    pub fn without(&self, others: &Self) -> Self {
        let mut left = Self::default();
        for (seller, minor_units) in self.iter() {
            left.add(seller, minor_units.saturating_sub(others.of(seller)));
        }
        left
    }

    /// A part of them in proportion, rounded down.
    #[must_use]
    pub fn part(&self, of: i64, whole: i64) -> Self {
        let mut parts = Self::default();
        for (seller, minor_units) in self.iter() {
            parts.add(seller, part(minor_units, of, whole));
        }
        parts
    }

    /// What sellers have of the amount that moves next, both without tax, where these are theirs of all that is
    /// open: their own where it is known whose goods it is for, and of what nobody knows of a share in proportion to
    /// what is open. Nobody has more of it than is open of theirs, the store included, so that with the last amount
    /// everybody has moved all of theirs.
    #[must_use]
    pub fn shared(&self, open: Money, amount: Money, own: Option<&Self>) -> Self {
        let mut stores = open.minor_units().saturating_sub(self.total_minor_units()).max(0);
        let mut left = amount.minor_units();
        let mut shared = Self::default();
        if let Some(own) = own {
            for (seller, minor_units) in own.iter() {
                shared.add(seller, minor_units.min(self.of(seller)).min(left - shared.total_minor_units()));
            }
            left -= shared.total_minor_units();
            let of_store = amount.minor_units().saturating_sub(own.total_minor_units()).max(0).min(stores).min(left);
            (stores, left) = (stores - of_store, left - of_store);
        }
        // Each has a share of what those before leave, so that what is rounded off is somebody's.
        let rest = self.without(&shared);
        let mut open = stores.saturating_add(rest.total_minor_units());
        for (seller, minor_units) in rest.iter() {
            let share = part(left, minor_units, open);
            shared.add(seller, share);
            (left, open) = (left - share, open - minor_units);
        }
        shared
    }

    fn of(&self, seller: &Seller) -> i64 {
        self.0.get(seller).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
