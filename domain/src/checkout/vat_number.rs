//! How the numbers look that businesses are taxed by, where the store delivers to. A number takes tax off an
//! order, so that it has to be one that its country could have given away. Whether it did, only the country
//! knows: nobody is asked.

mod digits;

use super::Country;
use crate::bounded_text;

bounded_text!(
    /// The number that a business is taxed by. What it looks like is up to its country: see
    /// [`Country::vat_number`]. With spaces and dots, none is longer.
    VatNumber, 30
);

/// Why a country gave away no such number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VatNumberError {
    #[error("must begin with {code}, as those of {country} do", code = .0.code(), country = .0.in_words())]
    Foreign(Country),
    #[error("must look like {example} ({country})", country = .country.name())]
    Shape { example: &'static str, country: Country },
    #[error("has a slip in it: its check digit does not fit the others ({})", .0.name())]
    CheckDigit(Country),
    #[error("must stay empty: {} has none", .0.in_words())]
    NoneThere(Country),
}

/// The numbers of one country.
struct Rule {
    country: &'static str,
    /// One of these fits: `#` is a digit, `@` a letter, `*` either; anything else is itself.
    shapes: &'static [&'static str],
    example: &'static str,
    /// Whether the digits after the code of the country fit each other.
    fits: fn(&[u8]) -> bool,
}

/// Shapes and check digits as the European Commission's "VIES: VAT Identification Numbers" (FAQ 11, and its
/// specification of check digits for member states) has them; for the United Kingdom HMRC's VATREG3700,
/// Switzerland the Federal Statistical Office's "UID", Norway Brønnøysund's "Organisasjonsnummeret",
/// Australia the Business Register's "Format of the ABN", New Zealand Inland Revenue's "IRD number
/// validation", Japan the National Tax Agency's "Corporate Number" and Canada the Revenue Agency's "Business
/// Number". A country that is missing here has none.
const RULES: [Rule; 21] = [
    of(
        "GB",
        &["GB#########", "GB############", "GBGD###", "GBHA###", "XI#########", "XI############"],
        "GB980780684",
        digits::gb,
    ),
    of("AU", &["AU###########"], "AU83914571673", digits::au),
    of("AT", &["ATU########"], "ATU13585627", digits::at),
    of("BE", &["BE##########"], "BE0428759497", digits::be),
    of("CA", &["CA#########RT####"], "CA123026635RT0001", digits::ca),
    of("DK", &["DK########"], "DK13585628", digits::dk),
    of("FI", &["FI########"], "FI20774740", digits::fi),
    of("FR", &["FR**#########"], "FR40303265045", digits::fr),
    of("DE", &["DE#########"], "DE136695976", digits::de),
    // The second sign was a letter until 2013.
    of("IE", &["IE#######@", "IE#######@@", "IE#@#####@"], "IE6433435F", digits::ie),
    of("IT", &["IT###########"], "IT00743110157", digits::it),
    of("JP", &["JP#############"], "JP7000012050002", digits::jp),
    of("LU", &["LU########"], "LU15027442", digits::lu),
    of("NL", &["NL#########B##"], "NL004495445B01", digits::nl),
    of("NZ", &["NZ########", "NZ#########"], "NZ49098576", digits::nz),
    of("NO", &["NO#########MVA", "NO#########"], "NO995525828MVA", digits::no),
    of("PL", &["PL##########"], "PL8567346215", digits::pl),
    of("PT", &["PT#########"], "PT501964843", digits::pt),
    of("ES", &["ES*#######*"], "ESB58378431", digits::es),
    of("SE", &["SE##########01"], "SE123456789701", digits::se),
    of(
        "CH",
        &["CHE#########MWST", "CHE#########TVA", "CHE#########IVA", "CHE#########"],
        "CHE107787577MWST",
        digits::ch,
    ),
];

const fn of(
    country: &'static str,
    shapes: &'static [&'static str],
    example: &'static str,
    fits: fn(&[u8]) -> bool,
) -> Rule {
    Rule { country, shapes, example, fits }
}

impl Country {
    /// A number as this country gives it to a business, without spaces, dots and hyphens and in capitals:
    /// `de 136 695 976` is `DE136695976` in Germany. Numbers of Northern Ireland begin with `XI`.
    ///
    /// # Errors
    /// [`VatNumberError`] where the country could not have given it away.
    pub fn vat_number(self, typed: &VatNumber) -> Result<VatNumber, VatNumberError> {
        let rule = RULES.iter().find(|rule| rule.country == self.code()).ok_or(VatNumberError::NoneThere(self))?;
        let signs: String = typed
            .as_str()
            .chars()
            .filter(|sign| sign.is_alphanumeric())
            .map(|sign| sign.to_ascii_uppercase())
            .collect();
        let wrong = VatNumberError::Shape { example: rule.example, country: self };
        if !rule.shapes.iter().any(|shape| shape.get(..CODE) == signs.get(..CODE)) {
            let is_foreign = signs.bytes().take(CODE).all(|sign| sign.is_ascii_uppercase());
            return Err(if is_foreign { VatNumberError::Foreign(self) } else { wrong });
        }
        if !rule.shapes.iter().any(|shape| has_shape(&signs, shape)) {
            return Err(wrong);
        }
        if !signs.as_bytes().get(CODE..).is_some_and(rule.fits) {
            return Err(VatNumberError::CheckDigit(self));
        }
        signs.parse().map_err(|_| wrong)
    }
}

/// How many letters the code of a country has.
const CODE: usize = 2;

fn has_shape(signs: &str, shape: &str) -> bool {
    let fits = |(sign, place): (u8, u8)| match place {
        b'#' => sign.is_ascii_digit(),
        b'@' => sign.is_ascii_uppercase(),
        b'*' => sign.is_ascii_alphanumeric(),
        itself => sign == itself,
    };
    signs.len() == shape.len() && signs.bytes().zip(shape.bytes()).all(fits)
}

#[cfg(test)]
mod tests;
