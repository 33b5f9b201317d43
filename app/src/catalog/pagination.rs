use domain::catalog::listing::{ListRequest, PageNumber};
use leptos::prelude::*;

use super::list::ListAddress;
use crate::icon::{Glyph, Icon};

/// The pages of a list; nothing for a list of one page.
#[component]
pub fn Pagination(address: ListAddress, request: ListRequest, pages: u32) -> impl IntoView {
    let here = request.page.get();
    let to = move |page| address.of(&request.at_page(page));
    view! { <PageLinks label="Pages of results" here pages to /> }
}

/// Links to pages, each with its own address; nothing where there is one page.
#[component]
pub fn PageLinks<T>(label: &'static str, here: u32, pages: u32, to: T) -> impl IntoView
where
    T: Fn(PageNumber) -> String,
{
    if pages < 2 {
        return ().into_any();
    }
    let link = |number: u32| PageNumber::new(number).map(&to);
    let numbers = shown_pages(here, pages)
        .into_iter()
        .map(|shown| match shown.and_then(|number| link(number).map(|href| (number, href))) {
            Some((number, href)) => {
                let current = (number == here).then_some("page");
                view! {
                    <li>
                        <a href=href aria-current=current>
                            <span class="visually-hidden">"Page "</span>
                            {number}
                        </a>
                    </li>
                }
                .into_any()
            }
            None => view! { <li><span aria-hidden="true">"…"</span></li> }.into_any(),
        })
        .collect_view();
    let previous = (here > 1).then(|| link(here - 1)).flatten();
    let next = (here < pages).then(|| link(here + 1)).flatten();
    view! {
        <nav class="pagination" aria-label=label>
            {previous
                .map(|href| {
                    view! {
                        <a class="button" rel="prev" href=href>
                            <Icon glyph=Glyph::ChevronLeft class="icon icon--directed" />
                            " Previous"
                        </a>
                    }
                })}
            <ol class="pagination__pages">{numbers}</ol>
            {next
                .map(|href| {
                    view! {
                        <a class="button" rel="next" href=href>
                            "Next "
                            <Icon glyph=Glyph::ChevronRight class="icon icon--directed" />
                        </a>
                    }
                })}
        </nav>
    }
    .into_any()
}

/// The first page, the last one and those around this one; `None` stands for a gap.
fn shown_pages(here: u32, pages: u32) -> Vec<Option<u32>> {
    let near = here.saturating_sub(1).max(1)..=here.saturating_add(1).min(pages);
    let mut numbers: Vec<u32> = std::iter::once(1).chain(near).chain(std::iter::once(pages)).collect();
    numbers.dedup();
    let mut shown = Vec::with_capacity(numbers.len() + 2);
    let mut before = 0;
    for number in numbers {
        match number - before {
            1 => {}
            // A gap of one page takes as much room as that page.
            2 => shown.push(Some(number - 1)),
            _ => shown.push(None),
        }
        shown.push(Some(number));
        before = number;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_pages_and_both_ends_are_shown() {
        let shown = |here, pages| {
            let words = |page: Option<u32>| page.map_or("…".to_owned(), |page| page.to_string());
            shown_pages(here, pages).into_iter().map(words).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(1, 2), "1 2");
        assert_eq!(shown(1, 18), "1 2 … 18");
        assert_eq!(shown(4, 18), "1 2 3 4 5 … 18");
        assert_eq!(shown(9, 18), "1 … 8 9 10 … 18");
        assert_eq!(shown(18, 18), "1 … 17 18");
        assert_eq!(shown(2, 3), "1 2 3");
    }
}
