//! What a request finds in its context.

use std::sync::Arc;

use app::visitor::Visitor;
use domain::account::{Client, SignedIn};
use domain::alert::ports::Alerts;
use domain::search::insight::{Findings, Mark};
use domain::typed::ports::TypedForms;
use leptos::prelude::{provide_context, use_context};

use super::Context;

impl Context {
    /// Puts the ports, the store and the visitor into the context of a request.
    pub(crate) fn provider(&self) -> impl Fn() + Clone + Send + Sync + 'static {
        let context = Arc::new(self.clone());
        let typed_forms: Arc<dyn TypedForms> = Arc::new(self.typed_forms.clone());
        let alerts: Arc<dyn Alerts> = Arc::new(self.alerts.clone());
        move || {
            provide_context(context.store.clone());
            provide_context(context.accounts.clone());
            provide_context(context.passkeys.clone());
            provide_context(context.codes.clone());
            provide_context(context.account_desk.clone());
            provide_context(context.address_book.clone());
            provide_context(context.browsing.clone());
            provide_context(context.catalog.clone());
            provide_context(context.carts.clone());
            provide_context(context.checkout.clone());
            provide_context(context.inspection.clone());
            provide_context(context.inventory.clone());
            provide_context(context.stock_room.clone());
            provide_context(context.locations.clone());
            provide_context(context.desk.clone());
            provide_context(context.store_credits.clone());
            provide_context(context.order_desk.clone());
            provide_context(context.fault_switch.clone());
            provide_context(context.orders.clone());
            provide_context(context.order_letters.clone());
            provide_context(context.returns.clone());
            provide_context(context.promotions.clone());
            provide_context(context.recommendations.clone());
            provide_context(context.reviews.clone());
            provide_context(context.search.clone());
            provide_context(context.insight.clone());
            provide_context(typed_forms.clone());
            provide_context(alerts.clone());
            provide_context(context.wish_lists.clone());
            let Some(request) = use_context::<axum::http::request::Parts>() else { return };
            if let Some(visitor) = request.extensions.get::<Visitor>() {
                provide_context(*visitor);
            }
            if let Some(mark) = request.extensions.get::<Mark>() {
                provide_context(*mark);
            }
            if let Some(findings) = request.extensions.get::<Findings>() {
                provide_context(findings.clone());
            }
            if let Some(client) = request.extensions.get::<Client>() {
                provide_context(client.clone());
            }
            if let Some(signed_in) = request.extensions.get::<SignedIn>() {
                provide_context(signed_in.clone());
            }
        }
    }
}
