use std::fmt;

/// A number of a base unit: `1 tb` and `1,000 GB` are the same quantity, as are `55"` and `139.7 cm`. Exact, in
/// thousandths; decimal prefixes throughout, as makers label their goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quantity {
    thousandths: u64,
    base: &'static str,
}

/// Longest number that counts as a measure, in digits before the point.
const MAX_DIGITS: usize = 9;

/// What units are called, their base unit and how many thousandths of it one of them is.
const UNITS: [(&[&str], &str, u64); 41] = [
    (&["\"", "”", "″", "''", "in", "inch", "inches", "zoll"], "mm", 25_400),
    (&["'", "′", "ft", "foot", "feet"], "mm", 304_800),
    (&["mm", "millimetre", "millimetres", "millimeter", "millimeters"], "mm", 1_000),
    (&["cm", "centimetre", "centimetres", "centimeter", "centimeters"], "mm", 10_000),
    (&["m", "metre", "metres", "meter", "meters", "mtr"], "mm", 1_000_000),
    (&["km"], "mm", 1_000_000_000),
    (&["mg"], "g", 1),
    (&["g", "gm", "gr", "gram", "grams", "gramme", "grammes"], "g", 1_000),
    (&["kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"], "g", 1_000_000),
    (&["lb", "lbs"], "lb", 1_000),
    (&["oz", "ounce", "ounces"], "oz", 1_000),
    (&["ml", "millilitre", "millilitres", "milliliter", "milliliters"], "ml", 1_000),
    (&["cl"], "ml", 10_000),
    (&["l", "lt", "ltr", "ltrs", "litre", "litres", "liter", "liters"], "ml", 1_000_000),
    (&["kb"], "mb", 1),
    (&["mb", "mbyte", "megabyte", "megabytes"], "mb", 1_000),
    (&["gb", "gbyte", "gig", "gigabyte", "gigabytes"], "mb", 1_000_000),
    (&["tb", "tbyte", "terabyte", "terabytes"], "mb", 1_000_000_000),
    (&["mbps", "mbit"], "mbps", 1_000),
    (&["gbps", "gbit"], "mbps", 1_000_000),
    (&["w", "watt", "watts"], "w", 1_000),
    (&["kw", "kilowatt", "kilowatts"], "w", 1_000_000),
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
    (&["pc", "pcs", "piece", "pieces", "pk", "pack"], "pcs", 1_000),
    (&["tog"], "tog", 1_000),
    (&["btu"], "btu", 1_000),
];

impl Quantity {
    /// A number in digits, with at most three behind the point, and a unit that stands apart from it,
    /// in small letters; `None` where it is not one. `2 in 1` measures nothing.
    pub fn new(number: &str, unit: &str) -> Option<Self> {
        if unit == "in" { None } else { Self::of(number, unit) }
    }

    fn of(number: &str, unit: &str) -> Option<Self> {
        let (_, base, factor) = UNITS.iter().find(|(names, ..)| names.contains(&unit))?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = !whole.is_empty() && whole.len() <= MAX_DIGITS && fraction.len() <= 3;
        if !is_number || !digits(whole) || !digits(fraction) {
            return None;
        }
        let number: u64 = format!("{whole}{fraction:0<3}").parse().ok()?;
        Some(Self { thousandths: number.checked_mul(*factor)? / 1_000, base })
    }

    /// Splits `55inch`, `55"` or `3.7ghz`, in small letters.
    pub fn from_word(word: &str) -> Option<Self> {
        let end = word.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
        let (number, unit) = word.split_at(end);
        Self::of(&number.replace(',', ""), unit)
    }

    /// The unit that it is counted in; only quantities of one base compare.
    pub const fn base(self) -> &'static str {
        self.base
    }

    pub const fn thousandths(self) -> u64 {
        self.thousandths
    }

    /// Whether people write a unit so, in small letters.
    pub fn is_unit(word: &str) -> bool {
        UNITS.iter().any(|(names, ..)| names.contains(&word))
    }
}

impl fmt::Display for Quantity {
    /// Digits and base unit without a space: `1000000mb`, `2.5mah`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.thousandths / 1_000, self.thousandths % 1_000);
        if fraction == 0 {
            write!(f, "{whole}{}", self.base)
        } else {
            let fraction = format!("{fraction:03}");
            write!(f, "{whole}.{}{}", fraction.trim_end_matches('0'), self.base)
        }
    }
}
