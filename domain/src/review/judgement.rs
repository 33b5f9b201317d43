use serde::{Deserialize, Serialize};

use super::Suspicion;

/// Posts of one customer that may wait for a person at the same time.
pub const MAX_WAITING_POSTS: usize = 20;

/// Different readers who must report a post that a person has approved, before a person reads it again.
pub const REPORTERS_OF_APPROVED: u32 = 3;

/// How many different readers must report a post before it is asked about. What nobody has read yet is asked about
/// at once; what is written anew has not been read.
pub const fn reporters_needed(is_approved: bool) -> u32 {
    if is_approved { REPORTERS_OF_APPROVED } else { 1 }
}

/// Whether others see a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Standing {
    Shown,
    /// Somebody who runs the store reads it first.
    Held {
        why: Vec<Suspicion>,
    },
    Rejected {
        why: Complaint,
    },
}

impl Standing {
    /// Its name where it is kept.
    pub const fn parameter(&self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Held { .. } => "held",
            Self::Rejected { .. } => "rejected",
        }
    }

    pub fn is_shown(&self) -> bool {
        *self == Self::Shown
    }
}

/// Where a post stands when it is written, or written anew. What was rejected once is read by a person
/// whatever its new words are.
pub fn standing_of_new(before: Option<&Standing>, mut why: Vec<Suspicion>) -> Standing {
    if matches!(before, Some(Standing::Rejected { .. })) {
        why.push(Suspicion::RejectedBefore);
    }
    if why.is_empty() { Standing::Shown } else { Standing::Held { why } }
}

/// What is wrong with a post, in a reader's eyes or an operator's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Complaint {
    Advertising,
    Offensive,
    NotAboutIt,
    PersonalData,
    Untrue,
}

impl Complaint {
    pub const ALL: [Self; 5] = [Self::Advertising, Self::Offensive, Self::NotAboutIt, Self::PersonalData, Self::Untrue];

    /// Its name in a form and where it is kept.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Advertising => "advertising",
            Self::Offensive => "offensive",
            Self::NotAboutIt => "not-about-it",
            Self::PersonalData => "personal-data",
            Self::Untrue => "untrue",
        }
    }

    pub fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|complaint| complaint.parameter() == raw)
    }

    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Advertising => "It advertises something",
            Self::Offensive => "It insults or threatens",
            Self::NotAboutIt => "It is not about the product",
            Self::PersonalData => "It tells personal data",
            Self::Untrue => "It is made up",
        }
    }
}

/// What an operator decides about a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    Approve,
    Reject { why: Complaint },
}

impl From<Judgement> for Standing {
    fn from(judgement: Judgement) -> Self {
        match judgement {
            Judgement::Approve => Self::Shown,
            Judgement::Reject { why } => Self::Rejected { why },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nothing_speaks_against_is_shown_at_once() {
        assert_eq!(standing_of_new(None, vec![]), Standing::Shown);
        assert_eq!(standing_of_new(Some(&Standing::Shown), vec![]), Standing::Shown);
        let why = vec![Suspicion::Link];
        assert_eq!(standing_of_new(None, why.clone()), Standing::Held { why });
    }

    #[test]
    fn what_was_rejected_is_not_shown_again_without_a_person() {
        let rejected = Standing::Rejected { why: Complaint::Advertising };
        assert_eq!(standing_of_new(Some(&rejected), vec![]), Standing::Held { why: vec![Suspicion::RejectedBefore] });
    }

    #[test]
    fn one_reader_does_not_overrule_a_person() {
        assert_eq!((reporters_needed(false), reporters_needed(true)), (1, REPORTERS_OF_APPROVED));
        const { assert!(REPORTERS_OF_APPROVED > 1) }
    }

    #[test]
    fn a_complaint_reads_back() {
        for complaint in Complaint::ALL {
            assert_eq!(Complaint::from_parameter(complaint.parameter()), Some(complaint));
        }
        assert_eq!(Complaint::from_parameter(""), None);
    }
}
