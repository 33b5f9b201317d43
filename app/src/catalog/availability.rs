use domain::inventory::Availability;
use leptos::prelude::*;

/// Whether it can be bought, in words.
pub fn words(availability: Availability) -> String {
    match availability {
        Availability::InStock => "In stock".to_owned(),
        Availability::Low { units } => format!("Only {units} left in stock"),
        Availability::SoldOut => "Sold out".to_owned(),
    }
}

pub(super) const fn class(availability: Availability) -> &'static str {
    match availability {
        Availability::InStock => "availability",
        Availability::Low { .. } => "availability availability--low",
        Availability::SoldOut => "availability availability--out",
    }
}

#[component]
pub fn AvailabilityLine(#[prop(into)] availability: Signal<Availability>) -> impl IntoView {
    view! {
        <p class=move || class(availability.get()) role="status">
            {move || words(availability.get())}
        </p>
    }
}
