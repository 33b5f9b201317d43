use domain::search::SearchText;
use domain::search::insight::{CountedSearch, InsightReport, KEPT_DAYS, LEAST_PEOPLE, Period, Tally};
use domain::search::ports::Insight;
use leptos::prelude::*;

use super::explained::why;
use super::suggestions::search_path;
use crate::catalog::rating::grouped;
use crate::operator::frame::OperatorPage;
use crate::operator::operators_page;
use crate::page::query;
use crate::port::port;

const PATH: &str = "/operator/searches";

/// `/operator/searches?days=30`: what people look for, and what they find.
#[component]
pub fn SearchesPage() -> impl IntoView {
    let period = Period::from_parameter(query().get_str("days").unwrap_or_default());
    operators_page(async move {
        let report = port::<dyn Insight>()?.report(period).await?;
        let lead = "What people look for, what they find, and what they buy of it.";
        let content = if report.total == Tally::default() {
            view! { <p>"Nobody has searched in this time."</p> }.into_any()
        } else {
            view! { <Report report period /> }.into_any()
        };
        Ok(view! {
            <OperatorPage title="Searches" lead=lead.to_owned()>
                <Periods chosen=period />
                {content}
                <p class="small soft">
                    {format!(
                        "Searches are counted by the day and by their words, for {KEPT_DAYS} days, without saying whose they were. What may be an e-mail address or somebody's number is not counted, and neither is what operators search for. People are those of each day, told apart by a number that is forgotten with it; a query is suggested to others when somebody bought what it found and {LEAST_PEOPLE} people asked for it on one day.",
                    )}
                </p>
            </OperatorPage>
        })
    })
}

#[component]
fn Periods(chosen: Period) -> impl IntoView {
    let links = Period::ALL
        .map(|period| {
            let href =
                if period == Period::default() { PATH.to_owned() } else { format!("{PATH}?days={}", period.days()) };
            let current = (period == chosen).then_some("true");
            view! {
                <li>
                    <a href=href aria-current=current>
                        {format!("{} days", period.days())}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav aria-label="Period">
            <ul class="search-periods">{links}</ul>
        </nav>
    }
    .into_any()
}

#[component]
fn Report(report: InsightReport, period: Period) -> impl IntoView {
    let InsightReport { total, total_before, queries, most_asked, unanswered, unclicked } = report;
    let is_compared = period.is_compared();
    let compared = (is_compared && total_before > 0).then(|| {
        let words = format!(
            "{} searches, {} on the {} days before, which had {}.",
            grouped(total.searches),
            trend(total.searches, total_before),
            period.days(),
            grouped(total_before),
        );
        view! { <p>{words}</p> }
    });
    let answered = total.searches.saturating_sub(total.unanswered);
    let figures = [
        ("Searches", grouped(total.searches)),
        ("Different queries", grouped(queries)),
        ("Answered in full", percent(share(answered, total.searches))),
        ("Opened per 100 searches", total.clicks_percent().map_or_else(none, grouped)),
        ("Mean place opened", tenths(total.click_place_tenths())),
        ("Mean place bought", tenths(total.purchase_place_tenths())),
    ];
    let figures = figures.map(|(name, figure)| view! { <div><dt>{name}</dt><dd>{figure}</dd></div> }).collect_view();
    view! {
        <dl class="search-figures">{figures}</dl>
        {compared}
        <List
            id="most"
            title="Asked most"
            about="Places count from 1, the first result."
            columns=&[SEARCHES, PEOPLE, UNANSWERED, OPENED, PLACE_OPENED, BOUGHT, PLACE_BOUGHT]
            is_compared=is_compared
            list=most_asked
        />
        <List
            id="unanswered"
            title="Without results"
            about="No product has all of the words. A synonym, another title or a product is missing."
            columns=&[UNANSWERED, SEARCHES, PEOPLE]
            is_compared=is_compared
            list=unanswered
        />
        <List
            id="unclicked"
            title="Without clicks"
            about="There were results, and nobody opened one."
            columns=&[SEARCHES, PEOPLE]
            is_compared=is_compared
            list=unclicked
        />
        <Synonyms />
    }
    .into_any()
}

/// A column of numbers: its title, and what a query has there.
type Column = (&'static str, fn(&Tally) -> String);

const PEOPLE: Column = ("People", |tally| grouped(tally.people));
const SEARCHES: Column = ("Searches", |tally| grouped(tally.searches));
const UNANSWERED: Column = ("Without results", |tally| grouped(tally.unanswered));
const OPENED: Column = ("Opened", |tally| grouped(tally.clicks));
const PLACE_OPENED: Column = ("Mean place", |tally| tenths(tally.click_place_tenths()));
const BOUGHT: Column = ("Bought", |tally| grouped(tally.purchases));
const PLACE_BOUGHT: Column = ("Mean place bought", |tally| tenths(tally.purchase_place_tenths()));

#[component]
fn List(
    id: &'static str,
    title: &'static str,
    about: &'static str,
    columns: &'static [Column],
    /// Whether there are counts of the period before.
    is_compared: bool,
    list: Vec<CountedSearch>,
) -> impl IntoView {
    let content = if list.is_empty() {
        view! { <p>"None."</p> }.into_any()
    } else {
        let heads = columns.iter().map(|(name, _)| view! { <th scope="col">{*name}</th> }).collect_view();
        let rows = list.into_iter().map(|counted| row(&counted, columns, is_compared)).collect_view();
        // What scrolls sideways on a phone can be reached with the keyboard.
        view! {
            <div class="search-table" tabindex="0" role="group" aria-labelledby=id>
                <table class="search-counts">
                    <thead>
                        <tr>
                            <th scope="col">"Query"</th>
                            {heads}
                            {is_compared.then(|| view! { <th scope="col">"Trend"</th> })}
                            <th scope="col">"What to do"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <p class="small soft">{about}</p>
            {content}
        </section>
    }
    .into_any()
}

fn row(counted: &CountedSearch, columns: &[Column], is_compared: bool) -> impl IntoView + use<> {
    let CountedSearch { query, tally, before } = counted;
    let act = if tally.unanswered < tally.searches {
        let href = why(&search_path(&SearchText::from(query)));
        view! {
            <a href=href>
                "See the order" <span class="visually-hidden">{format!(" of the results for “{query}”")}</span>
            </a>
        }
        .into_any()
    } else {
        view! {
            <a href="#synonyms">
                "Add a synonym" <span class="visually-hidden">{format!(" for “{query}”")}</span>
            </a>
        }
        .into_any()
    };
    let trend = is_compared.then(|| view! { <td>{trend(tally.searches, *before)}</td> });
    let href = search_path(&SearchText::from(query));
    let cells = columns.iter().map(|(_, cell)| view! { <td>{cell(tally)}</td> }).collect_view();
    view! {
        <tr>
            <th scope="row">
                <a href=href>{query.to_string()}</a>
            </th>
            {cells}
            {trend}
            <td>{act}</td>
        </tr>
    }
}

/// How somebody who runs the store gives shoppers' words another meaning.
#[component]
fn Synonyms() -> impl IntoView {
    view! {
        <section class="section" id="synonyms" aria-labelledby="synonyms-title">
            <h2 id="synonyms-title">"Words that mean the same"</h2>
            <p>
                "Where people have another word for something, write both in one line of " <code>"synonyms.txt"</code>
                " in the store’s data folder, such as " <code>"sofa, couch, settee"</code>
                ". It works a few seconds after it was saved, and takes the place of the words that the store begins with."
            </p>
        </section>
    }
    .into_any()
}

/// How much more or less it is than in the period before.
fn trend(now: u64, before: u64) -> String {
    let Some(percent) = now.saturating_mul(100).saturating_add(before / 2).checked_div(before) else {
        return "new".to_owned();
    };
    match percent.checked_sub(100) {
        Some(0) => "0%".to_owned(),
        Some(more) => format!("+{}%", grouped(more)),
        None => format!("−{}%", 100_u64.saturating_sub(percent)),
    }
}

fn share(part: u64, whole: u64) -> Option<u64> {
    part.saturating_mul(100).checked_div(whole)
}

fn percent(share: Option<u64>) -> String {
    share.map_or_else(none, |share| format!("{share}%"))
}

fn tenths(mean: Option<u64>) -> String {
    mean.map_or_else(none, |tenths| format!("{}.{}", tenths / 10, tenths % 10))
}

/// Where there is nothing to make a number of.
fn none() -> String {
    "–".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        assert_eq!(
            (grouped(12_345_u64), percent(share(1, 3)), percent(share(0, 0))),
            ("12,345".into(), "33%".into(), none())
        );
        let trends = [(0, 0), (5, 0), (5, 5), (15, 10), (2, 3), (0, 4)].map(|(now, before)| trend(now, before));
        assert_eq!(trends, ["new", "new", "0%", "+50%", "−33%", "−100%"]);
        assert_eq!((tenths(Some(17)), tenths(Some(20)), tenths(None)), ("1.7".into(), "2.0".into(), none()));
    }
}
