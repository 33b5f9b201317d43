//! The one place where ports meet their adapters. Everything that a page, a server function or a
//! command works with is put together here.

mod provider;
mod ways;

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use app::payment::SANDBOX_PATH;
use app::store::Store;
use axum::Router;
use domain::account::ports::{Accounts, AddressBook, Passkeys, SignInCodes};
use domain::browsing::ports::Browsing;
use domain::cart::ports::Carts;
use domain::catalog::ports::Catalog;
use domain::checkout::ports::Checkout;
use domain::fault::ports::FaultSwitch;
use domain::inspection::ports::Inspection;
use domain::inventory::ports::{Inventory, Locations, StockRoom};
use domain::operator::ports::{AccountDesk, Desk, OrderDesk};
use domain::order::ports::{OrderLetters, Orders};
use domain::order::returns::ports::Returns;
use domain::payment::ports::StoreCredits;
use domain::pricing::ports::Promotions;
use domain::recommendation::ports::Recommendations;
use domain::review::ports::Reviews;
use domain::search::ports::{Insight, Search};
use domain::wish_list::ports::WishLists;
use futures::future::{BoxFuture, FutureExt as _};
use tokio::sync::Notify;

use crate::account::{SqlAccounts, SqlAddressBook, SqlPasskeys, export::Exported};
use crate::alert::{AlertKey, DueAlerts, SqlAlerts};
use crate::browsing::GraphBrowsing;
use crate::cart::GraphCarts;
use crate::catalog::GraphCatalog;
use crate::checkout::{Drafts, Parts, SqlCheckout};
use crate::config::{DataSettings, PaymentSettings, Secret};
use crate::event::{Post, Relay};
use crate::fault::{Faults, Faulty};
use crate::graph::Graph;
use crate::inspection::GraphInspection;
use crate::inventory::live::LiveStock;
use crate::inventory::{SqlInventory, SqlLocations, SqlStockRoom};
use crate::operator::{NotedSwitch, SqlDesk, SqlOrderDesk};
use crate::order::invoice_document::Invoices;
use crate::order::{AccessKey, OrderGraph, SqlOrders};
use crate::payment::gift_card::SqlStoreCredits;
use crate::payment::{HttpGateway, Tenders, sandbox, webhook};
use crate::pricing::SqlPromotions;
use crate::recommendation::{Edges, GraphRecommendations, Learner, VisitLearner};
use crate::review::GraphReviews;
use crate::search::insight::SqlInsight;
use crate::search::{Follower, IndexSearch};
use crate::sql::{GroupCommit, Leases, Sql};
use crate::typed::SqlTypedForms;
use crate::wish_list::GraphWishLists;
use ways::{Correspondence, correspond, hearing};

pub(crate) use ways::Ways;

/// The open databases.
#[derive(Debug, Clone)]
pub(crate) struct Databases {
    pub(crate) graph: Graph,
    pub(crate) sql: Sql,
}

impl Databases {
    /// Opens both in a folder.
    pub(crate) async fn open_embedded(folder: &Path) -> anyhow::Result<Self> {
        let (graph_url, sql_url) = embedded(folder)?;
        Ok(Self { graph: Graph::open(&graph_url, None).await?, sql: Sql::open(&sql_url).await? })
    }

    /// Opens both, side by side.
    pub(crate) async fn open(settings: &DataSettings) -> anyhow::Result<Self> {
        let (embedded_graph, embedded_sql) = embedded(&settings.data)?;
        let graph_url = settings.graph_url()?.unwrap_or(&embedded_graph);
        let sql_url = settings.sql_url()?.unwrap_or(&embedded_sql);
        let credentials = settings.credentials()?;
        let (graph, sql) = tokio::join!(Graph::open(graph_url, credentials.as_ref()), Sql::open(sql_url));
        Ok(Self { graph: graph?, sql: sql? })
    }

    /// The same databases, of which the graph fails or waits while a fault is on.
    #[must_use]
    pub(crate) fn failing_by(self, faults: &Faults) -> Self {
        Self { graph: self.graph.failing_by(faults.clone()), sql: self.sql }
    }

    /// Closes both, before the program ends.
    pub(crate) async fn close(&self) {
        self.sql.close().await;
        self.graph.close().await;
    }
}

/// Opens the SQL database alone: also while a store is open on the same folder.
pub(crate) async fn open_sql(settings: &DataSettings) -> anyhow::Result<Sql> {
    let (_, embedded_sql) = embedded(&settings.data)?;
    Sql::open(settings.sql_url()?.unwrap_or(&embedded_sql)).await
}

/// The addresses of the embedded databases in a folder, which is made where it is missing.
fn embedded(folder: &Path) -> anyhow::Result<(String, String)> {
    std::fs::create_dir_all(folder).with_context(|| format!("making the data folder {}", folder.display()))?;
    let folder = std::path::absolute(folder)?;
    let graph_url = format!("rocksdb://{}", folder.join("graph").display());
    Ok((graph_url, format!("sqlite://{}", folder.join("store.sqlite").display())))
}

/// The adapters of a running store.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) store: Store,
    sql: Sql,
    /// The embedded gateway; none in a store that has a real one, for nobody else holds money there.
    pub(crate) sandbox: Option<Router>,
    /// Where the gateway tells of payments; none where nothing that it says would be believed.
    pub(crate) webhooks: Option<Router>,
    pub(crate) catalog: Arc<dyn Catalog>,
    pub(crate) carts: Arc<dyn Carts>,
    pub(crate) checkout: Arc<dyn Checkout>,
    pub(crate) live_stock: LiveStock,
    pub(crate) accounts: Arc<dyn Accounts>,
    passkeys: Arc<dyn Passkeys>,
    codes: Arc<dyn SignInCodes>,
    account_desk: Arc<dyn AccountDesk>,
    drafts: Drafts,
    browsing: Arc<dyn Browsing>,
    address_book: Arc<dyn AddressBook>,
    inspection: Arc<dyn Inspection>,
    inventory: Arc<dyn Inventory>,
    stock_room: Arc<dyn StockRoom>,
    locations: Arc<dyn Locations>,
    desk: Arc<dyn Desk>,
    store_credits: Arc<dyn StoreCredits>,
    order_desk: Arc<dyn OrderDesk>,
    fault_switch: Arc<dyn FaultSwitch>,
    orders: Arc<dyn Orders>,
    order_letters: Arc<dyn OrderLetters>,
    returns: Arc<dyn Returns>,
    promotions: Arc<dyn Promotions>,
    recommendations: Arc<dyn Recommendations>,
    pub(crate) reviews: Arc<dyn Reviews>,
    search: Arc<dyn Search>,
    insight: Arc<dyn Insight>,
    /// What notices that something was found.
    pub(crate) index: IndexSearch,
    pub(crate) counts: SqlInsight,
    pub(crate) typed_forms: SqlTypedForms,
    pub(crate) alerts: SqlAlerts,
    wish_lists: Arc<dyn WishLists>,
}

/// What runs beside the requests.
pub(crate) struct Workers {
    pub(crate) relay: Relay,
    pub(crate) post: Post,
    pub(crate) learner: Learner,
    pub(crate) visit_learner: VisitLearner,
    pub(crate) browsing: GraphBrowsing,
    pub(crate) checkout: SqlCheckout,
    pub(crate) leases: Leases,
    pub(crate) follower: Follower,
    pub(crate) accounts: SqlAccounts,
    pub(crate) commits: GroupCommit,
    /// What the embedded gateway tells the store.
    pub(crate) notices: BoxFuture<'static, ()>,
}

impl Context {
    /// Puts the adapters together over open databases. Without the key of a gateway the embedded one takes
    /// the cards. The ports fail while one of the faults is on.
    pub(crate) fn new(
        databases: &Databases,
        catalog: GraphCatalog,
        store: Store,
        secret: &[u8],
        ways: Ways<'_>,
        faults: &Faults,
    ) -> anyhow::Result<(Self, Workers)> {
        let (Databases { graph, sql }, Ways { payment, data, .. }) = (databases, ways);
        let inventory = SqlInventory::new(sql.clone());
        let (access, published) = (AccessKey::derive(secret), Arc::new(Notify::new()));
        let order_graph = OrderGraph::new(graph.clone());
        let orders = SqlOrders::new(sql.clone(), access.clone()).reading_from(order_graph.clone());
        let (leases, mut commits) = (Leases::new(sql.clone()), GroupCommit::new(sql.clone()));
        let reviews = GraphReviews::new(graph.clone(), catalog.clone(), orders.clone(), sql.clone());
        let (wish_lists, browsing) = (GraphWishLists::new(graph.clone()), GraphBrowsing::new(graph.clone()));
        let (carts, drafts) = (GraphCarts::new(graph.clone()), Drafts::new(graph.clone()));
        let Correspondence { mail, sender, letters, head } = correspond(ways, sql, &store, faults, &orders, &access)?;
        let due = DueAlerts::new(sql.clone(), catalog.clone(), inventory.clone(), AlertKey::derive(secret), head);
        let consumers = hearing(graph, &catalog, (&orders, &order_graph), &reviews, &browsing, &inventory, &due);
        let alerts = SqlAlerts::new(sql.clone(), due.clone(), mail.clone(), published.clone());
        let post = Post::new(sql.clone(), leases.clone(), letters.clone(), due, mail.clone(), &mut commits);
        let wakes = [published.clone(), post.wake()];
        let relay = Relay::new(sql.clone(), leases.clone(), consumers, wakes, &mut commits);
        let (edges, counts) = (Edges::new(graph.clone()), SqlInsight::new(sql.clone()));
        let search = IndexSearch::open(catalog.clone(), counts.clone(), data);
        let promotions: Arc<dyn Promotions> = Arc::new(SqlPromotions::new(sql.clone()));
        let wired = wire(sql, &mut commits, payment, &store)?;
        let parts = Parts {
            sql: sql.clone(),
            drafts: drafts.clone(),
            catalog: catalog.clone(),
            carts: carts.clone(),
            inventory: inventory.clone(),
            promotions: promotions.clone(),
            taxes: store.taxes.clone(),
            gateway: Arc::new(Faulty::new(Tenders::new(wired.gateway, sql.clone()), faults.clone())),
            orders: orders.clone(),
            access,
            leases: leases.clone(),
            published: published.clone(),
        };
        let checkout = SqlCheckout::new(parts, &mut commits);
        let webhooks = wired.webhook_secret.clone().map(|secret| webhook::router(Arc::new(checkout.clone()), secret));
        let notices = carried(wired.notices, webhooks.clone(), wired.webhook_secret);
        let accounts = SqlAccounts::new(sql.clone(), mail, sender)?;
        let (history, shown): (Arc<dyn Orders>, Arc<dyn Browsing>) =
            (Arc::new(orders.clone()), Arc::new(browsing.clone()));
        let recommendations =
            GraphRecommendations::new(edges.clone(), Arc::new(catalog.clone()), shown.clone(), history.clone());
        let workers = Workers {
            relay,
            post,
            learner: Learner::new(order_graph, catalog.clone(), edges.clone(), leases.clone()),
            visit_learner: VisitLearner::new(browsing.clone(), edges, leases.clone()),
            browsing,
            checkout: checkout.clone(),
            leases,
            follower: Follower::new(search.clone(), data),
            accounts: accounts.clone(),
            commits,
            notices,
        };
        let context = Self {
            passkeys: Arc::new(SqlPasskeys::new(accounts.clone(), &store)),
            codes: Arc::new(accounts.clone()),
            account_desk: Arc::new(accounts.clone()),
            store,
            sql: sql.clone(),
            accounts: Arc::new(accounts),
            drafts,
            browsing: shown,
            address_book: Arc::new(SqlAddressBook::new(sql.clone())),
            desk: Arc::new(SqlDesk::new(sql.clone(), checkout.clone(), wired.pages.is_some(), published.clone())),
            store_credits: Arc::new(SqlStoreCredits::new(sql.clone())),
            sandbox: wired.pages,
            webhooks,
            inspection: Arc::new(GraphInspection::new(
                graph.clone(),
                sql.clone(),
                catalog.clone(),
                orders.clone(),
                recommendations.clone(),
            )),
            catalog: Arc::new(catalog),
            carts: Arc::new(carts),
            live_stock: LiveStock::new(inventory.clone()),
            inventory: Arc::new(inventory),
            stock_room: Arc::new(SqlStockRoom::new(sql.clone(), published)),
            locations: Arc::new(SqlLocations::new(sql.clone())),
            order_desk: Arc::new(SqlOrderDesk::new(sql.clone(), orders, checkout.clone())),
            fault_switch: Arc::new(NotedSwitch::new(sql.clone(), faults.clone())),
            orders: history,
            order_letters: Arc::new(letters),
            returns: Arc::new(checkout.clone()),
            checkout: Arc::new(checkout),
            promotions,
            recommendations: Arc::new(recommendations),
            search: Arc::new(Faulty::new(search.clone(), faults.clone())),
            insight: Arc::new(counts.clone()),
            index: search,
            counts,
            reviews: Arc::new(reviews),
            typed_forms: SqlTypedForms::new(sql.clone()),
            alerts,
            wish_lists: Arc::new(wish_lists),
        };
        Ok((context, workers))
    }

    /// What an account's data is read from.
    pub(crate) fn exported(&self) -> Exported {
        Exported {
            accounts: self.accounts.clone(),
            passkeys: self.passkeys.clone(),
            codes: self.codes.clone(),
            address_book: self.address_book.clone(),
            orders: self.orders.clone(),
            store_credits: self.store_credits.clone(),
            reviews: self.reviews.clone(),
            wish_lists: self.wish_lists.clone(),
            browsing: self.browsing.clone(),
            carts: self.carts.clone(),
            drafts: self.drafts.clone(),
            alerts: Arc::new(self.alerts.clone()),
            sql: self.sql.clone(),
        }
    }

    /// What invoices are made of.
    pub(crate) fn invoices(&self) -> Invoices {
        Invoices { orders: self.orders.clone(), desk: self.order_desk.clone(), store: self.store.clone() }
    }
}

/// A gateway and what belongs to it.
struct Wired {
    gateway: HttpGateway,
    /// What browsers meet of the embedded one.
    pages: Option<Router>,
    notices: Option<sandbox::Notices>,
    webhook_secret: Option<Secret>,
}

fn wire(sql: &Sql, commits: &mut GroupCommit, payment: &PaymentSettings, store: &Store) -> anyhow::Result<Wired> {
    if let Some((url, key)) = payment.elsewhere()? {
        let gateway = HttpGateway::at(url, key, &store.base_url)?;
        let webhook_secret = payment.webhook_secret.clone();
        return Ok(Wired { gateway, pages: None, notices: None, webhook_secret });
    }
    // Nobody else knows either secret: what comes from outside is neither served nor believed.
    let key = Secret::random();
    let setup = sandbox::Setup { key: Some(key.clone()), origin: SANDBOX_PATH.to_owned(), tells_all: false };
    let sandbox::Opened { pages, api, notices, .. } = sandbox::open(sql.clone(), commits, setup);
    Ok(Wired {
        gateway: HttpGateway::embedded(api, key),
        pages: Some(pages),
        notices: Some(notices),
        webhook_secret: Some(Secret::random()),
    })
}

/// Carries what the embedded gateway tells to the store, where there is one.
fn carried(
    notices: Option<sandbox::Notices>,
    webhooks: Option<Router>,
    secret: Option<Secret>,
) -> BoxFuture<'static, ()> {
    match (notices, webhooks, secret) {
        (Some(notices), Some(webhooks), Some(secret)) => {
            notices.tell_within(webhooks, webhook::WEBHOOK_PATH, secret).boxed()
        }
        _ => std::future::ready(()).boxed(),
    }
}
