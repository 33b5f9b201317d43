use serde::{Deserialize, Serialize};

use super::lines::{Cart, CartError, CartLine, CartVersion, MAX_CART_LINES, MAX_LINE_QUANTITY, MAX_SAVED_LINES};
use crate::catalog::Sku;
use crate::checkout::IdempotencyKey;
use crate::inventory::{AvailableUnits, Quantity};
use crate::pricing::promotion::CouponCode;

/// One thing that a shopper does to a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CartChange {
    /// Adds units to the line of a SKU, or a new line at the end.
    Add {
        sku: Sku,
        quantity: Quantity,
    },
    /// Brings back a line that was removed from this place among the lines, counted from 0; where its
    /// SKU was added meanwhile, adds to that.
    PutBack {
        sku: Sku,
        quantity: Quantity,
        place: u32,
    },
    SetQuantity {
        sku: Sku,
        quantity: Quantity,
    },
    Remove {
        sku: Sku,
    },
    SaveForLater {
        sku: Sku,
    },
    /// Puts a saved line back into the cart.
    MoveToCart {
        sku: Sku,
    },
    RemoveSaved {
        sku: Sku,
    },
    /// Takes the place of the coupon before.
    ApplyCoupon {
        code: CouponCode,
    },
    RemoveCoupon,
    /// These units were ordered under this key, with this coupon; what was added meanwhile stays.
    Bought {
        key: IdempotencyKey,
        lines: Vec<CartLine>,
        coupon: Option<CouponCode>,
    },
}

impl Cart {
    /// The cart after a change, one version on; what was bought is taken out once, and comes again to
    /// the cart as it is. The browser uses it to show the change at once, the server to keep it.
    ///
    /// # Errors
    /// A limit, or [`CartError::NoSuchLine`]; the cart is then as it was.
    pub fn apply(&self, change: &CartChange) -> Result<Self, CartError> {
        let mut next = self.clone();
        if let CartChange::Bought { key, .. } = change
            && next.bought.replace(*key) == Some(*key)
        {
            return Ok(next);
        }
        next.version = CartVersion(self.version.0.saturating_add(1));
        match change {
            CartChange::Add { sku, quantity } => next.add(sku, *quantity)?,
            CartChange::PutBack { sku, quantity, place } => {
                let is_new = find(&mut next.lines, sku).is_none();
                next.add(sku, *quantity)?;
                if let Some(line) = is_new.then(|| next.lines.pop()).flatten() {
                    let place = usize::try_from(*place).unwrap_or(usize::MAX).min(next.lines.len());
                    next.lines.insert(place, line);
                }
            }
            CartChange::SetQuantity { sku, quantity } => {
                let line = find(&mut next.lines, sku).ok_or(CartError::NoSuchLine)?;
                line.quantity = within_line(*quantity)?;
            }
            CartChange::Remove { sku } => drop(take(&mut next.lines, sku)?),
            CartChange::RemoveSaved { sku } => drop(take(&mut next.saved, sku)?),
            CartChange::SaveForLater { sku } => {
                let line = take(&mut next.lines, sku)?;
                let is_full = next.saved.len() == MAX_SAVED_LINES;
                match find(&mut next.saved, sku) {
                    Some(saved) => saved.quantity = line.quantity,
                    None if is_full => return Err(CartError::TooManySaved),
                    None => next.saved.push(line),
                }
            }
            CartChange::MoveToCart { sku } => {
                let line = take(&mut next.saved, sku)?;
                next.add(sku, line.quantity)?;
            }
            CartChange::ApplyCoupon { code } => next.coupon = Some(code.clone()),
            CartChange::RemoveCoupon => next.coupon = None,
            CartChange::Bought { lines, coupon, .. } => {
                next.take_bought(lines);
                next.coupon = next.coupon.filter(|code| Some(code) != coupon.as_ref());
            }
        }
        Ok(next)
    }

    /// How many of some units that somebody adds there are: at most what is available less what the
    /// cart holds already.
    ///
    /// # Errors
    /// [`CartError::TooManyUnits`], [`CartError::SoldOut`], or [`CartError::AllInCart`] when none are left to add.
    pub fn room_for(&self, sku: &Sku, quantity: Quantity, available: AvailableUnits) -> Result<Quantity, CartError> {
        let quantity = within_line(quantity)?;
        let held = self.lines.iter().find(|line| line.sku == *sku).map_or(0, |line| line.quantity.get());
        let room = available.0.saturating_sub(held).min(quantity.get());
        Quantity::try_from(room).map_err(|_| match available {
            AvailableUnits(0) => CartError::SoldOut,
            AvailableUnits(units) => CartError::AllInCart { units },
        })
    }

    fn take_bought(&mut self, bought: &[CartLine]) {
        self.lines.retain_mut(|line| {
            let units = bought.iter().find(|b| b.sku == line.sku).map_or(0, |b| b.quantity.get());
            match Quantity::try_from(line.quantity.get().saturating_sub(units)) {
                Ok(left) => line.quantity = left,
                Err(_) => return false,
            }
            true
        });
    }

    fn add(&mut self, sku: &Sku, quantity: Quantity) -> Result<(), CartError> {
        let is_full = self.lines.len() == MAX_CART_LINES;
        match find(&mut self.lines, sku) {
            Some(line) => {
                let sum = line.quantity.plus(quantity).map_err(|_| CartError::TooManyUnits)?;
                line.quantity = within_line(sum)?;
            }
            None if is_full => return Err(CartError::TooManyLines),
            None => self.lines.push(CartLine { sku: sku.clone(), quantity: within_line(quantity)? }),
        }
        Ok(())
    }
}

fn within_line(quantity: Quantity) -> Result<Quantity, CartError> {
    if quantity.get() > MAX_LINE_QUANTITY { Err(CartError::TooManyUnits) } else { Ok(quantity) }
}

fn find<'a>(lines: &'a mut [CartLine], sku: &Sku) -> Option<&'a mut CartLine> {
    lines.iter_mut().find(|line| line.sku == *sku)
}

fn take(lines: &mut Vec<CartLine>, sku: &Sku) -> Result<CartLine, CartError> {
    let place = lines.iter().position(|line| line.sku == *sku).ok_or(CartError::NoSuchLine)?;
    Ok(lines.remove(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn sku(number: usize) -> Sku {
        format!("sku-{number}").parse().unwrap()
    }

    fn quantity(units: u32) -> Quantity {
        units.try_into().unwrap()
    }

    fn key(number: u128) -> IdempotencyKey {
        IdempotencyKey::new(uuid::Uuid::from_u128(number))
    }

    fn bought(number: u128, ordered: &Cart) -> CartChange {
        CartChange::Bought { key: key(number), lines: ordered.lines().to_vec(), coupon: ordered.coupon().cloned() }
    }

    fn change() -> impl Strategy<Value = CartChange> {
        let skus = (0_usize..6).prop_map(sku);
        (skus, 1_u32..1_200, 0..8).prop_map(|(sku, units, kind)| match kind {
            0 => CartChange::SetQuantity { sku, quantity: quantity(units) },
            1 => CartChange::Remove { sku },
            2 => CartChange::SaveForLater { sku },
            3 => CartChange::MoveToCart { sku },
            4 => CartChange::RemoveSaved { sku },
            5 => CartChange::PutBack { sku, quantity: quantity(units), place: units % 8 },
            _ => CartChange::Add { sku, quantity: quantity(units) },
        })
    }

    #[test]
    fn the_limits_hold_on_both_sides() {
        let mut cart = Cart::default();
        for number in 0..MAX_CART_LINES {
            cart = cart.apply(&CartChange::Add { sku: sku(number), quantity: quantity(MAX_LINE_QUANTITY) }).unwrap();
        }
        let one_more = |number| CartChange::Add { sku: sku(number), quantity: Quantity::ONE };
        assert_eq!(cart.apply(&one_more(MAX_CART_LINES)), Err(CartError::TooManyLines));
        assert_eq!(cart.apply(&one_more(0)), Err(CartError::TooManyUnits));
        for number in 0..MAX_SAVED_LINES {
            cart = cart.apply(&CartChange::SaveForLater { sku: sku(number) }).unwrap();
        }
        cart = cart.apply(&one_more(MAX_SAVED_LINES)).unwrap();
        let save = CartChange::SaveForLater { sku: sku(MAX_SAVED_LINES) };
        assert_eq!(cart.apply(&save), Err(CartError::TooManySaved));
    }

    #[test]
    fn what_was_added_while_ordering_stays() {
        let add =
            |cart: &Cart, number, units| cart.apply(&CartChange::Add { sku: sku(number), quantity: quantity(units) });
        let ordered = add(&add(&Cart::default(), 1, 2).unwrap(), 2, 1).unwrap();
        let meanwhile = add(&add(&ordered, 1, 3).unwrap(), 3, 1).unwrap();
        let left = meanwhile.apply(&bought(1, &ordered)).unwrap();
        let lines: Vec<_> = left.lines().iter().map(|line| (line.sku.clone(), line.quantity.get())).collect();
        assert_eq!(lines, [(sku(1), 3), (sku(3), 1)]);
    }

    #[test]
    fn what_was_bought_is_taken_out_once() {
        let add = |cart: &Cart, units| cart.apply(&CartChange::Add { sku: sku(1), quantity: quantity(units) });
        let ordered = add(&Cart::default(), 2).unwrap();
        let left = ordered.apply(&bought(1, &ordered)).unwrap();
        assert!(left.was_bought_last(key(1)) && !left.was_bought_last(key(2)) && !ordered.was_bought_last(key(1)));
        // A crash came before the purchase was done with, and the shopper put the same thing in again.
        let again = add(&left, 3).unwrap();
        assert_eq!(again.apply(&bought(1, &ordered)).unwrap(), again);
        let next = again.apply(&bought(2, &ordered)).unwrap();
        assert_eq!(next.units(), 1, "another purchase is another one");
    }

    #[test]
    fn a_coupon_stays_until_it_is_removed_or_used() {
        let code: CouponCode = "WELCOME-10".parse().unwrap();
        let with_coupon = Cart::default().apply(&CartChange::ApplyCoupon { code: code.clone() }).unwrap();
        assert_eq!((with_coupon.coupon(), with_coupon.version()), (Some(&code), CartVersion(1)));
        let another = CartChange::ApplyCoupon { code: "SAVE-5".parse().unwrap() };
        assert_eq!(with_coupon.apply(&another).unwrap().coupon().map(CouponCode::as_str), Some("SAVE-5"));
        assert_eq!(with_coupon.apply(&CartChange::RemoveCoupon).unwrap().coupon(), None);
        let bought = |coupon| CartChange::Bought { key: key(1), lines: vec![], coupon };
        assert_eq!(with_coupon.apply(&bought(Some(code.clone()))).unwrap().coupon(), None);
        assert_eq!(with_coupon.apply(&bought(None)).unwrap().coupon(), Some(&code), "it was typed meanwhile");
    }

    #[test]
    fn a_cart_from_before_there_were_coupons_reads() {
        let old = r#"{"version":3,"lines":[{"sku":"A","quantity":2}],"saved":[]}"#;
        let cart: Cart = serde_json::from_str(old).unwrap();
        assert_eq!((cart.units(), cart.coupon()), (2, None));
    }

    proptest! {
        #[test]
        fn no_sku_stands_twice_and_every_change_counts_one_version(changes in prop::collection::vec(change(), 0..60)) {
            let mut cart = Cart::default();
            let mut applied = 0;
            for change in &changes {
                if let Ok(next) = cart.apply(change) {
                    applied += 1;
                    cart = next;
                }
            }
            prop_assert_eq!(cart.version(), CartVersion(applied));
            for lines in [cart.lines(), cart.saved()] {
                let distinct: BTreeSet<_> = lines.iter().map(|line| &line.sku).collect();
                prop_assert_eq!(distinct.len(), lines.len());
            }
            prop_assert!(cart.lines().iter().all(|line| line.quantity.get() <= MAX_LINE_QUANTITY));
        }

        #[test]
        fn nobody_adds_more_than_there_is(held in 0_u32..20, wanted in 1_u32..=MAX_LINE_QUANTITY, available in 0_u32..30) {
            let add = |cart: &Cart, units| cart.apply(&CartChange::Add { sku: sku(1), quantity: quantity(units) }).unwrap();
            let cart = if held == 0 { Cart::default() } else { add(&Cart::default(), held) };
            match cart.room_for(&sku(1), quantity(wanted), AvailableUnits(available)) {
                Ok(room) => {
                    prop_assert!(room.get() == wanted || held + room.get() == available);
                    prop_assert!(add(&cart, room.get()).units() <= available);
                }
                Err(CartError::SoldOut) => prop_assert_eq!(available, 0),
                Err(refused) => {
                    prop_assert_eq!(refused, CartError::AllInCart { units: available });
                    prop_assert!(held >= available);
                }
            }
        }

        #[test]
        fn what_is_put_back_stands_where_it_stood(lines in 1_usize..12, place in 0_usize..12, units in 1_u32..9) {
            let place = place % lines;
            let add = |cart: Cart, n| cart.apply(&CartChange::Add { sku: sku(n), quantity: quantity(units) }).unwrap();
            let cart = (0..lines).fold(Cart::default(), add);
            let gone = cart.apply(&CartChange::Remove { sku: sku(place) }).unwrap();
            let back = |place| CartChange::PutBack { sku: sku(place), quantity: quantity(units), place: u32::try_from(place).unwrap() };
            let undone = gone.apply(&back(place)).unwrap();
            prop_assert_eq!(undone.lines(), cart.lines());
            // Other lines may have gone meanwhile: a place behind the end is the end.
            let alone = Cart::default().apply(&back(place)).unwrap();
            prop_assert_eq!(alone.units(), units);
        }

        #[test]
        fn saving_and_moving_back_loses_no_unit(units in 1_u32..=MAX_LINE_QUANTITY) {
            let cart = Cart::default().apply(&CartChange::Add { sku: sku(1), quantity: quantity(units) }).unwrap();
            let there = cart.apply(&CartChange::SaveForLater { sku: sku(1) }).unwrap();
            prop_assert_eq!(there.units(), 0);
            let back = there.apply(&CartChange::MoveToCart { sku: sku(1) }).unwrap();
            prop_assert_eq!(back.lines(), cart.lines());
            prop_assert!(back.saved().is_empty());
        }
    }
}
