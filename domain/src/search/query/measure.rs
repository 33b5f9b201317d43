use std::fmt;

use super::number::Number;

/// A number of a base unit: `1 tb` and `1,000 GB` are the same quantity, as are `55"` and `139.7 cm`. Exact, in
/// thousandths; decimal prefixes throughout, as makers label their goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quantity {
    thousandths: u64,
    base: &'static str,
}

/// What units are called, their base unit and how many thousandths of it one of them is.
const UNITS: [(&[&str], &str, u64); 47] = [
    (&["in", "inch", "inches", "zoll"], "mm", 25_400),
    (&["ft", "foot", "feet"], "mm", 304_800),
    (&["yd", "yds", "yard", "yards"], "mm", 914_400),
    (&["mm", "millimetre", "millimetres", "millimeter", "millimeters"], "mm", 1_000),
    (&["cm", "centimetre", "centimetres", "centimeter", "centimeters"], "mm", 10_000),
    (&["m", "metre", "metres", "meter", "meters", "mtr"], "mm", 1_000_000),
    (&["km"], "mm", 1_000_000_000),
    (&["mg"], "g", 1),
    (&["g", "gm", "gr", "gram", "grams", "gramme", "grammes"], "g", 1_000),
    (&["kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"], "g", 1_000_000),
    (&["oz", "ounce", "ounces"], "oz", 1_000),
    (&["lb", "lbs", "pound", "pounds"], "oz", 16_000),
    (&["floz"], "floz", 1_000),
    (&["ml", "millilitre", "millilitres", "milliliter", "milliliters"], "ml", 1_000),
    (&["cl"], "ml", 10_000),
    (&["l", "lt", "ltr", "ltrs", "litre", "litres", "liter", "liters"], "ml", 1_000_000),
    (&["qt", "quart", "quarts"], "qt", 1_000),
    (&["gal", "gallon", "gallons"], "qt", 4_000),
    (&["kb"], "mb", 1),
    (&["mb", "mbyte", "megabyte", "megabytes"], "mb", 1_000),
    (&["gb", "gbyte", "gig", "gigabyte", "gigabytes"], "mb", 1_000_000),
    (&["tb", "tbyte", "terabyte", "terabytes"], "mb", 1_000_000_000),
    (&["mbps", "mbit"], "mbps", 1_000),
    (&["gbps", "gbit"], "mbps", 1_000_000),
    (&["w", "watt", "watts"], "w", 1_000),
    (&["kw", "kilowatt", "kilowatts"], "w", 1_000_000),
    (&["wh"], "wh", 1_000),
    (&["kwh"], "wh", 1_000_000),
    (&["v", "volt", "volts"], "v", 1_000),
    (&["mah"], "mah", 1_000),
    (&["ah"], "mah", 1_000_000),
    (&["hz", "hertz"], "hz", 1_000),
    (&["mhz", "megahertz"], "mhz", 1_000),
    (&["ghz", "gigahertz"], "mhz", 1_000_000),
    (&["db"], "db", 1_000),
    (&["dpi"], "dpi", 1_000),
    (&["fps"], "fps", 1_000),
    (&["rpm"], "rpm", 1_000),
    (&["lm", "lumen", "lumens"], "lm", 1_000),
    (&["mp", "mpix", "mpixel", "megapixel", "megapixels"], "mp", 1_000),
    (&["hr", "hrs", "hour", "hours"], "h", 1_000),
    (&["min", "mins", "minute", "minutes"], "min", 1_000),
    (&["month", "months"], "month", 1_000),
    (&["year", "years", "yr", "yrs"], "year", 1_000),
    (&["pc", "pcs", "piece", "pieces", "pk", "pack", "packs", "ct", "count"], "pcs", 1_000),
    (&["tog"], "tog", 1_000),
    (&["btu"], "btu", 1_000),
];

/// A unit by one of its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) base: &'static str,
    /// How many thousandths of the base unit it is.
    factor: u64,
}

impl Unit {
    pub(super) const INCH: Self = Self { base: "mm", factor: 25_400 };
    pub(super) const FOOT: Self = Self { base: "mm", factor: 304_800 };
    pub(super) const OUNCE: Self = Self { base: "oz", factor: 1_000 };
    pub(super) const POUND: Self = Self { base: "oz", factor: 16_000 };
    pub(super) const PIECE: Self = Self { base: "pcs", factor: 1_000 };
    pub(super) const FLUID_OUNCE: Self = Self { base: "floz", factor: 1_000 };

    /// In small letters.
    pub(super) fn named(name: &str) -> Option<Self> {
        let (_, base, factor) = UNITS.iter().find(|(names, ..)| names.contains(&name))?;
        Some(Self { base, factor: *factor })
    }
}

impl Quantity {
    /// Reads `55inch`, `55"` or `3.7ghz`, in small letters; `None` where it is something else or more.
    pub fn from_word(word: &str) -> Option<Self> {
        let (number, end) = Number::at_start(word)?;
        let (unit, length) = super::size::unit(&number, &word[end..])?;
        if end + length == word.len() { Self::of(&number, unit) } else { None }
    }

    /// The unit that it is counted in; only quantities of one base compare.
    pub const fn base(self) -> &'static str {
        self.base
    }

    pub const fn thousandths(self) -> u64 {
        self.thousandths
    }

    /// A number of a unit; `None` where it is out of bounds.
    pub(super) fn of(number: &Number, unit: Unit) -> Option<Self> {
        let whole = number.thousandths.checked_mul(unit.factor)? / 1_000;
        let fraction = unit.factor * number.numerator / number.denominator;
        Some(Self { thousandths: whole.checked_add(fraction)?, base: unit.base })
    }

    /// Both together, such as feet and inches.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let thousandths = self.thousandths.checked_add(other.thousandths).filter(|_| self.base == other.base)?;
        Some(Self { thousandths, ..self })
    }

    /// Digits without the unit.
    pub(super) fn number(self) -> String {
        let (whole, fraction) = (self.thousandths / 1_000, self.thousandths % 1_000);
        let fraction = format!("{fraction:03}");
        let fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() { whole.to_string() } else { format!("{whole}.{fraction}") }
    }
}

impl fmt::Display for Quantity {
    /// Digits and base unit without a space: `1000000mb`, `2.5mah`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.number(), self.base)
    }
}
