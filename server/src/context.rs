//! The one place where ports meet their adapters. Everything that a page, a server function or a
//! command works with is put together here.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use app::store::Store;
use app::visitor::Visitor;
use domain::cart::ports::Carts;
use domain::catalog::ports::Catalog;
use domain::checkout::ports::Checkout;
use domain::inventory::ports::Inventory;
use domain::order::ports::Orders;
use domain::pricing::ports::Promotions;
use domain::search::ports::Search;
use leptos::prelude::{provide_context, use_context};
use tokio::sync::Notify;

use crate::cart::GraphCarts;
use crate::catalog::GraphCatalog;
use crate::checkout::{Drafts, Parts, SqlCheckout};
use crate::config::{DataSettings, sql_url};
use crate::event::Relay;
use crate::graph::{Credentials, Graph};
use crate::inventory::SqlInventory;
use crate::inventory::live::LiveStock;
use crate::order::{AccessKey, OrderGraph, SqlOrders};
use crate::payment::HttpGateway;
use crate::pricing::SqlPromotions;
use crate::search::GraphSearch;
use crate::sql::{Leases, Sql};

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
        let graph_url = settings.graph_url.clone().unwrap_or(embedded_graph);
        let sql_url = settings.sql_url.as_ref().map_or(Ok(embedded_sql.as_str()), sql_url)?;
        let credentials = settings
            .graph_user
            .clone()
            .zip(settings.graph_password.clone())
            .map(|(user, password)| Credentials { user, password });
        let (graph, sql) = tokio::join!(Graph::open(&graph_url, credentials.as_ref()), Sql::open(sql_url));
        let graph =
            graph.context("the graph database can't be opened; is another Cartograph using the same data folder?")?;
        Ok(Self { graph, sql: sql? })
    }
}

/// Opens the SQL database alone: also while a store is open on the same folder.
pub(crate) async fn open_sql(settings: &DataSettings) -> anyhow::Result<Sql> {
    let (_, embedded_sql) = embedded(&settings.data)?;
    Sql::open(settings.sql_url.as_ref().map_or(Ok(embedded_sql.as_str()), sql_url)?).await
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
    pub(crate) sql: Sql,
    pub(crate) catalog: Arc<dyn Catalog>,
    pub(crate) carts: Arc<dyn Carts>,
    pub(crate) checkout: Arc<dyn Checkout>,
    pub(crate) live_stock: LiveStock,
    inventory: Arc<dyn Inventory>,
    orders: Arc<dyn Orders>,
    promotions: Arc<dyn Promotions>,
    search: Arc<dyn Search>,
}

/// What runs beside the requests.
pub(crate) struct Workers {
    pub(crate) relay: Relay,
    pub(crate) checkout: SqlCheckout,
    pub(crate) leases: Leases,
}

impl Context {
    /// Puts the adapters together over open databases.
    pub(crate) fn new(
        databases: &Databases,
        catalog: GraphCatalog,
        store: Store,
        secret: &[u8],
        gateway_url: String,
    ) -> anyhow::Result<(Self, Workers)> {
        let Databases { graph, sql } = databases;
        let inventory = SqlInventory::new(sql.clone());
        let live_stock = LiveStock::new(inventory.clone());
        let access = AccessKey::derive(secret);
        let orders = SqlOrders::new(sql.clone(), access.clone());
        let published = Arc::new(Notify::new());
        let leases = Leases::new(sql.clone());
        let relay = Relay::new(
            sql.clone(),
            leases.clone(),
            catalog.clone(),
            inventory.clone(),
            orders.clone(),
            OrderGraph::new(graph.clone()),
            published.clone(),
        );
        let catalog: Arc<dyn Catalog> = Arc::new(catalog);
        let carts: Arc<dyn Carts> = Arc::new(GraphCarts::new(graph.clone()));
        let inventory: Arc<dyn Inventory> = Arc::new(inventory);
        let promotions: Arc<dyn Promotions> = Arc::new(SqlPromotions::new(sql.clone()));
        let checkout = SqlCheckout::new(Parts {
            sql: sql.clone(),
            drafts: Drafts::new(graph.clone()),
            catalog: catalog.clone(),
            carts: carts.clone(),
            inventory: inventory.clone(),
            promotions: promotions.clone(),
            gateway: Arc::new(HttpGateway::new(gateway_url)?),
            orders: orders.clone(),
            access,
            leases: leases.clone(),
            published,
        });
        let context = Self {
            store,
            sql: sql.clone(),
            catalog,
            carts,
            checkout: Arc::new(checkout.clone()),
            live_stock,
            inventory,
            orders: Arc::new(orders),
            promotions,
            search: Arc::new(GraphSearch::new(graph.clone())),
        };
        Ok((context, Workers { relay, checkout, leases }))
    }

    /// Puts the ports, the store and the visitor into the context of a request.
    pub(crate) fn provider(&self) -> impl Fn() + Clone + Send + Sync + 'static {
        let context = self.clone();
        move || {
            provide_context(context.store.clone());
            provide_context(context.catalog.clone());
            provide_context(context.carts.clone());
            provide_context(context.checkout.clone());
            provide_context(context.inventory.clone());
            provide_context(context.orders.clone());
            provide_context(context.promotions.clone());
            provide_context(context.search.clone());
            let visitor =
                use_context::<axum::http::request::Parts>().and_then(|p| p.extensions.get::<Visitor>().copied());
            if let Some(visitor) = visitor {
                provide_context(visitor);
            }
        }
    }
}
