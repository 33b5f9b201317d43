use crate::checkout::Country;

/// How far away an address is, as carriers count: it decides what delivery costs, how long it takes
/// and whether customs looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Zone {
    /// The country of the store.
    Home,
    Europe,
    World,
}

/// The countries of [`Zone::Europe`].
const EUROPE: [&str; 16] =
    ["AT", "BE", "CH", "DE", "DK", "ES", "FI", "FR", "IE", "IT", "LU", "NL", "NO", "PL", "PT", "SE"];

impl Zone {
    pub const ALL: [Self; 3] = [Self::Home, Self::Europe, Self::World];

    pub fn of(country: Country) -> Self {
        if country == Country::HOME {
            Self::Home
        } else if EUROPE.contains(&country.code()) {
            Self::Europe
        } else {
            Self::World
        }
    }

    /// Where an address is; at home while nobody has given one.
    pub fn of_address(country: Option<Country>) -> Self {
        country.map_or(Self::Home, Self::of)
    }

    /// Its name in a page.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Europe => "europe",
            Self::World => "world",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|zone| zone.parameter() == raw)
    }

    pub fn countries(self) -> impl Iterator<Item = Country> {
        Country::all().filter(move |country| Self::of(*country) == self)
    }

    /// Whether a parcel leaves the customs area of the store: since 2021 that of the United Kingdom is
    /// its own (Taxation (Cross-border Trade) Act 2018).
    pub const fn leaves_customs_area(self) -> bool {
        !matches!(self, Self::Home)
    }

    /// What is said of tax beside the total of an order that none was counted for.
    pub const fn tax_note(self) -> &'static str {
        if self.leaves_customs_area() { "Without import VAT and duty" } else { "Includes VAT" }
    }
}

/// What somebody has to know whose parcel leaves the customs area; nothing at home. `is_taxed` says that
/// the total holds the tax of where it goes.
pub fn customs_note(country: Country, is_taxed: bool) -> Option<String> {
    let asked_for = if is_taxed {
        "duty when it arrives. It is not part of the total; the tax there is."
    } else {
        "import VAT and duty when it arrives. They are not part of the total."
    };
    Zone::of(country).leaves_customs_area().then(|| {
        format!(
            "Your parcel leaves the customs area of {}: {} may ask you for {asked_for}",
            Country::HOME.in_words(),
            country.in_words(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(code: &str) -> Zone {
        Zone::of(code.parse().unwrap())
    }

    #[test]
    fn every_country_is_in_one_zone() {
        assert_eq!(
            [zone("GB"), zone("FR"), zone("CH"), zone("JP")],
            [Zone::Home, Zone::Europe, Zone::Europe, Zone::World]
        );
        assert_eq!(Zone::of_address(None), Zone::Home);
        assert_eq!(Zone::Home.countries().collect::<Vec<_>>(), [Country::HOME]);
        assert_eq!(Zone::Europe.countries().count(), EUROPE.len(), "every code is a country that we deliver to");
        assert_eq!(Zone::ALL.into_iter().flat_map(Zone::countries).count(), Country::all().count());
    }

    #[test]
    fn customs_is_told_of_abroad_only() {
        assert_eq!(customs_note(Country::HOME, true), None);
        let note = customs_note("NL".parse().unwrap(), false).unwrap();
        assert!(
            note.contains("area of the United Kingdom: the Netherlands may ask you for import VAT and duty"),
            "{note}"
        );
        let taxed = customs_note("NL".parse().unwrap(), true).unwrap();
        assert!(taxed.contains("may ask you for duty when it arrives"), "{taxed}");
    }
}
