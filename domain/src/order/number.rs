use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::bounded_text;

/// The key of an order everywhere behind the pages; made before the order is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OrderId(Uuid);

impl OrderId {
    pub const fn new(random: Uuid) -> Self {
        Self(random)
    }

    /// What every id comes after that is made from a moment on: an id begins with its milliseconds since
    /// 1970 (RFC 9562, section 5.7).
    pub fn before_all_since(moment: Timestamp) -> Self {
        const BITS_AFTER_TIME: u32 = 80;
        let since_ms = u128::try_from(moment.as_millisecond()).unwrap_or_default();
        Self(Uuid::from_u128(since_ms << BITS_AFTER_TIME))
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.simple().fmt(f)
    }
}

impl FromStr for OrderId {
    type Err = uuid::Error;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        raw.parse().map(Self)
    }
}

/// Crockford's base 32: no I, L, O or U, so that a number can be read out on the telephone
/// (<https://www.crockford.com/base32.html>).
pub(crate) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DIGITS: usize = 10;

/// The number that a shopper knows an order by: `CG-7K4M2-P9QXA`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrderNumber([u8; DIGITS]);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must look like CG-7K4M2-P9QXA; you find it in the confirmation")]
pub struct OrderNumberError;

impl From<OrderId> for OrderNumber {
    /// The last 50 bits of the id, which are random in every version of UUID that we make.
    fn from(OrderId(id): OrderId) -> Self {
        let mut bits = id.as_u128();
        let mut digits = [b'0'; DIGITS];
        for digit in digits.iter_mut().rev() {
            *digit = ALPHABET[(bits & 31) as usize];
            bits >>= 5;
        }
        Self(digits)
    }
}

impl FromStr for OrderNumber {
    type Err = OrderNumberError;

    /// Forgives lower case, missing hyphens or prefix, and letters that look like digits.
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let upper = raw.trim().to_ascii_uppercase();
        let body = upper.strip_prefix("CG").unwrap_or(&upper);
        let mut digits = [0; DIGITS];
        let mut places = digits.iter_mut();
        for c in body.bytes().filter(|b| !matches!(b, b'-' | b' ')) {
            let digit = match c {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
            if !ALPHABET.contains(&digit) {
                return Err(OrderNumberError);
            }
            *places.next().ok_or(OrderNumberError)? = digit;
        }
        if places.next().is_some() { Err(OrderNumberError) } else { Ok(Self(digits)) }
    }
}

impl TryFrom<String> for OrderNumber {
    type Error = OrderNumberError;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        raw.parse()
    }
}

impl From<OrderNumber> for String {
    fn from(number: OrderNumber) -> Self {
        number.to_string()
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = std::str::from_utf8(&self.0).unwrap_or_default();
        let (first, second) = text.split_at(DIGITS / 2);
        write!(f, "CG-{first}-{second}")
    }
}

bounded_text!(
    /// Proves that its bearer may read one order; part of the order's address. The server makes
    /// it from the order's number and its own secret.
    OrderAccess, 64
);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_forgiving_when_typed() {
        let number: OrderNumber = "CG-7K4M2-P9QX1".parse().unwrap();
        for typed in ["cg-7k4m2-p9qx1", " 7K4M2P9QXL ", "CG 7k4m2 p9qxi"] {
            assert_eq!(typed.parse(), Ok(number));
        }
        for wrong in ["", "CG-", "CG-7K4M2-P9QX", "CG-7K4M2-P9QX11", "CG-7K4M2-P9QXU", "' OR 1=1"] {
            assert_eq!(wrong.parse::<OrderNumber>(), Err(OrderNumberError));
        }
    }

    #[test]
    fn ids_of_a_day_come_after_its_beginning() {
        let since = |moment: &str| OrderId::before_all_since(moment.parse().unwrap()).to_string();
        let id = "0197b2c4d5e67f8091a2b3c4d5e6f708";
        let made: Timestamp = Timestamp::from_millisecond(0x0197_b2c4_d5e6).unwrap();
        assert!(since(&made.to_string()).as_str() < id);
        assert!(since(&(made + std::time::Duration::from_millis(1)).to_string()).as_str() > id);
        assert_eq!(since("1969-12-31T23:59:59Z"), "0".repeat(32));
    }

    proptest! {
        #[test]
        fn every_order_has_a_number_that_reads_back(bits in any::<u128>()) {
            let number = OrderNumber::from(OrderId::new(Uuid::from_u128(bits)));
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }
    }
}
