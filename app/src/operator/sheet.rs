use leptos::prelude::*;

/// What a column of a sheet holds, by its heading.
#[derive(Debug, Clone, Copy)]
pub enum Column {
    Words(&'static str),
    Number(&'static str),
    /// A number that phones leave out: it stands on the page behind the link as well.
    MoreNumber(&'static str),
}

/// A table of many columns; where it is wider than the screen it scrolls by itself, also with keys. Its
/// rows stand in bodies of their own.
#[component]
pub fn Sheet(
    label: &'static str,
    columns: &'static [Column],
    /// Each body is a card on phones, which the style sheet lays out.
    #[prop(optional)]
    of_cards: bool,
    children: Children,
) -> impl IntoView {
    let heading = |column: &Column| {
        let (class, words) = match *column {
            Column::Words(words) => (None, words),
            Column::Number(words) => (Some("sheet__number"), words),
            Column::MoreNumber(words) => (Some("sheet__number sheet__more"), words),
        };
        view! {
            <th scope="col" class=class>
                {words}
            </th>
        }
    };
    let class = if of_cards { "sheet sheet--cards" } else { "sheet" };
    view! {
        <div class=class role="region" aria-label=label tabindex="0">
            <table class="sheet__table">
                <thead>
                    <tr>{columns.iter().map(heading).collect_view()}</tr>
                </thead>
                {children()}
            </table>
        </div>
    }
    .into_any()
}

/// The ways from a page of a long sheet to the next one and back to the first, each with its words.
#[component]
pub fn Pages(
    label: &'static str,
    next: Option<(&'static str, String)>,
    first: Option<(&'static str, String)>,
) -> impl IntoView {
    let next = next.map(|(words, address)| {
        view! {
            <a class="button" href=address rel="next">
                {words}
            </a>
        }
    });
    let first = first.map(|(words, address)| view! { <a href=address>{words}</a> });
    view! {
        <nav class="row operator__pages" aria-label=label>
            {next}
            {first}
        </nav>
    }
    .into_any()
}
