use domain::pricing::{Money, Price};
use leptos::prelude::*;

/// A price, with the list price struck and the saving where there is one.
#[component]
pub fn PriceLine(
    price: Price,
    #[prop(default = None)] list_price: Option<Price>,
    /// Dearer variants exist.
    #[prop(optional)]
    varies: bool,
    #[prop(default = "price")] class: &'static str,
    /// What the price includes.
    #[prop(default = None, into)]
    note: Option<String>,
) -> impl IntoView {
    view! {
        <p class=class>
            <span class="price__now">{varies.then_some("from ")} {price.to_string()}</span>
            {list_price
                .map(|list| {
                    view! {
                        " "
                        <s class="price__list">
                            <span class="visually-hidden">"List price "</span>
                            {list.to_string()}
                        </s>
                        {saving_percent(price, list)
                            .map(|percent| {
                                view! {
                                    " "
                                    <span class="price__saving">{format!("Save {percent}%")}</span>
                                }
                            })}
                    }
                })}
            {note.map(|note| view! { <span class="price__note">{note}</span> })}
        </p>
    }
    .into_any()
}

/// By how much a price is below the list price, in whole percent rounded down; `None` below 1%.
fn saving_percent(price: Price, list: Price) -> Option<u8> {
    let (price, list): (Money, Money) = (price.into(), list.into());
    let saved = list.minus(price).ok()?;
    let percent = saved.minor_units().checked_mul(100)? / list.minor_units();
    u8::try_from(percent).ok().filter(|percent| *percent > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saving_is_never_overstated() {
        let saving = |price: &str, list: &str| saving_percent(price.parse().unwrap(), list.parse().unwrap());
        assert_eq!(saving("43.20 GBP", "54.00 GBP"), Some(20));
        assert_eq!(saving("118.00 GBP", "139.00 GBP"), Some(15));
        assert_eq!(saving("99.99 GBP", "100.00 GBP"), None);
        assert_eq!(saving("1.00 GBP", "2.00 USD"), None);
        assert_eq!(saving("0.01 GBP", "10000000.00 GBP"), Some(99));
    }
}
