use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ReturnError, ReturnId, ReturnLine, ReturnNote, ReturnReason};
use crate::catalog::Sku;
use crate::inventory::Quantity;
use crate::order::OrderLine;

/// What a shopper typed who wants to send something back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnForm {
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub note: String,
    /// How many of each line, by [`ReturnForm::field`], and what for it, by [`ReturnForm::exchange_field`].
    #[serde(flatten)]
    pub units: BTreeMap<String, String>,
}

impl ReturnForm {
    /// The field for how many of the line at a place of its order come back; lines keep their places.
    pub fn field(place: usize) -> String {
        format!("units-{place}")
    }

    /// The field for the SKU that is wanted for the line at a place of its order; nothing is its money.
    pub fn exchange_field(place: usize) -> String {
        format!("exchange-{place}")
    }
}

/// What a shopper asks to send back. It has at least one line, and each SKU once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnRequest {
    id: ReturnId,
    lines: Vec<ReturnLine>,
    /// By the SKU of the line.
    wanted: BTreeMap<Sku, Sku>,
    reason: ReturnReason,
    note: Option<ReturnNote>,
}

impl ReturnRequest {
    /// Reads the form of an order with these lines.
    ///
    /// # Errors
    /// [`ReturnError::Units`], [`ReturnError::NotExchangeable`] where no SKU is wanted for a line,
    /// [`ReturnError::NothingChosen`], [`ReturnError::Reason`] or [`ReturnError::Note`].
    pub fn parse(id: ReturnId, form: &ReturnForm, order: &[OrderLine]) -> Result<Self, ReturnError> {
        let (mut lines, mut wanted) = (Vec::new(), BTreeMap::new());
        for (place, line) in order.iter().enumerate() {
            let typed = form.units.get(&ReturnForm::field(place)).map_or("", |typed| typed.trim());
            if typed.is_empty() || typed == "0" {
                continue;
            }
            let quantity: Quantity = typed.parse().map_err(|_| ReturnError::Units)?;
            lines.push(ReturnLine { sku: line.sku.clone(), quantity });
            let instead = form.units.get(&ReturnForm::exchange_field(place)).map_or("", |typed| typed.trim());
            if !instead.is_empty() {
                let instead =
                    instead.parse().map_err(|_| ReturnError::NotExchangeable { title: line.title.clone() })?;
                wanted.insert(line.sku.clone(), instead);
            }
        }
        if lines.is_empty() {
            return Err(ReturnError::NothingChosen);
        }
        let reason = ReturnReason::from_parameter(&form.reason).ok_or(ReturnError::Reason)?;
        let note = form.note.trim();
        let note = if note.is_empty() { None } else { Some(note.parse().map_err(|_| ReturnError::Note)?) };
        Ok(Self { id, lines, wanted, reason, note })
    }

    pub const fn id(&self) -> ReturnId {
        self.id
    }

    pub fn lines(&self) -> &[ReturnLine] {
        &self.lines
    }

    /// What its shopper wants for a line instead of its money.
    pub fn wanted_for(&self, line: &Sku) -> Option<&Sku> {
        self.wanted.get(line)
    }

    /// The lines for which something else is wanted, each with what.
    pub const fn wanted(&self) -> &BTreeMap<Sku, Sku> {
        &self.wanted
    }

    pub const fn reason(&self) -> ReturnReason {
        self.reason
    }

    pub const fn note(&self) -> Option<&ReturnNote> {
        self.note.as_ref()
    }
}
