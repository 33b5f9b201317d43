//! What a SKU is made of: the form that makes it a bundle, and the bundles that it is a part of.

use domain::catalog::Sku;
use domain::inventory::{Availability, Bundle, Bundling, MAX_BUNDLE_PARTS, MAX_PARTS_CHARS, OnSale};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::super::api::bundle::SetBundle;
use super::sku_path;
use crate::catalog::rating::grouped;
use crate::error::WireError;
use crate::form::{FieldFrame, between_tags, described_by, sentence};
use crate::typed::Typed;

/// The name of the form among those whose words are kept, and of its field.
pub(in crate::operator) const PARTS: &str = "parts";

const EXAMPLE: &str = "MUG-BLUE,2\nTRAY-OAK,1";

/// What stands in the field: what was typed and refused, or else the parts as they are.
pub(super) fn typed_parts(bundling: &Bundling, typed: Typed) -> String {
    match typed.of(PARTS) {
        Some(mut typed) => typed.take(PARTS),
        None => bundling.bundle.as_ref().map(Bundle::typed).unwrap_or_default(),
    }
}

/// How much there is of a bundle, as a figure.
#[component]
pub fn BundleFigure(on_sale: OnSale) -> impl IntoView {
    let mark = (on_sale.availability() == Availability::SoldOut).then(|| {
        view! { <span class="mark mark--bad">"Sold out"</span> }
    });
    view! {
        <dl class="figures">
            <div class="figure">
                <dt class="figure__name">"Can be sold"</dt>
                <dd class="figure__count">{grouped(on_sale.available.0)} " " {mark}</dd>
                <dd class="figure__about">"as many as there are parts for"</dd>
            </div>
        </dl>
    }
    .into_any()
}

#[component]
pub fn BundleForm(sku: Sku, parts: String, bundling: Bundling, error: Option<WireError>) -> impl IntoView {
    let error = error.map(|error| sentence(&error.to_string()));
    let (is_wrong, describedby) = (error.is_some(), described_by(PARTS, true, error.is_some()));
    let hint = format!(
        "A SKU and how many units of it on each line, at most {MAX_BUNDLE_PARTS} lines. Who buys this takes them from \
         the shelf; units of its own are written off. Empty is no bundle."
    );
    view! {
        <form class="panel operator__count" id="bundle" method="post" action=SetBundle::url()>
            <h2>"What is in it"</h2>
            <input type="hidden" name="sku" value=sku.to_string() />
            <FieldFrame id=PARTS label="Parts of the bundle" hint=hint error=error optional=true class="field operator__wide">
                <textarea
                    class="field__input operator__paste"
                    id=PARTS
                    name=PARTS
                    rows="4"
                    maxlength=MAX_PARTS_CHARS
                    placeholder=EXAMPLE
                    spellcheck="false"
                    autocomplete="off"
                    aria-invalid=is_wrong.then_some("true")
                    aria-describedby=describedby
                    inner_html=between_tags(&parts)
                ></textarea>
            </FieldFrame>
            <button class="button button--ink" type="submit">
                "Sell it with these parts"
            </button>
            <Neighbours bundling />
        </form>
    }
    .into_any()
}

/// The ways to the stock of its parts, and of the bundles that it is in.
#[component]
fn Neighbours(bundling: Bundling) -> impl IntoView {
    let parts: Vec<Sku> = bundling.bundle.iter().flat_map(Bundle::parts).map(|part| part.sku.clone()).collect();
    view! {
        {(!parts.is_empty()).then(|| view! { <p class="small">"Stock of its parts: " {links(parts)}</p> })}
        {(!bundling.part_of.is_empty())
            .then(|| view! { <p class="small">"It is a part of: " {links(bundling.part_of)}</p> })}
    }
    .into_any()
}

fn links(skus: Vec<Sku>) -> impl IntoView {
    let link = |(place, sku): (usize, Sku)| {
        view! {
            {(place > 0).then_some(", ")}
            <a href=sku_path(&sku)>{sku.to_string()}</a>
        }
    };
    skus.into_iter().enumerate().map(link).collect_view()
}
