use super::effect::Saving;
use super::{Basket, CouponCode, CouponRefusal, Discount, Promotion, Stacking, Terms};
use crate::pricing::Money;

/// What promotions take off a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discounts {
    /// Off each item, in the order of the basket.
    pub items: Vec<Vec<Discount>>,
    pub delivery: Option<Discount>,
    /// Why the coupon saves nothing; `None` where it saves something, or there is none.
    pub refusal: Option<CouponRefusal>,
}

/// A promotion and what it would save by itself.
struct Candidate<'a> {
    promotion: &'a Promotion,
    saving: Saving,
}

/// Applies those promotions that save most: all that are combinable together, or one that is
/// exclusive. Of several that save the same, the combinable ones are taken, and else the one whose
/// id comes first, so that the order of the offers makes no difference.
pub fn discounts(basket: &Basket<'_>, coupon: Option<&CouponCode>, terms: &Terms) -> Discounts {
    let (mut candidates, mut refusals) = (Vec::new(), Vec::new());
    for offer in terms.offers.iter().filter(|offer| offer.is_open_to(coupon)) {
        match offer.saving(basket, terms) {
            Ok(saving) => candidates.push(Candidate { promotion: &offer.promotion, saving }),
            Err(refusal) => refusals.push((&offer.promotion, refusal)),
        }
    }
    candidates.sort_by(|one, other| one.promotion.id.cmp(&other.promotion.id));
    let (exclusive, combinable): (Vec<_>, Vec<_>) =
        candidates.iter().partition(|candidate| candidate.promotion.stacking == Stacking::Exclusive);
    let mut best = Applied::of(basket, &combinable);
    for alone in exclusive {
        let applied = Applied::of(basket, &[alone]);
        if applied.saved > best.saved {
            best = applied;
        }
    }
    let refusal = coupon.and_then(|code| refusal(code, &best, &candidates, &refusals));
    Discounts { items: best.items, delivery: best.delivery, refusal }
}

/// Promotions that stand together.
struct Applied {
    items: Vec<Vec<Discount>>,
    delivery: Option<Discount>,
    saved: i64,
}

impl Applied {
    /// What one promotion takes leaves less for the next, so that nothing costs less than nothing.
    /// Their sum is the same in whatever order they are taken.
    fn of(basket: &Basket<'_>, together: &[&Candidate<'_>]) -> Self {
        let mut left = basket.costs.clone();
        let mut applied = Self { items: vec![Vec::new(); left.len()], delivery: None, saved: 0 };
        for Candidate { promotion, saving } in together {
            let discount = |minor_units| Discount {
                promotion: promotion.id.clone(),
                name: promotion.name.clone(),
                amount: Money::new(minor_units, basket.currency),
            };
            for ((left, item), wanted) in left.iter_mut().zip(&mut applied.items).zip(&saving.lines) {
                let taken = (*wanted).min(*left);
                if taken > 0 {
                    *left -= taken;
                    applied.saved += taken;
                    item.push(discount(taken));
                }
            }
            if saving.delivery > 0 && applied.delivery.is_none() {
                applied.saved += saving.delivery;
                applied.delivery = Some(discount(saving.delivery));
            }
        }
        applied
    }

    fn uses(&self, promotion: &Promotion) -> bool {
        let mut discounts = self.items.iter().flatten().chain(&self.delivery);
        discounts.any(|discount| discount.promotion == promotion.id)
    }
}

/// Why nothing that a code opens was applied. Of several reasons, the one nearest to a discount.
fn refusal(
    code: &CouponCode,
    best: &Applied,
    candidates: &[Candidate<'_>],
    refusals: &[(&Promotion, CouponRefusal)],
) -> Option<CouponRefusal> {
    let mut opened = candidates.iter().map(|one| one.promotion).filter(|promotion| is_opened_by(promotion, code));
    let is_outdone = opened.clone().next().is_some();
    if opened.any(|promotion| best.uses(promotion)) {
        return None;
    }
    if is_outdone {
        return Some(CouponRefusal::Outdone);
    }
    let reasons = refusals.iter().filter(|(promotion, _)| is_opened_by(promotion, code)).map(|(_, reason)| *reason);
    Some(reasons.max().unwrap_or(CouponRefusal::Unknown))
}

fn is_opened_by(promotion: &Promotion, code: &CouponCode) -> bool {
    matches!(&promotion.trigger, super::Trigger::Coupon(opens) if opens == code)
}

#[cfg(test)]
mod tests;
