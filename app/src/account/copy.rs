//! Copying is the browser's: a button for it stands only where a script may do it.

use leptos::prelude::*;
use leptos::web_sys::js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::dom;

/// The list that is copied.
pub const LIST_ID: &str = "recovery-codes";

/// Copies the list with [`LIST_ID`], each of its items on a line of its own.
#[island]
pub fn CopyButton() -> impl IntoView {
    let (can, is_copied) = (RwSignal::new(false), RwSignal::new(false));
    // A page that came without encryption has no clipboard.
    Effect::new(move |_| can.set(clipboard().is_some()));
    let copy = move |_| {
        leptos::task::spawn_local(async move { is_copied.set(write(&listed()).await.is_some()) });
    };
    view! {
        <button class="button" type="button" hidden=move || !can.get() on:click=copy>
            <span aria-live="polite">{move || if is_copied.get() { "Copied" } else { "Copy" }}</span>
        </button>
    }
}

fn clipboard() -> Option<JsValue> {
    Reflect::get(&window().navigator(), &"clipboard".into()).ok().filter(JsValue::is_truthy)
}

fn listed() -> String {
    let items = dom::all(&document(), &format!("#{LIST_ID} li"));
    items.iter().map(dom::text).collect::<Vec<_>>().join("\n")
}

/// `None` where the browser does not let it.
async fn write(text: &str) -> Option<()> {
    let clipboard = clipboard()?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into().ok()?;
    let written: Promise = write.call1(&clipboard, &text.into()).ok()?.dyn_into().ok()?;
    JsFuture::from(written).await.ok().map(drop)
}
