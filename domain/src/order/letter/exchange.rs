use super::super::exchange::{EndNote, Exchange, ExchangeState};
use super::super::returns::{Return, ReturnId, ReturnState};
use super::super::words::{CANNOT_BE_SENT, NOT_KEPT, ON_ITS_WAY};
use super::{LetterKind, MAX_LETTER_CHOICES_CHARS, MAX_LETTER_LINES, delivery};
use crate::order::Order;
use crate::shipment::spoken_day;

/// Of something that came back and brings its money after all.
const MONEY_INSTEAD: &str =
    "What you sent back is here, and you get your money for it instead, by the way that you paid.";
/// Of something that is still to come.
const MONEY_LATER: &str = "You get your money instead when what you send back is here.";

/// The letters that the returns of an order as they are now give reason for, written before or not. That something
/// is kept no longer is over as soon as what comes back is there, unless an operator ended it and says why.
pub fn due_of_returns(returns: &[Return]) -> Vec<LetterKind> {
    let of_return = |found: &Return| {
        let sent = found.has_exchange_in(ExchangeState::Sent);
        let is_told = match found.exchange_end {
            Some(_) => found.state.holds_units(),
            None => found.state == ReturnState::Requested,
        };
        let lapsed = is_told && found.has_exchange_in(ExchangeState::Lapsed);
        let id = found.id;
        [sent.then_some(LetterKind::ReplacementSent { id }), lapsed.then_some(LetterKind::ExchangeLapsed { id })]
    };
    returns.iter().flat_map(of_return).flatten().collect()
}

pub(super) fn replaced(order: &Order, returns: &[Return], id: ReturnId) -> String {
    let told = format!(
        "What you sent back of your order {} is here, and what you wanted instead is on its way. {ON_ITS_WAY} Nothing \
         is charged for it.",
        order.number
    );
    [told, exchanged(order, returns, id, ExchangeState::Sent), delivery(order)].join("\n\n")
}

pub(super) fn lapsed(order: &Order, returns: &[Return], id: ReturnId) -> String {
    let found = returns.iter().find(|found| found.id == id);
    if let Some((found, why)) = found.and_then(|found| Some((found, found.exchange_end.as_ref()?))) {
        return ended(order, returns, found, why);
    }
    let until = found.map(|found| format!(" until {}", spoken_day(found.kept_until()))).unwrap_or_default();
    let told = format!(
        "You wanted to exchange something of your order {}. We kept what you wanted{until}, and what you send back is \
         not here yet. {NOT_KEPT}",
        order.number
    );
    [told, exchanged(order, returns, id, ExchangeState::Lapsed)].join("\n\n")
}

/// Why it ended stands by itself, as its operator wrote it.
fn ended(order: &Order, returns: &[Return], found: &Return, why: &EndNote) -> String {
    let told = format!("You wanted to exchange something of your order {}. {CANNOT_BE_SENT}", order.number);
    let money = if found.state.is_received() { MONEY_INSTEAD } else { MONEY_LATER };
    [told, why.to_string(), money.to_owned(), exchanged(order, returns, found.id, ExchangeState::Lapsed)].join("\n\n")
}

/// What was wanted for the lines of a return, in a state.
fn exchanged(order: &Order, returns: &[Return], id: ReturnId, state: ExchangeState) -> String {
    let found = returns.iter().filter(|found| found.id == id);
    let exchanges = found.flat_map(|found| found.exchanges_in(state)).take(MAX_LETTER_LINES);
    let lines: Vec<String> = exchanges.map(|exchange| wanted(order, exchange)).collect();
    format!("Items\n{}", lines.join("\n"))
}

/// `1 × Linen shirt, Blue, L, instead of Blue, M`
fn wanted(order: &Order, exchange: &Exchange) -> String {
    let line = order.lines.iter().find(|line| line.sku == exchange.line);
    let title = line.map_or_else(|| exchange.sku.to_string(), |line| line.title.to_string());
    let short = |choices: &str| choices.chars().take(MAX_LETTER_CHOICES_CHARS).collect::<String>();
    let instead = line.map(|line| format!(", instead of {}", short(&line.choices))).unwrap_or_default();
    format!("{} × {title}, {}{instead}", exchange.quantity.get(), short(&exchange.choices))
}
