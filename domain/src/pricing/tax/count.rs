use std::cmp::Reverse;

use super::{Collection, Rounding, TaxClass, TaxRate, TaxRule, TaxShare, Taxes, TaxesError, Treatment};
use crate::pricing::Money;

/// Something that tax is counted of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taxable {
    pub class: TaxClass,
    /// What is paid for it, after every discount.
    pub amount: Money,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxed {
    /// The tax of each line.
    pub lines: Vec<Money>,
    /// The taxes of the order, which are those of its lines and of delivery.
    pub taxes: Taxes,
}

/// One amount that is taxed at a rate.
struct Part {
    rate: TaxRate,
    amount_minor_units: i64,
    tax_minor_units: i64,
}

/// Counts taxes under a rule.
pub(super) fn count(
    rule: &TaxRule,
    treatment: Treatment,
    lines: &[Taxable],
    delivery: Money,
) -> Result<Taxed, TaxesError> {
    let currency = delivery.currency();
    // Nothing is mixed, and all of it together is within the range of money.
    lines.iter().try_fold(delivery, |sum, line| sum.plus(line.amount))?;
    let part = |rate, amount: Money| Part { rate, amount_minor_units: amount.minor_units(), tax_minor_units: 0 };
    let mut parts: Vec<Part> = lines.iter().map(|line| part(rule.rate(line.class), line.amount)).collect();
    parts.push(part(rule.delivery, delivery));

    let mut rates: Vec<TaxRate> = parts.iter().map(|part| part.rate).filter(|rate| !rate.is_zero()).collect();
    rates.sort_by_key(|rate| Reverse(*rate));
    rates.dedup();
    let is_contained = is_contained(rule, treatment);
    let mut shares = Vec::with_capacity(rates.len());
    for rate in rates {
        let mut alike: Vec<&mut Part> = parts.iter_mut().filter(|part| part.rate == rate).collect();
        round(rule.rounding, rate.part(is_contained), &mut alike);
        let amount = Money::new(alike.iter().map(|part| part.amount_minor_units).sum(), currency);
        let tax = Money::new(alike.iter().map(|part| part.tax_minor_units).sum(), currency);
        if amount.minor_units() > 0 {
            shares.push(TaxShare { rate, net: if is_contained { amount.minus(tax)? } else { amount }, tax });
        }
    }
    // Where tax is added, a business that owes it itself is asked for none.
    if treatment == Treatment::ReverseCharged && !is_contained {
        shares.clear();
        for part in &mut parts {
            part.tax_minor_units = 0;
        }
    }
    let mut taxes_of = parts.iter().map(|part| Money::new(part.tax_minor_units, currency));
    let of_lines = taxes_of.by_ref().take(lines.len()).collect();
    let of_delivery = taxes_of.next().unwrap_or(Money::zero(currency));
    Ok(Taxed { lines: of_lines, taxes: Taxes::new(treatment, of_delivery, shares)? })
}

fn is_contained(rule: &TaxRule, treatment: Treatment) -> bool {
    match treatment {
        Treatment::Included => true,
        Treatment::Added => false,
        Treatment::ReverseCharged => rule.collection == Collection::Included,
    }
}

/// Rounds the taxes of amounts at one rate: each by itself, or all together, where what rounding down
/// leaves over goes to the amounts that lost most by it, among equals to the first.
fn round(rounding: Rounding, (numerator, denominator): (i128, i128), alike: &mut [&mut Part]) {
    let exact = |part: &Part| i128::from(part.amount_minor_units) * numerator;
    // A tax is at most its amount, which fits.
    let whole = |tax: i128| i64::try_from(tax).unwrap_or_default();
    // To the nearest one and upwards from the middle, as amounts of money are by Article 5 of Regulation
    // (EC) No 1103/97.
    let nearest = |exact: i128| whole((2 * exact + denominator).div_euclid(2 * denominator));
    match rounding {
        Rounding::Line => alike.iter_mut().for_each(|part| part.tax_minor_units = nearest(exact(part))),
        Rounding::Order => {
            let together = nearest(alike.iter().map(|part| exact(part)).sum());
            for part in alike.iter_mut() {
                part.tax_minor_units = whole(exact(part).div_euclid(denominator));
            }
            let left_over = together - alike.iter().map(|part| part.tax_minor_units).sum::<i64>();
            alike.sort_by_key(|part| Reverse(exact(part).rem_euclid(denominator)));
            for part in alike.iter_mut().take(usize::try_from(left_over).unwrap_or_default()) {
                part.tax_minor_units += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests;
