use crate::bounded_text;
use crate::text::{TextError, hyphenate};

bounded_text!(
    /// The seller's own key of one thing that can be bought; the feed's `id`. Merchant Center
    /// allows 50 characters.
    Sku, 50, |text| {
        match text.chars().find(|c| c.is_whitespace() || matches!(c, '/' | '?' | '#')) {
            Some(found) => Err(TextError::Character { found }),
            None => Ok(()),
        }
    }
);

bounded_text!(
    /// The key of a product, shared by its variants; the feed's `item_group_id`, or its `id`
    /// where a product has no variants.
    ProductId, 50
);

bounded_text!(
    /// The readable part of an address: lower-case ASCII words joined by hyphens.
    Slug, 100, |text| {
        if hyphenate(text) == text { Ok(()) } else { Err(TextError::Shape { example: "walnut-desk-lamp" }) }
    }
);

impl Slug {
    /// The slug of a title, cut at a word to fit; `None` where no letter or digit is left.
    pub fn from_words(raw: &str) -> Option<Self> {
        let words = hyphenate(raw);
        let mut fitting = words.as_str();
        while fitting.len() > Self::MAX_CHARS as usize {
            fitting = fitting.rsplit_once('-').map_or(&fitting[..Self::MAX_CHARS as usize], |(head, _)| head);
        }
        fitting.parse().ok()
    }

    /// The slug with more words behind it, which are kept whole where the slug has to be cut.
    pub fn with_ending(&self, raw: &str) -> Option<Self> {
        let ending = hyphenate(raw);
        let room = (Self::MAX_CHARS as usize).checked_sub(ending.len() + 1)?;
        let mut head = self.0.as_ref();
        while head.len() > room {
            head = head.rsplit_once('-').map_or(&head[..room], |(shorter, _)| shorter);
        }
        format!("{head}-{ending}").parse().ok()
    }
}

bounded_text!(
    /// A product's name; Merchant Center allows 150 characters.
    Title, 150
);

bounded_text!(
    /// A product's description as plain text; Merchant Center allows 5,000 characters.
    Description, 5_000, lines
);

bounded_text!(
    /// Who makes it; Merchant Center allows 70 characters.
    Brand, 70
);

bounded_text!(
    /// Who sells it; the feed's `external_seller_id`. Merchant Center allows 50 characters. The store
    /// itself, which sells what names nobody else, is the default.
    Seller, 50
);

impl Seller {
    /// The store itself in addresses and feeds.
    const STORE: &str = "store";

    /// Whether the store itself sells it.
    pub fn is_store(&self) -> bool {
        self.as_str() == Self::STORE
    }

    /// How it is called in a store of this name.
    pub fn name_in<'a>(&'a self, store: &'a str) -> &'a str {
        if self.is_store() { store } else { self.as_str() }
    }
}

impl Default for Seller {
    fn default() -> Self {
        Self(Self::STORE.into())
    }
}

bounded_text!(
    /// The maker's part number; Merchant Center allows 70 characters.
    Mpn, 70
);

bounded_text!(
    /// A Global Trade Item Number: 8, 12, 13 or 14 digits, the last one a check digit (GS1
    /// General Specifications, section 7.9).
    Gtin, 14, |text| {
        let shape = Err(TextError::Shape { example: "4006381333931" });
        if !matches!(text.len(), 8 | 12 | 13 | 14) || !text.bytes().all(|b| b.is_ascii_digit()) {
            return shape;
        }
        let weighted: u32 = text
            .bytes()
            .rev()
            .enumerate()
            .map(|(place, digit)| u32::from(digit - b'0') * if place % 2 == 1 { 3 } else { 1 })
            .sum();
        if weighted.is_multiple_of(10) { Ok(()) } else { shape }
    }
);

bounded_text!(
    /// What a variant varies in: colour, size.
    OptionName, 40
);

bounded_text!(
    /// One choice of an option: Forest green, XL.
    OptionValue, 100
);

bounded_text!(
    /// A web address outside the store; Merchant Center allows 2,000 characters.
    ExternalUrl, 2_000, |text| {
        let fits = (text.starts_with("https://") || text.starts_with("http://"))
            && !text.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>'));
        if fits { Ok(()) } else { Err(TextError::Shape { example: "https://example.com/lamp.jpg" }) }
    }
);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_gtin_has_a_right_check_digit() {
        assert!("4006381333931".parse::<Gtin>().is_ok());
        assert!("4006381333932".parse::<Gtin>().is_err());
        assert!("036000291452".parse::<Gtin>().is_ok());
        assert!("12345".parse::<Gtin>().is_err());
    }

    #[test]
    fn what_names_no_seller_is_sold_by_the_store() {
        let named = |raw: &str| raw.parse::<Seller>().unwrap();
        assert_eq!((Seller::default().name_in("Shop"), named("store").name_in("Shop")), ("Shop", "Shop"));
        assert_eq!((named("Fell & Co").name_in("Shop"), named("Store").name_in("Shop")), ("Fell & Co", "Store"));
        assert!("x".repeat(51).parse::<Seller>().is_err());
    }

    #[test]
    fn a_sku_is_one_word_of_limited_length() {
        assert!("85123A".parse::<Sku>().is_ok());
        assert!("a b".parse::<Sku>().is_err());
        assert!("../etc".parse::<Sku>().is_err());
        assert!("x".repeat(50).parse::<Sku>().is_ok());
        assert!("x".repeat(51).parse::<Sku>().is_err());
    }

    proptest! {
        #[test]
        fn an_ending_is_never_cut(words in "[a-z]{1,9}(-[a-z]{1,9}){0,9}", ending in "[a-z0-9]{1,50}") {
            let slug = Slug::from_words(&words).and_then(|slug| slug.with_ending(&ending)).unwrap();
            let whole = slug.as_str().ends_with(&format!("-{ending}"));
            prop_assert!(whole, "{}", slug);
        }

        #[test]
        fn every_title_with_a_letter_has_a_slug_that_fits(title in "[a-z][\\PC]{0,200}") {
            let slug = Slug::from_words(&title);
            prop_assert!(slug.is_some_and(|slug| slug.as_str().len() <= 100));
        }
    }
}
