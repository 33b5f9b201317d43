//! Numbers as people write them: with points, commas and fractions.

/// Longest number that counts as one of a measure, in digits before the point.
const MAX_DIGITS: usize = 9;
/// Digits behind the point.
const MAX_DECIMALS: usize = 3;
/// Parts of a whole are no smaller: rulers and drills end at sixty-fourths.
const MAX_DENOMINATOR: u64 = 64;

/// A number as people say it of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// As one word: with a point for a comma, without needless zeros, `1-1/2` for `1 1/2`.
    pub(super) text: String,
    pub(super) thousandths: u64,
    /// What is added to them, as a fraction of one.
    pub(super) numerator: u64,
    pub(super) denominator: u64,
}

impl Number {
    /// Whether nobody counts things so.
    pub(super) fn is_broken(&self) -> bool {
        self.numerator > 0 || !self.thousandths.is_multiple_of(1_000)
    }

    pub(super) fn whole(number: u64) -> Self {
        Self { text: number.to_string(), thousandths: number.saturating_mul(1_000), numerator: 0, denominator: 1 }
    }

    /// The number that a text begins with, and its length in bytes: `1/2`, `1 1/2` and `1-1/2` are one.
    pub(super) fn at_start(text: &str) -> Option<(Self, usize)> {
        let (whole, end) = Self::decimal(text)?;
        if let Some((fraction, length)) = fraction(text) {
            return Some((fraction, length));
        }
        let is_whole = !whole.is_broken() && whole.text.len() == end;
        let apart = text[end..].strip_prefix([' ', '-']).filter(|_| is_whole);
        let Some((fraction, length)) = apart.and_then(fraction) else { return Some((whole, end)) };
        let text = format!("{}-{}", whole.text, fraction.text);
        Some((Self { text, thousandths: whole.thousandths, ..fraction }, end + 1 + length))
    }

    fn decimal(text: &str) -> Option<(Self, usize)> {
        let raw = run(text);
        let number = plain_number(raw)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
        if whole.len() > MAX_DIGITS || fraction.len() > MAX_DECIMALS {
            return None;
        }
        let thousandths = format!("{whole}{fraction:0<MAX_DECIMALS$}").parse().ok()?;
        Some((Self { text: number, thousandths, numerator: 0, denominator: 1 }, raw.len()))
    }
}

/// The digits that a text begins with, with the points and commas between them.
pub fn run(text: &str) -> &str {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let goes_on = |at: &usize| is_digit(*at) || (matches!(text.as_bytes()[*at], b'.' | b',') && is_digit(at + 1));
    let end = if is_digit(0) { (0..text.len()).find(|at| !goes_on(at)).unwrap_or(text.len()) } else { 0 };
    &text[..end]
}

/// Digits with points and commas between them as one number with at most one point, without needless zeros: `1,5`
/// and `1.50` are `1.5`, `10,000` and `10.000,00` are `10000`. `None` for a list such as `1,2,3`, and for a version
/// such as `1.2.3`.
pub fn plain_number(raw: &str) -> Option<String> {
    let count = |sign: char| raw.matches(sign).count();
    let (whole, fraction) = match (count('.'), count(',')) {
        (0, 0) => (raw, ""),
        (_, 1..) if is_grouped(raw, ',') => (raw, ""),
        (2.., 0) if is_grouped(raw, '.') => (raw, ""),
        (1, 0) => raw.split_once('.')?,
        (0, 1) => raw.split_once(',')?,
        // The last sign is the point, and all before it are between groups.
        (1, _) if raw.rfind('.') > raw.rfind(',') => raw.split_once('.').filter(|(whole, _)| is_grouped(whole, ','))?,
        (_, 1) => raw.split_once(',').filter(|(whole, _)| is_grouped(whole, '.'))?,
        _ => return None,
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = whole.replace(['.', ','], "");
    if whole.is_empty() || !digits(&whole) || !digits(fraction) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    Some(if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") })
}

/// Whether signs stand before every three digits, as in `1,234,567`, and nowhere else. Nobody writes `0,125` for
/// a hundred and twenty-five.
fn is_grouped(text: &str, sign: char) -> bool {
    let mut groups = text.split(sign);
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let begins = (1..=3).contains(&first.len()) && !first.starts_with('0') && digits(first);
    begins && text.contains(sign) && groups.all(|group| group.len() == 3 && digits(group))
}

/// `1/2`, with nothing behind it that would make it another thing, as in `1/2.3` or `1/2/3`.
fn fraction(text: &str) -> Option<(Number, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let above = digits(text);
    let below = text.get(above..)?.strip_prefix('/')?;
    let length = digits(below);
    if !(1..=2).contains(&above) || !(1..=2).contains(&length) || is_continued(&below[length..]) {
        return None;
    }
    let (numerator, denominator): (u64, u64) = (text[..above].parse().ok()?, below[..length].parse().ok()?);
    let is_part = (1..denominator).contains(&numerator) && denominator <= MAX_DENOMINATOR;
    let text = format!("{numerator}/{denominator}");
    is_part.then_some((Number { text, thousandths: 0, numerator, denominator }, above + 1 + length))
}

fn is_continued(behind: &str) -> bool {
    let mut chars = behind.chars();
    matches!(chars.next(), Some('.' | ',' | '/')) && chars.next().is_some_and(|next| next.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_commas_are_read_as_people_mean_them() {
        for (raw, number) in [
            ("1,5", "1.5"),
            ("2,50", "2.5"),
            ("0,125", "0.125"),
            ("10,000", "10000"),
            ("1,234,567", "1234567"),
            ("1.234.567", "1234567"),
            ("1,234.50", "1234.5"),
            ("1.234,50", "1234.5"),
            ("3.70", "3.7"),
            ("10.000", "10"),
            ("007", "007"),
        ] {
            assert_eq!(plain_number(raw).as_deref(), Some(number), "{raw}");
        }
        for none in ["1,2,3", "1.2.3", "10,20,30", "1,2.3,4", "", ",5"] {
            assert_eq!(plain_number(none), None, "{none}");
        }
    }

    #[test]
    fn fractions_are_numbers_and_what_only_looks_like_one_is_not() {
        let read = |text| Number::at_start(text).map(|(number, length)| format!("{} {length}", number.text));
        for (text, expected) in [
            ("1/2 inch", "1/2 3"),
            ("1 1/2 in", "1-1/2 5"),
            ("1-3/4\"", "1-3/4 5"),
            ("63/64", "63/64 5"),
            ("1,5 kg", "1.5 3"),
            ("1/65", "1 1"),
            ("1/2.3 inch", "1 1"),
            ("3/2", "3 1"),
            ("1 5", "1 1"),
            ("123456789", "123456789 9"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for none in ["", "inch", "1.2.3", "1234567890", "1.2345"] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
