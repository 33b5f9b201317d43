//! All values of one facet, in the place of the products: the column beside a list has room for a few.

use domain::catalog::Category;
use domain::catalog::listing::{Facet, ListPage, ListRequest, MAX_FACET_VALUES};
use domain::pricing::Currency;
use leptos::prelude::*;

use super::facets::{name_of, toggles};
use super::filters::{AppliedFilters, Filters};
use super::list::{ListAddress, count_in_words};
use super::rating::grouped;
use super::values::FoundByTyping;
use crate::store::Store;

/// The facet that is asked for as a whole, where the list has it.
pub(super) fn whole_of(request: &ListRequest, list: &ListPage) -> Option<Facet> {
    let kind = request.whole.as_ref()?;
    list.facets.iter().find(|facet| facet.kind == *kind).cloned()
}

#[component]
pub fn WholeFacet(
    address: ListAddress,
    request: ListRequest,
    list: ListPage,
    below: Vec<Category>,
    currency: Currency,
    facet: Facet,
) -> impl IntoView {
    let name = name_of(&facet.kind);
    let back = address.of(&ListRequest { whole: None, ..request.clone() });
    let values = toggles(&address, &request, &facet, &Store::current().name);
    let more = (facet.more > 0).then(|| {
        let words = format!("and {} more, each with fewer items. Narrow the list to see them.", grouped(facet.more));
        view! { <p class="small soft">{words}</p> }
    });
    let found = format!("Show {}", count_in_words(list.total));
    let field = (facet.values.len() > MAX_FACET_VALUES).then(|| {
        view! {
            <div class="field values__field">
                <label for="find-value">{format!("Find in “{name}”")}</label>
                <input class="field__input" id="find-value" type="search" autocomplete="off" />
            </div>
        }
    });
    let categories = list.categories.clone();
    view! {
        <div class="browse">
            <Filters address=address.clone() request=request.clone() list=list below=below currency=currency />
            <section class="browse__results" aria-label="Values">
                <AppliedFilters address=address request=request categories=categories currency=currency />
                <div class="whole-facet__head">
                    <h2>{name}</h2>
                    <a class="button" href=back>
                        {found}
                    </a>
                </div>
                <FoundByTyping>
                    {field}
                    <ul class="filter__links whole-facet__values">{values}</ul>
                </FoundByTyping>
                {more}
            </section>
        </div>
    }
    .into_any()
}
