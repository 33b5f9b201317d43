use domain::catalog::listing::{ListRequest, PAGE_CARDS};
use domain::search::Cursor;
use leptos::prelude::*;

use crate::catalog::list::ListAddress;
use crate::catalog::rating::grouped;
use crate::icon::{Glyph, Icon};

/// The address of the results behind a place.
pub(super) fn address_after(address: &ListAddress, request: &ListRequest, after: Option<&Cursor>) -> String {
    let first = address.of(request);
    match after {
        // A search always has its words in the query.
        Some(cursor) => format!("{first}&after={cursor}"),
        None => first,
    }
}

/// Which results these are, and the ways to the next ones and back to the first.
#[component]
pub fn ResultPages(
    address: ListAddress,
    request: ListRequest,
    after: Option<Cursor>,
    next: Option<Cursor>,
    /// Results on all pages together.
    reachable: u32,
    /// All results.
    total: u32,
) -> impl IntoView {
    if after.is_none() && next.is_none() {
        return ().into_any();
    }
    let before = after.as_ref().map_or(0, Cursor::before);
    let last = next.as_ref().map_or(reachable.max(before), Cursor::before);
    let shown = format!("{} to {} of {}", grouped(before + 1), grouped(last), grouped(total.max(last)));
    let beyond = (next.is_none() && reachable < total).then(|| {
        let words = format!("These are the first {}. Narrow or sort the results to see others.", grouped(reachable));
        view! { <p class="pagination__shown">{words}</p> }
    });
    let first = after.is_some().then(|| address.of(&request));
    let next = next.map(|next| {
        let count = reachable.saturating_sub(last).clamp(1, PAGE_CARDS);
        (address_after(&address, &request, Some(&next)), count)
    });
    view! {
        <nav class="pagination" aria-label="Pages of results">
            {first
                .map(|href| {
                    view! {
                        <a class="button" href=href>
                            <Icon glyph=Glyph::ChevronLeft class="icon icon--directed" />
                            " First results"
                        </a>
                    }
                })} <p class="pagination__shown">{shown}</p> {beyond}
            {next
                .map(|(href, count)| {
                    view! {
                        <a class="button" rel="next" href=href>
                            {format!("Next {count} ")}
                            <Icon glyph=Glyph::ChevronRight class="icon icon--directed" />
                        </a>
                    }
                })}
        </nav>
    }
    .into_any()
}
