//! Everything that the store keeps for an account, for its owner to take along. `docs/account-export.md` says what
//! stands where.

use std::sync::Arc;

use axum::Extension;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::ports::{Accounts, AddressBook, Passkeys, SignInCodes};
use domain::account::{AccountError, Passkey, SavedAddress, Session, SignInCodesState, SignedIn};
use domain::alert::Alert;
use domain::alert::ports::Alerts;
use domain::browsing::ports::Browsing;
use domain::browsing::{View, Viewer};
use domain::cart::ports::Carts;
use domain::order::ports::{Orders, OrdersUnavailable};
use domain::order::{Order, OrderQuery};
use domain::payment::gift_card::StoreCredit;
use domain::payment::ports::StoreCredits;
use domain::review::Post;
use domain::review::ports::Reviews;
use domain::wish_list::ports::WishLists;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::dealings;
use crate::checkout::Drafts;
use crate::fault::at_boundary;
use crate::sql::Sql;

/// Of what stands where in the file: another one whenever something that was there is gone or means something else.
const FORMAT_VERSION: u32 = 2;
const FILE_NAME: &str = "attachment; filename=\"account.json\"";

/// Where an export is read from.
#[derive(Clone)]
pub(crate) struct Exported {
    pub(crate) accounts: Arc<dyn Accounts>,
    pub(crate) passkeys: Arc<dyn Passkeys>,
    pub(crate) codes: Arc<dyn SignInCodes>,
    pub(crate) address_book: Arc<dyn AddressBook>,
    pub(crate) orders: Arc<dyn Orders>,
    pub(crate) store_credits: Arc<dyn StoreCredits>,
    pub(crate) reviews: Arc<dyn Reviews>,
    pub(crate) wish_lists: Arc<dyn WishLists>,
    pub(crate) browsing: Arc<dyn Browsing>,
    pub(crate) carts: Arc<dyn Carts>,
    pub(crate) drafts: Drafts,
    pub(crate) alerts: Arc<dyn Alerts>,
    pub(crate) sql: Sql,
}

/// `GET /account/export`: a file for who is signed in; everybody else is asked to sign in.
pub(crate) async fn handle(State(from): State<Exported>, signed_in: Option<Extension<SignedIn>>) -> Response {
    let Some(Extension(signed_in)) = signed_in else {
        return Redirect::to("/account/sign-in?next=/account").into_response();
    };
    match from.read(&signed_in).await {
        Ok(document) => {
            let headers = [(header::CONTENT_DISPOSITION, FILE_NAME), (header::CACHE_CONTROL, "no-store")];
            (headers, Json(document)).into_response()
        }
        // The port that failed has logged why.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

impl Exported {
    async fn read(&self, SignedIn { account, .. }: &SignedIn) -> Result<Value, AccountError> {
        let sessions = self.accounts.sessions(account.id).await?;
        let passkeys = self.passkeys.list(account.id).await?;
        let asks_for_codes = self.codes.state(account.id).await? != SignInCodesState::Off;
        let addresses = self.address_book.list(account.id).await?;
        let viewer = Viewer::Account(account.id);
        let viewed = self.browsing.history(viewer, Timestamp::now()).await.map_err(|_| AccountError::Unavailable)?;
        let orders = self.all_orders(account.id).await.map_err(|_| AccountError::Unavailable)?;
        let credit = self.store_credits.whole(account.id).await.map_err(|_| AccountError::Unavailable)?;
        let posts = self.reviews.all_of(account.id).await.map_err(|_| AccountError::Unavailable)?;
        let lists = self.wish_lists.all_of(account.id).await.map_err(|_| AccountError::Unavailable)?;
        let alerts = self.alerts.all_of(account.id).await.map_err(|_| AccountError::Unavailable)?;
        let cart = self.carts.read(account.cart).await.map_err(|_| AccountError::Unavailable)?;
        let draft = at_boundary(self.drafts.find(account.cart).await, AccountError::Unavailable)?;
        let dismissed = self.browsing.dismissed(viewer).await.map_err(|_| AccountError::Unavailable)?;
        let is_history_kept = self.browsing.is_kept(viewer).await.map_err(|_| AccountError::Unavailable)?;
        let opinions = self.reviews.opinions_of(account.id).await.map_err(|_| AccountError::Unavailable)?;
        let mut document = json!({
            "format_version": FORMAT_VERSION,
            "exported_at": Timestamp::now(),
            "account": {
                "email": account.email,
                "name": account.name,
                "role": account.role,
                "opened_at": account.opened_at,
            },
            "addresses": addresses.iter().map(|SavedAddress { recipient, is_default, .. }| {
                json!({ "recipient": recipient, "is_default": is_default })
            }).collect::<Vec<_>>(),
            "sessions": sessions.iter().map(|Session { device, opened_at, seen_at, .. }| {
                json!({ "device": device, "opened_at": opened_at, "seen_at": seen_at })
            }).collect::<Vec<_>>(),
            "passkeys": passkeys.iter().map(|Passkey { name, added_at, used_at, .. }| {
                json!({ "name": name, "added_at": added_at, "used_at": used_at })
            }).collect::<Vec<_>>(),
            "asks_for_codes": asks_for_codes,
            "orders": orders.iter().map(with_amounts).collect::<Vec<_>>(),
            "store_credit": credit.credits.iter().map(|StoreCredit { credit, movements }| {
                json!({ "left": credit.balance, "movements": movements.iter().map(|movement| {
                    json!({
                        "at": movement.moved_at,
                        "order": movement.order,
                        "amount": movement.amount,
                        "reason": movement.reason,
                    })
                }).collect::<Vec<_>>() })
            }).collect::<Vec<_>>(),
            "lists": lists,
            "alerts": alerts.iter().map(|Alert { sku, awaited, asked_at, .. }| {
                json!({ "sku": sku, "waits_for": awaited, "asked_at": asked_at })
            }).collect::<Vec<_>>(),
            "posts": posts.iter().map(|Post { writing, standing, votes }| {
                json!({ "written": writing, "standing": standing, "votes": votes })
            }).collect::<Vec<_>>(),
            "votes": opinions.votes.iter().map(|(post, vote)| {
                json!({ "post": post, "vote": vote })
            }).collect::<Vec<_>>(),
            "reports": opinions.reports.iter().map(|(post, why)| {
                json!({ "post": post, "why": why })
            }).collect::<Vec<_>>(),
            "is_history_kept": is_history_kept,
            "looked_at": viewed.views().iter().map(|View { product, at }| {
                json!({ "product": product, "at": at })
            }).collect::<Vec<_>>(),
            "not_interested_in": dismissed,
            "cart": cart,
            "typed_in_checkout": draft.map(|draft| draft.contact),
        });
        let dealings = at_boundary(dealings::read(&self.sql, account.id).await, AccountError::Unavailable)?;
        if let Some(document) = document.as_object_mut() {
            document.extend(dealings);
        }
        Ok(document)
    }

    async fn all_orders(&self, owner: domain::account::AccountId) -> Result<Vec<Order>, OrdersUnavailable> {
        let (mut query, mut orders) = (OrderQuery::default(), Vec::new());
        loop {
            let page = self.orders.list(owner, &query).await?;
            orders.extend(page.orders);
            if page.next.is_none() {
                return Ok(orders);
            }
            query.older_than = page.next;
        }
    }
}

/// An order with what was charged of it and given back.
fn with_amounts(order: &Order) -> Value {
    json!({ "order": order, "charged": order.captured(), "refunded": order.refunded() })
}
