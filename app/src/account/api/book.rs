//! What changes the address book.

use domain::account::ports::AddressBook;
use domain::account::{AccountError, Recipient, SavedAddressId};
use domain::checkout::ContactForm;
use leptos::prelude::*;

use super::super::current::current;
use super::lead;
use crate::error::WireError;
use crate::port::port;
use crate::typed;

const BOOK: &str = "/account/addresses";

/// Adds an address, or changes the one with an `id`. A wrong one is not kept: its form comes back as it
/// was typed, and says what is wrong.
#[server(prefix = "/api", endpoint = "account/addresses")]
pub async fn keep_address(
    #[server(default)] id: String,
    #[server(flatten)] form: ContactForm,
    #[server(default)] default: String,
) -> Result<(), WireError> {
    let form = form.bounded();
    let asked = id.parse::<SavedAddressId>().map_or_else(|_| "new".to_owned(), |id| id.to_string());
    let back = format!("{BOOK}/{asked}");
    let kept = async {
        let account = current()?.account;
        let make_default = default == "yes";
        let Ok(recipient) = Recipient::parse(&form, &account.email) else { return Err(WireError::Form) };
        let book = port::<dyn AddressBook>()?;
        if id.is_empty() {
            book.add(account.id, &recipient, make_default).await?;
        } else {
            let id = id.parse().map_err(|_| AccountError::NoSuchAddress)?;
            book.change(account.id, id, &recipient, make_default).await?;
        }
        typed::forget(super::PATH);
        Ok(BOOK.to_owned())
    };
    let fields = typed::address_fields(&asked, &form);
    match kept.await {
        // The page finds out by itself which fields are wrong, and says so beside each.
        Err(WireError::Form) => {
            typed::keep(super::PATH, &fields);
            leptos_axum::redirect(&back);
        }
        Err(WireError::Account(AccountError::NoSuchAddress)) => {
            lead(Err(AccountError::NoSuchAddress.into()), BOOK, &[]);
        }
        done => lead(done, &back, &fields),
    }
    Ok(())
}

#[server(prefix = "/api", endpoint = "account/addresses/removals")]
pub async fn remove_address(#[server(default)] id: String) -> Result<(), WireError> {
    let removed = async {
        let (account, id) = (current()?.account.id, parse(&id)?);
        port::<dyn AddressBook>()?.remove(account, id).await?;
        Ok(BOOK.to_owned())
    };
    lead(removed.await, BOOK, &[]);
    Ok(())
}

#[server(prefix = "/api", endpoint = "account/addresses/defaults")]
pub async fn make_default(#[server(default)] id: String) -> Result<(), WireError> {
    let made = async {
        let (account, id) = (current()?.account.id, parse(&id)?);
        port::<dyn AddressBook>()?.make_default(account, id).await?;
        Ok(BOOK.to_owned())
    };
    lead(made.await, BOOK, &[]);
    Ok(())
}

fn parse(id: &str) -> Result<SavedAddressId, WireError> {
    Ok(id.parse().map_err(|_| AccountError::NoSuchAddress)?)
}
