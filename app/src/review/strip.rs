//! The pictures of all reviews of a product in a row, above the reviews.

use domain::catalog::Slug;
use domain::review::{PostQuery, Writing};
use leptos::prelude::*;

use super::picture::linked;
use super::{REVIEWS, address, name_of};
use crate::store::Store;

/// Pictures in the row.
const MAX_PICTURES: usize = 12;

/// What customers took pictures of; nothing where there is none.
#[component]
pub fn PictureStrip(
    slug: Slug,
    pictured: Vec<Writing>,
    /// Reviews with pictures, on all pages.
    count: u32,
) -> impl IntoView {
    if pictured.is_empty() {
        return ().into_any();
    }
    let store = Store::current();
    let linked_all = pictured.iter().flat_map(|writing| {
        let author = name_of(&writing.author, &store);
        writing.pictures.iter().enumerate().map(move |(place, picture)| linked(picture, place, &author))
    });
    let items = linked_all.take(MAX_PICTURES).collect_view();
    let all = address(&slug, &PostQuery { pictured: true, ..PostQuery::default() }, REVIEWS);
    let words = if count == 1 {
        "Read the review with pictures".to_owned()
    } else {
        format!("Read {count} reviews with pictures")
    };
    view! {
        <section class="strip" aria-labelledby="strip-title">
            <h3 id="strip-title">"Pictures from customers"</h3>
            <ul class="review__pictures strip__pictures">{items}</ul>
            <p class="small">
                <a href=all rel="nofollow">
                    {words}
                </a>
            </p>
        </section>
    }
    .into_any()
}
