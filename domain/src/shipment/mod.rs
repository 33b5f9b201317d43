//! Shipment: how an order reaches the shopper, what that costs and when it arrives, by how far away
//! the address is. Guards the rule that nothing is promised which does not hold there. Pure so far;
//! the product page, the cart, the checkout and what search engines read promise with the same
//! functions.

mod delivery;
mod zone;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;

pub use delivery::{Delivery, DeliveryOption, FREE_DELIVERY_MINOR_UNITS};
pub use zone::{Zone, customs_note};

/// Days after delivery within which a shopper may change their mind: the law of the United Kingdom
/// (Consumer Contracts Regulations 2013) and of the European Union (Directive 2011/83/EU).
pub const RETURN_DAYS: u32 = 14;

fn next_working_day(day: Date) -> Date {
    let mut next = day.saturating_add(jiff::Span::new().days(1));
    while matches!(next.weekday(), Weekday::Saturday | Weekday::Sunday) {
        next = next.saturating_add(jiff::Span::new().days(1));
    }
    next
}

/// What the clock on the store's wall shows at a moment; the store keeps universal time.
pub fn store_time(now: Timestamp) -> DateTime {
    Offset::UTC.to_datetime(now)
}

/// The day that it is in the store at a moment.
pub fn store_day(now: Timestamp) -> Date {
    store_time(now).date()
}

/// When the day began that it is in the store at a moment.
pub fn store_day_began(now: Timestamp) -> Timestamp {
    Offset::UTC.to_timestamp(store_day(now).at(0, 0, 0, 0)).unwrap_or(now)
}

/// A day as a shopper reads it: `Wednesday 2 December`.
pub fn spoken_day(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let weekday = match day.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    let month = usize::try_from(day.month() - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default();
    format!("{weekday} {} {month}", day.day())
}
