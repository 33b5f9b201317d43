use domain::inventory::Availability;
use leptos::prelude::*;

/// Whether it can be bought, in words.
#[component]
pub fn AvailabilityLine(availability: Availability) -> impl IntoView {
    let (class, words) = match availability {
        Availability::InStock => ("availability", "In stock".to_owned()),
        Availability::Low { units } => ("availability availability--low", format!("Only {units} left in stock")),
        Availability::SoldOut => ("availability availability--out", "Sold out".to_owned()),
    };
    view! { <p class=class>{words}</p> }
}
