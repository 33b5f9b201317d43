use std::collections::BTreeSet;
use std::fmt::Display;
use std::str::FromStr;

use super::{Budget, Effect, Promotion, Schedule, Scope, ScopedItems, Stacking, Trigger};

/// Which field of a row was refused, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct PromotionRowError {
    pub field: &'static str,
    pub reason: String,
}

impl Promotion {
    /// What [`Promotion::from_fields`] reads, in its order.
    pub const COLUMNS: [&str; 13] = [
        "id",
        "name",
        "code",
        "effect",
        "value",
        "scope",
        "from",
        "until",
        "uses",
        "uses_per_customer",
        "stacking",
        "budget",
        "customers",
    ];
    /// Those that a table may lack, as older ones do; they are empty then.
    pub const OPTIONAL_COLUMNS: [&str; 2] = ["budget", "customers"];

    /// Reads a row of an operator's table. An empty `code` is a promotion that applies by itself, an
    /// empty `scope` is everything, empty `customers` are everyone, and an empty moment, number of uses or budget is none.
    ///
    /// # Errors
    /// [`PromotionRowError`] with the first field that can't be read.
    pub fn from_fields(fields: [&str; Self::COLUMNS.len()]) -> Result<Self, PromotionRowError> {
        let [id, name, code, effect, value, scope, from, until, uses, uses_per_customer, stacking, budget, customers] =
            fields.map(str::trim);
        let (from, until) = (optional("from", from)?, optional("until", until)?);
        let effect = effect_of(effect, value)?;
        Ok(Self {
            id: required("id", id)?,
            name: required("name", name)?,
            trigger: optional("code", code)?.map_or(Trigger::Automatic, Trigger::Coupon),
            budget: budget_of(budget, &effect)?,
            customers: required("customers", customers)?,
            effect,
            scope: scope_of(scope).map_err(|reason| refuse("scope", reason))?,
            schedule: Schedule::new(from, until).map_err(|error| refuse("until", error))?,
            uses: optional("uses", uses)?,
            uses_per_customer: optional("uses_per_customer", uses_per_customer)?,
            stacking: match stacking {
                "exclusive" => Stacking::Exclusive,
                "combinable" => Stacking::Combinable,
                _ => return Err(refuse("stacking", "must be exclusive or combinable")),
            },
        })
    }
}

fn effect_of(effect: &str, value: &str) -> Result<Effect, PromotionRowError> {
    Ok(match effect {
        "percent" => Effect::Percent(required("value", value)?),
        "amount" => Effect::Amount(required("value", value)?),
        "bundle" => Effect::Bundle(required("value", value)?),
        "tiers" => Effect::Tiers(required("value", value)?),
        "free_delivery" if value.is_empty() => Effect::FreeDelivery,
        "free_delivery" => return Err(refuse("value", "must be empty for free_delivery")),
        _ => return Err(refuse("effect", "must be percent, amount, bundle, tiers or free_delivery")),
    })
}

/// A budget in another currency than the effect would let it take off nothing.
fn budget_of(raw: &str, effect: &Effect) -> Result<Option<Budget>, PromotionRowError> {
    let budget: Option<Budget> = optional("budget", raw)?;
    match (budget, effect) {
        (Some(budget), Effect::Amount(amount)) if budget.currency() != amount.currency() => {
            Err(refuse("budget", "must be in the currency of the value"))
        }
        _ => Ok(budget),
    }
}

/// `category:home/lighting`, `seller:Fell & Co`, or things like `sku:LAMP-RED; product:LAMP`.
fn scope_of(raw: &str) -> Result<Scope, String> {
    let words = |error: &dyn Display| error.to_string();
    if raw.is_empty() {
        return Ok(Scope::Everything);
    }
    if let Some(category) = raw.strip_prefix("category:") {
        return category.parse().map(Scope::Category).map_err(|error| words(&error));
    }
    if let Some(seller) = raw.strip_prefix("seller:") {
        return seller.parse().map(Scope::Seller).map_err(|error| words(&error));
    }
    let (mut skus, mut products) = (BTreeSet::new(), BTreeSet::new());
    for part in raw.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        match part.split_once(':') {
            Some(("sku", sku)) => drop(skus.insert(sku.parse().map_err(|error| words(&error))?)),
            Some(("product", product)) => drop(products.insert(product.parse().map_err(|error| words(&error))?)),
            _ => return Err("must look like category:home/lighting, seller:Orla or sku:LAMP; product:STOOL".to_owned()),
        }
    }
    ScopedItems::new(skus, products).map(Scope::Items).map_err(|error| words(&error))
}

fn required<T: FromStr<Err: Display>>(field: &'static str, raw: &str) -> Result<T, PromotionRowError> {
    raw.parse().map_err(|error: T::Err| refuse(field, error))
}

fn optional<T: FromStr<Err: Display>>(field: &'static str, raw: &str) -> Result<Option<T>, PromotionRowError> {
    if raw.is_empty() { Ok(None) } else { required(field, raw).map(Some) }
}

fn refuse(field: &'static str, reason: impl Display) -> PromotionRowError {
    PromotionRowError { field, reason: reason.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::promotion::{Bundle, Customers};

    const ROW: [&str; 13] = ["mugs", "3 for 2", "", "bundle", "2+1", "sku:MUG", "", "", "", "", "combinable", "", ""];

    fn with(field: &str, value: &'static str) -> Result<Promotion, PromotionRowError> {
        let mut row = ROW;
        row[Promotion::COLUMNS.iter().position(|column| *column == field).unwrap()] = value;
        Promotion::from_fields(row)
    }

    #[test]
    fn a_row_becomes_a_promotion() {
        let mugs = Promotion::from_fields(ROW).unwrap();
        assert_eq!((mugs.trigger, mugs.stacking), (Trigger::Automatic, Stacking::Combinable));
        assert_eq!(mugs.effect, Effect::Bundle(Bundle::new(2, 1).unwrap()));
        let row = [
            "w",
            "Welcome",
            "welcome-10",
            "amount",
            "10.00 GBP",
            "category:home",
            "2026-11-27T00:00:00Z",
            "2026-12-01T00:00:00Z",
            "100",
            "1",
            "exclusive",
            "250 GBP",
            "new",
        ];
        let welcome = Promotion::from_fields(row).unwrap();
        assert_eq!(welcome.trigger, Trigger::Coupon("WELCOME-10".parse().unwrap()));
        assert_eq!(welcome.scope, Scope::Category("home".parse().unwrap()));
        assert_eq!((welcome.uses.map(u32::from), welcome.uses_per_customer.map(u32::from)), (Some(100), Some(1)));
        assert_eq!(welcome.budget, Some("250.00 GBP".parse().unwrap()));
        assert_eq!((mugs.customers, welcome.customers), (Customers::Everyone, Customers::New));
    }

    #[test]
    fn what_is_stored_reads_back() {
        for effect in [
            ("percent", "10"),
            ("amount", "5.00 GBP"),
            ("bundle", "2+1"),
            ("tiers", "50 GBP=5; 90 GBP=9"),
            ("free_delivery", ""),
        ] {
            for scope in ["", "category:home", "seller:Fell & Co", "sku:MUG; product:LAMP"] {
                let mut row = ROW;
                (row[3], row[4], row[5], row[6]) = (effect.0, effect.1, scope, "2026-11-27T00:00:00Z");
                (row[11], row[12]) = ("500.00 GBP", "business");
                let promotion = Promotion::from_fields(row).unwrap();
                let json = serde_json::to_string(&promotion).unwrap();
                assert_eq!(serde_json::from_str::<Promotion>(&json).unwrap(), promotion, "{json}");
            }
        }
    }

    #[test]
    fn what_was_stored_before_there_were_budgets_and_customers_reads_back() {
        let promotion = Promotion::from_fields(ROW).unwrap();
        let mut stored = serde_json::to_value(&promotion).unwrap();
        for column in Promotion::OPTIONAL_COLUMNS {
            stored.as_object_mut().unwrap().remove(column).unwrap();
        }
        assert_eq!(serde_json::from_value::<Promotion>(stored).unwrap(), promotion);
    }

    #[test]
    fn a_refused_row_names_the_field() {
        for (field, value) in [
            ("id", "3 for 2"),
            ("name", ""),
            ("code", "a b"),
            ("effect", "gift"),
            ("value", "2"),
            ("scope", "MUG"),
            ("scope", "sku:"),
            ("scope", "seller: "),
            ("scope", ";"),
            ("from", "tomorrow"),
            ("until", "27.11.2026"),
            ("uses", "0"),
            ("uses_per_customer", "many"),
            ("stacking", ""),
            ("budget", "0 GBP"),
            ("budget", "250"),
            ("customers", "friends"),
        ] {
            assert_eq!(with(field, value).map_err(|error| error.field), Err(field), "{value}");
        }
        let mut over = ROW;
        (over[6], over[7]) = ("2026-11-27T00:00:00Z", "2026-11-27T00:00:00Z");
        assert_eq!(Promotion::from_fields(over).map_err(|error| error.field), Err("until"));
        let mut dollars = ROW;
        (dollars[3], dollars[4], dollars[11]) = ("amount", "5.00 GBP", "500 USD");
        assert_eq!(Promotion::from_fields(dollars).map_err(|error| error.field), Err("budget"));
        let mut free = ROW;
        (free[3], free[4]) = ("free_delivery", "3.95 GBP");
        assert_eq!(Promotion::from_fields(free).map_err(|error| error.field), Err("value"));
    }
}
