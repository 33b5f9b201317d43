//! Review: what customers write about a product for others: reviews with stars, questions, answers.
//! Each is a [`Post`]. Guards that a customer reviews a product once, that only those who bought it are
//! marked so, that what looks like spam and every picture waits for a person, that what a person approved is not asked
//! about again for a single reader, and that nobody judges their own words.
//! Product pages and the moderation queue call the port; the catalog is told how many stars were given.

mod aspect;
mod error;
mod facet;
mod form;
mod judgement;
mod limit;
mod list;
mod picture;
#[cfg(feature = "ports")]
pub mod ports;
mod post;
mod spam;
mod stars;
mod words;

pub use aspect::{Aspect, AspectAverage, AspectCounts, AspectRating, AspectStars, MAX_ASPECTS, MIN_ASPECT_RATINGS};
pub use error::ReviewError;
pub use facet::{Alike, ReviewFacets};
pub use form::{ReviewField, ReviewFieldErrors, ReviewForm};
pub use judgement::{
    Complaint, Judgement, MAX_WAITING_POSTS, REPORTERS_OF_APPROVED, Standing, reporters_needed, standing_of_new,
};
pub use limit::{REPORTS_PER_ACCOUNT, REPORTS_PER_NETWORK, VOTES_PER_ACCOUNT, VOTES_PER_NETWORK};
pub use list::{
    MAX_SOUGHT_WORDS, PostQuery, QUESTIONS_PER_PAGE, REVIEWS_PER_PAGE, ReviewOrder, STRIP_REVIEWS, pages, sought,
};
pub use picture::{
    LARGE_SIDE_PIXELS, MAX_PICTURE_BYTES, MAX_PICTURE_MEGABYTES, MAX_PICTURE_MEGAPIXELS, MAX_PICTURES,
    MAX_SENT_SIDE_PIXELS, PICTURE_AGE_S, PictureForm, PictureId, PictureSize, PictureWords, PostPicture,
    SMALL_SIDE_PIXELS, SentPicture, check_pixels, fitted, has_unseen, kept_of,
};
pub use post::{Author, Content, Post, PostId, Vote, Votes, Writing};
pub use spam::{Before, MAX_POSTS_PER_HOUR, Suspicion, suspicions};
pub use stars::{StarCounts, Stars};
pub use words::{Answer, PublicName, Question, ReviewText, ReviewTitle};
