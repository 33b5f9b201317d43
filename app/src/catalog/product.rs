use std::collections::HashMap;
use std::sync::Arc;

use domain::catalog::listing::ListRequest;
use domain::catalog::ports::{Catalog, Found};
use domain::catalog::{Brand, CategoryId, CategoryTree, OptionValue, Product, Sku, Slug, Variant};
use domain::inventory::AvailableUnits;
use domain::inventory::ports::Inventory;
use leptos::prelude::*;

use super::choice::ProductChoice;
use super::linked_data::product_data;
use super::offer::{Choices, choices_of};
use super::rating::RatingLine;
use super::shelf::Shelf;
use crate::error::{GonePage, NotFoundPage, WireError};
use crate::form::PostedError;
use crate::layout::category_path;
use crate::page::{page, path_parameter, query_pairs};
use crate::port::port;
use crate::seo::{JsonLd, PageHead, moved_permanently};
use crate::store::Store;
use crate::trail::{Crumb, Trail};
use crate::visitor::Visitor;

/// Cards on the shelf below the product.
const SHELF_CARDS: u32 = 10;

#[component]
pub fn ProductPage() -> impl IntoView {
    page(load(path_parameter("slug")))
}

async fn load(slug: String) -> Result<AnyView, WireError> {
    let Ok(slug) = slug.parse::<Slug>() else { return Ok(view! { <NotFoundPage /> }.into_any()) };
    let catalog = port::<dyn Catalog>()?;
    match catalog.product(&slug).await? {
        Found::Product(product) => draw(&*catalog, product).await,
        Found::Moved(slug) => Ok(moved_permanently(&format!("/products/{slug}"))),
        Found::Withdrawn { title, category } => Ok(view! { <GonePage title=title category=category /> }.into_any()),
        Found::Nothing => Ok(view! { <NotFoundPage /> }.into_any()),
    }
}

async fn draw(catalog: &dyn Catalog, product: Arc<Product>) -> Result<AnyView, WireError> {
    let skus: Vec<Sku> = product.variants.iter().map(|variant| variant.sku.clone()).collect();
    let available = port::<dyn Inventory>()?.available(&skus).await?;
    let tree = catalog.categories().await?;
    // One more than is shown, for the product itself may be among them.
    let mut cards = catalog.shelf(&product.category, SHELF_CARDS + 1).await?;
    cards.retain(|card| card.id != product.id);
    cards.truncate(SHELF_CARDS as usize);

    let (store, today) = (Store::current(), Visitor::current()?.today);
    let choices = choices_of(&product, &available);
    let chosen = chosen(&choices, product.variant_to_show(&available));
    let path = format!("/products/{}", product.slug);
    let description = product.description.as_ref().map_or_else(
        || format!("{} at {}: price, availability and delivery date.", product.title, store.name),
        ToString::to_string,
    );
    let first = product.pictures_of(product.first_variant()).first().map(|picture| picture.src());
    let names: Vec<String> = tree.trail(&product.category).iter().map(|step| step.name.to_string()).collect();
    let data = product_data(&store, &product, &names.join(" > "), &available);
    let category = tree.get(&product.category).map(|category| {
        let title = format!("More from {}", category.name);
        (title, category_path(&category))
    });
    let (shelf_title, all) = category.unzip();
    let shown = Arc::clone(&product);
    Ok(view! {
        <PageHead
            title=product.title.to_string()
            description=description
            canonical=path
            picture=first
            kind="product"
        />
        <div class="page">
            <Trail steps=steps(&tree, &product.category) here=product.title.to_string() />
            <PostedError />
            <ProductChoice title=product.title.clone() choices=choices chosen=chosen today=today>
                <Head product=Arc::clone(&shown) />
            </ProductChoice>
            <Details product=product />
            <Shelf id="shelf-more" title=shelf_title.unwrap_or_else(|| "More to see".to_owned()) cards=cards all=all />
        </div>
        <JsonLd value=data />
    }
    .into_any())
}

/// The place of the offer that the address asks for, or of the one to show unasked.
fn chosen(choices: &Choices, unasked: &Variant) -> usize {
    let asked = query_pairs().into_iter().find_map(|(name, value)| (name == "sku").then_some(value));
    let place = |sku: &str| choices.offers.iter().position(|offer| offer.sku.as_str() == sku);
    asked.as_deref().and_then(place).or_else(|| place(unasked.sku.as_str())).unwrap_or_default()
}

fn steps(tree: &CategoryTree, category: &CategoryId) -> Vec<Crumb> {
    tree.trail(category).iter().map(|step| Crumb::new(step.name.to_string(), category_path(step))).collect()
}

#[component]
fn Head(product: Arc<Product>) -> impl IntoView {
    view! {
        <header class="product__head">
            {product
                .brand
                .as_ref()
                .map(|brand| {
                    view! {
                        <p class="product__brand">
                            <a href=brand_path(&product.category, brand) rel="nofollow">
                                {brand.to_string()}
                            </a>
                        </p>
                    }
                })}
            <h1 id="product-title">{product.title.to_string()}</h1>
            {product.rating.map(|rating| view! { <RatingLine rating=rating in_words=true /> })}
        </header>
    }
    .into_any()
}

/// What else its maker has on the same shelf.
fn brand_path(category: &CategoryId, brand: &Brand) -> String {
    let of_the_brand = ListRequest::default().filtered(|filters| filters.brands.push(brand.clone()));
    format!("/c/{category}{}", of_the_brand.to_query())
}

/// The description, in its paragraphs, and the facts as a table.
#[component]
fn Details(product: Arc<Product>) -> impl IntoView {
    let about = product.description.as_ref().map(|description| {
        let paragraphs = description
            .as_str()
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(|line| view! { <p>{line.to_owned()}</p> })
            .collect_view();
        view! {
            <section aria-labelledby="about-title">
                <h2 id="about-title">"About this product"</h2>
                <div class="prose">{paragraphs}</div>
            </section>
        }
    });
    let facts = facts(&product);
    let specification = (!facts.is_empty()).then(|| {
        let rows = facts
            .into_iter()
            .map(|(name, value)| {
                view! {
                    <tr>
                        <th scope="row">{name}</th>
                        <td>{value}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <section aria-labelledby="specification-title">
                <h2 id="specification-title">"Specification"</h2>
                <table class="facts">
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    });
    view! {
        <div class="details">
            {about}
            {specification}
        </div>
    }
    .into_any()
}

fn facts(product: &Product) -> Vec<(String, String)> {
    let brand = product.brand.iter().map(|brand| ("Brand".to_owned(), brand.to_string()));
    let attributes =
        product.attributes.iter().map(|attribute| (attribute.name.to_string(), attribute.value.to_string()));
    let options = product.options.iter().map(|option| {
        let values: Vec<&str> = option.values.iter().map(OptionValue::as_str).collect();
        (option.name.to_string(), values.join(", "))
    });
    let mut facts: Vec<(String, String)> = Vec::new();
    for (name, value) in brand.chain(attributes).chain(options) {
        if facts.iter().all(|(known, _)| *known != name) {
            facts.push((name, value));
        }
    }
    facts
}

/// Stock by SKU, as the port answers it.
pub(super) type Available = HashMap<Sku, AvailableUnits>;
