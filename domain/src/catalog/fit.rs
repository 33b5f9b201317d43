//! What a shopper must choose for themselves: an option that decides whether the thing fits. A colour
//! may be shown unasked, for a picture needs one; a size that nobody chose is a return.

use super::{OptionName, Product, ProductOption};

/// What the names of such options end with: `Size`, `Shoe size`, `Inside leg`.
const FIT_WORDS: [&str; 7] = ["age", "fit", "leg", "length", "size", "waist", "width"];

impl OptionName {
    /// Whether the option decides if the thing fits.
    pub fn is_fit(&self) -> bool {
        let last = self.as_str().split_whitespace().next_back().unwrap_or_default();
        FIT_WORDS.iter().any(|word| last.eq_ignore_ascii_case(word))
    }
}

impl Product {
    /// The place of the option that is left open until the shopper chooses; `None` where nothing has
    /// to fit, or fits in one way only. Of several the first: no feed has more than one.
    pub fn fit(&self) -> Option<usize> {
        let is_open = |option: &ProductOption| option.values.len() > 1 && option.name.is_fit();
        self.options.iter().position(is_open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_told_by_its_name() {
        let is_fit = |name: &str| name.parse::<OptionName>().unwrap().is_fit();
        assert!(["Size", "SIZE", "Shoe size", "Waist", "Inside leg", "Age"].into_iter().all(is_fit));
        assert!(!["Colour", "Finish", "Storage", "Size of the box", "Sizes", "Packaging"].into_iter().any(is_fit));
    }
}
