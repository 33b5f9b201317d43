//! Who asks: the cart behind a signed cookie. A cookie that was not signed here is no cookie.

use std::sync::Arc;

use app::visitor::Visitor;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::SignedCookieJar;
use axum_extra::extract::cookie::{Cookie, Key, SameSite};
use domain::cart::CartId;
use domain::cart::ports::Carts;
use domain::shipment::store_day;
use jiff::Timestamp;
use uuid::Uuid;

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
    /// Whether the store is reached by TLS, so that its cookies may only travel there.
    pub(crate) secure: bool,
}

/// Reads the session of a request. A request that posts gets a cart if it has none.
pub(crate) async fn attach(State(sessions): State<Sessions>, mut request: Request, next: Next) -> Response {
    let jar = SignedCookieJar::from_headers(request.headers(), sessions.key.clone());
    let known: Option<CartId> = jar.get(CART_COOKIE).and_then(|cookie| cookie.value().parse().ok());
    let posts = request.method() == Method::POST;
    let fresh = (posts && known.is_none()).then(|| CartId::new(Uuid::new_v4()));
    let cart = known.or(fresh);
    let now = Timestamp::now();
    let cart_units = match known {
        // A page without the right number is better than no page.
        Some(id) if !posts => sessions.carts.read(id).await.map(|cart| cart.units()).unwrap_or_default(),
        _ => 0,
    };
    let today = store_day(now);
    request.extensions_mut().insert(Session { cart });
    request.extensions_mut().insert(Visitor { cart, cart_units, now, today });
    let response = next.run(request).await;
    match fresh {
        Some(id) => (jar.add(cookie(id, sessions.secure)), response).into_response(),
        None => response,
    }
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
