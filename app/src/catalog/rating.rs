use domain::catalog::Rating;
use leptos::prelude::*;

/// Stars, as wide as the average, and the number of people behind them.
#[component]
pub fn RatingLine(
    rating: Rating,
    /// On the product's own page the average is written out as well, and how many wrote a review or that
    /// all of it came with the product's data.
    #[prop(optional)]
    in_words: bool,
) -> impl IntoView {
    let average = rating.average();
    let count = grouped(rating.count());
    let people = if rating.count() == 1 { "rating" } else { "ratings" };
    view! {
        <p class="rating">
            <StarDrawing hundredths=rating.average_hundredths() />
            {if in_words {
                view! {
                    <span aria-hidden="true">{average}</span>
                    <span>{format!("{count} {people}")}</span>
                    <span class="rating__source">{source(rating)}</span>
                }
                    .into_any()
            } else {
                view! {
                    <span class="rating__count">
                        {count} <span class="visually-hidden">" " {people}</span>
                    </span>
                }
                    .into_any()
            }}
        </p>
    }
    .into_any()
}

fn source(rating: Rating) -> AnyView {
    let words = match rating.own().count() {
        0 => return "Imported with the product’s data".into_any(),
        1 => "1 review".to_owned(),
        count => format!("{} reviews", grouped(count)),
    };
    view! { <a href="#reviews">{words}</a> }.into_any()
}

/// Five stars, filled as far as so many hundredths of a star.
#[component]
pub fn StarDrawing(hundredths: u16) -> impl IntoView {
    view! {
        <svg
            class="rating__stars"
            viewBox="0 0 120 24"
            preserveAspectRatio="none"
            role="img"
            aria-label=format!("{} out of 5 stars", decimal(hundredths))
        >
            <rect width="120" height="24"></rect>
            <rect width=stars_width(hundredths) height="24"></rect>
        </svg>
    }
    .into_any()
}

/// Hundredths of stars with at most one decimal, rounded half up: `4.6`, `5`.
fn decimal(hundredths: u16) -> String {
    let tenths = (hundredths + 5) / 10;
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// Stars in the drawing's own units, 24 each: `112.8` for 4.7 stars.
fn stars_width(hundredths: u16) -> String {
    let hundredths = u32::from(hundredths) * 24;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A count as people read it: `2,841`.
pub fn grouped(count: impl Into<u64>) -> String {
    let digits = count.into().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_are_as_wide_as_the_average() {
        assert_eq!(stars_width(470), "112.80");
        assert_eq!(stars_width(500), "120.00");
        assert_eq!([400, 466, 398].map(decimal), ["4", "4.7", "4"]);
    }

    #[test]
    fn counts_are_grouped_by_thousands() {
        assert_eq!(grouped(7_u32), "7");
        assert_eq!(grouped(2_841_u32), "2,841");
        assert_eq!(grouped(1_000_000_u32), "1,000,000");
    }
}
