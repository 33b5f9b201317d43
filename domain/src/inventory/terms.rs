use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{LOW_STOCK_UNITS, Later, LimitPeriod, LowMark, PurchaseLimit, Quantity, QuantityError, StockPolicy};

/// How a SKU is sold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleTerms {
    #[serde(default)]
    pub policy: StockPolicy,
    #[serde(default)]
    pub limit: Option<PurchaseLimit>,
    /// None is as of most SKUs.
    #[serde(default)]
    pub low: Option<LowMark>,
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
    #[error("low stock must be a number of units, at most {max}", max = LowMark::MAX_UNITS)]
    LowMark,
    #[error("stock can't be reached at the moment; nothing was changed, please try again")]
    Unavailable,
}

impl SaleTerms {
    /// The fields of a form about them, in the order in which [`Self::from_fields`] reads them.
    pub const FIELDS: [&'static str; 6] =
        ["policy", "policy_day", "policy_units", "limit_units", "limit_period", "low_units"];

    /// At or below how many units shoppers are told how many are left.
    pub const fn low_units(self) -> u32 {
        match self.low {
            Some(mark) => mark.units(),
            None => LOW_STOCK_UNITS,
        }
    }

    /// Reads what somebody typed on a day. Nothing is typed of what doesn't apply, or does no harm there.
    ///
    /// # Errors
    /// What can't be read, or the day has passed.
    pub fn from_fields(fields: [&str; 6], today: Date) -> Result<Self, TermsError> {
        let [policy, day, units, limit, period, low] = fields.map(str::trim);
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
        let low = if low.is_empty() { None } else { Some(low.parse()?) };
        if limit.is_empty() {
            return Ok(Self { policy, limit: None, low });
        }
        let units: Quantity = limit.parse().map_err(TermsError::Limit)?;
        let period = LimitPeriod::from_parameter(period).ok_or(TermsError::Period)?;
        Ok(Self { policy, limit: Some(PurchaseLimit::try_from((units, period))?), low })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read([policy, day, units, limit, period]: [&str; 5]) -> Result<SaleTerms, TermsError> {
        SaleTerms::from_fields([policy, day, units, limit, period, ""], "2026-12-01".parse().unwrap())
    }

    #[test]
    fn terms_are_read_from_a_form() {
        assert_eq!(read(["stop", "", "", "", "ever"]), Ok(SaleTerms::default()));
        let later = Later { day: "2026-12-01".parse().unwrap(), units: Quantity::ONE };
        let limit = PurchaseLimit::try_from((Quantity::try_from(2).unwrap(), LimitPeriod::Week)).unwrap();
        let terms = SaleTerms { policy: StockPolicy::Preorder(later), limit: Some(limit), low: None };
        assert_eq!(read(["preorder", " 2026-12-01 ", "1", "2", "week"]), Ok(terms), "today is not too late");
    }

    #[test]
    fn a_mark_of_low_stock_is_the_store_s_own_unless_it_is_typed() {
        let low = |typed| SaleTerms::from_fields(["stop", "", "", "", "", typed], Date::constant(2026, 12, 1));
        let units = |typed| low(typed).map(SaleTerms::low_units);
        assert_eq!((units(""), units(" 12 "), units("0")), (Ok(LOW_STOCK_UNITS), Ok(12), Ok(0)));
        assert_eq!(low("1001"), Err(TermsError::LowMark));
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
