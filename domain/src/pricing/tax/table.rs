use std::collections::HashMap;
use std::fmt::Display;
use std::str::FromStr;

use super::count::count;
use super::{Collection, CustomerKind, Jurisdiction, Rounding, TaxRule, Taxable, Taxed, TaxesError, Treatment};
use crate::checkout::Country;
use crate::pricing::Money;

/// What every jurisdiction asks for that somebody looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxTable(HashMap<Jurisdiction, TaxRule>);

/// What was wrong with an operator's table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaxTableError {
    #[error("line {line}: {field} \"{value}\" {reason}")]
    Row { line: u64, field: &'static str, value: String, reason: String },
    #[error("there is no line for {home}, where the store is", home = Country::HOME.code())]
    NoHome,
    #[error("there are more than {max} lines", max = TaxTable::MAX_RULES)]
    TooManyRules,
}

/// Which field of a row was refused, and why.
type Refusal = (&'static str, String);

impl TaxTable {
    /// What [`TaxTable::from_rows`] reads, in its order.
    pub const COLUMNS: [&str; 9] = [
        "country",
        "region",
        "prices",
        "rounding",
        "standard",
        "reduced",
        "super_reduced",
        "delivery",
        "reverse_charge",
    ];
    /// Every region of every country fits.
    pub const MAX_RULES: usize = 5_000;

    /// Reads the rows of a table, each with the line that it begins on. An empty `region` is all of a
    /// country, and stands before its regions.
    ///
    /// # Errors
    /// [`TaxTableError`] with the first line and field that can't be read.
    pub fn from_rows<'a>(rows: impl IntoIterator<Item = (u64, [&'a str; 9])>) -> Result<Self, TaxTableError> {
        let mut table = Self(HashMap::new());
        for (line, fields) in rows {
            table.add(fields).map_err(|(field, reason)| {
                let value = Self::COLUMNS.iter().zip(fields).find(|(name, _)| **name == field);
                TaxTableError::Row { line, field, value: value.map_or("", |(_, value)| value).to_owned(), reason }
            })?;
            if table.0.len() > Self::MAX_RULES {
                return Err(TaxTableError::TooManyRules);
            }
        }
        if table.0.contains_key(&Jurisdiction::country(Country::HOME)) { Ok(table) } else { Err(TaxTableError::NoHome) }
    }

    fn add(&mut self, fields: [&str; 9]) -> Result<(), Refusal> {
        let [country, region, prices, rounding, standard, reduced, super_reduced, delivery, reverse_charge] =
            fields.map(str::trim);
        let country: Country = read("country", country)?;
        let region = if region.is_empty() { None } else { Some(read("region", region)?) };
        let rule = TaxRule {
            collection: match prices {
                "included" => Collection::Included,
                "added" => Collection::Added,
                "import" => Collection::AtImport,
                _ => return Err(refuse("prices", "must be included, added or import")),
            },
            rounding: match rounding {
                "line" => Rounding::Line,
                "order" => Rounding::Order,
                _ => return Err(refuse("rounding", "must be line or order")),
            },
            standard: read("standard", standard)?,
            reduced: read("reduced", reduced)?,
            super_reduced: read("super_reduced", super_reduced)?,
            delivery: read("delivery", delivery)?,
            has_reverse_charge: match reverse_charge {
                "yes" if country.is_in_european_union() => true,
                "yes" => return Err(refuse("reverse_charge", "must be no outside the European Union")),
                "no" => false,
                _ => return Err(refuse("reverse_charge", "must be yes or no")),
            },
        };
        if region.is_some() {
            // What is said of a country before an address is known has to be true of all of it.
            match self.0.get(&Jurisdiction::country(country)) {
                None => return Err(refuse("region", "needs a line for all of its country above it")),
                Some(whole) if whole.collection != rule.collection => {
                    return Err(refuse("prices", "must be as in the line for all of its country"));
                }
                Some(_) => {}
            }
        }
        match self.0.insert(Jurisdiction { country, region }, rule) {
            None => Ok(()),
            Some(_) => Err(refuse("country", "has a line for this region before")),
        }
    }

    /// The rule of a region, or else of its country.
    pub fn rule(&self, place: &Jurisdiction) -> Option<&TaxRule> {
        self.0.get(place).or_else(|| self.0.get(&Jurisdiction::country(place.country)))
    }

    /// How the tax of a country comes to be paid. Where nobody looked it up, the store does not collect it.
    pub fn collection(&self, country: Country) -> Collection {
        self.rule(&Jurisdiction::country(country)).map_or(Collection::AtImport, |rule| rule.collection)
    }

    /// Counts the taxes of what somebody pays for lines, after every discount, and for their delivery;
    /// `None` where the store collects none.
    ///
    /// # Errors
    /// [`TaxesError::Money`] for amounts in several currencies, or beyond the range of money.
    pub fn tax(
        &self,
        place: &Jurisdiction,
        customer: CustomerKind,
        lines: &[Taxable],
        delivery: Money,
    ) -> Result<Option<Taxed>, TaxesError> {
        let Some(rule) = self.rule(place) else { return Ok(None) };
        let treatment = match rule.collection {
            Collection::AtImport => return Ok(None),
            _ if is_reversed(rule, place, customer) => Treatment::ReverseCharged,
            Collection::Included => Treatment::Included,
            Collection::Added => Treatment::Added,
        };
        count(rule, treatment, lines, delivery).map(Some)
    }
}

/// Whether a business abroad owes the tax itself.
fn is_reversed(rule: &TaxRule, place: &Jurisdiction, customer: CustomerKind) -> bool {
    rule.has_reverse_charge && customer == CustomerKind::Business && place.country != Country::HOME
}

/// The rates of the countries that the store delivers to, as of January 2026, in the form of an operator's
/// table.
const RATES: &str = include_str!("rates.csv");

impl Default for TaxTable {
    /// The table that is compiled in. Its rates are those of the European Commission's "Taxes in Europe"
    /// database for the European Union (of several reduced rates the highest is `reduced` and the lowest
    /// `super_reduced`), of gov.uk/vat-rates, the Norwegian Tax Administration, the Swiss Federal Tax
    /// Administration, the Australian Taxation Office and New Zealand's Inland Revenue; Canada and Japan
    /// ask whoever imports. American rates are those of the states alone, by the Tax Foundation's "State
    /// and Local Sales Tax Rates", with delivery taxed where a state taxes shipping that an invoice states by
    /// itself: a store that owes the tax of counties and cities names them in a table of its own.
    fn default() -> Self {
        let lines = RATES.lines().zip(1..).skip(1);
        let rows = lines.filter_map(|(line, number)| {
            let cells: Vec<&str> = line.split(',').collect();
            Some((number, cells.try_into().ok()?))
        });
        // A test reads every line of it.
        Self::from_rows(rows).unwrap_or_else(|_| Self(HashMap::new()))
    }
}

fn read<T: FromStr<Err: Display>>(field: &'static str, raw: &str) -> Result<T, Refusal> {
    raw.parse().map_err(|error: T::Err| refuse(field, error))
}

fn refuse(field: &'static str, reason: impl Display) -> Refusal {
    (field, reason.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: [&str; 9] = ["GB", "", "included", "order", "20", "5", "5", "20", "no"];

    fn with(field: &str, value: &'static str) -> Result<TaxTable, TaxTableError> {
        let mut row = HOME;
        row[0] = "DE";
        row[TaxTable::COLUMNS.iter().position(|column| *column == field).unwrap()] = value;
        TaxTable::from_rows([(2, HOME), (3, row)])
    }

    #[test]
    fn the_table_that_is_compiled_in_knows_every_country_that_is_delivered_to() {
        assert_eq!(RATES.lines().next(), Some(TaxTable::COLUMNS.join(",").as_str()));
        let table = TaxTable::default();
        assert_eq!(table.0.len(), RATES.lines().count() - 1, "every line was read");
        for country in Country::all() {
            assert!(table.rule(&Jurisdiction::country(country)).is_some(), "{}", country.code());
        }
        let collection = |code: &str| table.collection(code.parse().unwrap());
        assert_eq!(
            [collection("GB"), collection("US"), collection("JP")].map(Collection::note),
            ["Includes VAT", "Taxes are calculated at checkout", "Without import VAT and duty"]
        );
    }

    #[test]
    fn a_region_goes_before_its_country() {
        let table = TaxTable::default();
        let standard = |region: &str| {
            let place = Jurisdiction { country: "US".parse().unwrap(), region: region.parse().ok() };
            table.rule(&place).map(|rule| rule.standard.to_string())
        };
        assert_eq!((standard("CA").as_deref(), standard("OR").as_deref()), (Some("7.25%"), Some("0%")));
    }

    #[test]
    fn a_refused_row_names_its_line_its_field_and_its_value() {
        for (field, value) in [
            ("country", "XX"),
            ("region", "Bavaria"),
            ("region", "BY"),
            ("prices", "gross"),
            ("rounding", "never"),
            ("standard", "120"),
            ("reduced", ""),
            ("super_reduced", "5,5"),
            ("delivery", "-1"),
            ("reverse_charge", "maybe"),
        ] {
            let refused = with(field, value);
            if (field, value) == ("region", "BY") {
                // Its country has no line above it.
                assert!(matches!(refused, Err(TaxTableError::Row { line: 3, field: "region", .. })), "{refused:?}");
                continue;
            }
            let Err(TaxTableError::Row { line: 3, field: found, value: shown, .. }) = &refused else {
                panic!("{field} {value}: {refused:?}")
            };
            assert_eq!((*found, shown.as_str()), (field, value));
        }
        let mut abroad = HOME;
        (abroad[0], abroad[8]) = ("CH", "yes");
        let reversed = TaxTable::from_rows([(2, HOME), (3, abroad)]).unwrap_err();
        assert_eq!(reversed.to_string(), "line 3: reverse_charge \"yes\" must be no outside the European Union");
        let twice = TaxTable::from_rows([(2, HOME), (3, HOME)]).unwrap_err();
        assert_eq!(twice.to_string(), "line 3: country \"GB\" has a line for this region before");
        assert_eq!(TaxTable::from_rows([]), Err(TaxTableError::NoHome));
        let mut apart = HOME;
        (apart[1], apart[2]) = ("SCT", "added");
        assert!(matches!(
            TaxTable::from_rows([(2, HOME), (3, apart)]),
            Err(TaxTableError::Row { field: "prices", .. })
        ));
    }
}
