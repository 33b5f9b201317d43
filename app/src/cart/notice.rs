//! What the cart page tells about the change that led to it, with a way to undo it.

use domain::cart::{CartProblem, PricedCart, PricedLine};
use domain::catalog::{Sku, Title};
use domain::inventory::Quantity;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{AddLine, MoveToCart};
use crate::error::WireError;
use crate::form::sentence;
use crate::icon::{Glyph, Icon};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CartNotice {
    /// `catch` is what keeps it from being bought as it is, in words.
    Added {
        sku: Sku,
        title: Title,
        quantity: Option<Quantity>,
        catch: Option<String>,
    },
    Removed {
        sku: Sku,
        title: Title,
        quantity: Quantity,
    },
    Saved {
        sku: Sku,
        title: Title,
    },
    Refused {
        error: WireError,
    },
}

impl CartNotice {
    /// That something was added; `None` where the cart doesn't have as much of it, for anybody can
    /// write an address that says so.
    pub fn added(sku: Sku, quantity: Option<Quantity>, cart: &PricedCart) -> Option<Self> {
        let line = cart.lines.iter().find(|line| line.sku == sku)?;
        if quantity.is_some_and(|added| added > line.quantity) {
            return None;
        }
        Some(Self::Added { sku, title: title_in(line)?, quantity, catch: catch(line) })
    }

    /// That something was saved for later; `None` where it was not.
    pub fn saved(sku: Sku, cart: &PricedCart) -> Option<Self> {
        let title = title_in(cart.saved.iter().find(|line| line.sku == sku)?)?;
        Some(Self::Saved { sku, title })
    }

    /// That something was removed; `None` where it is still there.
    pub fn removed(sku: Sku, title: Title, quantity: Quantity, cart: &PricedCart) -> Option<Self> {
        let is_there = cart.lines.iter().any(|line| line.sku == sku);
        (!is_there).then_some(Self::Removed { sku, title, quantity })
    }
}

fn title_in(line: &PricedLine) -> Option<Title> {
    line.facts.as_ref().map(|facts| facts.title.clone())
}

/// What keeps a line from being bought as it is. Told when something is added, so that nobody
/// finds it out at the checkout.
fn catch(line: &PricedLine) -> Option<String> {
    Some(match line.problem.as_ref()? {
        CartProblem::NotSold => "It is no longer sold.".to_owned(),
        CartProblem::SoldOut => "It is sold out at the moment.".to_owned(),
        CartProblem::OnlyLeft { units } => {
            let are = if *units == 1 { "is" } else { "are" };
            format!("Only {units} {are} in stock, and your cart asks for {}.", line.quantity)
        }
        CartProblem::OtherCurrency { currency } => {
            format!("It is priced in {}: please order it by itself.", currency.code())
        }
    })
}

#[component]
pub fn CartNoticeLine(notice: CartNotice) -> impl IntoView {
    match notice {
        CartNotice::Added { title, catch: Some(catch), .. } => view! {
            <div class="notice notice--warn">
                <Icon glyph=Glyph::Warning />
                <p>"Added: " <b>{title.to_string()}</b> ". " {catch}</p>
            </div>
        }
        .into_any(),
        CartNotice::Added { title, catch: None, .. } => view! {
            <div class="notice notice--good">
                <Icon glyph=Glyph::CheckCircle />
                <p>"Added: " <b>{title.to_string()}</b> "."</p>
            </div>
        }
        .into_any(),
        CartNotice::Refused { error } => view! {
            <div class="notice notice--bad">
                <Icon glyph=Glyph::Warning />
                <p>{sentence(&error.to_string())}</p>
            </div>
        }
        .into_any(),
        CartNotice::Removed { sku, title, quantity } => view! {
            <div class="notice notice--good">
                <Icon glyph=Glyph::CheckCircle />
                <p>"Removed " <b>{title.to_string()}</b> " from your cart."</p>
                <form method="post" action=AddLine::url()>
                    <input type="hidden" name="sku" value=sku.to_string() />
                    <input type="hidden" name="quantity" value=quantity.get() />
                    <button class="link-button" type="submit">
                        "Undo"
                    </button>
                </form>
            </div>
        }
        .into_any(),
        CartNotice::Saved { sku, title } => view! {
            <div class="notice notice--good">
                <Icon glyph=Glyph::CheckCircle />
                <p>"Saved " <b>{title.to_string()}</b> " for later."</p>
                <form method="post" action=MoveToCart::url()>
                    <input type="hidden" name="sku" value=sku.to_string() />
                    <button class="link-button" type="submit">
                        "Undo"
                    </button>
                </form>
            </div>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::cart::{Cart, CartChange, LineFacts, price};
    use domain::inventory::AvailableUnits;
    use domain::pricing::promotion::Terms;
    use domain::shipment::DeliveryOption;

    fn sku(number: &str) -> Sku {
        number.parse().unwrap()
    }

    fn units(units: u32) -> Quantity {
        units.try_into().unwrap()
    }

    /// A cart with some lamps, of which others are in stock.
    fn lamps(wanted: u32, available: u32) -> (Cart, PricedCart) {
        let cart = Cart::default().apply(&CartChange::Add { sku: sku("LAMP"), quantity: units(wanted) }).unwrap();
        let priced = priced(&cart, available);
        (cart, priced)
    }

    fn priced(cart: &Cart, available: u32) -> PricedCart {
        let facts = LineFacts {
            product: "lamp".parse().unwrap(),
            category: "home/lighting".parse().unwrap(),
            slug: "lamp".parse().unwrap(),
            title: "Lamp".parse().unwrap(),
            choices: String::new(),
            picture: None,
            price: "2.50 GBP".parse().unwrap(),
            list_price: None,
            available: AvailableUnits(available),
        };
        let facts = [(sku("LAMP"), facts)].into();
        price(cart, &facts, &Terms::default(), DeliveryOption::Standard).unwrap()
    }

    fn catch_of(wanted: u32, available: u32) -> Option<String> {
        match CartNotice::added(sku("LAMP"), Some(units(1)), &lamps(wanted, available).1) {
            Some(CartNotice::Added { catch, .. }) => catch,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn who_adds_more_than_there_is_hears_it_at_once() {
        assert_eq!(catch_of(3, 3), None);
        assert_eq!(catch_of(5, 3).as_deref(), Some("Only 3 are in stock, and your cart asks for 5."));
        assert_eq!(catch_of(2, 1).as_deref(), Some("Only 1 is in stock, and your cart asks for 2."));
        assert_eq!(catch_of(1, 0).as_deref(), Some("It is sold out at the moment."));
    }

    #[test]
    fn an_address_can_not_tell_of_a_change_that_the_cart_does_not_show() {
        let (cart, with_lamp) = lamps(2, 9);
        let title: Title = "Lamp".parse().unwrap();
        assert_eq!(CartNotice::added(sku("STOOL"), Some(units(1)), &with_lamp), None);
        assert_eq!(CartNotice::added(sku("LAMP"), Some(units(3)), &with_lamp), None);
        assert_eq!(CartNotice::saved(sku("LAMP"), &with_lamp), None);
        assert_eq!(CartNotice::removed(sku("LAMP"), title.clone(), units(2), &with_lamp), None);

        let saved = priced(&cart.apply(&CartChange::SaveForLater { sku: sku("LAMP") }).unwrap(), 9);
        let told = CartNotice::saved(sku("LAMP"), &saved);
        assert_eq!(told, Some(CartNotice::Saved { sku: sku("LAMP"), title: title.clone() }));
        assert!(CartNotice::removed(sku("LAMP"), title, units(2), &PricedCart::default()).is_some());
    }
}
