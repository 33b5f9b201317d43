use domain::inventory::Availability;
use leptos::prelude::*;

/// Whether it can be bought, in words.
#[component]
pub fn AvailabilityLine(availability: Availability) -> impl IntoView {
    let class = match availability {
        Availability::InStock => "availability",
        Availability::Low { .. } => "availability availability--low",
        Availability::SoldOut => "availability availability--out",
        Availability::Backorder { .. } | Availability::Preorder { .. } => "availability availability--later",
    };
    view! { <p class=class>{availability.in_words()}</p> }
}
