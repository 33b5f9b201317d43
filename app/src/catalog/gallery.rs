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
/// screens. Both work by style alone, and so does the same row over the whole window.
#[component]
pub fn Gallery(pictures: Vec<Shot>) -> impl IntoView {
    if pictures.is_empty() {
        return view! {
            <section class="gallery gallery--one" aria-label="Pictures">
                <div class="picture picture--none">
                    <Icon glyph=Glyph::Image class="icon icon--large" />
                    <span class="visually-hidden">"There is no picture of this product"</span>
                </div>
            </section>
        }
        .into_any();
    }
    let count = pictures.len();
    let frames = pictures.iter().enumerate().map(|(place, shot)| frame(shot, place, count)).collect_view();
    let slides = pictures.iter().enumerate().map(|(place, shot)| slide(shot, place, count)).collect_view();
    let thumbnails = (count > 1).then(|| view! { <Thumbnails pictures=pictures /> });
    // Said at the start, for a page that still arrives can't count what follows.
    let class = if count == 1 { "gallery gallery--one" } else { "gallery" };
    view! {
        <section class=class aria-label="Pictures">
            <ol class="gallery__frames">{frames}</ol>
            {thumbnails}
            // The browser opens it, and closes it by Escape or its button, without a script and
            // without leaving the page.
            <div class="zoomed" id="zoom" popover="auto" role="dialog" aria-label="Pictures in full size">
                <button class="zoomed__close" type="button" popovertarget="zoom" aria-label="Close the pictures">
                    <Icon glyph=Glyph::Close />
                </button>
                <ol class="zoomed__slides" tabindex="0" aria-label="Pictures" autofocus>
                    {slides}
                </ol>
            </div>
        </section>
    }
    .into_any()
}

/// `2 of 4`, where there are several.
fn counter(place: usize, count: usize) -> Option<String> {
    (count > 1).then(|| format!("{} of {count}", place + 1))
}

fn slide_id(place: usize) -> String {
    format!("zoomed-{}", place + 1)
}

fn frame(shot: &Shot, place: usize, count: usize) -> impl IntoView + use<> {
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
            {counter(place, count).map(|words| view! { <p class="gallery__count">{words}</p> })}
            <button
                class="gallery__zoom"
                type="button"
                popovertarget="zoom"
                data-slide=slide_id(place)
                aria-label=format!("Open picture {} in full size", place + 1)
            >
                <Icon glyph=Glyph::Zoom />
            </button>
        </li>
    }
    .into_any()
}

/// A picture in full size. A press on it, or on the words below, magnifies it; then it scrolls.
fn slide(shot: &Shot, place: usize, count: usize) -> impl IntoView + use<> {
    let toggle = format!("magnify-{}", place + 1);
    let step = |to: Option<usize>, glyph, class: &'static str, words: &'static str| {
        let to = to.filter(|to| *to < count)?;
        Some(view! {
            <a class=class href=format!("#{}", slide_id(to)) aria-label=words>
                <Icon glyph=glyph class="icon icon--directed" />
            </a>
        })
    };
    view! {
        <li class="zoomed__slide" id=slide_id(place)>
            <label class="zoomed__picture">
                <input class="visually-hidden" type="checkbox" id=toggle.clone() autocomplete="off" />
                <img src=shot.src.clone() alt=shot.alt.clone() loading="lazy" />
            </label>
            {step(place.checked_sub(1), Glyph::ChevronLeft, "zoomed__step zoomed__step--back", "Picture before")}
            {step(Some(place + 1), Glyph::ChevronRight, "zoomed__step zoomed__step--on", "Next picture")}
            <p class="zoomed__foot">
                {counter(place, count).map(|words| view! { <span>{words}</span> })}
                <label class="zoomed__magnify" for=toggle>
                    <Icon glyph=Glyph::Zoom class="icon icon--small" />
                    " Magnify"
                </label>
            </p>
        </li>
    }
    .into_any()
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
