//! Pages for what fails before or within a page: they need nothing of the store but its name and
//! its style, and say what to do next.

use std::any::Any;
use std::sync::Arc;

use app::store::Store;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse};
use tower_http::catch_panic::ResponseForPanic;

use super::guard::reads;
use super::policy::Policy;

/// In the language and the dress of all other pages, with a way home.
const PAGE: &str = include_str!("error_page.html");
/// The ways on from a page that may be there in a moment, and from one that will not.
const AGAIN_OR_HOME: &str =
    r#"<a class="button button--signal" href="">Try again</a> <a class="button" href="/">Go to the front page</a>"#;
const HOME: &str = r#"<a class="button button--signal" href="/">Go to the front page</a>"#;
/// When what did not answer may be asked again.
const ASK_AGAIN_SECONDS: u16 = 5;

/// Answers a panic without its text, which the panic itself has printed already, with its place.
#[derive(Clone)]
pub(crate) struct PanicPage(pub(crate) Arc<Store>);

impl ResponseForPanic for PanicPage {
    type ResponseBody = Body;

    fn response_for_panic(&mut self, _cause: Box<dyn Any + Send + 'static>) -> Response<Body> {
        // It may have been a form, which nobody sends again by following a link.
        page(&self.0, StatusCode::INTERNAL_SERVER_ERROR, HOME)
    }
}

/// Gives a page to answers that have a status and nothing to read.
pub(crate) async fn dress(State(store): State<Arc<Store>>, request: Request, next: Next) -> Response<Body> {
    let wants_page = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let is_read = reads(request.method());
    let response = next.run(request).await;
    let bare = matches!(
        response.status(),
        StatusCode::BAD_REQUEST
            | StatusCode::FORBIDDEN
            | StatusCode::METHOD_NOT_ALLOWED
            | StatusCode::PAYLOAD_TOO_LARGE
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::INTERNAL_SERVER_ERROR
    ) && !is_html(&response);
    if !(wants_page && bare) {
        return response;
    }
    let may_be_there_soon = response.status().is_server_error() || response.status() == StatusCode::TOO_MANY_REQUESTS;
    let mut page = page(&store, response.status(), if is_read && may_be_there_soon { AGAIN_OR_HOME } else { HOME });
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(ASK_AGAIN_SECONDS));
    }
    if let Some(seconds) = response.headers().get(header::RETRY_AFTER) {
        page.headers_mut().insert(header::RETRY_AFTER, seconds.clone());
    }
    page
}

/// Gives a page to answers that there is no such document of an order, where no page of the store would say so.
pub(super) async fn dress_missing(State(store): State<Arc<Store>>, request: Request, next: Next) -> Response<Body> {
    const FIND: &str = r#"<a class="button button--signal" href="/orders">Find an order by its number</a>"#;
    let response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND { page(&store, StatusCode::NOT_FOUND, FIND) } else { response }
}

fn is_html(response: &Response<Body>) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    kind.is_some_and(|kind| kind.starts_with(b"text/html"))
}

fn page(store: &Store, status: StatusCode, ways: &str) -> Response<Body> {
    let (title, advice) = match status {
        StatusCode::BAD_REQUEST | StatusCode::METHOD_NOT_ALLOWED => (
            "We can't read that address",
            "Something in the address or the form is not right. Please go back and try again, or start at the front page.",
        ),
        StatusCode::FORBIDDEN => (
            "This form was sent from another website",
            "Nothing was changed. If you meant it, please open the store and do it there.",
        ),
        StatusCode::NOT_FOUND => (
            "We have no such document",
            "It is there for whoever ordered, once the order is confirmed. With its number and your e-mail address you \
             find the order, and its page leads on.",
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
            "The store did not answer in time. Your cart and your orders are safe. Please try again in a moment.",
        ),
        _ => (
            "Something went wrong on our side",
            "We have noted it. Your cart is safe and nothing was charged twice. Please try again in a moment.",
        ),
    };
    let page = PAGE
        .replace("{title}", title)
        .replace("{advice}", advice)
        .replace("{ways}", ways)
        .replace("{status}", status.as_str())
        .replace("{assets}", &store.assets)
        .replace("{name}", &store.name);
    (status, [(header::CONTENT_SECURITY_POLICY, Policy::default().of_any_page(""))], Html(page)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::to_bytes;
    use axum::http::Method;
    use axum::middleware::from_fn_with_state;
    use axum::routing::{any, get};
    use domain::pricing::Currency;
    use tower::ServiceExt as _;
    use tower_http::catch_panic::CatchPanicLayer;

    fn store() -> Arc<Store> {
        Arc::new(Store {
            name: "Atlas".into(),
            base_url: "https://shop.example".into(),
            assets: "atlas.1a2b".into(),
            card_form_action: "/sandbox".into(),
            card_element: None,
            currency: Currency::GBP,
            contact_email: None,
            taxes: Arc::default(),
        })
    }

    async fn broken() -> StatusCode {
        panic!("as it had to come")
    }

    /// What a browser gets where a route answers with a bare status, or panics.
    async fn answer_to(method: Method, path: &str, accept: &str) -> Response<Body> {
        let routes = Router::new()
            .route("/broken", get(broken))
            .route("/slow", any(async || StatusCode::SERVICE_UNAVAILABLE))
            .route("/wrong", get(async || StatusCode::INTERNAL_SERVER_ERROR))
            .layer(from_fn_with_state(store(), dress))
            .layer(CatchPanicLayer::custom(PanicPage(store())));
        let request = Request::builder().method(method).uri(path).header(header::ACCEPT, accept);
        routes.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    async fn asked_for(path: &str, accept: &str) -> (StatusCode, String) {
        let answer = answer_to(Method::GET, path, accept).await;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn whatever_breaks_is_answered_with_a_page_and_a_way_home() {
        for (path, status, title) in [
            ("/broken", 500, "Something went wrong on our side"),
            ("/wrong", 500, "Something went wrong on our side"),
            ("/slow", 503, "We are busy right now"),
        ] {
            let (answered, page) = asked_for(path, "text/html").await;
            assert_eq!(answered, status, "{path}");
            for part in [
                "<html lang=\"en-GB\">",
                "<meta name=\"color-scheme\" content=\"light dark\">",
                &format!("<title>{title} – Atlas</title>"),
                "<a class=\"wordmark\" href=\"/\"",
                "href=\"/pkg/atlas.1a2b.css\"",
                "action=\"/search\"",
                "<a href=\"/orders\">Find my order</a>",
            ] {
                assert!(page.contains(part), "{path} lacks {part}: {page}");
            }
            assert!(!page.contains(['{', '}']), "{path}: {page}");
            assert!(!page.contains("as it had to come"), "{path}: {page}");
        }
        assert_eq!(asked_for("/slow", "application/json").await, (StatusCode::SERVICE_UNAVAILABLE, String::new()));
    }

    #[tokio::test]
    async fn a_page_that_may_be_there_soon_can_be_asked_for_again() {
        const AGAIN: &str = "href=\"\">Try again</a>";
        for (method, leads_back) in [(Method::GET, true), (Method::POST, false)] {
            let answer = answer_to(method, "/slow", "text/html").await;
            assert_eq!(answer.headers()[header::RETRY_AFTER], ASK_AGAIN_SECONDS.to_string().as_str());
            let page = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            assert_eq!(String::from_utf8_lossy(&page).contains(AGAIN), leads_back);
        }
        assert!(!asked_for("/broken", "text/html").await.1.contains(AGAIN));
    }
}
