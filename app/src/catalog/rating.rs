use domain::catalog::Rating;
use leptos::prelude::*;

/// Stars, as wide as the average, and the number of people behind them.
#[component]
pub fn RatingLine(
    rating: Rating,
    /// On the product's own page the average is written out as well.
    #[prop(optional)]
    in_words: bool,
) -> impl IntoView {
    let average = rating.average();
    let count = grouped(rating.count());
    let people = if rating.count() == 1 { "rating" } else { "ratings" };
    view! {
        <p class="rating">
            <svg
                class="rating__stars"
                viewBox="0 0 120 24"
                preserveAspectRatio="none"
                role="img"
                aria-label=format!("{average} out of 5 stars")
            >
                <rect width="120" height="24"></rect>
                <rect width=stars_width(rating) height="24"></rect>
            </svg>
            {if in_words {
                view! {
                    <span aria-hidden="true">{average}</span>
                    <span>{format!("{count} {people}")}</span>
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

/// Stars in the drawing's own units, 24 each: `112.8` for 4.7 stars.
fn stars_width(rating: Rating) -> String {
    let hundredths = u32::from(rating.average_hundredths()) * 24;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A count as people read it: `2,841`.
pub fn grouped(count: u32) -> String {
    let digits = count.to_string();
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
        assert_eq!(stars_width(Rating::new(470, 3).unwrap()), "112.80");
        assert_eq!(stars_width(Rating::new(500, 3).unwrap()), "120.00");
    }

    #[test]
    fn counts_are_grouped_by_thousands() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(2_841), "2,841");
        assert_eq!(grouped(1_000_000), "1,000,000");
    }
}
