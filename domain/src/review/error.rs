use serde::{Deserialize, Serialize};

use super::{
    Answer, MAX_PICTURE_MEGABYTES, MAX_PICTURE_MEGAPIXELS, MAX_PICTURES, MAX_WAITING_POSTS, PictureWords, Question,
};

/// Why something about a post was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ReviewError {
    #[error("that is no longer here")]
    NoSuchPost,
    #[error("others decide whether your own words are helpful")]
    OwnPost,
    #[error("{MAX_WAITING_POSTS} of your posts wait to be read; please wait until we have")]
    TooManyWaiting,
    #[error("that is a lot of votes; please wait {}", minutes(*wait_mins))]
    TooManyVotes { wait_mins: u32 },
    #[error("that is a lot of reports, and we read each of them; please wait {}", minutes(*wait_mins))]
    TooManyReports { wait_mins: u32 },
    #[error("ask in one line of at most {max} characters", max = Question::MAX_CHARS)]
    NotAQuestion,
    #[error("answer in at most {max} characters", max = Answer::MAX_CHARS)]
    NotAnAnswer,
    #[error("its author has written it anew meanwhile; please read it again")]
    Rewritten,
    #[error("choose what is wrong with it")]
    NoComplaint,
    #[error("a review has at most {MAX_PICTURES} pictures; please remove one first")]
    TooManyPictures,
    #[error("a picture has at most {MAX_PICTURE_MEGABYTES} MB; please choose a smaller file")]
    PictureTooBig,
    #[error("a picture has at most {MAX_PICTURE_MEGAPIXELS} million pixels; please make it smaller first")]
    PictureTooLarge,
    #[error("that is no picture that can be read here; please choose a JPEG, PNG or WebP file")]
    NotAPicture,
    #[error("say what a picture shows in one line of at most {max} characters", max = PictureWords::MAX_CHARS)]
    NotPictureWords,
    #[error("reviews can't be reached at the moment; nothing is lost, please try again in a moment")]
    Unavailable,
}

fn minutes(count: u32) -> String {
    if count == 1 { "a minute".to_owned() } else { format!("{count} minutes") }
}
