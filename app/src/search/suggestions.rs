//! How suggestions look: groups of options, each a link of its own.

use domain::catalog::listing::ProductCard;
use domain::catalog::{Brand, Category, Picture};
use domain::search::{Completion, SearchText, Suggestions};
use domain::text::encoded;
use leptos::prelude::*;

use crate::catalog::card::product_path;
use crate::icon::{Glyph, Icon};
use crate::layout::category_path;

/// The options of a list box; nothing without suggestions.
pub(super) fn draw(suggestions: &Suggestions, typed: &SearchText) -> String {
    // Views without content still leave their marks.
    if suggestions.is_empty() {
        return String::new();
    }
    let queries = suggestions.queries.iter().map(|completion| query_option(completion).into_any());
    let categories = suggestions.categories.iter().filter_map(|trail| category_option(trail));
    let brands = suggestions.brands.iter().map(|brand| brand_option(brand, typed).into_any());
    let products = suggestions.products.iter().map(|card| product_option(card).into_any());
    let groups: [(&'static str, Vec<AnyView>); 4] = [
        ("Searches", queries.collect()),
        ("Categories", categories.collect()),
        ("Brands", brands.collect()),
        ("Products", products.collect()),
    ];
    groups
        .into_iter()
        .zip(0_u32..)
        .map(|((title, options), place)| group(title, place, options))
        .collect_view()
        .to_html()
}

fn group(title: &'static str, place: u32, options: Vec<AnyView>) -> AnyView {
    if options.is_empty() {
        return ().into_any();
    }
    let id = format!("suggested-{place}");
    let label = id.clone();
    view! {
        <div class="suggestions__group" role="group" aria-labelledby=label>
            <div class="suggestions__title" id=id role="presentation">
                {title}
            </div>
            {options}
        </div>
    }
    .into_any()
}

/// A link that is chosen with the arrow keys from within the box; the tab key passes it by.
#[component]
fn SuggestedLink(href: String, children: Children) -> impl IntoView {
    view! {
        <a class="suggestion" role="option" aria-selected="false" tabindex="-1" href=href>
            {children()}
        </a>
    }
}

fn query_option(completion: &Completion) -> impl IntoView + use<> {
    let text = completion.text.to_string();
    let typed = text.chars().take(completion.typed_chars as usize).map(char::len_utf8).sum::<usize>();
    let (typed, rest) = text.split_at(typed);
    let (typed, rest) = (typed.to_owned(), rest.to_owned());
    view! {
        <SuggestedLink href=search_path(&completion.text)>
            <Icon glyph=Glyph::Search class="icon icon--small" />
            <span>{typed} <b>{rest}</b></span>
        </SuggestedLink>
    }
}

/// The last step of a trail, with the steps above it.
fn category_option(trail: &[Category]) -> Option<AnyView> {
    let (category, above) = trail.split_last()?;
    let above: Vec<String> = above.iter().map(|step| step.name.to_string()).collect();
    let within = (!above.is_empty()).then(|| format!(" in {}", above.join(", ")));
    let name = category.name.to_string();
    let link = view! {
        <SuggestedLink href=category_path(category)>
            <Icon glyph=Glyph::Compass class="icon icon--small" />
            <span>
                {name}
                {within.map(|within| view! { <span class="suggestion__within">{within}</span> })}
            </span>
        </SuggestedLink>
    };
    Some(link.into_any())
}

fn brand_option(brand: &Brand, typed: &SearchText) -> impl IntoView + use<> {
    // The brand alone says what is looked for, unless more was typed than the brand.
    let is_more = typed.as_str().split(' ').count() > brand.as_str().split(' ').count();
    let text = if is_more { typed.clone() } else { brand.as_str().into() };
    let href = format!("{}&brand={}", search_path(&text), encoded(brand.as_str()));
    let name = brand.to_string();
    view! {
        <SuggestedLink href=href>
            <Icon glyph=Glyph::Filter class="icon icon--small" />
            <span>{name}</span>
        </SuggestedLink>
    }
}

fn product_option(card: &ProductCard) -> impl IntoView + use<> {
    let picture = card.picture.as_ref().map(Picture::src);
    let price = if card.price_varies { format!("from {}", card.price) } else { card.price.to_string() };
    let (title, in_stock) = (card.title.to_string(), card.in_stock);
    view! {
        <SuggestedLink href=product_path(card)>
            {match picture {
                Some(src) => view! { <img src=src alt="" width="40" height="40" decoding="async" /> }.into_any(),
                None => view! { <Icon glyph=Glyph::Image class="icon icon--small" /> }.into_any(),
            }}
            <span>{title}</span>
            <span class="suggestion__price">
                {price} {(!in_stock).then(|| view! { <span class="suggestion__within">" sold out"</span> })}
            </span>
        </SuggestedLink>
    }
}

/// The address of a search.
pub(super) fn search_path(text: &SearchText) -> String {
    format!("/search?q={}", encoded(text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_is_a_link_whatever_its_letters_are() {
        let completion = Completion { text: "émile <b> & co".into(), typed_chars: 2 };
        let suggestions = Suggestions { queries: vec![completion], ..Suggestions::default() };
        let html = draw(&suggestions, &"ém".into());
        assert!(html.contains("href=\"/search?q=%C3%A9mile%20%3Cb%3E%20%26%20co\""), "{html}");
        assert!(html.contains("ém") && html.contains("ile &lt;b&gt; &amp; co"), "{html}");
        assert_eq!(draw(&Suggestions::default(), &"x".into()), "");
    }
}
