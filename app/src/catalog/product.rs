use std::collections::HashMap;
use std::sync::Arc;

use domain::cart::CartError;
use domain::catalog::listing::ListRequest;
use domain::catalog::ports::{Catalog, Found};
use domain::catalog::{Brand, CategoryId, CategoryTree, OptionValue, Product, Seller, Sku, Slug, Variant};
use domain::inventory::ports::Inventory;
use domain::inventory::{AvailableUnits, OnSale, Quantity};
use domain::recommendation::ports::Around;
use jiff::civil::Date;
use leptos::prelude::*;

use super::choice::ProductChoice;
use super::drawn::{self, Sight};
use super::linked_data::product_data;
use super::offer::{Choices, choices_of};
use super::rating::RatingLine;
use crate::account::signed_in;
use crate::answer::never_cache;
use crate::browsing::choice::HistoryChoice;
use crate::error::{GonePage, NotFoundPage, WireError};
use crate::form::{ErrorNotice, posted_error};
use crate::inventory::bundle::{InBundle, PartsOf, parts_of};
use crate::layout::category_path;
use crate::page::{page, path_parameter, query_pairs};
use crate::port::port;
use crate::recommendation::bundle::Bundle;
use crate::recommendation::shelf::{RecommendedShelf, around};
use crate::review::section::{Read, WrittenAbout};
use crate::seo::{JsonLd, PageHead, moved_permanently};
use crate::store::Store;
use crate::trail::{Crumb, Trail};
use crate::visitor::Visitor;

#[component]
pub fn ProductPage() -> impl IntoView {
    page(load(path_parameter("slug"), posted_error()))
}

async fn load(slug: String, posted: Option<WireError>) -> Result<AnyView, WireError> {
    let Ok(slug) = slug.parse::<Slug>() else { return Ok(view! { <NotFoundPage /> }.into_any()) };
    let catalog = port::<dyn Catalog>()?;
    match catalog.product(&slug).await? {
        Found::Product(product) => draw(&*catalog, product, posted).await,
        Found::Moved(slug) => Ok(moved_permanently(&format!("/products/{slug}"))),
        Found::Withdrawn { title, category } => Ok(view! { <GonePage title=title category=category /> }.into_any()),
        Found::Nothing => Ok(view! { <NotFoundPage /> }.into_any()),
    }
}

async fn draw(catalog: &dyn Catalog, product: Arc<Product>, posted: Option<WireError>) -> Result<AnyView, WireError> {
    let skus: Vec<Sku> = product.variants.iter().map(|variant| variant.sku.clone()).collect();
    let available = port::<dyn Inventory>()?.on_sale(&skus).await?;
    let parts = parts_of(&available).await?;
    let tree = catalog.categories().await?;
    let around = around(&product.id).await;
    crate::browsing::note(&product.id);
    let read = Read::of(&product).await;

    let (store, visitor) = (Store::current(), Visitor::current()?);
    let description = product.description.as_ref().map_or_else(
        || format!("{} at {}: price, availability and delivery date.", product.title, store.name),
        ToString::to_string,
    );
    let first = product.pictures_of(product.first_variant()).first().map(|picture| picture.src());
    let head = view! {
        <PageHead
            title=product.title.to_string()
            description=description
            canonical=format!("/products/{}", product.slug)
            picture=first
            kind="product"
        />
    };
    let has_typed = read.as_ref().is_some_and(Read::has_typed);
    if has_typed {
        never_cache();
    }
    let asks_nothing = query_pairs().is_empty() && posted.is_none() && signed_in().is_none() && !has_typed;
    let about = read.as_ref().map(|read| read.about.clone()).filter(|_| asks_nothing);
    let sight = about.map(|about| Sight {
        product: product.clone(),
        tree: tree.clone(),
        available: available.clone(),
        parts: parts.clone(),
        around: around.clone(),
        about,
        today: visitor.today,
        keeps_history: visitor.keeps_history,
    });
    let html = if let Some(known) = sight.as_ref().and_then(drawn::find) {
        known
    } else {
        let html: Arc<str> =
            content(product, &tree, (&available, &parts), around, read, posted, visitor.today).to_html().into();
        if let Some(sight) = sight {
            drawn::keep(sight, html.clone());
        }
        html
    };
    Ok(view! {
        {head}
        <div class="page" inner_html=html></div>
    }
    .into_any())
}

/// What stands between the header and the footer.
fn content(
    product: Arc<Product>,
    tree: &CategoryTree,
    (available, parts): (&Available, &PartsOf),
    around: Around,
    read: Option<Read>,
    posted: Option<WireError>,
    today: Date,
) -> AnyView {
    let Around { together, also_bought, also_viewed, similar } = around;
    let choices = choices_of(&product, available);
    let chosen = chosen(&choices, product.variant_to_show(available));
    // Who has not chosen is told beside what is to be chosen.
    let asks = posted == Some(CartError::NotChosen.into());
    let notice = posted.filter(|_| !asks).map(|error| view! { <ErrorNotice error /> });
    let names: Vec<String> = tree.trail(&product.category).iter().map(|step| step.name.to_string()).collect();
    let about = read.as_ref().map(|read| &*read.about);
    let data = product_data(&Store::current(), &product, &names.join(" > "), available, about);
    let all = tree.get(&product.category).map(|category| category_path(&category));
    let slug = product.slug.clone();
    let in_stock = available.values().any(|on_sale| on_sale.available > AvailableUnits(0));
    let in_bundle = view! { <InBundle product=&product parts /> };
    let bundle = view! { <Bundle product=&product in_stock together=&together /> };
    let shown = Arc::clone(&product);
    view! {
        <Trail steps=steps(tree, &product.category) here=product.title.to_string() />
        {notice}
        <ProductChoice title=product.title.clone() choices chosen quantity=typed_quantity() asks today>
            <Head product=Arc::clone(&shown) />
        </ProductChoice>
        <Details product=Arc::clone(&product)>{in_bundle}</Details>
        <HistoryChoice product=slug />
        <RecommendedShelf id="shelf-together" title="Often bought together" recommended=together />
        {bundle}
        <WrittenAbout product read />
        <RecommendedShelf id="shelf-also-bought" title="Customers also bought" recommended=also_bought />
        <RecommendedShelf id="shelf-also-viewed" title="Customers also looked at" recommended=also_viewed />
        <RecommendedShelf id="shelf-similar" title="Similar things" recommended=similar all />
        <JsonLd value=data />
    }
    .into_any()
}

/// The place of the offer that the address asks for: of a variant by `sku`, of a look by `look`. A
/// look is what is shown unasked: nobody is dressed in a size that they did not choose.
fn chosen(choices: &Choices, unasked: &Variant) -> usize {
    let asked = query_pairs().into_iter().find_map(|(name, value)| match name.as_str() {
        "sku" => choices.place(&value.parse().ok()?, false),
        "look" => choices.place(&value.parse().ok()?, true),
        _ => None,
    });
    asked.or_else(|| choices.place(&unasked.sku, true)).unwrap_or_default()
}

/// The quantity of a form that came back.
fn typed_quantity() -> Quantity {
    let typed = query_pairs().into_iter().find_map(|(name, value)| (name == "quantity").then_some(value));
    typed.and_then(|typed| typed.parse().ok()).unwrap_or(Quantity::ONE)
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
            {match product.rating {
                Some(rating) => view! { <RatingLine rating=rating in_words=true /> }.into_any(),
                None => view! { <p class="rating rating--none">"No ratings yet"</p> }.into_any(),
            }}
            <p class="product__seller">
                "Sold by "
                <a href=seller_path(&product.category, &product.seller) rel="nofollow">
                    {product.seller.name_in(&Store::current().name).to_owned()}
                </a>
            </p>
        </header>
    }
    .into_any()
}

/// What else its maker has on the same shelf.
fn brand_path(category: &CategoryId, brand: &Brand) -> String {
    let of_the_brand = ListRequest::default().filtered(|filters| filters.brands.push(brand.clone()));
    format!("/c/{category}{}", of_the_brand.to_query())
}

/// What else its seller has on the same shelf.
fn seller_path(category: &CategoryId, seller: &Seller) -> String {
    let of_the_seller = ListRequest::default().filtered(|filters| filters.sellers.push(seller.clone()));
    format!("/c/{category}{}", of_the_seller.to_query())
}

/// What is in it, which the children say, the description, in its paragraphs, and the facts as a table.
#[component]
fn Details(product: Arc<Product>, children: Children) -> impl IntoView {
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
            {children()}
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
pub(super) type Available = HashMap<Sku, OnSale>;
