use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::CouponRefusal;
use crate::pricing::tax::CustomerKind;

/// Whom a promotion is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Customers {
    #[default]
    Everyone,
    /// Who is signed in.
    Accounts,
    /// Who has ordered nothing that stands, as an account or under the e-mail address.
    New,
    /// Who names a VAT number.
    Business,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be empty, accounts, new or business")]
pub struct CustomersError;

/// What promotions ask of a shopper. What nobody knows yet fits none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    pub is_signed_in: bool,
    /// Whether there is no order before; `None` while neither account nor address is known.
    pub is_new: Option<bool>,
    /// `None` as long as the checkout doesn't know who buys.
    pub kind: Option<CustomerKind>,
}

impl Customers {
    pub const ALL: [Self; 4] = [Self::Everyone, Self::Accounts, Self::New, Self::Business];

    /// Its name in tables.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Accounts => "accounts",
            Self::New => "new",
            Self::Business => "business",
        }
    }

    /// Why a shopper is none of them.
    pub(super) fn refusal(self, shopper: Standing) -> Option<CouponRefusal> {
        match self {
            Self::Everyone => None,
            Self::Accounts => (!shopper.is_signed_in).then_some(CouponRefusal::ForAccounts),
            Self::New => match shopper.is_new {
                Some(true) => None,
                Some(false) => Some(CouponRefusal::NotNew),
                None => Some(CouponRefusal::ForNew),
            },
            Self::Business => (shopper.kind != Some(CustomerKind::Business)).then_some(CouponRefusal::ForBusinesses),
        }
    }
}

impl FromStr for Customers {
    type Err = CustomersError;

    /// An empty text is everyone.
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let named = |customers: &Self| customers.parameter() == raw;
        if raw.is_empty() { Ok(Self::Everyone) } else { Self::ALL.into_iter().find(named).ok_or(CustomersError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promotion_is_for_those_who_are_known_to_fit() {
        let nobody = Standing::default();
        let signed_in = |is_new| Standing { is_signed_in: true, is_new: Some(is_new), ..nobody };
        let guest = |kind| Standing { is_new: Some(true), kind: Some(kind), ..nobody };
        let fits = |shopper: Standing| Customers::ALL.map(|customers| customers.refusal(shopper).is_none());
        assert_eq!(fits(nobody), [true, false, false, false]);
        assert_eq!(fits(signed_in(true)), [true, true, true, false]);
        assert_eq!(fits(signed_in(false)), [true, true, false, false]);
        assert_eq!(fits(guest(CustomerKind::Private)), [true, false, true, false]);
        assert_eq!(fits(guest(CustomerKind::Business)), [true, false, true, true]);
        let keeps = |shopper| Customers::New.refusal(shopper).map(CouponRefusal::may_pass);
        assert_eq!((keeps(nobody), keeps(signed_in(false))), (Some(true), Some(false)));
    }

    #[test]
    fn customers_are_read_as_they_are_written() {
        for customers in Customers::ALL {
            assert_eq!(customers.parameter().parse(), Ok(customers));
        }
        assert_eq!("".parse(), Ok(Customers::Everyone));
        assert_eq!("friends".parse::<Customers>(), Err(CustomersError));
    }
}
