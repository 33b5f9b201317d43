use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Contact, ContactForm, Country};
use crate::account::Recipient;
use crate::order::{Order, OrderState};
use crate::pricing::tax::Jurisdiction;

/// How often the address of one order is changed; who needs more than that writes to the store.
pub const MAX_ADDRESS_CHANGES: u32 = 5;

/// Counts the changes of an order's address; it was placed with version 0. A form carries the version
/// that its shopper saw: sent twice it changes the address once, and it undoes nobody else's change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AddressVersion(pub u32);

impl AddressVersion {
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Where an order is to go instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressChange {
    /// The version of the address that the shopper saw.
    pub seen: AddressVersion,
    pub recipient: Recipient,
}

/// Why an order goes where it went before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum AddressChangeError {
    /// Also for a wrong access: nobody learns which numbers there are.
    #[error("there is no such order at this address; please find it with its number and your e-mail address")]
    NoSuchOrder,
    #[error("{}", words_of(*state))]
    TooLate { state: OrderState },
    /// The order goes to `country`.
    #[error(
        "the price of delivery and the tax depend on the country, so this order can only go to another address in {}; \
         to have it sent elsewhere, please cancel it, which costs nothing, and order again",
        country.in_words()
    )]
    OtherCountry { country: Country },
    /// Regions of a country may have taxes of their own.
    #[error(
        "the tax depends on the state, so this order can only go to another address in the same one; to have it sent \
         elsewhere, please cancel it, which costs nothing, and order again"
    )]
    OtherRegion,
    /// The form says beside each field what is wrong with it.
    #[error("some of what you typed is not right yet; the order goes where it went before")]
    Fields,
    #[error("the address was changed meanwhile, perhaps in another window; please look at it again")]
    Changed,
    #[error("the address of this order was changed {MAX_ADDRESS_CHANGES} times already; please write to us")]
    TooMany,
    #[error("the order is being worked on at this moment and goes where it went before; please try again in a moment")]
    NotNow,
    #[error("the address could not be changed at the moment and is as it was; please try again in a moment")]
    Unavailable,
}

const fn words_of(state: OrderState) -> &'static str {
    match state {
        OrderState::Pending => {
            "your bank has not answered yet, and the address can be changed as soon as it has; please try again later"
        }
        OrderState::Confirmed | OrderState::Shipped | OrderState::Delivered => {
            "it is too late to change the address, for the order was charged and is on its way; please write to us"
        }
        OrderState::Declined => "the payment of this order was declined; nothing will be sent to any address",
        OrderState::Cancelling | OrderState::Cancelled => {
            "this order was cancelled; nothing will be sent to any address"
        }
        OrderState::Refunded => "this order was refunded in full; nothing will be sent to any address",
    }
}

impl AddressChange {
    /// Reads what was typed for an order that goes to somebody, by the rules of the checkout.
    ///
    /// # Errors
    /// [`AddressChangeError::OtherCountry`] before anything else, for what is right in another country is wrong
    /// in this one; [`AddressChangeError::Fields`].
    pub fn parse(form: &ContactForm, seen: AddressVersion, contact: &Contact) -> Result<Self, AddressChangeError> {
        let country = contact.address.country;
        if form.country.parse::<Country>().is_ok_and(|typed| typed != country) {
            return Err(AddressChangeError::OtherCountry { country });
        }
        let recipient = Recipient::parse(form, &contact.email).map_err(|_| AddressChangeError::Fields)?;
        Ok(Self { seen, recipient })
    }
}

impl Order {
    /// The order as it goes elsewhere from a moment on; `None` where it goes there already, as it does when
    /// a form is sent twice. Price and the way of delivery depend on the country alone, which stays, and so does
    /// the region that may have taxes of its own.
    ///
    /// # Errors
    /// [`AddressChangeError`] when it must go where it went before.
    pub fn sent_to(&self, change: &AddressChange, at: Timestamp) -> Result<Option<Self>, AddressChangeError> {
        let vat_number = self.contact.vat_number.clone();
        let contact = Contact { vat_number, ..change.recipient.contact(&self.contact.email) };
        if contact == self.contact {
            return Ok(None);
        }
        if !self.waits_to_be_sent() {
            return Err(AddressChangeError::TooLate { state: self.state });
        }
        let country = self.contact.address.country;
        if contact.address.country != country {
            return Err(AddressChangeError::OtherCountry { country });
        }
        if Jurisdiction::of(&contact.address) != Jurisdiction::of(&self.contact.address) {
            return Err(AddressChangeError::OtherRegion);
        }
        if change.seen != self.address_version() {
            return Err(AddressChangeError::Changed);
        }
        if change.seen.0 >= MAX_ADDRESS_CHANGES {
            return Err(AddressChangeError::TooMany);
        }
        let mut sent = Self { contact, ..self.clone() };
        sent.readdressed_at.push(at);
        Ok(Some(sent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LATER: Timestamp = Timestamp::UNIX_EPOCH;

    fn form() -> ContactForm {
        let text = str::to_owned;
        ContactForm {
            email: text("ada@example.com"),
            name: text("Ada Lovelace"),
            line1: text("12 St James's Square"),
            city: text("London"),
            postcode: text("SW1Y 4JH"),
            country: text("GB"),
            ..ContactForm::default()
        }
    }

    fn order(state: &str) -> Order {
        let money = serde_json::json!({ "minor_units": 1_000, "currency": "GBP" });
        serde_json::from_value(serde_json::json!({
            "id": "0197b2c4d5e67f8091a2b3c4d5e6f708", "number": "CG-7K4M2-P9QX1", "state": state,
            "contact": form().parse().unwrap(), "lines": [],
            "totals": { "items": money, "discount": null, "delivery": money, "total": money },
            "delivery": "standard", "arrives_on": "2026-12-01", "paid_with": "Visa ending in 4242",
            "placed_at": "2026-11-25T12:00:00Z",
        }))
        .unwrap()
    }

    fn to(line1: &str, seen: u32) -> AddressChange {
        let form = ContactForm { line1: line1.to_owned(), ..form() };
        AddressChange::parse(&form, AddressVersion(seen), &order("confirmed").contact).unwrap()
    }

    #[test]
    fn an_order_goes_elsewhere_and_all_else_of_it_stays() {
        let order = order("confirmed");
        let sent = order.sent_to(&to("1 High Street", 0), LATER).unwrap().unwrap();
        assert_eq!(sent.contact.address.line1.as_str(), "1 High Street");
        assert_eq!((sent.address_version(), sent.readdressed_at.as_slice()), (AddressVersion(1), &[LATER][..]));
        let back = Order { contact: order.contact.clone(), readdressed_at: Vec::new(), ..sent };
        assert_eq!(back, order);
    }

    #[test]
    fn the_same_form_changes_an_address_once() {
        let form = to("1 High Street", 0);
        let sent = order("confirmed").sent_to(&form, LATER).unwrap().unwrap();
        assert_eq!(sent.sent_to(&form, LATER), Ok(None));
        let back = sent.sent_to(&to("12 St James's Square", 1), LATER).unwrap().unwrap();
        assert_eq!(back.sent_to(&form, LATER), Err(AddressChangeError::Changed), "it undoes no later change");
        // Who is late with what is so already hears nothing of it.
        let shipped = Order { state: OrderState::Shipped, ..sent };
        assert_eq!(shipped.sent_to(&form, LATER), Ok(None));
    }

    #[test]
    fn only_an_order_that_waits_to_be_sent_goes_elsewhere() {
        for state in OrderState::ALL {
            let sent = order(state.parameter()).sent_to(&to("1 High Street", 0), LATER);
            match state {
                OrderState::Confirmed => assert!(sent.is_ok()),
                state => assert_eq!(sent, Err(AddressChangeError::TooLate { state })),
            }
        }
        let charged = Order { captured_minor_units: 1, ..order("confirmed") };
        let refused = charged.sent_to(&to("1 High Street", 0), LATER).unwrap_err();
        assert_eq!(refused, AddressChangeError::TooLate { state: OrderState::Confirmed });
        assert!(refused.to_string().contains("the order was charged"), "{refused}");
    }

    #[test]
    fn a_state_with_taxes_of_its_own_stays_and_so_does_the_number_of_a_business() {
        let american = |postcode: &str| ContactForm {
            city: "Albany".into(),
            postcode: postcode.into(),
            country: "US".into(),
            ..form()
        };
        let contact = Contact { vat_number: "GB980780684".parse().ok(), ..american("12207").parse().unwrap() };
        let order = Order { contact: contact.clone(), ..order("confirmed") };
        let to = |postcode| AddressChange::parse(&american(postcode), AddressVersion(0), &contact).unwrap();
        let sent = order.sent_to(&to("12084"), LATER).unwrap().unwrap();
        assert_eq!(sent.contact.vat_number, contact.vat_number);
        assert_eq!(order.sent_to(&to("97201"), LATER), Err(AddressChangeError::OtherRegion), "Oregon taxes nothing");
    }

    #[test]
    fn the_country_stays_and_its_refusal_says_what_to_do() {
        let parse = |form: ContactForm| AddressChange::parse(&form, AddressVersion(0), &order("confirmed").contact);
        let abroad = ContactForm { country: "FR".into(), postcode: "75001".into(), ..form() };
        let refused = parse(abroad.clone()).unwrap_err();
        assert_eq!(refused, AddressChangeError::OtherCountry { country: Country::HOME });
        assert!(refused.to_string().contains("in the United Kingdom; to have it sent elsewhere, please cancel it"));
        assert_eq!(parse(ContactForm { postcode: String::new(), ..abroad }), Err(refused), "before anything else");
        for wrong in [
            ContactForm { city: String::new(), ..form() },
            ContactForm { postcode: "75001".into(), ..form() },
            ContactForm { country: "Atlantis".into(), ..form() },
        ] {
            assert_eq!(parse(wrong), Err(AddressChangeError::Fields));
        }
        let recipient = Recipient::parse(
            &ContactForm { country: "FR".into(), postcode: "75001".into(), ..form() },
            &"ada@example.com".parse().unwrap(),
        )
        .unwrap();
        let change = AddressChange { seen: AddressVersion(0), recipient };
        assert_eq!(order("confirmed").sent_to(&change, LATER), Err(refused), "however it was read");
    }

    #[test]
    fn an_address_is_not_changed_without_end() {
        let mut order = order("confirmed");
        for seen in 0..MAX_ADDRESS_CHANGES {
            order = order.sent_to(&to(&format!("{} High Street", seen + 1), seen), LATER).unwrap().unwrap();
        }
        let more = order.sent_to(&to("99 High Street", MAX_ADDRESS_CHANGES), LATER);
        assert_eq!(more, Err(AddressChangeError::TooMany));
    }

    #[test]
    fn an_order_from_before_there_were_changes_reads() {
        assert_eq!(order("confirmed").address_version(), AddressVersion(0));
    }

    proptest! {
        #[test]
        fn whatever_is_sent_the_last_change_that_was_taken_holds(
            forms in prop::collection::vec((0_u32..4, 0_u32..7), 0..20),
        ) {
            let mut order = order("confirmed");
            let mut taken = 0;
            for (house, seen) in forms {
                let change = to(&format!("{house} High Street"), seen);
                if let Ok(Some(sent)) = order.sent_to(&change, LATER) {
                    taken += 1;
                    prop_assert_eq!(change.seen, order.address_version());
                    order = sent;
                    prop_assert_eq!(order.sent_to(&change, LATER), Ok(None));
                }
            }
            prop_assert_eq!(order.address_version(), AddressVersion(taken));
            prop_assert!(taken <= MAX_ADDRESS_CHANGES);
        }
    }
}
