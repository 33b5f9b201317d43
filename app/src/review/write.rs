//! The page that a review is written on.

use std::sync::Arc;

use domain::catalog::ports::{Catalog, Found};
use domain::catalog::{Product, Slug};
use domain::review::ports::Reviews;
use domain::review::{
    Aspect, Content, MAX_PICTURES, PictureForm, Post, PostPicture, ReviewField, ReviewFieldErrors, ReviewForm,
    ReviewText, ReviewTitle, Stars,
};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::WriteReview;
use super::aspect::{AspectFields, field_of, typed_of};
use super::picture::PictureFields;
use super::review_form;
use crate::account::require;
use crate::cart::compact::Thumbnail;
use crate::error::{NotFoundPage, WireError};
use crate::form::{ErrorSummary, Field, FieldFrame, PostedError, TextArea, described_by};
use crate::icon::{Glyph, Icon};
use crate::page::{page, path_parameter};
use crate::port::port;
use crate::seo::PageHead;
use crate::trail::{Crumb, Trail};
use crate::typed::{self, Typed};

const HINT: &str =
    "How do you use it, what is good, what is not? Everybody reads it: please no links and no personal data.";

/// `/products/{slug}/review`: for who is signed in; everybody else is led there first.
#[component]
pub fn WriteReviewPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    page(load(path_parameter("slug"), posted.into_any()))
}

async fn load(slug: String, posted: AnyView) -> Result<AnyView, WireError> {
    let not_found = || view! { <NotFoundPage /> }.into_any();
    let Ok(slug) = slug.parse::<Slug>() else { return Ok(not_found()) };
    let Found::Product(product) = port::<dyn Catalog>()?.product(&slug).await? else { return Ok(not_found()) };
    let Some(reader) = require() else { return Ok(().into_any()) };
    let mut typed = typed::kept_long().await.of(&review_form(slug.as_str()));
    let words = PictureForm::WORDS.map(|name| typed.as_mut().map(|typed| typed.take(name)).unwrap_or_default());
    let typed = typed.map(form_typed);
    let is_again = typed.is_some();
    let own = match port::<dyn Reviews>()?.own(reader.account.id, &product.id).await {
        // What was typed is shown also where nothing else can be read.
        Err(_) if typed.is_some() => Vec::new(),
        own => own?,
    };
    let asked = Aspect::of(&product.category);
    let errors = typed.as_ref().and_then(|form| form.parse(asked).err()).unwrap_or_default();
    let written = own.iter().find_map(form_of);
    let is_review = |post: &&Post| post.writing.content.stars().is_some();
    let kept = own.iter().find(is_review).map(|post| post.writing.pictures.clone()).unwrap_or_default();
    let (is_new, form) = (written.is_none(), typed.or(written).unwrap_or_default());
    let title = if is_new { "Write a review" } else { "Change your review" };
    let path = format!("/products/{slug}");
    Ok(view! {
        <PageHead title=title />
        <div class="page">
            <Trail steps=vec![Crumb::new(product.title.to_string(), path.clone())] here=title />
            <div class="write-review">
                <h1>{title}</h1>
                <Reviewed product=product.clone() />
                {posted}
                <ReviewFields slug form errors asked pictures=(kept, words, is_again) back=path />
            </div>
        </div>
    }
    .into_any())
}

fn form_typed(mut typed: Typed) -> ReviewForm {
    let (stars, title, text) = (typed.take("stars"), typed.take("title"), typed.take("text"));
    let mut rated = |aspect: Aspect| (aspect.parameter().to_owned(), typed.take(&field_of(aspect)));
    ReviewForm { stars, title, text, aspects: Aspect::ALL.map(&mut rated).into() }
}

fn form_of(post: &Post) -> Option<ReviewForm> {
    match &post.writing.content {
        Content::Review { stars, title, text, aspects } => Some(ReviewForm {
            stars: stars.to_string(),
            title: title.to_string(),
            text: text.to_string(),
            aspects: typed_of(aspects),
        }),
        _ => None,
    }
}

#[component]
fn Reviewed(product: Arc<Product>) -> impl IntoView {
    let picture = product.pictures_of(product.first_variant()).first().map(|picture| (*picture).clone());
    view! {
        <div class="write-review__product">
            <span class="picture">{picture.map(|picture| view! { <Thumbnail picture /> })}</span>
            <a href=format!("/products/{}", product.slug)>{product.title.to_string()}</a>
        </div>
    }
    .into_any()
}

#[component]
fn ReviewFields(
    slug: Slug,
    form: ReviewForm,
    errors: ReviewFieldErrors,
    asked: &'static [Aspect],
    /// Those that the review has, what was typed about others, and whether the form came back.
    pictures: (Vec<PostPicture>, [String; MAX_PICTURES], bool),
    back: String,
) -> impl IntoView {
    let (kept, words, is_again) = pictures;
    let error_of =
        |field: ReviewField| errors.iter().find(|(wrong, _)| *wrong == field).map(|(_, words)| words.clone());
    let (stars, title, text) =
        (error_of(ReviewField::Stars), error_of(ReviewField::Title), error_of(ReviewField::Text));
    let summary = errors.iter().map(|(field, words)| (anchor(*field), words.clone())).collect();
    let (text_invalid, text_described) = (text.is_some(), described_by("text", true, text.is_some()));
    view! {
        <form class="form" method="post" action=WriteReview::url() enctype="multipart/form-data" novalidate>
            <ErrorSummary errors=summary />
            <input type="hidden" name="product" value=slug.to_string() />
            <StarChoice chosen=form.stars.parse().ok() error=stars />
            <Field id="title" label="Headline" value=form.title max_chars=ReviewTitle::MAX_CHARS error=title />
            <FieldFrame
                id="text"
                label="What you think of it"
                hint=HINT.to_owned()
                error=text
            >
                <TextArea
                    id="text".to_owned()
                    name="text"
                    value=form.text
                    max_chars=ReviewText::MAX_CHARS
                    rows=8
                    describedby=text_described
                    invalid=text_invalid
                />
            </FieldFrame>
            <AspectFields asked typed=form.aspects />
            <PictureFields kept words is_again />
            <p class="small soft">"Your review is shown with your first name and the first letter of your last name."</p>
            <div class="form__actions">
                <button class="button button--signal button--large" type="submit">
                    "Post review"
                </button>
                <a href=back>"Back to the product"</a>
            </div>
        </form>
    }
    .into_any()
}

/// Where a link to a field leads.
const fn anchor(field: ReviewField) -> &'static str {
    match field {
        ReviewField::Stars => "stars-1",
        ReviewField::Title => "title",
        ReviewField::Text => "text",
    }
}

/// Five stars in a row; each stands for itself and those before it.
#[component]
fn StarChoice(chosen: Option<Stars>, error: Option<String>) -> impl IntoView {
    let describedby = error.is_some().then_some("stars-error");
    let star = |stars: Stars| {
        let id = format!("stars-{stars}");
        let words = if stars.get() == 1 { "1 star" } else { "stars" };
        let words = if stars.get() == 1 { words.to_owned() } else { format!("{stars} {words}") };
        view! {
            <label class="star" for=id title=stars.in_words()>
                <input
                    type="radio"
                    id=id.clone()
                    name="stars"
                    value=stars.get()
                    checked=chosen == Some(stars)
                    aria-describedby=describedby
                />
                <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path d="M12 2.6l2.9 6 6.6.9-4.8 4.6 1.2 6.5-5.9-3.1-5.9 3.1 1.2-6.5L2.5 9.5l6.6-.9z"></path>
                </svg>
                <span class="visually-hidden">{words} ", " {stars.in_words()}</span>
            </label>
        }
    };
    let mut all = Stars::ALL;
    all.reverse();
    view! {
        <fieldset class="field stars-field">
            <legend class="field__label">"Your rating"</legend>
            <div class="star-choice">{all.map(star).collect_view()}</div>
            {error
                .map(|error| {
                    view! {
                        <p class="field__error" id="stars-error">
                            <Icon glyph=Glyph::Warning class="icon icon--small" />
                            {error}
                        </p>
                    }
                })}
        </fieldset>
    }
    .into_any()
}
