//! What comes back of an order, for those who run the store.

use domain::order::exchange::{EndNote, ExchangeState};
use domain::order::returns::{RefusalNote, Return, ReturnState};
use domain::order::{Order, OrderNumber};
use domain::pricing::Money;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::super::api::returns::{EndExchange, ReceiveReturn, RefuseReturn, SendExchange};
use super::super::stock::sku_path;
use crate::moment::Moment;
use crate::order::returns::section::entry_in_words;

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

/// Whether something is sent instead of what came back, marked by whether somebody has to send it.
pub(super) fn exchange_mark(state: ExchangeState) -> impl IntoView {
    let (class, words) = match state {
        ExchangeState::Reserved => ("mark", "Exchange"),
        ExchangeState::Allocated => ("mark mark--warn", "Exchange to send"),
        ExchangeState::Sent => ("mark mark--good", "Exchange sent"),
        ExchangeState::Released | ExchangeState::Lapsed => ("mark", "Exchange ended"),
    };
    view! { <span class=class>{words}</span> }
}

fn entry(found: &Return, order: &Order, returns: &[Return], is_busy: bool) -> AnyView {
    let lines =
        found.lines.iter().map(|back| view! { <li>{entry_in_words(found, back, &order.lines)}</li> }).collect_view();
    let refund = order.expected_refund(returns, found);
    let note = found.note.as_ref().map(ToString::to_string);
    let refusal = found.refusal.as_ref().map(|why| format!("Refused: {why}"));
    let exchange_end = found.exchange_end.as_ref().map(|why| format!("Not sent in exchange: {why}"));
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
    let send = send_form(found, order.number);
    let exchanges = found.has_exchange_in(ExchangeState::Reserved);
    // What was given back before is no part of what is asked for again.
    let refund_next = found.refund.unwrap_or(refund);
    let receive = can_be_received
        .then(|| view! { <ReceiveForm number=order.number id=id.clone() refund=refund_next is_asked exchanges /> });
    let can_be_ended = found.end_step().is_ok() && !is_busy;
    let more = found.state.is_received().then(|| order.expected_end(returns, found));
    let end = can_be_ended.then(|| view! { <EndForm number=order.number id more /> });
    let is_exchanged = found.exchanges.iter().any(|exchange| exchange.state.stands());
    let mark = if found.state == ReturnState::Refunded && is_exchanged && refund.minor_units() == 0 {
        view! { <span class="mark mark--good">"Received"</span> }.into_any()
    } else {
        mark_of(found.state).into_any()
    };
    // One return's exchanges go together.
    let exchange = found.exchanges.first().map(|exchange| exchange_mark(exchange.state));
    view! {
        <li class="panel panel--flat">
            <p>
                {mark} " " {exchange} " "
                <small>"asked on " <Moment at=found.asked_at to_the_second=true /> {decided}</small>
            </p>
            <ul>{lines}</ul>
            <p class="small">{found.reason.label()} {note.map(|note| view! { <br /> {note} })}</p>
            {refusal.map(|refusal| view! { <p class="small">{refusal}</p> })}
            {exchange_end.map(|why| view! { <p class="small">{why}</p> })}
            {send}
            {receive}
            {end}
            {refuse}
        </li>
    }
    .into_any()
}

/// What waits to be sent for a return that is there; nothing where nothing does.
fn send_form(found: &Return, number: OrderNumber) -> Option<AnyView> {
    let waiting = found.exchanges_in(ExchangeState::Allocated).map(|exchange| {
        let link = sku_path(&exchange.sku);
        view! {
            <li>
                {exchange.quantity.get()} " × " <a href=link>{exchange.sku.to_string()}</a> ", "
                {exchange.choices.clone()}
            </li>
        }
    });
    let waiting = waiting.collect_view();
    found.has_exchange_in(ExchangeState::Allocated).then(|| {
        view! {
            <form class="stack" method="post" action=SendExchange::url()>
                <input type="hidden" name="number" value=number.to_string() />
                <input type="hidden" name="id" value=found.id.to_string() />
                <p class="small">"To be sent to the address of the order, at no charge:"</p>
                <ul>{waiting}</ul>
                <p>
                    <button class="button button--ink" type="submit">
                        "Mark the exchange as sent"
                    </button>
                </p>
            </form>
        }
        .into_any()
    })
}

#[component]
fn ReceiveForm(
    number: OrderNumber,
    id: String,
    refund: Money,
    is_asked: bool,
    /// Something is sent for it.
    exchanges: bool,
) -> impl IntoView {
    let shelf = is_asked.then(|| {
        view! {
            <label class="check">
                <input type="checkbox" name="shelf" value="yes" />
                "It goes back to the shelf"
            </label>
        }
    });
    let instead = exchanges.then(|| {
        view! {
            <label class="check">
                <input type="checkbox" name="money" value="yes" />
                "The exchange can't be sent: all of its money goes back instead"
            </label>
        }
    });
    let (words, button) = if is_asked && exchanges {
        let money = if refund.minor_units() > 0 { format!(" {refund} go back to its shopper.") } else { String::new() };
        (format!("What is kept in exchange is to be sent then.{money} This can't be undone."), "Receive and exchange")
    } else if is_asked {
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
            {instead}
            <p>
                <button class="button button--ink" type="submit">
                    {button}
                </button>
            </p>
        </form>
    }
    .into_any()
}

/// Closed at first: most can be sent.
#[component]
fn EndForm(
    number: OrderNumber,
    id: String,
    /// What goes back to its shopper with it; nothing before what comes back is there.
    more: Option<Money>,
) -> impl IntoView {
    let field = format!("why-{id}");
    let words = match more {
        Some(more) => {
            format!("What is put aside is sold again, and {more} go back to its shopper. This can't be undone.")
        }
        None => {
            "What is kept is sold again, and the return is one for money from then on. This can't be undone.".to_owned()
        }
    };
    view! {
        <details>
            <summary>"The exchange can't be sent"</summary>
            <form class="stack" method="post" action=EndExchange::url()>
                <input type="hidden" name="number" value=number.to_string() />
                <input type="hidden" name="id" value=id />
                <p class="small">{words}</p>
                <div class="field">
                    <label class="field__label" for=field.clone()>
                        "Why it can't be sent, for its shopper"
                    </label>
                    <input
                        class="field__input"
                        id=field
                        name="why"
                        type="text"
                        maxlength=EndNote::MAX_CHARS
                        autocomplete="off"
                        required
                    />
                </div>
                <p>
                    <button class="button" type="submit">
                        "End the exchange"
                    </button>
                </p>
            </form>
        </details>
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
