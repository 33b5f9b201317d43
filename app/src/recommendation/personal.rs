use domain::catalog::ProductId;
use domain::catalog::ports::Catalog;
use domain::recommendation::ShelfKind;
use domain::recommendation::ports::{Known, PersonalShelf, Recommendations};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::Admit;
use super::hidden::hidden;
use super::shelf::RecommendedShelf;
use crate::account::signed_in;
use crate::browsing::viewer;
use crate::icon::{Glyph, Icon};
use crate::page::{part, query};
use crate::port::port;
use crate::visitor::Visitor;

/// A page with rows for one shopper alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Home,
    History,
}

impl Place {
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::History => "/history",
        }
    }

    pub(super) const fn parameter(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::History => "history",
        }
    }

    pub(super) fn of_parameter(raw: &str) -> Self {
        if raw == Self::History.parameter() { Self::History } else { Self::Home }
    }
}

/// The rows for whoever asks, without what is hidden from them; none for a stranger.
pub async fn personal_shelves(hidden: &[ProductId]) -> Vec<PersonalShelf> {
    let (Ok(visitor), Ok(recommendations)) = (Visitor::current(), port::<dyn Recommendations>()) else {
        return Vec::new();
    };
    let account = signed_in().map(|signed_in| signed_in.account.id);
    let known = Known { history: viewer(), account, now: visitor.now };
    if known.history.is_none() && known.account.is_none() {
        return Vec::new();
    }
    recommendations.personal(&known, hidden).await.unwrap_or_default()
}

/// The rows under a history, which shows by itself what was looked at.
#[component]
pub fn ShelvesUnderHistory() -> impl IntoView {
    part(async move {
        let mut shelves = personal_shelves(&hidden().await).await;
        shelves.retain(|shelf| shelf.kind != ShelfKind::KeepLooking);
        view! { <ShelvesView shelves place=Place::History /> }
    })
}

#[component]
pub fn ShelvesView(shelves: Vec<PersonalShelf>, place: Place) -> impl IntoView {
    let shelf = |PersonalShelf { kind, recommended }: PersonalShelf| {
        let (id, title) = (format!("shelf-{}", kind.anchor()), kind.title());
        view! { <RecommendedShelf id title recommended dismissed_at=place /> }
    };
    shelves.into_iter().map(shelf).collect_view()
}

/// That a product was dismissed on a page just now, with a way to undo it.
#[component]
pub fn Dismissed(place: Place) -> impl IntoView {
    let product = query().get_str("dismissed").and_then(|raw| raw.parse::<ProductId>().ok());
    part(async move {
        let product = product?;
        // Anybody can write an address that says so.
        let cards = match port::<dyn Catalog>() {
            Ok(catalog) => catalog.cards(std::slice::from_ref(&product)).await.ok()?,
            Err(_) => return None,
        };
        let title = cards.get(&product)?.title.to_string();
        Some(view! {
            <div class="notice" role="status">
                <Icon glyph=Glyph::Info />
                <p>{format!("{title} will not be recommended to you any more.")}</p>
                <form method="post" action=Admit::url()>
                    <input type="hidden" name="product" value=product.to_string() />
                    <input type="hidden" name="place" value=place.parameter() />
                    <button class="link-button" type="submit">
                        "Undo"
                    </button>
                </form>
            </div>
        })
    })
}
