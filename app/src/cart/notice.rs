//! What the cart page tells about the change that led to it, with a way to undo it.

use domain::cart::{CartProblem, Coupon, PricedCart, PricedLine};
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
    /// `problem` is what keeps it from being bought as it is, in words.
    Added {
        sku: Sku,
        title: Title,
        quantity: Option<Quantity>,
        /// Fewer than asked for: there are no more.
        is_all: bool,
        problem: Option<String>,
    },
    /// One of each of so many things.
    Together {
        count: usize,
    },
    /// From its `place` among the lines.
    Removed {
        sku: Sku,
        title: Title,
        quantity: Quantity,
        place: u32,
    },
    Applied {
        coupon: Coupon,
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
    /// write an address that says so. `is_all` is that there were no more to add.
    pub fn added(sku: Sku, quantity: Option<Quantity>, is_all: bool, cart: &PricedCart) -> Option<Self> {
        let line = cart.lines.iter().find(|line| line.sku == sku)?;
        if quantity.is_some_and(|added| added > line.quantity) {
            return None;
        }
        let available = line.facts.as_ref()?.available;
        let is_all = is_all && available.0 == line.quantity.get();
        Some(Self::Added { sku, title: title_in(line)?, quantity, is_all, problem: problem(line) })
    }

    /// That several things were added at once; `None` where the cart has fewer.
    pub fn together(count: usize, cart: &PricedCart) -> Option<Self> {
        (count <= cart.lines.len()).then_some(Self::Together { count })
    }

    /// That the code of the cart was taken; `None` where there is none.
    pub fn applied(cart: &PricedCart) -> Option<Self> {
        cart.coupon.clone().map(|coupon| Self::Applied { coupon })
    }

    /// What somebody should know who added something.
    pub fn catch(&self) -> Option<String> {
        match self {
            Self::Added { problem: Some(problem), .. } => Some(problem.clone()),
            Self::Added { is_all: true, quantity: Some(quantity), .. } => {
                Some(format!("Added {quantity}; that is all we have."))
            }
            _ => None,
        }
    }

    /// That something was saved for later; `None` where it was not.
    pub fn saved(sku: Sku, cart: &PricedCart) -> Option<Self> {
        let title = title_in(cart.saved.iter().find(|line| line.sku == sku)?)?;
        Some(Self::Saved { sku, title })
    }

    /// That something was removed; `None` where it is still there.
    pub fn removed(sku: Sku, title: Title, quantity: Quantity, place: u32, cart: &PricedCart) -> Option<Self> {
        let is_there = cart.lines.iter().any(|line| line.sku == sku);
        (!is_there).then_some(Self::Removed { sku, title, quantity, place })
    }
}

fn title_in(line: &PricedLine) -> Option<Title> {
    line.facts.as_ref().map(|facts| facts.title.clone())
}

/// What keeps a line from being bought as it is. Told when something is added, so that nobody
/// finds it out at the checkout.
fn problem(line: &PricedLine) -> Option<String> {
    Some(match line.problem.as_ref()? {
        CartProblem::NotSold => "It is no longer sold.".to_owned(),
        CartProblem::SoldOut => "It is sold out at the moment.".to_owned(),
        CartProblem::OnlyLeft { units } => {
            let are = if *units == 1 { "is" } else { "are" };
            format!("Only {units} {are} in stock, and your cart asks for {}.", line.quantity)
        }
        CartProblem::OverLimit { limit } => sentence(&format!("{limit}, and your cart asks for {}", line.quantity)),
        CartProblem::OtherCurrency { currency } => {
            format!("It is priced in {}: please order it by itself.", currency.code())
        }
    })
}

#[component]
pub fn CartNoticeLine(notice: CartNotice) -> impl IntoView {
    let catch = notice.catch();
    match notice {
        CartNotice::Added { title, .. } if catch.is_some() => view! {
            <div class="notice notice--warn">
                <Icon glyph=Glyph::Warning />
                <p><b>{title.to_string()}</b> ": " {catch}</p>
            </div>
        }
        .into_any(),
        CartNotice::Applied { coupon } => view! { <AppliedLine coupon /> }.into_any(),
        CartNotice::Added { title, .. } => view! {
            <div class="notice notice--good">
                <Icon glyph=Glyph::CheckCircle />
                <p>"Added: " <b>{title.to_string()}</b> "."</p>
            </div>
        }
        .into_any(),
        CartNotice::Together { count: 0 } => view! {
            <div class="notice notice--warn">
                <Icon glyph=Glyph::Warning />
                <p>"None of these can be bought at the moment."</p>
            </div>
        }
        .into_any(),
        CartNotice::Together { count } => view! {
            <div class="notice notice--good">
                <Icon glyph=Glyph::CheckCircle />
                <p>{if count == 1 { "Added one thing.".to_owned() } else { format!("Added {count} things.") }}</p>
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
        CartNotice::Removed { sku, title, quantity, place } => view! {
            <div class="notice notice--good">
                <Icon glyph=Glyph::CheckCircle />
                <p>"Removed " <b>{title.to_string()}</b> " from your cart."</p>
                <form method="post" action=AddLine::url()>
                    <input type="hidden" name="sku" value=sku.to_string() />
                    <input type="hidden" name="quantity" value=quantity.get() />
                    <input type="hidden" name="place" value=place />
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

/// What a code does: `WELCOME-10 applied, −£24.89`.
#[component]
fn AppliedLine(coupon: Coupon) -> impl IntoView {
    let Coupon { code, refusal, saving } = coupon;
    let code = code.to_string();
    if let Some(refusal) = refusal {
        return view! {
            <div class="notice notice--warn">
                <Icon glyph=Glyph::Warning />
                <p><b>{code}</b> " is kept with your cart. " {sentence(&refusal.to_string())}</p>
            </div>
        }
        .into_any();
    }
    let saving = saving.map(|saving| format!(", −{saving}"));
    view! {
        <div class="notice notice--good">
            <Icon glyph=Glyph::CheckCircle />
            <p><b>{code}</b> " applied" {saving}</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::cart::{Cart, CartChange, LineFacts, price};
    use domain::catalog::Seller;
    use domain::inventory::{AvailableUnits, SaleTerms};
    use domain::pricing::promotion::Terms;
    use domain::pricing::tax::TaxClass;
    use domain::shipment::Delivery;

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
            seller: Seller::default(),
            slug: "lamp".parse().unwrap(),
            title: "Lamp".parse().unwrap(),
            choices: String::new(),
            picture: None,
            price: "2.50 GBP".parse().unwrap(),
            list_price: None,
            tax_class: TaxClass::Standard,
            available: AvailableUnits(available),
            terms: SaleTerms::default(),
            parts: Vec::new(),
        };
        let facts = [(sku("LAMP"), facts)].into();
        price(cart, &facts, &Terms::default(), Delivery::STANDARD_AT_HOME).unwrap()
    }

    fn catch_of(wanted: u32, available: u32) -> Option<String> {
        CartNotice::added(sku("LAMP"), Some(units(1)), false, &lamps(wanted, available).1).unwrap().catch()
    }

    #[test]
    fn who_adds_more_than_there_is_hears_it_at_once() {
        assert_eq!(catch_of(3, 3), None);
        assert_eq!(catch_of(5, 3).as_deref(), Some("Only 3 are in stock, and your cart asks for 5."));
        assert_eq!(catch_of(2, 1).as_deref(), Some("Only 1 is in stock, and your cart asks for 2."));
        assert_eq!(catch_of(1, 0).as_deref(), Some("It is sold out at the moment."));
        let all = |wanted| CartNotice::added(sku("LAMP"), Some(units(2)), true, &lamps(wanted, 3).1).unwrap().catch();
        assert_eq!(all(3).as_deref(), Some("Added 2; that is all we have."));
        assert_eq!(all(2), None, "an address may say so of a cart with less than there is");
    }

    #[test]
    fn an_address_can_not_tell_of_a_change_that_the_cart_does_not_show() {
        let (cart, with_lamp) = lamps(2, 9);
        let title: Title = "Lamp".parse().unwrap();
        assert_eq!(CartNotice::added(sku("STOOL"), Some(units(1)), false, &with_lamp), None);
        assert_eq!(CartNotice::added(sku("LAMP"), Some(units(3)), false, &with_lamp), None);
        assert_eq!(CartNotice::saved(sku("LAMP"), &with_lamp), None);
        assert_eq!(CartNotice::together(2, &with_lamp), None);
        assert!(CartNotice::together(1, &with_lamp).is_some());
        assert_eq!(CartNotice::removed(sku("LAMP"), title.clone(), units(2), 0, &with_lamp), None);

        let saved = priced(&cart.apply(&CartChange::SaveForLater { sku: sku("LAMP") }).unwrap(), 9);
        let told = CartNotice::saved(sku("LAMP"), &saved);
        assert_eq!(told, Some(CartNotice::Saved { sku: sku("LAMP"), title: title.clone() }));
        assert!(CartNotice::removed(sku("LAMP"), title, units(2), 0, &PricedCart::default()).is_some());
    }
}
