//! How somebody comes in, and goes out.

use domain::account::ports::{Accounts, Passkeys};
use domain::account::{AccountError, AccountId, Admitted, LinkWish, Opened, Password, Token};
use domain::browsing::Viewer;
use domain::browsing::ports::Browsing;
use domain::cart::ports::Carts;
use domain::checkout::Email;
use domain::checkout::ports::Checkout;
use domain::text::encoded;
use leptos::prelude::*;

use super::super::back::{back_to, sign_in_path};
use super::super::current::{carry, carry_half, client, drop_session};
use super::super::signed_in;
use super::{PATH, email_of, lead, name_of};
use crate::error::WireError;
use crate::port::port;
use crate::typed;
use crate::visitor::Visitor;
use crate::wish_list::api::after_sign_in;

/// Where a new password leads who has passkeys: they go on working, and whoever knew the old one may have added some.
const AFTER_RESET: &str = "/account/security?done=reset";

/// Sends a letter with a link to an address; answers alike whether there is an account or not.
#[server(prefix = "/api", endpoint = "account/links")]
pub async fn send_link(#[server(default)] email: String, #[server(default)] wish: String) -> Result<(), WireError> {
    let (wish, page) = match wish.as_str() {
        "reset" => (LinkWish::Reset, "/account/forgotten"),
        _ => (LinkWish::Register, "/account/register"),
    };
    let sent = async {
        port::<dyn Accounts>()?.send_link(&email_of(&email)?, wish, &client()?).await?;
        typed::keep(PATH, &[("email", &email)]);
        Ok(format!("{page}?sent=yes"))
    };
    lead(sent.await, page, &[("email", &email)]);
    Ok(())
}

/// Opens an account by the link of a letter.
#[server(prefix = "/api", endpoint = "account/registrations")]
pub async fn register(
    #[server(default)] token: String,
    #[server(default)] name: String,
    #[server(default)] password: String,
) -> Result<(), WireError> {
    let opened = async {
        let (token, link_email) = link_of(&token).await?;
        let chosen = name_of(&name).and_then(|name| Ok((name, choose(&password, &link_email)?)));
        let (name, password) = chosen?;
        come_in(port::<dyn Accounts>()?.register(&token, &name, &password, &client()?).await?).await;
        Ok("/account?new=yes".to_owned())
    };
    lead(opened.await, &link_path(&token), &[("name", &name)]);
    Ok(())
}

/// Sets a new password by the link of a letter, and signs in, after a code where the account asks for one.
#[server(prefix = "/api", endpoint = "account/passwords/resets")]
pub async fn reset_password(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), WireError> {
    let opened = async {
        let (token, link_email) = link_of(&token).await?;
        let password = choose(&password, &link_email)?;
        Ok(admit(port::<dyn Accounts>()?.reset_password(&token, &password, &client()?).await?, AFTER_RESET).await)
    };
    lead(opened.await, &link_path(&token), &[]);
    Ok(())
}

/// Opens a session, or leads to the page that asks for a code; `next` is the page that asked for it.
#[server(prefix = "/api", endpoint = "account/sessions")]
pub async fn sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), WireError> {
    let next = back_to(Some(&next)).unwrap_or_default();
    let opened = async {
        // What is no address or no password belongs to no account.
        let email: Email = email.parse().map_err(|_| AccountError::WrongCredentials)?;
        let password: Password = password.parse().map_err(|_| AccountError::WrongCredentials)?;
        Ok(admit(port::<dyn Accounts>()?.sign_in(&email, &password, &client()?).await?, next).await)
    };
    lead(opened.await, &sign_in_path(next), &[("email", &email)]);
    Ok(())
}

/// Where somebody goes whose password was right.
async fn admit(admitted: Admitted, next: &str) -> String {
    match admitted {
        Admitted::Opened(opened) => go_in(opened, next).await,
        Admitted::CodeNeeded(token) => {
            carry_half(&token);
            step_path("/account/sign-in/code", next)
        }
    }
}

/// Signs in, and answers where that leads: to the page that asked for it, or to the account.
pub(super) async fn go_in(opened: Opened, next: &str) -> String {
    let account = opened.account.clone();
    come_in(opened).await;
    if let Some(list) = after_sign_in(&account, next).await {
        return list;
    }
    let is_shown = next != AFTER_RESET || has_passkeys(account.id).await;
    if next.is_empty() || !is_shown { "/account".to_owned() } else { next.to_owned() }
}

/// Whether an account has passkeys, as far as they can be reached: nobody is kept out for it.
async fn has_passkeys(account: AccountId) -> bool {
    let Ok(passkeys) = port::<dyn Passkeys>() else { return false };
    passkeys.list(account).await.is_ok_and(|passkeys| !passkeys.is_empty())
}

/// A page between the sign-in and the page that asked for it.
pub(super) fn step_path(page: &str, next: &str) -> String {
    if next.is_empty() { page.to_owned() } else { format!("{page}?next={}", encoded(next)) }
}

/// Ends the session of this browser.
#[server(prefix = "/api", endpoint = "account/sessions/end")]
pub async fn sign_out() -> Result<(), WireError> {
    if let Some(signed_in) = signed_in() {
        port::<dyn Accounts>()?.end_session(signed_in.account.id, signed_in.session).await?;
    }
    drop_session();
    leptos_axum::redirect("/account/sign-in");
    Ok(())
}

/// A link that can be used, and the address that its letter went to.
async fn link_of(token: &str) -> Result<(Token, Email), WireError> {
    let token: Token = token.parse().map_err(|_| AccountError::LinkSpent)?;
    let link = port::<dyn Accounts>()?.look_at_link(&token).await?.ok_or(AccountError::LinkSpent)?;
    Ok((token, link.email))
}

fn choose(password: &str, email: &Email) -> Result<Password, WireError> {
    Ok(Password::choose(password, email).map_err(AccountError::from)?)
}

/// The page of a link; without a token that could be one, the page says so.
pub(super) fn link_path(token: &str) -> String {
    let token = token.parse::<Token>().map(|token| token.reveal()).unwrap_or_default();
    format!("/account/link?token={token}")
}

/// Carries a new session, ends the one before, and brings a guest's cart and history along. What can't be
/// reached stays the guest's and is brought along the next time: nobody is kept out for it.
async fn come_in(Opened { account, token }: Opened) {
    carry(&token);
    if let (Some(before), Ok(accounts)) = (signed_in(), port::<dyn Accounts>()) {
        let _ = accounts.end_session(before.account.id, before.session).await;
    }
    let (Ok(visitor), Ok(carts), Ok(checkout)) = (Visitor::current(), port::<dyn Carts>(), port::<dyn Checkout>())
    else {
        return;
    };
    let Some(guest) = visitor.guest_cart else { return };
    let _ = carts.join(guest, account.cart, account.id).await;
    // An address that was typed before the sign-in is not typed again.
    let _ = checkout.carry_over(guest, account.cart).await;
    if let Ok(browsing) = port::<dyn Browsing>() {
        let (guest, account) = (Viewer::Guest(guest), Viewer::Account(account.id));
        let _ = browsing.join(guest, account, visitor.now).await;
    }
}
