//! What became of payments after they were captured: refunds that failed or were made elsewhere, and disputes.

use domain::payment::EndingHold;
use domain::payment::aftermath::{Dispute, DisputeState, LateRefund, LateRefundState, ToldDispute};
use domain::shipment::{spoken_day, store_day};
use jiff::Timestamp;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::refunds::{RepeatRefund, SettleRefund};
use super::orders::order_path;
use super::sheet::Column::{Number, Words};
use super::sheet::Sheet;
use crate::moment::Moment;

/// Where the disputes begin on the page of what waits for operators.
pub(super) const DISPUTES: &str = "disputes";

#[component]
pub fn EndingHolds(holds: Vec<EndingHold>) -> impl IntoView {
    let now = Timestamp::now();
    let row = move |hold: EndingHold| {
        let stands = if hold.has_ended(now) { "Has ended, as banks usually hold it" } else { "Ends soon" };
        view! {
            <tr>
                <th scope="row">
                    <a href=order_path(hold.number)>{hold.number.to_string()}</a>
                </th>
                <td>{stands}</td>
                <td>{spoken_day(store_day(hold.ends_at))}</td>
                <td class="sheet__number">{hold.amount.to_string()}</td>
            </tr>
        }
    };
    view! {
        <section class="section">
            <h2>"Money that banks will not hold for long"</h2>
            <p class="small soft operator__hint">
                "Send these orders, or capture what is held for them, before the hold ends: afterwards the gateway refuses the capture, and all that is left is to cancel the order and let its shopper buy it anew."
            </p>
            <Sheet
                label="Money that banks will not hold for long"
                columns=&[Words("Order"), Words("Stands"), Words("Held until"), Number("Held")]
            >
                <tbody>{holds.into_iter().map(row).collect_view()}</tbody>
            </Sheet>
        </section>
    }
    .into_any()
}

#[component]
pub fn LateRefunds(refunds: Vec<LateRefund>) -> impl IntoView {
    view! {
        <section class="section">
            <h2>"Refunds that failed, or were made elsewhere"</h2>
            <p class="small soft operator__hint">
                "What a failed refund was to give back is at the gateway again and is owed to the shopper, who reads so on the page of the order. What was refunded in the gateway's own pages is in the books already."
            </p>
            <Sheet
                label="Refunds that failed, or were made elsewhere"
                columns=&[Words("Order"), Words("Noted"), Number("Amount"), Words("Stands"), Words("Ways on")]
            >
                <tbody>{refunds.into_iter().map(refund_row).collect_view()}</tbody>
            </Sheet>
        </section>
    }
    .into_any()
}

fn refund_row(LateRefund { id, number, amount, state, noted_at }: LateRefund) -> impl IntoView {
    let (path, number, id) = (order_path(number), number.to_string(), id.to_string());
    let about = format!(" {amount} of order {number}");
    let repeat = state.is_owed().then(|| {
        view! {
            <form method="post" action=RepeatRefund::url()>
                <input type="hidden" name="refund" value=id.clone() />
                <button class="button button--small" type="submit">
                    "Try again"
                    <span class="visually-hidden">{about.clone()}</span>
                </button>
            </form>
        }
    });
    let settle = (state == LateRefundState::Failed).then(|| view! { <Settlement id about /> });
    view! {
        <tr>
            <th scope="row">
                <a href=path>{number}</a>
            </th>
            <td class="sheet__moment">
                <Moment at=noted_at to_the_second=true />
            </td>
            <td class="sheet__number">{amount.to_string()}</td>
            <td class="sheet__cause">{refund_in_words(state)}</td>
            <td>
                <div class="sheet__ways">{repeat} {settle}</div>
            </td>
        </tr>
    }
    .into_any()
}

/// The way on without the gateway, which asks for a promise first.
#[component]
fn Settlement(id: String, about: String) -> impl IntoView {
    view! {
        <details class="settlement">
            <summary>"Settle by hand" <span class="visually-hidden">{about.clone()}</span></summary>
            <form method="post" action=SettleRefund::url()>
                <input type="hidden" name="refund" value=id />
                <label class="check">
                    <input type="checkbox" name="paid" value="yes" required=true />
                    "I have paid the shopper in another way."
                </label>
                <button class="button button--small" type="submit">
                    "Settle it"
                    <span class="visually-hidden">{about}</span>
                </button>
            </form>
        </details>
    }
    .into_any()
}

const fn refund_in_words(state: LateRefundState) -> &'static str {
    match state {
        LateRefundState::Elsewhere => "Made in the gateway's own pages",
        LateRefundState::Failed => "Failed: owed to the shopper",
        LateRefundState::Asked => "Failed, and is being made once more",
        LateRefundState::Repeated => "Failed, and was made once more",
        LateRefundState::Settled => "Failed, and was paid in another way",
        LateRefundState::Unmatched => {
            "Made in the gateway's own pages, and more than the books have: please look at it there"
        }
    }
}

#[component]
pub fn Disputes(disputes: Vec<Dispute>) -> impl IntoView {
    view! {
        <section class="section" id=DISPUTES>
            <h2>"Disputes"</h2>
            <p class="small soft operator__hint">
                "Answer them in the gateway's own pages. What is disputed is not the store's until the bank has decided, and can't be refunded meanwhile. What a bank only asks about stays the store's: a refund in full settles it, and a part the shopper could get twice."
            </p>
            <Sheet
                label="Disputes"
                columns=&[Words("Order"), Words("Stands"), Words("Answer by"), Words("Why"), Number("Amount")]
            >
                <tbody>{disputes.into_iter().map(dispute_row).collect_view()}</tbody>
            </Sheet>
        </section>
    }
    .into_any()
}

fn dispute_row(Dispute { number, told }: Dispute) -> impl IntoView {
    let ToldDispute { amount, state, is_inquiry, reason, answer_by, .. } = told;
    let day = answer_by.filter(|_| state.waits_for_store()).map(|at| spoken_day(store_day(at)));
    view! {
        <tr>
            <th scope="row">
                <a href=order_path(number)>{number.to_string()}</a>
            </th>
            <td>{dispute_in_words(state, is_inquiry)}</td>
            <td>{day}</td>
            <td class="sheet__cause">{reason.in_words()}</td>
            <td class="sheet__number">{amount.to_string()}</td>
        </tr>
    }
    .into_any()
}

pub(super) const fn dispute_in_words(state: DisputeState, is_inquiry: bool) -> &'static str {
    match (state, is_inquiry) {
        (DisputeState::NeedsAnswer, false) => "Waits for your answer",
        (DisputeState::NeedsAnswer, true) => "The bank asks, and waits for your answer",
        (DisputeState::UnderReview, _) => "The bank thinks about it",
        (DisputeState::Won, false) => "Won: the store has the money again",
        (DisputeState::Won, true) => "Closed: the store kept the money",
        (DisputeState::Lost, _) => "Lost",
        (DisputeState::Unknown, _) => "Unknown: please look at it in the gateway's own pages",
    }
}
