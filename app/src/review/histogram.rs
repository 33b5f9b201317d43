//! How many gave which stars, and the average of all: each bar leads to the reviews behind it.

use domain::catalog::{Rating, Slug};
use domain::review::{PostQuery, StarCounts, Stars};
use leptos::prelude::*;

use super::{REVIEWS, address};
use crate::catalog::rating::{StarDrawing, grouped};

#[component]
pub fn Summary(slug: Slug, rating: Option<Rating>, counts: StarCounts, query: PostQuery) -> impl IntoView {
    let total = counts.total();
    let average = rating.map(|rating| {
        view! {
            <p class="summary__average">
                <StarDrawing hundredths=rating.average_hundredths() />
                <b>{rating.average()} " out of 5"</b>
            </p>
            <p class="small soft">{sources(rating)}</p>
        }
    });
    let bars = (total > 0).then(|| {
        let bars = Stars::ALL.map(|stars| bar(&slug, stars, counts, &query)).collect_view();
        // The average counts ratings that the bars can't show: bars without a word would contradict it.
        let of_which = rating.is_some_and(|rating| rating.fed_count() > 0).then(|| {
            view! { <p class="small soft">{bars_of(total)}</p> }
        });
        view! {
            {of_which}
            <ol class="histogram" aria-label="Reviews by stars">
                {bars}
            </ol>
        }
    });
    view! { <div class="summary">{average} {bars}</div> }.into_any()
}

/// Where the ratings behind an average came from.
fn sources(rating: Rating) -> String {
    let (own, fed) = (rating.own().count(), rating.fed_count());
    let ratings = |count: u32| if count == 1 { "1 rating".to_owned() } else { format!("{} ratings", grouped(count)) };
    let reviews = if own == 1 { "1 review".to_owned() } else { format!("{} reviews", grouped(own)) };
    match (own, fed) {
        (0, fed) => format!("{} without words, imported with the product’s data.", ratings(fed)),
        (_, 0) => format!("From {reviews} in this store."),
        (_, fed) => format!(
            "From {reviews} in this store and {} without words, imported with the product’s data.",
            ratings(fed)
        ),
    }
}

/// What the bars count, beside an average that counts more.
fn bars_of(total: u32) -> String {
    if total == 1 {
        "The bar is of the review in this store.".to_owned()
    } else {
        format!("The bars are of the {} reviews in this store.", grouped(total))
    }
}

/// A bar that is filled to so many percent.
pub(super) fn drawn_bar(percent: u32) -> impl IntoView {
    view! {
        <svg class="histogram__bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect width="100" height="10"></rect>
            <rect width=percent height="10"></rect>
        </svg>
    }
}

fn bar(slug: &Slug, stars: Stars, counts: StarCounts, query: &PostQuery) -> impl IntoView + use<> {
    let (count, percent) = (counts.of(stars), counts.percent(stars));
    let is_chosen = query.stars == Some(stars);
    let asked = PostQuery { stars: (!is_chosen).then_some(stars), ..query.from_the_start() };
    let name = if stars.get() == 1 { "1 star".to_owned() } else { format!("{stars} stars") };
    let face = view! {
        <span>{name}</span>
        {drawn_bar(percent)}
        <span class="histogram__percent">{percent} "%"</span>
    };
    if count == 0 {
        return view! { <li><span class="histogram__row histogram__row--empty">{face}</span></li> }.into_any();
    }
    view! {
        <li>
            <a
                class="histogram__row"
                href=address(slug, &asked, REVIEWS)
                rel="nofollow"
                aria-current=is_chosen.then_some("true")
            >
                {face}
            </a>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::catalog::OwnRatings;

    #[test]
    fn bars_say_what_they_count() {
        assert_eq!(bars_of(1), "The bar is of the review in this store.");
        assert_eq!(bars_of(1_204), "The bars are of the 1,204 reviews in this store.");
    }

    #[test]
    fn an_average_says_where_it_comes_from() {
        let own = OwnRatings::new(9, 2).unwrap();
        let fed = Rating::new(430, 2_841).ok();
        assert_eq!(sources(fed.unwrap()), "2,841 ratings without words, imported with the product’s data.");
        assert_eq!(sources(Rating::with_own(None, own).unwrap()), "From 2 reviews in this store.");
        assert_eq!(
            sources(Rating::with_own(fed, own).unwrap()),
            "From 2 reviews in this store and 2,841 ratings without words, imported with the product’s data."
        );
    }
}
