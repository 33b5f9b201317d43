use crate::catalog::Title;

/// A row of products that is for one shopper alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShelfKind {
    /// What they looked at and did not buy.
    KeepLooking,
    /// What they bought before.
    BuyAgain,
    /// What others bought later than what they bought.
    BuyNext,
    ForYou,
    /// What others looked at or bought with what they looked at last.
    BecauseViewed {
        product: Title,
    },
    /// The newest of where they looked around.
    New,
}

impl ShelfKind {
    /// The heading.
    pub fn title(&self) -> String {
        match self {
            Self::KeepLooking => "Keep looking".to_owned(),
            Self::BuyAgain => "Buy again".to_owned(),
            Self::BuyNext => "Often bought next".to_owned(),
            Self::ForYou => "For you".to_owned(),
            Self::BecauseViewed { product } => format!("Because you looked at {product}"),
            Self::New => "New in what you like".to_owned(),
        }
    }

    /// The part of a page's address that leads to it.
    pub const fn anchor(&self) -> &'static str {
        match self {
            Self::KeepLooking => "keep-looking",
            Self::BuyAgain => "buy-again",
            Self::BuyNext => "buy-next",
            Self::ForYou => "for-you",
            Self::BecauseViewed { .. } => "because",
            Self::New => "new",
        }
    }
}
