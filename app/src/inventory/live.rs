//! Hears from the server when the stock of what the page shows has changed.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::web_sys::{EventSource, MessageEvent};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::refresh;

/// Listens as long as the page is in view, as `#live-stock` says: at its `data-address`, with what
/// the page shows already as `data-told`.
#[island]
pub fn LiveStock() -> impl IntoView {
    if cfg!(feature = "hydrate") {
        LISTENER.set(listener());
        keep_listening();
        let _ = window_event_listener_untyped("visibilitychange", |_| keep_listening());
    }
}

fn listener() -> Option<Listener> {
    let place = document().get_element_by_id("live-stock")?;
    let (address, told) = (place.get_attribute("data-address")?, place.get_attribute("data-told")?);
    Some(Listener { address, told, source: None })
}

struct Listener {
    address: String,
    told: String,
    source: Option<EventSource>,
}

thread_local! {
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
}

/// A page that nobody sees lets go of its connection: a browser has six for a store.
fn keep_listening() {
    LISTENER.with_borrow_mut(|listener| {
        let Some(listener) = listener else { return };
        if document().hidden() {
            if let Some(source) = listener.source.take() {
                source.close();
            }
        } else if listener.source.is_none() {
            listener.source = listen(&listener.address);
        }
    });
}

fn listen(address: &str) -> Option<EventSource> {
    let source = EventSource::new(address).ok()?;
    let heard = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(told) = event.data().as_string() {
            hear(told);
        }
    });
    // The browser drops it with the connection.
    source.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
    Some(source)
}

fn hear(told: String) {
    let is_new = LISTENER.with_borrow_mut(|listener| {
        listener.as_mut().is_some_and(|listener| std::mem::replace(&mut listener.told, told.clone()) != told)
    });
    if is_new {
        refresh::start();
    }
}
