use domain::account::{
    AccountError, AccountId, CEREMONY_S, Client, HALF_SIGNED_IN_S, PASSKEY_OFFER_S, RECOVERY_SHOWN_S, RecoveryCode,
    Role, Session, SignedIn, Token,
};
use leptos::prelude::use_context;

use super::SESSION_COOKIE;
use super::back::sign_in_path;
use crate::answer::{cookie, never_cache, send_to, set_cookie};
use crate::error::WireError;
use crate::page::here;

/// The cookie of what a browser was asked about a passkey.
const CEREMONY_COOKIE: &str = "ceremony";
/// The cookie of a right password that a code is still asked for.
const HALF_COOKIE: &str = "half_signed_in";
/// The cookie that brings recovery codes to the page that shows them, once: the store has none of them.
const RECOVERY_COOKIE: &str = "recovery_codes";
const RECOVERY_PATH: &str = "/account/security";
const BETWEEN_CODES: &str = ".";

/// Who is signed in; the server puts it into the context of every request.
pub fn signed_in() -> Option<SignedIn> {
    use_context()
}

/// The account that what is bought belongs to; `None` for a guest.
pub(crate) fn buyer() -> Option<AccountId> {
    signed_in().map(|signed_in| signed_in.account.id)
}

/// Who is signed in, on a page that is theirs alone. `None` for everybody else: the answer then leads
/// to the sign-in, and from there back.
pub fn require() -> Option<SignedIn> {
    never_cache();
    let signed_in = signed_in();
    if signed_in.is_none() {
        send_to(&sign_in_path(&here()));
    }
    signed_in
}

/// Who runs the store, on a page or in a form that is for them alone.
///
/// # Errors
/// [`AccountError::NotSignedIn`], or [`AccountError::NotAllowed`] for a customer.
pub fn require_operator() -> Result<SignedIn, WireError> {
    let signed_in = signed_in().ok_or(AccountError::NotSignedIn)?;
    if signed_in.account.role == Role::Operator { Ok(signed_in) } else { Err(AccountError::NotAllowed.into()) }
}

/// Who is signed in, for a form.
///
/// # Errors
/// [`AccountError::NotSignedIn`].
pub(crate) fn current() -> Result<SignedIn, WireError> {
    Ok(signed_in().ok_or(AccountError::NotSignedIn)?)
}

/// Where the request comes from.
///
/// # Errors
/// [`WireError::Unavailable`] outside a request.
pub(crate) fn client() -> Result<Client, WireError> {
    use_context().ok_or(WireError::Unavailable)
}

/// Lets the browser carry a session from now on.
pub(super) fn carry(token: &Token) {
    set_cookie(SESSION_COOKIE, &token.reveal(), "/", Session::longest_life_s());
}

/// Lets the browser forget its session.
pub(super) fn drop_session() {
    set_cookie(SESSION_COOKIE, "", "/", 0);
}

/// Lets the browser remember what it is asked about a passkey, as long as it may answer.
pub(super) fn carry_ceremony(token: &Token) {
    set_cookie(CEREMONY_COOKIE, &token.reveal(), "/", CEREMONY_S);
}

/// Lets the browser remember what it offers passkeys for.
pub(super) fn carry_offer(token: &Token) {
    set_cookie(CEREMONY_COOKIE, &token.reveal(), "/", PASSKEY_OFFER_S);
}

/// What the browser was asked about a passkey.
pub(super) fn ceremony() -> Option<Token> {
    cookie(CEREMONY_COOKIE)?.parse().ok()
}

pub(super) fn drop_ceremony() {
    set_cookie(CEREMONY_COOKIE, "", "/", 0);
}

/// Lets the browser remember that the password was right.
pub(super) fn carry_half(token: &Token) {
    set_cookie(HALF_COOKIE, &token.reveal(), "/", HALF_SIGNED_IN_S);
}

/// The right password that a code is still asked for.
pub(super) fn half_signed_in() -> Option<Token> {
    cookie(HALF_COOKIE)?.parse().ok()
}

pub(super) fn drop_half() {
    set_cookie(HALF_COOKIE, "", "/", 0);
}

/// Brings recovery codes to the next page.
pub(super) fn carry_recovery(codes: &[RecoveryCode]) {
    let codes: Vec<String> = codes.iter().map(RecoveryCode::reveal).collect();
    set_cookie(RECOVERY_COOKIE, &codes.join(BETWEEN_CODES), RECOVERY_PATH, RECOVERY_SHOWN_S);
}

/// The recovery codes that were just made. Whoever asks again gets none.
pub(super) fn take_recovery() -> Vec<RecoveryCode> {
    let Some(carried) = cookie(RECOVERY_COOKIE) else { return Vec::new() };
    set_cookie(RECOVERY_COOKIE, "", RECOVERY_PATH, 0);
    carried.split(BETWEEN_CODES).filter_map(|code| code.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::account::{Account, SessionId};
    use domain::cart::CartId;
    use leptos::prelude::{Owner, provide_context};

    fn somebody(role: Role) -> SignedIn {
        let id = "0197b2c4d5e67f8091a2b3c4d5e6f708";
        let account = Account {
            id: id.parse::<AccountId>().unwrap(),
            email: "olga@example.com".parse().unwrap(),
            name: "Olga".parse().unwrap(),
            role,
            cart: id.parse::<CartId>().unwrap(),
            opened_at: "2026-11-25T12:00:00Z".parse().unwrap(),
        };
        SignedIn { account, session: id.parse::<SessionId>().unwrap() }
    }

    #[test]
    fn only_an_operator_passes() {
        let asks = |who: Option<SignedIn>| {
            Owner::new().with(|| {
                if let Some(who) = who {
                    provide_context(who);
                }
                require_operator().map(|passed| passed.account.role)
            })
        };
        assert_eq!(asks(None), Err(AccountError::NotSignedIn.into()));
        assert_eq!(asks(Some(somebody(Role::Customer))), Err(AccountError::NotAllowed.into()));
        assert_eq!(asks(Some(somebody(Role::Operator))), Ok(Role::Operator));
    }
}
