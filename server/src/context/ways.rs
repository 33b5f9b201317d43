use std::path::Path;
use std::sync::Arc;

use app::store::Store;
use domain::mail::ports::Mail;
use domain::order::letter::Letterhead;

use crate::account::Sender;
use crate::alert::DueAlerts;
use crate::browsing::GraphBrowsing;
use crate::cart::GraphCarts;
use crate::catalog::{GraphCatalog, Shelving};
use crate::checkout::Drafts;
use crate::config::{MailSettings, PaymentSettings};
use crate::event::Consumers;
use crate::fault::{Faults, Faulty};
use crate::graph::Graph;
use crate::inventory::SqlInventory;
use crate::mail::{FolderMail, MailServer, SmtpMail};
use crate::order::{AccessKey, Letters, OrderGraph, SqlOrders};
use crate::review::GraphReviews;
use crate::sql::Sql;
use crate::wish_list::GraphWishLists;

/// The ways out of the store: to whoever holds the money, to whoever delivers letters, and to the disk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ways<'a> {
    pub(crate) payment: &'a PaymentSettings,
    pub(crate) mail: &'a MailSettings,
    /// The data folder.
    pub(crate) data: &'a Path,
}

/// Letters, from their words to whoever delivers them.
pub(super) struct Correspondence {
    pub(super) mail: Arc<dyn Mail>,
    pub(super) sender: Sender,
    pub(super) letters: Letters,
    pub(super) head: Letterhead,
}

/// Puts the letters of a store together.
pub(super) fn correspond(
    Ways { mail, data, .. }: Ways<'_>,
    sql: &Sql,
    store: &Store,
    faults: &Faults,
    orders: &SqlOrders,
    access: &AccessKey,
) -> anyhow::Result<Correspondence> {
    let (name, base_url) = (&store.name, &store.base_url);
    let mail: Arc<dyn Mail> = match mail.smtp.as_ref().map(MailServer::parse).transpose()? {
        Some(server) => Arc::new(Faulty::new(SmtpMail::new(server, name, base_url)?, faults.clone())),
        None => Arc::new(Faulty::new(FolderMail::new(data, name, base_url), faults.clone())),
    };
    let letterhead = store.letterhead();
    let letters = Letters::new(sql.clone(), orders.clone(), access.clone(), letterhead.clone());
    let sender = Sender { store_name: name.to_string(), base_url: base_url.to_string() };
    Ok(Correspondence { mail, sender, letters, head: letterhead })
}

/// Puts together who hears of events.
pub(super) fn hearing(
    graph: &Graph,
    catalog: &GraphCatalog,
    (orders, order_graph): (&SqlOrders, &OrderGraph),
    reviews: &GraphReviews,
    browsing: &GraphBrowsing,
    inventory: &SqlInventory,
    alerts: &DueAlerts,
) -> Consumers {
    Consumers {
        shelving: Shelving::new(catalog.clone(), inventory.clone()),
        orders: orders.clone(),
        order_graph: order_graph.clone(),
        reviews: reviews.clone(),
        wish_lists: GraphWishLists::new(graph.clone()),
        carts: GraphCarts::new(graph.clone()),
        drafts: Drafts::new(graph.clone()),
        browsing: browsing.clone(),
        alerts: alerts.clone(),
    }
}
