use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::account::{
    addresses::AddressesPage, book::AddressPage as SavedAddressPage, forgotten::ForgottenPage, link::LinkPage,
    orders::OrdersPage, overview::OverviewPage, passkey::NewPasskeyPage, passkey::ShowPasskeyPage,
    register::RegisterPage, security::SecurityPage, sessions::SessionsPage, settings::SettingsPage,
    sign_in::SignInPage, totp::CodePage, totp::CodesPage,
};
use crate::alert::{ask::AskAlertPage, confirm::ConfirmAlertPage, list::AlertsPage, stop::StopAlertsPage};
use crate::catalog::{category::CategoryPage, home::HomePage, product::ProductPage};
use crate::checkout::{
    address::AddressPage, challenge::ChallengeReturn, delivery::DeliveryPage, payment::PaymentPage, review::ReviewPage,
    start::CheckoutStart,
};
use crate::help::{HelpIndexPage, HelpTopicPage};
use crate::operator::accounts::{AccountSheetPage, AccountsPage};
use crate::operator::faults::FaultsPage;
use crate::operator::gift_cards::GiftCardsPage;
use crate::operator::ledger::LedgerPage;
use crate::operator::letters::{LetterSheetPage, LettersPage};
use crate::operator::orders::{list::OrderListPage, sheet::OrderSheetPage};
use crate::operator::overview::OverviewPage as OperatorOverviewPage;
use crate::operator::stock::{
    counts::{CountPage, CountsPage},
    list::StockListPage,
    locations::{LocationPage, LocationsPage},
    sku::SkuPage,
};
use crate::operator::trouble::TroublePage;
use crate::order::{
    address_change::AddressChangePage, look_up::OrderLookUpPage, returns::page::ReturnPage, status::OrderPage,
};
use crate::payment::store_credit::StoreCreditPage;
use crate::review::queue::QueuePage;
use crate::review::write::WriteReviewPage;
use crate::search::insight::SearchesPage;
use crate::search::page::SearchPage;
use crate::wish_list::{add::AddToListPage, list::ListPage, overview::ListsPage, shared::SharedListPage};

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
                    <Route path=path!("/products/:slug/review") view=WriteReviewPage ssr=whole.clone() />
                    <Route path=path!("/search") view=SearchPage ssr=whole.clone() />
                    <Route path=path!("/cart") view=crate::cart::page::CartPage ssr=whole.clone() />
                    <Route path=path!("/checkout") view=CheckoutStart ssr=whole.clone() />
                    <Route path=path!("/checkout/address") view=AddressPage ssr=whole.clone() />
                    <Route path=path!("/checkout/delivery") view=DeliveryPage ssr=whole.clone() />
                    <Route path=path!("/checkout/payment") view=PaymentPage ssr=whole.clone() />
                    <Route path=path!("/checkout/review") view=ReviewPage ssr=whole.clone() />
                    <Route path=path!("/checkout/challenge") view=ChallengeReturn ssr=whole.clone() />
                    <Route path=path!("/orders") view=OrderLookUpPage ssr=whole.clone() />
                    <Route path=path!("/orders/:number") view=OrderPage ssr=whole.clone() />
                    <Route path=path!("/orders/:number/address") view=AddressChangePage ssr=whole.clone() />
                    <Route path=path!("/orders/:number/return") view=ReturnPage ssr=whole.clone() />
                    <Route path=path!("/account") view=OverviewPage ssr=whole.clone() />
                    <Route path=path!("/account/sign-in") view=SignInPage ssr=whole.clone() />
                    <Route path=path!("/account/sign-in/code") view=CodePage ssr=whole.clone() />
                    <Route path=path!("/account/sign-in/passkey") view=ShowPasskeyPage ssr=whole.clone() />
                    <Route path=path!("/account/register") view=RegisterPage ssr=whole.clone() />
                    <Route path=path!("/account/forgotten") view=ForgottenPage ssr=whole.clone() />
                    <Route path=path!("/account/link") view=LinkPage ssr=whole.clone() />
                    <Route path=path!("/account/orders") view=OrdersPage ssr=whole.clone() />
                    <Route path=path!("/account/addresses") view=AddressesPage ssr=whole.clone() />
                    <Route path=path!("/account/addresses/:id") view=SavedAddressPage ssr=whole.clone() />
                    <Route path=path!("/account/lists") view=ListsPage ssr=whole.clone() />
                    <Route path=path!("/account/lists/add") view=AddToListPage ssr=whole.clone() />
                    <Route path=path!("/account/lists/:id") view=ListPage ssr=whole.clone() />
                    <Route path=path!("/lists/:key") view=SharedListPage ssr=whole.clone() />
                    <Route path=path!("/account/alerts") view=AlertsPage ssr=whole.clone() />
                    <Route path=path!("/alerts/new") view=AskAlertPage ssr=whole.clone() />
                    <Route path=path!("/alerts/confirm") view=ConfirmAlertPage ssr=whole.clone() />
                    <Route path=path!("/alerts/stop") view=StopAlertsPage ssr=whole.clone() />
                    <Route path=path!("/account/credit") view=StoreCreditPage ssr=whole.clone() />
                    <Route path=path!("/account/sessions") view=SessionsPage ssr=whole.clone() />
                    <Route path=path!("/account/security") view=SecurityPage ssr=whole.clone() />
                    <Route path=path!("/account/security/passkey") view=NewPasskeyPage ssr=whole.clone() />
                    <Route path=path!("/account/security/codes") view=CodesPage ssr=whole.clone() />
                    <Route path=path!("/account/settings") view=SettingsPage ssr=whole.clone() />
                    <Route path=path!("/operator") view=OperatorOverviewPage ssr=whole.clone() />
                    <Route path=path!("/operator/orders") view=OrderListPage ssr=whole.clone() />
                    <Route path=path!("/operator/orders/:number") view=OrderSheetPage ssr=whole.clone() />
                    <Route path=path!("/operator/stock") view=StockListPage ssr=whole.clone() />
                    <Route path=path!("/operator/stock/skus/:sku") view=SkuPage ssr=whole.clone() />
                    <Route path=path!("/operator/stock/locations") view=LocationsPage ssr=whole.clone() />
                    <Route path=path!("/operator/stock/locations/:id") view=LocationPage ssr=whole.clone() />
                    <Route path=path!("/operator/stock/counts") view=CountsPage ssr=whole.clone() />
                    <Route path=path!("/operator/stock/counts/:id") view=CountPage ssr=whole.clone() />
                    <Route path=path!("/operator/sagas") view=TroublePage ssr=whole.clone() />
                    <Route path=path!("/operator/ledger") view=LedgerPage ssr=whole.clone() />
                    <Route path=path!("/operator/gift-cards") view=GiftCardsPage ssr=whole.clone() />
                    <Route path=path!("/operator/letters") view=LettersPage ssr=whole.clone() />
                    <Route path=path!("/operator/letters/:id") view=LetterSheetPage ssr=whole.clone() />
                    <Route path=path!("/operator/accounts") view=AccountsPage ssr=whole.clone() />
                    <Route path=path!("/operator/accounts/:id") view=AccountSheetPage ssr=whole.clone() />
                    <Route path=path!("/operator/faults") view=FaultsPage ssr=whole.clone() />
                    <Route path=path!("/operator/searches") view=SearchesPage ssr=whole.clone() />
                    <Route path=path!("/operator/reviews") view=QueuePage ssr=whole.clone() />
                    <Route path=path!("/history") view=crate::browsing::page::HistoryPage ssr=whole.clone() />
                    <Route path=path!("/operator/graph") view=crate::inspection::page::GraphPage ssr=whole.clone() />
                    <Route
                        path=path!("/operator/graph/:kind/:id")
                        view=crate::inspection::page::NeighbourhoodPage
                        ssr=whole.clone()
                    />
                    <Route path=path!("/help") view=HelpIndexPage ssr=whole.clone() />
                    <Route path=path!("/help/:topic") view=HelpTopicPage ssr=whole />
                </FlatRoutes>
            </crate::layout::Layout>
        </Router>
    }
    .into_any()
}
