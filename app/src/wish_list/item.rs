//! A thing on a list, as it is sold today.

use std::collections::HashMap;
use std::sync::Arc;

use domain::catalog::ports::Catalog;
use domain::catalog::{Product, Sku, Variant};
use domain::inventory::ports::Inventory;
use domain::inventory::{Availability, OnSale};
use domain::text::encoded;
use domain::wish_list::{PriceStep, Wish};
use leptos::prelude::*;

use crate::cart::compact::Thumbnail;
use crate::catalog::availability::AvailabilityLine;
use crate::error::WireError;
use crate::port::port;

/// What the wishes of a list are today.
#[derive(Debug, Clone, Default)]
pub struct Today {
    products: HashMap<Sku, Arc<Product>>,
    on_sale: HashMap<Sku, OnSale>,
}

impl Today {
    /// # Errors
    /// [`WireError::Unavailable`].
    pub async fn of(wishes: &[Wish]) -> Result<Self, WireError> {
        let skus: Vec<Sku> = wishes.iter().map(|wish| wish.sku.clone()).collect();
        let products = port::<dyn Catalog>()?.products_of(&skus).await?;
        let every: Vec<Sku> =
            products.values().flat_map(|product| &product.variants).map(|variant| variant.sku.clone()).collect();
        Ok(Self { on_sale: port::<dyn Inventory>()?.on_sale(&every).await?, products })
    }

    pub(super) fn item(&self, wish: &Wish) -> Option<Item> {
        let product = self.products.get(&wish.sku)?;
        let variant = product.variant(&wish.sku)?.clone();
        let of = |sku: &Sku| self.on_sale.get(sku).copied().unwrap_or_default();
        // Of a look, any fit that can be bought counts, and what is there before what is not.
        let on_sale = if wish.is_chosen {
            of(&wish.sku)
        } else {
            let fits = product.variants.iter().map(|variant| of(&variant.sku));
            fits.max_by_key(|on_sale| (on_sale.on_shelf(), on_sale.available)).unwrap_or_default()
        };
        Some(Item { product: product.clone(), variant, availability: on_sale.availability() })
    }
}

/// A thing that is sold.
#[derive(Debug, Clone)]
pub struct Item {
    product: Arc<Product>,
    variant: Variant,
    availability: Availability,
}

impl Item {
    pub(super) fn is_sold_out(&self) -> bool {
        self.availability == Availability::SoldOut
    }

    /// Its page, with the variant or the look that is wished for.
    pub(super) fn path(&self, wish: &Wish) -> String {
        let field = if wish.is_chosen { "sku" } else { "look" };
        format!("/products/{}?{field}={}", self.product.slug, encoded(wish.sku.as_str()))
    }
}

/// What a wish is called.
pub(super) fn name_of(wish: &Wish, item: Option<&Item>) -> String {
    item.map_or_else(|| format!("Item {}", wish.sku), |item| item.product.title.to_string())
}

/// Picture, title, price and stock of a wish, laid out like a line of a cart, which it is not: its forms are
/// plain ones. The children are what can be done with it.
#[component]
pub fn WishLine(
    wish: Wish,
    item: Option<Item>,
    /// The owner sees how the price went.
    #[prop(optional)]
    is_own: bool,
    children: Children,
) -> impl IntoView {
    let name = name_of(&wish, item.as_ref());
    let note = wish
        .note
        .clone()
        .filter(|_| !is_own)
        .map(|note| view! { <p class="wish__note" dir="auto">{note.to_string()}</p> });
    let Some(item) = item else {
        return view! {
            <li class="wish">
                <div class="picture"></div>
                <div class="line__what">
                    <h3>{name}</h3>
                    <p class="availability availability--out">"No longer sold"</p>
                    {note}
                </div>
                <div class="line__actions">{children()}</div>
            </li>
        }
        .into_any();
    };
    let path = item.path(&wish);
    let picture = item.product.pictures_of(&item.variant).first().map(|picture| (*picture).clone());
    let step = PriceStep::between(wish.price, item.variant.price).filter(|_| is_own);
    let class = if matches!(step, Some(PriceStep::Less(_))) { "wish__step wish__step--less" } else { "wish__step" };
    let label = Some(item.variant.label()).filter(|label| wish.is_chosen && !label.is_empty());
    view! {
        <li class="wish">
            <a class="picture" href=path.clone() tabindex="-1" aria-hidden="true">
                {picture.map(|picture| view! { <Thumbnail picture /> })}
            </a>
            <div class="line__what">
                <h3>
                    <a href=path>{name}</a>
                </h3>
                {label.map(|label| view! { <p class="line__options">{label}</p> })}
                <AvailabilityLine availability=item.availability />
                {step.map(|step| view! { <p class=class>{step.to_string()}</p> })}
                {note}
            </div>
            <p class="line__price">{item.variant.price.to_string()}</p>
            <div class="line__actions">{children()}</div>
        </li>
    }
    .into_any()
}
