use serde::{Deserialize, Serialize};

use super::SavedAddressId;
use crate::checkout::{Address, Contact, ContactForm, Email, FieldErrors, PersonName, Phone};

/// Entries of one address book.
pub const MAX_ADDRESSES: usize = 20;

/// Who a parcel goes to, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    pub name: PersonName,
    pub phone: Option<Phone>,
    pub address: Address,
}

/// An entry of an address book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedAddress {
    pub id: SavedAddressId,
    pub recipient: Recipient,
    /// Whether the checkout begins with it; one entry of a book that has any is.
    pub is_default: bool,
}

impl Recipient {
    /// Reads what was typed by the rules of the checkout, where the address will be used.
    ///
    /// # Errors
    /// Every field that is not right, with what to do about it.
    pub fn parse(form: &ContactForm, owner: &Email) -> Result<Self, FieldErrors> {
        let form = ContactForm { email: owner.to_string(), ..form.clone() };
        let Contact { name, phone, address, .. } = form.parse()?;
        Ok(Self { name, phone, address })
    }

    /// The contact of an order that goes there.
    pub fn contact(&self, owner: &Email) -> Contact {
        let Self { name, phone, address } = self.clone();
        Contact { email: owner.clone(), name, phone, vat_number: None, address }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkout::ContactField;

    #[test]
    fn an_entry_is_read_like_an_address_of_the_checkout() {
        let owner: Email = "ada@example.com".parse().unwrap();
        let text = str::to_owned;
        let form = ContactForm {
            name: text("Ada Lovelace"),
            line1: text("12 St James's Square"),
            city: text("London"),
            postcode: text("sw1y4jh"),
            country: text("GB"),
            ..ContactForm::default()
        };
        let recipient = Recipient::parse(&form, &owner).unwrap();
        assert_eq!(recipient.address.postcode.as_str(), "SW1Y 4JH");
        let again = ContactForm::from(&recipient.contact(&owner));
        assert_eq!(Recipient::parse(&again, &owner), Ok(recipient));
        let wrong = Recipient::parse(&ContactForm { city: String::new(), ..form }, &owner).unwrap_err();
        assert_eq!(wrong.iter().map(|(field, _)| *field).collect::<Vec<_>>(), [ContactField::City]);
    }
}
