//! Amounts of the cart in words. The server draws them, and an island draws them anew when a
//! quantity changes.

use domain::pricing::Money;
use domain::shipment::Delivery;

/// `1 item`, `3 items`.
pub fn items(units: u32) -> String {
    let noun = if units == 1 { " item" } else { " items" };
    [&units.to_string(), noun].concat()
}

/// An amount that may be nothing: `£3.95`, `Free`.
pub fn charge(amount: Money) -> String {
    if amount.minor_units() == 0 { "Free".to_owned() } else { amount.to_string() }
}

/// What a line costs, as HTML: `£8.00`, and what one costs where there are more.
pub fn line_price(price: Money, units: u32) -> String {
    // A line's quantity and a price are far from the end of money's range.
    let total = price.times(units).map(|total| total.to_string()).unwrap_or_default();
    if units == 1 { total } else { [&total, " <small>", &price.to_string(), " each</small>"].concat() }
}

/// What is missing to free delivery, in words; `None` once it is free, and where it never is.
pub fn missing_to_free_delivery(items: Money, delivery: Delivery) -> Option<String> {
    let free_from = delivery.free_from(items.currency())?.minor_units();
    let missing = free_from.checked_sub(items.minor_units()).filter(|missing| *missing > 0)?;
    Some([&Money::new(missing, items.currency()).to_string(), " more for free delivery"].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::pricing::Currency;
    use domain::shipment::{FREE_DELIVERY_MINOR_UNITS, Zone};

    fn pence(minor: i64) -> Money {
        Money::new(minor, Currency::GBP)
    }

    #[test]
    fn free_delivery_is_as_far_away_as_it_says() {
        let missing = |minor| missing_to_free_delivery(pence(minor), Delivery::STANDARD_AT_HOME);
        assert_eq!(missing(FREE_DELIVERY_MINOR_UNITS - 1_50).as_deref(), Some("£1.50 more for free delivery"));
        assert_eq!(missing(FREE_DELIVERY_MINOR_UNITS), None);
        assert_eq!(missing_to_free_delivery(pence(1), Delivery::standard(Zone::World)), None);
        assert_eq!(charge(pence(0)), "Free");
        assert_eq!(charge(pence(3_95)), "£3.95");
    }

    #[test]
    fn a_line_says_what_one_costs_where_there_are_more() {
        assert_eq!(line_price(pence(4_00), 1), "£4.00");
        assert_eq!(line_price(pence(4_00), 2), "£8.00 <small>£4.00 each</small>");
    }
}
