use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::WishListError;
use crate::account::AccountId;
use crate::bounded_text;
use crate::catalog::Sku;
use crate::id::random_id;
use crate::pricing::{Money, Price};
use crate::review::PublicName;
use crate::text::check_visible;

/// Lists of one customer.
pub const MAX_LISTS: usize = 20;
/// Things on one list.
pub const MAX_WISHES: usize = 100;

random_id!(
    /// The key of a list. It opens nothing: whose list it is decides.
    WishListId
);
random_id!(
    /// What a shared list is opened with, by whoever knows it: 122 random bits.
    ShareKey
);

bounded_text!(
    /// What a list is called.
    WishListName, 60, check_visible
);

bounded_text!(
    /// What its owner notes about a thing on a list.
    WishNote, 200, check_visible
);

/// One thing on a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub sku: Sku,
    /// Whether the variant was chosen; else the SKU stands for its look, and the fit is still open.
    pub is_chosen: bool,
    /// What one unit cost when it was put there.
    pub price: Price,
    pub added_at: Timestamp,
    pub note: Option<WishNote>,
}

/// How a list is shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub key: ShareKey,
    /// Whom the others read that it is of.
    pub by: PublicName,
}

/// A customer's list, the newest wish first; no SKU stands on it twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WishList {
    id: WishListId,
    owner: AccountId,
    /// Counts its changes.
    version: u32,
    name: WishListName,
    wishes: Vec<Wish>,
    share: Option<Share>,
}

/// One thing that its owner does to a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WishChange {
    /// What is on the list already stays as it was, with the price of then.
    Add {
        wish: Wish,
    },
    Remove {
        sku: Sku,
    },
    Note {
        sku: Sku,
        note: Option<WishNote>,
    },
    Rename {
        name: WishListName,
    },
    /// A list that is shared keeps the key it has.
    Share {
        share: Share,
    },
    StopSharing,
}

impl WishList {
    pub const fn new(id: WishListId, owner: AccountId, name: WishListName) -> Self {
        Self { id, owner, version: 0, name, wishes: Vec::new(), share: None }
    }

    pub const fn id(&self) -> WishListId {
        self.id
    }

    pub const fn owner(&self) -> AccountId {
        self.owner
    }

    pub const fn version(&self) -> u32 {
        self.version
    }

    pub const fn name(&self) -> &WishListName {
        &self.name
    }

    pub fn wishes(&self) -> &[Wish] {
        &self.wishes
    }

    pub const fn share(&self) -> Option<&Share> {
        self.share.as_ref()
    }

    /// The list after a change, one version on.
    ///
    /// # Errors
    /// [`WishListError::TooManyWishes`] or [`WishListError::NoSuchWish`]; the list is then as it was.
    pub fn apply(&self, change: &WishChange) -> Result<Self, WishListError> {
        let mut next = self.clone();
        next.version = self.version.saturating_add(1);
        match change {
            WishChange::Add { wish } if next.wishes.iter().any(|known| known.sku == wish.sku) => {}
            WishChange::Add { .. } if next.wishes.len() == MAX_WISHES => return Err(WishListError::TooManyWishes),
            WishChange::Add { wish } => next.wishes.insert(0, wish.clone()),
            WishChange::Remove { sku } => {
                let place = next.wishes.iter().position(|wish| wish.sku == *sku).ok_or(WishListError::NoSuchWish)?;
                next.wishes.remove(place);
            }
            WishChange::Note { sku, note } => {
                let wish = next.wishes.iter_mut().find(|wish| wish.sku == *sku).ok_or(WishListError::NoSuchWish)?;
                wish.note.clone_from(note);
            }
            WishChange::Rename { name } => next.name = name.clone(),
            WishChange::Share { share } => next.share = next.share.or_else(|| Some(share.clone())),
            WishChange::StopSharing => next.share = None,
        }
        Ok(next)
    }
}

/// How the price of a thing went since it was put on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceStep {
    Less(Money),
    More(Money),
}

impl PriceStep {
    /// `None` where it costs the same, or is priced in another currency now.
    pub fn between(then: Price, now: Price) -> Option<Self> {
        let difference = now.money().minus(then.money()).ok()?;
        match difference.minor_units() {
            0 => None,
            units if units < 0 => then.money().minus(now.money()).ok().map(Self::Less),
            _ => Some(Self::More(difference)),
        }
    }
}

impl fmt::Display for PriceStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Less(by) => write!(f, "{by} less than when you added it"),
            Self::More(by) => write!(f, "{by} more than when you added it"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn sku(number: usize) -> Sku {
        format!("sku-{number}").parse().unwrap()
    }

    fn wish(number: usize) -> Wish {
        let price = "24.50 GBP".parse().unwrap();
        Wish { sku: sku(number), is_chosen: true, price, added_at: Timestamp::UNIX_EPOCH, note: None }
    }

    fn share(number: u128) -> WishChange {
        let share = Share { key: ShareKey::new(Uuid::from_u128(number)), by: "Ada L.".parse().unwrap() };
        WishChange::Share { share }
    }

    fn list() -> WishList {
        let id = Uuid::from_u128(1);
        WishList::new(WishListId::new(id), AccountId::new(id), "Birthday".parse().unwrap())
    }

    fn change() -> impl Strategy<Value = WishChange> {
        (0_usize..8, 0..6).prop_map(|(number, kind)| match kind {
            0 => WishChange::Remove { sku: sku(number) },
            1 => WishChange::Note { sku: sku(number), note: "In green".parse().ok() },
            2 => share(number as u128),
            3 => WishChange::StopSharing,
            _ => WishChange::Add { wish: wish(number) },
        })
    }

    #[test]
    fn the_limits_hold_on_both_sides() {
        let full = (0..MAX_WISHES).try_fold(list(), |list, n| list.apply(&WishChange::Add { wish: wish(n) })).unwrap();
        let one_more = WishChange::Add { wish: wish(MAX_WISHES) };
        assert_eq!(full.apply(&one_more), Err(WishListError::TooManyWishes));
        assert!(full.apply(&WishChange::Add { wish: wish(0) }).is_ok(), "what is on it already needs no room");
        assert!("x".repeat(60).parse::<WishListName>().is_ok() && "x".repeat(61).parse::<WishListName>().is_err());
        assert!("x".repeat(200).parse::<WishNote>().is_ok() && "x".repeat(201).parse::<WishNote>().is_err());
    }

    #[test]
    fn a_link_that_was_taken_back_opens_nothing_any_more() {
        let key = |list: &WishList| list.share().map(|share| share.key);
        let shared = list().apply(&share(1)).unwrap();
        let first = key(&shared);
        assert!(first.is_some());
        assert_eq!(key(&shared.apply(&share(2)).unwrap()), first, "a second press changes nothing");
        let private = shared.apply(&WishChange::StopSharing).unwrap();
        assert_eq!(key(&private), None);
        let again = key(&private.apply(&share(2)).unwrap());
        assert!(again.is_some() && again != first);
    }

    #[test]
    fn a_price_is_compared_with_that_of_then() {
        let step = |then: &str, now: &str| PriceStep::between(then.parse().unwrap(), now.parse().unwrap());
        assert_eq!(step("24.50 GBP", "20.50 GBP").unwrap().to_string(), "£4.00 less than when you added it");
        assert_eq!(step("20 GBP", "20.01 GBP").unwrap().to_string(), "£0.01 more than when you added it");
        assert_eq!((step("20 GBP", "20 GBP"), step("20 GBP", "19 USD")), (None, None));
    }

    proptest! {
        #[test]
        fn no_sku_stands_twice_and_every_change_counts_one_version(changes in prop::collection::vec(change(), 0..60)) {
            let (mut list, mut applied) = (list(), 0);
            for change in &changes {
                if let Ok(next) = list.apply(change) {
                    list = next;
                    applied += 1;
                }
            }
            prop_assert_eq!(list.version(), applied);
            let distinct: std::collections::BTreeSet<_> = list.wishes().iter().map(|wish| &wish.sku).collect();
            prop_assert_eq!(distinct.len(), list.wishes().len());
        }
    }
}
