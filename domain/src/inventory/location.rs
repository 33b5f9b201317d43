use serde::{Deserialize, Serialize};

use super::{Quantity, QuantityError, Reference, StockAt};
use crate::bounded_text;
use crate::catalog::Sku;
use crate::checkout::{Address, ContactField, ContactForm, FieldErrors};
use crate::id::random_id;

/// Locations of a store, the closed ones among them.
pub const MAX_LOCATIONS: usize = 50;

random_id!(
    /// The key of a location.
    LocationId
);

impl LocationId {
    /// The location that is always there. It holds whatever no other one does.
    pub const FIRST: Self = Self::new(uuid::Uuid::nil());

    pub fn is_first(self) -> bool {
        self == Self::FIRST
    }
}

random_id!(
    /// The key of a transfer, made before it is asked for: a form that is posted twice moves units once.
    TransferId
);

bounded_text!(
    /// What a location is called. No two of a store have one name, whatever its case.
    LocationName, 60
);

impl LocationName {
    /// The name as locations are found by it: case does not matter.
    pub fn key(&self) -> String {
        self.as_str().to_lowercase()
    }
}

/// A warehouse or a shop: somewhere that units lie and are sent from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    pub id: LocationId,
    pub name: LocationName,
    /// The first location has none before somebody gives it one.
    pub address: Option<Address>,
    /// Nothing lies at a closed location, and nothing comes to it.
    pub is_closed: bool,
}

/// A location by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationRef {
    pub id: LocationId,
    pub name: LocationName,
}

/// What lies of a SKU at a location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub location: Location,
    pub stock: StockAt,
}

/// What somebody says of a location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationDetails {
    pub name: LocationName,
    pub address: Address,
}

/// Units that move from one location to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    pub id: TransferId,
    pub sku: Sku,
    pub from: LocationId,
    pub to: LocationId,
    pub units: Quantity,
}

impl Location {
    /// Its form as it stands.
    pub fn form(&self) -> ContactForm {
        let form = self.address.as_ref().map(ContactForm::from).unwrap_or_default();
        ContactForm { name: self.name.to_string(), ..form }
    }

    /// What tells where something is that is not at the first location.
    pub fn by_name_unless_first(&self) -> Option<LocationRef> {
        (!self.id.is_first()).then(|| LocationRef { id: self.id, name: self.name.clone() })
    }
}

impl LocationDetails {
    /// Reads what was typed: the name, and an address by the rules of the checkout.
    ///
    /// # Errors
    /// Every field that is not right, with what to do about it.
    pub fn parse(form: &ContactForm) -> Result<Self, FieldErrors> {
        let name = form.name.parse::<LocationName>().map_err(|error| (ContactField::Name, format!("Name {error}")));
        match (name, form.parse_address()) {
            (Ok(name), Ok(address)) => Ok(Self { name, address }),
            (name, address) => {
                let mut errors: FieldErrors = name.err().into_iter().collect();
                errors.extend(address.err().unwrap_or_default());
                Err(errors)
            }
        }
    }
}

impl TransferId {
    /// What both movements of the transfer belong to: itself, and who moved the units.
    pub fn reference(self, by: &Reference) -> Reference {
        let words: String = format!("Transfer {self}, {by}").chars().take(Reference::MAX_CHARS as usize).collect();
        // It is bounded, and its parts have no control characters: it is always read.
        words.parse().unwrap_or_else(|_| by.clone())
    }

    /// The transfer that a reference names, and who moved the units; `None` of every other reference.
    pub fn of(reference: &Reference) -> Option<(Self, &str)> {
        let (id, by) = reference.as_str().strip_prefix("Transfer ")?.split_once(", ")?;
        Some((id.parse().ok()?, by))
    }
}

/// Whether a store that has so many locations may have one more.
///
/// # Errors
/// [`LocationError::TooMany`].
pub fn check_room_for_location(count: usize) -> Result<(), LocationError> {
    if count < MAX_LOCATIONS { Ok(()) } else { Err(LocationError::TooMany) }
}

/// The open location of a name; without a name the first one.
pub fn location_named<'a>(locations: &'a [Location], name: Option<&LocationName>) -> Option<&'a Location> {
    let fits = |location: &&Location| match name {
        Some(name) => location.name.key() == name.key() && !location.is_closed,
        None => location.id.is_first(),
    };
    locations.iter().find(fits)
}

/// Why something is not done with locations, in words for those who run the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum LocationError {
    #[error("there is no such location")]
    NoSuchLocation,
    #[error("another location has this name already")]
    NameTaken,
    #[error("a store has at most {MAX_LOCATIONS} locations")]
    TooMany,
    #[error("units lie at this location; move them to another one first")]
    HoldsStock,
    #[error("the first location stays open: it holds whatever no other one does")]
    First,
    #[error("this location is closed; open it again first")]
    Closed,
    #[error("there is no stock of this SKU")]
    NoSuchSku,
    #[error("the number of units {0}")]
    Units(QuantityError),
    #[error("{units} units can be moved; what else is there is promised to orders")]
    Short { units: u32 },
    #[error("units move from one location to another; please choose two")]
    SameLocation,
    #[error("locations can't be reached at the moment; nothing was changed, please try again")]
    Unavailable,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ContactForm {
        let text = str::to_owned;
        ContactForm {
            name: text("Shop in Leeds"),
            line1: text("1 Briggate"),
            city: text("Leeds"),
            postcode: text("ls16hd"),
            country: text("GB"),
            ..ContactForm::default()
        }
    }

    #[test]
    fn a_location_is_read_with_its_address_and_fills_its_form_again() {
        let LocationDetails { name, address } = LocationDetails::parse(&form()).unwrap();
        let location = Location { id: LocationId::FIRST, name, address: Some(address), is_closed: false };
        let expected = ContactForm { postcode: "LS1 6HD".into(), ..form() };
        assert_eq!(location.form(), expected);
        let wrong = ContactForm { name: " ".into(), city: String::new(), postcode: "1".into(), ..form() };
        let errors = LocationDetails::parse(&wrong).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, [ContactField::Name, ContactField::City, ContactField::Postcode]);
        assert_eq!((errors[0].1.as_str(), errors[1].1.as_str()), ("Name must not be empty", "Town or city is needed"));
    }

    #[test]
    fn a_store_has_so_many_locations_and_no_more() {
        assert_eq!(check_room_for_location(MAX_LOCATIONS - 1), Ok(()));
        assert_eq!(check_room_for_location(MAX_LOCATIONS), Err(LocationError::TooMany));
    }

    #[test]
    fn a_location_is_found_by_its_name_while_it_is_open() {
        let location = |id: u128, name: &str, is_closed| Location {
            id: LocationId::new(uuid::Uuid::from_u128(id)),
            name: name.parse().unwrap(),
            address: None,
            is_closed,
        };
        let all = [location(0, "Main warehouse", false), location(1, "Shop", false), location(2, "Old shop", true)];
        let found = |name: &str| location_named(&all, Some(&name.parse().unwrap())).map(|found| found.id);
        assert_eq!((found("SHOP"), found("old shop"), found("Shed")), (Some(all[1].id), None, None));
        assert_eq!(location_named(&all, None).map(|found| found.id), Some(LocationId::FIRST));
    }

    #[test]
    fn the_movements_of_a_transfer_belong_to_it_and_to_whoever_made_it() {
        let id = TransferId::new(uuid::Uuid::from_u128(7));
        let by: Reference = "olga@example.com".parse().unwrap();
        assert_eq!(id.reference(&by).as_str(), "Transfer 00000000000000000000000000000007, olga@example.com");
        assert_eq!(TransferId::of(&id.reference(&by)), Some((id, "olga@example.com")));
        for other in ["olga@example.com", "Transfer of shelves.csv, olga@example.com", "Transfer 7"] {
            assert_eq!(TransferId::of(&other.parse().unwrap()), None, "{other}");
        }
        let long: Reference = "x".repeat(Reference::MAX_CHARS as usize).parse().unwrap();
        assert!(id.reference(&long).as_str().starts_with("Transfer 00000000000000000000000000000007, xxx"));
    }
}
