//! Before orders are measured: carts and drafts are written straight into the graph, as they are when
//! their shoppers look at the review, and what their "Place order" buttons would post goes into a
//! list. Placing is then all that the load driver does.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use app::store::Store;
use axum_extra::extract::cookie::Key;
use clap::Args;
use domain::cart::{Cart, CartChange, CartId};
use domain::catalog::Sku;
use domain::checkout::ports::Checkout;
use domain::checkout::{ContactForm, Draft, IdempotencyKey};
use domain::inventory::ports::Inventory as _;
use domain::inventory::{Quantity, Supply};
use domain::payment::PaymentMethod;
use domain::pricing::Currency;
use domain::shipment::DeliveryOption;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use rand::seq::SliceRandom as _;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use crate::cart::GraphCarts;
use crate::catalog::GraphCatalog;
use crate::checkout::Drafts;
use crate::config::{DataSettings, MailSettings, PaymentSettings, signing_secret};
use crate::context::{Context, Databases, Ways};
use crate::fault::Faults;
use crate::http::session::signed_cookie;
use crate::inventory::SqlInventory;

const BATCH: usize = 500;
/// Reviews that are looked at side by side.
const LOOKS_AT_ONCE: usize = 16;
const EVERYBODY: u32 = 100;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    data: DataSettings,
    /// How many shoppers, each with two lines in the cart
    #[arg(long)]
    orders: u32,
    /// How many SKUs they choose from
    #[arg(long, default_value_t = 50_000, value_parser = clap::value_parser!(u32).range(3..))]
    skus: u32,
    /// How many of a hundred want the same SKU
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=100))]
    hot_percent: u32,
    /// Units on hand of each SKU
    #[arg(long, default_value_t = 1_000_000)]
    units: u32,
    /// Where the list goes: cookie, key, seen total and reviewed version, with tabs between them
    #[arg(long, value_name = "FILE")]
    list: PathBuf,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let databases = Databases::open(&arguments.data).await?;
    let prepared = prepare(&databases, &arguments).await;
    databases.close().await;
    prepared?;
    println!("{} shoppers are about to place their orders.", arguments.orders);
    Ok(())
}

async fn prepare(databases: &Databases, arguments: &Arguments) -> anyhow::Result<()> {
    let catalog = GraphCatalog::new(databases.graph.clone());
    let skus = catalog.some_skus(arguments.skus).await?;
    ensure!(skus.len() >= 3, "a store without products has no shoppers: run `cartograph demo` first");
    let supplies: Vec<(Sku, Supply)> = skus.iter().map(|sku| (sku.clone(), Supply::Units(arguments.units))).collect();
    for some in supplies.chunks(BATCH) {
        SqlInventory::new(databases.sql.clone()).supply(some).await?;
    }
    let secret = signing_secret(None, &arguments.data.data)?;
    let (payment, mail) = (PaymentSettings::default(), MailSettings::default());
    let ways = Ways { payment: &payment, mail: &mail, data: &arguments.data.data };
    let (context, _) = Context::new(databases, catalog, rehearsal(), &secret, ways, &Faults::default())?;
    let (carts, drafts) = (GraphCarts::new(databases.graph.clone()), Drafts::new(databases.graph.clone()));
    let mut list = std::io::BufWriter::new(std::fs::File::create(&arguments.list).context("making the list")?);
    let mut shoppers = Shoppers::new(skus, arguments.hot_percent)?;
    let key = Key::from(&secret);
    for done in (0..arguments.orders as usize).step_by(BATCH) {
        let batch = shoppers.take(BATCH.min(arguments.orders as usize - done))?;
        carts.add(&batch.iter().map(|(id, cart, _)| (*id, cart.clone())).collect::<Vec<_>>()).await?;
        drafts.add(&batch.iter().map(|(id, _, draft)| (*id, draft.clone())).collect::<Vec<_>>()).await?;
        let ids: Vec<CartId> = batch.into_iter().map(|(id, ..)| id).collect();
        let lines = ids.into_iter().map(|id| line(context.checkout.clone(), &key, id));
        let lines: Vec<String> = stream::iter(lines).buffered(LOOKS_AT_ONCE).try_collect().await?;
        list.write_all(lines.concat().as_bytes())?;
    }
    list.flush().context("writing the list")
}

/// What the button of a review would post, and the cookie that would go with it.
async fn line(checkout: Arc<dyn Checkout>, key: &Key, id: CartId) -> anyhow::Result<String> {
    let view = checkout.view(id, None).await?;
    let total = view.cart.totals.context("a cart has no total")?.total();
    let (cookie, reviewed) = (signed_cookie(key, id)?, view.reviewed());
    Ok(format!("{cookie}\t{}\t{} {}\t{reviewed}\n", view.draft.key, total.decimal(), total.currency().code()))
}

/// Makes shoppers, the same ones each time but for their ids.
struct Shoppers {
    random: ChaCha8Rng,
    skus: Vec<Sku>,
    next: usize,
    hot_percent: u32,
    payment: PaymentMethod,
}

impl Shoppers {
    fn new(mut skus: Vec<Sku>, hot_percent: u32) -> anyhow::Result<Self> {
        let mut random = ChaCha8Rng::seed_from_u64(1);
        skus.shuffle(&mut random);
        let payment = PaymentMethod { token: "pm_card_visa".parse()?, label: "Card ending in 4242".parse()? };
        Ok(Self { random, skus, next: 0, hot_percent, payment })
    }

    fn take(&mut self, count: usize) -> anyhow::Result<Vec<(CartId, Cart, Draft)>> {
        (0..count).map(|_| Ok((CartId::new(Uuid::new_v4()), self.cart()?, self.draft()))).collect()
    }

    /// Two lines: SKUs in turn, so that all are wanted equally, and the first of all by the share that
    /// wants it.
    fn cart(&mut self) -> anyhow::Result<Cart> {
        let is_hot = self.random.random_range(0..EVERYBODY) < self.hot_percent;
        let first = if is_hot { self.skus[0].clone() } else { self.sku_in_turn() };
        let mut cart = Cart::default();
        for sku in [first, self.sku_in_turn()] {
            cart = cart.apply(&CartChange::Add { sku, quantity: Quantity::ONE })?;
        }
        Ok(cart)
    }

    fn sku_in_turn(&mut self) -> Sku {
        // The first one is the hot one.
        self.next = self.next % (self.skus.len() - 1) + 1;
        self.skus[self.next].clone()
    }

    fn draft(&mut self) -> Draft {
        let number = self.random.next_u32();
        let text = str::to_owned;
        let contact = ContactForm {
            email: format!("shopper-{number}@example.com"),
            name: text("Ada Lovelace"),
            line1: text("12 St James's Square"),
            city: text("London"),
            postcode: text("SW1Y 4JH"),
            country: text("GB"),
            ..ContactForm::default()
        };
        Draft {
            contact,
            contact_posted: true,
            delivery: Some(DeliveryOption::Standard),
            payment: Some(self.payment.clone()),
            ..Draft::new(IdempotencyKey::new(Uuid::new_v4()))
        }
    }
}

/// The store that they would visit, as far as it matters to a checkout.
fn rehearsal() -> Store {
    Store {
        name: "Rehearsal".into(),
        base_url: String::new().into(),
        assets: String::new().into(),
        card_form_action: String::new().into(),
        card_element: None,
        currency: Currency::GBP,
        contact_email: None,
        taxes: Arc::default(),
    }
}
