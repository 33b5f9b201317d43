use domain::catalog::Sku;
use domain::catalog::listing::{ListRequest, ProductCard};
use domain::catalog::ports::{Catalog, Found};
use domain::inventory::ports::StockRoom;
use domain::inventory::{StockEntry, StockFilter, StockQuery, StockTotals};
use domain::search::ports::Search;
use domain::search::{SearchRequest, SearchText};
use domain::text::encoded;
use leptos::prelude::*;

use super::super::frame::OperatorPage;
use super::super::operators_page;
use super::super::sheet::Column::{MoreNumber, Number, Words};
use super::super::sheet::{Pages, Sheet};
use super::{COUNTS, LOCATIONS, STOCK, mark_of, name_of, sku_path};
use crate::catalog::rating::grouped;
use crate::error::WireError;
use crate::form::{PostedError, SearchForm};
use crate::page::query_pairs;
use crate::port::port;

/// `/operator/stock`: the stock of every SKU; `q` looks for SKUs and titles, `only` is `low` or `out`,
/// `after` is where the page before ended.
#[component]
pub fn StockListPage() -> impl IntoView {
    let (asked, posted) = (asked(), view! { <PostedError /> });
    operators_page(async move {
        let room = port::<dyn StockRoom>()?;
        let asked = StockQuery { titled: titled(&asked.words).await, ..asked };
        let (page, totals) = (room.list(&asked).await?, room.totals().await?);
        let skus: Vec<Sku> = page.entries.iter().map(|entry| entry.sku.clone()).collect();
        let products = port::<dyn Catalog>()?.products_of(&skus).await?;
        let named = |entry: StockEntry| {
            let name = products.get(&entry.sku).map(|product| name_of(product, &entry.sku));
            (entry, name)
        };
        let (entries, next) = (page.entries.into_iter().map(named).collect(), page.next);
        Ok(view! {
            <OperatorPage title="Stock">
                {posted}
                <div class="operator__bar">
                    <SearchForm
                        id="stock-q"
                        label="Search the stock"
                        address=STOCK
                        placeholder="A SKU, or words of a title"
                        words=asked.words.clone()
                    >
                        <input type="hidden" name="only" value=asked.filter.parameter() />
                    </SearchForm>
                    <a class="button" href=COUNTS>
                        "Count many at once"
                    </a>
                    <a class="button" href=LOCATIONS>
                        "Locations"
                    </a>
                </div>
                <Filters asked=asked.clone() totals />
                <Entries entries next asked />
            </OperatorPage>
        })
    })
}

fn asked() -> StockQuery {
    let pairs = query_pairs();
    let of = |name: &str| pairs.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.as_str());
    StockQuery {
        words: of("q").into(),
        titled: Vec::new(),
        filter: StockFilter::from_parameter(of("only")),
        after: of("after").parse().ok(),
    }
}

/// The SKUs of the products that answer some words best. Without the search index only SKUs are looked
/// through.
async fn titled(words: &SearchText) -> Vec<Sku> {
    if words.is_empty() {
        return Vec::new();
    }
    let request = SearchRequest { text: words.clone(), list: ListRequest::default(), after: None, explain: false };
    let found = async {
        let (search, catalog) = (port::<dyn Search>()?, port::<dyn Catalog>()?);
        let results = search.search(&request).await?;
        // The nearest ones, and those for other words, are of no use to somebody who looks for a SKU.
        let matching = if results.corrected.is_none() { results.complete as usize } else { 0 };
        let mut skus = Vec::new();
        for card in results.list.cards.into_iter().take(matching) {
            skus.extend(skus_of(catalog.as_ref(), &card).await?);
        }
        Ok::<_, WireError>(skus)
    };
    found.await.unwrap_or_default()
}

async fn skus_of(catalog: &dyn Catalog, card: &ProductCard) -> Result<Vec<Sku>, WireError> {
    if let Some(sku) = &card.sole_sku {
        return Ok(vec![sku.clone()]);
    }
    Ok(match catalog.product(&card.slug).await? {
        Found::Product(product) => product.variants.iter().map(|variant| variant.sku.clone()).collect(),
        _ => Vec::new(),
    })
}

/// The address of another view of the same search.
fn address(asked: &StockQuery, filter: StockFilter, after: Option<&Sku>) -> String {
    let mut address = format!("{STOCK}?q={}&only={}", encoded(asked.words.as_str()), filter.parameter());
    if let Some(after) = after {
        address.push_str("&after=");
        address.push_str(&encoded(after.as_str()));
    }
    address
}

#[component]
fn Filters(asked: StockQuery, totals: StockTotals) -> impl IntoView {
    let chip = |filter: StockFilter| {
        let (words, count) = match filter {
            StockFilter::All => ("All", totals.skus),
            StockFilter::Low => ("Low or sold out", totals.low),
            StockFilter::Out => ("Sold out", totals.out),
        };
        let current = (filter == asked.filter).then_some("true");
        view! {
            <li>
                <a class="chip" href=address(&asked, filter, None) aria-current=current>
                    {words}
                    <span class="soft tabular">{grouped(count)}</span>
                </a>
            </li>
        }
    };
    view! { <ul class="chips">{StockFilter::ALL.map(chip).collect_view()}</ul> }.into_any()
}

#[component]
fn Entries(entries: Vec<(StockEntry, Option<String>)>, next: Option<Sku>, asked: StockQuery) -> impl IntoView {
    let is_first = asked.after.is_none();
    if entries.is_empty() {
        return view! {
            <div class="empty">
                <h2>"Nothing here"</h2>
                <p>"No SKU answers this. Try a part of a SKU, fewer words, or all of the stock."</p>
                <a class="button" href=STOCK>
                    "All of the stock"
                </a>
            </div>
        }
        .into_any();
    }
    let rows = entries.into_iter().map(|(entry, name)| row(entry, name)).collect_view();
    let next = next.map(|next| address(&asked, asked.filter, Some(&next)));
    let first = (!is_first).then(|| address(&asked, asked.filter, None));
    view! {
        <Sheet
            label="Stock"
            columns=&[
                Words("SKU"), Number("On hand"), MoreNumber("Reserved"), MoreNumber("Allocated"),
                Number("Available"),
            ]
        >
            <tbody>{rows}</tbody>
        </Sheet>
        <Pages
                label="More of the stock"
                next=next.map(|next| ("Next SKUs", next))
                first=first.map(|first| ("First SKUs", first))
            />
    }
    .into_any()
}

fn row(StockEntry { sku, stock, low_units }: StockEntry, name: Option<String>) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">
                <a href=sku_path(&sku)>{sku.to_string()}</a>
                <small>{name.unwrap_or_else(|| "Not sold any more".to_owned())}</small>
            </th>
            <td class="sheet__number">{grouped(stock.on_hand())}</td>
            <td class="sheet__number sheet__more">{grouped(stock.reserved())}</td>
            <td class="sheet__number sheet__more">{grouped(stock.allocated())}</td>
            <td class="sheet__number">
                {if stock.is_bundle() {
                    view! { <span class="mark">"Bundle"</span> }.into_any()
                } else {
                    view! { {mark_of(stock.available(), low_units)} " " {grouped(stock.available().0)} }.into_any()
                }}
            </td>
        </tr>
    }
    .into_any()
}
