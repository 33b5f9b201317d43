use crate::pricing::{Currency, Money};

/// The least that the gateway charges in a currency, zero where it names none: the table "Minimum and maximum charge
/// amounts" of <https://docs.stripe.com/currencies>, as of 2026. Where a store is paid out in another currency than it
/// charges in, the gateway asks for as much in that one; a rest is then declined as any other payment may be.
pub const fn minimum_charge(currency: Currency) -> Money {
    let minor_units = match currency {
        Currency::GBP => 30,
        Currency::AUD
        | Currency::BRL
        | Currency::CAD
        | Currency::CHF
        | Currency::EUR
        | Currency::INR
        | Currency::NZD
        | Currency::SGD
        | Currency::USD
        | Currency::JPY => 50,
        Currency::AED | Currency::MYR | Currency::PLN | Currency::RON => 2_00,
        Currency::DKK => 2_50,
        Currency::NOK | Currency::SEK => 3_00,
        Currency::HKD => 4_00,
        Currency::MXN | Currency::THB => 10_00,
        Currency::CZK => 15_00,
        Currency::HUF => 17_500,
        _ => 0,
    };
    Money::new(minor_units, currency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_is_told_in_the_units_of_each_currency() {
        for (currency, least) in [
            (Currency::GBP, "£0.30"),
            (Currency::USD, "$0.50"),
            (Currency::JPY, "¥50"),
            (Currency::HUF, "HUF 175.00"),
            (Currency::KWD, "KWD 0.000"),
        ] {
            assert_eq!(minimum_charge(currency).to_string().replace('\u{a0}', " "), least);
        }
    }
}
