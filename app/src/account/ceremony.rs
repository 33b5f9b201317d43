//! Asks the browser for a passkey, or lets it offer those that it has. Nothing but a script can: the page says so
//! where there is none, and posts the answer like any other form.

use std::cell::RefCell;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::web_sys::js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::web_sys::{AbortController, HtmlFormElement, HtmlInputElement};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::dom::{fetch_text, set_flag};

/// The element of a page that says that the browser gave no passkey.
pub const REFUSED_ID: &str = "passkey-refused";
/// The field that takes the answer. What the browser is asked stands on it, in JSON, under one of two names, which
/// `passkey::Answer` writes: for a new passkey, or for one that there is. Where neither stands there, nothing is asked
/// before somebody wants it.
pub const ANSWER_ID: &str = "credential";
const TO_MAKE: &str = "data-make";
const TO_SHOW: &str = "data-show";
/// Reads what is asked for a passkey that there is.
const READER: &str = "parseRequestOptionsFromJSON";

thread_local! {
    /// Withdraws what the browser offers.
    static OFFER: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// Around the form that posts the answer: asks at once, and again with each press of its button. Where the page has
/// nothing to ask, the browser offers the passkeys that it has, until the button is pressed, which asks in earnest.
/// Whoever takes none of those sees nothing of it.
#[island]
pub fn PasskeyCeremony(children: Children) -> impl IntoView {
    let runs = RwSignal::new(false);
    let ask = move || {
        // One question at a time.
        if runs.get_untracked() {
            return;
        }
        runs.set(true);
        show_refusal(false);
        leptos::task::spawn_local(async move {
            let answer = answer().await;
            if answer.and_then(|answer| post(&answer)).is_none() {
                show_refusal(true);
            }
            runs.set(false);
        });
    };
    let pressed = move |event: SubmitEvent| {
        if question().is_some() {
            event.prevent_default();
            ask();
        } else if let Some(offer) = OFFER.take() {
            offer.abort();
        }
    };
    Effect::new(move |_| ask());
    view! { <div on:submit=pressed>{children()}</div> }
}

/// What the page asks, in JSON, and the names of what reads it and of what answers it.
fn question() -> Option<(String, &'static str, &'static str)> {
    let field = document().get_element_by_id(ANSWER_ID)?;
    Some(match field.get_attribute(TO_MAKE) {
        Some(options) => (options, "parseCreationOptionsFromJSON", "create"),
        None => (field.get_attribute(TO_SHOW)?, READER, "get"),
    })
}

/// What the browser answers; `None` where it has no passkey, knows none, or its owner wants none.
async fn answer() -> Option<String> {
    match question() {
        Some((options, reader, way)) => answer_to(&Object::new(), &options, reader, way).await,
        None => offered().await,
    }
}

/// What the browser answers with a passkey that it offered and somebody took. The store is asked only where the
/// browser can offer any.
async fn offered() -> Option<String> {
    let (frame, offer) = (Object::new(), AbortController::new().ok()?);
    Reflect::set(&frame, &"mediation".into(), &"conditional".into()).ok()?;
    Reflect::set(&frame, &"signal".into(), &offer.signal()).ok()?;
    // What is withdrawn before the store answers is not begun.
    OFFER.set(Some(offer));
    let class = property(&window(), "PublicKeyCredential")?;
    property(&class, READER)?;
    let can_offer: Promise = call(&class, "isConditionalMediationAvailable", &JsValue::UNDEFINED)?.dyn_into().ok()?;
    if !JsFuture::from(can_offer).await.ok()?.is_truthy() {
        return None;
    }
    let options = fetch_text("/api/account/passkeys/offers", "POST").await?;
    answer_to(&frame, &options, READER, "get").await
}

/// What the browser answers to options that stand within what else it is told.
async fn answer_to(frame: &Object, options: &str, reader: &str, way: &str) -> Option<String> {
    let class = property(&window(), "PublicKeyCredential")?;
    let options = call(&class, reader, &JSON::parse(options).ok()?)?;
    Reflect::set(frame, &"publicKey".into(), &options).ok()?;
    let credentials = property(&window().navigator(), "credentials")?;
    let promise: Promise = call(&credentials, way, frame)?.dyn_into().ok()?;
    let credential = JsFuture::from(promise).await.ok()?;
    let answer = call(&credential, "toJSON", &JsValue::UNDEFINED)?;
    JSON::stringify(&answer).ok()?.as_string()
}

fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(JsValue::is_truthy)
}

fn call(of: &JsValue, name: &str, with: &JsValue) -> Option<JsValue> {
    property(of, name)?.dyn_into::<Function>().ok()?.call1(of, with).ok()
}

/// Posts the answer with its form, as the browser itself would.
fn post(answer: &str) -> Option<()> {
    let field: HtmlInputElement = document().get_element_by_id(ANSWER_ID)?.dyn_into().ok()?;
    field.set_value(answer);
    let form: HtmlFormElement = field.closest("form").ok()??.dyn_into().ok()?;
    form.submit().ok()
}

fn show_refusal(is_shown: bool) {
    if let Some(words) = document().get_element_by_id(REFUSED_ID) {
        set_flag(&words, "hidden", !is_shown);
    }
}
