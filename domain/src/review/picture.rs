use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Post, ReviewError};
use crate::bounded_text;
use crate::id::random_id;
use crate::text::{check_visible, without_hidden};

/// Pictures of one review.
pub const MAX_PICTURES: usize = 3;
/// What one of them may have when it is sent, in megabytes: a photograph of a telephone has about four.
pub const MAX_PICTURE_MEGABYTES: usize = 6;
/// The same in bytes.
pub const MAX_PICTURE_BYTES: usize = MAX_PICTURE_MEGABYTES * 1024 * 1024;
/// Pixels of a picture that is sent, in millions: few bytes may say that there are many, and each takes memory.
pub const MAX_PICTURE_MEGAPIXELS: u64 = 25;
/// Pixels of the longer edge of a picture that is sent.
pub const MAX_SENT_SIDE_PIXELS: u32 = 10_000;
/// The longer edge of a picture as it is kept, in pixels.
pub const LARGE_SIDE_PIXELS: u32 = 1_600;
/// The longer edge of its thumbnail, in pixels: twice what a list shows it at.
pub const SMALL_SIDE_PIXELS: u32 = 240;
/// How long others keep a picture that is shown, in seconds: what is taken back is gone everywhere after a week.
pub const PICTURE_AGE_S: u32 = 7 * 24 * 60 * 60;

random_id!(
    /// The key of a picture, made of what it shows and of the post that it belongs to.
    PictureId
);

bounded_text!(
    /// What a picture shows, in the words of who took it.
    PictureWords, 150, check_visible
);

/// A picture of a post as it is kept: drawn anew, without what the file told beside the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostPicture {
    pub id: PictureId,
    /// None where its author found none.
    pub words: Option<PictureWords>,
    pub width_pixels: u32,
    pub height_pixels: u32,
}

impl PostPicture {
    /// Width and height of its thumbnail, in pixels.
    pub fn small(&self) -> (u32, u32) {
        fitted(self.width_pixels, self.height_pixels, SMALL_SIDE_PIXELS)
    }
}

/// Which of the two sizes of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureSize {
    Large,
    Small,
}

/// A file as somebody sent it. What is in it nobody knows yet.
#[derive(Clone, PartialEq, Eq)]
pub struct SentPicture {
    pub bytes: Arc<[u8]>,
    /// As they were typed.
    pub words: String,
}

impl fmt::Debug for SentPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentPicture").field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// What a form says about the pictures of a review.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PictureForm {
    /// The rows of the form, also those without a file.
    pub rows: Vec<SentPicture>,
    /// Pictures that the review has and is to have no more.
    pub dropped: Vec<PictureId>,
}

impl PictureForm {
    /// The names of its fields for files.
    pub const FILES: [&str; MAX_PICTURES] = ["picture-1", "picture-2", "picture-3"];
    /// The names of its fields for words, of the file with the same number.
    pub const WORDS: [&str; MAX_PICTURES] = ["words-1", "words-2", "words-3"];
    /// The name of its fields that take a picture away.
    pub const DROP: &str = "drop";

    /// The files that were sent, each with its words.
    ///
    /// # Errors
    /// [`ReviewError::TooManyPictures`], [`ReviewError::PictureTooBig`], [`ReviewError::NotPictureWords`].
    pub fn sent(&self) -> Result<Vec<(&SentPicture, Option<PictureWords>)>, ReviewError> {
        let sent: Vec<&SentPicture> = self.rows.iter().filter(|row| !row.bytes.is_empty()).collect();
        if sent.len() > MAX_PICTURES {
            return Err(ReviewError::TooManyPictures);
        }
        if sent.iter().any(|row| row.bytes.len() > MAX_PICTURE_BYTES) {
            return Err(ReviewError::PictureTooBig);
        }
        sent.into_iter().map(|row| Ok((row, words_of(&row.words)?))).collect()
    }
}

fn words_of(typed: &str) -> Result<Option<PictureWords>, ReviewError> {
    let typed = without_hidden(typed);
    if typed.trim().is_empty() {
        return Ok(None);
    }
    typed.parse().map(Some).map_err(|_| ReviewError::NotPictureWords)
}

/// Whether a picture of so many pixels is read.
///
/// # Errors
/// [`ReviewError::PictureTooLarge`].
pub fn check_pixels(width: u32, height: u32) -> Result<(), ReviewError> {
    let pixels = u64::from(width) * u64::from(height);
    let fits = width.max(height) <= MAX_SENT_SIDE_PIXELS && pixels <= MAX_PICTURE_MEGAPIXELS * 1_000_000;
    if fits { Ok(()) } else { Err(ReviewError::PictureTooLarge) }
}

/// Width and height of a picture whose longer edge is at most `side`; none is made larger.
pub fn fitted(width: u32, height: u32, side: u32) -> (u32, u32) {
    let longest = u64::from(width.max(height));
    if longest <= u64::from(side) {
        return (width, height);
    }
    let scaled = |edge: u32| {
        let scaled = (u64::from(edge) * u64::from(side) + longest / 2) / longest;
        // Never longer than the side, which is a `u32`.
        u32::try_from(scaled.max(1)).unwrap_or(side)
    };
    (scaled(width), scaled(height))
}

/// The pictures that a review goes on having when it is written anew.
pub fn kept_of(before: Option<&Post>, dropped: &[PictureId]) -> Vec<PostPicture> {
    let pictures = before.map(|post| post.writing.pictures.as_slice()).unwrap_or_default();
    pictures.iter().filter(|picture| !dropped.contains(&picture.id)).cloned().collect()
}

/// Whether a review would show pictures that no person has looked at: new ones, or those of a review that was not
/// shown.
pub fn has_unseen(before: Option<&Post>, kept: &[PostPicture], new: usize) -> bool {
    new > 0 || (!kept.is_empty() && before.is_some_and(|post| !post.standing.is_shown()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(bytes: usize, words: &str) -> SentPicture {
        SentPicture { bytes: vec![7; bytes].into(), words: words.to_owned() }
    }

    fn sent(rows: Vec<SentPicture>) -> Result<Vec<Option<PictureWords>>, ReviewError> {
        let form = PictureForm { rows, dropped: vec![] };
        form.sent().map(|sent| sent.into_iter().map(|(_, words)| words).collect())
    }

    #[test]
    fn a_form_is_taken_up_to_its_limits() {
        let words: PictureWords = "By the window".parse().unwrap();
        let rows = vec![row(1, " By the\u{200b} window "), row(0, "no file"), row(1, " ")];
        assert_eq!(sent(rows), Ok(vec![Some(words), None]));
        assert_eq!(sent(vec![row(1, ""); MAX_PICTURES]).map(|sent| sent.len()), Ok(MAX_PICTURES));
        assert_eq!(sent(vec![row(1, ""); MAX_PICTURES + 1]), Err(ReviewError::TooManyPictures));
        assert!(sent(vec![row(MAX_PICTURE_BYTES, "")]).is_ok());
        assert_eq!(sent(vec![row(MAX_PICTURE_BYTES + 1, "")]), Err(ReviewError::PictureTooBig));
        assert!(sent(vec![row(1, &"x".repeat(150))]).is_ok());
        assert_eq!(sent(vec![row(1, &"x".repeat(151))]), Err(ReviewError::NotPictureWords));
    }

    #[test]
    fn so_many_pixels_are_read_and_no_more() {
        assert_eq!(check_pixels(5_000, 5_000), Ok(()));
        assert_eq!(check_pixels(5_000, 5_001), Err(ReviewError::PictureTooLarge));
        assert_eq!(check_pixels(10_000, 2_500), Ok(()));
        assert_eq!(check_pixels(10_001, 1), Err(ReviewError::PictureTooLarge));
        assert_eq!(check_pixels(u32::MAX, u32::MAX), Err(ReviewError::PictureTooLarge));
    }

    #[test]
    fn a_picture_is_made_smaller_and_never_larger() {
        assert_eq!(fitted(4_000, 3_000, LARGE_SIDE_PIXELS), (1_600, 1_200));
        assert_eq!(fitted(3_000, 4_000, LARGE_SIDE_PIXELS), (1_200, 1_600));
        assert_eq!(fitted(1_600, 1_600, LARGE_SIDE_PIXELS), (1_600, 1_600));
        assert_eq!(fitted(10_000, 1, SMALL_SIDE_PIXELS), (240, 1));
        assert_eq!(fitted(0, 0, SMALL_SIDE_PIXELS), (0, 0));
    }

    proptest! {
        #[test]
        fn a_picture_fits_its_frame(width in 1_u32..=10_000, height in 1_u32..=10_000) {
            let (small_width, small_height) = fitted(width, height, SMALL_SIDE_PIXELS);
            prop_assert!((1..=SMALL_SIDE_PIXELS.max(1)).contains(&small_width) || small_width == width);
            prop_assert!(small_width.max(small_height) <= SMALL_SIDE_PIXELS || (small_width, small_height) == (width, height));
            prop_assert!(small_width.min(small_height) >= 1);
            prop_assert_eq!(fitted(small_width, small_height, SMALL_SIDE_PIXELS), (small_width, small_height));
        }
    }
}
