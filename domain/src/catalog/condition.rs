use super::Attribute;

/// How used a product is. It is kept as a fact like any other, and only of what is not new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    New,
    Refurbished,
    Used,
}

impl Condition {
    /// What the fact is called.
    pub const FACT: &str = "Condition";

    /// What facts say of a product; `None` for a condition in other words than these.
    pub fn among(facts: &[Attribute]) -> Option<Self> {
        let Some(fact) = facts.iter().find(|fact| fact.name.as_str() == Self::FACT) else { return Some(Self::New) };
        match fact.value.to_string().to_ascii_lowercase().as_str() {
            "new" => Some(Self::New),
            "refurbished" => Some(Self::Refurbished),
            "used" => Some(Self::Used),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::AttributeValue;

    #[test]
    fn a_product_is_new_unless_it_says_otherwise() {
        let fact = |name: &str, value: &str| Attribute {
            name: name.parse().unwrap(),
            value: AttributeValue::from_words(value).unwrap(),
        };
        assert_eq!(Condition::among(&[fact("Material", "Used wood")]), Some(Condition::New));
        for (words, condition) in [
            ("New", Some(Condition::New)),
            ("Refurbished", Some(Condition::Refurbished)),
            ("used", Some(Condition::Used)),
            ("Slightly worn", None),
        ] {
            assert_eq!(Condition::among(&[fact("Condition", words)]), condition, "{words}");
        }
    }
}
