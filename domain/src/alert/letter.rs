//! The letters of alerts: every word of them.

use super::{Awaited, CONFIRMATION_LIFE_HOURS, Offered, StopKey};
use crate::account::Token;
use crate::catalog::{Product, Variant};
use crate::checkout::Email;
use crate::mail::Letter;
use crate::order::letter::Letterhead;
use crate::text::{TextError, encoded};

/// What a letter calls a variant, in characters.
pub const MAX_LETTER_NAME_CHARS: usize = 100;

/// A variant that is sold.
#[derive(Debug, Clone, Copy)]
pub struct Sold<'a> {
    pub product: &'a Product,
    pub variant: &'a Variant,
    pub now: Offered,
}

impl Sold<'_> {
    fn name(&self) -> String {
        let name = self.product.name_of(self.variant);
        name.chars().take(MAX_LETTER_NAME_CHARS).collect::<String>().trim_end().to_owned()
    }
}

/// A letter whose link lets its reader wait for something. Somebody asked for it, who may not own the address.
///
/// # Errors
/// [`TextError`] where it would not fit into a letter, which no product of this store reaches.
pub fn confirmation(
    head: &Letterhead,
    to: &Email,
    sold: Sold<'_>,
    awaited: Awaited,
    token: &Token,
) -> Result<Letter, TextError> {
    let Letterhead { store_name, base_url, .. } = head;
    let (name, token) = (sold.name(), token.reveal());
    let when = match awaited {
        Awaited::Stock => format!("when {name} is back in stock"),
        Awaited::Price { below } => format!("when {name} costs less than {below}"),
    };
    let text = format!(
        "Good day,\n\nsomebody, probably you, asked us to write to this address once, {when}. If you want that, say so \
         here:\n\n{base_url}/alerts/confirm?token={token}\n\nThe link works once, for {CONFIRMATION_LIFE_HOURS} hours. \
         If it was not you who asked, do nothing: without the link we write no more.\n\n{store_name}\n{base_url}\n"
    );
    let subject = format!("May {store_name} write to you?");
    Ok(Letter { to: to.clone(), subject: subject.parse()?, text: text.parse()? })
}

/// The one letter of an alert: what was waited for has come.
///
/// # Errors
/// [`TextError`] where it would not fit into a letter, which no product of this store reaches.
pub fn news(
    head: &Letterhead,
    to: &Email,
    sold: Sold<'_>,
    awaited: Awaited,
    stop: &StopKey,
) -> Result<Letter, TextError> {
    let Letterhead { store_name, base_url, .. } = head;
    let (name, Offered { price, availability }) = (sold.name(), sold.now);
    let (subject, told) = match awaited {
        Awaited::Stock => {
            let told = format!("{name} is back at {store_name}. {}. It costs {price}.", availability.in_words());
            (format!("{name} is back in stock"), told)
        }
        Awaited::Price { below } => {
            let told = format!(
                "{name} costs {price} at {store_name} now. It was {below} when you asked us to tell you. {}.",
                availability.in_words()
            );
            (format!("{name} costs less now"), told)
        }
    };
    let (slug, sku, stop) = (&sold.product.slug, encoded(sold.variant.sku.as_str()), stop.reveal());
    let text = format!(
        "Good day,\n\n{told}\n\n{base_url}/products/{slug}?sku={sku}\n\nThis was the one letter that you asked for: \
         nothing more comes about it. Whatever else you asked us to write about is removed here, without a \
         sign-in:\n{base_url}/alerts/stop?key={stop}\n\n{store_name}\n{base_url}\n"
    );
    Ok(Letter { to: to.clone(), subject: subject.parse()?, text: text.parse()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Choice, ProductDraft, ProductOption, Seller};
    use crate::inventory::Availability;
    use crate::pricing::tax::TaxClass;

    fn lamp(title: &str) -> Product {
        let colour = ProductOption { name: "Colour".parse().unwrap(), values: vec!["Oak".parse().unwrap()] };
        let draft = ProductDraft {
            id: "LAMP".parse().unwrap(),
            slug: "walnut-desk-lamp".parse().unwrap(),
            title: title.parse().unwrap(),
            description: None,
            brand: None,
            seller: Seller::default(),
            category: "home".parse().unwrap(),
            tax_class: TaxClass::Standard,
            attributes: vec![],
            variants: vec![Variant {
                sku: "LAMP+1".parse().unwrap(),
                choices: vec![Choice { name: colour.name.clone(), value: "Oak".parse().unwrap() }],
                price: "20.50 GBP".parse().unwrap(),
                list_price: None,
                gtin: None,
                mpn: None,
                pictures: vec![],
            }],
            options: vec![colour],
            pictures: vec![],
            rating: None,
            added_at: jiff::Timestamp::UNIX_EPOCH,
            withdrawn: false,
        };
        draft.try_into().unwrap()
    }

    fn head(store_name: &str) -> Letterhead {
        Letterhead { store_name: store_name.into(), base_url: "https://shop.example".into(), contact_email: None }
    }

    fn sold(product: &Product) -> Sold<'_> {
        let variant = product.first_variant();
        Sold { product, variant, now: Offered { price: variant.price, availability: Availability::Low { units: 3 } } }
    }

    fn keys() -> (Token, StopKey) {
        (Token::new([7; 32]), StopKey { owner: Token::new([1; 32]), proof: Token::new([2; 32]) })
    }

    #[test]
    fn a_letter_calls_a_variant_by_so_many_characters_of_its_name() {
        let choice = ", Oak";
        let longest = MAX_LETTER_NAME_CHARS - choice.len();
        let name = |title_chars: usize| sold(&lamp(&"é".repeat(title_chars))).name();
        assert_eq!(name(longest), "é".repeat(longest) + choice);
        assert_eq!(name(longest + 1), "é".repeat(longest + 1) + ", Oa");
    }

    #[test]
    fn a_letter_says_what_has_come_and_how_to_hear_no_more() {
        let (to, product, (_, stop)) = ("ada@example.com".parse().unwrap(), lamp("Walnut desk lamp"), keys());
        let below = "24.50 GBP".parse().unwrap();
        let letter = news(&head("Cartograph"), &to, sold(&product), Awaited::Price { below }, &stop).unwrap();
        assert_eq!(
            (letter.to.as_str(), letter.subject.as_str()),
            (to.as_str(), "Walnut desk lamp, Oak costs less now")
        );
        let text = letter.text.as_str();
        assert!(text.contains("Walnut desk lamp, Oak costs £20.50 at Cartograph now. It was £24.50 when"), "{text}");
        assert!(text.contains("\nhttps://shop.example/products/walnut-desk-lamp?sku=LAMP%2B1\n"), "{text}");
        assert!(text.contains(&format!("\nhttps://shop.example/alerts/stop?key={}\n", stop.reveal())), "{text}");
        let letter = news(&head("Cartograph"), &to, sold(&product), Awaited::Stock, &stop).unwrap();
        assert_eq!(letter.subject.as_str(), "Walnut desk lamp, Oak is back in stock");
        let told = "Walnut desk lamp, Oak is back at Cartograph. Only 3 left in stock. It costs £20.50.";
        assert!(letter.text.as_str().contains(told), "{}", letter.text);
    }

    #[test]
    fn a_confirmation_says_what_somebody_asked_for() {
        let (to, product, (token, _)) = ("ada@example.com".parse().unwrap(), lamp("Walnut desk lamp"), keys());
        let letter = confirmation(&head("Cartograph"), &to, sold(&product), Awaited::Stock, &token).unwrap();
        let text = letter.text.as_str();
        assert!(text.contains("once, when Walnut desk lamp, Oak is back in stock."), "{text}");
        assert!(text.contains(&format!("\nhttps://shop.example/alerts/confirm?token={}\n", token.reveal())), "{text}");
    }

    #[test]
    fn every_letter_fits_its_limits_under_the_longest_names() {
        let (to, product, (token, stop)) = ("ada@example.com".parse().unwrap(), lamp(&"T".repeat(150)), keys());
        let head = head(&"N".repeat(60));
        for awaited in [Awaited::Stock, Awaited::Price { below: "10000000.00 GBP".parse().unwrap() }] {
            assert!(news(&head, &to, sold(&product), awaited, &stop).is_ok());
            assert!(confirmation(&head, &to, sold(&product), awaited, &token).is_ok());
        }
    }
}
