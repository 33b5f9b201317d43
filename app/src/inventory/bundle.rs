//! What is in a bundle, wherever one is shown.

use std::collections::{BTreeSet, HashMap};

use domain::cart::PartFacts;
use domain::catalog::ports::Catalog;
use domain::catalog::{Product, Sku};
use domain::inventory::ports::Inventory;
use domain::inventory::{Bundle, OnSale, SoldPart, parts_in_words};
use leptos::prelude::*;

use crate::catalog::card::variant_path;
use crate::error::WireError;
use crate::port::port;

/// What is in bundles, by their SKUs.
pub(crate) type PartsOf = HashMap<Sku, Vec<PartFacts>>;

/// What is in those that are bundles of what can be bought; without any, nobody is asked.
///
/// # Errors
/// [`WireError::Unavailable`] when catalog or stock don't answer.
pub(crate) async fn parts_of(on_sale: &HashMap<Sku, OnSale>) -> Result<PartsOf, WireError> {
    let bundles: Vec<Sku> = on_sale.iter().filter(|(_, one)| one.is_bundle).map(|(sku, _)| sku.clone()).collect();
    if bundles.is_empty() {
        return Ok(HashMap::new());
    }
    let (catalog, inventory) = (port::<dyn Catalog>()?, port::<dyn Inventory>()?);
    let bundles = inventory.bundles(&bundles).await?;
    let skus: BTreeSet<Sku> = bundles.values().flat_map(Bundle::parts).map(|part| part.sku.clone()).collect();
    let skus: Vec<Sku> = skus.into_iter().collect();
    let (products, left) = (catalog.products_of(&skus).await?, inventory.on_sale(&skus).await?);
    Ok(PartFacts::of_all(&bundles, &products, &left))
}

/// The parts of a bundle, each with a way to its own page, where it has one.
#[component]
pub fn PartLinks(parts: Vec<SoldPart>) -> impl IntoView {
    if parts.is_empty() {
        return ().into_any();
    }
    let line = |part: SoldPart| {
        let path = part.product.as_ref().map(|product| variant_path(&product.slug, &part.sku));
        view! {
            <li>
                {format!("{} × ", part.quantity)}
                {match path {
                    Some(path) => view! { <a href=path>{part.name()}</a> }.into_any(),
                    None => part.name().into_any(),
                }}
            </li>
        }
    };
    view! { <ul class="parts" aria-label="In this bundle">{parts.into_iter().map(line).collect_view()}</ul> }.into_any()
}

/// The parts of a bundle where nothing can be changed.
#[component]
pub fn PartsLine(parts: Vec<SoldPart>) -> impl IntoView {
    let words = parts_in_words(&parts);
    (!words.is_empty()).then(|| view! { <p class="line__options">{format!("With {words}")}</p> })
}

/// What is in those variants of a product that are bundles.
#[component]
pub fn InBundle<'a>(product: &'a Product, parts: &'a PartsOf) -> impl IntoView + use<> {
    let bundles: Vec<_> = product
        .variants
        .iter()
        .filter_map(|variant| Some((variant.label(), parts.get(&variant.sku).filter(|parts| !parts.is_empty())?)))
        .collect();
    if bundles.is_empty() {
        return ().into_any();
    }
    let is_one = product.variants.len() == 1;
    let list = |(label, parts): (String, &Vec<PartFacts>)| {
        let heading = (!is_one && !label.is_empty()).then(|| view! { <h3>{label}</h3> });
        view! {
            {heading}
            <PartLinks parts=parts.iter().map(|part| part.part.clone()).collect() />
        }
    };
    view! {
        <section aria-labelledby="bundle-title">
            <h2 id="bundle-title">"In this bundle"</h2>
            {bundles.into_iter().map(list).collect_view()}
        </section>
    }
    .into_any()
}
