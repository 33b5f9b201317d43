use domain::order::exchange::ExchangeState;
use domain::order::returns::ports::{OrderReturns, Returns};
use domain::order::returns::{Return, ReturnLine, ReturnState};
use domain::order::words::CANNOT_BE_SENT;
use domain::order::{Order, OrderAccess, OrderLine, OrderNumber};
use domain::pricing::Money;
use domain::shipment::{RETURN_DAYS, spoken_day};
use jiff::Timestamp;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::WithdrawReturn;
use super::return_path;
use crate::error::WireError;
use crate::order::exchange;
use crate::port::port;

/// What of an order comes back or came back, and the way to ask for more; nothing where neither is so.
pub async fn shown(order: &Order, access: &OrderAccess) -> Result<AnyView, WireError> {
    let Some(until) = order.returnable_until() else { return Ok(().into_any()) };
    let OrderReturns { returns, .. } = port::<dyn Returns>()?.of(order.id).await?;
    let ask = order.check_returnable(&returns, Timestamp::now()).is_ok().then(|| {
        view! {
            <p class="no-print">
                <a class="button" href=return_path(order.number, access)>
                    "Return items"
                </a>
                " "
                <span class="small soft">{format!("until {}", spoken_day(until))}</span>
            </p>
        }
    });
    if ask.is_none() && returns.is_empty() {
        return Ok(().into_any());
    }
    let items = returns.iter().map(|found| {
        let (refund, lines) = (order.expected_refund(&returns, found), order.lines.clone());
        view! { <Entry found=found.clone() lines refund number=order.number access=access.clone() /> }
    });
    let items = items.collect_view();
    Ok(view! {
        <section class="section returns" aria-labelledby="returns-title">
            <h2 id="returns-title">"Returns"</h2>
            {items}
            {ask}
        </section>
    }
    .into_any())
}

/// How many of what: `2 × Walnut desk lamp`.
fn line_in_words(back: &ReturnLine, lines: &[OrderLine]) -> String {
    let line = lines.iter().find(|line| line.sku == back.sku);
    let title = line.map_or_else(|| back.sku.to_string(), |line| line.title.to_string());
    let choices = line.filter(|line| !line.choices.is_empty()).map(|line| format!(", {}", line.choices));
    format!("{} × {title}{}", back.quantity.get(), choices.unwrap_or_default())
}

/// How many of what, and what becomes of it.
pub(crate) fn entry_in_words(found: &Return, back: &ReturnLine, lines: &[OrderLine]) -> String {
    let instead = exchange::line_in_words(found, &back.sku).map(|words| format!(" – {words}"));
    format!("{}{}", line_in_words(back, lines), instead.unwrap_or_default())
}

fn received_in_words(found: &Return) -> &'static str {
    if found.has_exchange_in(ExchangeState::Allocated) || found.has_exchange_in(ExchangeState::Sent) {
        "It is here, and exchanged"
    } else {
        "It is here, and refunded"
    }
}

#[component]
fn Entry(
    found: Return,
    lines: Vec<OrderLine>,
    /// What is given back for it, as far as it is known.
    refund: Money,
    number: OrderNumber,
    access: OrderAccess,
) -> impl IntoView {
    let back = found.lines.iter().map(|back| view! { <li>{entry_in_words(&found, back, &lines)}</li> }).collect_view();
    let exchange_end =
        found.exchange_end.as_ref().map(|why| format!("{CANNOT_BE_SENT} {}", crate::form::sentence(why.as_str())));
    let brings = exchange::brings(&found, refund);
    let money =
        |words: String| if refund.minor_units() > 0 || found.exchanges.is_empty() { words } else { String::new() };
    let (heading, words) = match found.state {
        ReturnState::Requested => (
            "We wait for your parcel",
            format!(
                "Pack it as it came to you, put this page or a sheet with the number of the order inside, and send it within {RETURN_DAYS} days to the sender on the label of the parcel that it came in. Keep the receipt. When it is here {brings}."
            ),
        ),
        ReturnState::Received => ("It is here", money(format!("{refund} go back to you by the way that you paid."))),
        ReturnState::Refunded => (
            received_in_words(&found),
            money(format!("{refund} went back to you; a bank may take some days to show it.")),
        ),
        ReturnState::Refused => (
            "We did not take it back",
            found.refusal.as_ref().map_or_else(String::new, |why| crate::form::sentence(why.as_str())),
        ),
        ReturnState::Withdrawn => ("You keep it", "You asked to return it and changed your mind.".to_owned()),
    };
    let withdraw = (found.state == ReturnState::Requested).then(|| {
        view! {
            <form class="no-print" method="post" action=WithdrawReturn::url()>
                <input type="hidden" name="number" value=number.to_string() />
                <input type="hidden" name="access" value=access.to_string() />
                <input type="hidden" name="id" value=found.id.to_string() />
                <button class="button button--small" type="submit">
                    "I keep it after all"
                </button>
            </form>
        }
    });
    view! {
        <article class="returns__entry">
            <h3>{heading}</h3>
            <ul>{back}</ul>
            {exchange_end.map(|why| view! { <p class="small">{why}</p> })}
            {(!words.is_empty()).then(|| view! { <p class="small">{words}</p> })}
            {withdraw}
        </article>
    }
    .into_any()
}
