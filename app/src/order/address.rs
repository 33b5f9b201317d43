use domain::checkout::Contact;
use domain::order::{OrderAccess, OrderNumber};
use leptos_router::location::Url;

/// The address of an order for somebody who bears its access.
pub fn order_path(number: OrderNumber, access: &OrderAccess) -> String {
    format!("/orders/{number}?access={}", Url::escape(access.as_str()))
}

/// The address of the form that has an order sent elsewhere.
pub(super) fn address_change_path(number: OrderNumber, access: &OrderAccess) -> String {
    format!("/orders/{number}/address?access={}", Url::escape(access.as_str()))
}

/// Name and address as they stand on a parcel, line by line.
pub fn address_lines(contact: &Contact) -> Vec<String> {
    contact.lines()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::checkout::ContactForm;

    #[test]
    fn an_address_has_no_empty_lines() {
        let text = str::to_owned;
        let form = ContactForm {
            email: text("ada@example.com"),
            name: text("Ada Lovelace"),
            line1: text("12 St James's Square"),
            city: text("London"),
            postcode: text("SW1Y 4JH"),
            country: text("GB"),
            ..ContactForm::default()
        };
        let lines = address_lines(&form.parse().unwrap());
        assert_eq!(lines, ["Ada Lovelace", "12 St James's Square", "London SW1Y 4JH", "United Kingdom"]);
        let with_region = ContactForm { region: text("Greater London"), ..form };
        assert_eq!(address_lines(&with_region.parse().unwrap())[2], "London, Greater London SW1Y 4JH");
    }
}
