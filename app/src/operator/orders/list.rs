use std::collections::BTreeSet;

use domain::operator::ports::OrderDesk;
use domain::operator::{AwaitedReturn, OrdersQuery};
use domain::order::exchange::ExchangeState;
use domain::order::returns::ReturnState;
use domain::order::returns::ports::Returns;
use domain::order::{Order, OrderId, OrderState};
use domain::pricing::Money;
use domain::text::encoded;
use leptos::prelude::*;

use super::super::frame::OperatorPage;
use super::super::operators_page;
use super::super::sheet::Column::{MoreNumber, Number, Words};
use super::super::sheet::{Pages, Sheet};
use super::super::words::{mark_of, state_in_words};
use super::{ORDERS, order_path, returns};
use crate::email::EmailAddress;
use crate::form::{PostedError, SearchForm};
use crate::moment::Moment;
use crate::page::query_pairs;
use crate::port::port;

/// `/operator/orders`: all orders, the newest first; `q` looks for a number or an e-mail address, `state`
/// asks for those in one state, `older` is where the page before ended.
#[component]
pub fn OrderListPage() -> impl IntoView {
    let (asked, posted) = (asked(), view! { <PostedError /> });
    operators_page(async move {
        let page = port::<dyn OrderDesk>()?.list(&asked).await?;
        let ids: Vec<OrderId> = page.orders.iter().map(|order| order.id).collect();
        let returns = port::<dyn Returns>()?;
        let (asked_back, to_replace) = (returns.asked_among(&ids).await?, returns.to_replace_among(&ids).await?);
        Ok(view! {
            <OperatorPage title="Orders">
                {posted} <SearchForm
                    id="orders-q"
                    label="Search the orders"
                    address=ORDERS
                    placeholder="An order number or an e-mail address"
                    words=asked.words.clone()
                >
                    {asked
                        .state
                        .map(|state| view! { <input type="hidden" name="state" value=state.parameter() /> })}
                    {asked
                        .returns
                        .map(|awaited| view! { <input type="hidden" name="returns" value=awaited.parameter() /> })}
                </SearchForm> <Filters asked=asked.clone() />
                <Entries orders=page.orders asked_back to_replace next=page.next asked />
            </OperatorPage>
        })
    })
}

fn asked() -> OrdersQuery {
    let pairs = query_pairs();
    let of = |name: &str| pairs.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.as_str());
    OrdersQuery {
        words: of("q").into(),
        state: OrderState::from_parameter(of("state")),
        returns: AwaitedReturn::from_parameter(of("returns")),
        older_than: of("older").parse().ok(),
    }
}

/// The address of another view of the same search.
fn address(asked: &OrdersQuery, state: Option<OrderState>, older_than: Option<OrderId>) -> String {
    let pairs = [
        Some(asked.words.as_str()).filter(|words| !words.is_empty()).map(|words| ("q", encoded(words))),
        state.map(|state| ("state", state.parameter().to_owned())),
        asked.returns.map(|awaited| ("returns", awaited.parameter().to_owned())),
        older_than.map(|last| ("older", last.to_string())),
    ];
    let pairs: Vec<String> = pairs.into_iter().flatten().map(|(name, value)| format!("{name}={value}")).collect();
    if pairs.is_empty() { ORDERS.to_owned() } else { format!("{ORDERS}?{}", pairs.join("&")) }
}

#[component]
fn Filters(asked: OrdersQuery) -> impl IntoView {
    let all = OrdersQuery { returns: None, ..asked.clone() };
    let narrowed = |awaited: AwaitedReturn, words: &'static str| {
        let narrower = OrdersQuery { returns: Some(awaited), ..all.clone() };
        let current = (asked.returns == Some(awaited)).then_some("true");
        view! {
            <li>
                <a class="chip" href=address(&narrower, None, None) aria-current=current>
                    {words}
                </a>
            </li>
        }
    };
    let chip = |state: Option<OrderState>| {
        let current = (state == asked.state && asked.returns.is_none()).then_some("true");
        view! {
            <li>
                <a class="chip" href=address(&all, state, None) aria-current=current>
                    {state.map_or("All", state_in_words)}
                </a>
            </li>
        }
    };
    let states = std::iter::once(None).chain(OrderState::ALL.map(Some));
    view! {
        <ul class="chips">
            {states.map(chip).collect_view()}
            {narrowed(AwaitedReturn::Receipt, "Return asked")}
            {narrowed(AwaitedReturn::Replacement, "Exchange to send")}
        </ul>
    }
    .into_any()
}

#[component]
fn Entries(
    orders: Vec<Order>,
    asked_back: BTreeSet<OrderId>,
    to_replace: BTreeSet<OrderId>,
    next: Option<OrderId>,
    asked: OrdersQuery,
) -> impl IntoView {
    let first = asked.older_than.is_some().then(|| address(&asked, asked.state, None));
    if orders.is_empty() {
        return view! { <Nothing asked /> }.into_any();
    }
    let next = next.map(|next| address(&asked, asked.state, Some(next)));
    view! {
        <Sheet
            label="Orders"
            columns=&[
                Words("Order"), Words("Customer"), MoreNumber("Units"), Number("Total"), Words("Stands"),
                MoreNumber("Captured"), MoreNumber("Refunded"),
            ]
            of_cards=true
        >
            {orders.into_iter().map(|order| row(order, &asked_back, &to_replace)).collect_view()}
        </Sheet>
        <Pages
            label="More orders"
            next=next.map(|next| ("Older orders", next))
            first=first.map(|first| ("Newest orders", first))
        />
    }
    .into_any()
}

#[component]
fn Nothing(asked: OrdersQuery) -> impl IntoView {
    let is_narrowed = asked != OrdersQuery::default();
    let (title, advice) = if is_narrowed {
        ("No such order", "Try the whole number, a part of the e-mail address, or another state.")
    } else {
        ("No orders yet", "What shoppers buy stands here a moment later.")
    };
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{advice}</p>
            {is_narrowed
                .then(|| {
                    view! {
                        <a class="button" href=ORDERS>
                            "All orders"
                        </a>
                    }
                })}
        </div>
    }
    .into_any()
}

fn row(order: Order, asked_back: &BTreeSet<OrderId>, to_replace: &BTreeSet<OrderId>) -> AnyView {
    let number = order.number.to_string();
    let units: u32 = order.lines.iter().map(|line| line.quantity.get()).sum();
    let (captured, refunded) = (order.captured(), order.refunded());
    let total = order.totals.total();
    let asks_return = asked_back.contains(&order.id).then(|| returns::mark_of(ReturnState::Requested));
    let replaces = to_replace.contains(&order.id).then(|| returns::exchange_mark(ExchangeState::Allocated));
    view! {
        <tbody class="entry entry--order">
            <tr>
                <th scope="row">
                    <a class="sheet__key" href=order_path(order.number)>{number}</a>
                    <small>
                        <Moment at=order.placed_at to_the_second=true />
                    </small>
                </th>
                <td class="sheet__cause">
                    {order.contact.name.to_string()}
                    <small>
                        <EmailAddress email=order.contact.email />
                    </small>
                </td>
                <td class="sheet__number sheet__more">{units}</td>
                <td class="sheet__number">{total.to_string()} <small>{order.paid_with.to_string()}</small></td>
                <td>{mark_of(order.state)} " " {asks_return} " " {replaces}</td>
                <td class="sheet__number sheet__more">{moved(captured)}</td>
                <td class="sheet__number sheet__more">{moved(refunded)}</td>
            </tr>
        </tbody>
    }
    .into_any()
}

/// An amount, or a dash where nothing has moved.
fn moved(amount: Money) -> String {
    if amount.minor_units() == 0 { "–".to_owned() } else { amount.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_only_what_was_asked_for() {
        let all = OrdersQuery::default();
        assert_eq!(address(&all, None, None), "/operator/orders");
        let asked = OrdersQuery { words: "ada@example.com".into(), ..all };
        let last = "0197b2c4d5e67f8091a2b3c4d5e6f708".parse().ok();
        assert_eq!(
            address(&asked, Some(OrderState::Shipped), last),
            "/operator/orders?q=ada%40example.com&state=shipped&older=0197b2c4d5e67f8091a2b3c4d5e6f708"
        );
    }
}
