//! What can be done with an order: send, deliver, capture, refund, let go of the rest, cancel.

use domain::operator::OrderSheet;
use domain::order::{OrderNumber, OrderState};
use domain::payment::aftermath::ToldDispute;
use domain::payment::{MovementError, MovementId, RefundReason};
use domain::pricing::Money;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::super::api::orders::{
    CancelForShopper, CapturePayment, MarkAsDelivered, MarkAsSent, RefundPayment, ReleaseRest,
};
use super::OrderForm;
use super::dispute::NoRefund;
use super::invoice::{TransferForm, owed};
use crate::error::WireError;
use crate::form::{ErrorNotice, Field, sentence};
use crate::typed::{self, Typed};

/// Characters of an amount; no right one is longer.
pub(crate) const MAX_AMOUNT_CHARS: u32 = 20;

/// What was posted a moment ago and refused.
#[derive(Debug, Clone)]
pub struct Refused {
    form: OrderForm,
    error: WireError,
}

impl Refused {
    /// What was posted by a form that an address names, if it was refused.
    pub(super) fn of(form: Option<&str>, error: Option<WireError>) -> Option<Self> {
        let forms = [
            OrderForm::Capture,
            OrderForm::Refund,
            OrderForm::Release,
            OrderForm::Payment,
            OrderForm::Repayment,
            OrderForm::Cancellation,
            OrderForm::Dispatch,
            OrderForm::Delivery,
            OrderForm::Return,
        ];
        let form = forms.into_iter().find(|known| form == Some(known.parameter()))?;
        Some(Self { form, error: error? })
    }
}

/// The forms for what an order has room for; `refused` is what one of them was refused with.
#[component]
pub fn Forms(sheet: OrderSheet, refused: Option<Refused>) -> impl IntoView {
    let bar = sheet.barred_by().cloned();
    let is_asked_about = sheet.disputes.iter().any(ToldDispute::is_open_question);
    let OrderSheet { order, to_capture, to_refund, to_release, can_be_cancelled, can_be_sent, .. } = sheet;
    let (next_movement, owed) = (sheet.next_movement, owed(sheet.invoice_balance));
    let (number, is_on_its_way) = (order.number, order.state == OrderState::Shipped);
    let of = |form: OrderForm| refused.clone().filter(|refused| refused.form == form).map(|refused| refused.error);
    let (capture, refund, cancellation) = (of(OrderForm::Capture), of(OrderForm::Refund), of(OrderForm::Cancellation));
    let (dispatch, delivery, release) = (of(OrderForm::Dispatch), of(OrderForm::Delivery), of(OrderForm::Release));
    let transfer_form = owed.map(|(kind, _)| OrderForm::of_transfer(kind));
    // What has no form any more is told all the same.
    let left_over = [
        capture.clone().filter(|_| to_capture.minor_units() == 0),
        refund.clone().filter(|_| to_refund.minor_units() == 0),
        dispatch.clone().filter(|_| !can_be_sent),
        delivery.clone().filter(|_| !is_on_its_way),
        release.clone().filter(|_| to_release.minor_units() == 0),
        cancellation,
        of(OrderForm::Return),
        [OrderForm::Payment, OrderForm::Repayment]
            .into_iter()
            .filter(|form| Some(*form) != transfer_form)
            .find_map(&of),
    ];
    let transfer = owed.map(|(kind, amount)| {
        let error = of(OrderForm::of_transfer(kind));
        view! { <TransferForm number kind owed=amount error /> }
    });
    let left_over = left_over.into_iter().flatten().map(|error| view! { <ErrorNotice error /> }).collect_view();
    view! {
        <div class="operator__forms">
            {left_over}
            {can_be_sent.then(|| view! { <DispatchForm number open=to_capture error=dispatch /> })}
            {is_on_its_way.then(|| view! { <DeliveryForm number error=delivery /> })}
            {(to_capture.minor_units() > 0)
                .then(|| view! { <CaptureForm number key=next_movement open=to_capture error=capture /> })}
            {(to_refund.minor_units() > 0)
                .then(|| match bar {
                    Some(because) => view! { <NoRefund because error=refund /> }.into_any(),
                    None => {
                        view! { <RefundForm number key=next_movement open=to_refund is_asked_about error=refund /> }
                            .into_any()
                    }
                })}
            {(to_release.minor_units() > 0)
                .then(|| view! { <ReleaseForm number key=next_movement open=to_release error=release /> })}
            {transfer}
            {can_be_cancelled.then(|| view! { <CancelForm number total=order.totals.total() /> })}
        </div>
    }
    .into_any()
}

/// An error beside the amount, or beside the reason, or above the form.
fn places(error: Option<WireError>) -> (Option<WireError>, Option<String>, Option<String>) {
    match error {
        Some(WireError::Movement(
            error @ (MovementError::Amount
            | MovementError::CaptureTooLarge { .. }
            | MovementError::RefundTooLarge { .. }),
        )) => (None, Some(sentence(&error.to_string())), None),
        Some(WireError::Movement(error @ MovementError::Reason)) => (None, None, Some(sentence(&error.to_string()))),
        error => (error, None, None),
    }
}

/// What was typed into a form that was refused, and the key to post it with again: the same one where nobody
/// knows whether something was stored under it.
fn typed_before(error: Option<&WireError>, fresh: MovementId) -> (Option<Typed>, MovementId) {
    let mut typed = error.map(|_| typed::kept());
    let posted = typed.as_mut().and_then(|typed| typed.take("key").parse().ok());
    let is_unknown = error == Some(&WireError::Unavailable);
    (typed, posted.filter(|_| is_unknown).unwrap_or(fresh))
}

#[component]
fn DispatchForm(number: OrderNumber, open: Money, error: Option<WireError>) -> impl IntoView {
    let captured = (open.minor_units() > 0).then(|| format!("The {open} that is held is captured with it. "));
    view! {
        <form class="panel operator__count" id="dispatch-form" method="post" action=MarkAsSent::url()>
            <h2>"Send"</h2>
            {error.map(|error| view! { <ErrorNotice error /> })}
            <input type="hidden" name="number" value=number.to_string() />
            <p class="small">
                {captured}
                "The units leave the stock, and the order can't be cancelled any more. This can't be undone."
            </p>
            <button class="button button--ink" type="submit">
                "Mark as sent"
            </button>
        </form>
    }
    .into_any()
}

#[component]
fn DeliveryForm(number: OrderNumber, error: Option<WireError>) -> impl IntoView {
    view! {
        <form class="panel operator__count" id="delivery-form" method="post" action=MarkAsDelivered::url()>
            <h2>"Deliver"</h2>
            {error.map(|error| view! { <ErrorNotice error /> })}
            <input type="hidden" name="number" value=number.to_string() />
            <p class="small">"The shopper has it. This can't be undone."</p>
            <button class="button button--ink" type="submit">
                "Mark as delivered"
            </button>
        </form>
    }
    .into_any()
}

#[component]
fn CaptureForm(number: OrderNumber, key: MovementId, open: Money, error: Option<WireError>) -> impl IntoView {
    let (mut typed, key) = typed_before(error.as_ref(), key);
    let amount = typed.as_mut().map_or_else(|| open.decimal(), |typed| typed.take("capture"));
    let keeps_rest = typed.is_some_and(|mut typed| typed.take("rest") == "keep");
    let (above, error, _) = places(error);
    view! {
        <form class="panel operator__count" id="capture-form" method="post" action=CapturePayment::url()>
            <h2>"Capture"</h2>
            {above.map(|error| view! { <ErrorNotice error /> })}
            <input type="hidden" name="number" value=number.to_string() />
            <input type="hidden" name="key" value=key.to_string() />
            <Field
                id="capture"
                label="Amount to capture"
                value=amount
                hint=format!("{open} is held for this order.")
                error
                inputmode="decimal"
                autocomplete="off"
                max_chars=MAX_AMOUNT_CHARS
                class="field field--short"
            />
            <label class="check">
                <input type="checkbox" name="rest" value="keep" checked=keeps_rest />
                "Keep the rest held for another capture; without this it is let go of."
            </label>
            <button class="button button--ink" type="submit">
                "Capture it"
            </button>
        </form>
    }
    .into_any()
}

#[component]
fn RefundForm(
    number: OrderNumber,
    key: MovementId,
    open: Money,
    is_asked_about: bool,
    error: Option<WireError>,
) -> impl IntoView {
    let (mut typed, key) = typed_before(error.as_ref(), key);
    let mut typed_in = |name| typed.as_mut().map(|typed| typed.take(name)).unwrap_or_default();
    let (amount, reason) = (typed_in("refund"), typed_in("reason"));
    let (above, error_of_amount, error_of_reason) = places(error);
    view! {
        <form class="panel operator__count" id="refund-form" method="post" action=RefundPayment::url()>
            <h2>"Refund"</h2>
            {above.map(|error| view! { <ErrorNotice error /> })}
            {is_asked_about
                .then(|| {
                    view! {
                        <p class="small">
                            "The cardholder's bank asks about this payment. A refund in full settles that; a part the shopper could get twice."
                        </p>
                    }
                })}
            <input type="hidden" name="number" value=number.to_string() />
            <input type="hidden" name="key" value=key.to_string() />
            <Field
                id="refund"
                label="Amount to refund"
                value=amount
                hint=format!("At most {open}: what was captured and is not refunded yet.")
                error=error_of_amount
                inputmode="decimal"
                autocomplete="off"
                max_chars=MAX_AMOUNT_CHARS
                class="field field--short"
            />
            <Field
                id="reason"
                label="Reason"
                value=reason
                hint="For whoever reads the books; the shopper does not see it.".to_owned()
                error=error_of_reason
                autocomplete="off"
                max_chars=RefundReason::MAX_CHARS
                class="field operator__wide"
            />
            <button class="button button--ink" type="submit">
                "Refund it"
            </button>
        </form>
    }
    .into_any()
}

/// Its amount is the one that is shown: where another one is held by now, nothing is let go of.
#[component]
fn ReleaseForm(number: OrderNumber, key: MovementId, open: Money, error: Option<WireError>) -> impl IntoView {
    let (_, key) = typed_before(error.as_ref(), key);
    view! {
        <form class="panel operator__count" id="release-form" method="post" action=ReleaseRest::url()>
            <h2>"Let go of the rest"</h2>
            {error.map(|error| view! { <ErrorNotice error /> })}
            <input type="hidden" name="number" value=number.to_string() />
            <input type="hidden" name="key" value=key.to_string() />
            <input type="hidden" name="release" value=open.decimal() />
            <p class="small">
                {format!(
                    "The {open} that is still held is let go of, and can't be captured any more. Where all that was captured is refunded and nothing was sent, that closes the order. This can't be undone.",
                )}
            </p>
            <button class="button" type="submit">
                "Let go of "
                {open.to_string()}
            </button>
        </form>
    }
    .into_any()
}

/// Closed at first, so that a slip of a finger cancels nothing.
#[component]
fn CancelForm(number: OrderNumber, total: Money) -> impl IntoView {
    view! {
        <details class="panel panel--flat settlement" id="cancel-form">
            <summary>"Cancel this order"</summary>
            <form class="stack" method="post" action=CancelForShopper::url()>
                <input type="hidden" name="number" value=number.to_string() />
                <p class="small">
                    {format!("The {total} that is held is let go of, and the units are on the shelf again. This can't be undone.")}
                </p>
                <button class="button" type="submit">
                    "Cancel order "
                    {number.to_string()}
                </button>
            </form>
        </details>
    }
    .into_any()
}
