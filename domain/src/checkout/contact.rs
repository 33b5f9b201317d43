use serde::{Deserialize, Serialize};

use super::{Country, Postcode, VatNumber};
use crate::bounded_text;
use crate::pricing::tax::CustomerKind;
use crate::text::TextError;

bounded_text!(
    /// An address that mail can be sent to. Checked for shape only (one `@`, a dotted domain, no
    /// spaces); whether it exists shows when mail is sent. 254 characters by RFC 5321.
    Email, 254, |text| {
        let shape = Err(TextError::Shape { example: "ada@example.com" });
        match text.split_once('@') {
            Some((local, domain))
                if !local.is_empty()
                    && !domain.contains('@')
                    && domain.contains('.')
                    && domain.split('.').all(|label| !label.is_empty())
                    && !text.contains(char::is_whitespace) => Ok(()),
            _ => shape,
        }
    }
);

impl Email {
    /// The address as people are found by it: case does not matter.
    pub fn key(&self) -> String {
        self.as_str().to_lowercase()
    }

    /// Whether both reach the same person.
    pub fn is_same(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

bounded_text!(
    /// What a person is called, in one field.
    PersonName, 100
);

bounded_text!(
    /// A telephone number as its owner writes it: digits, spaces and `+ - ( ) .`.
    Phone, 30, |text| {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let fits = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | ' ' | '.' | '/'));
        if fits && digits >= 5 { Ok(()) } else { Err(TextError::Shape { example: "+44 20 7946 0000" }) }
    }
);

bounded_text!(
    /// One line of an address.
    AddressLine, 100
);

/// Where a parcel goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub line1: AddressLine,
    pub line2: Option<AddressLine>,
    pub city: AddressLine,
    /// State, county or province, where the country's addresses have one.
    pub region: Option<AddressLine>,
    pub postcode: Postcode,
    pub country: Country,
}

/// Who buys and where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub email: Email,
    pub name: PersonName,
    pub phone: Option<Phone>,
    /// Of a business; orders from before it was asked for have none, and from before it was checked any text.
    #[serde(default)]
    pub vat_number: Option<VatNumber>,
    pub address: Address,
}

impl Contact {
    /// Who buys, as the state sees it.
    pub const fn customer_kind(&self) -> CustomerKind {
        if self.vat_number.is_some() { CustomerKind::Business } else { CustomerKind::Private }
    }

    /// Name and address as they stand on a parcel, line by line.
    pub fn lines(&self) -> Vec<String> {
        let address = &self.address;
        let place = [Some(address.city.to_string()), address.region.as_ref().map(ToString::to_string)];
        let place = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
        [
            Some(self.name.to_string()),
            Some(address.line1.to_string()),
            address.line2.as_ref().map(ToString::to_string),
            Some(format!("{place} {}", address.postcode)),
            Some(address.country.name().to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// A field of the form, by the name it is posted under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactField {
    Email,
    Name,
    Phone,
    VatNumber,
    Line1,
    Line2,
    City,
    Region,
    Postcode,
    Country,
}

/// What to say beside which field, in the order of the form.
pub type FieldErrors = Vec<(ContactField, String)>;

/// What a person typed, kept as it is until it is right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    pub email: String,
    pub name: String,
    pub phone: String,
    pub vat_number: String,
    pub line1: String,
    pub line2: String,
    pub city: String,
    pub region: String,
    pub postcode: String,
    pub country: String,
}

impl ContactForm {
    /// What is kept of one field, in characters; no right value is longer.
    pub const MAX_FIELD_CHARS: usize = 300;

    /// The form with every field cut to what is kept.
    #[must_use]
    pub fn bounded(self) -> Self {
        let cut = |text: String| text.chars().take(Self::MAX_FIELD_CHARS).collect();
        Self {
            email: cut(self.email),
            name: cut(self.name),
            phone: cut(self.phone),
            vat_number: cut(self.vat_number),
            line1: cut(self.line1),
            line2: cut(self.line2),
            city: cut(self.city),
            region: cut(self.region),
            postcode: cut(self.postcode),
            country: cut(self.country),
        }
    }

    /// # Errors
    /// Every field that is not right, with what to do about it.
    pub fn parse(&self) -> Result<Contact, FieldErrors> {
        let mut errors = FieldErrors::new();
        let email = required(&mut errors, ContactField::Email, "E-mail address", FOR_ORDERS, &self.email);
        let name = required(&mut errors, ContactField::Name, "Full name", FOR_ORDERS, &self.name);
        let phone = optional(&mut errors, ContactField::Phone, "Telephone", &self.phone);
        let vat_number = optional(&mut errors, ContactField::VatNumber, "VAT number", &self.vat_number);
        let vat_number = match (vat_number, self.country.parse::<Country>()) {
            (Some(typed), Ok(country)) => given_in(&mut errors, country, &typed),
            // Without its country, a number may look like anything.
            (typed, _) => typed,
        };
        let address = self.read_address(&mut errors, FOR_ORDERS);
        match (email, name, address) {
            (Some(email), Some(name), Some(address)) if errors.is_empty() => {
                Ok(Contact { email, name, phone, vat_number, address })
            }
            _ => Err(errors),
        }
    }

    /// The address alone.
    ///
    /// # Errors
    /// Every field of it that is not right, with what to do about it.
    pub fn parse_address(&self) -> Result<Address, FieldErrors> {
        let mut errors = FieldErrors::new();
        self.read_address(&mut errors, "").ok_or(errors)
    }

    /// The address, if all of it is right. `why` ends the words about what is missing.
    fn read_address(&self, errors: &mut FieldErrors, why: &str) -> Option<Address> {
        let before = errors.len();
        let line1 = required(errors, ContactField::Line1, "Address", why, &self.line1);
        let line2 = optional(errors, ContactField::Line2, "Flat, floor, company", &self.line2);
        let city = required(errors, ContactField::City, "Town or city", why, &self.city);
        let region = optional(errors, ContactField::Region, "County or state", &self.region);
        let postcode = required::<Postcode>(errors, ContactField::Postcode, "Postcode", why, &self.postcode);
        let postcode = match (postcode, self.country.parse::<Country>()) {
            (Some(typed), Ok(country)) => written_in(errors, country, &typed),
            // Without its country, a postcode may look like anything.
            (typed, _) => typed,
        };
        let country = required(errors, ContactField::Country, "Country", why, &self.country);
        if errors.len() > before {
            return None;
        }
        Some(Address { line1: line1?, line2, city: city?, region, postcode: postcode?, country: country? })
    }
}

impl From<&Address> for ContactForm {
    fn from(address: &Address) -> Self {
        let text = |line: &Option<AddressLine>| line.as_ref().map(ToString::to_string).unwrap_or_default();
        Self {
            line1: address.line1.to_string(),
            line2: text(&address.line2),
            city: address.city.to_string(),
            region: text(&address.region),
            postcode: address.postcode.to_string(),
            country: address.country.code().to_owned(),
            ..Self::default()
        }
    }
}

impl From<&Contact> for ContactForm {
    fn from(contact: &Contact) -> Self {
        Self {
            email: contact.email.to_string(),
            name: contact.name.to_string(),
            phone: contact.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            vat_number: contact.vat_number.as_ref().map(ToString::to_string).unwrap_or_default(),
            ..Self::from(&contact.address)
        }
    }
}

/// What an order needs its contact for.
const FOR_ORDERS: &str = " to deliver your order";

fn required<T: std::str::FromStr<Err = TextError>>(
    errors: &mut FieldErrors,
    field: ContactField,
    label: &str,
    why: &str,
    raw: &str,
) -> Option<T> {
    match raw.parse() {
        Ok(value) => Some(value),
        Err(TextError::Empty) => {
            errors.push((field, format!("{label} is needed{why}")));
            None
        }
        Err(error) => {
            errors.push((field, format!("{label} {error}")));
            None
        }
    }
}

fn optional<T: std::str::FromStr<Err = TextError>>(
    errors: &mut FieldErrors,
    field: ContactField,
    label: &str,
    raw: &str,
) -> Option<T> {
    if raw.trim().is_empty() { None } else { required(errors, field, label, FOR_ORDERS, raw) }
}

/// The VAT number as its country gives it away: a business is taxed where its goods go.
fn given_in(errors: &mut FieldErrors, country: Country, typed: &VatNumber) -> Option<VatNumber> {
    let refused = |error| errors.push((ContactField::VatNumber, format!("VAT number {error}")));
    country.vat_number(typed).map_err(refused).ok()
}

/// The postcode as its country writes it.
fn written_in(errors: &mut FieldErrors, country: Country, typed: &Postcode) -> Option<Postcode> {
    // Who chose the wrong country sees which one is meant.
    let refused = |error| errors.push((ContactField::Postcode, format!("Postcode {error} ({})", country.name())));
    country.postcode(typed).map_err(refused).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ada() -> ContactForm {
        let text = str::to_owned;
        ContactForm {
            email: text("ada@example.com"),
            name: text("Ada Lovelace"),
            phone: String::new(),
            vat_number: String::new(),
            line1: text("12 St James's Square"),
            line2: String::new(),
            city: text("London"),
            region: String::new(),
            postcode: text("SW1Y 4JH"),
            country: text("gb"),
        }
    }

    #[test]
    fn a_right_form_is_a_contact_that_fills_the_form_again() {
        let contact = ada().parse().unwrap();
        assert_eq!(contact.address.country.name(), "United Kingdom");
        assert_eq!(ContactForm::from(&contact), ContactForm { country: "GB".into(), ..ada() });
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let form = ContactForm { email: "ada@localhost".into(), name: " ".into(), phone: "call me".into(), ..ada() };
        let errors = form.parse().unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, [ContactField::Email, ContactField::Name, ContactField::Phone]);
        assert_eq!(errors[0].1, "E-mail address must look like ada@example.com");
    }

    #[test]
    fn a_postcode_is_judged_and_written_by_its_country() {
        let contact = ContactForm { postcode: "sw1y4jh".into(), ..ada() }.parse().unwrap();
        assert_eq!(contact.address.postcode.as_str(), "SW1Y 4JH");
        let german = ContactForm { country: "DE".into(), ..ada() };
        let words = "Postcode must look like 10115 (Germany)".to_owned();
        assert_eq!(german.parse(), Err(vec![(ContactField::Postcode, words)]));
        let nowhere = ContactForm { country: String::new(), ..ada() }.parse().unwrap_err();
        assert_eq!(nowhere.iter().map(|(field, _)| *field).collect::<Vec<_>>(), [ContactField::Country]);
    }

    #[test]
    fn a_business_is_known_by_a_number_of_its_country() {
        let kind = |form: &ContactForm| form.parse().map(|contact| contact.customer_kind());
        assert_eq!(kind(&ada()), Ok(CustomerKind::Private));
        let business = ContactForm { vat_number: "gb 980 7806 84".into(), ..ada() };
        assert_eq!(kind(&business), Ok(CustomerKind::Business));
        assert_eq!(ContactForm::from(&business.parse().unwrap()).vat_number, "GB980780684");
        for (wrong, words) in [
            ("DE136695976", "VAT number must begin with GB, as those of the United Kingdom do"),
            ("GB12", "VAT number must look like GB980780684 (United Kingdom)"),
            ("GB980780685", "VAT number has a slip in it: its check digit does not fit the others (United Kingdom)"),
        ] {
            let form = ContactForm { vat_number: wrong.into(), ..ada() };
            assert_eq!(form.parse(), Err(vec![(ContactField::VatNumber, words.to_owned())]), "{wrong}");
        }
        let nowhere = ContactForm { country: String::new(), ..business }.parse().unwrap_err();
        assert_eq!(nowhere.iter().map(|(field, _)| *field).collect::<Vec<_>>(), [ContactField::Country]);
    }

    proptest! {
        #[test]
        fn any_form_is_a_contact_or_says_why(email in ".{0,30}", name in ".{0,120}", city in "\\PC{0,20}") {
            let form = ContactForm { email, name, city, ..ada() }.bounded();
            if let Err(errors) = form.parse() {
                prop_assert!(!errors.is_empty());
            }
        }
    }
}
