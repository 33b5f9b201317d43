//! How postcodes look where the store delivers to. A parcel with a wrong one comes back weeks
//! later, so it is told while somebody can still mend it.

use super::Country;
use crate::bounded_text;
use crate::text::TextError;

bounded_text!(
    /// A postal code. What it looks like is up to its country: see [`Country::postcode`].
    Postcode, 12
);

/// The postcodes of one country.
struct Rule {
    country: &'static str,
    /// One of these fits: `9` is a digit, `A` a letter, `*` either; anything else stands between
    /// them and may be left out by who writes it.
    shapes: &'static [&'static str],
    example: &'static str,
}

/// A country that is missing here takes any postcode.
const RULES: [Rule; 22] = [
    // Two parts, and the second is always a digit and two letters.
    of("GB", &["A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA"], "SW1A 1AA"),
    of("AU", &["9999"], "3000"),
    of("AT", &["9999"], "1010"),
    of("BE", &["9999"], "1000"),
    of("CA", &["A9A 9A9"], "K1A 0B1"),
    of("DK", &["9999"], "1050"),
    of("FI", &["99999"], "00100"),
    of("FR", &["99999"], "75001"),
    of("DE", &["99999"], "10115"),
    // One district of Dublin is called D6W.
    of("IE", &["A99 ****", "A9A ****"], "D02 AF30"),
    of("IT", &["99999"], "00118"),
    of("JP", &["999-9999"], "100-0001"),
    of("LU", &["9999"], "1009"),
    of("NL", &["9999 AA"], "1012 JS"),
    of("NZ", &["9999"], "6011"),
    of("NO", &["9999"], "0150"),
    of("PL", &["99-999"], "00-001"),
    of("PT", &["9999-999"], "1000-001"),
    of("ES", &["99999"], "28001"),
    of("SE", &["999 99"], "111 22"),
    of("CH", &["9999"], "8001"),
    of("US", &["99999", "99999-9999"], "20500"),
];

const fn of(country: &'static str, shapes: &'static [&'static str], example: &'static str) -> Rule {
    Rule { country, shapes, example }
}

impl Country {
    /// The postcode as this country writes it: `sw1a1aa` is `SW1A 1AA` in the United Kingdom.
    /// Letters may be small, and spaces and hyphens anywhere.
    ///
    /// # Errors
    /// [`TextError::Shape`] with an example where no address of the country has such a postcode.
    pub fn postcode(self, typed: &Postcode) -> Result<Postcode, TextError> {
        let Some(rule) = RULES.iter().find(|rule| rule.country == self.code()) else { return Ok(typed.clone()) };
        let signs: String = typed
            .as_str()
            .chars()
            .filter(|sign| !sign.is_whitespace() && !is_hyphen(*sign))
            .map(|sign| sign.to_ascii_uppercase())
            .collect();
        rule.shapes
            .iter()
            .find_map(|shape| fit(&signs, shape).or_else(|| fit(without_country(&signs, self)?, shape)))
            .ok_or(TextError::Shape { example: rule.example })?
            .parse()
    }
}

/// Browsers and telephones make dashes out of hyphens.
const fn is_hyphen(sign: char) -> bool {
    matches!(sign, '-' | '\u{2010}'..='\u{2015}')
}

/// The signs after the country's own, as in `L-1009` or `DE-10115`.
fn without_country(signs: &str, country: Country) -> Option<&str> {
    let code = country.code();
    signs.strip_prefix(code).or_else(|| signs.strip_prefix(code.get(..1)?))
}

/// The signs in a shape, with what stands between them; `None` where they don't fit.
fn fit(signs: &str, shape: &str) -> Option<String> {
    let mut signs = signs.chars();
    let mut fitted = String::with_capacity(shape.len());
    for place in shape.chars() {
        let is_allowed: fn(&char) -> bool = match place {
            '9' => char::is_ascii_digit,
            'A' => char::is_ascii_uppercase,
            '*' => char::is_ascii_alphanumeric,
            between => {
                fitted.push(between);
                continue;
            }
        };
        fitted.push(signs.next().filter(is_allowed)?);
    }
    signs.next().is_none().then_some(fitted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn normal(country: &str, typed: &str) -> Result<String, TextError> {
        let country: Country = country.parse().unwrap();
        country.postcode(&typed.parse().unwrap()).map(|postcode| postcode.to_string())
    }

    #[test]
    fn a_postcode_is_written_as_its_country_writes_it() {
        let right = [
            ("GB", "sw1a1aa", "SW1A 1AA"),
            ("GB", " m1  1ae", "M1 1AE"),
            ("GB", "EH12QE", "EH1 2QE"),
            ("CA", "k1a-0b1", "K1A 0B1"),
            ("IE", "d6wxy00", "D6W XY00"),
            ("JP", "1000001", "100-0001"),
            ("LU", "L-1009", "1009"),
            ("DE", "DE 10115", "10115"),
            ("NL", "1012js", "1012 JS"),
            ("PL", "00\u{2013}001", "00-001"),
            ("PT", "1000 001", "1000-001"),
            ("SE", "SE-11122", "111 22"),
            ("US", "20500", "20500"),
            ("US", "20500 0003", "20500-0003"),
        ];
        for (country, typed, written) in right {
            assert_eq!(normal(country, typed).as_deref(), Ok(written), "{country} {typed}");
        }
    }

    #[test]
    fn a_postcode_of_another_country_is_refused_with_an_example() {
        let wrong = [
            ("GB", "10115", "SW1A 1AA"),
            ("GB", "SW1A 1A", "SW1A 1AA"),
            ("GB", "SW1A 1AAA", "SW1A 1AA"),
            ("DE", "1011", "10115"),
            ("DE", "SW1A 1AA", "10115"),
            ("FR", "7500é", "75001"),
            ("US", "205001", "20500"),
            ("CH", "80011", "8001"),
        ];
        for (country, typed, example) in wrong {
            assert_eq!(normal(country, typed), Err(TextError::Shape { example }), "{country} {typed}");
        }
    }

    #[test]
    fn every_rule_is_of_a_country_and_its_example_fits() {
        for rule in RULES {
            assert_eq!(normal(rule.country, rule.example).as_deref(), Ok(rule.example), "{}", rule.country);
        }
    }

    proptest! {
        #[test]
        fn a_written_postcode_stays_as_it_is(place in 0..RULES.len(), typed in "[A-Za-z]{0,2}[0-9]{1,4}[ -]?[0-9A-Za-z]{1,4}") {
            let country = RULES[place].country;
            if let Ok(written) = normal(country, &typed) {
                prop_assert_eq!(normal(country, &written), Ok(written.clone()));
                let signs = |text: &str| text.to_uppercase().replace([' ', '-'], "");
                prop_assert!(signs(&typed).ends_with(&signs(&written)));
            }
        }

        #[test]
        fn any_text_fits_or_is_refused(place in 0..RULES.len(), typed in "\\PC{1,12}") {
            if let Ok(typed) = typed.parse::<Postcode>() {
                let country: Country = RULES[place].country.parse().unwrap();
                if let Err(error) = country.postcode(&typed) {
                    prop_assert_eq!(error, TextError::Shape { example: RULES[place].example });
                }
            }
        }
    }
}
