//! How islands read and change what the server drew. The server draws every page; an island shows
//! what it expects to happen and then takes over what the server answered, so that the browser
//! downloads no second way to draw a page.

use leptos::prelude::window;
use leptos::web_sys::js_sys::Reflect;
use leptos::web_sys::{
    Document, DomParser, Element, Headers, HtmlElement, HtmlTemplateElement, NodeList, RequestInit, Response,
    SupportedType, UrlSearchParams,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// A page that the server answered with, after all redirects.
#[derive(Debug, Clone)]
pub struct Fetched {
    pub page: Document,
    pub address: String,
}

/// Asks the server for a page as the browser itself would, or posts a form to get one; `None` where
/// there is no connection or no page. A form arrives even where its page is left meanwhile.
pub async fn fetch_page(address: &str, form: Option<&UrlSearchParams>) -> Option<Fetched> {
    let (options, headers) = (RequestInit::new(), Headers::new().ok()?);
    headers.set("Accept", "text/html").ok()?;
    options.set_headers(&headers);
    if let Some(form) = form {
        options.set_method("POST");
        options.set_body(form);
        Reflect::set(&options, &"keepalive".into(), &true.into()).ok()?;
    }
    let response = window().fetch_with_str_and_init(address, &options);
    let response: Response = JsFuture::from(response).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let html = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    let page = DomParser::new().ok()?.parse_from_string(&html, SupportedType::TextHtml).ok()?;
    Some(Fetched { page, address: response.url() })
}

/// Asks a server function that answers a text, by `GET` or `POST`; `None` where there is no connection or no text.
pub async fn fetch_text(address: &str, method: &str) -> Option<String> {
    let options = RequestInit::new();
    options.set_method(method);
    let response = window().fetch_with_str_and_init(address, &options);
    let response: Response = JsFuture::from(response).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.json().ok()?).await.ok()?.as_string()
}

/// The first element that fits a selector.
pub fn first(page: &Document, selector: &str) -> Option<Element> {
    page.query_selector(selector).ok().flatten()
}

/// The first element within another that fits a selector.
pub fn within(outer: &Element, selector: &str) -> Option<Element> {
    outer.query_selector(selector).ok().flatten()
}

/// Every element that fits a selector, in the order of the page.
pub fn all(page: &Document, selector: &str) -> Vec<Element> {
    page.query_selector_all(selector).map(|found| elements(&found)).unwrap_or_default()
}

/// The elements of a list.
pub fn elements(found: &NodeList) -> Vec<Element> {
    (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
}

pub fn text(element: &Element) -> String {
    element.text_content().unwrap_or_default()
}

pub fn set_text(element: Option<Element>, words: &str) {
    if let Some(element) = element {
        element.set_text_content(Some(words));
    }
}

/// Moves the focus; what can't take it leaves it where it is.
pub fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Sets an attribute without a value, or takes it away.
pub fn set_flag(element: &Element, name: &str, is_set: bool) {
    // Only a name with a space or a sign in it is refused, and no caller has one.
    let _ = element.toggle_attribute_with_force(name, is_set);
}

pub fn set_attribute(element: &Element, name: &str, value: &str) {
    // As with `set_flag`.
    let _ = element.set_attribute(name, value);
}

/// An attribute that holds a number.
pub fn number<T: std::str::FromStr>(element: &Element, name: &str) -> Option<T> {
    element.get_attribute(name)?.parse().ok()
}

/// The template with an id.
pub fn template(page: &Document, id: &str) -> Option<HtmlTemplateElement> {
    page.get_element_by_id(id)?.dyn_into().ok()
}
