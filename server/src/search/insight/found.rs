//! Notices that a product was opened from the results of a search. Its address carries nothing: the
//! browser says by itself which page of the store it comes from, also without a script. The search is
//! asked once more for the place of the product, and the visitor has to have seen it, so that a made-up search
//! counts for nothing, and nothing counts twice in a day.
//!
//! What was found waits in a signed cookie of the browser until it is bought; the store keeps no list of
//! who found what.

use std::sync::Arc;

use app::search::FOUND_COOKIE;
use app::store::Store;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::SignedCookieJar;
use axum_extra::extract::cookie::{Cookie, Key, SameSite};
use domain::account::{Role, SignedIn};
use domain::catalog::Slug;
use domain::search::SearchRequest;
use domain::search::insight::{CountedQuery, Finding, Findings};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::SqlInsight;
use crate::http::network_of;
use crate::search::IndexSearch;

#[derive(Clone)]
pub(crate) struct Finder {
    pub(crate) store: Store,
    pub(crate) key: Key,
    pub(crate) search: IndexSearch,
    pub(crate) insight: SqlInsight,
}

/// Tells what the browser found before, and takes in what it finds now.
pub(crate) async fn attach(State(finder): State<Arc<Finder>>, mut request: Request, next: Next) -> Response {
    let visitor = finder.insight.visitor(network_of(&request));
    request.extensions_mut().insert(visitor);
    if let Some(query) = seen(&request) {
        finder.insight.saw(visitor, &query);
    }
    let jar = SignedCookieJar::from_headers(request.headers(), finder.key.clone());
    let findings = jar.get(FOUND_COOKIE).and_then(|cookie| read(cookie.value())).unwrap_or_default();
    let Some((product, asked)) = finder.followed(&request) else {
        request.extensions_mut().insert(findings);
        return next.run(request).await;
    };
    let (response, place) = tokio::join!(next.run(request), finder.search.place_of(&asked, &product));
    let (Some(place), Ok(query)) = (place, CountedQuery::try_from(&asked.text)) else { return response };
    let mut findings = findings;
    if response.status() != StatusCode::OK
        || !findings.note(Finding { product: product.clone(), query: query.clone(), place })
    {
        return response;
    }
    finder.insight.clicked(visitor, product, query, place);
    (jar.add(finder.cookie(&findings)), response).into_response()
}

impl Finder {
    /// The product that a request opens from the results of a search, and that search.
    fn followed(&self, request: &Request) -> Option<(Slug, SearchRequest)> {
        let product = request.uri().path().strip_prefix("/products/")?.parse().ok()?;
        let is_operator = request.extensions().get().is_some_and(|who: &SignedIn| who.account.role == Role::Operator);
        // What a browser fetches before somebody asks for it was not opened.
        let is_ahead = request.headers().contains_key("sec-purpose");
        if *request.method() != Method::GET || is_operator || is_ahead {
            return None;
        }
        Some((product, search_of(request.headers(), &self.store.base_url)?))
    }

    /// Gone when the browser is closed: what was not bought by then was found for nothing.
    fn cookie(&self, findings: &Findings) -> Cookie<'static> {
        let value = utf8_percent_encode(&findings.to_string(), NON_ALPHANUMERIC).to_string();
        Cookie::build((FOUND_COOKIE, value))
            .path("/")
            .http_only(true)
            .secure(self.store.base_url.starts_with("https://"))
            .same_site(SameSite::Lax)
            .build()
    }
}

/// The search that a request asks for the results of.
fn seen(request: &Request) -> Option<CountedQuery> {
    if *request.method() != Method::GET {
        return None;
    }
    CountedQuery::try_from(&search_at(request.uri())?.text).ok()
}

fn read(cookie: &str) -> Option<Findings> {
    percent_decode_str(cookie).decode_utf8().ok()?.parse().ok()
}

/// The search whose results a request comes from. A proxy in front of the store may keep the host to
/// itself: the store's own address counts too.
fn search_of(headers: &HeaderMap, base_url: &str) -> Option<SearchRequest> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let from = text(header::REFERER)?;
    let rest = from.strip_prefix(base_url).or_else(|| {
        let address = from.strip_prefix("https://").or_else(|| from.strip_prefix("http://"))?;
        address.strip_prefix(text(header::HOST)?)
    })?;
    search_at(&rest.parse().ok()?)
}

/// The search that an address asks for.
fn search_at(uri: &Uri) -> Option<SearchRequest> {
    if uri.path() != "/search" {
        return None;
    }
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri).ok()?;
    let request = SearchRequest::from_pairs(&pairs);
    (!request.text.is_empty()).then_some(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(referer: &'static str) -> Option<String> {
        let headers = HeaderMap::from_iter([
            (header::HOST, "127.0.0.1:3000".parse().unwrap()),
            (header::REFERER, referer.parse().unwrap()),
        ]);
        search_of(&headers, "https://shop.example").map(|request| request.text.to_string())
    }

    #[test]
    fn only_a_search_of_this_store_is_one() {
        assert_eq!(asked("https://shop.example/search?q=desk+lamp&sort=newest").as_deref(), Some("desk lamp"));
        assert_eq!(asked("http://127.0.0.1:3000/search?q=caf%C3%A9").as_deref(), Some("café"));
        for other in [
            "https://evil.example/search?q=lamp",
            "https://shop.example.evil/search?q=lamp",
            "https://shop.example/c/home?q=lamp",
            "https://shop.example/search",
            "https://shop.example/search?q=",
            "/search?q=lamp",
            "lamp",
        ] {
            assert_eq!(asked(other), None, "{other}");
        }
    }

    #[test]
    fn a_cookie_is_read_as_it_was_written() {
        let finding = Finding {
            product: "walnut-desk-lamp".parse().unwrap(),
            query: "lamp; 5\" = é".parse().unwrap(),
            place: 7.try_into().unwrap(),
        };
        let mut findings = Findings::default();
        findings.note(finding);
        let value = utf8_percent_encode(&findings.to_string(), NON_ALPHANUMERIC).to_string();
        assert!(value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'%'), "{value}");
        assert_eq!(read(&value), Some(findings));
        assert_eq!(read("nonsense"), None);
    }
}
