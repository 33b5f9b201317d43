//! The pictures of a review: small ones that lead to the large ones, and the fields of the form that sends them.

use domain::review::{MAX_PICTURE_MEGABYTES, MAX_PICTURES, PictureForm, PictureId, PictureWords, PostPicture, Writing};
use leptos::prelude::*;

use super::name_of;
use crate::store::Store;

/// Where a picture is seen as large as it is kept.
fn large_path(id: PictureId) -> String {
    format!("/reviews/pictures/{id}")
}

fn small_path(id: PictureId) -> String {
    format!("/reviews/pictures/{id}/small")
}

/// What the picture at a place of a review shows, in the words of who took it where there are any.
fn words_of(picture: &PostPicture, place: usize, author: &str) -> String {
    let number = place + 1;
    picture.words.as_ref().map_or_else(|| format!("Picture {number} of the review by {author}"), ToString::to_string)
}

/// The pictures of a review; nothing where it has none.
#[component]
pub fn Pictures(writing: Writing) -> impl IntoView {
    if writing.pictures.is_empty() {
        return ().into_any();
    }
    let author = name_of(&writing.author, &Store::current());
    let pictures = writing.pictures.iter().enumerate();
    let items = pictures.map(|(place, picture)| linked(picture, place, &author)).collect_view();
    view! { <ul class="review__pictures">{items}</ul> }.into_any()
}

/// A picture at a place of a review, small, leading to the large one.
pub(super) fn linked(picture: &PostPicture, place: usize, author: &str) -> impl IntoView + use<> {
    let words = words_of(picture, place, author);
    view! {
        <li>
            <a href=large_path(picture.id)>
                <Small picture=picture.clone() words />
            </a>
        </li>
    }
}

#[component]
fn Small(picture: PostPicture, words: String) -> impl IntoView {
    let (width, height) = picture.small();
    view! {
        <img
            src=small_path(picture.id)
            width=width
            height=height
            alt=words
            loading="lazy"
            decoding="async"
        />
    }
}

/// What the form of a review says of pictures: those that it has, to be taken away, and room for more.
#[component]
pub fn PictureFields(
    kept: Vec<PostPicture>,
    /// What was typed about each row of a form that came back.
    words: [String; MAX_PICTURES],
    /// A form came back: no browser sends its files twice.
    is_again: bool,
) -> impl IntoView {
    let free = MAX_PICTURES.saturating_sub(kept.len());
    let has_any = !kept.is_empty();
    let dropping = kept.into_iter().enumerate().map(|(place, picture)| kept_row(place, picture)).collect_view();
    // A picture that is taken away makes room for another.
    let names = PictureForm::FILES.into_iter().zip(PictureForm::WORDS).zip(words);
    let rows =
        names.enumerate().map(|(place, ((file, name), typed))| new_row(place + 1, file, name, typed)).collect_view();
    let hint = format!(
        "JPEG, PNG or WebP, each of at most {MAX_PICTURE_MEGABYTES} MB. We leave out where and when they were taken, and \
         look at them before others do."
    );
    view! {
        <fieldset class="field picture-fields" aria-describedby="pictures-hint">
            <legend class="field__label">"Pictures" <span class="optional">" (optional)"</span></legend>
            <p class="field__hint" id="pictures-hint">
                {hint}
            </p>
            {is_again
                .then(|| view! { <p class="small">"If you had chosen pictures, please choose them again."</p> })}
            {has_any.then(|| view! { <ul class="picture-fields__kept">{dropping}</ul> })}
            {(free < MAX_PICTURES)
                .then(|| {
                    view! {
                        <p class="small soft">
                            {format!("A review has at most {MAX_PICTURES} pictures; those that you remove make room.")}
                        </p>
                    }
                })}
            {rows}
        </fieldset>
    }
    .into_any()
}

fn kept_row(place: usize, picture: PostPicture) -> impl IntoView {
    let words = words_of(&picture, place, "you");
    let id = format!("drop-{}", place + 1);
    view! {
        <li>
            <Small picture=picture.clone() words />
            <label class="check" for=id>
                <input type="checkbox" id=id.clone() name=PictureForm::DROP value=picture.id.to_string() />
                <span>{format!("Remove picture {}", place + 1)}</span>
            </label>
        </li>
    }
}

fn new_row(number: usize, file: &'static str, name: &'static str, typed: String) -> impl IntoView {
    view! {
        <div class="picture-fields__row">
            <div>
                <label class="small" for=file>
                    {format!("Picture {number}")}
                </label>
                <input class="field__input" type="file" id=file name=file accept="image/jpeg,image/png,image/webp" />
            </div>
            <div>
                <label class="small" for=name>
                    {format!("What picture {number} shows")}
                </label>
                <input
                    class="field__input"
                    id=name
                    name=name
                    value=typed
                    maxlength=PictureWords::MAX_CHARS
                    autocomplete="off"
                />
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_says_what_it_shows_or_whose_it_is() {
        let id = "0197b2c4d5e67f8091a2b3c4d5e6f708".parse().unwrap();
        let mut picture = PostPicture { id, words: None, width_pixels: 1_600, height_pixels: 1_200 };
        assert_eq!(words_of(&picture, 1, "Ada L."), "Picture 2 of the review by Ada L.");
        assert_eq!(picture.small(), (240, 180));
        picture.words = Some("By the window".parse().unwrap());
        assert_eq!(words_of(&picture, 1, "Ada L."), "By the window");
        assert_eq!(small_path(id), "/reviews/pictures/0197b2c4d5e67f8091a2b3c4d5e6f708/small");
    }
}
