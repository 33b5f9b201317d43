//! The gift cards that were made, without their codes: nobody but their bearers knows those.

use domain::operator::ports::Desk;
use domain::payment::gift_card::{GiftCardPage, GiftCardState, IssuedGiftCard};
use leptos::prelude::*;

use super::frame::OperatorPage;
use super::operators_page;
use super::sheet::Column::{Number, Words};
use super::sheet::{Pages, Sheet};
use crate::moment::Moment;
use crate::page::query;
use crate::port::port;

const GIFT_CARDS: &str = "/operator/gift-cards";

/// `/operator/gift-cards`: what is left on each gift card, the newest first; `older` is where the page before ended.
#[component]
pub fn GiftCardsPage() -> impl IntoView {
    let before = query().get_str("older").and_then(|raw| raw.parse().ok());
    operators_page(async move {
        let GiftCardPage { cards, next } = port::<dyn Desk>()?.gift_cards(before).await?;
        let found = if cards.is_empty() {
            view! {
                <div class="empty">
                    <h2>"No gift cards"</h2>
                    <p>
                        <code>"cartograph gift-cards issue"</code>
                        " makes some and prints their codes."
                    </p>
                </div>
            }
            .into_any()
        } else {
            view! {
                <Sheet
                    label="Gift cards"
                    columns=&[Words("Ends in"), Words("Stands"), Number("Left"), Number("Made over"), Words("Made")]
                >
                    <tbody>{cards.into_iter().map(row).collect_view()}</tbody>
                </Sheet>
                <p class="small soft operator__hint">
                    "A card is blocked by its whole code, on the command line: "
                    <code>"cartograph gift-cards block"</code>
                </p>
            }
            .into_any()
        };
        let next = next.map(|last| ("Older gift cards", format!("{GIFT_CARDS}?older={last}")));
        Ok(view! {
            <OperatorPage
                title="Gift cards"
                lead="What is left on each. The store knows the end of a code alone.".to_owned()
            >
                {found}
                <Pages
                    label="More gift cards"
                    next
                    first=before.map(|_| ("Latest gift cards", GIFT_CARDS.to_owned()))
                />
            </OperatorPage>
        })
    })
}

fn row(IssuedGiftCard { card, issued_at }: IssuedGiftCard) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{card.tail.to_string()}</th>
            <td>{mark_of(card.state())}</td>
            <td class="sheet__number">{card.balance.to_string()}</td>
            <td class="sheet__number">{card.issued.to_string()}</td>
            <td class="sheet__moment">
                <Moment at=issued_at to_the_second=true />
            </td>
        </tr>
    }
}

fn mark_of(state: GiftCardState) -> impl IntoView {
    let (class, words) = match state {
        GiftCardState::Unused => ("mark mark--good", "Unused"),
        GiftCardState::InUse => ("mark mark--good", "In use"),
        GiftCardState::Spent => ("mark", "Spent"),
        GiftCardState::Blocked => ("mark mark--warn", "Blocked"),
    };
    view! { <span class=class>{words}</span> }
}
