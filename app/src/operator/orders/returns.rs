//! What comes back of an order, for those who run the store.

use domain::order::returns::{RefusalNote, Return, ReturnState};
use domain::order::{Order, OrderNumber};
use domain::pricing::Money;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::super::api::returns::{ReceiveReturn, RefuseReturn};
use crate::moment::Moment;
use crate::order::returns::section::line_in_words;

/// All returns of an order, with what can be done with each; nothing while something else goes on with the order.
#[component]
pub fn Returns(order: Order, returns: Vec<Return>, is_busy: bool) -> impl IntoView {
    if returns.is_empty() {
        return ().into_any();
    }
    let items = returns.iter().map(|found| entry(found, &order, &returns, is_busy)).collect_view();
    view! {
        <section class="section" id="returns" aria-labelledby="returns-title">
            <h2 id="returns-title">"Returns"</h2>
            <ul class="operator__returns">{items}</ul>
        </section>
    }
    .into_any()
}

/// How a return stands, marked by whether somebody has to do something.
pub(super) fn mark_of(state: ReturnState) -> impl IntoView {
    let (class, words) = match state {
        ReturnState::Requested => ("mark mark--warn", "Return asked"),
        ReturnState::Received => ("mark mark--warn", "Received, not refunded yet"),
        ReturnState::Refunded => ("mark mark--good", "Received and refunded"),
        ReturnState::Refused => ("mark", "Refused"),
        ReturnState::Withdrawn => ("mark", "Withdrawn by its shopper"),
    };
    view! { <span class=class>{words}</span> }
}

fn entry(found: &Return, order: &Order, returns: &[Return], is_busy: bool) -> AnyView {
    let lines = found.lines.iter().map(|back| view! { <li>{line_in_words(back, &order.lines)}</li> }).collect_view();
    let refund = order.expected_refund(returns, found);
    let note = found.note.as_ref().map(ToString::to_string);
    let refusal = found.refusal.as_ref().map(|why| format!("Refused: {why}"));
    let decided = found.decided_at.map(|at| {
        view! {
            ", decided on "
            <Moment at to_the_second=true />
        }
    });
    let can_be_received = matches!(found.state, ReturnState::Requested | ReturnState::Received) && !is_busy;
    let is_asked = found.state == ReturnState::Requested;
    let id = found.id.to_string();
    let refuse = is_asked.then(|| view! { <RefuseForm number=order.number id=id.clone() /> });
    let receive = can_be_received.then(|| view! { <ReceiveForm number=order.number id refund is_asked /> });
    view! {
        <li class="panel panel--flat">
            <p>
                {mark_of(found.state)} " "
                <small>"asked on " <Moment at=found.asked_at to_the_second=true /> {decided}</small>
            </p>
            <ul>{lines}</ul>
            <p class="small">{found.reason.label()} {note.map(|note| view! { <br /> {note} })}</p>
            {refusal.map(|refusal| view! { <p class="small">{refusal}</p> })}
            {receive}
            {refuse}
        </li>
    }
    .into_any()
}

#[component]
fn ReceiveForm(number: OrderNumber, id: String, refund: Money, is_asked: bool) -> impl IntoView {
    let shelf = is_asked.then(|| {
        view! {
            <label class="check">
                <input type="checkbox" name="shelf" value="yes" />
                "It goes back to the shelf"
            </label>
        }
    });
    let (words, button) = if is_asked {
        (format!("{refund} go back to its shopper. This can't be undone."), "Receive and refund")
    } else {
        (format!("The gateway did not give the {refund} back."), "Refund it again")
    };
    view! {
        <form class="stack" method="post" action=ReceiveReturn::url()>
            <input type="hidden" name="number" value=number.to_string() />
            <input type="hidden" name="id" value=id />
            <p class="small">{words}</p>
            {shelf}
            <p>
                <button class="button button--ink" type="submit">
                    {button}
                </button>
            </p>
        </form>
    }
    .into_any()
}

/// Closed at first: few are refused.
#[component]
fn RefuseForm(number: OrderNumber, id: String) -> impl IntoView {
    let field = format!("refusal-{id}");
    view! {
        <details>
            <summary>"Refuse it"</summary>
            <form class="stack" method="post" action=RefuseReturn::url()>
                <input type="hidden" name="number" value=number.to_string() />
                <input type="hidden" name="id" value=id />
                <div class="field">
                    <label class="field__label" for=field.clone()>
                        "Why it is not taken back, for its shopper"
                    </label>
                    <input
                        class="field__input"
                        id=field
                        name="refusal"
                        type="text"
                        maxlength=RefusalNote::MAX_CHARS
                        autocomplete="off"
                        required
                    />
                </div>
                <p>
                    <button class="button" type="submit">
                        "Refuse the return"
                    </button>
                </p>
            </form>
        </details>
    }
    .into_any()
}
