//! How the stock of a SKU came about, movement by movement.

use std::collections::HashMap;

use domain::catalog::Sku;
use domain::inventory::{
    Cause, LocationName, MovementPage, MovementReason, Placed, StockChange, Summed, TransferId, Way, Written,
};
use domain::text::encoded;
use leptos::prelude::*;

use super::super::orders::order_path;
use super::super::sheet::Column::{MoreNumber, Words};
use super::super::sheet::{Pages, Sheet};
use super::sku_path;
use crate::catalog::rating::grouped;
use crate::moment::Moment;

/// A page of the movements of a SKU, with the way to the others.
#[component]
pub fn Movements(
    sku: Sku,
    page: MovementPage,
    is_first: bool,
    /// The locations of the store.
    places: Vec<Placed>,
) -> impl IntoView {
    let first = places.iter().find(|place| place.location.id.is_first()).map(|place| place.location.name.clone());
    let ways = first.as_ref().map(|first| Way::of_all(&page.movements, first)).unwrap_or_default();
    // In a store with one location nobody asks where.
    let first = first.filter(|_| places.len() > 1);
    let rows = page.movements.into_iter().map(|summed| {
        let place = place_in_words(&summed.written, &ways, first.as_ref());
        row(place, summed)
    });
    let rows = rows.collect_view();
    let older = page.next.map(|next| format!("{}?older={}", sku_path(&sku), encoded(next.as_str())));
    let newest = (!is_first).then(|| sku_path(&sku));
    view! {
        <section class="section">
            <h2>"Movements"</h2>
            <Sheet
                label="Movements"
                columns=&[
                    Words("When"), Words("What"), Words("By"), Words("Change"), MoreNumber("On hand"),
                    MoreNumber("Reserved"), MoreNumber("Allocated"),
                ]
                of_cards=true
            >
                {rows}
            </Sheet>
            <Pages
                label="More movements"
                next=older.map(|older| ("Older movements", older))
                first=newest.map(|newest| ("Newest movements", newest))
            />
        </section>
    }
    .into_any()
}

/// Where something moved: `at Leeds`, `from Main warehouse to Leeds`. What happened at the `first` location is told
/// where that has a name.
fn place_in_words(written: &Written, ways: &HashMap<TransferId, Way>, first: Option<&LocationName>) -> Option<String> {
    if let Some((id, _)) = written.transfer()
        && let Some(way) = ways.get(&id)
    {
        return Some(way_in_words(way));
    }
    let at = written.at.as_ref().or_else(|| first.filter(|_| written.has_place()))?;
    Some(format!("at {at}"))
}

fn way_in_words(Way { from, to }: &Way) -> String {
    let ends = [("from", from), ("to", to)];
    let known = ends.into_iter().filter_map(|(word, end)| end.as_ref().map(|name| format!("{word} {name}")));
    known.collect::<Vec<_>>().join(" ")
}

fn row(place: Option<String>, Summed { written, sum }: Summed) -> impl IntoView {
    let cause = match (written.transfer(), &written.cause) {
        (Some((_, by)), _) => by.to_owned().into_any(),
        (None, &Cause::Order(number)) => view! { <a href=order_path(number)>{number.to_string()}</a> }.into_any(),
        (None, Cause::Other(reference)) => reference.to_string().into_any(),
        (None, Cause::Feed) => "A feed".into_any(),
    };
    view! {
        <tbody class="entry">
            <tr>
                <td class="sheet__moment">
                    <Moment at=written.moved_at to_the_second=true />
                </td>
                <td>
                    {reason_in_words(written.reason)} " " {place.map(|place| view! { <small>{place}</small> })}
                </td>
                <td class="sheet__cause">{cause}</td>
                <td>{change_in_words(written.change)}</td>
                <td class="sheet__number sheet__more">{sum.on_hand}</td>
                <td class="sheet__number sheet__more">{sum.reserved}</td>
                <td class="sheet__number sheet__more">{sum.allocated}</td>
            </tr>
        </tbody>
    }
    .into_any()
}

const fn reason_in_words(reason: MovementReason) -> &'static str {
    match reason {
        MovementReason::Opening => "Was there",
        MovementReason::Count => "Counted",
        MovementReason::Reservation => "Order placed",
        MovementReason::Release => "Payment declined",
        MovementReason::Expiry => "Given up in time",
        MovementReason::Allocation => "Order confirmed",
        MovementReason::Cancellation => "Order cancelled",
        MovementReason::Refund => "Order refunded",
        MovementReason::Dispatch => "Order sent",
        MovementReason::Return => "Returned",
        MovementReason::Transfer => "Moved",
        MovementReason::Exchange => "Exchange",
    }
}

/// `+12 on hand`; several parts are apart by commas.
fn change_in_words(change: StockChange) -> String {
    let parts = [(change.on_hand, "on hand"), (change.reserved, "reserved"), (change.allocated, "allocated")];
    let changed = parts.into_iter().filter(|(units, _)| *units != 0);
    let words: Vec<String> = changed.map(|(units, name)| format!("{} {name}", signed(units))).collect();
    words.join(", ")
}

/// A number with its sign, which is a real minus.
pub(super) fn signed(units: i64) -> String {
    let sign = if units < 0 { '−' } else { '+' };
    format!("{sign}{}", grouped(units.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_told_as_far_as_it_is_known() {
        let name = |raw: &str| Some(raw.parse::<LocationName>().unwrap());
        let way = Way { from: name("Main warehouse"), to: name("Leeds") };
        assert_eq!(way_in_words(&way), "from Main warehouse to Leeds");
        assert_eq!(way_in_words(&Way { from: None, ..way }), "to Leeds");
    }

    #[test]
    fn what_happens_at_the_first_location_is_named_where_there_are_others() {
        let first: LocationName = "Main warehouse".parse().unwrap();
        let written = |on_hand, reserved, at: Option<&str>| Written {
            id: "1".parse().unwrap(),
            reason: MovementReason::Count,
            change: StockChange { on_hand, reserved, ..StockChange::default() },
            cause: Cause::Feed,
            at: at.map(|name| name.parse().unwrap()),
            moved_at: jiff::Timestamp::UNIX_EPOCH,
        };
        let told = |written: Written, first| place_in_words(&written, &HashMap::new(), first);
        assert_eq!(told(written(1, 0, None), Some(&first)).as_deref(), Some("at Main warehouse"));
        assert_eq!(told(written(1, 0, Some("Leeds")), Some(&first)).as_deref(), Some("at Leeds"));
        assert_eq!(
            told(written(0, 1, None), Some(&first)),
            None,
            "an order that waits for a bank takes it from anywhere"
        );
        assert_eq!(told(written(1, 0, None), None), None);
    }

    #[test]
    fn a_change_names_every_part_that_it_changes() {
        let change = StockChange { on_hand: 0, reserved: -2, allocated: 2 };
        assert_eq!(change_in_words(change), "−2 reserved, +2 allocated");
        assert_eq!(change_in_words(StockChange { on_hand: 4_485, ..StockChange::default() }), "+4,485 on hand");
    }
}
