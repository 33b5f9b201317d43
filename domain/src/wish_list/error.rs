use serde::{Deserialize, Serialize};

use super::{MAX_LISTS, MAX_WISHES, WishListName, WishNote};

/// Why something about a list was not done; it is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum WishListError {
    /// Also for another customer's list: nobody learns that there is one.
    #[error("there is no such list; it may have been removed")]
    NoSuchList,
    #[error("that is no longer on the list")]
    NoSuchWish,
    #[error("you have {MAX_LISTS} lists; please remove one first")]
    TooManyLists,
    #[error("a list holds {MAX_WISHES} things; please remove some first")]
    TooManyWishes,
    #[error("give the list a name of at most {max} characters", max = WishListName::MAX_CHARS)]
    NotAName,
    #[error("a note has at most {max} characters", max = WishNote::MAX_CHARS)]
    NotANote,
    #[error("that is no longer sold")]
    NotSold,
    #[error("the list was changed in another window; please try again")]
    Changed,
    #[error("your lists can't be opened at the moment; nothing on them is lost, please try again")]
    Unavailable,
}
