use domain::catalog::listing::{ListRequest, Sort, View};
use domain::catalog::ports::Catalog;
use domain::catalog::{Category, CategoryId};
use domain::search::SearchText;
use leptos::prelude::*;

use super::list::{List, ListAddress, count_in_words, exists};
use super::pagination::Pagination;
use crate::error::{NotFoundPage, WireError};
use crate::form::PostedError;
use crate::layout::category_path;
use crate::page::{page, path_parameter, query_pairs};
use crate::port::port;
use crate::seo::{PageHead, moved_permanently};
use crate::store::Store;
use crate::trail::{Crumb, Trail};
use crate::visitor::Visitor;

#[component]
pub fn CategoryPage() -> impl IntoView {
    page(load(path_parameter("category")))
}

async fn load(path: String) -> Result<AnyView, WireError> {
    let not_found = || Ok(view! { <NotFoundPage /> }.into_any());
    let catalog = port::<dyn Catalog>()?;
    let tree = catalog.categories().await?;
    let trimmed = path.trim_matches('/');
    let found = trimmed.parse::<CategoryId>().ok().and_then(|id| tree.get(&id));
    let Some(category) = found else { return not_found() };

    let pairs = query_pairs();
    let request = ListRequest::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let address = ListAddress { path: category_path(&category), text: SearchText::default() };
    if trimmed != path {
        return Ok(moved_permanently(&address.of(&request)));
    }
    if let Some(elsewhere) = address.elsewhere(&request) {
        return Ok(moved_permanently(&elsewhere));
    }
    let list = catalog.list(&category.id, &request).await?;
    if !exists(&list) {
        return not_found();
    }

    let Store { name: store, currency, .. } = Store::current();
    let today = Visitor::current()?.today;
    let trail = tree.trail(&category.id);
    let above: Vec<Category> = trail.into_iter().filter(|step| step.id != category.id).collect();
    let currency = list.price_range.map_or(currency, |(lowest, _)| lowest.currency());
    let title = title_of(&category, &above, &request);
    let count = count_in_words(list.total);
    let description = format!(
        "{}: {count} at {store}, with full prices, delivery dates and ratings. Filter by price, brand and more.",
        category.name
    );
    // The same products in another order or on other cards are no page of their own.
    let is_plain = request.filters.is_empty() && request.sort == Sort::default() && request.whole.is_none();
    let canonical = is_plain.then(|| address.of(&ListRequest { view: View::default(), ..request.clone() }));
    let picture = list.cards.first().and_then(|card| card.picture.as_ref()).map(domain::catalog::Picture::src);
    let steps: Vec<Crumb> = above.iter().map(|step| Crumb::new(step.name.to_string(), category_path(step))).collect();
    let below = tree.children(&category.id);
    let pages = list.pages;
    Ok(view! {
        <PageHead title=title description=description canonical=canonical picture=picture />
        <div class="page">
            <Trail steps=steps here=category.name.to_string() />
            <PostedError />
            <div class="browse__head">
                <h1>{category.name.to_string()}</h1>
                <p role="status">
                    <span class="browse__count">{count}</span>
                </p>
            </div>
            <List
                address=address.clone()
                request=request.clone()
                list=list
                below=below
                currency=currency
                today=today
            >
                <Pagination address=address request=request pages=pages />
            </List>
        </div>
    }
    .into_any())
}

/// `Table lamps, Lighting, page 2`.
fn title_of(category: &Category, above: &[Category], request: &ListRequest) -> String {
    let mut title = category.name.to_string();
    if let Some(parent) = above.last() {
        title.push_str(", ");
        title.push_str(parent.name.as_str());
    }
    if request.page.get() > 1 {
        title.push_str(", page ");
        title.push_str(&request.page.get().to_string());
    }
    title
}
