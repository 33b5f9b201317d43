use domain::operator::ports::Desk;
use domain::operator::{Broken, Findings};
use domain::order::OrderNumber;
use domain::payment::book::{Balance, BookPage, BookQuery, OwedToSeller, Posted, PostingId, SELLERS_SHOWN};
use domain::payment::ledger::{Account, Entry, Layer, PostingKind};
use domain::text::encoded;
use leptos::prelude::*;

use super::frame::OperatorPage;
use super::operators_page;
use super::orders::order_path;
use super::sheet::Column::{Number, Words};
use super::sheet::{Pages, Sheet};
use crate::icon::{Glyph, Icon};
use crate::moment::Moment;
use crate::page::query;
use crate::port::port;
use crate::store::Store;

const LEDGER: &str = "/operator/ledger";

/// `/operator/ledger`: what each account holds, the latest postings, and on request whether all books
/// agree. `order` asks for the postings of one order alone, `older` is where the page of postings before
/// ended, `check=yes` asks for the audit.
#[component]
pub fn LedgerPage() -> impl IntoView {
    let query = query();
    operators_page(async move {
        let desk = port::<dyn Desk>()?;
        let asked = BookQuery {
            order: query.get_str("order").and_then(|raw| raw.parse().ok()),
            before: query.get_str("older").and_then(|raw| raw.parse().ok()),
        };
        let page = desk.postings(&asked).await?;
        let is_first = asked.before.is_none();
        if let Some(order) = asked.order {
            let title = format!("Ledger of {order}");
            return Ok(view! {
                <OperatorPage title>
                    <Postings page is_first order=Some(order) />
                    <p class="row small">
                        <a href=order_path(order)>"See the order"</a>
                        <a href=LEDGER>"All of the ledger"</a>
                    </p>
                </OperatorPage>
            }
            .into_any());
        }
        let findings = if query.get_str("check") == Some("yes") { Some(desk.audit().await?) } else { None };
        let (balances, owed) = (desk.balances().await?, desk.owed_to_sellers().await?);
        Ok(view! {
            <OperatorPage
                title="Ledger"
                lead="Every change of what is owed or held, in double entry: what is written is never changed, and all accounts together are nothing."
                    .to_owned()
            >
                <form class="operator__bar" action=LEDGER method="get">
                    <input type="hidden" name="check" value="yes" />
                    <button class="button button--ink" type="submit">
                        "Check the books"
                    </button>
                </form>
                {findings.map(|findings| view! { <Audit findings /> })} <Balances balances />
                {(!owed.is_empty()).then(|| view! { <Sellers owed /> })} <Postings page is_first order=None />
            </OperatorPage>
        }
        .into_any())
    })
}

#[component]
fn Audit(findings: Findings) -> impl IntoView {
    let Findings { rules, orders, broken, set_aside, .. } = findings;
    let own = if Store::current().uses_sandbox() {
        ""
    } else {
        " The gateway's own books were not looked at: the command cartograph ledger check does that."
    };
    let aside = match set_aside {
        0 => String::new(),
        1 => " 1 purchase is set aside and waits for you.".to_owned(),
        purchases => format!(" {purchases} purchases are set aside and wait for you."),
    };
    let (class, glyph, words) = if broken.is_empty() {
        (
            "notice notice--good",
            Glyph::CheckCircle,
            format!("The books agree: {rules} rules hold over {orders} orders."),
        )
    } else {
        let words = format!("{} of {rules} rules are broken over {orders} orders.", broken.len());
        ("notice notice--bad", Glyph::Warning, words)
    };
    view! {
        <div class=class role="status">
            <Icon glyph />
            <p>{words} {own} {aside}</p>
        </div>
        {broken.into_iter().map(breach).collect_view()}
    }
    .into_any()
}

fn breach(Broken { rule, count, shown }: Broken) -> impl IntoView {
    let more = count.saturating_sub(shown.len() as u64);
    view! {
        <section class="panel panel--flat breach">
            <h2>"Does not hold: " {rule}</h2>
            <ul>{shown.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            {(more > 0).then(|| view! { <p class="small soft">{format!("and {more} more")}</p> })}
        </section>
    }
}

#[component]
fn Balances(balances: Vec<Balance>) -> impl IntoView {
    if balances.is_empty() {
        return view! {
            <div class="empty">
                <h2>"Nothing is posted yet"</h2>
                <p>"With the first order that a bank holds money for, its entries stand here."</p>
            </div>
        }
        .into_any();
    }
    let row = |Balance { account, layer, amount }: Balance| {
        view! {
            <tr>
                <th scope="row">{account_in_words(account)}</th>
                <td>{layer_in_words(layer)}</td>
                <td class="sheet__number">{amount.to_string()}</td>
            </tr>
        }
    };
    view! {
        <section class="section">
            <h2>"Accounts"</h2>
            <Sheet label="Accounts" columns=&[Words("Account"), Words("Layer"), Number("Balance")]>
                <tbody>{balances.into_iter().map(row).collect_view()}</tbody>
            </Sheet>
            <p class="small soft">"A debit is positive, a credit negative."</p>
        </section>
    }
    .into_any()
}

/// Whom the store owes what was sold for them.
#[component]
fn Sellers(owed: Vec<OwedToSeller>) -> impl IntoView {
    let may_be_more = owed.len() >= SELLERS_SHOWN;
    let row = |OwedToSeller { seller, amount }: OwedToSeller| {
        view! {
            <tr>
                <th scope="row">{seller.as_str().to_owned()}</th>
                <td class="sheet__number">{amount.to_string()}</td>
            </tr>
        }
    };
    view! {
        <section class="section">
            <h2>"Owed to sellers"</h2>
            <Sheet label="Owed to sellers" columns=&[Words("Seller"), Number("Owed")]>
                <tbody>{owed.into_iter().map(row).collect_view()}</tbody>
            </Sheet>
            <p class="small soft">
                "What was captured for their goods and not given back, without tax."
                {may_be_more.then(|| format!(" The {SELLERS_SHOWN} who are owed most."))}
            </p>
        </section>
    }
    .into_any()
}

/// The address of a page of the postings of one order, or of all.
pub(super) fn ledger_path(order: Option<OrderNumber>, before: Option<&PostingId>) -> String {
    let order = order.map(|order| format!("order={order}"));
    let before = before.map(|before| format!("older={}", encoded(before.as_str())));
    let pairs: Vec<String> = order.into_iter().chain(before).collect();
    if pairs.is_empty() { LEDGER.to_owned() } else { format!("{LEDGER}?{}", pairs.join("&")) }
}

/// A page of the ledger: of one order, or of all.
#[component]
pub fn Postings(page: BookPage, is_first: bool, order: Option<OrderNumber>) -> impl IntoView {
    let BookPage { postings, next } = page;
    if postings.is_empty() && is_first && order.is_none() {
        return ().into_any();
    }
    let heading = if order.is_some() { "Ledger" } else { "Latest entries" };
    if postings.is_empty() {
        return view! {
            <section class="section">
                <h2>{heading}</h2>
                <p class="small soft">"Nothing is posted of this order: no money is held or has moved."</p>
            </section>
        }
        .into_any();
    }
    let next = next.map(|next| ledger_path(order, Some(&next)));
    view! {
        <section class="section">
            <h2>{heading}</h2>
            <Sheet
                label=heading
                of_cards=true
                columns=&[
                    Words("When"), Words("What"), Words("Order"), Words("Account"), Words("Layer"), Number("Amount"),
                ]
            >
                {postings.into_iter().map(posting).collect_view()}
            </Sheet>
            <Pages
                label="More entries"
                next=next.map(|next| ("Older entries", next))
                first=(!is_first).then(|| ("Latest entries", ledger_path(order, None)))
            />
        </section>
    }
    .into_any()
}

/// The entries of a posting stand together; what they have in common is said once.
fn posting(Posted { order, kind, posted_at, entries, .. }: Posted) -> impl IntoView {
    let rows = entries
        .into_iter()
        .enumerate()
        .map(|(place, Entry { account, seller, layer, amount })| {
            let is_first = place == 0;
            let moment = is_first.then(|| view! { <Moment at=posted_at to_the_second=true /> });
            let number = order.filter(|_| is_first);
            let number = number.map(|order| view! { <a href=order_path(order)>{order.to_string()}</a> });
            view! {
                <tr>
                    <td class="sheet__moment posting__when">{moment}</td>
                    <td class="posting__what">{is_first.then(|| kind_in_words(kind))}</td>
                    <td class="sheet__moment posting__order">{number}</td>
                    <td class="posting__account">
                        {seller.map_or(account_in_words(account).to_owned(), |seller| format!("Seller: {}", seller.as_str()))}
                    </td>
                    <td class="posting__layer">{layer_in_words(layer)}</td>
                    <td class="sheet__number">{amount.to_string()}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <tbody class="posting">{rows}</tbody> }
}

const fn account_in_words(account: Account) -> &'static str {
    match account {
        Account::Customer => "Customers",
        Account::Gateway => "Payment gateway",
        Account::Receivable => "Invoices",
        Account::Payable => "Owed back to customers",
        Account::Bank => "Bank",
        Account::GiftCard => "Gift cards",
        Account::Issued => "Gift cards made",
        Account::Revenue => "Revenue",
        Account::Refunds => "Refunds",
        Account::Seller => "Sellers",
        Account::Tax => "Tax",
        Account::Disputed => "Disputed",
        Account::Chargebacks => "Lost to disputes",
        Account::Fees => "Fees of the gateway",
    }
}

const fn layer_in_words(layer: Layer) -> &'static str {
    match layer {
        Layer::Pending => "Held",
        Layer::Posted => "Moved",
    }
}

const fn kind_in_words(kind: PostingKind) -> &'static str {
    match kind {
        PostingKind::Authorization => "A bank holds money",
        PostingKind::Void => "The hold was given up",
        PostingKind::Capture => "Money was captured",
        PostingKind::Release => "The rest of the hold was given up",
        PostingKind::Refund => "Money was refunded",
        PostingKind::Payment => "An invoice was paid",
        PostingKind::Repayment => "What was owed back was paid out",
        PostingKind::Correction => "An account was put right",
        PostingKind::Redemption => "Gift cards hold a part",
        PostingKind::RedemptionEnd => "Gift cards have their part again",
        PostingKind::Issue => "Gift cards were made",
        PostingKind::RefundFailure => "A refund failed",
        PostingKind::RefundRepeat => "A failed refund was made once more",
        PostingKind::Dispute => "A payment is disputed",
        PostingKind::DisputeReturn => "A dispute was won",
        PostingKind::DisputeLoss => "A dispute was lost",
        PostingKind::Fee => "The gateway kept a fee",
    }
}
