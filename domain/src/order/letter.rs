//! Letters to the shopper about an order: which ones are due, and every word of them.

mod exchange;
mod refund;

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

use super::returns::{Return, ReturnId};
use super::words::{
    BACK_ON_GIFT_CARDS, CANCELLED, DECLINED, GOES_BACK, ON_GIFT_CARDS_AGAIN, ON_ITS_WAY, REFUNDED, getting_ready,
};
use super::{Order, OrderAccess, OrderId, OrderLine, OrderNumber, OrderState};
use crate::checkout::{AmountKind, AmountRow, Email};
use crate::inventory::{day_in_year, parts_in_words};
use crate::mail::Letter;
use crate::payment::MovementId;
use crate::payment::aftermath::FailedRefund;
use crate::pricing::Money;
use crate::shipment::{customs_note, spoken_day, store_day};
use crate::text::{TextError, encoded};

pub use exchange::due_of_returns;
use exchange::{lapsed, replaced};
pub use refund::due_of_refunds;
use refund::not_arrived;

/// Lines of an order that a letter lists; its page shows all.
pub const MAX_LETTER_LINES: usize = 30;
/// Promotions that a letter names.
pub const MAX_LETTER_SAVINGS: usize = 10;
/// What a letter says of the choices of a line, in characters.
pub const MAX_LETTER_CHOICES_CHARS: usize = 100;
/// Characters that say what is in a bundle; its page shows the rest.
pub const MAX_LETTER_PARTS_CHARS: usize = 200;
/// Whoever waited less for the bank learnt of its answer on the page.
pub const DECLINED_UNSEEN_AFTER: SignedDuration = SignedDuration::from_secs(30);
/// Letters on one page of all of them.
pub const LETTERS_PER_PAGE: usize = 50;

/// What a letter tells of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LetterKind {
    /// It stands: what was bought, where it goes, how it is paid. Whoever writes it late says where it stands by then.
    Confirmed,
    Sent,
    Cancelled,
    /// The bank said no after the shopper was told that it had not answered.
    Declined,
    /// So much of what was charged was given back by then, in minor units of the order's currency.
    Refunded {
        minor_units: i64,
    },
    /// A refund did not reach the shopper.
    RefundFailed {
        id: MovementId,
    },
    /// What is sent for a return left.
    ReplacementSent {
        id: ReturnId,
    },
    /// What was kept for a return is sold again, or can't be sent: it brings its money instead.
    ExchangeLapsed {
        id: ReturnId,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such letter")]
pub struct LetterIdError;

/// The key of a letter: an order has one of each kind, however often the store hears that one is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LetterId {
    pub order: OrderId,
    pub kind: LetterKind,
}

/// A letter that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenLetter {
    pub id: LetterId,
    pub number: OrderNumber,
    pub to: Email,
    pub written_at: Timestamp,
}

/// Which letters somebody who runs the store wants to see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LetterQuery {
    /// `None` is about any order.
    pub order: Option<OrderNumber>,
    /// The last letter of the page before.
    pub after: Option<LetterId>,
}

/// One page of letters: those about the newest orders first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LetterPage {
    pub letters: Vec<WrittenLetter>,
    /// Where the next page begins, if there is one.
    pub next: Option<LetterId>,
}

/// Whom letters come from.
#[derive(Debug, Clone)]
pub struct Letterhead {
    pub store_name: Box<str>,
    /// `https://shop.example` without a slash at the end.
    pub base_url: Box<str>,
    /// Where shoppers write to.
    pub contact_email: Option<Email>,
}

impl LetterKind {
    /// Its name in the database, in addresses and in file names.
    pub fn parameter(self) -> String {
        match self {
            Self::Confirmed => "confirmed".to_owned(),
            Self::Sent => "sent".to_owned(),
            Self::Cancelled => "cancelled".to_owned(),
            Self::Declined => "declined".to_owned(),
            Self::Refunded { minor_units } => format!("refunded-{minor_units}"),
            Self::RefundFailed { id } => format!("unreached-{id}"),
            Self::ReplacementSent { id } => format!("replaced-{id}"),
            Self::ExchangeLapsed { id } => format!("lapsed-{id}"),
        }
    }
}

impl FromStr for LetterKind {
    type Err = LetterIdError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        match raw {
            "confirmed" => Ok(Self::Confirmed),
            "sent" => Ok(Self::Sent),
            "cancelled" => Ok(Self::Cancelled),
            "declined" => Ok(Self::Declined),
            _ => {
                let (name, of) = raw.split_once('-').ok_or(LetterIdError)?;
                let id = || of.parse().map_err(|_| LetterIdError);
                let kind = match name {
                    "refunded" => Self::Refunded { minor_units: of.parse().map_err(|_| LetterIdError)? },
                    "unreached" => Self::RefundFailed { id: of.parse().map_err(|_| LetterIdError)? },
                    "replaced" => Self::ReplacementSent { id: id()? },
                    "lapsed" => Self::ExchangeLapsed { id: id()? },
                    _ => return Err(LetterIdError),
                };
                // One letter has one key: `refunded-+5` is none.
                if kind.parameter() == raw { Ok(kind) } else { Err(LetterIdError) }
            }
        }
    }
}

impl fmt::Display for LetterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.order, self.kind.parameter())
    }
}

impl FromStr for LetterId {
    type Err = LetterIdError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let (order, kind) = raw.split_once('-').ok_or(LetterIdError)?;
        Ok(Self { order: order.parse().map_err(|_| LetterIdError)?, kind: kind.parse()? })
    }
}

/// The letters that an order as it is now gives reason for, written before or not. Whoever comes late skips
/// what is over: nobody is told that an order is confirmed that was cancelled since. What was agreed holds for
/// as long as the order stands, however far it is.
pub fn due(order: &Order) -> Vec<LetterKind> {
    let of_state: &[LetterKind] = match order.state {
        OrderState::Confirmed | OrderState::Delivered => &[LetterKind::Confirmed],
        OrderState::Shipped => &[LetterKind::Confirmed, LetterKind::Sent],
        OrderState::Cancelled => &[LetterKind::Cancelled],
        OrderState::Declined if was_waited_for(order) => &[LetterKind::Declined],
        OrderState::Pending | OrderState::Declined | OrderState::Cancelling | OrderState::Refunded => &[],
    };
    let minor_units = order.refunded_minor_units;
    let of_money = (minor_units > 0).then_some(LetterKind::Refunded { minor_units });
    of_state.iter().copied().chain(of_money).collect()
}

fn was_waited_for(order: &Order) -> bool {
    let declined_at = order.reached_at(OrderState::Declined);
    declined_at.is_some_and(|at| at.duration_since(order.placed_at) > DECLINED_UNSEEN_AFTER)
}

impl Letterhead {
    /// A letter about an order, its returns and what refunds of it failed, as they are now; its link opens the order
    /// for whoever has the letter.
    ///
    /// # Errors
    /// [`TextError`] where it would not fit into a letter, which no order of this store reaches.
    pub fn write(
        &self,
        order: &Order,
        returns: &[Return],
        refunds: &[FailedRefund],
        kind: LetterKind,
        access: &OrderAccess,
    ) -> Result<Letter, TextError> {
        let (number, name) = (order.number, &self.store_name);
        let (subject, told) = match kind {
            LetterKind::Confirmed => (format!("Order {number} at {name} is confirmed"), confirmed(order)),
            LetterKind::Sent => (format!("Order {number} at {name} is on its way"), sent(order)),
            LetterKind::Cancelled => (format!("Order {number} at {name} is cancelled"), cancelled(order)),
            LetterKind::Declined => {
                let told = format!(
                    "The payment for your order {number} of {} was declined. {DECLINED} If you still want it, please \
                     order again.",
                    spoken_date(order.placed_at)
                );
                (format!("The payment for order {number} at {name} was declined"), told)
            }
            LetterKind::Refunded { minor_units } => {
                let refunded = Money::new(minor_units, order.totals.total().currency());
                (format!("A refund for order {number} at {name}"), given_back(order, refunded))
            }
            LetterKind::RefundFailed { id } => {
                (format!("A refund for order {number} at {name} did not reach you"), not_arrived(order, refunds, id))
            }
            LetterKind::ReplacementSent { id } => {
                (format!("Your exchange of order {number} at {name} is on its way"), replaced(order, returns, id))
            }
            LetterKind::ExchangeLapsed { id } => {
                (format!("Your exchange of order {number} at {name} is a return now"), lapsed(order, returns, id))
            }
        };
        let (link, base_url) = (self.link(order.number, access), &self.base_url);
        let contact = self.contact_email.as_ref().map(|email| format!("Questions about it? Write to {email}.\n\n"));
        let contact = contact.unwrap_or_default();
        let text = format!("Good day,\n\n{told}\n\nFollow this order:\n{link}\n\n{contact}{name}\n{base_url}\n");
        Ok(Letter { to: order.contact.email.clone(), subject: subject.parse()?, text: text.parse()? })
    }

    fn link(&self, number: OrderNumber, access: &OrderAccess) -> String {
        format!("{}/orders/{number}?access={}", self.base_url, encoded(access.as_str()))
    }
}

/// `Friday 27 November 2026`
fn spoken_date(moment: Timestamp) -> String {
    let day = store_day(moment);
    format!("{} {}", spoken_day(day), day.year())
}

fn confirmed(order: &Order) -> String {
    let (number, placed_on, arrives_on) = (order.number, spoken_date(order.placed_at), spoken_day(order.arrives_on));
    let stands = match order.state {
        OrderState::Delivered => "It was delivered.".to_owned(),
        OrderState::Shipped => format!("It is on its way. {ON_ITS_WAY} It arrives on {arrives_on}."),
        _ => format!("It arrives on {arrives_on}. {}", getting_ready(order)),
    };
    let parts = [
        format!("Thank you for your order {number} of {placed_on}. {stands}"),
        items(order),
        amounts(order),
        delivery(order),
        payment(order),
    ];
    let country = order.contact.address.country;
    let customs = customs_note(country, order.totals.taxes().is_some());
    parts.into_iter().chain(customs).collect::<Vec<_>>().join("\n\n")
}

fn sent(order: &Order) -> String {
    let arrives_on = spoken_day(order.arrives_on);
    let told = format!("Your order {} is on its way. {ON_ITS_WAY} It arrives on {arrives_on}.", order.number);
    [told, items(order), delivery(order)].join("\n\n")
}

fn cancelled(order: &Order) -> String {
    let total = order.totals.total();
    let told = format!("Your order {} of {} is cancelled. {CANCELLED}", order.number, spoken_date(order.placed_at));
    let money = format!("{} charged, {total} released", Money::zero(total.currency()));
    let gift_cards = (!order.gift_cards.is_empty()).then(|| ON_GIFT_CARDS_AGAIN.to_owned());
    [told, money].into_iter().chain(gift_cards).chain([items(order)]).collect::<Vec<_>>().join("\n\n")
}

fn given_back(order: &Order, refunded: Money) -> String {
    let closed = if order.state == OrderState::Refunded { format!(" {REFUNDED}") } else { String::new() };
    let told = format!("Money went back to you for your order {}.{closed}", order.number);
    let money = format!("{} charged, {refunded} refunded", order.captured());
    let gift_cards = (!order.gift_cards.is_empty()).then(|| BACK_ON_GIFT_CARDS.to_owned());
    [told, money, GOES_BACK.to_owned()].into_iter().chain(gift_cards).collect::<Vec<_>>().join("\n\n")
}

fn items(order: &Order) -> String {
    let mut lines: Vec<String> = order.lines.iter().take(MAX_LETTER_LINES).map(bought).collect();
    let more = order.lines.len() - lines.len();
    if more > 0 {
        lines.push(format!("and {more} more, which its page shows"));
    }
    format!("Items\n{}", lines.join("\n"))
}

/// `2 × Walnut desk lamp, Oak: £49.00`
fn bought(line: &OrderLine) -> String {
    let choices: String = line.choices.chars().take(MAX_LETTER_CHOICES_CHARS).collect();
    let choices = if choices.is_empty() { choices } else { format!(", {choices}") };
    // A line's quantity and a price are far from the end of money's range.
    let total = line.unit_price.money().times(line.quantity.get()).map(|total| format!(": {total}"));
    let expected = line.expected_on.map(|day| format!(" (expected in stock on {})", day_in_year(day)));
    let (total, expected) = (total.unwrap_or_default(), expected.unwrap_or_default());
    let parts: String = parts_in_words(&line.parts).chars().take(MAX_LETTER_PARTS_CHARS).collect();
    let parts = if parts.is_empty() { parts } else { format!("\n  each with {parts}") };
    format!("{} × {}{choices}{total}{expected}{parts}", line.quantity.get(), line.title)
}

fn amounts(order: &Order) -> String {
    let mut savings = order.savings();
    savings.truncate(MAX_LETTER_SAVINGS);
    let row = |row: AmountRow| {
        let (label, words) = (&row.label, row.words());
        match (row.kind, row.note) {
            (_, None) => format!("{label}: {words}"),
            (AmountKind::Tax | AmountKind::Contained, Some(note)) => format!("{label}: {words} {note}"),
            (_, Some(note)) => format!("{label}: {words} ({note})"),
        }
    };
    order.amounts_with(&savings).into_iter().map(row).collect::<Vec<_>>().join("\n")
}

/// Who pays which part: gift cards, and the rest otherwise.
fn payment(order: &Order) -> String {
    let rest = order.gift_cards.rest_of(order.totals.total());
    let cards = order.gift_cards.iter().map(|part| format!("Gift card ending in {}, {}", part.tail, part.amount));
    let mut rows: Vec<String> = cards.collect();
    if rows.is_empty() || rest.minor_units() > 0 {
        rows.push(format!("{}, {rest}", order.paid_with));
    }
    format!("Payment\n{}", rows.join("\n"))
}

fn delivery(order: &Order) -> String {
    format!("Deliver to\n{}\n{}", order.contact.lines().join("\n"), order.delivery.label())
}

#[cfg(test)]
mod tests;
