use domain::catalog::Picture;
use leptos::prelude::*;

use crate::icon::{Glyph, Icon};

/// Pictures that the gallery shows of one variant; the style sheet counts them.
pub const GALLERY_PICTURES: usize = 8;

/// A picture of the product with what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shot {
    pub src: String,
    pub alt: String,
}

/// The pictures of what is chosen: a row to swipe on phones, thumbnails beside one picture on wide
/// screens. Both work by style alone.
#[component]
pub fn Gallery(pictures: Vec<Shot>) -> impl IntoView {
    if pictures.is_empty() {
        return view! {
            <section class="gallery" aria-label="Pictures">
                <div class="picture picture--none">
                    <Icon glyph=Glyph::Image class="icon icon--large" />
                    <span class="visually-hidden">"There is no picture of this product"</span>
                </div>
            </section>
        }
        .into_any();
    }
    let frames = pictures
        .iter()
        .enumerate()
        .map(|(place, shot)| {
            let first = place == 0;
            view! {
                <li>
                    <div class="picture">
                        <img
                            src=shot.src.clone()
                            alt=shot.alt.clone()
                            width=Picture::SIDE_PIXELS
                            height=Picture::SIDE_PIXELS
                            fetchpriority=first.then_some("high")
                            loading=(!first).then_some("lazy")
                            decoding=(!first).then_some("async")
                        />
                    </div>
                    <button
                        class="gallery__zoom"
                        type="button"
                        popovertarget=format!("zoom-{place}")
                        aria-label=format!("Open picture {} in full size", place + 1)
                    >
                        <Icon glyph=Glyph::Zoom />
                    </button>
                    <Zoomed shot=shot.clone() place />
                </li>
            }
        })
        .collect_view();
    let thumbnails = (pictures.len() > 1).then(|| view! { <Thumbnails pictures=pictures /> });
    view! {
        <section class="gallery" aria-label="Pictures">
            <ol class="gallery__frames">{frames}</ol>
            {thumbnails}
        </section>
    }
    .into_any()
}

/// A picture over the whole window. The browser opens it, and closes it by Escape or a press beside
/// it, without a script and without leaving the page.
#[component]
fn Zoomed(shot: Shot, place: usize) -> impl IntoView {
    let id = format!("zoom-{place}");
    let closes = id.clone();
    view! {
        <div class="zoomed" id=id popover="auto" role="dialog" aria-label=shot.alt>
            <img src=shot.src alt="" loading="lazy" />
            <button class="zoomed__close" type="button" popovertarget=closes autofocus aria-label="Close the picture">
                <Icon glyph=Glyph::Close />
            </button>
        </div>
    }
}

#[component]
fn Thumbnails(pictures: Vec<Shot>) -> impl IntoView {
    let thumbnails = pictures
        .into_iter()
        .enumerate()
        .map(|(place, shot)| {
            view! {
                <label class="gallery__thumb">
                    <img src=shot.src alt="" width="72" height="72" />
                    <input type="radio" name="picture" checked=place == 0 />
                    <span class="visually-hidden">"Picture " {place + 1}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="gallery__thumbs">
            <legend class="visually-hidden">"Choose a picture"</legend>
            {thumbnails}
        </fieldset>
    }
}
