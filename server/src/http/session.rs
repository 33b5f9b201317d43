//! Who asks: the account behind the token of a session, and the cart behind a signed cookie. A cookie
//! that was not signed here is no cookie. Whoever is signed in has the cart of their account; the
//! cookie's is a guest's, and waits for the next sign-in. While sessions can't be read, pages go on as
//! for a guest, and whoever posts with a session is asked to try again: what they change is theirs.

use std::sync::Arc;

use anyhow::Context as _;
use app::account::SESSION_COOKIE;
use app::browsing::BROWSING_COOKIE;
use app::error::WireError;
use app::visitor::Visitor;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::SET_COOKIE;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, Key, SameSite};
use axum_extra::extract::{CookieJar, SignedCookieJar};
use domain::account::ports::Accounts;
use domain::account::{Client, Device, Token};
use domain::cart::CartId;
use domain::cart::ports::Carts;
use domain::checkout::Country;
use domain::checkout::ports::Checkout;
use domain::shipment::store_day;
use jiff::Timestamp;
use uuid::Uuid;

use super::rate::network_of;

const CART_COOKIE: &str = "cart";

/// What a request carries of its visitor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Session {
    pub(crate) cart: Option<CartId>,
}

#[derive(Clone)]
pub(crate) struct Sessions {
    pub(crate) key: Key,
    pub(crate) carts: Arc<dyn Carts>,
    pub(crate) checkout: Arc<dyn Checkout>,
    pub(crate) accounts: Arc<dyn Accounts>,
    /// Whether the store is reached by TLS, so that its cookies may only travel there.
    pub(crate) secure: bool,
}

/// Reads the session of a request. A guest's request that posts gets a cart if it has none.
pub(crate) async fn attach(State(sessions): State<Arc<Sessions>>, mut request: Request, next: Next) -> Response {
    let jar = SignedCookieJar::from_headers(request.headers(), sessions.key.clone());
    let known: Option<CartId> = jar.get(CART_COOKIE).and_then(|cookie| cookie.value().parse().ok());
    let posts = request.method() == Method::POST;
    let signed_in = match token_of(&request) {
        Some(token) => match sessions.accounts.signed_in(&token).await {
            // A guest's cart would take in what was meant for theirs.
            Err(_) if posts => return (StatusCode::SERVICE_UNAVAILABLE, Json(WireError::Unavailable)).into_response(),
            found => found.ok().flatten(),
        },
        None => None,
    };
    let fresh = (posts && known.is_none() && signed_in.is_none()).then(|| CartId::new(Uuid::new_v4()));
    let guest_cart = known.or(fresh);
    let cart = signed_in.as_ref().map(|signed_in| signed_in.account.cart).or(guest_cart);
    let now = Timestamp::now();
    let cart_units = match cart {
        // A page without the right number is better than no page.
        Some(id) if !posts => sessions.carts.read(id).await.map(|cart| cart.units()).unwrap_or_default(),
        _ => 0,
    };
    let destination = match cart {
        Some(id) if cart_units > 0 => sessions.checkout.destination(id).await.ok().flatten(),
        _ => None,
    };
    let destination = destination.unwrap_or(Country::HOME);
    let today = store_day(now);
    let keeps_history = keeps_history(&request);
    let client = client_of(&request);
    let extensions = request.extensions_mut();
    extensions.insert(Session { cart });
    extensions.insert(Visitor { cart, guest_cart, keeps_history, cart_units, destination, now, today });
    extensions.insert(client);
    if let Some(signed_in) = signed_in {
        extensions.insert(signed_in);
    }
    let response = next.run(request).await;
    match fresh {
        Some(id) => (jar.add(cookie(id, sessions.secure)), response).into_response(),
        None => response,
    }
}

fn token_of(request: &Request) -> Option<Token> {
    let jar = CookieJar::from_headers(request.headers());
    jar.get(SESSION_COOKIE)?.value().parse().ok()
}

/// What a guest chose, if they did.
fn keeps_history(request: &Request) -> Option<bool> {
    let jar = CookieJar::from_headers(request.headers());
    app::browsing::choice_of(jar.get(BROWSING_COOKIE)?.value())
}

fn client_of(request: &Request) -> Client {
    let header = request.headers().get(header::USER_AGENT).and_then(|header| header.to_str().ok());
    Client { network: network_of(request), device: Device::of_user_agent(header.unwrap_or_default()) }
}

/// The cookie of a cart, signed, as a browser sends it back.
pub(crate) fn signed_cookie(key: &Key, cart: CartId) -> anyhow::Result<String> {
    let answer = SignedCookieJar::new(key.clone()).add(cookie(cart, false)).into_response();
    let set = answer.headers().get(SET_COOKIE).context("a cookie was not set")?.to_str()?;
    Ok(set.split(';').next().unwrap_or_default().to_owned())
}

fn cookie(id: CartId, secure: bool) -> Cookie<'static> {
    Cookie::build((CART_COOKIE, id.to_string()))
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .permanent()
        .build()
}
