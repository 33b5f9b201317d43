//! What the cardholder of an order's payment disputes, and what that leaves to be done with it.

use domain::payment::aftermath::{DisputeState, ToldDispute};
use domain::shipment::{spoken_day, store_day};
use leptos::prelude::*;

use super::super::aftermath::{DISPUTES, dispute_in_words};
use super::super::trouble::TROUBLE;
use crate::error::WireError;
use crate::form::ErrorNotice;

/// The disputes of an order; nothing where there are none.
#[component]
pub fn OrderDisputes(disputes: Vec<ToldDispute>) -> impl IntoView {
    (!disputes.is_empty())
        .then(|| {
            view! {
                <section class="panel" aria-labelledby="disputed">
                    <h2 id="disputed">"Dispute"</h2>
                    {disputes.into_iter().map(|dispute| view! { <Dispute dispute /> }).collect_view()}
                    <p class="row small">
                        <a href=format!("{TROUBLE}#{DISPUTES}")>"All disputes, and what to do about them"</a>
                    </p>
                </section>
            }
        })
        .into_any()
}

#[component]
fn Dispute(dispute: ToldDispute) -> impl IntoView {
    let ToldDispute { amount, state, is_inquiry, reason, answer_by, .. } = dispute;
    let day = answer_by.filter(|_| state.waits_for_store()).map(|at| spoken_day(store_day(at)));
    view! {
        <table class="facts">
            <tbody>
                <tr>
                    <th scope="row">"Disputed"</th>
                    <td>{amount.to_string()}</td>
                </tr>
                <tr>
                    <th scope="row">"Stands"</th>
                    <td>{dispute_in_words(state, is_inquiry)}</td>
                </tr>
                <tr>
                    <th scope="row">"Why"</th>
                    <td>{reason.in_words()}</td>
                </tr>
                {day
                    .map(|day| {
                        view! {
                            <tr>
                                <th scope="row">"Evidence is due by"</th>
                                <td>{day}</td>
                            </tr>
                        }
                    })}
            </tbody>
        </table>
    }
    .into_any()
}

/// Why nothing of an order can be refunded, in the place of the form; `error` is what a form was refused with that was
/// posted all the same.
#[component]
pub fn NoRefund(because: ToldDispute, error: Option<WireError>) -> impl IntoView {
    let words = match because.state {
        DisputeState::Lost => {
            "The bank has given the money back to the cardholder, so the gateway refunds nothing of this payment any more."
        }
        DisputeState::Won => "The gateway refunds nothing of a payment that was disputed, also after you have won.",
        DisputeState::NeedsAnswer | DisputeState::UnderReview | DisputeState::Unknown => {
            "The payment is disputed: the bank decides who gets the money, and the gateway refunds nothing of it meanwhile. To let the cardholder have it, accept the dispute in the gateway's own pages."
        }
    };
    view! {
        <section class="panel operator__count" id="refund-form">
            <h2>"No refund"</h2>
            {error.map(|error| view! { <ErrorNotice error /> })}
            <p class="small">{words}</p>
        </section>
    }
    .into_any()
}
