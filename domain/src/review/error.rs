use serde::{Deserialize, Serialize};

use super::{Answer, MAX_WAITING_POSTS, Question};

/// Why something about a post was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ReviewError {
    #[error("that is no longer here")]
    NoSuchPost,
    #[error("others decide whether your own words are helpful")]
    OwnPost,
    #[error("{MAX_WAITING_POSTS} of your posts wait to be read; please wait until we have")]
    TooManyWaiting,
    #[error("ask in one line of at most {max} characters", max = Question::MAX_CHARS)]
    NotAQuestion,
    #[error("answer in at most {max} characters", max = Answer::MAX_CHARS)]
    NotAnAnswer,
    #[error("its author has written it anew meanwhile; please read it again")]
    Rewritten,
    #[error("choose what is wrong with it")]
    NoComplaint,
    #[error("reviews can't be reached at the moment; nothing is lost, please try again in a moment")]
    Unavailable,
}
