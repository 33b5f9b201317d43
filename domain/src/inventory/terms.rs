use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Later, LimitPeriod, PurchaseLimit, Quantity, QuantityError, StockPolicy};

/// How a SKU is sold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleTerms {
    #[serde(default)]
    pub policy: StockPolicy,
    #[serde(default)]
    pub limit: Option<PurchaseLimit>,
}

/// Why terms are not taken, in words for the person who set them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum TermsError {
    #[error("there is no stock of this SKU")]
    NoSuchSku,
    #[error("please choose whether it is sold when nothing is left")]
    Policy,
    #[error("please give the day that it is expected, like 2027-01-12")]
    Day,
    #[error("the day that it is expected has passed")]
    DayPassed,
    #[error("the units to be sold beyond those on hand: {0}")]
    Units(QuantityError),
    #[error("the units for each customer: {0}")]
    Limit(QuantityError),
    #[error("the units for each customer must be at most {max}", max = PurchaseLimit::MAX_UNITS)]
    LimitTooHigh,
    #[error("please choose how long the limit for each customer counts")]
    Period,
    #[error("stock can't be reached at the moment; nothing was changed, please try again")]
    Unavailable,
}

impl SaleTerms {
    /// The fields of a form about them, in the order in which [`Self::from_fields`] reads them.
    pub const FIELDS: [&'static str; 5] = ["policy", "policy_day", "policy_units", "limit_units", "limit_period"];

    /// Reads what somebody typed on a day. Nothing is typed of what doesn't apply, or does no harm there.
    ///
    /// # Errors
    /// What can't be read, or the day has passed.
    pub fn from_fields(fields: [&str; 5], today: Date) -> Result<Self, TermsError> {
        let [policy, day, units, limit, period] = fields.map(str::trim);
        let later = if policy == StockPolicy::StopAtZero.parameter() {
            None
        } else {
            let day: Date = day.parse().map_err(|_| TermsError::Day)?;
            if day < today {
                return Err(TermsError::DayPassed);
            }
            Some(Later { day, units: units.parse().map_err(TermsError::Units)? })
        };
        let policy = StockPolicy::named(policy, later).ok_or(TermsError::Policy)?;
        if limit.is_empty() {
            return Ok(Self { policy, limit: None });
        }
        let units: Quantity = limit.parse().map_err(TermsError::Limit)?;
        let period = LimitPeriod::from_parameter(period).ok_or(TermsError::Period)?;
        Ok(Self { policy, limit: Some(PurchaseLimit::try_from((units, period))?) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: [&str; 5]) -> Result<SaleTerms, TermsError> {
        SaleTerms::from_fields(fields, "2026-12-01".parse().unwrap())
    }

    #[test]
    fn terms_are_read_from_a_form() {
        assert_eq!(read(["stop", "", "", "", "ever"]), Ok(SaleTerms::default()));
        let later = Later { day: "2026-12-01".parse().unwrap(), units: Quantity::ONE };
        let limit = PurchaseLimit::try_from((Quantity::try_from(2).unwrap(), LimitPeriod::Week)).unwrap();
        let terms = SaleTerms { policy: StockPolicy::Preorder(later), limit: Some(limit) };
        assert_eq!(read(["preorder", " 2026-12-01 ", "1", "2", "week"]), Ok(terms), "today is not too late");
    }

    #[test]
    fn terms_say_what_is_wrong_with_them() {
        for (fields, wrong) in [
            (["", "2027-01-12", "5", "", ""], TermsError::Policy),
            (["sometimes", "2027-01-12", "5", "", ""], TermsError::Policy),
            (["backorder", "soon", "5", "", ""], TermsError::Day),
            (["backorder", "2026-11-30", "5", "", ""], TermsError::DayPassed),
            (["preorder", "2027-01-12", "0", "", ""], TermsError::Units(QuantityError::Zero)),
            (["stop", "", "", "many", "ever"], TermsError::Limit(QuantityError::NotANumber)),
            (["stop", "", "", "1000", "ever"], TermsError::LimitTooHigh),
            (["stop", "", "", "999", "always"], TermsError::Period),
        ] {
            assert_eq!(read(fields), Err(wrong), "{fields:?}");
        }
        assert!(read(["stop", "", "", "999", "ever"]).is_ok());
    }
}
