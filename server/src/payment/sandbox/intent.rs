//! A payment intent, and what each request makes of it. Nothing here reads or writes anything.

use anyhow::Context as _;
use domain::pricing::{Currency, Money};
use serde_json::{Map, Value, json};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::asked::money_of;
use super::card::{Behaviour, behaviour_of, decline};
use super::refusal::Refusal;
use crate::payment::amount::WireAmount;
use crate::payment::wire::{AUTHENTICATION_FAILURE, IntentStatus};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Intent {
    pub(super) id: String,
    pub(super) key: Option<String>,
    pub(super) hash: String,
    pub(super) order_reference: Option<String>,
    /// As a JSON object.
    pub(super) metadata: String,
    pub(super) amount_minor_units: i64,
    pub(super) currency: Currency,
    pub(super) captures_itself: bool,
    pub(super) payment_method: Option<String>,
    pub(super) return_url: Option<String>,
    pub(super) first_status: IntentStatus,
    pub(super) status: IntentStatus,
    pub(super) decline_code: Option<String>,
    pub(super) captured_minor_units: i64,
    pub(super) refunded_minor_units: i64,
    pub(super) created_seconds: i64,
}

/// What is asked of an intent that stands.
#[derive(Debug, Clone)]
pub(super) enum Change {
    Confirm {
        payment_method: Option<String>,
        return_url: Option<String>,
    },
    Capture {
        amount: Option<WireAmount>,
        is_final: bool,
    },
    Cancel,
    Refund {
        amount: Option<WireAmount>,
    },
    /// The shopper answered their bank.
    Answer {
        confirms: bool,
    },
}

impl Intent {
    /// # Errors
    /// When the state of the intent does not allow it, or the amount is more than there is: nothing changed.
    pub(super) fn apply(&mut self, change: &Change) -> Result<(), Refusal> {
        let unexpected = Refusal::unexpected_state(self.status.parameter());
        match (change, self.status) {
            (
                Change::Confirm { payment_method, return_url },
                IntentStatus::RequiresPaymentMethod | IntentStatus::RequiresConfirmation,
            ) => self.confirm(payment_method.as_deref(), return_url.as_deref()),
            (Change::Capture { amount, is_final }, IntentStatus::RequiresCapture) => {
                let open = self.money(self.amount_minor_units - self.captured_minor_units);
                self.captured_minor_units += at_most(*amount, open, "amount_to_capture")?;
                if *is_final || self.captured_minor_units == self.amount_minor_units {
                    self.status = IntentStatus::Succeeded;
                }
                Ok(())
            }
            // What was captured in part stands, and the rest is let go of.
            (Change::Cancel, status) if status.is_open() => {
                let is_uncaptured = self.captured_minor_units == 0;
                self.status = if is_uncaptured { IntentStatus::Canceled } else { IntentStatus::Succeeded };
                Ok(())
            }
            (Change::Refund { amount }, _) if self.captured_minor_units > 0 => {
                let open = self.money(self.captured_minor_units - self.refunded_minor_units);
                self.refunded_minor_units += at_most(*amount, open, "amount")?;
                Ok(())
            }
            (Change::Answer { confirms }, IntentStatus::RequiresAction) => {
                if *confirms {
                    self.pay();
                } else {
                    self.decline(AUTHENTICATION_FAILURE);
                }
                Ok(())
            }
            _ => Err(unexpected),
        }
    }

    fn confirm(&mut self, payment_method: Option<&str>, return_url: Option<&str>) -> Result<(), Refusal> {
        let token = payment_method.map(str::to_owned).or_else(|| self.payment_method.clone());
        let token = token.ok_or_else(|| Refusal::missing("payment_method"))?;
        let behaviour = behaviour_of(&token).ok_or_else(|| Refusal::no_such("PaymentMethod", "payment_method"))?;
        let return_url = return_url.map(str::to_owned).or_else(|| self.return_url.clone());
        if matches!(behaviour, Behaviour::Challenges(_)) && return_url.is_none() {
            return Err(Refusal::missing("return_url"));
        }
        (self.payment_method, self.return_url) = (Some(token), return_url);
        match behaviour {
            Behaviour::Pays
            | Behaviour::PaysSlowly
            | Behaviour::PaysLate
            | Behaviour::FailsRefund
            | Behaviour::Disputes { .. } => self.pay(),
            Behaviour::Declines(code) => self.decline(code),
            Behaviour::Challenges(_) => self.status = IntentStatus::RequiresAction,
        }
        Ok(())
    }

    fn pay(&mut self) {
        self.decline_code = None;
        if self.captures_itself {
            (self.status, self.captured_minor_units) = (IntentStatus::Succeeded, self.amount_minor_units);
        } else {
            self.status = IntentStatus::RequiresCapture;
        }
    }

    fn decline(&mut self, code: &str) {
        (self.status, self.decline_code) = (IntentStatus::RequiresPaymentMethod, Some(code.to_owned()));
    }

    /// The intent as it was when it was made.
    pub(super) fn first(&self) -> Self {
        let is_paid = self.first_status == IntentStatus::Succeeded;
        let was_declined = self.first_status == IntentStatus::RequiresPaymentMethod;
        Self {
            status: self.first_status,
            decline_code: self.decline_code.clone().filter(|_| was_declined),
            captured_minor_units: if is_paid { self.amount_minor_units } else { 0 },
            refunded_minor_units: 0,
            ..self.clone()
        }
    }

    pub(super) fn behaviour(&self) -> Option<Behaviour> {
        behaviour_of(self.payment_method.as_deref()?)
    }

    /// What stands for it after it was declined, as an error.
    pub(super) fn refusal(&self, origin: &str) -> Option<Refusal> {
        let decline_code = self.decline_code.as_deref()?;
        let (code, message) = decline(decline_code);
        Some(Refusal::declined(code, decline_code, message).about(self.to_json(origin)))
    }

    pub(super) fn to_json(&self, origin: &str) -> Value {
        let capturable = match self.status {
            IntentStatus::RequiresCapture => self.amount_minor_units - self.captured_minor_units,
            _ => 0,
        };
        let last_error = self.decline_code.as_deref().map(|decline_code| {
            let (code, message) = decline(decline_code);
            json!({ "type": "card_error", "code": code, "decline_code": decline_code, "message": message })
        });
        let next_action = (self.status == IntentStatus::RequiresAction).then(|| {
            let url = format!("{origin}/challenges/{}", self.id);
            json!({ "type": "redirect_to_url", "redirect_to_url": { "url": url, "return_url": self.return_url } })
        });
        let capture_method = if self.captures_itself { "automatic" } else { "manual" };
        json!({
            "id": self.id,
            "object": "payment_intent",
            "amount": self.told(self.amount_minor_units),
            "amount_capturable": self.told(capturable),
            "amount_received": self.told(self.captured_minor_units),
            "capture_method": capture_method,
            "client_secret": format!("{}_secret_sandbox", self.id),
            "created": self.created_seconds,
            "currency": self.currency.code().to_ascii_lowercase(),
            "last_payment_error": last_error,
            "latest_charge": self.payment_method.is_some().then(|| self.charge_id()),
            "livemode": false,
            "metadata": serde_json::from_str::<Value>(&self.metadata).unwrap_or_default(),
            "next_action": next_action,
            "payment_method": self.payment_method,
            "payment_method_types": ["card"],
            "status": self.status.parameter(),
        })
    }

    pub(super) const fn money(&self, minor_units: i64) -> Money {
        Money::new(minor_units, self.currency)
    }

    /// A part of its amount, as it is told.
    pub(super) fn told(&self, minor_units: i64) -> i64 {
        told(self.money(minor_units))
    }

    /// Takes metadata in beside what there is.
    pub(super) fn note(&mut self, more: Map<String, Value>) {
        let mut all: Map<String, Value> = serde_json::from_str(&self.metadata).unwrap_or_default();
        all.extend(more);
        self.metadata = Value::Object(all).to_string();
    }

    pub(super) fn charge_id(&self) -> String {
        self.id.replacen("pi_", "ch_", 1)
    }
}

/// An amount as it is told. What came in can be told; what was kept before amounts were looked at is told as it is.
pub(super) fn told(amount: Money) -> i64 {
    WireAmount::of(amount).map_or(amount.minor_units(), WireAmount::units)
}

/// An amount, or all of what is open, in minor units.
fn at_most(amount: Option<WireAmount>, open: Money, parameter: &str) -> Result<i64, Refusal> {
    let amount = match amount {
        Some(asked) => money_of(asked, open.currency(), parameter)?,
        None => open,
    };
    if amount.minor_units() > 0 && amount.minor_units() <= open.minor_units() {
        return Ok(amount.minor_units());
    }
    Err(Refusal::parameter(parameter, &format!("There is {open} left for that.")))
}

pub(super) fn intent_of(row: &AnyRow) -> anyhow::Result<Intent> {
    let status = |name: &str| -> anyhow::Result<IntentStatus> {
        let raw: String = row.try_get(name)?;
        IntentStatus::from_parameter(&raw).with_context(|| format!("an intent can't be {raw}"))
    };
    let currency: String = row.try_get("currency")?;
    let capture_method: String = row.try_get("capture_method")?;
    Ok(Intent {
        id: row.try_get("id")?,
        key: row.try_get("idempotency_key")?,
        hash: row.try_get("request_hash")?,
        order_reference: row.try_get("order_reference")?,
        metadata: row.try_get("metadata")?,
        amount_minor_units: row.try_get("amount_minor_units")?,
        currency: Currency::from_code(&currency).with_context(|| format!("{currency} is no currency"))?,
        captures_itself: capture_method == "automatic",
        payment_method: row.try_get("payment_method")?,
        return_url: row.try_get("return_url")?,
        first_status: status("first_status")?,
        status: status("status")?,
        decline_code: row.try_get("decline_code")?,
        captured_minor_units: row.try_get("captured_minor_units")?,
        refunded_minor_units: row.try_get("refunded_minor_units")?,
        created_seconds: row.try_get("created_seconds")?,
    })
}

#[cfg(test)]
mod tests;
