//! What the cart page tells about the change that led to it, with a way to undo it.

use domain::catalog::{Sku, Title};
use domain::inventory::Quantity;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::AddLine;
use crate::error::WireError;
use crate::form::sentence;
use crate::icon::{Glyph, Icon};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CartNotice {
    Added { sku: Sku, title: Title, quantity: Option<Quantity> },
    Removed { sku: Sku, title: Title, quantity: Quantity },
    Refused { error: WireError },
}

#[component]
pub fn CartNoticeLine(notice: CartNotice) -> impl IntoView {
    match notice {
        CartNotice::Added { title, .. } => view! {
            <div class="notice notice--good">
                <Icon glyph=Glyph::CheckCircle />
                <p>"Added: " <b>{title.to_string()}</b> "."</p>
            </div>
        }
        .into_any(),
        CartNotice::Refused { error } => view! {
            <div class="notice notice--bad">
                <Icon glyph=Glyph::Warning />
                <p>{sentence(&error.to_string())}</p>
            </div>
        }
        .into_any(),
        CartNotice::Removed { sku, title, quantity } => view! {
            <div class="notice notice--good">
                <Icon glyph=Glyph::CheckCircle />
                <p>"Removed " <b>{title.to_string()}</b> " from your cart."</p>
                <form method="post" action=AddLine::url()>
                    <input type="hidden" name="sku" value=sku.to_string() />
                    <input type="hidden" name="quantity" value=quantity.get() />
                    <button class="link-button" type="submit">
                        "Undo"
                    </button>
                </form>
            </div>
        }
        .into_any(),
    }
}
