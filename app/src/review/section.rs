//! The reviews on a product's page.

use std::collections::HashMap;
use std::sync::Arc;

use domain::catalog::Product;
use domain::catalog::listing::PageNumber;
use domain::review::ports::{About, Reviews};
use domain::review::{Aspect, Post, PostId, PostQuery, REVIEWS_PER_PAGE, Vote, pages};
use leptos::prelude::*;

use super::aspect::AspectBars;
use super::filter::ReviewFilters;
use super::histogram::Summary;
use super::own::OwnPosts;
use super::post::{Reading, ReviewItem};
use super::question::Questions;
use super::strip::PictureStrip;
use super::{QUESTIONS, REVIEWS, address};
use crate::account::signed_in;
use crate::catalog::pagination::PageLinks;
use crate::form::DoneNotice;
use crate::page::query_pairs;
use crate::port::port;
use crate::typed::{self, Typed};

/// What others wrote about a product, what its reader thinks of it, and what they wrote themselves.
#[derive(Debug, Clone)]
pub struct Read {
    pub about: Arc<About>,
    query: PostQuery,
    votes: HashMap<PostId, Vote>,
    own: Vec<Post>,
    /// What the reader typed into a form that was refused.
    typed: Typed,
}

impl Read {
    /// Reads what the address asks for; `None` where reviews can't be read: the page does without.
    pub async fn of(product: &Product) -> Option<Self> {
        let pairs = query_pairs();
        let query = PostQuery::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let reviews = port::<dyn Reviews>().ok()?;
        let about = reviews.about(&product.id, &query).await.ok()?;
        let (mut votes, mut own) = (HashMap::new(), Vec::new());
        if let Some(reader) = signed_in() {
            let asked = about.asked.iter().flat_map(|asked| std::iter::once(&asked.question).chain(&asked.answers));
            let ids: Vec<PostId> = about.reviews.iter().chain(asked).map(|post| post.writing.id).collect();
            votes = reviews.votes_of(reader.account.id, &ids).await.ok()?;
            own = reviews.own(reader.account.id, &product.id).await.ok()?;
        }
        Some(Self { about, query, votes, own, typed: typed::kept_long().await })
    }

    /// How the reader stands to a post.
    pub(super) fn reading(&self, product: &Product, post: &Post) -> Reading {
        let id = post.writing.id;
        let is_own = self.own.iter().any(|own| own.writing.id == id);
        Reading { slug: product.slug.clone(), query: self.query.clone(), vote: self.votes.get(&id).copied(), is_own }
    }

    pub(super) const fn query(&self) -> &PostQuery {
        &self.query
    }

    /// What the reader typed into a field of the form of this name; nothing when that was not refused.
    pub(super) fn typed_into(&self, form: &str, field: &str) -> String {
        self.typed.clone().of(form).map(|mut typed| typed.take(field)).unwrap_or_default()
    }

    /// Whether there are words of the reader that nobody else may see.
    pub fn has_typed(&self) -> bool {
        self.typed != Typed::default()
    }
}

/// Reviews and questions; nothing where they can't be read.
#[component]
pub fn WrittenAbout(product: Arc<Product>, read: Option<Read>) -> impl IntoView {
    let Some(read) = read else { return ().into_any() };
    view! {
        <ReviewSection product=product.clone() read=read.clone() />
        <Questions product read />
    }
    .into_any()
}

#[component]
fn ReviewSection(product: Arc<Product>, read: Read) -> impl IntoView {
    let (slug, query, about) = (product.slug.clone(), read.query.clone(), Arc::clone(&read.about));
    let (counts, shown) = (about.counts, about.facets.matching(&query));
    let items = about
        .reviews
        .iter()
        .map(|post| view! { <ReviewItem post=post.clone() reading=read.reading(&product, post) /> })
        .collect_view();
    let (here, asked) = (slug.clone(), query.clone());
    let to = move |page: PageNumber| address(&here, &PostQuery { page, ..asked.clone() }, REVIEWS);
    let has_own = read.own.iter().any(|post| post.writing.content.stars().is_some());
    let write = if has_own { "Change your review" } else { "Write a review" };
    let filters = {
        let (slug, query, facets) = (slug.clone(), query.clone(), about.facets.clone());
        (counts.total() > 0).then(|| view! { <ReviewFilters slug query facets total=counts.total() /> })
    };
    let list = if counts.total() == 0 {
        view! { <p class="soft">"Nobody has reviewed it here yet. Have you used it? Others would like to know."</p> }
            .into_any()
    } else if shown == 0 {
        let all = address(&slug, &query.widened(), REVIEWS);
        view! {
            <p class="soft">
                "No review is like that. " <a href=all rel="nofollow">
                    "Show all reviews"
                </a>
            </p>
        }
        .into_any()
    } else {
        view! {
            <ul class="reviews__list">{items}</ul>
            <PageLinks label="Pages of reviews" here=query.page.get() pages=pages(shown, REVIEWS_PER_PAGE) to />
        }
        .into_any()
    };
    let strip = (!query.narrows()).then(|| {
        let count = about.facets.matching(&PostQuery { pictured: true, ..PostQuery::default() });
        view! { <PictureStrip slug=slug.clone() pictured=about.pictured.clone() count /> }
    });
    let averages = about.aspects.averages(Aspect::of(&product.category));
    view! {
        <section class="reviews" id=REVIEWS aria-labelledby="reviews-title">
            <div class="reviews__side">
                <h2 id="reviews-title">"Customer reviews"</h2>
                <Summary slug=slug.clone() rating=product.rating counts query />
                <AspectBars averages />
                <p>
                    <a class="button" href=format!("/products/{slug}/review") rel="nofollow">
                        {write}
                    </a>
                </p>
            </div>
            <div class="reviews__main">
                <Posted place=REVIEWS />
                <OwnPosts slug posts=read.own.clone() />
                {strip}
                {filters}
                {list}
            </div>
        </section>
    }
    .into_any()
}

/// What was posted a moment ago, as the address says it.
#[component]
pub fn Posted(place: &'static str) -> impl IntoView {
    let posted = query_pairs().into_iter().find_map(|(name, value)| (name == "posted").then_some(value));
    let (at, words) = match posted.as_deref() {
        Some("review") => (REVIEWS, "Thank you. Your review is shown below."),
        Some("held") => (REVIEWS, "Thank you. We read it first; it is shown when we have."),
        Some("removed") => (REVIEWS, "It is removed."),
        Some("report") => (REVIEWS, "Thank you. We will look at it."),
        Some("question") => (QUESTIONS, "Your question is asked. Whoever knows can answer it."),
        Some("answer") => (QUESTIONS, "Thank you. Your answer is shown below."),
        _ => return ().into_any(),
    };
    if at != place {
        return ().into_any();
    }
    view! {
        <DoneNotice words />
    }
    .into_any()
}
