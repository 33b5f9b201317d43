use domain::inventory::ports::StockRoom;
use domain::inventory::{
    BadRow, Comparison, CountError, CountId, CountState, Difference, MAX_SHEET_CHARS, MAX_SHEET_ROWS,
};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::super::api::stock::{ApplyCount, DropCount, OpenCount};
use super::super::frame::OperatorPage;
use super::super::operators_page;
use super::super::sheet::Column::{Number, Words};
use super::super::sheet::Sheet;
use super::movements::signed;
use super::{COUNTS, SHEET, STOCK, sku_path};
use crate::catalog::rating::grouped;
use crate::error::{NotFoundPage, WireError};
use crate::form::{ErrorNotice, FieldFrame, PostedError, between_tags, described_by, posted_error, sentence};
use crate::icon::{Glyph, Icon};
use crate::page::path_parameter;
use crate::port::port;
use crate::typed;

const EXAMPLE: &str = "sku,on_hand\nLAMP-RED,12\nLAMP-BLUE,0";

/// `/operator/stock/counts`: takes in a count of many SKUs.
#[component]
pub fn CountsPage() -> impl IntoView {
    let posted = posted_error();
    operators_page(async move {
        let typed = typed::kept_long().await.of(SHEET).map(|mut typed| typed.take(SHEET)).unwrap_or_default();
        // What is wrong with the count itself is told beside it.
        let (error, notice) = match posted {
            Some(WireError::Count(
                error @ (CountError::Empty | CountError::Columns | CountError::TooManyRows | CountError::TooLong),
            )) => (Some(sentence(&error.to_string())), None),
            other => (None, other),
        };
        let (is_wrong, describedby) = (error.is_some(), described_by(SHEET, true, error.is_some()));
        let hint = format!(
            "A first line with the names of the columns, then a line for each SKU, at most {}. Cells may be apart by \
             commas or, copied out of a spreadsheet, by tabs. A column location says where it was counted, by name.",
            grouped(u32::try_from(MAX_SHEET_ROWS).unwrap_or(u32::MAX))
        );
        Ok(view! {
            <OperatorPage
                title="Count many at once"
                lead="You see what differs from the books before anything changes.".to_owned()
            >
                {notice.map(|error| view! { <ErrorNotice error /> })}
                <form class="form" method="post" action=OpenCount::url()>
                    <FieldFrame id=SHEET label="The count" hint=hint error=error>
                        <textarea
                            class="field__input operator__paste"
                            id=SHEET
                            name=SHEET
                            rows="12"
                            maxlength=MAX_SHEET_CHARS
                            placeholder=EXAMPLE
                            spellcheck="false"
                            autocomplete="off"
                            required=true
                            aria-invalid=is_wrong.then_some("true")
                            aria-describedby=describedby
                            inner_html=between_tags(&typed)
                        ></textarea>
                    </FieldFrame>
                    <div class="form__actions">
                        <button class="button button--ink" type="submit">
                            "Compare with the books"
                        </button>
                        <a href=STOCK>"All of the stock"</a>
                    </div>
                </form>
                <p class="small soft operator__hint">
                    "A longer count goes in as a file: " <code>"cartograph import stock FILE --preview"</code>
                    " says what differs, and without " <code>"--preview"</code> " it is applied."
                </p>
            </OperatorPage>
        })
    })
}

/// `/operator/stock/counts/{id}`: what a count would change, or has changed.
#[component]
pub fn CountPage() -> impl IntoView {
    let (id, posted) = (path_parameter("id").parse::<CountId>(), view! { <PostedError /> });
    operators_page(async move {
        let Ok(id) = id else { return Ok(view! { <NotFoundPage /> }.into_any()) };
        let found = port::<dyn StockRoom>()?.read_count(id).await?;
        let Some(count) = found else { return Ok(view! { <NotFoundPage /> }.into_any()) };
        let title = match count.state {
            CountState::Open => "What the count would change",
            CountState::Applied => "What the count has changed",
            CountState::Dropped => "A count that was given up",
        };
        let (lead, made_at) = (format!("Taken in by {}", count.by), count.made_at);
        let Comparison { differences, same_rows, bad_rows } = count.found;
        let changes = differences.len();
        Ok(view! {
            <OperatorPage title lead at=made_at>
                {posted} <Outcome state=count.state changes same_rows bad_rows=bad_rows.len() />
                {(count.state == CountState::Open).then(|| view! { <Decision id changes /> })}
                {(!differences.is_empty()).then(|| view! { <Differences differences /> })}
                {(!bad_rows.is_empty()).then(|| view! { <BadRows bad_rows /> })}
            </OperatorPage>
        }
        .into_any())
    })
}

#[component]
fn Outcome(state: CountState, changes: usize, same_rows: u32, bad_rows: usize) -> impl IntoView {
    let agree = format!("{} as the books say", of_skus(same_rows as usize));
    let refused = match bad_rows {
        0 => String::new(),
        1 => " 1 row can't be taken and is left out.".to_owned(),
        rows => format!(" {rows} rows can't be taken and are left out."),
    };
    let (class, glyph, words) = match state {
        CountState::Open => {
            let differ = if changes == 1 { "differs" } else { "differ" };
            let words = format!("Nothing is changed yet. {} {differ}, {agree}.{refused}", of_skus(changes));
            ("notice", Glyph::Info, words)
        }
        CountState::Applied => (
            "notice notice--good",
            Glyph::CheckCircle,
            format!("The count is on the books: {} changed, {agree}.{refused}", of_skus(changes)),
        ),
        CountState::Dropped => ("notice", Glyph::Info, "Nothing was changed.".to_owned()),
    };
    view! {
        <div class=class role="status">
            <Icon glyph />
            <p>{words}</p>
        </div>
    }
    .into_any()
}

fn of_skus(count: usize) -> String {
    if count == 1 { "1 SKU".to_owned() } else { format!("{count} SKUs") }
}

/// The two ways on.
#[component]
fn Decision(id: CountId, changes: usize) -> impl IntoView {
    let apply = (changes > 0).then(|| {
        view! {
            <form method="post" action=ApplyCount::url()>
                <input type="hidden" name="count" value=id.to_string() />
                <button class="button button--signal" type="submit">
                    {format!("Change the stock of {}", of_skus(changes))}
                </button>
            </form>
        }
    });
    view! {
        <div class="row operator__pages">
            {apply} <form method="post" action=DropCount::url()>
                <input type="hidden" name="count" value=id.to_string() />
                <button class="button" type="submit">
                    "Give the count up"
                </button>
            </form> <a href=COUNTS>"Another count"</a>
        </div>
    }
    .into_any()
}

#[component]
fn Differences(differences: Vec<Difference>) -> impl IntoView {
    let row = |difference: Difference| {
        view! {
            <tr>
                <th scope="row">
                    <a href=sku_path(&difference.sku)>{difference.sku.to_string()}</a> " "
                    {difference.at.as_ref().map(|at| view! { <small>{format!("at {}", at.name)}</small> })}
                </th>
                <td class="sheet__number">{grouped(difference.before.get())}</td>
                <td class="sheet__number">{grouped(difference.counted.get())}</td>
                <td class="sheet__number">{signed(difference.units())}</td>
            </tr>
        }
    };
    view! {
        <section class="section">
            <h2>"What differs"</h2>
            <Sheet
                label="What differs"
                columns=&[Words("SKU"), Number("On the books"), Number("Counted"), Number("Difference")]
            >
                <tbody>{differences.into_iter().map(row).collect_view()}</tbody>
            </Sheet>
        </section>
    }
    .into_any()
}

#[component]
fn BadRows(bad_rows: Vec<BadRow>) -> impl IntoView {
    let row = |BadRow { line, column, written, reason }: BadRow| {
        view! {
            <tr>
                <td class="sheet__number">{line}</td>
                <td>{column}</td>
                <td class="sheet__cause">{written}</td>
                <td>{reason}</td>
            </tr>
        }
    };
    view! {
        <section class="section">
            <h2>"Rows that can't be taken"</h2>
            <Sheet
                label="Rows that can't be taken"
                columns=&[Number("Line"), Words("Column"), Words("Written"), Words("Why not")]
            >
                <tbody>{bad_rows.into_iter().map(row).collect_view()}</tbody>
            </Sheet>
        </section>
    }
    .into_any()
}
