use super::lines::{Cart, CartLine, CartVersion, MAX_CART_LINES, MAX_LINE_QUANTITY, MAX_SAVED_LINES};
use crate::inventory::Quantity;

/// An account's cart after it took in a guest's, and what is left of the guest's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    pub cart: Cart,
    pub guest: Cart,
}

impl Cart {
    /// Takes in a guest's cart at sign-in: units of one thing are added up, new lines follow the old
    /// ones. What finds no room in the cart is saved for later, and what finds none there either stays
    /// with the guest, so that no unit is lost and none counts twice. Both carts are one version on.
    #[must_use]
    pub fn take_in(&self, guest: &Self) -> Joined {
        let (mut cart, mut left) = (self.one_version_on(), guest.one_version_on());
        left.lines = move_lines(&mut cart.lines, MAX_CART_LINES, std::mem::take(&mut left.lines));
        left.lines = move_lines(&mut cart.saved, MAX_SAVED_LINES, std::mem::take(&mut left.lines));
        left.saved = move_lines(&mut cart.saved, MAX_SAVED_LINES, std::mem::take(&mut left.saved));
        // A code that the account's owner typed before is not pushed out by another one.
        if cart.coupon.is_none() {
            cart.coupon = left.coupon.take();
        } else {
            left.coupon = None;
        }
        Joined { cart, guest: left }
    }

    /// Whether there is nothing in it that anybody would miss.
    pub const fn holds_nothing(&self) -> bool {
        self.lines.is_empty() && self.saved.is_empty() && self.coupon.is_none()
    }

    fn one_version_on(&self) -> Self {
        Self { version: CartVersion(self.version.0.saturating_add(1)), ..self.clone() }
    }
}

/// Moves lines over as far as there is room, and answers those that are left.
fn move_lines(to: &mut Vec<CartLine>, max_lines: usize, from: Vec<CartLine>) -> Vec<CartLine> {
    let move_line = |line: CartLine| {
        let Some(known) = to.iter_mut().find(|known| known.sku == line.sku) else {
            if to.len() >= max_lines {
                return Some(line);
            }
            to.push(line);
            return None;
        };
        let sum = known.quantity.get().saturating_add(line.quantity.get());
        let kept = sum.min(MAX_LINE_QUANTITY);
        if let Ok(quantity) = Quantity::try_from(kept) {
            known.quantity = quantity;
        }
        let rest = Quantity::try_from(sum - kept).ok()?;
        Some(CartLine { quantity: rest, ..line })
    };
    from.into_iter().filter_map(move_line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Sku;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn line((number, units): (usize, u32)) -> CartLine {
        CartLine { sku: format!("sku-{number}").parse().unwrap(), quantity: units.try_into().unwrap() }
    }

    /// Lines of different things, up to what a cart holds.
    fn lines() -> impl Strategy<Value = Vec<CartLine>> {
        prop::collection::btree_map(0_usize..220, 1_u32..=MAX_LINE_QUANTITY, 0..=MAX_CART_LINES)
            .prop_map(|lines| lines.into_iter().map(line).collect())
    }

    fn cart() -> impl Strategy<Value = Cart> {
        (lines(), lines()).prop_map(|(lines, saved)| Cart { lines, saved, ..Cart::default() })
    }

    fn units(carts: &[&Cart]) -> BTreeMap<Sku, u32> {
        let mut units = BTreeMap::new();
        for line in carts.iter().flat_map(|cart| cart.lines.iter().chain(&cart.saved)) {
            *units.entry(line.sku.clone()).or_default() += line.quantity.get();
        }
        units
    }

    #[test]
    fn the_same_thing_in_both_carts_is_added_up() {
        let of = |lines: &[(usize, u32)]| Cart { lines: lines.iter().copied().map(line).collect(), ..Cart::default() };
        let Joined { cart, guest } = of(&[(1, 2), (2, 1)]).take_in(&of(&[(3, 1), (1, 1)]));
        assert_eq!(cart.lines, [(1, 3), (2, 1), (3, 1)].map(line));
        assert!(guest.holds_nothing());
        assert_eq!(cart.take_in(&guest).cart.lines, cart.lines, "a second time adds nothing");
    }

    #[test]
    fn a_coupon_comes_along_unless_there_is_one() {
        let with = |code: &str| Cart { coupon: Some(code.parse().unwrap()), ..Cart::default() };
        let code = |cart: Cart| cart.coupon.map(|code| code.to_string());
        assert_eq!(code(Cart::default().take_in(&with("WELCOME-10")).cart), Some("WELCOME-10".to_owned()));
        assert_eq!(code(with("SAVE-5").take_in(&with("WELCOME-10")).cart), Some("SAVE-5".to_owned()));
    }

    proptest! {
        #[test]
        fn no_unit_is_lost_or_doubled_and_every_limit_holds(mine in cart(), guest in cart()) {
            let joined = mine.take_in(&guest);
            prop_assert_eq!(units(&[&joined.cart, &joined.guest]), units(&[&mine, &guest]));
            prop_assert!(joined.cart.lines.len() <= MAX_CART_LINES && joined.cart.saved.len() <= MAX_SAVED_LINES);
            for lines in [&joined.cart.lines, &joined.cart.saved, &joined.guest.lines, &joined.guest.saved] {
                let distinct: std::collections::BTreeSet<_> = lines.iter().map(|line| &line.sku).collect();
                prop_assert_eq!(distinct.len(), lines.len());
                prop_assert!(lines.iter().all(|line| line.quantity.get() <= MAX_LINE_QUANTITY));
            }
            prop_assert_eq!(joined.cart.version(), CartVersion(mine.version().0 + 1));
        }
    }
}
