//! What operators did, as rows.

use domain::operator::{Deed, DeedKind};
use leptos::prelude::*;

use super::sheet::{Column, Sheet};
use crate::moment::Moment;

/// When, who and what, and in the last column what a page makes of a deed; nothing where nobody did anything.
#[component]
pub fn Deeds(
    title: &'static str,
    columns: &'static [Column],
    deeds: Vec<Deed>,
    last: fn(Deed) -> AnyView,
) -> impl IntoView {
    if deeds.is_empty() {
        return ().into_any();
    }
    let row = move |deed: Deed| {
        view! {
            <tbody class="entry">
                <tr>
                    <td class="sheet__moment">
                        <Moment at=deed.done_at to_the_second=true />
                    </td>
                    <td class="sheet__cause">{deed.by.to_string()}</td>
                    <td>{deed_in_words(deed.kind)}</td>
                    <td class="sheet__cause">{last(deed)}</td>
                </tr>
            </tbody>
        }
    };
    view! {
        <section class="section">
            <h2>{title}</h2>
            <Sheet label=title columns of_cards=true>
                {deeds.into_iter().map(row).collect_view()}
            </Sheet>
        </section>
    }
    .into_any()
}

/// What an operator did, before what it was done with.
pub(super) const fn deed_in_words(kind: DeedKind) -> &'static str {
    match kind {
        DeedKind::Resumed => "Resumed the order",
        DeedKind::Undone => "Undid the order",
        DeedKind::Settled => "Closed the order by hand",
        DeedKind::Revived => "Let the event be delivered again",
        DeedKind::Dropped => "Gave the event up",
        DeedKind::Captured => "Captured money of the order",
        DeedKind::Refunded => "Refunded money of the order",
        DeedKind::Released => "Let go of what was held for the order",
        DeedKind::InvoicePaid => "Noted that the invoice was paid",
        DeedKind::InvoiceRepaid => "Noted that what was owed back was paid out",
        DeedKind::Cancelled => "Cancelled the order",
        DeedKind::Sent => "Marked the order as sent",
        DeedKind::Delivered => "Marked the order as delivered",
        DeedKind::ReturnReceived => "Received a return of the order",
        DeedKind::ReturnRefused => "Refused a return of the order",
        DeedKind::ReplacementSent => "Sent the exchange for a return of the order",
        DeedKind::ExchangeEnded => "Ended the exchange for a return of the order",
        DeedKind::CodesTurnedOff => "Turned off the codes of the account",
        DeedKind::CreditGiven => "Gave store credit to the account",
        DeedKind::RefundRepeated => "Had a failed refund of the order made once more",
        DeedKind::RefundSettled => "Settled a failed refund of the order by hand",
        DeedKind::FaultBegun => "Let the store fail on purpose",
        DeedKind::FaultEnded => "Let it fail no more",
    }
}
