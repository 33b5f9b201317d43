use domain::catalog::{Product, Sku};
use domain::pricing::{Money, Price};
use domain::recommendation::ports::Recommended;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::AddTogether;

/// One thing of several that are added at once.
struct Part {
    sku: Sku,
    price: Price,
    title: String,
}

/// Adds a product and what is often bought with it to the cart at once, as far as there is nothing to
/// choose; nothing where that is less than two things.
#[component]
pub fn Bundle<'a>(
    product: &'a Product,
    /// Whether the product itself can be bought.
    in_stock: bool,
    together: &'a [Recommended],
) -> impl IntoView + use<> {
    let own = (product.variants.len() == 1 && in_stock).then(|| {
        let variant = product.first_variant();
        Part { sku: variant.sku.clone(), price: variant.price, title: product.title.to_string() }
    });
    let others = together.iter().filter_map(|recommended| {
        let card = &recommended.card;
        Some(Part { sku: card.sole_sku.clone()?, price: card.price, title: card.title.to_string() })
    });
    let parts: Vec<Part> = own.into_iter().chain(others).collect();
    let Some(total) = sum(&parts).filter(|_| parts.len() > 1) else { return ().into_any() };
    let names = parts.iter().map(|part| part.title.as_str()).collect::<Vec<_>>().join(" + ");
    let button =
        if parts.len() == 2 { "Add both to cart".to_owned() } else { format!("Add all {} to cart", parts.len()) };
    let fields = parts
        .iter()
        .enumerate()
        .map(|(place, part)| view! { <input type="hidden" name=format!("skus[{place}]") value=part.sku.to_string() /> })
        .collect_view();
    view! {
        <form class="bundle" method="post" action=AddTogether::url()>
            {fields}
            <p>{names} ": " <b class="tabular">{total.to_string()}</b></p>
            <button class="button" type="submit">
                {button}
            </button>
        </form>
    }
    .into_any()
}

fn sum(parts: &[Part]) -> Option<Money> {
    let (first, others) = parts.split_first()?;
    others.iter().try_fold(first.price.money(), |sum, part| sum.plus(part.price.money()).ok())
}
