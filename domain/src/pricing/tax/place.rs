use std::str::FromStr;

use super::state::state_of;
use crate::checkout::{Address, Country};

/// A part of a country that taxes by itself, by the end of its ISO 3166-2 code: `CA` of `US-CA`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Region(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be one to {MAX_REGION_CHARS} letters and digits, like CA")]
pub struct RegionError;

/// The longest end of an ISO 3166-2 code.
const MAX_REGION_CHARS: usize = 3;

impl FromStr for Region {
    type Err = RegionError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let code = raw.trim().to_ascii_uppercase();
        let fits =
            (1..=MAX_REGION_CHARS).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if fits { Ok(Self(code)) } else { Err(RegionError) }
    }
}

/// Whose tax is asked for: of a country, or of a region of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Jurisdiction {
    pub country: Country,
    pub region: Option<Region>,
}

impl Jurisdiction {
    /// A whole country.
    pub const fn country(country: Country) -> Self {
        Self { country, region: None }
    }

    /// Where an address is. A state of the United States is known by the postcode, which everybody gives;
    /// other regions by their code, where somebody typed it.
    pub fn of(address: &Address) -> Self {
        let by_postcode = (address.country.code() == "US").then(|| state_of(address.postcode.as_str())).flatten();
        let typed = || address.region.as_ref()?.as_str().parse().ok();
        Self { country: address.country, region: by_postcode.and_then(|state| state.parse().ok()).or_else(typed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(country: &str, region: &str, postcode: &str) -> Jurisdiction {
        let address = Address {
            line1: "1 Main Street".parse().unwrap(),
            line2: None,
            city: "Town".parse().unwrap(),
            region: region.parse().ok(),
            postcode: postcode.parse().unwrap(),
            country: country.parse().unwrap(),
        };
        Jurisdiction::of(&address)
    }

    #[test]
    fn an_address_is_in_one_jurisdiction() {
        let region = |country, region, postcode| place(country, region, postcode).region.map(|region| region.0);
        assert_eq!(region("US", "", "10001").as_deref(), Some("NY"));
        assert_eq!(region("US", "California", "94103-1234").as_deref(), Some("CA"));
        assert_eq!(region("US", "NY", "94103").as_deref(), Some("CA"), "a parcel goes where the postcode says");
        assert_eq!(region("CA", "qc", "H2Y 1C6").as_deref(), Some("QC"));
        assert_eq!(region("DE", "Bayern", "80331"), None);
        assert_eq!(place("GB", "", "SW1Y 4JH"), Jurisdiction::country(Country::HOME));
    }

    #[test]
    fn a_region_is_a_code() {
        assert_eq!(" ca ".parse(), Ok(Region("CA".to_owned())));
        for wrong in ["", "Cali", "C-A", "é"] {
            assert_eq!(wrong.parse::<Region>(), Err(RegionError), "{wrong}");
        }
    }
}
