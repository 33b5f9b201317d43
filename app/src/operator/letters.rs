//! The letters about orders: those that were handed over, and each as it reads.

use domain::order::OrderNumber;
use domain::order::letter::{LetterId, LetterKind, LetterPage, LetterQuery, WrittenLetter};
use domain::order::ports::OrderLetters;
use leptos::prelude::*;

use super::frame::OperatorPage;
use super::operators_page;
use super::orders::order_path;
use super::sheet::Column::Words;
use super::sheet::{Pages, Sheet};
use crate::error::NotFoundPage;
use crate::moment::Moment;
use crate::page::{path_parameter, query};
use crate::port::port;

pub(super) const LETTERS: &str = "/operator/letters";

/// The address of the letters about an order.
pub(super) fn letters_path(number: OrderNumber) -> String {
    format!("{LETTERS}?order={number}")
}

fn letter_path(id: LetterId) -> String {
    format!("{LETTERS}/{id}")
}

/// `/operator/letters`: the letters that shoppers got about their orders, those about the newest orders first; `order`
/// asks for those about one, `after` is where the page before ended.
#[component]
pub fn LettersPage() -> impl IntoView {
    let query = query();
    let asked = LetterQuery {
        order: query.get_str("order").and_then(|raw| raw.parse().ok()),
        after: query.get_str("after").and_then(|raw| raw.parse().ok()),
    };
    operators_page(async move {
        let LetterPage { letters, next } = port::<dyn OrderLetters>()?.list(&asked).await?;
        let title = asked.order.map_or_else(|| "Letters".to_owned(), |number| format!("Letters about {number}"));
        let all = (asked.order.is_some() || asked.after.is_some()).then(|| ("All letters", LETTERS.to_owned()));
        let next = next.map(|last| ("More letters", next_path(asked.order, last)));
        let found = if letters.is_empty() {
            view! {
                <div class="empty">
                    <h2>"No letters"</h2>
                    <p>"A letter stands here when it was handed over: a moment after something happened to an order."</p>
                </div>
            }
            .into_any()
        } else {
            view! {
                <Sheet
                    label="Letters"
                    columns=&[Words("About"), Words("Letter"), Words("To"), Words("Handed over")]
                    of_cards=true
                >
                    {letters.into_iter().map(row).collect_view()}
                </Sheet>
            }
            .into_any()
        };
        Ok(view! {
            <OperatorPage
                title
                lead="What shoppers were told of their orders. What can't be sent is tried again, and waits among sagas and events in the end."
                    .to_owned()
            >
                {found}
                <Pages label="More letters" next first=all />
            </OperatorPage>
        })
    })
}

fn next_path(order: Option<OrderNumber>, last: LetterId) -> String {
    order.map_or_else(|| format!("{LETTERS}?after={last}"), |number| format!("{}&after={last}", letters_path(number)))
}

const fn kind_in_words(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Confirmed => "Confirmation",
        LetterKind::Sent => "On its way",
        LetterKind::Cancelled => "Cancellation",
        LetterKind::Declined => "Payment declined",
        LetterKind::Refunded { .. } => "Refund",
        LetterKind::RefundFailed { .. } => "Refund failed",
        LetterKind::ReplacementSent { .. } => "Exchange sent",
        LetterKind::ExchangeLapsed { .. } => "Exchange ended",
    }
}

fn row(letter: WrittenLetter) -> impl IntoView {
    let (number, kind) = (letter.number.to_string(), kind_in_words(letter.id.kind));
    view! {
        <tbody class="entry">
            <tr>
                <th scope="row">
                    <a class="sheet__key" href=order_path(letter.number)>{number.clone()}</a>
                </th>
                <td>
                    <a href=letter_path(letter.id)>
                        {kind}
                        <span class="visually-hidden">" of order " {number}</span>
                    </a>
                </td>
                <td class="sheet__cause">{letter.to.to_string()}</td>
                <td class="sheet__moment">
                    <Moment at=letter.written_at to_the_second=true />
                </td>
            </tr>
        </tbody>
    }
    .into_any()
}

/// `/operator/letters/{id}`: a letter, in the words that it has for its order now.
#[component]
pub fn LetterSheetPage() -> impl IntoView {
    let id = path_parameter("id").parse::<LetterId>();
    operators_page(async move {
        let Ok(id) = id else { return Ok(view! { <NotFoundPage /> }.into_any()) };
        let Some((written, letter)) = port::<dyn OrderLetters>()?.read(id).await? else {
            return Ok(view! { <NotFoundPage /> }.into_any());
        };
        let lead = format!(
            "It reads here as the order is now; its link opens the order for whoever has it. To {}, handed over",
            written.to
        );
        let lines = letter.text.as_str().lines().map(line).collect_view();
        Ok(view! {
            <OperatorPage title=letter.subject.to_string() lead at=written.written_at>
                <section class="panel letter" aria-label="The letter">
                    {lines}
                </section>
                <p class="row small">
                    <a href=order_path(written.number)>"The order"</a>
                    <a href=letters_path(written.number)>"All letters about it"</a>
                </p>
            </OperatorPage>
        }
        .into_any())
    })
}

/// A line as a mail program shows it: an address is a link.
fn line(text: &str) -> AnyView {
    let text = text.to_owned();
    if text.starts_with("https://") || text.starts_with("http://") {
        let address = text.clone();
        view! {
            <p>
                <a href=address>{text}</a>
            </p>
        }
        .into_any()
    } else {
        view! { <p>{text}</p> }.into_any()
    }
}
