//! What a checkout looks at: the draft, the cart, and what is known of its lines now. Many shoppers look at
//! the same time; what each of them asks of a database goes into one query.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::account::AccountId;
use domain::cart::{Cart, CartId, LineFacts, PartFacts, PricedCart, price};
use domain::catalog::Sku;
use domain::checkout::{CheckoutView, Draft};
use domain::inventory::{Bundle, OnSale};
use domain::pricing::promotion::{Shopper, Terms};
use domain::pricing::tax::Jurisdiction;
use domain::shipment::{Delivery, Zone};

use super::SqlCheckout;
use super::draft::Drafts;
use crate::cart::GraphCarts;
use crate::gathered::Gathered;
use crate::inventory::{SqlInventory, WithParts};
use crate::payment::gift_card;

/// The draft of a cart, if there is one, and the cart.
pub(super) type Papers = Gathered<CartId, (Option<Draft>, Cart)>;
/// What can be bought of some SKUs, and of what others asked for at the same time.
pub(super) type Left = Gathered<Vec<Sku>, Arc<WithParts>>;

pub(super) fn read_papers(carts: GraphCarts, drafts: Drafts) -> Papers {
    Gathered::start(move |ids: Vec<CartId>| {
        let (carts, drafts) = (carts.clone(), drafts.clone());
        async move {
            let (carts, drafts) = tokio::try_join!(carts.load_all(&ids), drafts.find_all(&ids))?;
            // The same shopper may ask twice.
            let papers = |id: &CartId| (drafts.get(id).cloned(), carts.get(id).cloned().unwrap_or_default());
            Ok(ids.iter().map(papers).collect())
        }
    })
}

pub(super) fn read_left(inventory: SqlInventory) -> Left {
    Gathered::start(move |asked: Vec<Vec<Sku>>| {
        let inventory = inventory.clone();
        async move {
            let left = Arc::new(inventory.read_with_parts(&asked.concat()).await?);
            Ok(vec![left; asked.len()])
        }
    })
}

impl SqlCheckout {
    /// The checkout of a cart for its buyer, and the cart itself.
    pub(super) async fn look(&self, id: CartId, buyer: Option<AccountId>) -> anyhow::Result<(CheckoutView, Cart)> {
        let (draft, cart) = self.papers.ask(id).await?;
        let draft = match draft {
            Some(draft) => draft,
            None => self.parts.drafts.read(id).await?,
        };
        let (facts, terms) = tokio::try_join!(self.facts(&cart), self.terms(&cart, &draft, buyer))?;
        let zone = Zone::of_address(draft.destination());
        let chosen = draft.chosen_delivery().unwrap_or(Delivery::standard(zone));
        let (mut with_chosen, mut charges) = (PricedCart::default(), Vec::new());
        for delivery in Delivery::to(zone) {
            let priced = price(&cart, &facts, &terms, delivery)?;
            charges.extend(priced.totals.map(|totals| (delivery, totals.delivery())));
            if delivery == chosen {
                with_chosen = priced;
            }
        }
        // Whose taxes they are shows with the whole address.
        if let Ok(contact) = draft.contact.parse() {
            let place = Jurisdiction::of(&contact.address);
            with_chosen = with_chosen.taxed(&self.parts.taxes, &place, contact.customer_kind())?;
        }
        let gift_cards = gift_card::load(&self.parts.sql, &draft.gift_cards, buyer).await?;
        Ok((CheckoutView { draft, cart: with_chosen, charges, gift_cards }, cart))
    }

    async fn facts(&self, cart: &Cart) -> anyhow::Result<HashMap<Sku, LineFacts>> {
        let skus = cart.skus();
        let (known, left) = tokio::try_join!(self.parts.catalog.line_facts(&skus), self.left.ask(skus.clone()))?;
        let mut parts = self.parts_of(&skus, &left).await?;
        let facts = known.into_iter().map(|(sku, facts)| {
            let OnSale { available, terms, .. } = left.on_sale.get(&sku).copied().unwrap_or_default();
            let parts = parts.remove(&sku).unwrap_or_default();
            (sku, LineFacts { available, terms, parts, ..facts.as_ref().clone() })
        });
        Ok(facts.collect())
    }

    /// What is in those that are bundles; without any, nobody is asked.
    async fn parts_of(&self, skus: &[Sku], left: &WithParts) -> anyhow::Result<HashMap<Sku, Vec<PartFacts>>> {
        let bundles = skus.iter().filter_map(|sku| Some((sku.clone(), left.bundles.get(sku)?.clone())));
        let bundles: HashMap<Sku, Bundle> = bundles.collect();
        if bundles.is_empty() {
            return Ok(HashMap::new());
        }
        let parts: BTreeSet<Sku> = bundles.values().flat_map(Bundle::parts).map(|part| part.sku.clone()).collect();
        let products = self.parts.catalog.find_products_of(&parts.into_iter().collect::<Vec<_>>()).await?;
        Ok(PartFacts::of_all(&bundles, &products, &left.on_sale))
    }

    /// What promotions there are for the cart; those for some shoppers, and limits for each, count once it is known who
    /// buys.
    async fn terms(&self, cart: &Cart, draft: &Draft, buyer: Option<AccountId>) -> anyhow::Result<Terms> {
        let kind = draft.contact.parse().ok().map(|contact| contact.customer_kind());
        let shopper = Shopper { account: buyer, email: draft.contact.email.parse().ok(), kind };
        Ok(self.parts.promotions.terms(cart.coupon(), &shopper).await?)
    }
}
