use domain::account::{AccountError, AccountId};
use domain::payment::gift_card::CreditGift;
use domain::payment::ports::StoreCredits;
use leptos::prelude::*;

use super::super::accounts::{ACCOUNTS, account_path};
use super::accounts::lead_back;
use super::operator;
use crate::error::WireError;
use crate::port::port;
use crate::store::Store;

/// Gives store credit to an account: an amount in the store's currency, or with the code of another one. The form's key
/// makes it once.
#[server(prefix = "/api", endpoint = "operator/accounts/credits")]
pub async fn give_store_credit(
    #[server(default)] account: String,
    #[server(default)] key: String,
    #[server(default)] amount: String,
    #[server(default)] credit_reason: String,
) -> Result<(), WireError> {
    let known = account.parse::<AccountId>();
    let back = known.as_ref().map_or_else(|_| ACCOUNTS.to_owned(), |id| account_path(*id));
    let given = async {
        let by = operator()?;
        let account = known.map_err(|_| AccountError::NoSuchAccount)?;
        let key = key.parse().map_err(|_| WireError::Form)?;
        let gift = CreditGift::parse(key, &amount, Store::current().currency, &credit_reason)?;
        port::<dyn StoreCredits>()?.give(account, &gift, &by).await?;
        Ok(format!("{back}?done=credit"))
    };
    lead_back(given.await, &back, &[("amount", &amount), ("credit_reason", &credit_reason)]);
    Ok(())
}
