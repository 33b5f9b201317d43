//! Whether the digits of a number fit each other. Each function is given what stands after the code of the
//! country, in a shape of that country.

/// Modulo 97, and 55 off to either side since 2009; government departments have three digits below 500, health
/// authorities others. What follows nine digits is a branch.
pub(super) fn gb(signs: &[u8]) -> bool {
    match signs {
        [b'G', b'D', number @ ..] => value(number) < 500,
        [b'H', b'A', number @ ..] => value(number) >= 500,
        _ => value(signs) > 0 && matches!(weighed(signs, &[8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97, 0 | 42 | 55),
    }
}

/// The first digit is one too many.
pub(super) fn au(signs: &[u8]) -> bool {
    let sum = weighed(signs, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    signs.first() != Some(&b'0') && (sum + 79).is_multiple_of(89)
}

/// After the letter U.
pub(super) fn at(signs: &[u8]) -> bool {
    let digits = signs.get(1..).unwrap_or_default();
    digits.split_last().is_some_and(|(check, others)| (luhn(others) + digit(*check) + 4).is_multiple_of(10))
}

pub(super) fn be(signs: &[u8]) -> bool {
    let (number, check) = signs.split_at_checked(8).unwrap_or_default();
    matches!(signs.first(), Some(b'0' | b'1')) && value(number) > 0 && (value(number) + value(check)).is_multiple_of(97)
}

/// What follows nine digits is the account.
pub(super) fn ca(signs: &[u8]) -> bool {
    signs.get(..9).is_some_and(|number| value(number) > 0 && luhn(number).is_multiple_of(10))
}

pub(super) fn dk(signs: &[u8]) -> bool {
    begins(signs) && weighed(signs, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

pub(super) fn fi(signs: &[u8]) -> bool {
    value(signs) > 0 && weighed(signs, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11)
}

/// A key of two signs and the number of a business, which has a check digit of its own but in Monaco, where
/// it begins with three zeros.
pub(super) fn fr(signs: &[u8]) -> bool {
    let (key, number) = signs.split_at_checked(2).unwrap_or_default();
    let is_known = number.starts_with(b"000") || luhn(number).is_multiple_of(10);
    is_known && fits_key(key, value(number))
}

/// A key with a letter is of the newer kind; I and O are no letters of it.
fn fits_key(key: &[u8], number: u64) -> bool {
    const KEYS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    if key.iter().all(u8::is_ascii_digit) {
        return value(key) == (number * 100 + 12) % 97;
    }
    let places: Vec<u64> = key.iter().filter_map(|sign| place_in(KEYS, *sign)).collect();
    let check = match places[..] {
        [first @ ..10, second] => (first * 24 + second).checked_sub(10),
        [first, second] => (first * 34 + second).checked_sub(100),
        _ => None,
    };
    check.is_some_and(|check| (number + 1 + check / 11) % 11 == check % 11)
}

/// ISO 7064, modulo 11, 10.
pub(super) fn de(signs: &[u8]) -> bool {
    let product = |product: u64, sign: &u8| match (product + digit(*sign)) % 10 {
        0 => 9,
        sum => sum * 2 % 11,
    };
    let split = signs.split_last();
    begins(signs) && split.is_some_and(|(check, others)| (others.iter().fold(10, product) + digit(*check)) % 10 == 1)
}

/// A second letter counts nine times. Of the old kind, the first digit is the last one.
pub(super) fn ie(signs: &[u8]) -> bool {
    const LETTERS: &[u8] = b"WABCDEFGHIJKLMNOPQRSTUV";
    let (sum, check) = match signs {
        [first, letter, rest @ .., check] if letter.is_ascii_uppercase() => {
            (weighed(rest, &[7, 6, 5, 4, 3]) + 2 * digit(*first), check)
        }
        [.., check, more] if check.is_ascii_uppercase() => {
            let Some(more) = place_in(LETTERS, *more) else { return false };
            (weighed(signs, &[8, 7, 6, 5, 4, 3, 2]) + 9 * more, check)
        }
        [.., check] => (weighed(signs, &[8, 7, 6, 5, 4, 3, 2]), check),
        [] => return false,
    };
    place_in(LETTERS, *check) == Some(sum % 23)
}

pub(super) fn it(signs: &[u8]) -> bool {
    signs.iter().any(|sign| *sign != b'0') && luhn(signs).is_multiple_of(10)
}

/// The first digit is the check digit.
pub(super) fn jp(signs: &[u8]) -> bool {
    let split = signs.split_first();
    split.is_some_and(|(check, others)| digit(*check) == 9 - weighed(others, &[2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]) % 9)
}

pub(super) fn lu(signs: &[u8]) -> bool {
    let (number, check) = signs.split_at_checked(6).unwrap_or_default();
    value(number) > 0 && value(number) % 89 == value(check)
}

/// By the nine digits, or, as sole traders have it since 2020, by all signs with the code of the country
/// (ISO 7064, modulo 97, 10: letters count from 10).
pub(super) fn nl(signs: &[u8]) -> bool {
    let number = signs.get(..9).unwrap_or_default();
    let all = b"NL".iter().chain(signs).fold(0, |rest, sign| match sign {
        b'0'..=b'9' => (rest * 10 + digit(*sign)) % 97,
        letter => (rest * 100 + u64::from(letter.saturating_sub(b'A')) + 10) % 97,
    });
    let check = number.last().map_or(0, |sign| digit(*sign));
    value(number) > 0 && (weighed(number, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == check || all == 1)
}

/// A check digit of 10 is counted again with other weights.
pub(super) fn nz(signs: &[u8]) -> bool {
    let Some((check, others)) = signs.split_last() else { return false };
    let others: Vec<u8> = std::iter::repeat_n(b'0', 8 - others.len().min(8)).chain(others.iter().copied()).collect();
    let check_by = |weights: &[u64]| (11 - weighed(&others, weights) % 11) % 11;
    let right = match check_by(&[3, 2, 7, 6, 5, 4, 3, 2]) {
        10 => check_by(&[7, 4, 3, 2, 5, 2, 7, 6]),
        right => right,
    };
    (10_000_001..150_000_000).contains(&value(signs)) && digit(*check) == right
}

/// What follows nine digits says that the business pays tax.
pub(super) fn no(signs: &[u8]) -> bool {
    begins(signs) && weighed(signs, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

pub(super) fn pl(signs: &[u8]) -> bool {
    let split = signs.split_last();
    value(signs) > 0
        && split.is_some_and(|(check, _)| weighed(signs, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digit(*check))
}

pub(super) fn pt(signs: &[u8]) -> bool {
    let check = (11 - weighed(signs, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10;
    begins(signs) && signs.last().is_some_and(|last| digit(*last) == check)
}

/// Companies have a letter before and a digit or letter at the end, residents a letter at the end, foreigners
/// and some others one at both ends.
pub(super) fn es(signs: &[u8]) -> bool {
    const OF_PEOPLE: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    const OF_COMPANIES: &[u8] = b"JABCDEFGHI";
    let [first, number @ .., check] = signs else { return false };
    let fits_person =
        |begins_with: u64| place_in(OF_PEOPLE, *check) == Some((begins_with * 10_000_000 + value(number)) % 23);
    match first {
        b'0'..=b'9' => fits_person(digit(*first)),
        b'K' | b'L' | b'M' => fits_person(0),
        b'X' | b'Y' | b'Z' => fits_person(u64::from(first - b'X')),
        b'A'..=b'H' | b'J' | b'N' | b'P'..=b'S' | b'U'..=b'W' => {
            let right = (10 - luhn(&[number, b"0"].concat()) % 10) % 10;
            let typed = if check.is_ascii_digit() { Some(digit(*check)) } else { place_in(OF_COMPANIES, *check) };
            typed == Some(right)
        }
        _ => false,
    }
}

/// What follows ten digits is the same for all.
pub(super) fn se(signs: &[u8]) -> bool {
    signs.get(..10).is_some_and(|number| value(number) > 0 && luhn(number).is_multiple_of(10))
}

/// After the letter E. What follows nine digits says that the business pays tax.
pub(super) fn ch(signs: &[u8]) -> bool {
    let digits = signs.get(1..).unwrap_or_default();
    value(digits.get(..9).unwrap_or_default()) > 0 && weighed(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 1]).is_multiple_of(11)
}

/// What a digit is worth; letters are worth nothing.
fn digit(sign: u8) -> u64 {
    if sign.is_ascii_digit() { u64::from(sign - b'0') } else { 0 }
}

fn value(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |value, sign| value * 10 + digit(*sign))
}

/// The sum of the first digits, each as often as it weighs.
fn weighed(digits: &[u8], weights: &[u64]) -> u64 {
    digits.iter().zip(weights).map(|(sign, weight)| digit(*sign) * weight).sum()
}

/// The sum of ISO/IEC 7812-1, annex B, with the check digit last.
fn luhn(digits: &[u8]) -> u64 {
    let doubled = |value: u64| if value > 4 { value * 2 - 9 } else { value * 2 };
    let worth =
        |(place, sign): (usize, &u8)| if place.is_multiple_of(2) { digit(*sign) } else { doubled(digit(*sign)) };
    digits.iter().rev().enumerate().map(worth).sum()
}

/// Whether a number begins with a digit other than zero.
fn begins(signs: &[u8]) -> bool {
    signs.first().is_some_and(|first| *first != b'0')
}

fn place_in(signs: &[u8], sign: u8) -> Option<u64> {
    signs.iter().position(|other| *other == sign).and_then(|place| u64::try_from(place).ok())
}
