use std::fmt;
use std::str::FromStr;

use super::{CountedQuery, Place};
use crate::catalog::Slug;

/// A product that was opened from the results of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub product: Slug,
    pub query: CountedQuery,
    pub place: Place,
}

/// What a browser found lately, the newest last. The browser itself keeps it, in a cookie, so that the
/// store need not know who found what to tell which search led to a purchase.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

/// A text that is no list of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be what a browser found")]
pub struct FindingsError;

impl Findings {
    /// The oldest goes where there are more: a cookie travels with every request.
    pub const MAX: usize = 5;

    /// Takes a finding in. Answers whether it is new: who loads a page again found nothing more.
    pub fn note(&mut self, finding: Finding) -> bool {
        let is_same = |known: &Finding| known.product == finding.product && known.query == finding.query;
        if self.0.iter().any(is_same) {
            return false;
        }
        if self.0.len() == Self::MAX {
            self.0.remove(0);
        }
        self.0.push(finding);
        true
    }

    /// How a product was found the last time.
    pub fn of(&self, product: &Slug) -> Option<&Finding> {
        self.0.iter().rfind(|finding| finding.product == *product)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Findings {
    /// One line for each: the product, its place and the query, which alone may hold spaces.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, Finding { product, query, place }) in self.0.iter().enumerate() {
            let between = if number == 0 { "" } else { "\n" };
            write!(f, "{between}{product} {place} {query}")?;
        }
        Ok(())
    }
}

impl FromStr for Findings {
    type Err = FindingsError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let findings: Vec<Finding> = raw.lines().map(finding).collect::<Option<_>>().ok_or(FindingsError)?;
        if findings.len() <= Self::MAX { Ok(Self(findings)) } else { Err(FindingsError) }
    }
}

fn finding(line: &str) -> Option<Finding> {
    let mut parts = line.splitn(3, ' ');
    let product = parts.next()?.parse().ok()?;
    let place = parts.next()?.parse::<u32>().ok()?.try_into().ok()?;
    Some(Finding { product, place, query: parts.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(product: &str, query: &str) -> Finding {
        Finding { product: product.parse().unwrap(), query: query.parse().unwrap(), place: 3.try_into().unwrap() }
    }

    #[test]
    fn a_product_was_found_by_the_last_search_that_led_to_it() {
        let mut findings = Findings::default();
        assert!(findings.note(found("lamp", "light")) && findings.note(found("lamp", "desk lamp")));
        assert!(!findings.note(found("lamp", "light")), "the page was loaded again");
        assert_eq!(findings.of(&"lamp".parse().unwrap()).map(|found| found.query.as_str()), Some("desk lamp"));
        assert_eq!(findings.of(&"stool".parse().unwrap()), None);
    }

    #[test]
    fn a_browser_remembers_the_newest() {
        let mut findings = Findings::default();
        for number in 0..=Findings::MAX {
            findings.note(found(&format!("lamp-{number}"), "lamp"));
        }
        assert_eq!(findings.of(&"lamp-0".parse().unwrap()), None);
        assert!(findings.of(&"lamp-1".parse().unwrap()).is_some());
        assert_eq!(findings.to_string().parse(), Ok(findings.clone()));
        let too_many = format!("{findings}\nlamp 1 lamp");
        assert_eq!(too_many.parse::<Findings>(), Err(FindingsError));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        assert_eq!("".parse(), Ok(Findings::default()));
        for wrong in ["lamp", "lamp 1", "lamp 0 lamp", "lamp x lamp", "a b 1 lamp", "lamp 1 ada@example.com"] {
            assert_eq!(wrong.parse::<Findings>(), Err(FindingsError), "{wrong}");
        }
    }
}
