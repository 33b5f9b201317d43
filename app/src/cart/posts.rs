//! Changes on their way to the server: one after another, and the last answer is shown. Whoever follows
//! a link meanwhile goes there when they have arrived, so that the next page knows of them.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::Duration;

use leptos::ev::{self, MouseEvent};
use leptos::prelude::{document, set_timeout, window, window_event_listener, window_event_listener_untyped};
use leptos::task::spawn_local;
use leptos::web_sys::js_sys::Promise;
use leptos::web_sys::{Document, Element, FormData, HtmlFormElement, UrlSearchParams};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::shown;
use crate::dom::{fetch_page, first};

/// How often, and how many times at most, it is asked whether a finger is still on the cart.
const LOOK_PAUSE_MS: i32 = 40;
const MAX_LOOKS: u32 = 50;
/// How long somebody who follows a link is kept for changes that are on their way.
const LEAVE_AFTER: Duration = Duration::from_secs(4);
/// What leads away from a page.
const WAY_OUT: &str = "a[href]:not([target], [download], [href^='#'])";

const SKU: &str = "sku";
/// Stands where a SKU would, while what fits is not chosen.
const LOOK: &str = "look";
const QUANTITY: &str = "quantity";
/// The version of the cart that a change saw.
const SEEN: &str = "seen";

/// A form as the browser would post it.
#[derive(Debug, Clone)]
pub(super) struct Post {
    action: String,
    fields: UrlSearchParams,
}

impl Post {
    pub(super) fn of(form: &HtmlFormElement) -> Option<Self> {
        let fields = FormData::new_with_form(form).ok()?;
        // Pairs are what a form's data iterates over.
        let fields = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
        Some(Self { action: form.get_attribute("action")?, fields })
    }

    /// Whether the shopper has not said which variant.
    pub(super) fn lacks_choice(&self) -> bool {
        self.fields.has(LOOK)
    }

    pub(super) fn quantity(&self) -> Option<String> {
        self.fields.get(QUANTITY)
    }

    pub(super) fn set_quantity(&self, units: u32) {
        self.fields.set(QUANTITY, &units.to_string());
    }

    /// Whether a newer quantity makes this one needless.
    fn is_outdone_by(&self, newer: &Self) -> bool {
        let is_quantity = |post: &Self| post.fields.has(SEEN);
        is_quantity(self) && is_quantity(newer) && self.fields.get(SKU) == newer.fields.get(SKU)
    }

    /// The page that the server answers with; `None` where there is no connection.
    async fn answer(&self) -> Option<Answer> {
        let answer = fetch_page(&self.action, Some(&self.fields)).await?;
        Some(Answer { page: answer.page, is_refusal: answer.address.contains("__err=") })
    }
}

struct Answer {
    page: Document,
    is_refusal: bool,
}

#[derive(Default)]
struct Posts {
    /// The page as the server last drew it.
    known: Option<Document>,
    waiting: VecDeque<Post>,
    is_sending: bool,
    /// Where somebody goes when nothing is on its way any more.
    destination: Option<String>,
}

thread_local! {
    static POSTS: RefCell<Posts> = RefCell::default();
}

/// Keeps the page as it is before something that the server has not confirmed is shown in it.
pub(super) fn remember_page() {
    POSTS.with_borrow_mut(|posts| {
        if posts.known.is_none() {
            posts.known = document().clone_node_with_deep(true).ok().and_then(|page| page.dyn_into().ok());
            let _ = window_event_listener_untyped("pagehide", |_| send_the_rest());
            let _ = window_event_listener(ev::click, |event| hold_back(&event));
        }
    });
}

/// Sends a change as soon as those before it are answered.
pub(super) fn send(post: Post) {
    let starts = POSTS.with_borrow_mut(|posts| {
        // Somebody who presses + ten times does not wait for ten answers.
        if posts.waiting.back().is_some_and(|last| last.is_outdone_by(&post)) {
            posts.waiting.pop_back();
        }
        posts.waiting.push_back(post);
        !std::mem::replace(&mut posts.is_sending, true)
    });
    if starts {
        shown::set_busy(true);
        spawn_local(send_waiting());
    }
}

async fn send_waiting() {
    while let Some(post) = next() {
        match post.answer().await {
            Some(answer) => take(answer).await,
            None => give_up(),
        }
    }
    shown::set_busy(false);
    leave();
}

/// Keeps somebody on the page who follows a link while changes are on their way.
fn hold_back(event: &MouseEvent) {
    let is_elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0;
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest(WAY_OUT).ok().flatten());
    let Some(address) = link.and_then(|link| link.get_attribute("href")) else { return };
    let is_kept = POSTS.with_borrow_mut(|posts| {
        let is_kept = posts.is_sending && !is_elsewhere && !event.default_prevented();
        if is_kept {
            posts.destination = Some(address);
        }
        is_kept
    });
    if is_kept {
        event.prevent_default();
        set_timeout(leave, LEAVE_AFTER);
    }
}

fn leave() {
    if let Some(address) = POSTS.with_borrow_mut(|posts| posts.destination.take()) {
        // Only an address that is none is refused, and a link on the page had it.
        let _ = window().location().assign(&address);
    }
}

fn next() -> Option<Post> {
    POSTS.with_borrow_mut(|posts| {
        let next = posts.waiting.pop_front();
        posts.is_sending = next.is_some();
        let next = next?;
        if next.fields.has(SEEN) {
            let field = posts.known.as_ref().and_then(|page| first(page, "input[name=seen]"));
            if let Some(seen) = field.and_then(|field| field.get_attribute("value")) {
                next.fields.set(SEEN, &seen);
            }
        }
        Some(next)
    })
}

/// Shows an answer, unless more changes are shown already than it knows of. A refusal is always
/// shown, and ends those changes that were made to a cart which is another one.
async fn take(Answer { page, is_refusal }: Answer) {
    released().await;
    let is_last = POSTS.with_borrow_mut(|posts| {
        posts.known = Some(page.clone());
        if is_refusal {
            posts.waiting.retain(|post| !post.fields.has(SEEN));
        }
        posts.waiting.is_empty()
    });
    if is_last || is_refusal {
        shown::take_over(&page);
    }
}

/// Waits while a finger is on the cart: a button that is replaced under it would lose the press.
async fn released() {
    for _ in 0..MAX_LOOKS {
        if first(&document(), "#cart-contents :active").is_none() {
            return;
        }
        let pause = Promise::new(&mut |resolve, _| {
            // Without a timer the cart is shown at the next turn.
            let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, LOOK_PAUSE_MS);
        });
        let _ = JsFuture::from(pause).await;
    }
}

/// Shows a page that was asked for because the stock has changed, unless a change is on its way:
/// its answer is fresher.
pub(crate) fn take_refreshed(page: &Document) {
    let is_idle = POSTS.with_borrow_mut(|posts| {
        if !posts.is_sending && posts.known.is_some() {
            posts.known = Some(page.clone());
        }
        !posts.is_sending
    });
    if is_idle {
        shown::refresh(page);
    }
}

/// Takes back what could not be sent.
fn give_up() {
    let known = POSTS.with_borrow_mut(|posts| {
        posts.waiting.clear();
        posts.known.clone()
    });
    if let Some(page) = known {
        shown::take_back(&page);
    }
}

/// The page is left: what waits is sent without waiting for an answer, to whatever the cart is.
fn send_the_rest() {
    let rest = POSTS.with_borrow_mut(|posts| std::mem::take(&mut posts.waiting));
    for post in rest {
        post.fields.delete(SEEN);
        // Nobody is there any more to be told what became of it.
        let _ = window().navigator().send_beacon_with_opt_url_search_params(&post.action, Some(&post.fields));
    }
}
