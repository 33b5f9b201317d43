use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Answer, AspectStars, PostPicture, PublicName, Question, ReviewText, ReviewTitle, Standing, Stars};
use crate::account::AccountId;
use crate::catalog::ProductId;
use crate::id::random_id;

random_id!(
    /// The key of a post. Of a review and of an answer it is made of who writes and of what they write
    /// about, so that there is one; it tells nobody who that is.
    PostId
);

/// Who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Author {
    Customer {
        account: AccountId,
        name: PublicName,
    },
    /// An operator, in the store's name.
    Store {
        account: AccountId,
    },
    /// Nobody: it came with the demo store, and its page says so.
    Demo {
        name: PublicName,
    },
}

impl Author {
    pub const fn account(&self) -> Option<AccountId> {
        match self {
            Self::Customer { account, .. } | Self::Store { account } => Some(*account),
            Self::Demo { .. } => None,
        }
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    Review {
        stars: Stars,
        title: ReviewTitle,
        text: ReviewText,
        #[serde(default, skip_serializing_if = "AspectStars::is_empty")]
        aspects: AspectStars,
    },
    Question {
        text: Question,
    },
    Answer {
        question: PostId,
        text: Answer,
    },
}

impl Content {
    /// Its name where it is kept.
    pub const fn parameter(&self) -> &'static str {
        match self {
            Self::Review { .. } => "review",
            Self::Question { .. } => "question",
            Self::Answer { .. } => "answer",
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Self::Review { text, .. } => text.as_str(),
            Self::Question { text } => text.as_str(),
            Self::Answer { text, .. } => text.as_str(),
        }
    }

    pub fn title(&self) -> Option<&str> {
        match self {
            Self::Review { title, .. } => Some(title.as_str()),
            _ => None,
        }
    }

    /// What a review rates beside the whole.
    pub const fn aspects(&self) -> Option<&AspectStars> {
        match self {
            Self::Review { aspects, .. } => Some(aspects),
            _ => None,
        }
    }

    pub const fn stars(&self) -> Option<Stars> {
        match self {
            Self::Review { stars, .. } => Some(*stars),
            _ => None,
        }
    }
}

/// A post as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writing {
    pub id: PostId,
    pub product: ProductId,
    pub author: Author,
    pub content: Content,
    /// Of a review.
    #[serde(default)]
    pub pictures: Vec<PostPicture>,
    /// Whether the author had bought the product by then, and did not give it back since.
    pub verified: bool,
    pub written_at: Timestamp,
    /// When it was written anew.
    pub edited_at: Option<Timestamp>,
}

impl Writing {
    /// When its words became what they are.
    pub fn worded_at(&self) -> Timestamp {
        self.edited_at.unwrap_or(self.written_at)
    }
}

/// What one reader thinks of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vote {
    Helpful,
    Unhelpful,
}

impl Vote {
    /// Its name in a form and where it is kept.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Helpful => "helpful",
            Self::Unhelpful => "unhelpful",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        [Self::Helpful, Self::Unhelpful].into_iter().find(|vote| vote.parameter() == raw)
    }
}

/// What its readers think of a post.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    pub helpful: u32,
    pub unhelpful: u32,
}

impl Votes {
    /// How far up a post stands among the most helpful.
    pub fn score(self) -> i64 {
        i64::from(self.helpful) - i64::from(self.unhelpful)
    }
}

/// A post with all that became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    pub writing: Writing,
    pub standing: Standing,
    pub votes: Votes,
}

impl Post {
    pub fn is_of(&self, account: AccountId) -> bool {
        self.writing.author.account() == Some(account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vote_reads_back() {
        for vote in [Vote::Helpful, Vote::Unhelpful] {
            assert_eq!(Vote::from_parameter(vote.parameter()), Some(vote));
        }
        assert_eq!(Vote::from_parameter("up"), None);
        assert_eq!(Votes { helpful: 2, unhelpful: 3 }.score(), -1);
    }
}
