use domain::inspection::NodeKind;
use domain::inventory::ports::Locations;
use domain::inventory::{Location, Sourced, parts_in_words};
use domain::operator::OrderSheet;
use domain::operator::ports::{Desk, OrderDesk};
use domain::order::returns::ports;
use domain::order::{Order, OrderLine, OrderNumber};
use domain::payment::book::BookQuery;
use domain::pricing::Money;
use domain::shipment::{Zone, spoken_day};
use domain::text::encoded;
use leptos::prelude::*;

use super::super::frame::OperatorPage;
use super::super::ledger::{Postings, ledger_path};
use super::super::letters::letters_path;
use super::super::operators_page;
use super::super::sheet::Column::{MoreNumber, Number, Words};
use super::super::sheet::Sheet;
use super::super::stock::sku_path;
use super::super::words::mark_of;
use super::ORDERS;
use super::dispute::OrderDisputes;
use super::forms::{Forms, Refused};
use super::history::History;
use super::returns::Returns;
use crate::cart::summary::TotalsList;
use crate::email::EmailAddress;
use crate::error::{NotFoundPage, WireError};
use crate::form::{DoneNotice, posted_error};
use crate::icon::{Glyph, Icon};
use crate::order::address_lines;
use crate::page::{path_parameter, query};
use crate::payment::gift_card::{TenderLines, paid_with, tenders_of};
use crate::port::port;

/// `/operator/orders/{number}`: an order, all that happened to it, and what can be done with it. `done` says
/// what was just done, `form` which form was refused.
#[component]
pub fn OrderSheetPage() -> impl IntoView {
    let (number, query) = (path_parameter("number").parse::<OrderNumber>(), query());
    let refused = Refused::of(query.get_str("form"), posted_error());
    operators_page(async move {
        let Ok(number) = number else { return Ok(view! { <NotFoundPage /> }.into_any()) };
        let Some(sheet) = port::<dyn OrderDesk>()?.find(number).await? else {
            return Ok(view! { <NotFoundPage /> }.into_any());
        };
        let asked = BookQuery { order: Some(number), before: None };
        let page = port::<dyn Desk>()?.postings(&asked).await?;
        let done = query.get_str("done").and_then(done_in_words);
        let order = sheet.order.clone();
        let (lead, placed_at) = (format!("Placed by {}", order.contact.name), order.placed_at);
        let (happenings, is_busy) = (sheet.happenings.clone(), sheet.is_busy);
        let returns = port::<dyn ports::Returns>()?.of(order.id).await?.returns;
        let origins = Origins::of(&order).await?;
        Ok(view! {
            <OperatorPage title=format!("Order {number}") lead at=placed_at>
                {done.map(|words| view! { <DoneNotice words /> })}
                {is_busy.then(|| view! { <Busy /> })}
                <Figures sheet=sheet.clone() />
                <div class="beside">
                    <div class="operator__main">
                        <OrderDisputes disputes=sheet.disputes.clone() />
                        <Lines order=order.clone() origins />
                        <Returns order=order.clone() returns is_busy />
                        <History happenings />
                        <Postings page is_first=true order=Some(number) />
                    </div>
                    <div class="operator__side">
                        <Forms sheet refused />
                        <Facts order />
                    </div>
                </div>
            </OperatorPage>
        }
        .into_any())
    })
}

fn done_in_words(done: &str) -> Option<&'static str> {
    match done {
        "captured" => Some("The money is captured."),
        "refunded" => Some(
            "The refund is noted. A card gets it back by itself, and a gift card what it paid beyond that; what was paid of an invoice is owed back until its transfer is noted.",
        ),
        "released" => Some("What was still held for the order is let go of."),
        "paid" => Some("The payment of the invoice is noted."),
        "repaid" => Some("The transfer back to the customer is noted."),
        "sent" => Some("The order is sent: its units have left the stock, and nothing more is held for it."),
        "delivered" => Some("The order is delivered."),
        "returned" => Some("The return is received, and what it brings back to its shopper is refunded."),
        "exchange-sent" => Some("The exchange is sent: its units have left the stock, and its shopper is told."),
        "exchange-ended" => Some(
            "The exchange is ended: its units are sold again, and its shopper is told why. What came back is refunded, and what is still to come will be.",
        ),
        "return-refused" => Some("The return is refused; its shopper reads why on the page of the order."),
        "asked" => Some("It is noted and will be done: the payment gateway has not answered yet."),
        "cancelled" => Some("The order is cancelled: its units are on the shelf again, and nothing is held for it."),
        "cancelling" => Some("The order is being cancelled: the payment gateway has not let go of the money yet."),
        _ => None,
    }
}

/// Said while nothing can be done with an order.
#[component]
fn Busy() -> impl IntoView {
    view! {
        <div class="notice notice--warn">
            <Icon glyph=Glyph::Info />
            <p>
                "Something goes on with this order, and what can be done with it shows when that is finished: please load the page again in a moment. What the store can't finish by itself waits among "
                <a href="/operator/sagas">"sagas and events"</a> "."
            </p>
        </div>
    }
    .into_any()
}

/// How it stands, and what its money does.
#[component]
fn Figures(sheet: OrderSheet) -> impl IntoView {
    let figure = |name: &'static str, amount: Money, about: String| {
        view! {
            <div class="figure">
                <dt class="figure__name">{name}</dt>
                <dd class="figure__count">{amount.to_string()}</dd>
                <dd class="figure__about">{about}</dd>
            </div>
        }
    };
    let OrderSheet { order, to_capture, to_refund, .. } = sheet;
    view! {
        <dl class="figures">
            <div class="figure">
                <dt class="figure__name">"Stands"</dt>
                <dd>{mark_of(order.state)}</dd>
            </div>
            {figure("Total", order.totals.total(), paid_with(&tenders_of(&order)))}
            {figure("Captured", order.captured(), format!("{to_capture} more can be captured"))}
            {figure("Refunded", order.refunded(), format!("{to_refund} more can be refunded"))}
        </dl>
    }
    .into_any()
}

/// Where the lines of an order are sent from.
#[derive(Debug, Clone, Default)]
struct Origins {
    /// All of the store; none where there is nothing to tell: it has one, or nothing is sent.
    locations: Vec<Location>,
    /// What is not sent from the first one.
    sourced: Vec<Sourced>,
}

impl Origins {
    async fn of(order: &Order) -> Result<Self, WireError> {
        let port = port::<dyn Locations>()?;
        let locations = port.list().await?;
        if locations.len() < 2 || !order.state.is_bought() {
            return Ok(Self::default());
        }
        Ok(Self { locations, sourced: port.sources(order.id).await? })
    }

    /// `From the shop`, or how many from where; nothing where there is nothing to tell.
    fn in_words(&self, line: &OrderLine) -> Option<String> {
        let first = self.locations.first()?;
        let name = |part: &Sourced| self.locations.iter().find(|location| location.id == part.location);
        let mut parts: Vec<(String, u32)> = Vec::new();
        let mut left = line.quantity.get();
        for part in self.sourced.iter().filter(|part| part.sku == line.sku) {
            left = left.saturating_sub(part.quantity.get());
            parts.push((name(part).unwrap_or(first).name.to_string(), part.quantity.get()));
        }
        if left > 0 {
            parts.push((first.name.to_string(), left));
        }
        match parts.as_slice() {
            [(name, _)] => Some(format!("From {name}")),
            many => {
                let each: Vec<String> = many.iter().map(|(name, units)| format!("{units} from {name}")).collect();
                Some(each.join(", "))
            }
        }
    }
}

#[component]
fn Lines(order: Order, origins: Origins) -> impl IntoView {
    let line = move |found: OrderLine| line(origins.in_words(&found), found);
    view! {
        <section class="section">
            <h2>"Lines"</h2>
            <Sheet label="Lines" columns=&[Words("SKU"), MoreNumber("Price"), Number("Units"), Number("Amount")]>
                <tbody>{order.lines.into_iter().map(line).collect_view()}</tbody>
            </Sheet>
        </section>
    }
    .into_any()
}

fn line(origin: Option<String>, line: OrderLine) -> impl IntoView {
    let amount = line.unit_price.money().times(line.quantity.get()).ok();
    let choices = (!line.choices.is_empty()).then(|| format!(", {}", line.choices));
    let discounts = line.discounts.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let parts = parts_in_words(&line.parts);
    view! {
        <tr>
            <th scope="row">
                <a href=sku_path(&line.sku)>{line.sku.to_string()}</a>
                <small>{line.title.to_string()} {choices}</small>
                {origin.map(|origin| view! { <small>{origin}</small> })}
                {(!parts.is_empty()).then(|| view! { <small>{format!("With {parts}")}</small> })}
            </th>
            <td class="sheet__number sheet__more">{line.unit_price.money().to_string()}</td>
            <td class="sheet__number">{line.quantity.get()}</td>
            <td class="sheet__number">
                {amount.map(|amount| amount.to_string())}
                {(!discounts.is_empty()).then(|| view! { <small>{discounts}</small> })}
            </td>
        </tr>
    }
    .into_any()
}

/// Amounts, address and delivery, and where else something of the order stands.
#[component]
fn Facts(order: Order) -> impl IntoView {
    let units = order.lines.iter().map(|line| line.quantity.get()).sum::<u32>();
    let address = address_lines(&order.contact).into_iter().map(|line| view! { {line} <br /> }).collect_view();
    let theirs = format!("{ORDERS}?q={}", encoded(order.contact.email.as_str()));
    let phone = order.contact.phone.as_ref().map(ToString::to_string);
    let arrives = order.state.brings_goods().then(|| format!(", promised for {}", spoken_day(order.arrives_on)));
    let graph = format!("/operator/graph/{}/{}", NodeKind::Order.parameter(), order.id);
    let invoice = order.state.has_invoice().then(|| format!("{ORDERS}/{}/invoice.pdf", order.number));
    let (savings, tax_note) = (order.savings(), Zone::of(order.contact.address.country).tax_note());
    view! {
        <section class="panel" aria-labelledby="facts">
            <h2 id="facts">"Amounts and delivery"</h2>
            <TotalsList totals=order.totals units tax_note savings delivery_discount=order.delivery_discount.clone() />
            <TenderLines
                gift_cards=order.gift_cards.clone()
                total=order.totals.total()
                rest="Paid otherwise"
                is_paid=true
            />
            <table class="facts">
                <tbody>
                    <tr>
                        <th scope="row">"Deliver to"</th>
                        <td>{address}</td>
                    </tr>
                    <tr>
                        <th scope="row">"Delivery"</th>
                        <td>{order.delivery.label()} {arrives}</td>
                    </tr>
                    <tr>
                        <th scope="row">"E-mail"</th>
                        <td class="sheet__cause">
                            <EmailAddress email=order.contact.email.clone() />
                        </td>
                    </tr>
                    {phone
                        .map(|phone| {
                            view! {
                                <tr>
                                    <th scope="row">"Telephone"</th>
                                    <td>{phone}</td>
                                </tr>
                            }
                        })}
                </tbody>
            </table>
            <p class="row small">
                <a href=theirs>"Orders of this address"</a>
                <a href=ledger_path(Some(order.number), None)>"In the ledger"</a>
                <a href=graph>"In the graph"</a>
                <a href=letters_path(order.number)>"Letters about it"</a>
                {invoice
                    .map(|path| {
                        view! {
                            <a href=path type="application/pdf">
                                "Invoice (PDF)"
                            </a>
                        }
                    })}
            </p>
        </section>
    }
    .into_any()
}
