//! Asks the browser for a passkey. Nothing but a script can: the page says so where there is none, and posts the
//! answer like any other form.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::web_sys::js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::web_sys::{HtmlFormElement, HtmlInputElement};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::dom::set_flag;

/// The element of a page that says that the browser gave no passkey.
pub const REFUSED_ID: &str = "passkey-refused";
/// The field that takes the answer. What the browser is asked stands on it, in JSON, under one of two names, which
/// `passkey::Answer` writes: for a new passkey, or for one that there is.
pub const ANSWER_ID: &str = "credential";
const TO_MAKE: &str = "data-make";
const TO_SHOW: &str = "data-show";

/// Around the form that posts the answer: asks at once, and again with each press of its button.
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
    let asked_again = move |event: SubmitEvent| {
        event.prevent_default();
        ask();
    };
    Effect::new(move |_| ask());
    view! { <div on:submit=asked_again>{children()}</div> }
}

/// What the browser answers; `None` where it has no passkey, knows none, or its owner wants none.
async fn answer() -> Option<String> {
    let field = document().get_element_by_id(ANSWER_ID)?;
    let (options, read, ask) = match field.get_attribute(TO_MAKE) {
        Some(options) => (options, "parseCreationOptionsFromJSON", "create"),
        None => (field.get_attribute(TO_SHOW)?, "parseRequestOptionsFromJSON", "get"),
    };
    let class = property(&window(), "PublicKeyCredential")?;
    let options = call(&class, read, &JSON::parse(&options).ok()?)?;
    let question = Object::new();
    Reflect::set(&question, &"publicKey".into(), &options).ok()?;
    let credentials = property(&window().navigator(), "credentials")?;
    let promise: Promise = call(&credentials, ask, &question)?.dyn_into().ok()?;
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
