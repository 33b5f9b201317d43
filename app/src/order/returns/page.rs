//! The page on which a shopper asks to return something.

use domain::order::returns::ports::Returns;
use domain::order::returns::{ReturnForm, ReturnId, ReturnNote, ReturnReason};
use domain::order::{Order, OrderAccess, OrderLine};
use domain::shipment::spoken_day;
use jiff::Timestamp;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::AskReturn;
use crate::answer::{never_cache, send_to, with_error};
use crate::cart::compact::{LinePicture, details};
use crate::error::NotFoundPage;
use crate::form::{FieldFrame, PostedError, between_tags};
use crate::order::exchange::{ExchangeField, Instead, Replacements, rule};
use crate::order::order_path;
use crate::order::status::{read, steps_to_order};
use crate::page::{page, path_parameter, query};
use crate::port::port;
use crate::seo::PageHead;
use crate::trail::{Crumb, Trail};
use crate::typed::{self, Typed};

/// `/orders/{number}/return?access=…`: what of an order is to come back, as long as something may.
#[component]
pub fn ReturnPage() -> impl IntoView {
    let posted = view! { <PostedError /> };
    let number = path_parameter("number").parse().ok();
    let access = query().get_str("access").and_then(|raw| raw.parse().ok());
    page(async move {
        never_cache();
        let Some((order, access)) = read(number, access).await? else {
            return Ok(Some(view! { <NotFoundPage /> }.into_any()));
        };
        let path = order_path(order.number, &access);
        let found = port::<dyn Returns>()?.of(order.id).await?;
        if let Err(refused) = order.check_returnable(&found.returns, Timestamp::now()) {
            send_to(&with_error(&path, refused.into()));
            return Ok(None);
        }
        let typed = typed::kept_long().await.of(&order.number.to_string());
        let mut steps = steps_to_order();
        steps.push(Crumb::new(format!("Order {}", order.number), path.clone()));
        let until = order.returnable_until().map(spoken_day);
        let left = order.left_to_return(&found.returns);
        let left: Vec<_> = left.into_iter().enumerate().filter(|(_, (_, left))| *left > 0).collect();
        let instead = Replacements::of(&left.iter().map(|(_, (line, _))| *line).collect::<Vec<_>>()).await?;
        let returnable = |(place, (line, left)): (usize, (&OrderLine, u32))| Returnable {
            place,
            line: line.clone(),
            left,
            offers: instead.for_line(line),
        };
        let lines: Vec<Returnable> = left.into_iter().map(returnable).collect();
        Ok(Some(
            view! {
                <PageHead title="Return items" />
                <div class="page">
                    <Trail steps here="Return items" />
                    <div class="page-head">
                        <h1>"What do you want to send back?"</h1>
                        <p>
                            "Order " <span class="order-number">{order.number.to_string()}</span>
                            {until.map(|until| format!(". You can ask for it until {until}."))}
                        </p>
                    </div>
                    {posted}
                    <ReturnFields order access key=found.next lines typed back=path />
                </div>
            }
            .into_any(),
        ))
    })
}

/// A line of which something can come back, at its place in the order.
#[derive(Debug, Clone)]
pub struct Returnable {
    place: usize,
    line: OrderLine,
    left: u32,
    /// What can be had for it instead of its money.
    offers: Vec<Instead>,
}

#[component]
fn ReturnFields(
    order: Order,
    access: OrderAccess,
    key: ReturnId,
    lines: Vec<Returnable>,
    typed: Option<Typed>,
    back: String,
) -> impl IntoView {
    let is_single = lines.iter().map(|line| line.left).sum::<u32>() == 1;
    let mut typed = typed;
    let rule = lines.iter().any(|line| !line.offers.is_empty()).then(|| rule(Timestamp::now()));
    let fields = lines.into_iter().map(|line| {
        let mut take = |field: &str| typed.as_mut().map(|typed| typed.take(field));
        let chosen = take(&ReturnForm::exchange_field(line.place)).unwrap_or_default();
        let units = take(&ReturnForm::field(line.place)).unwrap_or_else(|| u32::from(is_single).to_string());
        view! { <UnitsField line units chosen /> }
    });
    let fields = fields.collect_view();
    let mut take = |name| typed.as_mut().map(|typed| typed.take(name)).unwrap_or_default();
    let (reason, note) = (ReturnReason::from_parameter(&take("reason")).unwrap_or_default(), take("note"));
    let reasons = ReturnReason::ALL.map(|known| {
        let is_chosen = known == reason;
        view! {
            <option value=known.parameter() selected=is_chosen>
                {known.label()}
            </option>
        }
    });
    view! {
        <form class="form" method="post" action=AskReturn::url()>
            <input type="hidden" name="number" value=order.number.to_string() />
            <input type="hidden" name="access" value=access.to_string() />
            <input type="hidden" name="key" value=key.to_string() />
            <fieldset class="form__group">
                <legend>"How many of each"</legend>
                <ul class="lines">{fields}</ul>
            </fieldset>
            <FieldFrame id="reason" label="Why do you send it back?">
                <select class="field__input" id="reason" name="reason">
                    {reasons}
                </select>
            </FieldFrame>
            <FieldFrame id="note" label="What else should we know?" optional=true>
                <textarea
                    class="field__input"
                    id="note"
                    name="note"
                    rows="3"
                    maxlength=ReturnNote::MAX_CHARS
                    inner_html=between_tags(&note)
                ></textarea>
            </FieldFrame>
            <p class="small soft">
                "When it is here you get back what you paid for it, in the way that you paid. Who sends back a whole order gets back standard delivery as well; with a part of an order it is not refunded. Sending it back is at your own cost, unless something is wrong with it. "
                <a href="/help/returns">"More about returns"</a>
            </p>
            <div class="form__actions">
                <button class="button button--signal button--large" type="submit">
                    "Ask to return it"
                </button>
                <a href=back>"Keep everything"</a>
            </div>
            {rule
                .map(|rule| {
                    view! {
                        <details class="return-rule small">
                            <summary>"How an exchange works"</summary>
                            <p class="soft">{rule}</p>
                        </details>
                    }
                })}
        </form>
    }
    .into_any()
}

#[component]
fn UnitsField(
    line: Returnable,
    units: String,
    /// The SKU that was chosen for it before.
    chosen: String,
) -> impl IntoView {
    let Returnable { place, line, left, offers } = line;
    let title = line.title.to_string();
    let field = ReturnForm::field(place);
    let hint = format!("{field}-hint");
    view! {
        <li class="line line--compact return-line">
            <LinePicture picture=line.picture />
            <div class="line__what">
                <h2>
                    <label for=field.clone()>{line.title.to_string()}</label>
                </h2>
                <p class="line__options" id=hint.clone()>
                    {details(&line.choices, &format!("up to {left}"))}
                </p>
            </div>
            <input
                class="field__input"
                id=field.clone()
                name=field
                type="number"
                inputmode="numeric"
                min="0"
                max=left
                value=units
                autocomplete="off"
                aria-describedby=hint
            />
            <ExchangeField place title offers chosen />
        </li>
    }
    .into_any()
}
