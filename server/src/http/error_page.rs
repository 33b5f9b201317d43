//! Pages for what fails before or within a page: they need nothing of the store but its name and
//! its style, and say what to do next.

use std::any::Any;

use app::store::Store;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse};
use tower_http::catch_panic::ResponseForPanic;

use super::guard::policy;

/// Answers a panic without its text, which the panic itself has printed already, with its place.
#[derive(Clone)]
pub(crate) struct PanicPage(pub(crate) Store);

impl ResponseForPanic for PanicPage {
    type ResponseBody = Body;

    fn response_for_panic(&mut self, _cause: Box<dyn Any + Send + 'static>) -> Response<Body> {
        page(&self.0, StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Gives a page to answers that have a status and nothing to read.
pub(crate) async fn dress(State(store): State<Store>, request: Request, next: Next) -> Response<Body> {
    let wants_page = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let response = next.run(request).await;
    let bare = matches!(
        response.status(),
        StatusCode::BAD_REQUEST
            | StatusCode::METHOD_NOT_ALLOWED
            | StatusCode::PAYLOAD_TOO_LARGE
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::INTERNAL_SERVER_ERROR
    ) && !is_html(&response);
    if !(wants_page && bare) {
        return response;
    }
    let mut page = page(&store, response.status());
    if let Some(seconds) = response.headers().get(header::RETRY_AFTER) {
        page.headers_mut().insert(header::RETRY_AFTER, seconds.clone());
    }
    page
}

fn is_html(response: &Response<Body>) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    kind.is_some_and(|kind| kind.starts_with(b"text/html"))
}

fn page(store: &Store, status: StatusCode) -> Response<Body> {
    let (title, advice) = match status {
        StatusCode::BAD_REQUEST | StatusCode::METHOD_NOT_ALLOWED => (
            "We can't read that address",
            "Something in the address or the form is not right. Please go back and try again, or start at the front page.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "That was too much at once",
            "The form holds more text than we can take. Please go back and shorten it; nothing is lost.",
        ),
        StatusCode::TOO_MANY_REQUESTS => (
            "That was very fast",
            "Too many forms came from your network at once. Nothing is lost: please go back and try again in a few \
             seconds.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => (
            "We are busy right now",
            "The store did not answer in time. Your cart is safe. Please try again in a moment.",
        ),
        _ => (
            "Something went wrong on our side",
            "We have noted it. Your cart is safe and nothing was charged twice. Please try again in a moment.",
        ),
    };
    let (name, assets) = (&store.name, &store.assets);
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\"><title>{title} – \
         {name}</title><link rel=\"icon\" href=\"/favicon.svg\"><link rel=\"stylesheet\" href=\"/pkg/{assets}.css\"></head><body><main class=\"error-page\" \
         id=\"main\"><h1>{title}</h1><p>{advice}</p><p><a class=\"button\" href=\"/\">Go to the front page</a></p>\
         <form action=\"/search\" method=\"get\" role=\"search\"><label for=\"q\">Search the store</label> <input \
         id=\"q\" name=\"q\" type=\"search\"> <button class=\"button\">Search</button></form></main></body></html>"
    );
    (status, [(header::CONTENT_SECURITY_POLICY, policy(""))], Html(html)).into_response()
}
