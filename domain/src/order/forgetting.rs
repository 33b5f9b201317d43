//! Who placed an order that came to nothing, and how that is forgotten.

use super::{Order, OrderState};
use crate::checkout::{Address, Contact};
use crate::text::TextError;

/// Who placed an order that came to nothing and is nobody's is forgotten after so many days: until then its shopper may
/// ask what became of it.
pub const FORGET_AFTER_DAYS: i64 = 30;

/// What stands where nobody may know any more who ordered.
const REMOVED: &str = "Removed";

impl Order {
    /// Whether it came to nothing: it was declined or cancelled, and nothing of it was ever charged or billed. No law
    /// asks to keep who placed it.
    pub const fn came_to_nothing(&self) -> bool {
        matches!(self.state, OrderState::Declined | OrderState::Cancelled) && self.captured_minor_units == 0
    }

    /// What stays of its contact once nobody may know any more who placed it: the country alone, by which it was taxed
    /// and would have been sent. The e-mail address is one of its own for each order, below a domain that never exists
    /// (RFC 2606, section 2), so that no two of them look like one customer's.
    ///
    /// # Errors
    /// None that are known: the words fit their types.
    pub fn forgotten_contact(&self) -> Result<Contact, TextError> {
        Ok(Contact {
            email: format!("{}@removed.invalid", self.id).parse()?,
            name: REMOVED.parse()?,
            phone: None,
            vat_number: None,
            address: Address {
                line1: REMOVED.parse()?,
                line2: None,
                city: REMOVED.parse()?,
                region: None,
                postcode: REMOVED.parse()?,
                country: self.contact.address.country,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn order(state: OrderState, captured_minor_units: i64, street: &str) -> Order {
        let money = serde_json::json!({ "minor_units": 1_000, "currency": "GBP" });
        let address = serde_json::json!({
            "line1": street, "line2": street, "city": "Secret City", "region": "Secret Region", "postcode": "SW1Y 4JH",
            "country": "GB",
        });
        let order: Order = serde_json::from_value(serde_json::json!({
            "id": "0197b2c4d5e67f8091a2b3c4d5e6f708", "number": "CG-7K4M2-P9QX1", "state": state,
            "contact": {
                "email": "secret@example.com", "name": "Secret Name", "phone": "+44 20 7946 0000",
                "vat_number": "GB123456789", "address": address,
            },
            "lines": [], "totals": { "items": money, "discount": null, "delivery": money, "total": money },
            "delivery": "standard", "arrives_on": "2026-12-01", "paid_with": "Visa ending in 4242",
            "placed_at": "2026-11-25T12:00:00Z",
        }))
        .unwrap();
        Order { captured_minor_units, ..order }
    }

    #[test]
    fn what_was_charged_or_may_still_come_to_something_keeps_its_contact() {
        for state in OrderState::ALL {
            let ended = matches!(state, OrderState::Declined | OrderState::Cancelled);
            assert_eq!(order(state, 0, "1 Secret Street").came_to_nothing(), ended, "{state:?}");
            assert!(!order(state, 1, "1 Secret Street").came_to_nothing(), "{state:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_stays_of_a_contact_but_its_country(number in 1..1_000_u32) {
            let street = format!("{number} Secret Street");
            let order = order(OrderState::Declined, 0, &street);
            let contact = order.forgotten_contact().unwrap();
            let kept = serde_json::to_string(&contact).unwrap().to_lowercase();
            for word in ["secret", "sw1y", "7946", "gb123456789", &street.to_lowercase()] {
                prop_assert!(!kept.contains(word), "{kept} says {word}");
            }
            prop_assert_eq!(contact.address.country, order.contact.address.country);
            prop_assert!(contact.email.as_str().starts_with(&order.id.to_string()));
        }
    }
}
