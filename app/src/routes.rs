use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::catalog::{category::CategoryPage, home::HomePage, product::ProductPage};
use crate::checkout::{
    address::AddressPage, delivery::DeliveryPage, payment::PaymentPage, review::ReviewPage, start::CheckoutStart,
};
use crate::help::{HelpIndexPage, HelpTopicPage};
use crate::order::{look_up::OrderLookUpPage, status::OrderPage};
use crate::search::page::SearchPage;

/// Every page of the store by its address. Pages are sent when they are whole, so that a status,
/// a title and an entity tag can be right.
#[component]
pub fn Routes() -> impl IntoView {
    provide_meta_context();
    let whole = SsrMode::Async;
    view! {
        <Router>
            <crate::layout::Layout>
                <FlatRoutes fallback=crate::error::NotFoundPage>
                    <Route path=path!("/") view=HomePage ssr=whole.clone() />
                    <Route path=path!("/c/*category") view=CategoryPage ssr=whole.clone() />
                    <Route path=path!("/products/:slug") view=ProductPage ssr=whole.clone() />
                    <Route path=path!("/search") view=SearchPage ssr=whole.clone() />
                    <Route path=path!("/cart") view=crate::cart::page::CartPage ssr=whole.clone() />
                    <Route path=path!("/checkout") view=CheckoutStart ssr=whole.clone() />
                    <Route path=path!("/checkout/address") view=AddressPage ssr=whole.clone() />
                    <Route path=path!("/checkout/delivery") view=DeliveryPage ssr=whole.clone() />
                    <Route path=path!("/checkout/payment") view=PaymentPage ssr=whole.clone() />
                    <Route path=path!("/checkout/review") view=ReviewPage ssr=whole.clone() />
                    <Route path=path!("/orders") view=OrderLookUpPage ssr=whole.clone() />
                    <Route path=path!("/orders/:number") view=OrderPage ssr=whole.clone() />
                    <Route path=path!("/help") view=HelpIndexPage ssr=whole.clone() />
                    <Route path=path!("/help/:topic") view=HelpTopicPage ssr=whole />
                </FlatRoutes>
            </crate::layout::Layout>
        </Router>
    }
    .into_any()
}
